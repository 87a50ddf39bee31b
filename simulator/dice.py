"""Keyed chance: a throw is a pure function of who, about what, in which run, for which decision, and when.

Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3") turns a key and a
counter into four words of 32 bits. No other source of chance exists in the simulator.

    key     = (seed, world)
    counter = (who, about, run, decision and when)

A decision owns the words of its block; no word serves twice:

    decision    who              about        when       word 0      word 1      word 2      word 3
    PERSON      person           0            0          topic       activity    affinity    peers
    TRAITS      person           0            0          susceptible -           -           -
    FOLLOWS     person >> 2      creator      0          the word of person & 3: does this person follow?
    TIE         person           creator      0          trust, sum of words 0 and 1     motive      -
    PEERS       person           0            0          fraction    circles     -           -
    PEERS       person           0            1 + pair   like-minded pick        like-minded pick
    CREATOR     0                creator      0          followers   -           -           -
    ACCOUNT     0                creator      0          engagement  -           fee         -
    POST        0                post         0          reach       -           -           -
    PARAMETER   0                parameter    0          quantile    -           -           -
    SEEN        person >> 2      post         0          the word of person & 3: is the post seen, and on which day?
    MEET        person           post         0          engage      kind        click       intent
    MEET_PEER   person           post         sender     engage      kind        click       intent
    PURCHASE    person           post         0          lag         code/lost   whose code  -
    PURCHASE    person           "later"      ordinal    lag         code/lost   whose code  -
    PURCHASE_PEER person         post         sender     lag         code/lost   whose code  -
    BASELINE    day              part         0          how many    -           -           -
    BUYER       ordinal          0            day        who         code/lost   whose code  kept
    ADVERT      impression       arm's ads    0          who         click       order       lag
    CIRCLE      person           circle       0          by interest place       -           -
    SCANDAL     0                creator      0          day         -           -           -
    ANSWER      person           post         0          by whom     -           -           -
    AFTERWARDS  person           post         sender     returned    reviewed    posted      repeated
    AFTERWARDS  impression       arm's ads    0          returned    reviewed    posted      repeated
    AFTERWARDS  person           "later"      ordinal    returned    reviewed    posted      repeated
    AFTERWARDS  ordinal          "baseline"   day        returned    reviewed    posted      repeated
    SUBSCRIBE   person, or ad    post, or ads  0          subscribes  orders      -           -
    SUBSCRIBE   person           post         sender + 1  subscribes  orders     -           -
    FRAUD       0                creator      0          buys        -           -           -
    OUTREACH    0                creator      0          answer      reservation settle      favor
    KEEPING     0                post         0          published   drops out   -           -
    LINK        0                creator      0          links       -           -           -
    SHOWN       person >> 2      post         0          the word of person & 3: is a stranger shown it, and when?
    MEET_SHOWN  person           post         0          engage      kind        click       intent
    PURCHASE_SHOWN person        post         0          lag         code        whose code  -
    STRATUM     lane             parameter    place >> 2  the word of place & 3: its rank in the block is the stratum
    WITHIN      lane             parameter    place >> 2  the word of place & 3: where in the stratum
    SCRAMBLE    digits so far    parameter    lane       flip        -           -           -

`about` is a stable identity (`identity("macro#1", "post 1")`), never a position: the same creator in two arms has the
same luck. Draws that belong to no world (parameters) use world `NO_WORLD`; draws that belong to no run use run 0.

A code's word also tells whether an order after a click on a tracked link, which has no code, loses its track. Of
"later" orders, 0 comes through the brand's list, and those from 1 on are repeats. One campaign order per person goes
through, so its aftermath needs no word for the channel. Lanes and places are those of `simulator.scenario.designs`.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from functools import lru_cache
from typing import Final

from simulator.compiled import rule

MASK: Final = 0xFFFFFFFF
UNIT: Final = 1.0 / 4294967296.0
NO_WORLD: Final = 0xFFFFFFFF
LARGEST_WHEN: Final = 0xFFFFFF


class Decision(IntEnum):
    """What a throw decides: the high byte of the counter's last word."""

    PERSON = 1
    TRAITS = 2
    FOLLOWS = 3
    TIE = 4
    PEERS = 5
    CREATOR = 6
    ACCOUNT = 7
    POST = 8
    PARAMETER = 9
    SEEN = 10
    MEET = 11
    MEET_PEER = 12
    PURCHASE = 13
    PURCHASE_PEER = 14
    BASELINE = 15
    BUYER = 16
    ADVERT = 17
    CIRCLE = 18
    SCANDAL = 19
    ANSWER = 20
    AFTERWARDS = 21
    SUBSCRIBE = 22
    FRAUD = 23
    OUTREACH = 24
    KEEPING = 25
    LINK = 26
    SHOWN = 27
    MEET_SHOWN = 28
    PURCHASE_SHOWN = 29
    STRATUM = 30
    WITHIN = 31
    SCRAMBLE = 32


# Plain integers for kernels, which know no enumerations.
PERSON: Final = int(Decision.PERSON)
TRAITS: Final = int(Decision.TRAITS)
FOLLOWS: Final = int(Decision.FOLLOWS)
TIE: Final = int(Decision.TIE)
PEERS: Final = int(Decision.PEERS)
CREATOR: Final = int(Decision.CREATOR)
ACCOUNT: Final = int(Decision.ACCOUNT)
POST: Final = int(Decision.POST)
PARAMETER: Final = int(Decision.PARAMETER)
SEEN: Final = int(Decision.SEEN)
MEET: Final = int(Decision.MEET)
MEET_PEER: Final = int(Decision.MEET_PEER)
PURCHASE: Final = int(Decision.PURCHASE)
PURCHASE_PEER: Final = int(Decision.PURCHASE_PEER)
BASELINE: Final = int(Decision.BASELINE)
BUYER: Final = int(Decision.BUYER)
ADVERT: Final = int(Decision.ADVERT)
CIRCLE: Final = int(Decision.CIRCLE)
SCANDAL: Final = int(Decision.SCANDAL)
ANSWER: Final = int(Decision.ANSWER)
AFTERWARDS: Final = int(Decision.AFTERWARDS)
SUBSCRIBE: Final = int(Decision.SUBSCRIBE)
FRAUD: Final = int(Decision.FRAUD)
OUTREACH: Final = int(Decision.OUTREACH)
KEEPING: Final = int(Decision.KEEPING)
LINK: Final = int(Decision.LINK)
SHOWN: Final = int(Decision.SHOWN)
MEET_SHOWN: Final = int(Decision.MEET_SHOWN)
PURCHASE_SHOWN: Final = int(Decision.PURCHASE_SHOWN)
STRATUM: Final = int(Decision.STRATUM)
WITHIN: Final = int(Decision.WITHIN)
SCRAMBLE: Final = int(Decision.SCRAMBLE)


@rule
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four words of 32 bits for a counter and a key: Philox 4x32 with ten rounds.

    All arguments lie in [0, 2^32). Signed 64-bit products may wrap; the masks keep exactly the bits that matter.
    """
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = ((p1 >> 32) & MASK) ^ c1 ^ k0, p1 & MASK, ((p0 >> 32) & MASK) ^ c3 ^ k1, p0 & MASK
        k0 = (k0 + 0x9E3779B9) & MASK
        k1 = (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@rule
def throw(seed: int, world: int, who: int, about: int, run: int, decision: int, when: int) -> tuple[int, int, int, int]:
    """The four words of one decision. `when` lies in [0, 2^24)."""
    return philox(who, about, run, (decision << 24) | when, seed, world)


@rule
def unit(word: int) -> float:
    """A word as a number in [0, 1)."""
    return word * UNIT


@rule
def inner_unit(word: int) -> float:
    """A word as a number strictly between 0 and 1, for quantile functions."""
    return (word + 0.5) * UNIT


@rule
def words_below(chance: float) -> int:
    """Number of words that mean yes to a chance: those whose `inner_unit` lies below it are the smallest so many.

    Exact: all but the 1/2 are products with a power of two, and no double above 1/2 loses a bit when 1/2 is taken away.
    """
    words = chance * 4294967296.0 - 0.5
    if not words > 0.0:
        return 0
    whole = int(words)
    return min(whole if whole == words else whole + 1, 4294967296)


@rule
def pick(word: int, count: int) -> int:
    """A word as one of `count` equally likely ordinals, count < 2^31 (bias below count / 2^32)."""
    return (word * count) >> 32


@lru_cache(maxsize=1 << 16)
def identity(*parts: str | int) -> int:
    """Stable 32-bit identity of a name: the same in every process, arm and order."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")
