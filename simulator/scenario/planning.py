"""Signs the contracts of every arm: who is hired, at which quote, and what the budget leaves. Money in int cents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from simulator.quantity import Quantity
from simulator.rules.payment import fee_within
from simulator.scenario.creators import NOWHERE, Casting, Room, known_topic, same_everywhere
from simulator.scenario.market import population_of
from simulator.scenario.money import cents
from simulator.scenario.offers import ArmPlan, Contract, Plan
from simulator.scenario.owned import own_account, rep_cost, reuse_days
from simulator.scenario.problems import Problems, child
from simulator.scenario.quotes import contract_of, faults_of_terms, places_on_the_list, uncertain_quote
from simulator.scenario.schema import Arm, Hire, Scenario
from simulator.scenario.waves import with_spare_posts

NO_CAMPAIGN: Final = "no campaign"
MOST_FOR_THE_MONEY: Final = 10_000
LARGEST_DISCOUNT: Final = 0.95


def plan_campaign(scenario: Scenario) -> Plan:
    """All arms with their contracts, `no campaign` first, and the market's size. Raises InputProblems."""
    problems, room = Problems(), Room()
    known_topic(scenario, scenario.brand.topic, "brand.topic", problems)
    budget = None if scenario.budget is None else cents(scenario.budget.value)
    if scenario.brand.handling == "platform" and scenario.brand.platform_fee is None:
        message = "is missing: a platform that handles influencers has its price"
        problems.add(NOWHERE, "brand.platform_fee", message, "add platform_fee: 500, what it charges for a campaign")
    arms = [ArmPlan(NO_CAMPAIGN, (), 0, cents(scenario.brand.cost_per_influencer.value), budget, budget)]
    for arm in scenario.arms:
        if arm.name == NO_CAMPAIGN:
            problems.add(NOWHERE, f"arms.{arm.name}", "is reserved: it always runs along", "give the arm another name")
            continue
        if not arm.hire and arm.paid_social is None and arm.sales_rep is None:
            message = f"does nothing; {NO_CAMPAIGN!r} always runs along"
            problems.add(NOWHERE, f"arms.{arm.name}", message, "add hire, paid_social or sales_rep, or remove the arm")
        arms.append(Signing(scenario, arm, budget, problems, room).plan())
    creators = same_everywhere(arms, problems)
    population, rule = population_of(scenario, arms, problems)
    problems.stop()
    return Plan(tuple(arms), creators, population, rule, scenario.population.people_per_agent)


@dataclass(frozen=True)
class Signing:
    """Spends one arm's money: first what is stated, then whoever takes what is left."""

    scenario: Scenario
    arm: Arm
    budget: int | None
    problems: Problems
    room: Room

    @property
    def handling(self) -> int:
        return cents(self.scenario.brand.cost_per_influencer.value)

    @property
    def platform_fee(self) -> int:
        """What the platform charges, where one handles whom this arm hires."""
        fee = self.scenario.brand.platform_fee if self.scenario.brand.handling == "platform" else None
        return cents(fee.value) if fee is not None and self.arm.hire else 0

    def plan(self) -> ArmPlan:
        """The arm with all its contracts and the money not committed."""
        self._keepable()
        takers = self._takers()
        self._check_discounts()
        signed = [() if _shares(hire) or hire.count == "max" else self._sign(hire, i) for i, hire in self._hires()]
        ads, rep = self._stated_ads(), rep_cost(self.scenario, self.arm, self.problems)
        fixed = rep + self.platform_fee
        left = None if self.budget is None else self.budget - ads - fixed - self._cost(signed)
        if left is not None and left >= 0 and len(takers) == 1:
            if takers == ["equal_share"]:
                signed = self._equal_shares(signed, left)
            elif takers == ["count: max"]:
                signed = [
                    self._as_many(hire, i, left) if hire.count == "max" else signed[i] for i, hire in self._hires()
                ]
            else:
                ads += left
            left = self.budget - ads - fixed - self._cost(signed) if self.budget is not None else None
        if left is not None and left < 0:
            self._over_budget(-left)
        reuse = reuse_days(self.scenario, self.arm, self.problems)
        hired = with_spare_posts(self.scenario, self.arm, list(chain.from_iterable(signed)), self.problems)
        contracts = (*hired, *own_account(self.scenario, reuse))
        self._distinct(contracts)
        self._manageable(sum(not contract.creator.own for contract in contracts))
        reps = self.arm.sales_rep
        return ArmPlan(
            name=self.arm.name,
            contracts=contracts,
            ad_spend=ads,
            handling_cost=self.handling,
            budget=self.budget,
            unspent=left,
            platform_fee=self.platform_fee,
            rep_days=0 if reps is None else reps.days,
            reps=1 if reps is None else reps.count,
            rep_cost=rep,
            reuse_days=reuse,
            reserves=self._reserves(signed),
            waves=self.arm.waves,
        )

    def _reserves(self, signed: Sequence[tuple[Contract, ...]]) -> tuple[Contract, ...]:
        """Whom each hire invites when its first choices refuse, at the same terms."""
        taken = {contract.creator.name for group in signed for contract in group}
        reserves: list[Contract] = []
        for (index, hire), group in zip(self._hires(), signed, strict=True):
            length = places_on_the_list(self.scenario, hire, len(group))
            casting = self._casting(hire, index)
            beyond = islice(casting.creators(signed=len(group)), length if length > len(group) else 0)
            for creator in beyond:
                if creator.name not in taken:
                    contract = contract_of(self.scenario, hire, creator)
                    reserves.append(_at_fee(contract, group[0].expected_fee) if _shares(hire) else contract)
                    taken.add(creator.name)
        return tuple(reserves)

    def _hires(self) -> Iterable[tuple[int, Hire]]:
        return enumerate(self.arm.hire)

    def _keepable(self) -> None:
        """Say of each hire's payment and terms what cannot be kept."""
        for index, hire in self._hires():
            for word, message, remedy in hire.pay.faults(hire.tracking):
                self._problem(f"hire.{index}.pay.{word}", message, remedy)
            for word, message, remedy in faults_of_terms(self.scenario, hire):
                self._problem(f"hire.{index}.{word}", message, remedy)

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
            if fee := uncertain_quote(self.scenario, hire):
                message = f"is {fee}, but the equal share beside it is settled before this fee is known"
                self._problem(
                    f"hire.{index}.pay.{hire.pay.fee_word}",
                    message,
                    "give one number, or state the others' fees instead",
                )

    def _check_discounts(self) -> None:
        """A discount is taken by entering a code, and leaves something to pay."""
        for index, hire in self._hires():
            if hire.discount is None or hire.discount.value == 0.0:
                continue
            if hire.tracking != "code":
                message = "is taken by entering a code, and these creators have none"
                self._problem(f"hire.{index}.discount", message, "write tracking: code, or remove the discount")
            if hire.discount.value > LARGEST_DISCOUNT:
                message = f"{hire.discount.value:g} leaves next to nothing to pay"
                self._problem(f"hire.{index}.discount", message, f"give at most {LARGEST_DISCOUNT:g}")

    def _stated_ads(self) -> int:
        ads = self.arm.paid_social
        return cents(ads.spend.value) if ads is not None and isinstance(ads.spend, Quantity) else 0

    def _cost(self, signed: Iterable[tuple[Contract, ...]]) -> int:
        return sum(self._total(contract) for group in signed for contract in group)

    def _total(self, contract: Contract) -> int:
        return contract.committed(contract.expected_fee) + self._handling(contract)

    def _handling(self, contract: Contract) -> int:
        """What filling one place is expected to cost: everybody who is invited is handled."""
        return int(self.handling * contract.invitations + 0.5)

    def _casting(self, hire: Hire, index: int) -> Casting:
        return Casting(self.scenario, hire, f"arms.{self.arm.name}.hire.{index}", self.problems, self.room)

    def _sign(self, hire: Hire, index: int) -> tuple[Contract, ...]:
        """Contracts of a hire with a stated count."""
        before = len(self.problems.found)
        wanted = int(hire.count)
        creators = list(islice(self._casting(hire, index).creators(), wanted))
        if len(creators) < wanted and len(self.problems.found) == before:
            message = f"the roster has {len(creators)} fitting accounts, not {wanted}"
            self._problem(f"hire.{index}.count", message, "lower the count or widen roster.followers or roster.topic")
        return tuple(contract_of(self.scenario, hire, creator) for creator in creators)

    def _equal_shares(self, signed: list[tuple[Contract, ...]], left: int) -> list[tuple[Contract, ...]]:
        groups = [self._sign(hire, i) if _shares(hire) else signed[i] for i, hire in self._hires()]
        sharing = [contract for i, hire in self._hires() if _shares(hire) for contract in groups[i]]
        besides = sum(contract.committed(0) + self._handling(contract) for contract in sharing)
        share = (left - besides) // len(sharing) if sharing else 0
        if share < 0:
            whom = f"{len(sharing)} influencer{'s' * (len(sharing) > 1)}"
            message = f"nothing is left to share: {self._money(left)} must handle {whom}"
            self._problem("", message, "raise the budget or hire fewer")
        return [
            tuple(_at_share(contract, share) for contract in group) if _shares(hire) else group
            for (_, hire), group in zip(self._hires(), groups, strict=True)
        ]

    def _as_many(self, hire: Hire, index: int, left: int) -> tuple[Contract, ...]:
        """Contracts in order while the money lasts."""
        before = len(self.problems.found)
        signed: list[Contract] = []
        refused = "the roster has no fitting account"
        for creator in self._casting(hire, index).creators():
            contract = contract_of(self.scenario, hire, creator)
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

    def _manageable(self, hired: int) -> None:
        """Handled by hand, influencers take people's time: an arm beyond the brand's capacity is no plan."""
        brand = self.scenario.brand
        if brand.handling == "manual" and brand.capacity is not None and hired > brand.capacity:
            message = f"hires {hired:,} influencers, and the brand can handle {brand.capacity:,} by hand"
            self._problem("", message, "hire fewer, raise brand.capacity, or write brand.handling: platform")

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
    return hire.pay.fee == "equal_share"


def _at_share(contract: Contract, share: int) -> Contract:
    """A contract whose fee takes a share of the money, surcharges included."""
    return _at_fee(contract, fee_within(share, contract.exclusivity + contract.license))


def _at_fee(contract: Contract, fee: int) -> Contract:
    return replace(contract, fee=fee, expected_fee=fee)
