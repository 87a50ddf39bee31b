"""Signs the contracts of every arm: who is hired, at which quote, and what the budget leaves. Money in int cents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from simulator.arithmetic import power_
from simulator.quantity import Quantity
from simulator.scenario.creators import NOWHERE, Casting, known_topic
from simulator.scenario.market import population_of
from simulator.scenario.offers import ArmPlan, Contract, Creator, Plan, cents
from simulator.scenario.owned import own_account, rep_cost, reuse_days
from simulator.scenario.problems import Problems, child
from simulator.scenario.schema import Arm, Hire, Scenario

NO_CAMPAIGN: Final = "no campaign"
MOST_FOR_THE_MONEY: Final = 10_000


def plan_campaign(scenario: Scenario) -> Plan:
    """All arms with their contracts, `no campaign` first, and the market's size. Raises InputProblems."""
    problems = Problems()
    known_topic(scenario, scenario.brand.topic, "brand.topic", problems)
    budget = None if scenario.budget is None else cents(scenario.budget.value)
    arms = [ArmPlan(NO_CAMPAIGN, (), 0, cents(scenario.brand.handling_cost.value), budget, budget)]
    for arm in scenario.arms:
        if arm.name == NO_CAMPAIGN:
            problems.add(NOWHERE, f"arms.{arm.name}", "is reserved: it always runs along", "give the arm another name")
            continue
        if not arm.hire and arm.paid_social is None and arm.sales_rep is None:
            message = f"does nothing; {NO_CAMPAIGN!r} always runs along"
            problems.add(NOWHERE, f"arms.{arm.name}", message, "add hire, paid_social or sales_rep, or remove the arm")
        arms.append(Signing(scenario, arm, budget, problems).plan())
    creators = _same_everywhere(arms, problems)
    population, rule = population_of(scenario, arms, problems)
    problems.stop()
    return Plan(tuple(arms), creators, population, rule, scenario.population.people_per_agent)


def market_price(scenario: Scenario, followers: int, posts: int) -> int:
    """Median market price of all posts of an account of that size, in cents."""
    base, exponent = scenario.platform.price_at_10k.mean(), scenario.platform.price_exponent.mean()
    return cents(posts * base * power_(followers / 10_000.0, exponent))


@dataclass(frozen=True)
class Signing:
    """Spends one arm's money: first what is stated, then whoever takes what is left."""

    scenario: Scenario
    arm: Arm
    budget: int | None
    problems: Problems

    @property
    def handling(self) -> int:
        return cents(self.scenario.brand.handling_cost.value)

    @property
    def sample(self) -> int:
        return cents(self.scenario.product.sample_cost.value)

    def plan(self) -> ArmPlan:
        """The arm with all its contracts and the money not committed."""
        takers = self._takers()
        signed = [() if _shares(hire) or hire.count == "max" else self._sign(hire, i) for i, hire in self._hires()]
        ads, rep = self._stated_ads(), rep_cost(self.scenario, self.arm, self.problems)
        left = None if self.budget is None else self.budget - ads - rep - self._cost(signed)
        if left is not None and left >= 0 and len(takers) == 1:
            if takers == ["equal_share"]:
                signed = self._equal_shares(signed, left)
            elif takers == ["count: max"]:
                signed = [
                    self._as_many(hire, i, left) if hire.count == "max" else signed[i] for i, hire in self._hires()
                ]
            else:
                ads += left
            left = self.budget - ads - rep - self._cost(signed) if self.budget is not None else None
        if left is not None and left < 0:
            self._over_budget(-left)
        reuse = reuse_days(self.scenario, self.arm, self.problems)
        contracts = (*(contract for group in signed for contract in group), *own_account(self.scenario, reuse))
        self._distinct(contracts)
        reps = self.arm.sales_rep
        sent = {"rep_days": reps.days, "reps": reps.count, "rep_cost": rep} if reps is not None else {}
        return ArmPlan(self.arm.name, contracts, ads, self.handling, self.budget, left, **sent, reuse_days=reuse)

    def _hires(self) -> Iterable[tuple[int, Hire]]:
        return enumerate(self.arm.hire)

    def _takers(self) -> list[str]:
        """What takes the money that is left: at most one kind, and only of a budget."""
        takers = ["equal_share"] if any(_shares(hire) for hire in self.arm.hire) else []
        takers += ["count: max" for hire in self.arm.hire if hire.count == "max"]
        takers += ["spend: max"] if self.arm.paid_social is not None and self.arm.paid_social.spend == "max" else []
        if takers and self.budget is None:
            self._problem("", f"{takers[0]} needs a budget", "add budget: 10000 at the top of the file")
        elif len(takers) > 1:
            both = f"{takers[0]} and {takers[1]} both take the money that is left"
            self._problem("", both, "keep one of them and state the other in numbers")
        if "equal_share" in takers:
            self._refuse_uncertain_fees()
        return takers

    def _refuse_uncertain_fees(self) -> None:
        """An equal share is settled at launch; what a fee beside it costs must be known by then."""
        for index, hire in self._hires():
            amount = hire.pay.amount
            if isinstance(amount, Quantity) and amount.uncertain:
                message = f"is {amount.distribution}, but the equal share beside it is settled before this fee is known"
                self._problem(f"hire.{index}.pay.amount", message, "give one number, or state the others' fees instead")

    def _stated_ads(self) -> int:
        ads = self.arm.paid_social
        return cents(ads.spend.value) if ads is not None and isinstance(ads.spend, Quantity) else 0

    def _cost(self, signed: Iterable[tuple[Contract, ...]]) -> int:
        return sum(self._total(contract) for group in signed for contract in group)

    def _total(self, contract: Contract) -> int:
        return contract.expected_fee + contract.extras + self.handling

    def _casting(self, hire: Hire, index: int) -> Casting:
        return Casting(self.scenario, hire, f"arms.{self.arm.name}.hire.{index}", self.problems)

    def _sign(self, hire: Hire, index: int) -> tuple[Contract, ...]:
        """Contracts of a hire with a stated count."""
        before = len(self.problems.found)
        wanted = int(hire.count)
        creators = list(islice(self._casting(hire, index).creators(), wanted))
        if len(creators) < wanted and len(self.problems.found) == before:
            message = f"the roster has {len(creators)} fitting accounts, not {wanted}"
            self._problem(f"hire.{index}.count", message, "lower the count or widen roster.followers or roster.topic")
        return tuple(self._contract(hire, creator) for creator in creators)

    def _contract(self, hire: Hire, creator: Creator) -> Contract:
        market = market_price(self.scenario, creator.followers, len(hire.posts))
        amount = hire.pay.amount
        expected = cents(amount.mean()) if isinstance(amount, Quantity) else market
        fee = amount if isinstance(amount, Quantity) and amount.uncertain else expected
        license_, boost = (0 if money is None else cents(money.value) for money in (hire.usage_rights, hire.boost))
        return Contract(creator, hire.posts, fee, expected, market, self.sample, hire.tracking, license_, boost)

    def _equal_shares(self, signed: list[tuple[Contract, ...]], left: int) -> list[tuple[Contract, ...]]:
        groups = [self._sign(hire, i) if _shares(hire) else signed[i] for i, hire in self._hires()]
        sharing = sum(len(groups[i]) for i, hire in self._hires() if _shares(hire))
        extras = sum(contract.extras for i, hire in self._hires() if _shares(hire) for contract in groups[i])
        share = (left - extras) // sharing - self.handling if sharing else 0
        if share < 0:
            message = f"nothing is left to share: {self._money(left)} must handle {sharing} influencers"
            self._problem("", message, "raise the budget or hire fewer")
        return [
            tuple(replace(contract, fee=share, expected_fee=share) for contract in group) if _shares(hire) else group
            for (_, hire), group in zip(self._hires(), groups, strict=True)
        ]

    def _as_many(self, hire: Hire, index: int, left: int) -> tuple[Contract, ...]:
        """Contracts in order while the money lasts."""
        before = len(self.problems.found)
        signed: list[Contract] = []
        refused = "the roster has no fitting account"
        for creator in self._casting(hire, index).creators():
            contract = self._contract(hire, creator)
            price = self._total(contract)
            if price > left or len(signed) == MOST_FOR_THE_MONEY:
                refused = f"not one fits: the first costs {self._money(price)}, {self._money(left)} are left"
                break
            left -= price
            signed.append(contract)
        place = f"hire.{index}.count"
        if len(signed) == MOST_FOR_THE_MONEY:
            self._problem(place, f"would hire {len(signed):,} influencers or more", "state a count, or a higher fee")
            return ()
        if not signed and len(self.problems.found) == before:
            self._problem(place, refused, "raise the budget or hire smaller accounts")
        return tuple(signed)

    def _over_budget(self, excess: int) -> None:
        budget = self.budget or 0
        message = f"commits {self._money(budget + excess)} of a budget of {self._money(budget)}"
        remedy = f"raise the budget to {(budget + excess) / 100:.15g} or hire for less"
        self._problem("", f"{message}: {self._money(excess)} too much", remedy)

    def _distinct(self, contracts: Iterable[Contract]) -> None:
        seen: set[str] = set()
        for contract in contracts:
            creator = contract.creator
            if creator.name in seen:
                message = f"two hires give the same creator {creator.name}"
                self._problem("hire", message, f"add a key of its own, such as key: {creator.hire}-b")
                return
            seen.add(creator.name)

    def _money(self, amount: int | None) -> str:
        return f"{self.scenario.currency} {(amount or 0) / 100:,.2f}"

    def _problem(self, place: str, message: str, suggestion: str) -> None:
        path = f"arms.{self.arm.name}"
        self.problems.add(NOWHERE, child(path, place) if place else path, message, suggestion)


def _shares(hire: Hire) -> bool:
    return hire.pay.amount == "equal_share"


def _same_everywhere(arms: Iterable[ArmPlan], problems: Problems) -> tuple[Creator, ...]:
    """All creators by name; one name in two arms must be one creator."""
    found: dict[str, tuple[str, Creator]] = {}
    for arm in arms:
        for contract in arm.contracts:
            creator = contract.creator
            first, known = found.setdefault(creator.name, (arm.name, creator))
            if known != creator:
                message = f"{creator.name} differs from the creator of that name in {first!r}"
                remedy = "state the same followers, topic and rates, or another key:"
                problems.add(NOWHERE, f"arms.{arm.name}.hire", message, remedy)
                break
    return tuple(found[name][1] for name in sorted(found))
