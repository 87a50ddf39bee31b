"""Facts as hypothesis finds them: every number a rule may meet, inside its range."""

from __future__ import annotations

from hypothesis import strategies as st

from simulator.rules.facts import Person, Post, Response, Tie, Words

share = st.floats(0.0, 1.0)
score = st.floats(-6.0, 6.0)
log_odds = st.floats(-12.0, 12.0)
per_unit = st.floats(-3.0, 3.0)
die = st.floats(1e-9, 1.0 - 1e-9)

people = st.builds(Person, score, score, st.floats(0.0, 50.0), share, st.sampled_from([0.0, 1.0, 2.0, 7.0]))
ties = st.builds(Tie, share, st.sampled_from([0.0, 1.0]))
half_shares = st.floats(0.0, 0.5)
posts = st.builds(
    Post, log_odds, log_odds, log_odds, log_odds, half_shares, half_shares, share, st.sampled_from([0.0, 1.0]),
    st.floats(0.0, 1.5), share,
)  # fmt: skip
responses = st.builds(
    Response, *[per_unit] * 10, forgetting=st.floats(1e-3, 2.0), trust_step=share, trust_ignored_weight=share,
    persona_on_engage=per_unit, persona_on_click=per_unit, persona_on_order=per_unit, quality=per_unit,
    blindness=share, second_source=per_unit, third_source=per_unit,
)  # fmt: skip
dice = st.builds(Words, die, die, die, die)
