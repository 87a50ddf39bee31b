"""Every number is explained, and what the scenario changed is shown beside it."""

from __future__ import annotations

import json

from simulator.catalog import entries
from simulator.scenario.draws import all_numbers
from simulator.scenario.explain import arms, as_json, explanations, mechanisms, settings


def test_every_number_has_one_row_with_its_origin(campaign, base: str) -> None:
    scenario, _ = campaign(base)
    rows = explanations(scenario)
    assert [number.path for number in all_numbers(scenario)] == [row.path for row in rows]
    assert len({row.path for row in rows}) == len(rows)
    assert all(row.value and row.unit and row.grade and row.varies and row.meaning for row in rows)


def test_a_changed_number_shows_what_it_replaced(campaign, base: str) -> None:
    rows = {row.path: row for row in explanations(campaign(base + "platform: {reach_rate: 0.2}\n")[0])}
    margin, reach, halo = (rows[path] for path in ("product.margin", "platform.reach_rate", "behavior.halo"))
    assert ("0.5", "pert(0.3, 0.5, 0.7)", "your own", "0.3 to 0.7") == (
        margin.value,
        margin.default,
        margin.grade,
        margin.range,
    )
    assert ("0.2", True) == (reach.value, reach.default.startswith("3162: pert(0.08, 0.25, 0.45)"))
    assert ("lognormal(median 3, sd 0.9)", "", True) == (halo.value, halo.default, halo.uncertain)


def test_a_restated_default_counts_as_unchanged(campaign, base: str) -> None:
    rows = {row.path: row for row in explanations(campaign(base, "platform.price_at_10k=160")[0])}
    assert ("160", "") == (rows["platform.price_at_10k"].value, rows["platform.price_at_10k"].default)


def test_the_json_form_holds_the_population_and_its_rule(campaign, base: str) -> None:
    scenario, plan = campaign(base)
    found = json.loads(json.dumps(as_json(scenario, plan, explanations(scenario))))
    expected = {"size": plan.population, "agents": plan.agents, "rule": plan.population_rule}
    assert (1, expected) == (found["version"], found["population"])


def test_whatever_a_run_uses_is_listed(campaign, base: str) -> None:
    scenario, plan = campaign(base + "days: 9\nseed: 5\npopulation: {topics: {food: 0.25, beauty: 0.75}}\n")
    said = json.loads(json.dumps(as_json(scenario, plan, ())))
    used = said["settings"]
    assert (9, 60, 2000, 8, 5) == tuple(used[name] for name in ("days", "settle", "runs", "worlds", "seed"))
    assert ("random", "sobol") == (used["design"], settings(campaign(base, "design=sobol")[0])["design"])
    assert ({"beauty": 0.75, "food": 0.25}, 30) == (used["population.topics"], used["platform.lifetime_days"])
    assert ("same", "later", [1000, 10000]) == (used["reference_followers"], used["tiers.name"], used["tiers"]["nano"])
    nobody, arm = said["arms"]
    assert ("no campaign", [], "a", 8900.0) == (nobody["name"], nobody["hires"], arm["name"], arm["unspent"])
    (hire,) = arm["hires"]
    assert ("50k", 2) == (hire["key"], hire["count"])
    facts = {"tier": "micro", "followers": 50_000, "topic": "beauty", "post_days": [0], "tracking": "utm"}
    money = {"pay": "flat_fee", "fee": 500.0, "market_fee": round(160 * 5**0.8, 2)}
    assert {"name": "50k#1", **facts, **money} == hire["creators"][0]


def test_no_word_of_a_scenario_is_left_out(campaign, base: str) -> None:
    scenario, _ = campaign(base)
    explained = {*settings(scenario), *(row.path for row in explanations(scenario))}
    left = {"version", "name", "arms", "behavior", "brand", "product", "platform", "population", "custom_rules"}
    assert not [
        field for field in type(scenario).model_fields if field not in {*explained, *left, "budget", "indifference"}
    ]
    assert 50.0 == settings(campaign(base, "indifference=50")[0])["indifference"]


def test_a_fee_that_is_drawn_is_shown_as_its_distribution(campaign, base: str) -> None:
    _, plan = campaign(base.replace("amount: 500", "amount: {uniform: [400, 500]}"))
    assert "uniform(400, 500)" == arms(plan)[1]["hires"][0]["creators"][0]["fee"]


def test_mechanisms_that_are_on_are_listed_with_their_numbers_and_grades(campaign, base: str) -> None:
    assert [] == mechanisms(campaign(base)[0])
    (found,) = mechanisms(campaign(base + "mechanisms: [disclosure]\n")[0])
    assert ("disclosure", ["measured", "assumed"]) == (found["name"], [row["grade"] for row in found["numbers"]])
    rows = {row.path: row for row in explanations(campaign(base + "mechanisms: [disclosure]\n")[0])}
    assert "Bertaglia" in rows["mechanisms.disclosure.on_engage"].source


def test_with_every_mechanism_on_each_number_of_the_catalog_has_its_range(campaign, base: str) -> None:
    scenario, _ = campaign(base, *(f"mechanisms.{name}=on" for name in entries("mechanisms")))
    known = [found for found in explanations(scenario) if found.grade != "your own"]
    assert len(known) > 100
    assert not [found.path for found in known if found.low is None or found.high is None or found.low > found.high]
    assert not [found.path for found in known if not (found.unit and found.source and found.meaning)]


def test_the_range_of_a_curve_is_what_its_rows_cover(campaign, base: str) -> None:
    scenario, _ = campaign(base, "mechanisms.no_shows=on")
    (chance,) = (found for found in explanations(scenario) if found.path == "mechanisms.no_shows.chance")
    assert "0.01 to 0.25" == chance.range
