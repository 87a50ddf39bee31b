"""The campaign as a Mesa model: a brand, its influencers, and followers in one of two forms.

A day, in order:

1. The brand pays: fees and ads on the first day. A scandal of an author costs it demand.
2. Influencers publish the posts due; yesterday's comments are answered, as far as the day allows.
3. Each post finds its viewers once, on publication: every follower's die tells whether and on which later day it is
   seen. Published rates are totals at the post's lifetime; nothing is seen later.
4. People meet the posts they see today (`rules.encounter`): author's posts first, then
5. what peers shared yesterday, in ascending order of post and sender, then ads. Engagements are counted once per person
   and post; who shares reaches the own peers tomorrow.
6. Trust in the author and wear-out change with each meeting.
7. Purchases: baseline demand, then intents whose lag ends today. Who bought does not buy again because of the campaign;
   who bought because of the campaign is missing from later baseline demand.
8. The ledger adds up at the end; nothing in it acts back on people. Trust is then counted as it is felt: a name in
   disrepute is trusted less, whatever ties hold.

Everything a person reads of others is of yesterday, so the order in which people are visited changes nothing.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import mesa

from simulator.campaign.brand import Brand
from simulator.campaign.brief import Brief
from simulator.campaign.influencer import Influencer
from simulator.campaign.ledger import Ledger
from simulator.campaign.situation import Situation
from simulator.engines.calendar import stretches
from simulator.engines.columns import AUTHORS, REVIEWS, Counts
from simulator.engines.felt import count_trust_felt
from simulator.engines.followers import Followers

RESULTS: Final = {name: AUTHORS.index(name) for name in ("impressions", "engagements", "clicks", "attributed_orders")}


class Played(NamedTuple):
    """What one run of one arm leaves behind."""

    counts: Counts
    ledger: Ledger
    posts: tuple[int, ...]  # of each author, as published


class NoChance:
    """Stands where Mesa keeps its generators: the simulator's only chance is `simulator.dice`."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"random.{name} is not available: throw keyed dice instead (simulator.dice)")


class CampaignModel(mesa.Model):  # type: ignore[misc]
    """One arm in one run."""

    def __init__(self, brief: Brief) -> None:
        super().__init__(rng=0)
        self.random = NoChance()
        self.rng = NoChance()
        self.agents.random = self.random
        self.brief = brief
        self.brand = Brand(self, brief)
        self.influencers = tuple(Influencer(self, brief, author) for author in range(len(brief.authors)))

    def play(self, followers: Followers) -> Played:
        """Play all days and return what was counted and spent."""
        published = [0] * len(self.influencers)
        for first, stop in stretches(self.brief):
            situation = self._situation(first, followers)
            self.brand.act(situation)
            for influencer in self.influencers:
                influencer.act(situation)
                for number in influencer.posts_due(first):
                    if self.brand.selection.wants(number, influencer.author):
                        followers.publish(number)
                        published[influencer.author] += 1
            followers.live(first, stop)
        count_trust_felt(self.brief, followers)
        return Played(followers.counts(), self.brand.ledger, tuple(published))

    def _situation(self, day: int, followers: Followers) -> Situation:
        counts, posts = followers.counts(), followers.posts
        written = int(counts.totals[REVIEWS]) * self.brief.people_per_agent
        return Situation(
            day=day,
            results={name: counts.authors[:, place] for name, place in RESULTS.items()},
            reviews=written,
            organic=posts.organic,
            shared=posts.shared,
            discovered=posts.discovered,
            baseline_kept=followers.baseline_kept,
        )

    def close(self) -> None:
        """Let go of all agents: Mesa 3.3 keeps every model alive in a class dictionary otherwise."""
        self.remove_all_agents()
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(self, None)
