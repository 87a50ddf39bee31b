"""What is no part of a results folder's answer is named, with what to do about it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from simulator.decide.compare import compare
from simulator.errors import ResultsError
from simulator.report.reading import read


@pytest.mark.parametrize("damaged", ["{", "[1]", "\udcff"])
def test_an_analysis_that_is_damaged_costs_no_more_than_itself(folder: Path, tmp_path: Path, damaged: str) -> None:
    place = shutil.copytree(folder, tmp_path / "run")
    (place / "analyses").mkdir()
    file = place / "analyses" / "sweep-product.price.json"
    file.write_bytes(damaged.encode(errors="surrogateescape"))
    with pytest.raises(ResultsError, match=f"{re.escape(str(file))}: is damaged; remove it, and ask for the analysis"):
        read(place)


@pytest.mark.parametrize("name", ["runs", "influencers"])
def test_a_table_of_another_folder_is_named_whoever_reads_it(folder: Path, tmp_path: Path, name: str) -> None:
    place = shutil.copytree(folder, tmp_path / "run")
    table = pq.read_table(place / f"{name}.parquet")
    arms = pc.replace_substring(table["arm"].cast(pa.string()), "macro", "mid")
    pq.write_table(table.set_column(table.column_names.index("arm"), "arm", arms), place / f"{name}.parquet")
    for reader in (read, compare):
        with pytest.raises(ResultsError, match=f"{name}.parquet holds an arm 'one mid' that summary.json does not"):
            reader(place)


def test_days_that_were_lost_are_not_taken_for_days_never_kept(folder: Path, tmp_path: Path) -> None:
    place = shutil.copytree(folder, tmp_path / "run")
    assert read(place).daily is not None
    (place / "daily.parquet").unlink()
    with pytest.raises(ResultsError, match=r"daily\.parquet is missing; go on with the same `simulator run`"):
        read(place)
