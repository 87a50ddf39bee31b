"""A world from the shelf is the world from the dice, whatever happened to the shelf meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from campaigns import ONE, Campaign
from recipes import LONELY, RECIPE, WISH

from simulator.errors import InputProblems
from simulator.world import build as building
from simulator.world import shelf
from simulator.world.build import build, build_world
from simulator.world.recipe import Recipe
from simulator.world.world import Parts, World


class Usage(NamedTuple):
    """What `shutil.disk_usage` returns."""

    total: int
    used: int
    free: int


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty shelf of its own, for worlds of any size."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("SIMULATOR_WORLDS_GB", raising=False)
    monkeypatch.setattr(shelf, "FEWEST_PEOPLE", 0)
    monkeypatch.setattr(shelf, "_IN_USE", {})
    return tmp_path / "simulator" / "worlds"


def parts(world: World) -> Parts:
    return Parts(world.people, world.audiences, world.network)


def keep(recipe: Recipe) -> Parts:
    drawn = parts(build(recipe))
    shelf.keep(recipe, drawn)
    return drawn


def same(one: Parts | None, other: Parts | None) -> bool:
    """Whether two worlds have the same columns, to type and last bit."""
    assert one is not None
    assert other is not None
    columns = zip(shelf._columns(one).items(), shelf._columns(other).items(), strict=True)
    equal = [(n, a.dtype, a.tobytes()) == (m, b.dtype, b.tobytes()) for (n, a), (m, b) in columns]
    return all(equal) and one.audiences.names == other.audiences.names


@pytest.mark.parametrize("recipe", [RECIPE, LONELY, replace(RECIPE, wishes=())], ids=["social", "no peers", "nobody"])
def test_what_is_found_is_what_was_kept(recipe: Recipe) -> None:
    assert shelf.find(recipe) is None
    drawn = keep(recipe)
    assert same(drawn, shelf.find(recipe))


def test_a_world_is_built_once(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    case = campaign()
    first = build_world(*case, 1)
    monkeypatch.setattr(building, "build_people", None)  # whoever builds now, fails
    second = build_world(*case, 1)
    assert same(parts(first), parts(second))
    assert (first.index, first.size, first.topic_share, first.mean_peers) == (
        (second.index, second.size, second.topic_share, second.mean_peers)
    )
    assert first.activity.tobytes() == second.activity.tobytes()
    other = build_world(*campaign(ONE, "product.price=1", "runs=5"), 1)  # the same people
    assert same(parts(first), parts(other))
    with pytest.raises(TypeError):
        build_world(*case, 2)


def test_building_a_recipe_never_touches_the_shelf(folder: Path) -> None:
    build(RECIPE)
    assert not folder.exists()


def test_compiled_code_takes_found_columns_for_built_ones(folder: Path) -> None:
    drawn = keep(RECIPE)
    found = shelf.find(RECIPE)
    assert found is not None
    for built, kept in zip(shelf._columns(drawn).values(), shelf._columns(found).values(), strict=True):
        assert (type(built), built.flags.writeable, built.flags.c_contiguous, built.flags.aligned) == (
            (type(kept), kept.flags.writeable, kept.flags.c_contiguous, kept.flags.aligned)
        )


def test_who_writes_into_a_found_column_changes_no_other_finder() -> None:
    drawn = keep(RECIPE)
    found = shelf.find(RECIPE)
    assert found is not None
    found.people.affinity[:] = 0.0
    assert same(drawn, shelf.find(RECIPE))


FILES = sorted(f"{name}" for name in shelf._columns(parts(build(RECIPE))))


@pytest.mark.parametrize("file", [*FILES, shelf.HEADER])
@pytest.mark.parametrize("damage", ["a bit in the middle", "a bit at the start", "cut", "emptied", "removed"])
def test_a_damaged_entry_is_thrown_away(folder: Path, file: str, damage: str) -> None:
    drawn = keep(RECIPE)
    (entry,) = folder.iterdir()
    path = entry / file
    content = bytearray(path.read_bytes())
    if damage == "removed":
        path.unlink()
    elif damage == "emptied":
        path.write_bytes(b"")
    elif damage == "cut":
        path.write_bytes(content[:-1])
    else:
        content[len(content) // 2 if "middle" in damage else 0] ^= 1
        path.write_bytes(content)
    assert shelf.find(RECIPE) is None
    assert [] == list(folder.iterdir())
    keep(RECIPE)
    assert same(drawn, shelf.find(RECIPE))


@pytest.mark.parametrize("header", [[], {}, {"recipe": None}, {"recipe": json.loads(RECIPE.text()), "crc32": []}])
def test_a_header_of_another_form_is_thrown_away(folder: Path, header: object) -> None:
    keep(RECIPE)
    (entry,) = folder.iterdir()
    (entry / shelf.HEADER).write_text(json.dumps(header))
    assert shelf.find(RECIPE) is None
    assert [] == list(folder.iterdir())


def test_what_is_damaged_is_built_anew(campaign: Campaign, folder: Path) -> None:
    case = campaign()
    drawn = parts(build_world(*case, 0))
    (entry,) = folder.iterdir()
    (entry / "network.peers.npy").write_bytes(b"")
    assert same(drawn, parts(build_world(*case, 0)))
    assert same(drawn, shelf.find(building.recipe_of(*case, 0)))


def test_an_entry_of_another_recipe_is_not_taken(folder: Path) -> None:
    keep(RECIPE)
    (entry,) = folder.iterdir()
    entry.rename(folder / shelf._name(LONELY))
    assert shelf.find(LONELY) is None


def test_other_sources_make_other_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(RECIPE)
    monkeypatch.setattr(shelf, "_sources", lambda: "changed")
    assert shelf.find(RECIPE) is None


def test_who_comes_second_leaves_the_first_entry_and_no_rubbish(folder: Path) -> None:
    keep(RECIPE)
    (entry,) = folder.iterdir()
    before = (entry / shelf.HEADER).stat().st_ino
    keep(RECIPE)
    assert [entry] == list(folder.iterdir())
    assert before == (entry / shelf.HEADER).stat().st_ino


def test_several_may_keep_find_and_remove_the_same_world_at_once(folder: Path) -> None:
    drawn = parts(build(RECIPE))

    def handle(_: int) -> int:
        found = 0
        for _ in range(50):
            shelf.keep(RECIPE, drawn)
            got = shelf.find(RECIPE)
            found += got is not None and same(drawn, got)
            shelf._remove(folder / shelf._name(RECIPE))
        return found

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(handle, range(4))) > 0
    assert [] == list(folder.iterdir())


def test_a_home_that_cannot_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"  # a file where a folder should be: nobody can write below it, not even root
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    keep(RECIPE)
    assert shelf.find(RECIPE) is None
    assert [] == shelf.entries()


@pytest.mark.parametrize("room", ["0", "0.0"])
def test_the_shelf_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    keep(RECIPE)
    monkeypatch.setenv("SIMULATOR_WORLDS_GB", room)
    assert shelf.find(RECIPE) is None
    keep(LONELY)
    assert 1 == len(list(folder.iterdir()))


@pytest.mark.parametrize("room", ["much", "-1", "nan", "inf", "4GB"])
def test_a_size_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    monkeypatch.setenv("SIMULATOR_WORLDS_GB", room)
    with pytest.raises(InputProblems, match=f"SIMULATOR_WORLDS_GB: '{room}' is no size; give gigabytes, such as 4"):
        shelf.find(RECIPE)


def test_small_worlds_are_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "FEWEST_PEOPLE", RECIPE.size + 1)
    keep(RECIPE)
    assert not folder.exists()


def make_room_for(count: float, monkeypatch: pytest.MonkeyPatch) -> None:
    one = sum(file.stat().st_size for file in shelf.entries()[0][0].iterdir())
    monkeypatch.setenv("SIMULATOR_WORLDS_GB", str(count * one / shelf.GIGABYTE))


def test_the_least_recently_used_world_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = [replace(RECIPE, seed=seed) for seed in range(4)]
    for number, world in enumerate(worlds[:3]):
        keep(world)
        os.utime(shelf.shelf_folder() / shelf._name(world), (number, number))
    make_room_for(3.5, monkeypatch)
    assert shelf.find(worlds[0]) is not None  # used again
    keep(worlds[3])
    assert [True, False, True, True] == [shelf.find(world) is not None for world in worlds]


def test_worlds_of_one_experiment_do_not_drive_each_other_out(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = [replace(RECIPE, world=number) for number in range(4)]
    keep(worlds[0])
    make_room_for(2.5, monkeypatch)
    for world in worlds[1:]:
        keep(world)
    assert [True, True, False, False] == [shelf.find(world) is not None for world in worlds]
    os.utime(shelf.shelf_folder() / shelf._name(worlds[0]), (1, 1))
    keep(replace(RECIPE, seed=8))  # another experiment may
    assert [False, True] == [shelf.find(world) is not None for world in worlds[:2]]


def test_the_shelf_never_takes_more_than_half_of_the_free_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(RECIPE)
    ((_, one, _),) = shelf.entries()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 3 * one))  # with the first: 4, half of them 2
    keep(replace(RECIPE, world=1))
    assert 2 == len(shelf.entries())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 2 * one))
    keep(replace(RECIPE, world=2))
    assert 2 == len(shelf.entries())


def test_a_world_larger_than_the_shelf_drives_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(RECIPE)
    make_room_for(1.5, monkeypatch)
    keep(replace(RECIPE, size=2 * RECIPE.size, seed=8, wishes=(WISH,)))
    assert shelf.find(RECIPE) is not None


def test_what_a_killed_process_left_is_cleared_away_but_not_what_somebody_writes(folder: Path) -> None:
    for name, age in (("old", 7200), ("new", 60)):
        unfinished = folder / f"{shelf.UNFINISHED}{name}"
        unfinished.mkdir(parents=True)
        (unfinished / "people.topic.npy").touch()
        os.utime(unfinished, (time.time() - age,) * 2)
    assert [] == shelf.entries()
    keep(RECIPE)
    assert [f"{shelf.UNFINISHED}new", shelf._name(RECIPE)] == sorted(entry.name for entry in folder.iterdir())


def test_an_entry_says_what_it_is(folder: Path) -> None:
    keep(RECIPE)
    (entry,) = folder.iterdir()
    assert json.loads(RECIPE.text()) == json.loads((entry / shelf.HEADER).read_text())["recipe"]
    assert np.array_equal(build(RECIPE).people.topic, np.load(entry / "people.topic.npy"))
