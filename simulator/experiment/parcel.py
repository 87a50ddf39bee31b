"""A job as it travels to other processes: packed once, unpacked once per process, known by its digest.

A task carries the parcel (some ten kilobytes) and the numbers of its runs. Worlds never travel: a worker builds them
from their seed, or finds them on its shelf.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
import zlib
from dataclasses import dataclass
from typing import Any, Final

from simulator.errors import MachineTrouble
from simulator.experiment.design import Batch
from simulator.experiment.worker import Job, Played, Workshop
from simulator.scenario.identity import model_version


@dataclass(frozen=True)
class Parcel:
    """A packed job, the model that must play it, and how many worlds a process may keep."""

    digest: str
    version: str
    content: bytes
    most_worlds: int


def wrap(job: Job[Any], *, most_worlds: int) -> Parcel:
    """Pack a job."""
    content = zlib.compress(pickle.dumps(job, protocol=pickle.HIGHEST_PROTOCOL))
    return Parcel(hashlib.sha256(content).hexdigest(), model_version(), content, most_worlds)


def play_parcel(parcel: Parcel, batch: Batch) -> Played[Any]:
    """What a worker process runs: the batch, in this process's workshop for the job."""
    return _workshop(parcel).play(batch)


_OPEN: Final[dict[str, Workshop[Any]]] = {}  # of this process: one, since worlds are large
_OPENING: Final = threading.Lock()


def _workshop(parcel: Parcel) -> Workshop[Any]:
    """The process's workshop for a job. Raises MachineTrouble where another version of the model is installed."""
    with _OPENING:
        if parcel.digest not in _OPEN:
            if model_version() != parcel.version:
                raise MachineTrouble(
                    f"a worker has another version of the model ({model_version()} instead of {parcel.version}), "
                    "so its results would differ; install the same version everywhere"
                )
            _OPEN.clear()
            job: Job[Any] = pickle.loads(zlib.decompress(parcel.content))  # noqa: S301  (our own parcel)
            _OPEN[parcel.digest] = Workshop(job, most_worlds=parcel.most_worlds)
        return _OPEN[parcel.digest]
