"""Which plan, how sure, and how bad can it get: one scenario, and the same one with twice the budget.

Run it from the project's top folder: .venv/bin/python examples/which_plan.py
"""

from pathlib import Path

import simulator

SCENARIO = Path(__file__).parents[1] / "scenarios" / "quick.yaml"
RUNS = 100

# The scenario as it stands. Results are pandas frames; the verdict is a sentence.
today = simulator.simulate(simulator.load_scenario(SCENARIO), runs=RUNS)
print(today.verdict)
print(today.table[["cost", "profit", "profit_error", "p_best", "profit_cvar05"]].round(2))

# Both plans are played on the same people and luck, so their difference is known better than either of them.
profit = today.pairs.query("metric == 'profit' and arm != 'no campaign'")
print(profit[["arm", "other", "difference_value", "difference_low", "difference_high", "p_better_value"]].round(2))

# The same people and luck once more, with another budget: all plans of both scenarios are choices now.
twice = simulator.simulate(simulator.load_scenario(SCENARIO, {"budget": 600}), runs=RUNS)
both = simulator.compare([today, twice], targets=["roi >= 0"])
print(both.verdict)
print(both.table.T)
