"""A question's hash: what changes it, and what must not."""

from __future__ import annotations

import pytest

from simulator.scenario.identity import scenario_hash


def test_formatting_name_runs_and_order_of_arms_do_not_matter(campaign, base: str) -> None:
    two = base + "  b: {paid_social: {spend: 100}}\n"
    head, _, arm = base.partition("arms:\n")
    swapped = f"# another order\nname: X\nruns: 7\n{head}arms:\n  b: {{paid_social: {{spend: 100.0}}}}\n{arm}"
    hashes = {scenario_hash(campaign(text)[0], "1") for text in (two, swapped.replace("beauty}", "beauty }"))}
    assert 1 == len(hashes)
    assert 12 == len(hashes.pop())


def test_the_order_of_topics_does_not_matter(campaign, base: str) -> None:
    shares = ("beauty: 0.2, food: 0.8", "food: 0.8, beauty: 0.2")
    one, other = (campaign(f"{base}population: {{topics: {{{each}}}}}\n")[0] for each in shares)
    assert list(one.population.topics) == list(other.population.topics)
    assert scenario_hash(one, "1") == scenario_hash(other, "1")


@pytest.mark.parametrize(
    "change",
    [
        "seed=2",
        "worlds=9",
        "replicates=3",
        "indifference=50",
        "product.price=81",
        "arms.a.hire.0.count=1",
        "behavior.halo=3",
        "days=29",
        "population.size=200000",
    ],
)
def test_whatever_changes_results_changes_the_hash(campaign, base: str, change: str) -> None:
    assert scenario_hash(campaign(base)[0], "1") != scenario_hash(campaign(base, change)[0], "1")


def test_what_a_number_replaced_does_not_matter(campaign, base: str) -> None:
    once, twice = (campaign(base, *settings)[0] for settings in ((), ("product.margin=0.4", "product.margin=0.5")))
    assert once.product.margin.default != twice.product.margin.default
    assert once.product.margin == twice.product.margin
    assert scenario_hash(once, "1") == scenario_hash(twice, "1")


def test_the_version_of_the_model_matters(campaign, base: str) -> None:
    scenario = campaign(base)[0]
    assert scenario_hash(scenario, "1") != scenario_hash(scenario, "2")


def test_a_roster_counts_by_its_content_not_by_its_place(campaign, base: str, tmp_path) -> None:
    roster = "roster: {file: x.csv, columns: {id: id, followers: f}}"
    text = base.replace("tier: micro, count: 2, followers: 50000", roster)

    def hashed(file: str, content: str) -> str:
        (tmp_path / file).write_text(content)
        return scenario_hash(campaign(text.replace("x.csv", file))[0], "1")

    first = hashed("x.csv", "id,f\n1,20000\n")
    assert first == hashed("y.csv", "id,f\n1,20000\n")
    assert first != hashed("y.csv", "id,f\n1,20001\n")


def test_the_model_version_covers_every_source_that_results_rest_on(tmp_path, monkeypatch) -> None:
    import shutil

    from simulator.scenario import identity

    shutil.copytree(identity.PACKAGE, tmp_path / "simulator")
    monkeypatch.setattr(identity, "PACKAGE", tmp_path / "simulator")
    before = identity.model_version()
    for source in ("rules/trust.py", "engines/passes/days.py", "dice.py"):
        (tmp_path / "simulator" / source).write_text("# another model")
        assert before != (before := identity.model_version())
    (tmp_path / "simulator" / "cli" / "answer.py").write_text("# other words")
    assert before == identity.model_version()
