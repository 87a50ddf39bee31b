"""What can be asked of an analysis, and how large it is unless somebody says otherwise. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

Design = Literal["grid", "latin_hypercube", "sobol", "morris"]  # of a sweep
Method = Literal["tornado", "morris", "sobol"]  # of a sensitivity analysis
Metric = Literal["profit", "incremental_orders"]  # that every run of every arm has

DESIGNS: Final[tuple[Design, ...]] = get_args(Design)
METHODS: Final[tuple[Method, ...]] = get_args(Method)
METRICS: Final[tuple[Metric, ...]] = get_args(Metric)
RUNS: Final = 200  # of each point of a sweep, of each value of a break-even
POINTS_OF: Final[Mapping[Method, int]] = {"tornado": 2, "morris": 16, "sobol": 256}  # ends, trajectories, rows
RUNS_OF: Final[Mapping[Method, int]] = {"tornado": RUNS, "morris": 8, "sobol": 1}  # of each point
