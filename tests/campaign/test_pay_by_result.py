"""Bonuses and commissions of whole runs, reckoned a second time from the influencers table; no cent is lost."""

from __future__ import annotations

from pathlib import Path

from campaigns import HEAD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.engines.play import Room, play
from simulator.results.metrics import METRICS
from simulator.results.outcome import Outcome
from simulator.results.tables import influencers_table, runs_table
from simulator.scenario.loader import load_campaign
from simulator.world.build import build_world

LOUD = "engagement_rate: 0.1, reach_rate: 0.6, click_rate: 0.2, conversion_rate: 0.5"
COSTS = [metric.name for metric in METRICS if metric.name.startswith("cost_")]
ALL_KINDS = (
    "{kind: flat_fee, amount: 12.34}",
    "{kind: base_plus_bonus, base: 10, bonus: 0.37, per: 3}",
    "{kind: base_plus_bonus, base: {uniform: [5, 20]}, bonus: 0.5, cap: 8.25}",
    "{kind: commission, share: 0.1234}",
    "{kind: commission, per_order: 3.21}",
    "{kind: hybrid, base: 4, share: 0.0999}",
    "{kind: product_only}",
)
SHARES = st.floats(0, 1).map(lambda share: f"{share:.6f}")
PAYS = st.one_of(
    st.sampled_from(ALL_KINDS),
    st.builds(
        "{{kind: base_plus_bonus, base: {}, bonus: {}, per: {}, cap: {}}}".format,
        st.integers(0, 60), st.integers(0, 9), st.integers(1, 40), st.integers(0, 50),
    ),
    st.builds("{{kind: hybrid, base: {}, share: {}}}".format, st.integers(0, 60), SHARES),
)  # fmt: skip


def outcomes(folder: Path, pays: list[str], *changes: str, runs: int = 2, engine: str = "compiled") -> list[Outcome]:
    """Runs of `no campaign` and of one arm with a creator under each payment."""
    hires = ", ".join(
        f"{{key: k{n}, followers: 900, posts: {1 + n % 2}, tracking: {'code' if n % 2 else 'utm'}, {LOUD}, pay: {pay}}}"
        for n, pay in enumerate(pays)
    )
    file = folder / "pays.yaml"
    file.write_text(f"{HEAD}arms: {{all: {{hire: [{hires}]}}}}\n")
    scenario, plan = load_campaign(file, ("product.price=19.99", "product.sample_cost=1.5", *changes))
    world, room = build_world(scenario, plan, 0), Room()
    return [
        play(scenario, world, arm, run, engine, room)
        for run in range(1, runs + 1)
        for arm in plan.arms  # type: ignore[arg-type]
    ]


def stated_fee(pay: str) -> tuple[int, int]:
    """The least and the most a contract's words pay whatever comes of it, in cents."""
    if "{uniform: [5, 20]}" in pay:
        return 500, 2_000
    words = dict(part.split(": ", 1) for part in pay.strip("{}").split(", "))
    fee = round(float(words.get("amount", words.get("base", 0))) * 100)
    return fee, fee


def exact(pay: str, row: dict[str, float]) -> tuple[int, int]:
    """Bonus and commission in cents, from the words of the contract and the row of the table."""
    words = dict(part.split(": ", 1) for part in pay.strip("{}").replace("{uniform: [5, 20]}", "0").split(", "))
    bonus = commission = 0
    if "bonus" in words:
        bonus = row["engagements"] // int(words.get("per", 1)) * round(float(words["bonus"]) * 100)
        bonus = min(bonus, round(float(words["cap"]) * 100)) if "cap" in words else bonus
    if "share" in words:
        millionths = round(float(words["share"]) * 1_000_000)
        commission = (round(row["attributed_revenue"] * 100) * millionths + 500_000) // 1_000_000
    commission += row["attributed_orders"] * round(float(words.get("per_order", 0)) * 100)
    return bonus, commission


def assert_every_cent_is_due(found: list[Outcome], pays: list[str]) -> None:
    runs = runs_table(found, {outcome.arm: None for outcome in found}).to_pylist()
    rows = influencers_table(found).to_pylist()
    for row in rows:
        bonus, commission = exact(pays[int(row["hire"][1:])], row)
        assert (bonus, commission) == (round(row["cost_bonus"] * 100), round(row["cost_commission"] * 100))
        assert row["attributed_orders"] or row["cost_commission"] == 0
    for run in runs:
        cents = {name: round(run[name] * 100) for name in [*COSTS, "cost"]}
        assert cents["cost"] == sum(cents[name] for name in COSTS)
        mine = [row for row in rows if (row["arm"], row["run"]) == (run["arm"], run["run"])]
        arm_level = cents["cost_boost"] + cents["cost_platform"]
        assert cents["cost"] == arm_level + sum(round(row["cost"] * 100) for row in mine)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PAYS, min_size=1, max_size=5))
def test_every_cent_is_in_one_column_and_what_is_due_follows_from_the_counts(tmp_path: Path, pays: list[str]) -> None:
    found = outcomes(tmp_path, pays)
    assert_every_cent_is_due(found, pays)
    for row in (row for outcome in found for row in outcome.influencers):
        least, most = stated_fee(pays[int(row.hire[1:])])
        assert least <= row.cost_fees <= most


def test_all_kinds_pay_in_one_arm(tmp_path: Path) -> None:
    found = outcomes(tmp_path, list(ALL_KINDS), runs=4)
    assert_every_cent_is_due(found, list(ALL_KINDS))
    paid = [outcome.tally for outcome in found if outcome.arm == "all"]
    assert all(tally.cost_bonus > 825 and tally.cost_commission > 0 for tally in paid)
    assert {825} == {row.cost_bonus for outcome in found for row in outcome.influencers if row.hire == "k2"}  # the cap


def test_terms_and_a_platform_are_costs_like_any_other(tmp_path: Path) -> None:
    pays = ["{kind: flat_fee, amount: 12.34}", "{kind: hybrid, base: {uniform: [5, 20]}, share: 0.1}"]
    terms = [f"arms.all.hire.{n}.{word}=45" for n in range(2) for word in ("exclusivity", "usage_rights")]
    prices = ("mechanisms.contract_terms.exclusivity_premium=0.1", "mechanisms.contract_terms.license_fee=0.3")
    platform = ("brand.handling=platform", "brand.platform_fee=77.7")
    found = outcomes(tmp_path, pays, *terms, *prices, *platform, runs=3)
    for outcome in found[1::2]:
        flat, hybrid = outcome.influencers
        assert (1_234 + 185, 555, 1_000) == (flat.cost_fees, flat.cost_license, flat.cost_handling)
        assert abs(hybrid.cost_license / hybrid.cost_fees - 0.45 / 1.15) < 0.01
        assert (7_770, flat.cost_license + hybrid.cost_license) == (
            outcome.tally.cost_platform,
            outcome.tally.cost_license,
        )
    assert {0} == {outcome.tally.cost_platform for outcome in found[::2]}
    assert_every_cent_is_due(found, [pays[0], pays[1].replace("{uniform: [5, 20]}", "0")])


def test_commission_costs_nothing_where_nobody_orders(tmp_path: Path) -> None:
    pays = ["{kind: commission, share: 1}", "{kind: commission, per_order: 500}"]
    changes = [f"arms.all.hire.{n}.conversion_rate=0" for n in range(2)]
    nothing = ("product.baseline_orders_per_day=0", "behavior.halo=0", "product.sample_cost=0", "brand.handling_cost=0")
    for outcome in outcomes(tmp_path, pays, *changes, *nothing):
        assert 0 == outcome.tally.orders == outcome.tally.cost_commission == outcome.tally.cost_fees


def test_both_engines_agree_on_what_is_due(tmp_path: Path) -> None:
    compiled, mesa = (outcomes(tmp_path, list(ALL_KINDS), engine=engine) for engine in ("compiled", "mesa"))
    assert [(o.tally, o.influencers) for o in compiled] == [(o.tally, o.influencers) for o in mesa]


def test_pay_by_result_is_for_people_not_agents(tmp_path: Path) -> None:
    found = outcomes(tmp_path, list(ALL_KINDS), "population.people_per_agent=4")
    assert_every_cent_is_due(found, list(ALL_KINDS))
    assert all(row.engagements % 4 == 0 for outcome in found for row in outcome.influencers)
