"""The arms of a reading as columns: what the simulator's own statistics take."""

from __future__ import annotations

import pyarrow as pa

from simulator.report.reading import Reading
from simulator.results.arms import ArmRuns, arms_of


def arms_of_reading(reading: Reading) -> list[ArmRuns]:
    """All arms in the summary's order, with the groups of runs that every error minds."""
    scenario = reading.manifest["scenario"]
    replicates = scenario["replicates"]
    lanes = None if scenario["design"] == "random" else scenario["worlds"] // replicates
    tables = (pa.Table.from_pandas(table, preserve_index=False) for table in (reading.runs, reading.influencers))
    runs, influencers = tables
    found = {arm.name: arm for arm in arms_of(runs, influencers, replicates, lanes)}
    return [found[arm["arm"]] for arm in reading.summary["arms"]]
