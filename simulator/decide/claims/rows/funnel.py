"""Rows about what follows an engagement or an order: shares, the brand's list, reviews, coupons, posts of buyers."""

from __future__ import annotations

from typing import Final

from simulator.decide.claims.observable import (
    Observable,
    difference,
    level,
    log_ratio,
    log_ratio_of_ratios,
    ratio,
)
from simulator.decide.claims.row import Claim

HALF_BANNED: Final = ("mechanisms.sharing_mix.banned=0.5",)
NEW_PRODUCT: Final = ("mechanisms.reviews.at_start=0",)

ROWS: Final = (
    Claim(
        "M14",
        "consequence",
        ("a1",),
        "Asking for it gets a post shared, which extends its reach.",
        Observable(
            "people reached by ten who ask, against eleven who do not",
            "times",
            log_ratio("reach", "asking", "one more"),
        ),
        why="That asking multiplies shares is an input whose range allows no harm, and it costs nothing; so it is "
        "measured by what it spares: one more creator.",
        also=(
            Observable("shares, asking against silent", "times", log_ratio("shares", "asking", "silent")),
            Observable("people reached, asking against silent", "times", log_ratio("reach", "asking", "silent")),
            Observable("profit, asking less silent", "USD", difference("profit", "asking", "silent")),
        ),
        facts=("Zarrella 2011 counts 4 to 5 times as many shares; posts that ask may differ in other ways too.",),
    ),
    Claim(
        "M15",
        "consequence",
        ("a1",),
        "People around large accounts only like; those around small ones share.",
        Observable(
            "shares for the same money, ten micros against one macro",
            "times",
            log_ratio("shares", "ten micros", "one macro"),
        ),
        why="How the share of shares changes with size is an input: published data say that it rises, the article that "
        "it falls. Whether micros are shared more for the money also hangs on who engages more. Forbidden shares "
        "lie outside the model; what half of them would do is shown.",
        also=(
            Observable(
                "shares per engagement, ten micros against one macro",
                "times",
                log_ratio_of_ratios("shares", "engagements", "ten micros", "one macro"),
            ),
            Observable(
                "orders through peers, ten micros less one macro",
                "orders",
                difference("orders_word_of_mouth", "ten micros", "one macro"),
            ),
            Observable(
                "profit of one macro with half of all shares forbidden, less none",
                "USD",
                difference("profit", "one macro @ half banned", "one macro"),
            ),
        ),
        variants={"half banned": HALF_BANNED},
        facts=(
            "Van der Harst & Angelopoulos 2024: more favorites per follower of small accounts, more shares of large.",
        ),
    ),
    Claim(
        "M16",
        "consequence",
        ("a1",),
        "Shares bring reach, reach fills the brand's own list, and the list brings success.",
        Observable(
            "subscribers, creators who are shared against ads", "times", log_ratio("owned_audience", "shared", "ads")
        ),
        why="Each link is an input whose range allows no harm, so each adds something. Whether it is the way to a list "
        "is asked against ads for the same money, whose clicks join at the same rate. What a link is worth to a "
        "search engine lies outside the model.",
        also=(
            Observable("profit, creators less ads", "USD", difference("profit", "shared", "ads")),
            Observable("subscribers won by the creators", "people", level("owned_audience", "shared")),
            Observable("orders through the list", "orders", level("orders_by_list", "shared")),
            Observable("orders through peers", "orders", level("orders_word_of_mouth", "shared")),
        ),
    ),
    Claim(
        "M25",
        "consequence",
        ("a2",),
        "A cohort of nano-influencers is best used for reviews and surveys.",
        Observable("profit, reviews by twenty nanos less none", "USD", difference("profit", "reviewed", "sellers")),
        why="That reviews make people order more often is an input that no range lets hurt; each costs a product "
        "and handling. Baseline demand stays as it is, and surveys have no effect in the model.",
        also=(
            Observable("orders caused", "orders", difference("incremental_orders", "reviewed", "sellers")),
            Observable(
                "orders caused per click, reviewed against not",
                "times",
                log_ratio_of_ratios("incremental_orders", "clicks", "reviewed", "sellers"),
            ),
            Observable(
                "profit with a product that has no review yet",
                "USD",
                difference("profit", "reviewed @ new product", "sellers @ new product"),
            ),
        ),
        variants={"new product": NEW_PRODUCT},
        most_draws=90,  # stocks that grow from day to day take long to play
        facts=("Spiegel Research Center 2017: five reviews against none, 3.7 times the orders.",),
    ),
    Claim(
        "M33",
        "consequence",
        ("a3",),
        "Actions tell: coupons get redeemed, carts get filled, and buyers post themselves.",
        Observable(
            "profit of ten micros, with a code of 15% less a plain link", "USD", difference("profit", "coupon", "link")
        ),
        why="Redemptions and posts of buyers can only be more than none. What can fail is that they pay: the discount "
        "goes to those who use the code, and the price moves all who see it. "
        "Carts are not modeled, since nobody publishes figures.",
        also=(
            Observable(
                "redemptions per thousand reached, micros against macro",
                "times",
                log_ratio_of_ratios("redemptions", "reach", "coupon", "macro coupon"),
            ),
            Observable("redemptions of orders caused", "share", ratio("redemptions", "incremental_orders", "coupon")),
            Observable("posts of buyers", "posts", level("user_posts", "coupon")),
            Observable("orders through peers", "orders", level("orders_word_of_mouth", "coupon")),
        ),
    ),
)
