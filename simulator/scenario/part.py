"""The base of everything a scenario consists of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Base of all parts: frozen, unknown keys are errors, quantities are taken as they are."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """The keys that a file may write."""
        return tuple(cls.model_fields)
