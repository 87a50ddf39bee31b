"""Contracts as both engines play them: the same tables with everything on, and nothing changed at neutral numbers."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from campaigns import HEAD

from simulator.campaign.brief import brief_run
from simulator.campaign.demand import baseline_buyers
from simulator.engines.play import Room, play
from simulator.results.outcome import Outcome, Tally
from simulator.results.tables import influencers_table, runs_table
from simulator.scenario.draws import Draws
from simulator.scenario.loader import load_campaign
from simulator.scenario.mechanisms import Mechanisms
from simulator.world.build import build_world

ARMS = """
arms:
  many:
    hire:
      - {key: n, followers: {uniform: [300, 900]}, count: 4, posts: 3,
         pay: {kind: base_plus_bonus, base: 20, bonus: 0.5, per: 5, cap: 30}}
      - {key: c, followers: 1200, count: 3, posts: 2, tracking: code, pay: {kind: commission, share: 0.2}}
      - {key: p, followers: 800, count: 2, posts: [{day: 0}, {day: 9}], pay: {kind: product_only}}
      - {key: m, followers: 1500, count: 2, posts: 1, exclusivity: 30, usage_rights: 15,
         pay: {kind: hybrid, base: market, per_order: 2}}
  few: {hire: [{key: n, followers: {uniform: [300, 900]}, count: 2, posts: 3, pay: {kind: flat_fee, amount: market}}]}
"""
LOUD = (
    "platform.reach_rate=0.5", "platform.click_rate=0.1", "platform.conversion_rate=0.4", "behavior.reproduction=0.8",
    "behavior.share_given_engaged=0.3", "product.sample_cost=2.5", "population.size=2500", "budget=2000",
)  # fmt: skip
STRONG = """
mechanisms:
  market_prices: {log_sd: 0.5}
  contract_terms: on
  outreach: {accept_paid: 0.5, accept_performance: 0.6, accept_product: 0.5, reservation: 0.9, settle_below: 0.5,
             effort_cut: 0.5, invitations: 3, brand_followers: 200}
  no_shows: {chance: 0.3, prepaid: 0.4}
  dropout: {hazard: 0.9, regular_days: 3}
  reciprocity: {chance: 0.5, delay_days: 2}
  earned_links: {response: 0.6, orders_per_day: 3, authority: 0.5}
"""
MINE = ("market_prices", "contract_terms", "outreach", "no_shows", "dropout", "reciprocity", "earned_links")


def played(folder: Path, mechanisms: str, *changes: str, runs: int = 4, engine: str = "compiled") -> list[Outcome]:
    file = folder / "contracts.yaml"
    file.write_text(HEAD.replace("size: 3000", "size: 2500") + ARMS + mechanisms)
    scenario, plan = load_campaign(file, (*LOUD, *changes))
    world, room = build_world(scenario, plan, 0), Room()
    return [
        play(scenario, world, arm, run, engine, room)  # type: ignore[arg-type]
        for run in range(1, runs + 1)
        for arm in plan.arms
    ]


def tables(found: list[Outcome]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    runs = runs_table(found, dict.fromkeys({outcome.arm for outcome in found}, 200_000)).to_pylist()
    drawn = [name for row in runs[:1] for name in row if name.startswith("param.")]
    counted = [{name: value for name, value in row.items() if name not in drawn} for row in runs]
    return counted, influencers_table(found).to_pylist()


def test_both_engines_agree_where_every_contract_may_fail(tmp_path: Path) -> None:
    compiled, mesa = (played(tmp_path, STRONG, engine=engine) for engine in ("compiled", "mesa"))
    assert tables(compiled) == tables(mesa)
    assert all(np.array_equal(one.daily, other.daily) for one, other in zip(compiled, mesa, strict=True))
    seen = {item.name: sum(getattr(outcome.tally, item.name) for outcome in compiled) for item in fields(Tally)}
    for name in ("declined", "no_shows", "earned_links", "cost_bonus", "cost_commission", "cost_license"):
        assert seen[name] > 0, name
    rows = [row for outcome in compiled for row in outcome.influencers]
    assert {0, 1} < {row.posts for row in rows}
    assert min(row.effort for row in rows) < 1.0 == max(row.effort for row in rows)


def test_every_cent_and_post_is_accounted_for_where_contracts_fail(tmp_path: Path) -> None:
    runs, rows = tables(played(tmp_path, STRONG, runs=12))
    for run in runs:
        mine = [row for row in rows if (row["arm"], row["run"]) == (run["arm"], run["run"])]
        refused = run["declined"] * 5.0
        total = sum(round(row["cost"] * 100) for row in mine) + round(100 * (refused + run["cost_platform"]))
        assert round(run["cost"] * 100) == total
        assert round(run["cost_handling"] * 100) == 500 * run["invited"] == 500 * (run["hired"] + run["declined"])
        assert run["no_shows"] == sum(row["no_shows"] for row in mine)
        assert run["hired"] == len(mine)
        assert all(row["posts"] + row["no_shows"] in (1, 2, 3, 4) for row in mine)  # a favor adds one
        gifts = sum(row["cost_product"] for row in mine)
        assert gifts == 2.5 * run["hired"]  # also of those who never post


def neutral_words(name: str) -> str:
    """A mechanism switched on with every number that has an effect at its neutral value."""
    model = type(getattr(Mechanisms(), name))
    words = []
    for field, info in model.model_fields.items():
        if field == "on" or (info.json_schema_extra or {}).get("inert"):  # type: ignore[union-attr]
            continue
        default = info.default
        words.append(f"{field}: {getattr(default, 'rows', (getattr(default, 'distribution', None),))[0].value}")
    return f"{name}: {{{', '.join(words)}}}"


@pytest.mark.parametrize("name", MINE)
def test_at_neutral_numbers_a_mechanism_changes_no_value(tmp_path: Path, name: str) -> None:
    terms = "contract_terms: {exclusivity_premium: 0, license_fee: 0}"
    others = "" if name == "contract_terms" else f"{terms}, "
    plain = played(tmp_path, f"mechanisms: {{{others or terms}}}\n")
    neutral = played(tmp_path, f"mechanisms: {{{others}{neutral_words(name)}}}\n")
    assert tables(plain) == tables(neutral)


def test_links_bring_orders_every_day_from_the_first_post_on(tmp_path: Path) -> None:
    """Baseline buyers stay; more come, at the stated rate, and more with each link."""
    words = "earned_links: {response: 0.5, orders_per_day: 0.4, authority: 0}"
    nobody_clicks = ("platform.click_rate=0", "behavior.halo=0")
    without, with_links = (
        played(tmp_path, f"mechanisms: {{contract_terms: on, {more}}}\n", *nobody_clicks, runs=60)
        for more in ("", words)
    )
    gains, links = [], []
    for one, other in zip(without, with_links, strict=True):
        gain = other.tally.orders - one.tally.orders
        links.append(other.tally.earned_links)
        gains.append(gain)
        assert gain >= 0
        assert gain == 0 or other.tally.earned_links
        assert one.tally.engagements == other.tally.engagements
    of_hired = sum(len(outcome.influencers) for outcome in with_links)
    assert abs(sum(links) / of_hired - 0.5) < 4 * 0.5 / np.sqrt(of_hired)
    expected = 34 * 0.4 * sum(links)  # every first post is on day 0
    assert abs(sum(gains) - expected) < 4 * np.sqrt(expected)


def test_a_higher_rate_keeps_the_buyers_and_adds_others() -> None:
    few = baseline_buyers(7, 0, 1, 30, 3.0, 1000)
    rates = np.full(30, 3.0)
    rates[10:] += 2.5
    many = baseline_buyers(7, 0, 1, 30, rates, 1000)
    assert np.array_equal(few[0][:11], many[0][:11])
    more = 0
    for day in range(30):
        old, new = (list(who[offsets[day] : offsets[day + 1]]) for offsets, who in (few, many))
        assert old == new[: len(old)]
        more += len(new) - len(old)
    assert abs(more - 50) < 4 * np.sqrt(50)


def test_a_link_counts_from_its_day_and_is_shared_by_the_agents(tmp_path: Path) -> None:
    file = tmp_path / "late.yaml"
    file.write_text(
        f"{HEAD}arms: {{one: {{hire: [{{followers: 20000, posts: [{{day: 5}}], pay: {{kind: product_only}}}}]}}}}\n"
        "mechanisms: {earned_links: {response: 1, orders_per_day: 0.5, authority: 1}}\n"
    )
    scenario, plan = load_campaign(file, ("population.size=100000", "population.people_per_agent=4"))
    brief = brief_run(scenario, build_world(scenario, plan, 0), plan.arms[1], Draws(scenario.seed, 0, 1))
    assert [2 / 4] * 5 + [2 / 4 + 0.5 * 2 / 4] * 29 == pytest.approx(brief.baseline_by_day.tolist())
