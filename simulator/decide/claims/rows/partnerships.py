"""Rows about long partnerships: what they come to, and which part of them does it."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import Look, Observable, difference, level, minus
from simulator.decide.claims.row import Claim

PARTS: Final = {
    "trust": "mechanisms.partnership.trust=0",
    "knowledge": "mechanisms.partnership.fit=1",
    "relief": "mechanisms.partnership.relief=0",
}
NEW: Final = "as if new"
CHEAPER: Final = "cheaper"
LONG_TERM: Final = (
    "{key: micro, count: 5, followers: 50000, posts: 12, long_term: 0.1, pay: {kind: flat_fee, amount: market}}"
)


def only(part: str) -> tuple[str, ...]:
    """Settings that leave one part of a partnership at work."""
    return tuple(setting for name, setting in PARTS.items() if name != part)


def part_alone(part: str, name: str) -> Observable:
    """What one part of a partnership adds to profit by itself."""
    return Observable(name, "USD", difference("profit", f"twelve posts @ {part}", f"twelve posts @ {NEW}"))


def later_less_earlier(metric: str, variant: str = "") -> Look:
    """What the second six posts of each creator add to a metric, less what the first six bring."""
    place = f" @ {variant}" if variant else ""
    second = difference(metric, f"twelve posts{place}", f"six posts{place}")
    return minus(second, level(metric, f"six posts{place}"))


ROWS: Final = (
    Claim(
        "M9",
        "consequence",
        ("a0", "a3"),
        "Long partnerships compound: later posts of an ambassador bring more than its first ones.",
        Observable(
            "profit, second six posts of each less first six",
            "USD",
            later_less_earlier("profit"),
        ),
        why="The partnership works against wear-out and against a public that has bought already; both are at work. "
        "The fee of a post stays the same, and handling is paid once.",
        also=(
            Observable("orders caused", "orders", later_less_earlier("incremental_orders")),
            Observable("profit, the same without any partnership", "USD", later_less_earlier("profit", NEW)),
            Observable(
                "profit, twelve posts of five creators less six of five and six of five others",
                "USD",
                difference("profit", "twelve posts", "new faces"),
            ),
        ),
        variants={NEW: ("mechanisms.partnership=off",)},
        facts=("No credible figure is published of what a long partnership does.",),
    ),
    Claim(
        "M40",
        "consequence",
        ("a3",),
        "Long partnerships win trust, knowledge of the product, less skepticism, and lower prices.",
        Observable(
            "profit through trust, knowledge and less doubt together",
            "USD",
            difference("profit", "twelve posts", f"twelve posts @ {NEW}"),
        ),
        why="Each part of M9 is switched on by itself. A lower price can only pay, so it stands beside the sum: a "
        "tenth off each post, an assumption. Parts need not add up, since they multiply each other.",
        also=(
            part_alone("trust", "through trust"),
            part_alone("knowledge", "through knowledge of the product: clicks and orders"),
            part_alone("relief", "through less doubt about marked ads"),
            part_alone(CHEAPER, "through a tenth off each post"),
        ),
        variants={
            NEW: ("mechanisms.partnership=off",),
            **{part: only(part) for part in PARTS},
            CHEAPER: ("mechanisms.partnership=off", f"arms.twelve posts.hire=[{LONG_TERM}]"),
        },
    ),
)
