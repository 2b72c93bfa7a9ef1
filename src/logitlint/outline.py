"""A first look at a module, before LibCST: its top-level units, the names that each mentions, its imports.

A *unit* is what is read, lowered and evaluated as one: a top-level function or class with its decorators, or a run of
other statements between them. ``ast`` finds the units, being an order of magnitude faster than LibCST; where ``ast``
refuses a text that LibCST reads (newer grammar), the whole module is one unit.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from logitlint import formatted
from logitlint.guard import is_shallow, too_deep
from logitlint.lines import split_lines
from logitlint.skeleton import ImportLine, skeleton, without_mere_mentions, without_prose, without_strings
from logitlint.source import Problem, SourceFile

_WORD = re.compile(r"[^\W\d]\w*")
#: What is no part of a word becomes white space: several times faster than a regular expression that finds the words.
_SPACED = bytes(each if chr(each).isalnum() or each == ord("_") else ord(" ") for each in range(128)) + b" " * 128
_DIGITS_FIRST = re.compile(rb"\b\d+")

#: The parts of a statement that hold statements, in the order of the syntax tree.
_BLOCKS = ("body", "handlers", "orelse", "finalbody", "cases")

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SHORTEST_BODY = 2  #: lines beyond the first


class Binding(NamedTuple):
    """A top-level name that a statement gives a value to."""

    name: str
    said: str  #: the words of the statement, as :func:`spoken` gives them
    imported: bool = False


def words(text: str) -> frozenset[str]:
    """Identifiers, attribute names and strings of one word in what a text uses."""
    return frozenset(spoken(without_mere_mentions(without_prose(text))).split())


def spoken(code: str) -> str:
    """The words of a text without prose, each once, between spaces: a tenth of the memory of a set, and one string to hand on."""
    if code.isascii():
        found = _DIGITS_FIRST.sub(b"", code.encode().translate(_SPACED)).split()
        return b" ".join(set(found)).decode("ascii")
    return " ".join(set(_WORD.findall(code)))


class Body(NamedTuple):
    """Lines ``first`` to ``last`` (from 1, inclusive) of the body of a function: of the unit itself, which has number 0, or of a
    method, the ``number``-th function directly in the class."""

    number: int
    first: int
    last: int
    column: int  #: where its last statement ends, from 1, in code points, exclusive


class Unit(NamedTuple):
    """Lines ``first`` to ``last`` (from 1, inclusive) of a module's text. ``kind``: function, class or run."""

    number: int  #: position among the module's units, from 0
    kind: str
    name: str | None
    first: int
    last: int
    said: str  #: identifiers, attribute names and strings of one word in what the unit uses, as :func:`spoken` gives them
    binds: tuple[Binding, ...]
    decorators: tuple[str, ...] = ()  #: dotted names of the decorators, without their arguments; "" for anything but a name
    unused: str = ""  #: words that stand nowhere but in types, questions for a class and imports: nothing there is called

    @property
    def names(self) -> frozenset[str]:
        """Every word of the unit, be it in a type."""
        return frozenset(f"{self.said} {self.unused}".split())

    def mentions(self, name: str) -> bool:
        """Whether the unit's text names it, be it in a type."""
        return (name in self.said or name in self.unused) and name in self.names


class Outline(NamedTuple):
    units: tuple[Unit, ...]
    imports: tuple[ImportLine, ...]
    problem: Problem | None
    names: tuple[str, ...] = ()  #: what the module's own statements bind, as often as they do; not what a star import brings
    touched: tuple[str, ...] = ()  #: dotted names that its own statements call, decorate with or change the content of


EMPTY = Outline((), (), None)


def outline(source: SourceFile) -> Outline:
    """Never raises: a text that no parser reads gives an outline without units and a problem."""
    text = source.text
    if not text.strip():
        return EMPTY
    plain = formatted.older(text)
    code = without_prose(plain)
    lines, bare = split_lines(code), without_strings(code)
    reason = None if is_shallow(code, lines, bare) else too_deep(plain)
    if plain is not text:
        lines = _with_formatted(lines, text, plain)
    if reason is not None:
        return Outline((), (), Problem(1, 1, reason, 1 if source.is_notebook else None))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = skeleton(split_lines(plain), bare) if _parses(plain) else None
        try:
            if known is not None:
                tree = ast.parse(known.text)
                return _outline(tree, lines, known.imports, known.ends)
        except SyntaxError:
            pass
        try:
            tree = ast.parse(plain)
        except SyntaxError as error:
            return _whole(source, error)
        except (ValueError, RecursionError, MemoryError) as error:
            return Outline((), (), Problem(1, 1, str(error), None))
    return _outline(tree, lines, _imports(tree))


def _outline(tree: ast.Module, lines: Sequence[str], imports: tuple[ImportLine, ...], ends: Mapping[int, int] | None = None) -> Outline:
    return Outline(_units(tree, lines, ends), imports, None, tuple(_named(tree.body)), tuple(dict.fromkeys(_touched(tree.body))))


def _with_formatted(code: Sequence[str], text: str, plain: str) -> list[str]:
    """The lines of a module without prose, those with what `formatted.older` leaves blank as they are: what is formatted is used."""
    pairs = zip(code, split_lines(text), split_lines(plain), strict=True)
    return [line if old == new else old for line, old, new in pairs]


#: Python's compiler refuses it, and looks for it after it has parsed the text and before it does anything else with it.
_REFUSED, _REFUSAL = "from __future__ import braces\n", "not a chance"


def _parses(text: str) -> bool:
    """Whether a text is Python: half the time of a syntax tree. Where it says no, ``ast.parse`` says why, or that it is after all."""
    try:
        compile(_REFUSED + text, "", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error.msg == _REFUSAL
    except (ValueError, RecursionError, MemoryError):
        return False
    return True


def _whole(source: SourceFile, error: SyntaxError) -> Outline:
    import libcst

    try:
        libcst.parse_module(formatted.for_libcst(source.text))
    except Exception:
        return Outline((), (), _problem(source, error))
    return Outline((Unit(0, "run", None, 1, len(source.lines), spoken(without_prose(source.text)), ()),), (), None)


def _problem(source: SourceFile, error: SyntaxError) -> Problem:
    line = min(max(error.lineno or 1, 1), max(len(source.lines), 1))
    span = source.span(line, max(error.offset or 1, 1), line, max(error.offset or 1, 1))
    return Problem(span.line, span.column, error.msg or "invalid syntax", span.cell)


def _units(tree: ast.Module, code: Sequence[str], ends: Mapping[int, int] | None = None) -> tuple[Unit, ...]:
    """``code``: the lines of the module without prose. ``ends``: where its definitions end, if the tree does not say it."""
    units: list[Unit] = []

    def said(first: int, last: int) -> str:
        return spoken("".join(code[first - 1 : last]))

    def add(kind: str, name: str | None, lines: tuple[int, int], binds: list[Binding], decorators: tuple[str, ...] = ()) -> None:
        text = "".join(code[lines[0] - 1 : lines[1]])
        code_used = without_mere_mentions(text)
        used = spoken(code_used)
        unused = "" if code_used == text else " ".join(set(spoken(text).split()).difference(used.split()))
        units.append(Unit(len(units), kind, name, *lines, used, tuple(binds), decorators, unused))

    run: tuple[int, int] | None = None
    bound: list[Binding] = []
    for node in tree.body:
        last = node.end_lineno or node.lineno
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if run:
                add("run", None, run, bound)
                run, bound = None, []
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            span = first, ends[node.lineno] if ends is not None else last
            add(kind, node.name, span, [], tuple(map(dotted, node.decorator_list)))
        else:
            run = (run[0] if run else node.lineno, last)
            bound += _bound(node, said)
    if run:
        add("run", None, run, bound)
    return tuple(units)


def bodies(lines: Sequence[str], unit: Unit) -> tuple[Body, ...]:
    """What of a unit is read only when it is entered; ``lines`` are those of the module."""
    if unit.name is None:
        return ()
    above = unit.first - 1
    node = formatted.tree("".join(lines[above : unit.last])).body[0]
    functions = [each for each in (node.body if isinstance(node, ast.ClassDef) else [node]) if isinstance(each, _FUNCTIONS)]
    found = _bodies(functions, lines[above : unit.last])
    return tuple(each._replace(first=each.first + above, last=each.last + above) for each in found)


def _bodies(functions: Sequence[ast.FunctionDef | ast.AsyncFunctionDef], lines: Sequence[str]) -> Iterator[Body]:
    """The bodies that stand on lines of their own and are long enough to be worth leaving out."""
    for number, function in enumerate(functions):
        start = function.body[0]
        decorators = start.decorator_list if isinstance(start, (*_FUNCTIONS, ast.ClassDef)) else []
        first, last = min([start.lineno, *(each.lineno for each in decorators)]), function.end_lineno or function.lineno
        alone = not lines[first - 1][: start.col_offset].strip() and not lines[first - 2].endswith(("\\\n", "\\\r\n", "\\\r"))
        if alone and last - first >= _SHORTEST_BODY:
            before = lines[last - 1].encode("utf-8", "replace")[: function.end_col_offset or 0]
            yield Body(number, first, last, len(before.decode("utf-8", "replace")) + 1)


def _bound(node: ast.stmt, said: Callable[[int, int], str]) -> Iterator[Binding]:
    """The names that a statement (or, for a compound one, each statement inside) gives a value to, with its words."""
    for inner in statements(node):
        if isinstance(inner, (ast.Import, ast.ImportFrom)):
            # what else the statement imports says nothing of a name
            for each in inner.names:
                yield Binding(each.asname or each.name, spoken(f"{each.name} {each.asname or ''}"), True)
        elif isinstance(inner, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.With)):
            text = said(inner.lineno, inner.lineno if isinstance(inner, (ast.For, ast.With)) else inner.end_lineno or inner.lineno)
            yield from (Binding(name, text) for target in targets(inner) for name in _given(target))


def _given(target: ast.expr) -> Iterator[str]:
    """The names that an assignment to a target gives a value to, or changes the value of."""
    if isinstance(target, (ast.Tuple, ast.List)):
        for each in target.elts:
            yield from _given(each)
    elif isinstance(target, (ast.Attribute, ast.Subscript, ast.Starred)):
        yield from _given(target.value)
    elif isinstance(target, ast.Name) and target.id != "sys":  # of which only `sys.modules` is ever filled
        yield target.id


def _named(body: Sequence[ast.AST]) -> Iterator[str]:
    """The names that statements bind in their own namespace, those of compound statements included."""
    for node in body:
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            yield node.name
            continue
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (each.asname or each.name.partition(".")[0] for each in node.names if each.name != "*")
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.With)):
            yield from (each.id for target in targets(node) for each in ast.walk(target) if isinstance(each, ast.Name))
        elif isinstance(node, ast.ExceptHandler) and node.name is not None:
            yield node.name
        for part in _BLOCKS:
            yield from _named(getattr(node, part, ()))


def _touched(body: Sequence[ast.AST]) -> Iterator[str]:
    """What the statements of an import call, decorate with or change the content of: it may be another module's."""
    for node in body:
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            yield from map(dotted, node.decorator_list)
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield dotted(node.value)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.With)):
            yield from (changed(each) for each in targets(node) if isinstance(node, ast.AugAssign) or not isinstance(each, ast.Name))
        if not (isinstance(node, ast.If) and _asks_for_main(node.test)):
            for part in _BLOCKS:
                yield from _touched(getattr(node, part, ()))


def changed(target: ast.expr) -> str:
    """The dotted name of what an assignment to a part of it changes."""
    if isinstance(target, ast.Attribute):
        target = target.value
    while isinstance(target, ast.Subscript):
        target = target.value
    return dotted(target)


def _asks_for_main(test: ast.expr) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "__name__" for each in ast.walk(test))


def targets(node: ast.Assign | ast.AnnAssign | ast.AugAssign | ast.For | ast.With) -> list[ast.expr]:
    """What a statement gives a value to."""
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.With):
        return [item.optional_vars for item in node.items if item.optional_vars is not None]
    return [node.target]


def dotted(node: ast.expr) -> str:
    """The dotted name of what is called or read; its first names are missing where it begins with anything but a name."""
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _imports(tree: ast.Module) -> tuple[ImportLine, ...]:
    found: list[ImportLine] = []
    for node in statements(tree):
        if isinstance(node, ast.Import):
            found.extend(ImportLine(alias.name, 0, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.append(ImportLine(node.module or "", node.level, tuple(alias.name for alias in node.names)))
    return tuple(found)


def statements(tree: ast.AST) -> list[ast.AST]:
    """Every statement under a node, level by level as ``ast.walk`` gives them: expressions, nine tenths of a tree, are not met."""
    level: list[ast.AST] = [tree]
    found: list[ast.AST] = []
    while level:
        found += level
        level = [child for node in level for part in _BLOCKS for child in getattr(node, part, ())]
    return found


def simple_statements(text: str) -> list[tuple[int, int]]:
    """First and last line of every statement that holds no other; empty where the text does not parse."""
    try:
        tree = formatted.tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [(n.lineno, n.end_lineno or n.lineno) for n in ast.walk(tree) if isinstance(n, ast.stmt) and not hasattr(n, "body")]
