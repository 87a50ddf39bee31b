"""Answers: a day is shared among comments, a machine takes its part of the rest, trust compounds."""

from __future__ import annotations

import pytest
from drawn_facts import share
from hypothesis import given
from hypothesis import strategies as st

from simulator.compiled import kernel
from simulator.rules.answers import (
    BY_AUTHOR,
    BY_MACHINE,
    NO_ANSWER,
    NOBODY_ANSWERS,
    answer,
    answered_share,
    comments_written,
    trust_after_answer,
)

CELLS = 2_000
GRID = [(cell + 0.5) / CELLS for cell in range(CELLS)]  # dice in the middles of equal cells
counts = st.floats(0.0, 1e9)
some = st.floats(1e-3, 1e9)


@kernel
def compiled_answer(die, answered, automated):
    return answer(die, answered, automated)


@kernel
def compiled_day(capacity, comments, share, dry_up, trust, by, answering):
    answered = answered_share(capacity, comments)
    return answered, comments_written(share, answered, dry_up), trust_after_answer(trust, by, answering)


@given(counts, some)
def test_a_day_is_shared_among_all_comments_of_the_day(capacity: float, comments: float) -> None:
    """min(1, capacity ÷ comments); so the author answers its capacity, or all comments where they are fewer."""
    answered = answered_share(capacity, comments)
    assert min(1.0, capacity / comments) == answered
    assert answered * comments == pytest.approx(min(capacity, comments), rel=1e-14)


@given(counts)
def test_where_nobody_comments_nobody_waits_for_an_answer(capacity: float) -> None:
    assert 1.0 == answered_share(capacity, 0.0)


@given(counts, counts, some, some)
def test_more_time_answers_more_and_more_comments_are_answered_less(
    capacity: float, other: float, comments: float, more: float
) -> None:
    low, high = sorted((capacity, other))
    few, many = sorted((comments, more))
    assert answered_share(low, few) <= answered_share(high, few)
    assert answered_share(low, many) <= answered_share(low, few)


@pytest.mark.parametrize(("answered", "automated"), [(0.0, 0.0), (1.0, 1.0), (0.25, 0.4), (0.6, 1.0), (0.0, 0.7)])
def test_answers_have_their_shares(answered: float, automated: float) -> None:
    """The author's share; the machine's part of what is left; nobody for the rest."""
    found = [answer(die, answered, automated) for die in GRID]
    machine = (1.0 - answered) * automated
    for by, expected in ((BY_AUTHOR, answered), (BY_MACHINE, machine), (NO_ANSWER, 1.0 - answered - machine)):
        assert abs(found.count(by) - expected * CELLS) <= 1.0


@given(share, share, share)
def test_without_a_machine_only_the_author_answers(die: float, answered: float, automated: float) -> None:
    assert answer(die, answered, 0.0) != BY_MACHINE
    assert (answer(die, answered, automated) == BY_AUTHOR) == (die < answered)


@given(share, share, st.integers(1, 30))
def test_trust_gained_compounds_toward_one(trust: float, gain: float, times: int) -> None:
    """After n answers the distance to full trust is (1 − gain)^n of what it was."""
    found = trust
    for _ in range(times):
        found = trust_after_answer(found, BY_AUTHOR, NOBODY_ANSWERS._replace(gain=gain))
    assert 1.0 - found == pytest.approx((1.0 - trust) * (1.0 - gain) ** times, abs=1e-13)


@given(share, share, st.integers(1, 30))
def test_trust_lost_to_a_machine_compounds_toward_zero(trust: float, loss: float, times: int) -> None:
    found = trust
    for _ in range(times):
        found = trust_after_answer(found, BY_MACHINE, NOBODY_ANSWERS._replace(machine_loss=loss))
    assert found == pytest.approx(trust * (1.0 - loss) ** times, rel=1e-12, abs=1e-300)


@given(share, share, share, st.sampled_from([NO_ANSWER, BY_AUTHOR, BY_MACHINE]))
def test_trust_stays_a_share_and_moves_toward_who_answered(trust: float, gain: float, loss: float, by: int) -> None:
    after = trust_after_answer(trust, by, NOBODY_ANSWERS._replace(gain=gain, machine_loss=loss))
    assert 0.0 <= after <= 1.0
    assert after >= trust or by == BY_MACHINE
    assert after <= trust or by == BY_AUTHOR


@given(share, st.sampled_from([NO_ANSWER, BY_AUTHOR, BY_MACHINE]))
def test_answers_without_effect_leave_trust_to_the_last_bit(trust: float, by: int) -> None:
    assert trust == trust_after_answer(trust, by, NOBODY_ANSWERS)


@given(share, share, share)
def test_comments_dry_up_by_what_is_not_answered(written: float, answered: float, dry_up: float) -> None:
    """All that dries up where nobody answers, nothing where everybody is, and a straight line between."""
    least = comments_written(written, 0.0, dry_up)
    assert least == pytest.approx(written * (1.0 - dry_up), rel=1e-12, abs=1e-300)
    assert written == comments_written(written, 1.0, dry_up)
    between = answered * written + (1.0 - answered) * least
    assert comments_written(written, answered, dry_up) == pytest.approx(between, rel=1e-12, abs=1e-16)


@given(share, share)
def test_comments_that_do_not_dry_up_stay_to_the_last_bit(written: float, answered: float) -> None:
    assert written == comments_written(written, answered, 0.0)


@given(share, share, share)
def test_plain_and_compiled_answers_are_the_same(die: float, answered: float, automated: float) -> None:
    assert answer(die, answered, automated) == compiled_answer(die, answered, automated)


@given(counts, some, share, share, share, st.sampled_from([NO_ANSWER, BY_AUTHOR, BY_MACHINE]), share, share)
def test_plain_and_compiled_days_have_the_same_bits(
    capacity: float, comments: float, written: float, dry_up: float, trust: float, by: int, gain: float, loss: float
) -> None:
    answering = NOBODY_ANSWERS._replace(gain=gain, machine_loss=loss)
    plain = compiled_day.py_func(capacity, comments, written, dry_up, trust, by, answering)  # type: ignore[attr-defined]
    assert plain == compiled_day(capacity, comments, written, dry_up, trust, by, answering)
