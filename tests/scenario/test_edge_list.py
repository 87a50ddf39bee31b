"""Edge lists in the forms in which they circulate, and what is said of lines that are no ties."""

from __future__ import annotations

import pytest

from simulator.errors import BadQuantity
from simulator.scenario.edge_list import read_edge_list

PATH = [("0", "1"), ("1", "2"), ("2", "7")]


def read(text: str) -> list[tuple[str, str]]:
    ties = read_edge_list(text.splitlines(keepends=True), "x.csv")
    return sorted((ties.labels[a], ties.labels[b]) for a, b in zip(ties.source, ties.target, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "0,1\n1,2\n2,7\n",
        "from,to\n0,1\n1,2\n2,7",
        "Source;Target;weight\n0;1;0.5\n1;2;0.1\n2;7;3\n",
        "who\twhom\n0\t1\n1\t2\n2\t7\n",
        "0 1\n1   2\r\n  2 7  \n",
        "# from somewhere\n\n0 1 0.25 1407470400\n#\n1 2 1 2\n2 7 1 2\n",
        '"0","1"\n"1","2"\n"2","7"\n',
        "4 3\n0 1\n1 2\n2 7\n",
        "4\n3\n0 1\n1 2\n2 7\n",
        "9\n3\n0\t1\n1\t2\n2\t7\n",
    ],
    ids=["plain", "header", "weights", "unknown header", "spaces", "comments", "quotes", "counts", "two counts", "ids"],
)
def test_one_graph_in_many_forms(text: str) -> None:
    assert PATH == read(text)


def test_labels_may_be_anything_and_the_first_line_is_a_tie_unless_it_is_known_not_to_be() -> None:
    assert [("Ann", "Bob"), ("Bob", "Éva Kiss")] == read("Ann,Bob\nBob,Éva Kiss\n")
    assert [("Ann", "Bob")] == read("user,friend\nAnn,Bob\n")
    assert sorted([("4", "3"), *PATH]) == read("4,3\n0,1\n1,2\n2,7\n")  # nobody counts with commas
    assert sorted([("a", "0"), ("0", "1")]) == read("a,0\n0,1\n")
    assert sorted([("5", "9"), *PATH]) == read("5 9\n0 1\n1 2\n2 7\n")  # not the right counts


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("0,1\n1,2\n\n# x\n17\n", "line 5 of x.csv holds '17', not two people"),
        ("0,1\n,2\n", "line 2 of x.csv holds ',2'"),
        ("0,1\n1;2\n", "line 2 of x.csv holds '1;2'"),
        ("{\n", "line 1 of x.csv holds '{'"),
        ("12\n0 1\n", "line 1 of x.csv holds '12'"),
        ("3 2\n1 2\n2 3\n", "line 1 of x.csv may be a tie, or the counts"),
    ],
)
def test_a_line_that_is_no_tie_is_named(text: str, says: str) -> None:
    with pytest.raises(BadQuantity) as caught:
        read(text)
    assert says in str(caught.value)
    assert caught.value.suggestion
    assert "file" == caught.value.field
