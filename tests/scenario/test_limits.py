"""What is absurd ends at a stated limit, in a moment; a scenario's files are read only where reading can't wait."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.errors import BadQuantity, InputProblems, Problem
from simulator.scenario import peer_graph, samples
from simulator.scenario.creators import MOST_CREATORS, MOST_POSTS
from simulator.scenario.loader import load_campaign
from simulator.scenario.peer_graph import graph_of
from simulator.scenario.problems import LONGEST, MOST_PROBLEMS
from simulator.scenario.samples import read_table
from simulator.scenario.schema import Network

MOST_SECONDS = 2.0  # of the processor
Find = Callable[..., tuple[Problem, ...]]
HIRE = "{tier: micro, count: 2, followers: 50000, posts: 1"


@pytest.fixture
def at_once(problems: Find) -> Find:
    """The problems of a text, found within the time that is promised."""

    def find(text: str, *settings: str) -> tuple[Problem, ...]:
        start = time.process_time()
        found = problems(text, *settings)
        assert time.process_time() - start < MOST_SECONDS
        return found

    return find


@pytest.mark.parametrize("repeated", ["k: 1\n" * 18_000, "".join(f"k{n}: 1\n" for n in range(9000))])
def test_thousands_of_slips_are_answered_with_the_first_hundred(at_once: Find, base: str, repeated: str) -> None:
    *shown, last = at_once(base + repeated)
    assert (MOST_PROBLEMS, "may have more") == (len(shown), last.message.rpartition("and ")[2])


def test_a_problem_is_no_longer_than_what_people_read(at_once: Find, base: str) -> None:
    long = "x" * 30_000
    texts = [base.replace("posts: 1", f"posts: [{long}]"), base.replace("a:", f"{long}:").replace("500", "5e5")]
    for text in (*texts, base.replace("posts: 1", f"posts: {long}"), f"{base}{long}: 1\n"):
        assert all(len(part or "") <= LONGEST for p in at_once(text) for part in (p.path, p.message, p.suggestion))


@pytest.mark.parametrize("number", ["1__0", "1_", "1_.5", "1_000__0.5"])
def test_what_only_looks_like_a_number_is_no_number(at_once: Find, base: str, number: str) -> None:
    assert "product.price" == at_once(base.replace("price: 80", f"price: {number}"))[0].path


def test_underscores_between_digits_are_read(campaign, base: str) -> None:
    assert 1_000.0 == campaign(base.replace("price: 80", "price: 1_000"))[0].product.price.value


def test_half_a_character_is_refused_since_no_table_can_hold_it(at_once: Find, base: str) -> None:
    for text in (base.replace("  a:", '  "\\ud800":'), base + 'name: "\\udfff"\n'):
        assert "holds half a character" == at_once(text)[0].message


def test_a_file_whose_name_is_not_utf8_gives_a_name_that_can_be_written(base: str, tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.yaml"))
    file.write_text(base)
    assert "bad?" == load_campaign(file)[0].name


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        (f"arms.a.hire.{'9' * 5000}.count=2", "does not exist"),
        (f"{'a.' * 3000}b=2", "more than 40 steps"),
        ("budget.=5", "is unknown"),
    ],
    ids=["index", "depth", "dot"],
)
def test_a_setting_that_leads_nowhere_is_said(at_once: Find, base: str, setting: str, says: str) -> None:
    assert says in str(at_once(base, setting)[0])


def test_settings_without_end_are_refused(at_once: Find, base: str) -> None:
    assert "3,000 settings are more than 200" == at_once(base, *["tiers=latr"] * 3000)[0].message


@pytest.mark.parametrize(
    "hire",
    [
        "{tier: micro, count: 100000, followers: 50000, posts: 1",
        "{tier: micro, count: 100000, posts: 1",
        "{tier: micro, count: 100000, followers: {pert: [10000, 20000, 30000]}, posts: 1",
        "{tier: micro, count: 1000, followers: 50000, posts: 1000",
    ],
)
def test_more_creators_than_can_be_planned_are_refused(problems: Find, base: str, hire: str) -> None:
    text = base.replace("budget: 10000\n", "").replace(HIRE, hire)
    said = [p.message for p in problems(text) if p.path == "arms.a.hire.0.count"]
    assert [f"all arms together hire or invite more than {MOST_CREATORS:,} creators, or {MOST_POSTS:,} posts"] == said


def test_invitations_without_end_are_refused(problems: Find, base: str) -> None:
    more = "mechanisms: {outreach: {invitations: 1000000}}\n"
    assert "arms.a.hire.0.count" == problems(base + more)[0].path


def test_more_tiers_than_anybody_tells_apart_are_refused(at_once: Find, base: str) -> None:
    tiers = "tiers:\n" + "".join(f"  t{n}: [{n}, {n + 1}]\n" for n in range(4000))
    assert "has 4,000 tiers; the most is 100" == at_once(base + tiers)[0].message


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b", "loop", "pipe", "folder", "/proc/kmsg", "/dev/zero", "empty"])
def test_what_is_no_file_is_never_waited_for(problems: Find, base: str, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "empty").touch()
    quoted = '"a\\0b"' if "\0" in name else name
    roster = "roster: {columns: {id: a, followers: b}, file: %s}, count: 2, posts: 1"
    for text, path in (
        (f"{base}extends: {quoted}\n", "extends"),
        (base.replace("0.5", f"{{empirical: {{file: {quoted}, column: a}}}}"), "product.margin.empirical.file"),
        (f"{base}population: {{network: {{file: {quoted}}}}}\n", "population.network.file"),
        (base.replace(HIRE, "{" + roster % quoted), "arms.a.hire.0.roster.file"),
    ):
        assert path == problems(text)[0].path


def test_a_scenario_that_links_to_itself_is_said(tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    with pytest.raises(InputProblems, match="cannot be read: Too many levels"):
        load_campaign(tmp_path / "loop.yaml")


def test_a_chain_of_files_ends(problems: Find, base: str, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.yaml").write_text(f"extends: {number + 1}.yaml\n")
    assert "builds on more than 40 files" == problems(f"{base}extends: 0.yaml\n")[0].message


def test_a_message_repeats_no_more_of_a_table_than_the_cell_at_fault(problems: Find, base: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"{'secret' * 50},b\n{'secret' * 50},1\n")
    for column, path in (("none", "empirical.column"), ("secret" * 50, "empirical.column")):
        text = base.replace("0.5", f"{{empirical: {{file: x.csv, column: {column}}}}}")
        (found,) = problems(text)
        assert (f"product.margin.{path}", True) == (found.path, str(found).count("secret") < 8)


def test_what_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(samples, "SMALL", 1000)
    (tmp_path / "x.csv.gz").write_bytes(gzip.compress(b"1,2\n" * 200_000))
    with pytest.raises(BadQuantity, match="unpacks to more than"):
        list(read_table(tmp_path / "x.csv.gz", ["1"]))
    with pytest.raises(BadQuantity, match="unpacks to more than"):
        graph_of(Network(kind="file", title="", numbers={}, file=str(tmp_path / "x.csv.gz")))


def test_a_table_of_more_rows_than_needed_is_refused(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(samples, "MOST_ROWS", 3)
    (tmp_path / "x.csv").write_text("a\n1\n2\n3\n")
    assert 3 == len(list(read_table(tmp_path / "x.csv", ["a"])))
    (tmp_path / "x.csv").write_text("a\n1\n2\n3\n4\n")
    with pytest.raises(BadQuantity, match=r"more than 3 rows; keep a sample"):
        list(read_table(tmp_path / "x.csv", ["a"]))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize("entities", [f'<!ENTITY l0 "ha">{LAUGHS}', '<!ENTITY l9 SYSTEM "file:///etc/passwd">'])
def test_entities_of_xml_neither_grow_nor_read_other_files(tmp_path: Path, entities: str) -> None:
    node = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="&l9;"/>'
    text = f"<!DOCTYPE graphml [{entities}]>{node}</graph></graphml>"
    (tmp_path / "x.graphml").write_text(text)
    with pytest.raises(BadQuantity, match=r"line 1 of x\.graphml is not XML"):
        graph_of(Network(kind="file", title="", numbers={}, file=str(tmp_path / "x.graphml")))


def test_graphml_beyond_its_limit_is_refused_before_it_is_parsed(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(peer_graph, "MOST_GRAPHML", 20)
    (tmp_path / "x.graphml").write_text("<graphml>\n" * 3)
    with pytest.raises(BadQuantity, match="give an edge list"):
        graph_of(Network(kind="file", title="", numbers={}, file=str(tmp_path / "x.graphml")))


def test_hires_look_through_a_roster_only_so_often(problems: Find, base: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("simulator.scenario.creators.MOST_LOOKS", 5)
    monkeypatch.setattr("simulator.scenario.creators.Room.__init__.__defaults__", (MOST_CREATORS, MOST_POSTS, 5))
    (tmp_path / "x.csv").write_text("id,size\n1,50000\n2,50000\n3,50000\n")
    hire = "{roster: {file: x.csv, columns: {id: id, followers: size}}, count: 2, posts: 1"
    text = base.replace(
        "a:\n    hire:\n",
        "a:\n    hire:\n      - " + hire.replace("{r", "{key: b, r", 1) + ", pay: {kind: product_only}}\n",
    )
    found = problems(text.replace(HIRE, hire))
    assert [("arms.a.hire.1.roster.file", True)] == [(p.path, "look through more" in p.message) for p in found]
