"""The one door to Numba: `@rule` and `@kernel`, and the folder where compiled code is kept.

A rule is one text with two lives: called from Python it is the plain function, called from a kernel it is compiled.
Nothing here may change a bit between the two: no `fastmath`, no `parallel`, no vendor mathematics.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

PACKAGE = Path(__file__).parent
# What compiled code is made from. Rules are imported, so all of it counts for every kernel.
COMPILED_ROOMS = (
    "arithmetic.py", "campaign", "compiled.py", "dice.py", "distributions.py", "engines", "quantity.py", "rules",
    "scenario/designs.py", "scenario/sobol.py", "world",
)  # fmt: skip
P = ParamSpec("P")
R = TypeVar("R")
KERNELS: list[Any] = []  # all that were made in this process, and are kept on disk when they are compiled


def source_hash(*rooms: str) -> str:
    """Hash of the sources of the package, or of some of its folders and modules."""
    digest = hashlib.sha256()
    for room in rooms or ("",):
        for path in sorted((PACKAGE / room).rglob("*.py")) or [PACKAGE / room]:
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def writable(folder: Path) -> bool:
    """Whether files can be written there; the folder is made if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def cache_home() -> Path:
    """Where everything is kept that can be made again."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "simulator"


def cache_folder() -> Path:
    """Folder of this exact code on this machine: Numba's own check misses a change in an imported rule.

    A home that cannot be written falls back to the temporary folder.
    """
    from importlib.metadata import version

    versions = version("numba"), version("numpy"), platform.python_version(), platform.machine()
    key = "-".join((source_hash(*COMPILED_ROOMS), *versions))
    name = f"kernels-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
    user = os.getuid() if hasattr(os, "getuid") else "user"
    for base in (cache_home(), Path(tempfile.gettempdir()) / f"simulator-{user}"):
        if writable(base / name):
            return base / name
    return Path(tempfile.mkdtemp(prefix="simulator-"))


def use_wide_vectors() -> None:
    """Let Numba use vectors of 512 bits where the processor has them: LLVM keeps to 256, for fear of a lower clock.

    Results are the same; encounters take two thirds of the time. Settings of the user's own come first.
    """
    from llvmlite import binding

    features = binding.get_host_cpu_features()
    if features.get("avx512f") and not {"NUMBA_CPU_NAME", "NUMBA_CPU_FEATURES"} & os.environ.keys():
        os.environ["NUMBA_CPU_NAME"] = binding.get_host_cpu_name()
        os.environ["NUMBA_CPU_FEATURES"] = f"{features.flatten()},-prefer-256-bit"


CACHE_FOLDER = cache_folder()
# Set before Numba reads its configuration, that is before its first import.
os.environ["NUMBA_CACHE_DIR"] = str(CACHE_FOLDER)
os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"
use_wide_vectors()

import numba  # noqa: E402  (the environment above must be set first)
from numba.core import types  # noqa: E402
from numba.extending import intrinsic, overload, register_jitable  # noqa: E402


def rule(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a pure function of numbers as a rule: plain in Python, compiled and written into its callers in kernels.

    Left to itself LLVM finds the dice and most rules too long to inline, and a loop with a call is not vectorized.
    """
    marked: Callable[P, R] = register_jitable(error_model="numpy", forceinline=True)(function)
    return marked


def guest(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a function that is not the package's as a rule: a division by zero raises, as it does in Python.

    Rules of the package guard their divisions; of others nobody knows.
    """
    marked: Callable[P, R] = register_jitable(error_model="python", forceinline=True)(function)
    return marked


class CannotCompile(Exception):
    """Numba refuses a function; the message is the first line that says why. `line` is 0 where none is known."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.line = line
        super().__init__(message)


def must_give_a_number(function: Callable[..., object], *facts: object) -> None:
    """Compile a function alone, for facts of the types of these. Raises CannotCompile."""
    alone = numba.njit(error_model="python")(function)
    try:
        alone.compile(tuple(numba.typeof(fact) for fact in facts))
    except Exception as error:  # Numba raises whatever it stumbles over
        raise CannotCompile(*_first_reason(error, function.__code__.co_filename)) from error
    given = alone.nopython_signatures[0].return_type
    if not isinstance(given, types.Float | types.Integer | types.Boolean):
        raise CannotCompile(f"it gives {given}, not a number")


def _first_reason(error: Exception, file: str) -> tuple[str, int]:
    """The first line of an error that says something, and the last line of a file that it names."""
    said = re.sub(r"Function\(<.*?(\w+)( at 0x\w+)?>\)", r"\1", str(error))
    lines = [line.strip().removeprefix(">>> ") for line in said.splitlines()]
    lines = [line for line in lines if line and not line.startswith("Failed in nopython mode")] or [repr(error)]
    reason = " ".join(lines[:2]) if lines[0].endswith(":") else lines[0]
    places = re.findall(rf'File "{re.escape(file)}", line (\d+)', str(error))
    return reason, int(places[-1]) if places else 0


def kernels_of(package: str) -> list[Any]:
    """The kernels made so far by the modules of a package."""
    return [made for made in KERNELS if made.py_func.__module__.startswith(f"{package}.")]


def folder_apart(key: str) -> Path:
    """Where compiled code lies that not the package's sources alone are made into."""
    return CACHE_FOLDER.with_name(f"{CACHE_FOLDER.name}-{key}")


def keep_apart(package: str, key: str) -> None:
    """Keep what a package's kernels are compiled to in a folder of its own from now on, and look it up there alone."""
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder_apart(key))
    try:
        for made in kernels_of(package):
            made.enable_caching()
    finally:
        numba.config.CACHE_DIR = before


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a loop over columns. It runs without the GIL; divisions must be guarded by the rules themselves.

    The plain text stays at `.py_func`.
    """
    compiled: Callable[P, R] = numba.njit(
        nogil=True, cache=True, error_model="numpy", fastmath=False, no_cfunc_wrapper=True
    )(function)
    KERNELS.append(compiled)
    return compiled


def borrowing(function: Callable[P, R]) -> Callable[P, R]:
    """A kernel that only borrows arrays: it creates, slices and returns none, so nobody need count references.

    Counting them, in loops over columns that are passed together, takes half of the time.
    """
    compiled: Callable[P, R] = numba.njit(
        nogil=True, cache=True, error_model="numpy", no_cfunc_wrapper=True, _nrt=False
    )(function)
    KERNELS.append(compiled)
    return compiled


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """A part of a kernel that borrows its arrays and is written into its caller; it cannot be called from Python.

    A door to Python for each of so many columns would take a quarter of the time of compilation.
    """
    marked: Callable[P, R] = numba.njit(
        forceinline=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=False
    )(function)
    return marked


@intrinsic  # type: ignore[untyped-decorator]
def _float_from_bits(_context: Any, bits: Any) -> Any:
    def build(_ctx: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        from llvmlite import ir

        return builder.bitcast(arguments[0], ir.DoubleType())

    return types.float64(bits), build


@intrinsic  # type: ignore[untyped-decorator]
def _bits_from_float(_context: Any, value: Any) -> Any:
    def build(_ctx: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        from llvmlite import ir

        return builder.bitcast(arguments[0], ir.IntType(64))

    return types.int64(value), build


def float_from_bits(bits: int) -> float:
    """The double whose IEEE 754 pattern is `bits` (a signed 64-bit integer)."""
    import struct

    value: float = struct.unpack("<d", struct.pack("<q", bits))[0]
    return value


def bits_from_float(value: float) -> int:
    """The IEEE 754 pattern of a double, as a signed 64-bit integer."""
    import struct

    bits: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return bits


@overload(float_from_bits, inline="always", strict=False)  # type: ignore[untyped-decorator]
def _compiled_float_from_bits(bits: Any) -> Any:
    return lambda bits: _float_from_bits(numba.int64(bits))


@overload(bits_from_float, inline="always", strict=False)  # type: ignore[untyped-decorator]
def _compiled_bits_from_float(value: Any) -> Any:
    return lambda value: _bits_from_float(numba.float64(value))
