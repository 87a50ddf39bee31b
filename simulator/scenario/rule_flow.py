"""Every way through a function: each name has a value before it is used, and each way ends with an answer.

Python would notice on the day it happens; compiled code would go on with whatever lies in memory.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Found = tuple[ast.expr | ast.stmt, str]


def gaps(function: ast.FunctionDef, local: set[str]) -> Iterator[Found]:
    """Places where a local name may have no value, and the function itself if it may give nothing."""
    flow = _Flow(local)
    left = flow.through(function.body, {argument.arg for argument in function.args.args})
    yield from flow.found
    if left is not None:
        yield function, "may give nothing"


@dataclass
class _Flow:
    """Follows statements with the set of names that have a value; None stands for a way that has ended."""

    local: set[str]
    found: list[Found] = field(default_factory=list)

    def through(self, statements: Sequence[ast.stmt], known: set[str]) -> set[str] | None:
        """Names that have a value after some statements, whichever way was taken."""
        left: set[str] | None = set(known)
        for statement in statements:
            if left is None:
                return None  # what follows is never reached
            left = self._after(statement, left)
        return left

    def _after(self, statement: ast.stmt, known: set[str]) -> set[str] | None:
        match statement:
            case ast.Return() | ast.Raise() | ast.Break() | ast.Continue():
                self._use(statement, known)
                return None
            case ast.If(test=test, body=body, orelse=orelse):
                self._use(test, known)
                ways = [self.through(body, known), self.through(orelse, known)]
                ended = [way for way in ways if way is not None]
                return set.intersection(*ended) if ended else None
            case ast.For(target=target, iter=over, body=body, orelse=orelse):
                self._use(over, known)
                self.through(body, known | _names(target))
                return self.through(orelse, known)
            case ast.While(test=test, body=body, orelse=orelse):
                self._use(test, known)
                self.through(body, known)
                return self.through(orelse, known)
            case ast.AugAssign(target=ast.Name(id=name)) if name not in known:
                self.found.append((statement, f"{name} may have no value here"))
        self._use(statement, known)
        return known | _names(statement) if not _only_announced(statement) else known

    def _use(self, part: ast.AST, known: set[str]) -> None:
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in self.local - known:
                self.found.append((node, f"{node.id} may have no value here"))


def _names(part: ast.AST) -> set[str]:
    """Names that a statement or a target gives a value."""
    return {node.id for node in ast.walk(part) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _only_announced(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.AnnAssign) and statement.value is None
