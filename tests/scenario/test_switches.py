"""Mechanisms are off until something switches them on, and on they start from the catalog."""

from __future__ import annotations

import pytest

from simulator.catalog import entries
from simulator.distributions import Fixed, Pert
from simulator.errors import InputProblems
from simulator.quantity import Curve, Quantity
from simulator.scenario.draws import all_numbers
from simulator.scenario.mechanisms import Mechanisms


def test_every_mechanism_has_an_entry_and_every_entry_a_mechanism() -> None:
    assert sorted(Mechanisms.model_fields) == list(entries("mechanisms"))


def test_left_out_every_number_is_neutral(campaign, base: str) -> None:
    scenario, _ = campaign(base)
    assert Mechanisms() == scenario.mechanisms
    assert not [number.path for number in all_numbers(scenario) if number.path.startswith("mechanisms")]


@pytest.mark.parametrize("form", ["{replies: on}", "{replies: {}}", "[replies]", "{replies: true}"])
def test_on_is_written_in_several_ways(campaign, base: str, form: str) -> None:
    replies = campaign(base + f"mechanisms: {form}\n")[0].mechanisms.replies
    assert (True, Pert(40.0, 80.0, 150.0)) == (replies.on, replies.capacity.distribution)


@pytest.mark.parametrize(
    "form", ["[persona, {replies: {gain: 0.3}}]", "[persona, {replies: {gain: 0.3}, effort: off}]"]
)
def test_a_list_may_say_more_of_a_mechanism_than_its_name(campaign, base: str, form: str) -> None:
    mechanisms = campaign(base + f"mechanisms: {form}\n")[0].mechanisms
    assert (True, True, False) == (mechanisms.persona.on, mechanisms.replies.on, mechanisms.effort.on)
    assert Fixed(0.3) == mechanisms.replies.gain.distribution


@pytest.mark.parametrize("name", entries("mechanisms"))
def test_at_modes_no_number_of_the_catalog_is_drawn(campaign, base: str, name: str) -> None:
    scenario, _ = campaign(base + f"mechanisms: [{name}]\nmechanisms_at: modes\n")
    assert not [number.path for number in all_numbers(getattr(scenario.mechanisms, name)) if number.uncertain]


@pytest.mark.parametrize("word", ["off", "neutral", "false"])
def test_off_takes_back_what_a_lower_file_switched_on(campaign, base: str, word: str) -> None:
    scenario, _ = campaign(base + "mechanisms: {replies: {gain: 0.3}}\n", f"mechanisms.replies={word}")
    assert Mechanisms() == scenario.mechanisms


def test_a_number_of_its_own_means_on(campaign, base: str) -> None:
    replies = campaign(base + "mechanisms: {replies: {gain: 0.3}}\n")[0].mechanisms.replies
    assert (Fixed(0.3), "your own", Pert(40.0, 80.0, 150.0)) == (
        replies.gain.distribution,
        replies.gain.grade,
        replies.capacity.distribution,
    )


def test_at_modes_the_catalogs_numbers_stand_at_their_modes_and_stated_ones_as_stated(campaign, base: str) -> None:
    text = base + "mechanisms: {replies: {gain: {pert: [0, 0.1, 0.2]}}}\nmechanisms_at: modes\n"
    replies = campaign(text)[0].mechanisms.replies
    assert (Fixed(80.0), Pert(0.0, 0.1, 0.2)) == (replies.capacity.distribution, replies.gain.distribution)


@pytest.mark.parametrize("name", entries("mechanisms"))
def test_the_schema_knows_every_number_of_an_entry_with_its_unit(campaign, base: str, name: str) -> None:
    scenario, _ = campaign(base + f"mechanisms: {{{name}: on}}\n")
    on, off = getattr(scenario.mechanisms, name), getattr(Mechanisms(), name)
    for field in type(off).model_fields:
        if isinstance(getattr(off, field), Quantity | Curve):
            assert getattr(on, field).path == f"mechanisms.{name}.{field}"  # found in the entry
            assert getattr(on, field).unit == getattr(off, field).unit


def test_an_unknown_mechanism_or_number_is_named_with_its_neighbor(campaign, base: str) -> None:
    with pytest.raises(InputProblems) as caught:
        campaign(base + "mechanisms: {replys: on, replies: {gian: 1}}\n")
    found = {problem.path: problem.suggestion for problem in caught.value.problems}
    assert {"mechanisms.replys": "did you mean 'replies'?", "mechanisms.replies.gian": "did you mean 'gain'?"} == found


def test_another_word_than_on_or_off_is_refused_with_both(campaign, base: str) -> None:
    with pytest.raises(InputProblems, match=r"mechanisms.replies.*maybe.*write on, off, or keys such as capacity"):
        campaign(base + "mechanisms: {replies: maybe}\n")
