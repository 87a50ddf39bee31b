"""What the answer hangs on, and where it turns: a tornado over all that nobody knows, and a break-even price.

Run it from the project's top folder: .venv/bin/python examples/what_it_hangs_on.py
"""

from pathlib import Path

import simulator

SCENARIO = Path(__file__).parents[1] / "scenarios" / "quick.yaml"
RUNS = 40
PLANS = ("one", "no campaign")

scenario = simulator.load_scenario(SCENARIO)

# One number at a time, low and high, all else as uncertain as it is. Numbers that only a guess supports are `assumed`.
tornado = simulator.sensitivity(scenario, between=PLANS, runs=RUNS)
print(tornado.rows[["path", "grade", "at_low_value", "at_high_value", "swing", "flips", "surely"]].head(8))

# The price of the product at which the campaign begins to pay, and the interval that the simulation leaves.
turn = simulator.break_even(scenario, "product.price", (50, 2000, "log"), between=PLANS, runs=RUNS)
print(turn.summary["sentence"])

# In a notebook, `tornado.chart` and `turn.chart` are figures; from a script they are kept as files.
print(type(tornado.chart).__name__, type(turn.chart).__name__)
