# Sourced by the scripts beside it (POSIX sh): a virtual environment with pinned dependencies, made when it is missing,
# refreshed when pyproject.toml, constraints.txt or Python change, and otherwise left alone. One that another account or
# other tools made is never removed.
#
#   ROOT            the project's top folder
#   VENV            the environment: $SIMULATOR_VENV, or .venv in ROOT
#   PYTHON          the interpreter to make it with; by default the first of CANDIDATES that works
#   prepare run     the package, ready to run
#   prepare dev     the same with what its tests need

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
VENV=${SIMULATOR_VENV:-$ROOT/.venv}
CANDIDATES="python3.13 python3.12 python3.11 python3"

say() { printf 'simulator: %s\n' "$*" >&2; }

# Whether a command is a Python we can use. It must really run: a version manager's stub may be there and refuse.
usable() { "$1" -I -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        if usable "$PYTHON"; then printf '%s\n' "$PYTHON" && return 0; fi
        say "PYTHON=$PYTHON is no Python 3.11 or newer with venv and pip; name another, or unset PYTHON"
        return 1
    fi
    for candidate in $CANDIDATES; do
        if usable "$candidate"; then printf '%s\n' "$candidate" && return 0; fi
    done
    say "no Python 3.11 or newer with venv and pip among $CANDIDATES"
    say "install one, or name it: PYTHON=/path/to/python3.12 $0"
    return 1
}

# What the environment must be made of, in one word: changes with the pins, the interpreter and the place.
fingerprint() {
    "$VENV/bin/python" -I -c '
import hashlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
texts = [sys.version, sys.prefix, *((root / name).read_text() for name in ("pyproject.toml", "constraints.txt"))]
print(hashlib.sha256("\0".join(texts).encode()).hexdigest())' "$ROOT" 2>/dev/null
}

version_of() { "$1" -I -c 'import sys; print(sys.version)' 2>/dev/null; }

wanted_python() { [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$(version_of "$VENV/bin/python")" ]; }

ready() {
    [ ! -e "$VENV/.installing" ] && [ -f "$VENV/.installed-$1" ] && wanted_python &&
        [ "$(cat "$VENV/.installed-$1")" = "$(fingerprint)" ]
}

# Interrupted, broken, of another Python, or moved here from another folder: better made anew than repaired.
beyond_repair() {
    [ -e "$VENV/.installing" ] || ! usable "$VENV/bin/python" || ! wanted_python ||
        ! grep -qF "$VENV" "$VENV/bin/activate"
}

marked() { [ -e "$VENV/.installing" ] || [ -e "$VENV/.installed-run" ] || [ -e "$VENV/.installed-dev" ]; }

# Whether this account may make the environment anew or change it: only its own, made by these scripts, and not one that
# it merely lacks the right to execute. Anything else is left as it is.
may_change() {
    [ -e "$VENV" ] || return 0
    if [ -z "$(find "$VENV" -prune -user "$(id -u)" 2>/dev/null)" ]; then
        fault="belongs to another account, and this one cannot use it as it is"
    elif [ -e "$VENV/bin/python" ] && [ ! -x "$VENV/bin/python" ]; then
        fault="has a Python that this account may not execute"
    elif [ -n "$(ls -A "$VENV")" ] && ! marked && beyond_repair; then
        fault="was not made by these scripts and does not fit"
    else
        return 0
    fi
    say "$VENV $fault; it is left as it is: name a place of your own, as in SIMULATOR_VENV=\$HOME/simulator-venv $0"
    return 1
}

install() {
    if beyond_repair; then
        rm -rf "$VENV"
        say "creating ${VENV#"$ROOT"/} with $("$python" --version)"
        mkdir -p "$VENV"
        : >"$VENV/.installing"
        "$python" -m venv "$VENV" || return 1
        echo '*' >"$VENV/.gitignore"
    fi
    : >"$VENV/.installing"
    rm -f "$VENV"/.installed-*
    extras=''
    [ "$1" = run ] || extras="[$1]"
    say "installing pinned dependencies, once; this takes a minute or two"
    "$VENV/bin/python" -m pip install -qq --disable-pip-version-check \
        --constraint "$ROOT/constraints.txt" --editable "$ROOT$extras" >&2 || return 1
    fingerprint >"$VENV/.installed-run"
    [ "$1" = run ] || cp "$VENV/.installed-run" "$VENV/.installed-$1"
    rm "$VENV/.installing"
}

# The lock is on this very file and held by descriptor 9, installer included: it goes when they go, however they end.
lock() {
    exec 9<"$ROOT/scripts/environment.sh"
    "$python" -I -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null || {
        say "waiting for another installation to end"
        "$python" -I -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
    }
}

prepare() {
    if ready "$1"; then return 0; fi
    may_change || return 1
    python=$(find_python) || return 1
    lock
    if ! ready "$1" && ! install "$1"; then
        say "the installation failed; its reason stands above, and the next start makes a new one"
        return 1
    fi
    exec 9<&-
}
