"""A table of another folder is named as such, whoever reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest

from simulator.errors import ResultsError
from simulator.results.losses import check_own

SUMMARY = {"arms": [{"arm": "no campaign"}, {"arm": "one"}]}


def table(*arms: str) -> pa.Table:
    return pa.table({"arm": list(arms)})


def test_a_table_with_an_arm_that_the_answer_does_not_know_is_anothers() -> None:
    with pytest.raises(ResultsError, match=re.escape("influencers.parquet holds an arm 'two' that summary.json does")):
        check_own(Path("out"), SUMMARY, {"runs": table("no campaign", "one"), "influencers": table("one", "two")})


def test_arms_that_hire_nobody_have_no_influencers() -> None:
    assert check_own(Path("out"), SUMMARY, {"runs": table("no campaign", "one"), "influencers": table()}) is None
