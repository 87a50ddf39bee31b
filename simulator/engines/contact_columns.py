"""Contacts bought or owned, as columns: what the compiled pass over them works on."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulator.campaign.brief import Brief
from simulator.campaign.contacts import EVERYBODY
from simulator.world.world import World

CONTACT_ROW: Final = np.dtype(
    [
        ("about", np.int64),
        ("kind", np.int64),
        ("number", np.int64),
        ("first_day", np.int64),
        ("days", np.int64),
        ("click_rate", np.float64),
        ("conversion_rate", np.float64),
        ("crowd_start", np.int64),  # of `ContactColumns.crowd`
        ("crowd_size", np.int64),  # -1: the whole market
    ]
)


class ContactColumns(NamedTuple):
    """Contacts bought or owned, and the people of the crowds some of them are with."""

    row: NDArray[np.void]  # rows of CONTACT_ROW
    crowd: NDArray[np.int32]


def contact_columns(brief: Brief, world: World) -> ContactColumns:
    """The contacts of a brief, in its order."""
    topics = sorted({contacts.topic for contacts in brief.contacts} - {EVERYBODY})
    crowds = [world.interested(topic) for topic in topics]
    starts = dict(zip(topics, np.cumsum([0, *map(len, crowds)]).tolist(), strict=False))
    rows = np.zeros(len(brief.contacts), CONTACT_ROW)
    for number, contacts in enumerate(brief.contacts):
        size = -1 if contacts.topic == EVERYBODY else len(world.interested(contacts.topic))
        rows[number] = (*contacts[:-1], starts.get(contacts.topic, 0), size)
    return ContactColumns(rows, np.concatenate(crowds) if crowds else np.empty(0, np.int32))
