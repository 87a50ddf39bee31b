"""What lies under a scenario and what `--set` lays over it."""

from __future__ import annotations

import pytest

from simulator.distributions import Fixed, LogNormal, Normal, Pert
from simulator.scenario.loader import load_campaign


def test_a_bare_number_keeps_what_the_catalog_knows_and_becomes_your_own(campaign, base: str) -> None:
    margin = campaign(base)[0].product.margin
    assert (Fixed(0.5), "share", 0.3, 0.7, "your own") == (
        margin.distribution,
        margin.unit,
        margin.low,
        margin.high,
        margin.grade,
    )
    assert ("stated by the scenario", "", "pert(0.3, 0.5, 0.7)") == (margin.source, margin.date, margin.default)
    assert margin.meaning.startswith("contribution per order")


def test_a_number_with_its_own_source_and_grade_keeps_them(campaign, base: str) -> None:
    text = base.replace(
        "margin: 0.5", "margin: {pert: [0.4, 0.5, 0.6], source: our books, date: 2026, grade: measured}"
    )
    margin = campaign(text)[0].product.margin
    assert (Pert(0.4, 0.5, 0.6), "our books", "2026", "measured") == (
        margin.distribution,
        margin.source,
        margin.date,
        margin.grade,
    )


def test_changing_where_a_number_varies_keeps_its_value_and_source(campaign, base: str) -> None:
    halo = campaign(base + "behavior: {halo: {varies: world}}\n")[0].behavior.halo
    assert (LogNormal(3.0, 0.9), "world", "assumed") == (halo.distribution, halo.varies, halo.grade)


def test_a_single_number_over_a_curve_holds_at_all_sizes(campaign, base: str) -> None:
    reach = campaign(base + "platform: {reach_rate: 0.2}\n")[0].platform.reach_rate
    assert [0.2, 0.2] == [reach.mean(size) for size in (100.0, 1e7)]
    assert reach.default.startswith("3162: pert(0.08, 0.25, 0.45), 31623: ")


def test_rows_replace_all_rows(campaign, base: str) -> None:
    click = campaign(base + "platform: {click_rate: {rows: {1000: 0.02, 100000: [0.0, 0.01, 0.02]}}}\n")[
        0
    ].platform.click_rate
    assert ((1000.0, 100_000.0), (Fixed(0.02), Pert(0.0, 0.01, 0.02))) == (click.followers, click.rows)


def test_measured_lies_under_every_scenario_and_other_presets_over_it(campaign, base: str) -> None:
    measured, mechanistic = (campaign(base + more)[0] for more in ("", "extends: presets/mechanistic\n"))
    assert ("same", 10_000) == (measured.reference_followers, mechanistic.reference_followers)
    assert (5, 1) == (len(measured.platform.click_rate.rows), len(mechanistic.platform.click_rate.rows))
    assert measured.platform.reach_rate == mechanistic.platform.reach_rate


def test_a_scenario_extends_another_file_and_states_only_its_differences(campaign, base: str, tmp_path) -> None:
    (tmp_path / "base.yaml").write_text(base.replace("price: 80", "price: 60"))
    arms = "arms: {a: {hire: {0: {count: 3}}}, b: {paid_social: {spend: max}}}\n"
    scenario, plan = campaign(f"extends: base.yaml\nproduct: {{margin: 0.4}}\n{arms}")
    assert (60.0, 0.4) == (scenario.product.price.value, scenario.product.margin.value)
    assert [("no campaign", 0), ("a", 3), ("b", 0)] == [(arm.name, len(arm.contracts)) for arm in plan.arms]


def test_a_null_arm_removes_an_inherited_one(campaign, base: str, tmp_path) -> None:
    (tmp_path / "base.yaml").write_text(base)
    _, plan = campaign("extends: base.yaml\narms: {a: null, b: {paid_social: {spend: 1}}}\n")
    assert ["no campaign", "b"] == [arm.name for arm in plan.arms]


def test_topics_replace_topics(campaign, base: str, tmp_path) -> None:
    (tmp_path / "base.yaml").write_text(base + "population: {topics: {beauty: 0.5, food: 0.5}}\n")
    scenario, _ = campaign("extends: base.yaml\npopulation: {topics: {beauty: 0.25, other: 0.75}}\n")
    assert {"beauty": 0.25, "other": 0.75} == scenario.population.topics


def test_listed_topics_share_the_people_equally(campaign, base: str) -> None:
    topics = campaign(base)[0].population.topics
    assert (9, pytest.approx(1 / 9)) == (len(topics), topics["beauty"])


@pytest.mark.parametrize(
    ("setting", "read", "expected"),
    [
        ("budget=20000", lambda s: s.budget.value, 20_000.0),
        ("product.margin={normal: {p05: 0.4, p95: 0.6}}", lambda s: s.product.margin.distribution, Normal),
        ("product.margin.pert=[0.1, 0.2, 0.3]", lambda s: s.product.margin.distribution, Pert(0.1, 0.2, 0.3)),
        ("arms.a.hire.0.count=5", lambda s: s.arms[0].hire[0].count, 5),
        ("arms.a.hire.0.pay.amount=market", lambda s: s.arms[0].hire[0].pay.amount, "market"),
        ("platform.reach_rate=0.3", lambda s: s.platform.reach_rate.mean(1e5), 0.3),
        ("population.network.exponent=2.1", lambda s: s.population.network.numbers["exponent"].value, 2.1),
        ("tiers=article_a3", lambda s: s.tiers.name, "article_a3"),
        ("name=Another name", lambda s: s.name, "Another name"),
        ("runs=1e3", lambda s: s.runs, 1000),
        ("seed=1_000", lambda s: s.seed, 1000),
    ],
)
def test_settings_lie_over_the_file(campaign, base: str, setting: str, read, expected: object) -> None:
    found = read(campaign(base, setting)[0])
    assert isinstance(found, expected) if isinstance(expected, type) else expected == found


def test_a_later_setting_wins_and_records_what_it_replaced(campaign, base: str) -> None:
    margin = campaign(base, "product.margin=0.4", "product.margin=0.3")[0].product.margin
    assert (0.3, "0.4") == (margin.value, margin.default)


def test_an_arm_whose_name_holds_dots_can_be_set(campaign, base: str) -> None:
    text = base.replace("  a:", "  plan 1.5 (big):")
    assert 4 == campaign(text, "arms.plan 1.5 (big).hire.0.count=4")[0].arms[0].hire[0].count


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("budgt=5", "did you mean 'budget'?"),
        ("budget=-5", "give at least 0"),
        ("nonsense", "path=value"),
        ("arms.a.hire.7.count=1", "has 1 items"),
        ("platform=instagrm", "did you mean 'instagram'?"),
        ("extends=presets/claimed", "write it in a file"),
        ("budget=!!python/none x", "without '!'"),
        ("budget={", "not YAML"),
    ],
)
def test_a_wrong_setting_is_reported_as_one(problems, base: str, setting: str, says: str) -> None:
    found = problems(base, setting)[0]
    assert ("--set", 0, True) == (found.file, found.line, says in str(found)), str(found)


def test_a_percentile_interval_is_the_distribution_that_has_it(campaign, base: str) -> None:
    text = base.replace("margin: 0.5", "margin: {uniform: {p05: 0.25, p95: 0.7}}")
    more = "behavior: {halo: {lognormal: {p05: 1, p95: 9}}, halo_slope: {normal: {p05: -0.1, p95: 0.3}}}\n"
    scenario = campaign(text + more)[0]
    assert [0.25, 0.7] == pytest.approx([scenario.product.margin.at(p) for p in (0.05, 0.95)])
    assert [1.0, 3.0, 9.0] == pytest.approx([scenario.behavior.halo.at(p) for p in (0.05, 0.5, 0.95)])
    assert [-0.1, 0.1, 0.3] == pytest.approx([scenario.behavior.halo_slope.at(p) for p in (0.05, 0.5, 0.95)])


def test_an_empirical_number_takes_the_values_of_a_column(campaign, problems, base: str, tmp_path) -> None:
    (tmp_path / "prices.csv").write_text("price,n\n60,1\n80,2\n70,3\n")
    text = base.replace("price: 80", "price: {empirical: {file: prices.csv, column: price}}")
    assert (60.0, 70.0, 80.0) == campaign(text)[0].product.price.distribution.values
    assert "did you mean 'price'?" in str(problems(text.replace("column: price", "column: prise"))[0])
    (tmp_path / "prices.csv").write_text("price\n60\ncheap\n")
    assert "line 3 of prices.csv holds 'cheap'" in str(problems(text)[0])


@pytest.mark.parametrize("stated", ["", "extends: presets/measured\n", "extends: lower.yaml\n"])
def test_the_same_file_can_be_read_over_another_preset(tmp_path, base: str, stated: str) -> None:
    (tmp_path / "lower.yaml").write_text("extends: presets/measured\ndays: 12\n")
    file = tmp_path / "case.yaml"
    file.write_text(stated + base)
    (measured, _), (claimed, _) = (load_campaign(file, preset=f"presets/{name}") for name in ("measured", "claimed"))
    assert measured == load_campaign(file)[0]
    assert measured.platform.engagement_rate is None
    assert claimed.platform.engagement_rate is not None
    assert claimed.platform.reach_rate == measured.platform.reach_rate
    assert measured.days == claimed.days == (12 if "lower" in stated else 30)


def test_a_file_that_names_another_preset_keeps_it(tmp_path, base: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("extends: presets/mechanistic\n" + base)
    assert load_campaign(file)[0] == load_campaign(file, preset="presets/claimed")[0]
