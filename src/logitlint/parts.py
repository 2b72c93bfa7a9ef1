"""The parts of a run of module-level statements, each read and run by itself: imports, assignments that can wait, all others.

Most of what stands between the definitions of a library's modules are imports, which need no LibCST, and tables that nobody asks for.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from logitlint import formatted, ir
from logitlint.outline import Unit, dotted, targets

_GLOBAL = re.compile(r"\bglobal[ \t]+([\w, \t]+)")
LOGGERS = frozenset({"getLogger", "get_logger"})
_CONTAINERS = frozenset({"dict", "OrderedDict", "list", "tuple", "set", "frozenset"})
_SHORTEST_WAITING = 3  #: lines beyond the first of an assignment that is worth putting off


class Part(NamedTuple):
    """Statements in a row, of one sort: lines ``first`` to ``last`` (from 1, inclusive) of the module.

    ``imports``: all that it consists of. ``name``: what it gives a value to, being an assignment that can wait until somebody asks for
    the value.
    """

    number: int  #: of its first line of statements, among those of the run
    first: int
    last: int
    name: str | None = None
    plain: bool = False  #: the value is made of literals alone, or a logger
    imports: tuple[ir.Import, ...] = ()


def parts(lines: Sequence[str], unit: Unit, names: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a run, without its prose; none of a definition, or of a text that ``ast`` refuses. ``lines`` are those of the module,
    ``names`` what its own statements bind, a name as often as it is bound."""
    if unit.name is not None:
        return ()
    above = unit.first - 1
    try:
        run = formatted.tree("".join(lines[above : unit.last])).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    given = Counter(names)
    waiting = frozenset(name for name, count in given.items() if count == 1) - _declared_global(lines)
    found = _parts(_statement_lines(run, lines[above : unit.last]), given, waiting)
    return tuple(each._replace(first=each.first + above, last=each.last + above) for each in found)


def _declared_global(lines: Sequence[str]) -> frozenset[str]:
    """The names that some function may give another value, by the look of the text."""
    said = (match for line in lines if "global" in line for match in _GLOBAL.findall(line))
    return frozenset(name.strip() for each in said for name in each.split(","))


def _statement_lines(run: Sequence[ast.stmt], lines: Sequence[str]) -> list[list[ast.stmt]]:
    """Statements, those together that share a line."""
    found: list[list[ast.stmt]] = []
    end = 0
    for node in run:
        if found and (node.lineno <= end or lines[node.lineno - 2].endswith(("\\\n", "\\\r\n", "\\\r"))):
            found[-1].append(node)
        else:
            found.append([node])
        end = node.end_lineno or node.lineno
    return found


def _parts(run: Sequence[Sequence[ast.stmt]], given: Counter[str], waiting: Container[str]) -> Iterator[Part]:
    last: Part | None = None
    for number, line in enumerate(run):
        node = line[0] if len(line) == 1 else None
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            continue
        new = Part(number, line[0].lineno, line[-1].end_lineno or line[-1].lineno)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            new = new._replace(imports=(_import(node, number),))
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            name, plain = _waits(node, given, waiting)
            new = new._replace(name=name, plain=plain)
        if last is not None and last.name is None and new.name is None and bool(last.imports) == bool(new.imports):
            last = last._replace(last=new.last, imports=last.imports + new.imports)
            continue
        if last is not None:
            yield last
        last = new
    if last is not None:
        yield last


def _import(node: ast.Import | ast.ImportFrom, number: int) -> ir.Import:
    names = tuple((each.name, each.asname) for each in node.names)
    if isinstance(node, ast.Import):
        return ir.Import(ir.body_start(number), None, 0, names)
    return ir.Import(ir.body_start(number), node.module or "", node.level, names)


def _waits(node: ast.Assign | ast.AnnAssign, given: Counter[str], waiting: Container[str]) -> tuple[str | None, bool]:
    """The name that an assignment gives a value to, when the value is the same whenever it is asked for: a long one that consists
    of literals, of names that have one value, and of calls by such a name; a logger. And whether it needs no look at its words."""
    target, *others = targets(node)
    if others or node.value is None or not isinstance(target, ast.Name) or target.id not in waiting:
        return None, False
    if isinstance(node.value, ast.Call) and dotted(node.value).rpartition(".")[2] in LOGGERS:
        return target.id, True
    if (node.end_lineno or node.lineno) - node.lineno < _SHORTEST_WAITING:
        return None, False
    names = _read(node.value)
    if names is None or any(given[each] > 1 for each in names):
        return None, False
    return target.id, _CONTAINERS.issuperset(names) and not any(given[each] for each in names - {"OrderedDict"})


def _read(value: ast.expr) -> set[str] | None:
    """The names that an expression reads; None where it does more than to put values together and to call by a name."""
    names: set[str] = set()
    pending: list[ast.AST] = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, ast.Dict):
            if None in each.keys:
                return None  # a copy, of what may be changed between
            pending += filter(None, each.keys)
            pending += each.values
        elif isinstance(each, (ast.List, ast.Tuple, ast.Set)):
            pending += each.elts
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and all(each.arg is not None for each in each.keywords):
            pending += (each.func, *each.args, *(keyword.value for keyword in each.keywords))
        elif isinstance(each, ast.Name):
            names.add(each.id)
        elif isinstance(each, ast.Attribute):
            pending.append(each.value)
        elif isinstance(each, ast.UnaryOp):
            pending.append(each.operand)
        elif isinstance(each, ast.BinOp):
            pending += (each.left, each.right)
        elif not isinstance(each, ast.Constant):
            return None
    return names
