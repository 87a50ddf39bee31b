"""Where a row is judged changes nothing of its verdict."""

from __future__ import annotations

import pytest

from simulator.decide.claims.rows import all_rows
from simulator.decide.claims.team import judge_all
from simulator.errors import InputProblems

ROWS = [row for row in all_rows() if row.id in {"M31", "Q6"}]
TOO_FEW = 4  # draws: nothing is told of a row, but every number of it can be compared


def test_processes_find_what_one_process_finds_in_the_same_order() -> None:
    alone = list(judge_all(ROWS, executor="serial", most_draws=TOO_FEW))
    together = list(judge_all(ROWS, executor="local:2", most_draws=TOO_FEW))
    assert [row.id for row in ROWS] == [each.claim.id for each in together]
    assert alone == together
    assert all(judged.runs > 0 for each in together for judged in each.presets.values())


@pytest.mark.parametrize("executor", ["serial", "local:2"])
def test_the_caller_hears_of_a_scenario_before_anything_is_played(executor: str) -> None:
    heard: list[str] = []
    judged = judge_all(ROWS, executor=executor, most_draws=TOO_FEW, before=lambda told, _: heard.append(told.name))
    assert next(judged).claim is ROWS[0]
    assert heard


def test_an_unknown_executor_is_a_problem_of_the_input() -> None:
    with pytest.raises(InputProblems, match="serial"):
        list(judge_all(ROWS, executor="nowhere", most_draws=TOO_FEW))
