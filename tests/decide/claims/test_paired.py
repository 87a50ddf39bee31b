"""What something adds is told run by run, of one arm and of its lead over another."""

from __future__ import annotations

from test_observable import RUNS

from simulator.decide.claims.paired import added, added_lead, what_it_adds


def test_what_it_adds_to_an_arm() -> None:
    assert {-10.0} == set(added("profit", "many", "shifted")(RUNS).ravel())
    figure = what_it_adds("profit", "many", "shifted")
    assert ("profit, many, with it less without", "USD") == (figure.name, figure.unit)
    assert {-10.0} == set(figure.values(RUNS).ravel())


def test_what_it_adds_to_a_lead_is_what_it_adds_to_one_less_the_other() -> None:
    assert {-10.0} == set(added_lead("profit", "many", "few", "shifted").values(RUNS).ravel())
    assert {10.0} == set(added_lead("profit", "few", "many", "shifted").values(RUNS).ravel())
