"""Contracts against sums done by hand, and against scipy for drawn followers."""

from __future__ import annotations

import gzip
import os

import numpy as np
import pytest
from scipy import stats

from simulator.distributions import LogNormal
from simulator.errors import BadQuantity, InputProblems
from simulator.quantity import Quantity
from simulator.scenario.creators import sizes
from simulator.scenario.quotes import market_price
from simulator.scenario.samples import read_table
from simulator.scenario.shorthand import compact

ACCOUNTS = Quantity("accounts", LogNormal(10_615, 2.14), "count")
FLAT = "pay: {kind: flat_fee, amount: "


def names(arm) -> list[str]:
    return [contract.creator.name for contract in arm.contracts]


def test_do_nothing_always_comes_first(campaign, base: str) -> None:
    _, plan = campaign(base)
    assert ("no campaign", (), 0, 1_000_000, 1_000_000) == (
        plan.arms[0].name,
        plan.arms[0].contracts,
        plan.arms[0].ad_spend,
        plan.arms[0].budget,
        plan.arms[0].unspent,
    )
    assert ("50k#1", "50k#2") == tuple(creator.name for creator in plan.creators)


@pytest.mark.parametrize(
    ("followers", "text"),
    [(500_000, "500k"), (50_000, "50k"), (1_200_000, "1.2M"), (2_000_000, "2M"), (5250, "5250"), (1_250_000, "1250k")],
)
def test_a_hire_is_named_by_its_size(followers: int, text: str) -> None:
    assert text == compact(followers)


@pytest.mark.parametrize(
    ("hire", "key"),
    [
        ("followers: 500000", "500k"),
        ("tier: micro", "10k-100k"),
        ("tier: micro, followers: {uniform: [20000, 30000]}", "10k-100k"),
        ("followers: {uniform: [20000, 30000]}", "20500-29500"),
        ("key: stars, followers: 500000", "stars"),
    ],
)
def test_a_key_comes_from_what_is_stated(hired, hire: str, key: str) -> None:
    assert [f"{key}#1"] == names(hired(f"{{{hire}, posts: 1, {FLAT}1}}}}"))


def test_the_market_price_follows_the_curve(campaign, base: str) -> None:
    scenario = campaign(base)[0]
    expected = [round(posts * 160 * (size / 10_000) ** 0.8 * 100) for size, posts in ((10_000, 1), (500_000, 3))]
    assert expected == [market_price(scenario, 10_000, 1), market_price(scenario, 500_000, 3)]
    assert 16_000 == expected[0]


def test_an_equal_share_is_what_handling_and_other_fees_leave(hired) -> None:
    share = f"{{followers: 50000, count: 3, posts: 1, {FLAT}equal_share}}}}"
    stated = f"{{followers: 20000, posts: 1, {FLAT}250}}}}"
    arm = hired(f"{share}, {stated}", budget=1000)
    fees = [contract.expected_fee for contract in arm.contracts]
    # 1000 - 4 * 50 handling - 250 = 550 for three
    assert [18_333, 18_333, 18_333, 25_000] == fees
    assert 1 == arm.unspent


def test_an_uncertain_fee_is_refused_beside_an_equal_share_and_hired_in_order_without_one(hired) -> None:
    share = f"{{followers: 50000, count: 3, posts: 1, {FLAT}equal_share}}}}"
    stated = f"{{followers: 20000, posts: 1, {FLAT}{{pert: [100, 200, 600]}}}}}}"
    assert 250.0 == hired(stated).contracts[0].fee.distribution.mean()
    with pytest.raises(
        InputProblems, match=r"a\.hire\.1\.pay\.amount: is pert.* settled before this fee is known; give"
    ):
        hired(f"{share}, {stated}", budget=1000)


def test_as_many_as_the_budget_allows(hired) -> None:
    arm = hired(f"{{followers: 50000, count: max, posts: 1, {FLAT}market}}}}")
    each = round(160 * 5**0.8 * 100) + 5000
    assert (1_000_000 // each, 1_000_000 % each) == (len(arm.contracts), arm.unspent)


def test_the_last_cent_of_the_budget_is_spent(hired) -> None:
    arm = hired(f"{{followers: 50000, count: max, posts: 1, {FLAT}450}}}}", budget=1000)
    assert (2, 0) == (len(arm.contracts), arm.unspent)


def test_ads_can_take_all_that_is_left(campaign, base: str) -> None:
    _, plan = campaign(base.replace("  a:", "  ads: {paid_social: {spend: max}}\n  a:\n    paid_social: {spend: max}"))
    assert [1_000_000, 1_000_000 - 2 * 55_000] == [arm.ad_spend for arm in plan.arms[1:]]
    assert [0, 0] == [arm.unspent for arm in plan.arms[1:]]


def test_without_a_budget_money_is_not_limited(campaign, base: str) -> None:
    _, plan = campaign(base.replace("budget: 10000\n", "").replace("amount: 500", "amount: 5000000"))
    assert (None, None) == (plan.arms[1].budget, plan.arms[1].unspent)


@pytest.mark.parametrize(
    ("changes", "path", "says"),
    [
        ([("500}", "6000}")], "arms.a", "commits USD 12,100.00 of a budget of USD 10,000.00"),
        ([("2,", "max,"), ("500}", "20000}")], "arms.a.hire.0.count", "costs USD 20,050.00, USD 10,000.00 are left"),
        (
            [("2,", "max,"), ("500}", "0}}"), ("}}}", "}}"), ("brand: {", "brand: {handling_cost: 0, ")],
            None,
            "10,000 influencers or more",
        ),
        ([("500}", "equal_share}"), ("budget: 10000\n", "")], "arms.a", "needs a budget"),
        ([("500}", "equal_share}"), ("10000\n", "60\n")], "arms.a", "nothing is left to share: USD 60.00"),
        ([("500}", "equal_share}"), ("  a:", "  a:\n    paid_social: {spend: max}")], "arms.a", "both take the money"),
    ],
    ids=["over budget", "none fits", "endless", "no budget", "nothing left", "two takers"],
)
def test_money_that_does_not_add_up_is_said_in_numbers(
    problems, base: str, changes, path: str | None, says: str
) -> None:
    text = base
    for old, new in changes:
        text = text.replace(old, new)
    found = problems(text)[0]
    assert (path or "arms.a.hire.0.count", True) == (found.path, says in found.message), str(found)


def test_samples_and_ads_count_against_the_budget(campaign, base: str) -> None:
    text = base.replace("price: 80", "price: 80, sample_cost: 3").replace(
        "  a:", "  a:\n    paid_social: {spend: 1000}"
    )
    _, plan = campaign(text)
    assert (100_000, 1_000_000 - 100_000 - 2 * (50_000 + 5000 + 300)) == (plan.arms[1].ad_spend, plan.arms[1].unspent)
    _, shared = campaign(text.replace("amount: 500", "amount: equal_share"))
    assert [(900_000 - 2 * (5000 + 300)) // 2] * 2 == [contract.fee for contract in shared.arms[1].contracts]


def test_the_same_key_is_the_same_creator_in_every_arm(campaign, problems, base: str) -> None:
    hire = "{followers: 50000, posts: 3, pay: {kind: flat_fee, amount: 1}"
    _, plan = campaign(f"{base}  b: {{hire: [{hire}}}]}}\n")
    assert plan.arms[1].contracts[0].creator == plan.arms[2].contracts[0].creator
    found = problems(f"{base}  b: {{hire: [{hire}, focus: 0.3}}]}}\n")
    assert ("arms.b.hire", True) == (found[0].path, "50k#1 differs" in found[0].message)


def test_two_hires_of_one_name_need_a_key(problems, base: str) -> None:
    found = problems(base + "      - {followers: 50000, posts: 1, pay: {kind: flat_fee, amount: 1}}\n")
    assert "key: 50k-b" in str(found[0])


def test_posts_spread_evenly_or_stand_on_stated_days(hired) -> None:
    arm = hired(
        f"{{key: a, followers: 50000, posts: 4, {FLAT}1}}}}, "
        f"{{key: b, followers: 50000, posts: [{{day: 9}}, 2], {FLAT}1}}}}"
    )
    assert [(0, 7, 15, 22), (2, 9)] == [contract.post_days for contract in arm.contracts]


def test_drawn_followers_follow_the_truncated_lognormal_and_fill_the_tier() -> None:
    low, high = 10_000, 100_000
    size_of = sizes(None, (low, high), ACCOUNTS, 5)
    drawn = np.array([size_of(f"x#{k}") for k in range(2000)])
    inner = stats.norm.cdf((np.log([low, high]) - 9.27) / 2.14)
    uniform = (stats.norm.cdf((np.log(drawn) - 9.27) / 2.14) - inner[0]) / (inner[1] - inner[0])
    assert low <= drawn.min() <= drawn.max() < high
    assert stats.kstest(uniform, "uniform").pvalue > 1e-3


def test_a_drawn_creator_does_not_depend_on_how_many_are_hired(hired) -> None:
    few, many = (hired(f"{{tier: nano, count: {n}, posts: 1, {FLAT}1}}}}") for n in (3, 9))
    assert few.contracts == many.contracts[:3]
    assert {"nano"} == {contract.creator.tier for contract in many.contracts}


def _pert(p: float, low: float, mode: float, high: float) -> float:
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return float(stats.beta.ppf(p, a, b, low, high - low))


def test_auto_is_twice_the_largest_plan_or_what_a_topic_needs(campaign, base: str) -> None:
    _, narrow = campaign(base)
    weight = np.log(50_000 / 31_623) / np.log(223_607 / 31_623)  # between two rows, in log followers
    shares = [_pert(0.999, *row) for row in ((0.55, 0.74, 0.90), (0.50, 0.68, 0.88))]
    real = 50_000 * (shares[0] + weight * (shares[1] - shares[0]))
    focus = 0.65 + weight * (0.50 - 0.65)
    fans = real * (focus + (1 - focus) / 9)
    assert 2 * 100_000 < fans * 9 / 0.8
    assert int(np.ceil(fans * 9 / 0.8 / 10_000)) * 10_000 == narrow.population
    assert f"{fans:,.0f} real followers of 50k#1" in narrow.population_rule
    _, broad = campaign(base + "population: {topics: [beauty]}\n")
    assert (200_000, True) == (broad.population, "2 x 100,000 followers of 'a'" in broad.population_rule)
    few = base.replace("micro, count: 2, followers: 50000", "nano, count: 7, followers: 1000")
    _, small = campaign(few + "population: {topics: [beauty]}\n")
    assert 14_000 == small.population
    _, least = campaign(base.partition("arms")[0] + "arms: {}\n")
    assert 10_000 == least.population


def test_a_market_beyond_ten_million_is_refused(problems, base: str) -> None:
    found = problems(base.replace("tier: micro, ", "").replace("followers: 50000", "followers: 8000000"))
    assert "auto needs" in found[0].message
    assert "lower the followers" in str(found[0])


ROSTER = "id,name,size,kind\n" + "".join(
    f"{k},n{k},{1000 * k},{'beauty' if k % 2 else 'food'}\n" for k in range(1, 101)
)
ROSTERED = "roster: {file: roster.csv, columns: {id: id, followers: size, topic: kind}}\n"


@pytest.fixture
def rostered(hired, tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)

    def plan(hire: str, more: str = ROSTERED):
        return hired(f"{{{hire}, posts: 1, {FLAT}1}}}}", more=more)

    return plan


def test_roster_accounts_pass_the_filter_and_come_in_one_order(rostered) -> None:
    few, many = (rostered(f"count: {n}, roster: {{followers: [20000, 60000], topic: beauty}}") for n in (5, 20))
    assert few.contracts == many.contracts[:5]
    assert {f"roster#{k}" for k in range(21, 60, 2)} == set(names(many))
    assert sorted(names(many)) != names(many)
    assert all(f"{1000 * int(c.creator.name[7:])}" == str(c.creator.followers) for c in many.contracts)


def test_a_roster_may_be_zipped_and_be_the_only_table_of_a_folder(rostered, tmp_path) -> None:
    plain = rostered("count: 3, roster: {topic: food}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "all.csv.gz").write_bytes(gzip.compress(ROSTER.encode()))
    zipped = rostered("count: 3, roster: {topic: food}", ROSTERED.replace("roster.csv", "folder"))
    assert plain.contracts == zipped.contracts


@pytest.mark.parametrize(
    ("roster", "more", "says"),
    [
        ("{}", ROSTERED.replace("file: roster.csv, ", ""), "--set roster.file=PATH"),
        ("{}", ROSTERED.replace("roster.csv", "rooster.csv"), "did you mean 'roster.csv'?"),
        ("{}", ROSTERED.replace("followers: size", "followers: sizes"), "did you mean 'size'?"),
        ("{}", ROSTERED.replace("followers: size, ", ""), "which column holds followers"),
        ("{}", ROSTERED.replace("followers: size", "followers: name"), "'n1', which is not a number"),
        ("{topic: pets}", ROSTERED, "0 fitting accounts"),
        ("{followers: [90000, 95000]}", ROSTERED, "5 fitting accounts, not 20"),
        ("{}", ROSTERED + "population: {topics: [beauty]}\n", "did you mean"),
        ("{}", ROSTERED.replace("columns", "colums"), "is unknown"),
        ("{}, followers: 5000", ROSTERED, "come from the roster"),
    ],
)
def test_what_is_wrong_with_a_roster_is_said(problems, base: str, tmp_path, roster: str, more: str, says: str) -> None:
    (tmp_path / "roster.csv").write_text(ROSTER)
    text = base.replace("tier: micro, count: 2, followers: 50000", f"count: 20, roster: {roster}")
    text = text.replace("amount: 500", "amount: 1")
    found = "\n".join(map(str, problems(text + more)))
    assert says in found or ("choose from beauty" in found and "food" in found), found


def test_only_the_columns_asked_for_are_kept(tmp_path) -> None:
    (tmp_path / "x.csv").write_text('a,b,c\n1,"x\ny",3\n\n4,5\n')
    assert [(3, ("3", "1")), (5, ("", "4"))] == list(read_table(tmp_path / "x.csv", ["c", "a"]))


def test_a_table_larger_than_the_limit_is_refused_also_when_zipped(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("simulator.scenario.samples.MOST_BYTES", 5000)
    (tmp_path / "x.csv").write_text("a\n" + "1\n" * 5000)
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(b"a\n" + b"1\n" * 5000))
    assert (tmp_path / "x.csv.gz").stat().st_size < 5000
    for name in ("x.csv", "x.csv.gz"):
        with pytest.raises(BadQuantity, match="is larger than 5,000 bytes"):
            list(read_table(tmp_path / name, ["a"]))


def test_a_pipe_is_no_roster(problems, base: str, tmp_path) -> None:
    os.mkfifo(tmp_path / "roster.csv")
    text = base.replace("tier: micro, count: 2, followers: 50000", "roster: {}")
    assert "not a regular file" in problems(text + ROSTERED)[0].message


def test_rates_of_a_roster_row_that_contradict_each_other_are_said_if_it_is_hired(
    problems, base: str, tmp_path
) -> None:
    (tmp_path / "roster.csv").write_text("id,size,kind,er,real\n7,20000,beauty,0.5,0.4\n8,90000,food,0.5,0.0001\n")
    columns = ROSTERED.replace("topic: kind", "topic: kind, engagement_rate: er, real_share: real")
    text = base.replace("tier: micro, count: 2, followers: 50000", "roster: {topic: beauty}") + columns
    assert "line 3" in problems(text)[0].message
    (tmp_path / "roster.csv").write_text("id,size,kind,er,real\n7,20000,beauty,0.5,0.4\n8,90000,food,0.5,0.1\n")
    (found,) = problems(text)
    assert ("arms.a.hire.0.roster", True) == (found.path, "engagement_rate 0.5 of roster#7 lies above" in found.message)


def test_a_discount_is_taken_by_a_code(hired) -> None:
    arm = hired(f"{{followers: 50000, posts: 1, tracking: code, discount: 0.2, reviews: 3, {FLAT}500}}}}")
    assert [(0.2, 3)] == [(contract.discount, contract.reviews) for contract in arm.contracts]


@pytest.mark.parametrize(
    ("words", "remedy"),
    [("discount: 0.2", "write tracking: code"), ("tracking: code, discount: 0.99", "give at most 0.95")],
)
def test_a_discount_without_a_code_or_without_a_price_is_refused(problems, base: str, words: str, remedy: str) -> None:
    found = problems(base.replace("posts: 1,", f"posts: 1, {words},"))
    assert [True] == [remedy in problem.suggestion for problem in found]
    assert ["arms.a.hire.0.discount"] == [problem.path for problem in found]
