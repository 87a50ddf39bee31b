"""How much is enough: what each further dollar brings, on the same people and luck at every budget.

Run it from the project's top folder: .venv/bin/python examples/budget_curve.py
"""

from pathlib import Path

import simulator

SCENARIO = Path(__file__).parents[1] / "scenarios" / "quick.yaml"
RUNS = 24

# `count: max` hires as many creators as the money allows; the budget is what is varied.
scenario = simulator.load_scenario(SCENARIO, {"arms.five.hire.0.count": "max", "arms.five.hire.0.pay.amount": "market"})
curve = simulator.sweep(scenario, {"budget": (100, 400, "log")}, points=3, runs=RUNS)

# Rows are tidy: one per point, arm and metric, each with its error and its 95% interval.
orders = curve.rows.query("arm == 'five' and metric in ['incremental_orders', 'cost', 'roi']")
print(orders.pivot_table(index="budget", columns="metric", values="value").round(3))
