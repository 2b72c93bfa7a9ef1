"""A first look at a module, before LibCST: its top-level units, the names that each mentions, its imports.

A *unit* is what is read, lowered and evaluated as one: a top-level function or class with its decorators, or a run of
other statements between them. ``ast`` finds the units, being an order of magnitude faster than LibCST; where ``ast``
refuses a text that LibCST reads (newer grammar), the whole module is one unit.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from logitlint.guard import too_deep
from logitlint.source import Problem, SourceFile

_WORD = re.compile(r"[^\W\d]\w*")
#: Comments and triple-quoted strings say nothing about what code does; other strings may name a loss.
_PROSE = re.compile(r'''"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|#[^\n]*|("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')''')


#: The parts of a statement that hold statements, in the order of the syntax tree.
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")

#: A module-level name and the words of the statement that gives it a value.
_Bound: TypeAlias = tuple[str, frozenset[str]]


def words(text: str) -> frozenset[str]:
    """Identifiers, attribute names and words of short strings."""
    return frozenset(_WORD.findall(_PROSE.sub(lambda match: match[1] or " ", text)))


class Unit(NamedTuple):
    """Lines ``first`` to ``last`` (from 1, inclusive) of a module's text. ``kind``: function, class or run."""

    number: int  #: position among the module's units, from 0
    kind: str
    name: str | None
    first: int
    last: int
    names: frozenset[str]  #: identifiers, attribute names and words of strings in the unit's text
    binds: tuple[_Bound, ...]
    decorators: tuple[str, ...] = ()  #: last names of the decorators, "" for anything but a name


class ImportLine(NamedTuple):
    module: str  #: "" for ``from . import x``
    level: int
    names: tuple[str, ...]  #: empty for a plain ``import``; ``*`` for a star import


class Outline(NamedTuple):
    units: tuple[Unit, ...]
    imports: tuple[ImportLine, ...]
    problem: Problem | None
    defined: frozenset[str]  #: names of the top-level functions and classes


EMPTY = Outline((), (), None, frozenset())


def outline(source: SourceFile) -> Outline:
    """Never raises: a text that no parser reads gives an outline without units and a problem."""
    text = source.text
    if not text.strip():
        return EMPTY
    reason = too_deep(text)
    if reason is not None:
        return Outline((), (), Problem(1, 1, reason, 1 if source.is_notebook else None), frozenset())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except SyntaxError as error:
        return _whole(source, error)
    except (ValueError, RecursionError, MemoryError) as error:
        return Outline((), (), Problem(1, 1, str(error), None), frozenset())
    return Outline(_units(tree, source), _imports(tree), None, _defined(tree))


def _whole(source: SourceFile, error: SyntaxError) -> Outline:
    import libcst

    try:
        libcst.parse_module(source.text)
    except Exception:
        return Outline((), (), _problem(source, error), frozenset())
    return Outline((Unit(0, "run", None, 1, len(source.lines), words(source.text), ()),), (), None, frozenset())


def _problem(source: SourceFile, error: SyntaxError) -> Problem:
    line = min(max(error.lineno or 1, 1), max(len(source.lines), 1))
    span = source.span(line, max(error.offset or 1, 1), line, max(error.offset or 1, 1))
    return Problem(span.line, span.column, error.msg or "invalid syntax", span.cell)


def _units(tree: ast.Module, source: SourceFile) -> tuple[Unit, ...]:
    lines = source.lines
    units: list[Unit] = []

    def spoken(first: int, last: int) -> frozenset[str]:
        return words("".join(lines[first - 1 : last]))

    def add(kind: str, name: str | None, lines: tuple[int, int], binds: list[_Bound], decorators: tuple[str, ...] = ()) -> None:
        units.append(Unit(len(units), kind, name, *lines, spoken(*lines), tuple(binds), decorators))

    run: tuple[int, int] | None = None
    bound: list[_Bound] = []
    for node in tree.body:
        last = node.end_lineno or node.lineno
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if run:
                add("run", None, run, bound)
                run, bound = None, []
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            add(kind, node.name, (first, last), [], tuple(map(_last_name, node.decorator_list)))
        else:
            run = (run[0] if run else node.lineno, last)
            bound += _bound(node, spoken)
    if run:
        add("run", None, run, bound)
    return tuple(units)


def _bound(node: ast.stmt, spoken: Callable[[int, int], frozenset[str]]) -> Iterator[_Bound]:
    """The names that a statement (or, for a compound one, each statement inside) gives a value to, with its words."""
    for inner in ast.walk(node):
        if isinstance(inner, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.With, ast.Import, ast.ImportFrom)):
            said = spoken(inner.lineno, inner.lineno if isinstance(inner, (ast.For, ast.With)) else inner.end_lineno or inner.lineno)
            targets = inner.names if isinstance(inner, (ast.Import, ast.ImportFrom)) else _targets(inner)
            for target in targets:
                if isinstance(target, ast.alias):
                    yield target.asname or target.name, said
                else:
                    yield from ((n.id, said) for n in ast.walk(target) if isinstance(n, ast.Name))


def _targets(node: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For | ast.With) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.With):
        return [item.optional_vars for item in node.items if item.optional_vars is not None]
    return [node.target]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _imports(tree: ast.Module) -> tuple[ImportLine, ...]:
    found: list[ImportLine] = []
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            found.extend(ImportLine(alias.name, 0, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.append(ImportLine(node.module or "", node.level, tuple(alias.name for alias in node.names)))
    return tuple(found)


def _statements(tree: ast.AST) -> list[ast.AST]:
    """Every statement under a node, level by level as ``ast.walk`` gives them: expressions, nine tenths of a tree, are not met."""
    level: list[ast.AST] = [tree]
    found: list[ast.AST] = []
    while level:
        found += level
        level = [child for node in level for part in _BLOCKS for child in getattr(node, part, ())]
    return found


def _defined(tree: ast.Module) -> frozenset[str]:
    return frozenset(node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)))


def simple_statements(text: str) -> list[tuple[int, int]]:
    """First and last line of every statement that holds no other; empty where the text does not parse."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [(n.lineno, n.end_lineno or n.lineno) for n in ast.walk(tree) if isinstance(n, ast.stmt) and not hasattr(n, "body")]
