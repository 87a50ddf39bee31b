"""Where runs are played: threads here, processes, a Dask cluster, or any `concurrent.futures.Executor` of the user's.

    serial             in the calling thread
    local[:N]          N threads, by default one per core; they share worlds
    processes[:N]      N processes; each builds its worlds, or finds them on the shelf
    dask:ADDRESS       the workers of the Dask scheduler at ADDRESS (extra `cluster`)
    MODULE:FACTORY     what FACTORY() of MODULE returns: an Executor, for MPI, Ray and others

Results don't depend on the choice. Another executor says how many tasks it works on at once by an attribute `workers`.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from simulator.errors import InputProblems, Problem

FORMS: Final = "local[:N], serial, processes[:N], dask:ADDRESS or MODULE:FACTORY"
CONNECTING: Final = "10s"  # to a Dask scheduler
GATHERING: Final = "60s"  # until it has a worker
MANY: Final = 64  # tasks at once, where an executor does not say how many


@dataclass
class Team:
    """An executor at work. Who shares memory may be handed worlds as they are; `busy` are tasks left behind."""

    executor: Executor
    workers: int
    shares_memory: bool
    busy: set[Future[Any]] = field(default_factory=set)

    @property
    def ahead(self) -> int:
        """Tasks to keep under way, so that nobody waits for the next one."""
        return 1 if isinstance(self.executor, SerialExecutor) else 2 * self.workers


def check_executor(spec: str) -> None:
    """Refuse a word that names no place to work. Raises InputProblems; nothing is started or connected."""
    kind, colon, detail = spec.partition(":")
    if kind in ("local", "processes"):
        sound = not colon or (detail.isdecimal() and int(detail) > 0)
    elif kind == "serial":
        sound = not colon
    else:
        sound = bool(detail) and (kind == "dask" or all(word.isidentifier() for word in kind.split(".")))
    if not sound:
        raise _refusal(spec, "is not an executor", f"use {FORMS}")


@contextmanager
def open_team(spec: str) -> Iterator[Team]:
    """The team that a word names, sent home at the end. Raises InputProblems if there is none to be had."""
    check_executor(spec)
    kind, _, detail = spec.partition(":")
    opened = TEAMS[kind](detail) if kind in TEAMS else _own(kind, detail)
    with opened as team:
        yield team


def _cores(detail: str) -> int:
    return int(detail) if detail else os.cpu_count() or 1


@contextmanager
def _serial(_: str) -> Iterator[Team]:
    yield Team(SerialExecutor(), 1, shares_memory=True)


@contextmanager
def _threads(detail: str) -> Iterator[Team]:
    team = Team(ThreadPoolExecutor(_cores(detail), "player"), _cores(detail), shares_memory=True)
    try:
        yield team
    finally:
        team.executor.shutdown(wait=not team.busy, cancel_futures=True)


@contextmanager
def _processes(detail: str) -> Iterator[Team]:
    """Processes are spawned: threads and compiled code don't survive a fork."""
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(_cores(detail), get_context("spawn"), _become_worker)
    team = Team(executor, _cores(detail), shares_memory=False)
    try:
        yield team
    finally:
        if team.busy:
            for process in list((executor._processes or {}).values()):  # noqa: SLF001  (public from Python 3.14 on)
                process.kill()
        executor.shutdown(wait=not team.busy, cancel_futures=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Let Ctrl-C wait: a process that is started meanwhile hears none before it leaves that to its parent."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where no process inherits what is blocked
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # beforehand, since starting it lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _become_worker() -> None:
    """Leave Ctrl-C to the parent, and end when it ends, however that ends."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _dask(address: str) -> Iterator[Team]:
    try:
        from distributed import Client
    except ImportError:
        remedy = "install it: pip install 'simulator[cluster]'"
        raise _refusal(f"dask:{address}", "needs Dask, which is not installed", remedy) from None
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError) as error:
        told = f"is no Dask scheduler that answers ({' '.join(str(error).split())[:200]})"
        raise _refusal(
            f"dask:{address}", told, "start one: dask scheduler, and its workers: dask worker ADDRESS"
        ) from None
    try:
        yield Team(client.get_executor(pure=False), _workers_of(client, address), shares_memory=False)
    finally:
        client.close()


def _workers_of(client: Any, address: str) -> int:
    """Threads of a cluster's workers, once there is one."""
    try:
        client.wait_for_workers(1, timeout=GATHERING)
    except TimeoutError:
        raise _refusal(f"dask:{address}", "has no workers", f"start some: dask worker {address}") from None
    return sum(client.nthreads().values())


@contextmanager
def _own(module: str, factory: str) -> Iterator[Team]:
    executor = _made(module, factory)
    stated = getattr(executor, "workers", None) or getattr(executor, "_max_workers", None)
    team = Team(executor, stated if isinstance(stated, int) else MANY, shares_memory=False)
    try:
        yield team
    finally:
        executor.shutdown(wait=not team.busy, cancel_futures=True)


def _made(module: str, factory: str) -> Executor:
    """What the user's factory returns. The working folder is searched first, as Python does for scripts."""
    spec = f"{module}:{factory}"
    here = str(Path.cwd())
    sys.path.insert(0, here)
    try:
        made = getattr(import_module(module), factory, None)
        executor = None if made is None else made()
    except ModuleNotFoundError as error:
        raise _refusal(spec, f"cannot be loaded: no module {error.name!r}", f"use {FORMS}") from None
    except Exception as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise _refusal(spec, f"cannot be loaded: {told}", f"mend {module}") from error
    finally:
        with suppress(ValueError):
            sys.path.remove(here)
    if made is None:
        raise _refusal(spec, f"is not there: {module} has no {factory!r}", f"define {factory}() there")
    if not isinstance(executor, Executor):
        told = f"gives no executor but {type(executor).__name__}"
        raise _refusal(spec, told, "return a concurrent.futures.Executor")
    return executor


def threads_of(spec: str) -> int | None:
    """Threads that `local` or `local:N` asks for; none for `serial`. Raises InputProblems for all others."""
    kind, _, detail = spec.partition(":")
    if kind not in ("local", "serial"):
        raise _refusal(spec, "cannot be used here", "use local, local:N or serial")
    check_executor(spec)
    return None if kind == "serial" else _cores(detail)


def _refusal(spec: str, message: str, remedy: str) -> InputProblems:
    return InputProblems([Problem("--executor", f"{spec!r} {message}", remedy)])


class SerialExecutor(Executor):
    """Plays each task in the calling thread, before `submit` returns."""

    def submit(self, task: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        """The task's future, done."""
        future: Future[Any] = Future()
        try:
            future.set_result(task(*args, **options))
        except Exception as error:  # noqa: BLE001  (handed to the caller by the future, as any executor does)
            future.set_exception(error)
        return future


TEAMS: Final[dict[str, Callable[[str], AbstractContextManager[Team]]]] = {
    "serial": _serial,
    "local": _threads,
    "processes": _processes,
    "dask": _dask,
}
