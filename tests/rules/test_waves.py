"""Waves cost the same whoever is chosen: posts and fees are handed on, never lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.rules.waves import fee_of_wave, posts_in_wave


@given(st.integers(1, 50), st.integers(1, 50))
def test_a_later_wave_has_as_many_posts_as_there_are_authors(authors: int, kept: int) -> None:
    kept = min(kept, authors)
    posts = [posts_in_wave(rank, authors, kept) for rank in range(authors)]
    assert authors == sum(posts)
    assert posts == sorted(posts, reverse=True)
    assert max(posts) - min(posts[:kept]) <= 1
    assert not any(posts[kept:])


@given(st.integers(0, 10**9), st.integers(1, 20))
def test_the_fees_of_all_waves_are_the_fee(fee: int, waves: int) -> None:
    parts = [fee_of_wave(fee, waves, wave) for wave in range(waves)]
    assert fee == sum(parts)
    assert max(parts) - min(parts) < waves
