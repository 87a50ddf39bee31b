"""Cost against size as a figure, where altair and vl-convert are installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarking.clock import Unmeasured


def draw(result: dict[str, Any], path: Path) -> None:
    """Draw CPU time per run of W against followers, both in logarithms, beside a line of slope 1."""
    absent = [module for module in ("altair", "vl_convert") if find_spec(module) is None]
    if absent:
        raise Unmeasured(f"no figure: {' and '.join(absent)} not installed; --json has the data under details.sizes")
    import altair as alt

    rows = [{"followers": row["followers"], "ms": row["cpu_ms"]} for row in result["details"]["sizes"]]
    largest = rows[-1]
    line = [
        {"followers": row["followers"], "ms": largest["ms"] * row["followers"] / largest["followers"]} for row in rows
    ]
    log, powers = alt.Scale(type="log"), [10**k for k in range(9)]
    x = alt.X("followers:Q", scale=log, axis=alt.Axis(format="~s", values=powers), title="followers")
    y = alt.Y("ms:Q", scale=log, axis=alt.Axis(format="~r", values=powers), title="CPU ms per run of W")
    proportional = alt.Chart(alt.Data(values=line)).mark_line(color="#999999", strokeDash=[4, 4])
    measured = alt.Chart(alt.Data(values=rows)).mark_line(point=True)
    chart = alt.layer(proportional.encode(x=x, y=y), measured.encode(x=x, y=y))
    chart.properties(width=480, height=300, title=f"Slope {result['slope']:.2f}; dashed: proportional").save(str(path))
