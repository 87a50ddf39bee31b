"""Who is hired in one run: invited in the order of the scenario, while the money lasts. Money in int cents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from simulator.campaign.keeping import as_kept
from simulator.campaign.outreach import YES, Answer, answer
from simulator.dice import ACCOUNT
from simulator.rules.outreach import withheld
from simulator.rules.payment import WHOLE
from simulator.scenario.draws import Draws
from simulator.scenario.money import cents
from simulator.scenario.offers import ArmPlan, Contract
from simulator.scenario.schema import Scenario

Ask = Callable[[Contract, int], Answer]


@dataclass
class Hired:
    """Contracts with their fees before surcharges, how many refused, and how many were too dear."""

    contracts: list[Contract] = field(default_factory=list)
    fees: list[int] = field(default_factory=list)
    declined: int = 0
    unaffordable: int = 0


def hire(scenario: Scenario, arm: ArmPlan, draws: Draws) -> Hired:
    """Everybody under contract in this run, sorted by name, with the posts that will appear and what they are paid."""
    found = hire_in_order(arm, draws, lambda contract, fee: answer(scenario, draws, contract, fee))
    order = sorted(range(len(found.contracts)), key=lambda k: found.contracts[k].creator.name)
    contracts = [as_kept(scenario, draws, found.contracts[k]) for k in order]
    on_delivery = int((1.0 - draws.number(scenario.mechanisms.no_shows.prepaid)) * WHOLE + 0.5)
    fees = [found.fees[k] for k in order]
    paid = [fee - _withheld(contract, fee, on_delivery) for contract, fee in zip(contracts, fees, strict=True)]
    return replace(found, contracts=contracts, fees=paid)


def hire_in_order(arm: ArmPlan, draws: Draws, ask: Ask = lambda *_: YES) -> Hired:
    """Who accepts at the fees of this run. Whoever refuses costs its handling, and the next candidate is invited."""
    money = arm.budget - arm.fixed_cost if arm.budget is not None else None
    found, reserves = Hired(), _reserves(arm)
    for place in arm.contracts:
        candidate: Contract | None = place
        while candidate is not None:
            fee = _fee(candidate, draws)
            committed = candidate.committed(fee)
            handling = 0 if candidate.creator.own else arm.handling_cost
            if money is not None and committed + handling > money:
                found.unaffordable += 1
                break
            reply = ask(candidate, fee)
            if money is not None:
                money -= handling + (committed if reply.accepted else 0)
            if reply.accepted:
                found.contracts.append(candidate if reply.effort == 1.0 else replace(candidate, effort=reply.effort))
                found.fees.append(fee)
                break
            found.declined += 1
            candidate = next(reserves.get(place.creator.hire, iter(())), None)
    return found


def _reserves(arm: ArmPlan) -> dict[str, Iterator[Contract]]:
    groups: dict[str, list[Contract]] = {}
    for contract in arm.reserves:
        groups.setdefault(contract.creator.hire, []).append(contract)
    return {hire: iter(contracts) for hire, contracts in groups.items()}


def _fee(contract: Contract, draws: Draws) -> int:
    """The fee asked in this run: a drawn one belongs to the creator, whatever the arm."""
    if isinstance(contract.fee, int):
        return contract.fee
    return cents(contract.fee.at(draws.luck(ACCOUNT, contract.creator.name)[2]))


def _withheld(contract: Contract, fee: int, on_delivery: int) -> int:
    missed = len(contract.missed)
    return withheld(fee, missed, len(contract.post_days), on_delivery) if missed and on_delivery else 0
