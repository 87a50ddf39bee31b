"""How many people a market holds, and how many agents: limits, remedies, whole agents."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import InputProblems

CELEBRITY = "tier: mega, count: 1, followers: 341000000"


@pytest.fixture
def celebrity(base: str) -> str:
    return base.replace("tier: micro, count: 2, followers: 50000", CELEBRITY)


def test_a_market_too_large_for_its_agents_names_a_thinning_that_fits(campaign, problems, celebrity: str) -> None:
    (found,) = problems(celebrity)
    assert "population.size" == found.path
    assert "the most is 10,000,000" in found.message
    fitting = int(found.suggestion.split("people_per_agent: ")[1].split(" ")[0])
    _, plan = campaign(celebrity, f"population.people_per_agent={fitting}")
    assert plan.agents <= 10_000_000
    assert plan.agents > 8_000_000  # no coarser than needed, to two digits
    assert "people_per_agent" in problems(celebrity, f"population.people_per_agent={fitting - 1}")[0].suggestion


def test_a_stated_market_is_held_to_the_same_limit(campaign, problems, base: str) -> None:
    (found,) = problems(base, "population.size=20000001")
    assert "give population.people_per_agent: 3 or more" in str(found)
    assert (6_666_667, 20_000_001) == (
        (plan := campaign(base, "population.size=20000001", "population.people_per_agent=3")[1]).agents,
        plan.population,
    )


def test_auto_is_the_same_rule_in_people(campaign, base: str) -> None:
    """Thinning changes who is simulated, not how large the market is, but for a part of one agent."""
    _, one = campaign(base)
    for each in (3, 7, 100):
        _, thinned = campaign(base, f"population.people_per_agent={each}")
        assert 0 <= thinned.population - one.population < each
        assert thinned.agents * each == thinned.population
        assert thinned.population_rule == f"{one.population_rule}; {thinned.agents:,} agents of {each} people each"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(100_000, 10_000_000_000), st.integers(1, 1_000_000))
def test_a_plan_has_a_hundred_to_ten_million_whole_agents_or_is_refused(campaign, base: str, size: int, k: int) -> None:
    changes = (f"population.size={size}", f"population.people_per_agent={k}")
    if 100 <= -(-size // k) <= 10_000_000 and k < 30_000:  # real followers of the smallest creator
        _, plan = campaign(base, *changes)
        assert (-(-size // k), k) == (plan.agents, plan.people_per_agent)
        assert plan.agents * k == plan.population
    elif k < 30_000:
        with pytest.raises(InputProblems, match="agents"):
            campaign(base, *changes)


def test_too_few_agents_are_refused_with_the_most_people_each(campaign, problems, base: str) -> None:
    (found,) = problems(base, "population.size=90000", "population.people_per_agent=1000")
    assert ("population.people_per_agent", "give at most 900") == (found.path, found.suggestion)
    assert 100 == campaign(base, "population.size=90000", "population.people_per_agent=900")[1].agents


def test_an_audience_of_less_than_one_agent_is_refused(campaign, problems, base: str) -> None:
    few = ("population.size=100000000",)
    (found,) = problems(base, *few, "population.people_per_agent=50000")
    most = int(found.suggestion.split("at most ")[1].split(",")[0] + found.suggestion.split(",")[1][:3])
    assert ("population.people_per_agent", True) == (found.path, "less than one agent" in found.message)
    assert 0.74 * 50_000 * 0.9 < most < 0.74 * 50_000
    campaign(base, *few, f"population.people_per_agent={most}")


@pytest.mark.parametrize(("each", "says"), [("0", "at least 1"), ("1000001", "at most 1000000"), ("1.5", "number")])
def test_people_per_agent_is_a_whole_number_in_range(problems, base: str, each: str, says: str) -> None:
    (found,) = problems(base, f"population.people_per_agent={each}")
    assert "population.people_per_agent" == found.path
    assert says in found.suggestion or says in found.message


def test_a_market_has_room_for_the_strangers_whom_a_platform_shows_a_post(campaign, base: str) -> None:
    stated = ("platform.nonfollower_reach=8", "platform.reach_rate=0.5", "population.size=auto")
    plan = campaign(base, *stated)[1]
    assert 2 * 8 * 0.5 * 2 * 50_000 == plan.population
    assert "strangers" in plan.population_rule
