"""Everything a run uses: settings, who is hired, and every number with its origin and what it replaced."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulator.distributions import Distribution
from simulator.quantity import Curve, Quantity
from simulator.scenario.draws import all_numbers
from simulator.scenario.numbers import curve_text
from simulator.scenario.offers import ArmPlan, Contract, Plan
from simulator.scenario.payments import Payment
from simulator.scenario.schema import Network, Scenario


@dataclass(frozen=True)
class Explanation:
    """One number, in words."""

    path: str
    value: str
    unit: str
    low: float | None
    high: float | None
    varies: str
    grade: str
    source: str
    date: str
    meaning: str
    default: str  # what the scenario replaced; empty if nothing
    uncertain: bool

    @property
    def range(self) -> str:
        """The plausible range as text."""
        return "" if self.low is None or self.high is None else f"{self.low:.7g} to {self.high:.7g}"


def explanations(scenario: Scenario) -> tuple[Explanation, ...]:
    """Every number of the scenario, in the order of its sections."""
    return tuple(explained(number) for number in all_numbers(scenario))


def as_json(scenario: Scenario, plan: Plan, rows: Sequence[Explanation]) -> dict[str, Any]:
    """Rows of the explanation, the population, the settings and all who are hired, as plain data."""
    return {
        "version": 1,
        "name": scenario.name,
        "population": {"size": plan.population, "agents": plan.agents, "rule": plan.population_rule},
        "settings": settings(scenario),
        "arms": arms(plan),
        "numbers": [asdict(row) for row in rows],
    }


def settings(scenario: Scenario) -> dict[str, Any]:
    """What a scenario says besides numbers, by path."""
    return {
        "brand.topic": scenario.brand.topic,
        "brand.objective": scenario.brand.objective,
        "brand.handling": scenario.brand.handling,
        **({"brand.capacity": scenario.brand.capacity} if scenario.brand.capacity else {}),
        "currency": scenario.currency,
        **{name: getattr(scenario, name) for name in ("days", "settle", "runs", "worlds", "replicates")},
        "design": scenario.design,
        "seed": scenario.seed,
        "reference_followers": scenario.reference_followers,
        "platform.name": scenario.platform.name,
        "platform.lifetime_days": scenario.platform.lifetime_days,
        "behavior.name": scenario.behavior.name,
        **{f"behavior.{rule.name}": f"{rule} (text {rule.digest})" for rule in scenario.custom_rules},
        "mechanisms": mechanisms_on(scenario),
        "mechanisms_at": scenario.mechanisms_at,
        "population.people_per_agent": scenario.population.people_per_agent,
        **_network(scenario.population.network),
        "population.topics": scenario.population.topics,
        "tiers.name": scenario.tiers.name,
        "tiers": scenario.tiers.tiers,
        "targets": scenario.targets,
        **({} if scenario.indifference is None else {"indifference": scenario.indifference}),
    }


def mechanisms_on(scenario: Scenario) -> list[str]:
    """Names of the mechanisms that are switched on."""
    return [name for name in type(scenario.mechanisms).model_fields if getattr(scenario.mechanisms, name).on]


def mechanisms(scenario: Scenario) -> list[dict[str, Any]]:
    """Each mechanism that is on, with its numbers: value and grade by name."""
    return [
        {"name": name, "numbers": [_number(row) for row in map(explained, all_numbers(part))]}
        for name in mechanisms_on(scenario)
        for part in [getattr(scenario.mechanisms, name)]
    ]


def _number(row: Explanation) -> dict[str, str]:
    return {"name": row.path.rpartition(".")[2], "value": row.value, "grade": row.grade}


def _network(network: Network) -> dict[str, Any]:
    """A network's kind; of a file also which, and whether its ties have a direction."""
    direction = {None: "as the file says", True: "yes", False: "no"}[network.directed]
    stated = {"population.network.file": network.file, "population.network.directed": direction}
    return {"population.network.kind": network.kind, **(stated if network.from_file else {})}


def arms(plan: Plan) -> list[dict[str, Any]]:
    """What is signed in each arm, by the hires' keys. Money in the scenario's currency."""
    return [
        {
            "name": arm.name,
            "budget": _money(arm.budget),
            "unspent": _money(arm.unspent),
            "ad_spend": _money(arm.ad_spend),
            "rep_cost": _money(arm.rep_cost),
            "hires": [_hire(key, contracts) for key, contracts in _by_key(arm).items()],
        }
        for arm in plan.arms
    ]


def _by_key(arm: ArmPlan) -> dict[str, list[Contract]]:
    found: dict[str, list[Contract]] = {}
    for contract in arm.contracts:
        found.setdefault(contract.creator.hire, []).append(contract)
    return found


def _hire(key: str, contracts: Sequence[Contract]) -> dict[str, Any]:
    return {"key": key, "count": len(contracts), "creators": [_signed(contract) for contract in contracts]}


def _signed(contract: Contract) -> dict[str, Any]:
    """One creator with what it does for which fee; rates only where they are stated."""
    known = {name: value for name, value in asdict(contract.creator).items() if name != "hire" and value is not None}
    fee = _money(contract.fee) if isinstance(contract.fee, int) else str(contract.fee.distribution)
    return {
        **known,
        "post_days": list(contract.post_days),
        "tracking": contract.tracking,
        "pay": _pay(contract.pay),
        "fee": fee,
        "market_fee": _money(contract.market_fee),
        **{name: _money(cost) for name, cost in (("license", contract.license), ("boost", contract.boost)) if cost},
    }


def _pay(pay: Payment) -> str:
    """A payment's kind, with its terms besides the fee."""
    stated = {name: getattr(pay, name) for name in type(pay).model_fields if name not in ("kind", pay.fee_word)}
    terms = [f"{name} {_term(value)}" for name, value in stated.items() if value is not None]
    return f"{pay.kind}: {', '.join(terms)}" if terms else pay.kind


def _term(value: object) -> str:
    return str(value.distribution) if isinstance(value, Quantity) else str(value)


def _money(amount: int | None) -> float | None:
    return None if amount is None else amount / 100


def explained(number: Quantity | Curve) -> Explanation:
    """One number, in words."""
    if isinstance(number, Quantity):
        value, low, high = str(number.distribution), number.low, number.high
    else:
        rows = number.rows
        low, high = _covered(rows)
        value = str(rows[0]) if len(rows) == 1 else curve_text(zip(number.followers, rows, strict=True))
    known = {name: getattr(number, name) for name in ("path", "unit", "varies", "grade", "source", "date", "meaning")}
    default = "" if number.default == value else number.default
    return Explanation(value=value, low=low, high=high, default=default, uncertain=number.uncertain, **known)


def _covered(rows: Sequence[Distribution]) -> tuple[float | None, float | None]:
    """The range that the rows of a curve cover together; none if a row is unbounded."""
    lows, highs = zip(*(row.support() for row in rows), strict=True)
    low, high = min(lows), max(highs)
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (None, None)
