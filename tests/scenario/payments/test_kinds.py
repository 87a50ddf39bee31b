"""What every kind of payment promises; a new file in the folder is tested by its being there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.distributions import Fixed
from simulator.quantity import Quantity
from simulator.rules.payment import WHOLE
from simulator.scenario import payments
from simulator.scenario.document import read_file
from simulator.scenario.explain import arms
from simulator.scenario.json_schema import file_schema
from simulator.scenario.payments import Closed, Payment, payment_kinds
from simulator.scenario.problems import Problems
from simulator.scenario.refusals import members
from simulator.scenario.titles import titles

KINDS = payment_kinds()
COUNTS = st.builds(
    lambda engagements, orders, price: Closed(engagements, orders, orders * price),
    st.integers(0, 10**6), st.integers(0, 10**4), st.integers(1, 10**5),
)  # fmt: skip


def stated(model: type[Payment]) -> dict[str, Any]:
    """Words that make a payment of this kind: all that is required, and as much else as it takes to be keepable."""
    words: dict[str, Any] = {"kind": model.model_fields["kind"].annotation.__args__[0]}
    for name, field in model.model_fields.items():
        if name != "kind" and field.is_required():
            words[name] = _word(model, name)
    for name, field in model.model_fields.items():
        if not any(_made(model, words).faults("utm")):
            break
        if not field.is_required():
            words[name] = _word(model, name)
    return words


def _word(model: type[Payment], name: str) -> float:
    unit = model.facts[name].unit if name in model.facts else "count"
    return {"money": 7.25, "share": 0.125, "count": 10}[unit]


def _made(model: type[Payment], words: dict[str, Any]) -> Payment:
    values = {
        name: Quantity(name, Fixed(word), model.facts[name].unit) if name in model.facts else word
        for name, word in words.items()
    }
    return model.model_validate(values, strict=True)


@pytest.fixture(params=list(KINDS))
def model(request: pytest.FixtureRequest) -> type[Payment]:
    return KINDS[request.param]


def text(base: str, words: dict[str, Any]) -> str:
    return base.replace("{kind: flat_fee, amount: 500}", str(words).replace("'", ""))


def test_every_file_is_a_kind_and_is_named_like_it() -> None:
    files = {path.stem for path in Path(payments.__file__).parent.glob("*.py")} - {"__init__", "base"}
    assert files == set(KINDS) == {stated(model)["kind"] for model in KINDS.values()}


def test_every_kind_is_listed_with_what_it_is() -> None:
    listed = dict(titles("payments"))
    assert list(KINDS) == list(listed)
    assert all(len(title) > 20 for title in listed.values())


def test_every_number_has_a_unit_and_a_meaning(model: type[Payment]) -> None:
    numbers = {name for name, field in model.model_fields.items() if Quantity in members(field.annotation)}
    assert numbers == {name for name in model.facts if name in model.model_fields}
    assert all(model.facts[name].unit and model.facts[name].meaning for name in numbers)


def test_a_scenario_can_use_it_and_its_schema_and_explanation_know_it(
    campaign, base: str, tmp_path: Path, model: type[Payment]
) -> None:
    words = stated(model)
    _, plan = campaign(text(base, words))
    tree = read_file(tmp_path / "case.yaml", Problems())
    assert tree is not None
    jsonschema.validate(json.loads(json.dumps(tree.plain())), file_schema())
    shown = arms(plan)[1]["hires"][0]["creators"][0]["pay"]
    assert shown.startswith(words["kind"])
    assert plan.arms[1].contracts[0].pay.kind == words["kind"]


def test_a_misspelled_word_is_named_with_its_neighbor(problems, base: str, model: type[Payment]) -> None:
    words = stated(model)
    for name in words:
        if name != "kind":
            wrong = {(f"{word}x" if word == name else word): value for word, value in words.items()}
            found = {problem.path: problem.suggestion for problem in problems(text(base, wrong))}
            assert f"did you mean {name!r}?" == found[f"arms.a.hire.0.pay.{name}x"]


def test_what_a_contract_states_must_be_one_value(problems, base: str, model: type[Payment]) -> None:
    words = stated(model)
    for name in words:
        if name in model.facts and model.facts[name].certain:
            unsure = {**words, name: "{uniform: [0.1, 0.2]}"}
            assert any("must be one value" in str(problem) for problem in problems(text(base, unsure))), name


@given(COUNTS, COUNTS, st.data())
def test_by_result_it_pays_more_for_more_and_nothing_for_nothing(one: Closed, two: Closed, data: st.DataObject) -> None:
    model = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    pay = _made(model, stated(model))
    both = Closed(*(a + b for a, b in zip(one, two, strict=True)))
    assert 0 == pay.owed_bonus(Closed(0, 0, 0)) == pay.owed_commission(Closed(0, 0, 0))
    for owed in (pay.owed_bonus, pay.owed_commission):
        assert isinstance(owed(one), int)
        assert 0 <= owed(one) <= owed(both)


@given(st.integers(0, 10**7), st.data())
def test_commission_takes_an_attributed_order(engagements: int, data: st.DataObject) -> None:
    model = KINDS[data.draw(st.sampled_from(sorted(KINDS)))]
    assert 0 == _made(model, stated(model)).owed_commission(Closed(engagements, 0, 0))


@given(COUNTS, st.integers(0, 500), st.integers(1, 50), st.one_of(st.none(), st.integers(0, 10**5)))
def test_a_bonus_never_exceeds_what_is_kept_ready_for_it(closed: Closed, each: int, per: int, cap: int | None) -> None:
    stated_cap = {} if cap is None else {"cap": cap}
    words = {"kind": "base_plus_bonus", "base": 1, "bonus": each, **stated_cap}
    pay = _made(KINDS["base_plus_bonus"], words).model_copy(update={"per": per})
    whole = closed.engagements // per * each * 100
    assert (whole if cap is None else min(whole, cap * 100)) == pay.owed_bonus(closed)
    assert cap is None or pay.owed_bonus(closed) <= pay.most_by_result == cap * 100


def test_a_hybrid_is_its_base_and_the_commission_by_itself() -> None:
    closed = Closed(500, 12, 12 * 7999)
    alone, both = (
        _made(KINDS[kind], {"kind": kind, "share": 0.15, **base})
        for kind, base in (("commission", {}), ("hybrid", {"base": 90.0}))
    )
    assert alone.owed_commission(closed) == both.owed_commission(closed) == (12 * 7999 * 150_000 + WHOLE // 2) // WHOLE
    assert (0.0, 90.0) == (alone.fee.value, both.fee.value)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("pay", "more", "path", "remedy"),
    [
        ("{kind: base_plus_bonus, base: equal_share, bonus: 1}", "", "pay.cap", "add cap"),
        ("{kind: commission}", "", "pay.share", "add share: 0.1"),
        ("{kind: commission, share: 0.1, per_order: 5}", "", "pay.per_order", "keep one"),
        ("{kind: commission, share: 0.1}", "tracking: none, ", "pay.kind", "tracking: utm"),
        ("{kind: hybrid, base: 10, per_order: 5}", "tracking: none, ", "pay.kind", "tracking: utm"),
        ("{kind: comission, share: 0.1}", "", "pay.kind", "did you mean 'commission'?"),
        ("{share: 0.1}", "", "pay.kind", "add kind"),
        ("free", "", "pay", "write {kind: flat_fee"),
    ],
)
def test_what_cannot_be_kept_is_said_with_a_remedy(problems, base: str, pay: str, more: str, path: str, remedy: str):
    words = base.replace("{kind: flat_fee, amount: 500}", pay).replace("posts: 1", f"{more}posts: 1")
    found = {problem.path: str(problem) for problem in problems(words)}
    assert remedy in found[f"arms.a.hire.0.{path}"]


def test_changing_the_kind_from_the_command_line_drops_the_words_of_the_old_one(campaign, base: str) -> None:
    changes = ("arms.a.hire.0.pay.kind=commission", "arms.a.hire.0.pay.share=0.2")
    pay = campaign(base, *changes)[0].arms[0].hire[0].pay
    assert ("commission", 0.2, None) == (pay.kind, pay.share.value, pay.base)


def test_the_budget_keeps_ready_what_is_committed_and_nothing_else(hired) -> None:
    bonus = "{kind: base_plus_bonus, base: 100, bonus: 1, cap: 40}"
    arm = hired(f"{{followers: 5000, posts: 1, pay: {bonus}}}")
    assert 1_000_000 - (10_000 + 4_000 + 5_000) == arm.unspent
    uncapped = hired(f"{{followers: 5000, posts: 1, pay: {bonus.replace(', cap: 40', '')}}}")
    assert 1_000_000 - (10_000 + 5_000) == uncapped.unspent
    commission = hired("{followers: 5000, posts: 1, pay: {kind: commission, share: 1}}")
    assert 1_000_000 - 5_000 == commission.unspent


def test_an_equal_share_leaves_room_for_the_caps(hired) -> None:
    arm = hired(
        "{followers: 5000, count: 2, posts: 1, pay: {kind: base_plus_bonus, base: equal_share, bonus: 1, cap: 40}}",
        budget=1000,
    )
    assert [(100_000 - 2 * (5_000 + 4_000)) // 2] * 2 == [contract.fee for contract in arm.contracts]
