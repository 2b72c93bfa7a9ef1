"""The syntax of the units that a fix changes: nodes, what stands around them, and where they stand in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, takewhile
from typing import NamedTuple, ParamSpec, TypeAlias, TypeVar, cast

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider

from logitlint import units
from logitlint.formatted import for_libcst
from logitlint.interp.values import Loc
from logitlint.outline import words
from logitlint.project import Project

#: What binds as tightly as a name, so that it needs no parentheses wherever it is put.
_ATOMS = (
    cst.Name,
    cst.Attribute,
    cst.Call,
    cst.Subscript,
    cst.Integer,
    cst.Float,
    cst.SimpleString,
    cst.FormattedString,
    cst.List,
    cst.Dict,
)
Function: TypeAlias = "cst.FunctionDef | cst.Lambda"


class Withheld(Exception):
    """There is no fix; the message says why."""


class Change(NamedTuple):
    """``content`` comes in place of a range of a module's text: offsets in code points, the end exclusive."""

    path: str
    start: int
    end: int
    content: str


class Spot(NamedTuple):
    """A node of a unit."""

    unit: Unit
    node: cst.CSTNode

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def text(self) -> str:
        return self.unit.text(self.node)

    def at(self, node: cst.CSTNode) -> Spot:
        return Spot(self.unit, node)

    @property
    def parent(self) -> Spot | None:
        above = self.unit.parent(self.node)
        return Spot(self.unit, above) if above is not None else None

    def replace(self, content: str) -> Change:
        """Only the node itself, its parentheses stay."""
        return Change(self.path, *self.unit.range(self.node), content)


class Unit:
    """One unit, read once more. Offsets count in the whole module's text."""

    def __init__(self, project: Project, path: str, number: int) -> None:
        source = project.source(path)
        assert source is not None
        self.path = path
        self.number = number
        self.whole = source.text
        self._lines = list(accumulate(map(len, source.lines), initial=0))
        self._source = source
        self._first = project.outline(path).units[number].first
        self.names = project.outline(path).units[number].names
        try:
            self.module, self.ordinals = units.nodes(project.text(path, number))
        except (units.UnreadableUnit, RecursionError):
            raise Withheld("the syntax cannot be read") from None
        self._wrapper = MetadataWrapper(self.module, unsafe_skip_copy=True)
        self._parents: dict[int, cst.CSTNode] = {}
        pending: list[cst.CSTNode] = [self.module]
        while pending:
            node = pending.pop()
            for child in children(node):
                self._parents[id(child)] = node
                pending.append(child)

    @cached_property
    def _positions(self) -> Mapping[cst.CSTNode, CodeRange]:
        return self._wrapper.resolve(PositionProvider)

    @cached_property
    def _full(self) -> Mapping[cst.CSTNode, CodeRange]:
        return self._wrapper.resolve(WhitespaceInclusivePositionProvider)

    def hides(self, name: str) -> bool:
        """Whether a name stands where the module's text is not read as Python: in a cell that cannot be parsed, in a magic."""
        return name in words(self._source.hidden())

    def hides_call(self, name: str) -> bool:
        return self.hides(name) and re.search(rf"\b{re.escape(name)}\s*\(", self._source.hidden()) is not None

    def spot(self, at: int) -> Spot:
        node = self.ordinals.get(at)
        if node is None:
            raise Withheld("the place is not in the text")
        return Spot(self, node)

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        return self._parents.get(id(node))

    def above(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """The nodes around a node, from the nearest outward."""
        found = self.parent(node)
        while found is not None:
            yield found
            found = self.parent(found)

    def range(self, node: cst.CSTNode) -> tuple[int, int]:
        """Offsets of a node without its own parentheses."""
        where = self._positions[node]
        return self._offset(where.start.line, where.start.column), self._offset(where.end.line, where.end.column)

    def outer(self, node: cst.CSTNode) -> tuple[int, int]:
        """Offsets of an expression with its own parentheses."""
        start, end = self.range(node)
        left, right = getattr(node, "lpar", ()), getattr(node, "rpar", ())
        if left:
            start = self.range(left[0])[0]
        if right:
            end = self.range(right[-1])[1]
        return start, end

    def full(self, node: cst.CSTNode) -> tuple[int, int]:
        """Offsets of a node with the white space, comments and comma that belong to it."""
        where = self._full[node]
        return self._offset(where.start.line, where.start.column), self._offset(where.end.line, where.end.column)

    def _offset(self, line: int, column: int) -> int:
        return self._lines[self._first + line - 2] + column

    def cell(self, offset: int) -> tuple[int, int]:
        """Offsets of the notebook's cell around an offset; in a module, of the whole text."""
        cell = self._source.cell_at(bisect_right(self._lines, offset))
        if cell is None:
            return 0, len(self.whole)
        return self._lines[cell.first_line - 1], self._lines[cell.first_line - 1 + cell.line_count]

    def text(self, node: cst.CSTNode) -> str:
        start, end = self.range(node)
        return self.whole[start:end]

    def outer_text(self, node: cst.CSTNode) -> str:
        start, end = self.outer(node)
        return self.whole[start:end]

    def statement(self, node: cst.CSTNode) -> cst.BaseSmallStatement | None:
        """The simple statement that a node belongs to."""
        return next((each for each in (node, *self.above(node)) if isinstance(each, cst.BaseSmallStatement)), None)

    def function(self, node: cst.CSTNode) -> Function | None:
        return next((each for each in self.above(node) if isinstance(each, (cst.FunctionDef, cst.Lambda))), None)

    def scope(self, node: cst.CSTNode) -> cst.CSTNode:
        """The function around a node, else the unit."""
        return self.function(node) or self.module

    def owner(self, node: cst.CSTNode) -> cst.ClassDef | None:
        return next((each for each in self.above(node) if isinstance(each, cst.ClassDef)), None)


_FORGET: list[Callable[[], None]] = []
_P = ParamSpec("_P")
_T = TypeVar("_T")


def kept(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function of nodes that is asked again and again: what it gives is kept until the next :class:`Syntax` is made."""
    cached = cache(function)
    _FORGET.append(cached.cache_clear)
    return cast("Callable[_P, _T]", cached)


class Syntax:
    """The units of a project, read when a fix asks for them."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._units: dict[tuple[str, int], Unit] = {}
        self._spoken: dict[tuple[str, str], list[tuple[Unit, cst.Name]]] = {}
        for forget in _FORGET:  # what was read before
            forget()

    def unit(self, path: str, number: int) -> Unit:
        key = path, number
        if key not in self._units:
            self._units[key] = Unit(self.project, path, number)
        return self._units[key]

    def spot(self, loc: Loc) -> Spot:
        return self.unit(loc.path, loc.unit).spot(loc.at)

    def spoken(self, path: str, name: str) -> list[tuple[Unit, cst.Name]]:
        """Every node of a module that is a name. Units whose text does not say it are not read for that."""
        key = path, name
        if key not in self._spoken:
            speaking = [self.unit(path, each.number) for each in self.project.outline(path).units if each.mentions(name)]
            self._spoken[key] = [(unit, node) for unit in speaking for node in names_in(unit.module).get(name, ())]
        return self._spoken[key]

    def place(self, spot: Spot) -> str:
        source = self.project.source(spot.path)
        assert source is not None
        start = spot.unit.range(spot.node)[0]
        line = spot.unit.whole.count("\n", 0, start) + 1
        span = source.span(line, 1, line, 1)
        return f"{span.path}:cell {span.cell}:{span.line}" if span.cell is not None else f"{span.path}:{span.line}"

    def newline(self, path: str) -> str:
        """How the file ends its first line."""
        source = self.project.source(path)
        first = source.lines[0] if source is not None and source.lines else "\n"
        return first[len(first.rstrip("\r\n")) :] or "\n"


# ---------------------------------------------------------------------- what stands where


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and everything in it, in the order of the text."""
    pending = [node]
    while pending:
        each = pending.pop()
        yield each
        pending.extend(reversed(children(each)))


@kept
def names_in(whole: cst.CSTNode) -> Mapping[str, Sequence[cst.Name]]:
    """Every node in another that is a name, by what it says, in the order of the text."""
    found: dict[str, list[cst.Name]] = {}
    for node in walk(whole):
        if isinstance(node, cst.Name):
            found.setdefault(node.value, []).append(node)
    return found


@kept
def definitions(module: cst.Module) -> Sequence[cst.FunctionDef | cst.ClassDef]:
    """Every function and class of a unit, those inside of others too."""
    return tuple(each for each in walk(module) if isinstance(each, (cst.FunctionDef, cst.ClassDef)))


@kept
def children(node: cst.CSTNode) -> Sequence[cst.CSTNode]:
    """What a node consists of, blanks left out; kept, for LibCST finds it by building the node anew."""
    return tuple(each for each in node.children if not isinstance(each, cst.SimpleWhitespace))


def removed(unit: Unit, start: int, end: int, content: str = "") -> Change:
    """Take a piece of text away. Raises Withheld when a comment stands in it."""
    if "#" in unit.whole[start:end]:
        raise Withheld("a comment stands where the code would change")
    return Change(unit.path, start, end, content)


def unwrapped(outside: Spot, inside: cst.CSTNode) -> list[Change]:
    """``inside`` in place of the expression ``outside`` around it; a comment between the two keeps its place inside parentheses."""
    unit = outside.unit
    start, end = unit.range(outside.node)
    first, last = unit.outer(inside)
    whole = unit.whole
    tight = isinstance(inside, _ATOMS) or bool(getattr(inside, "lpar", ())) or _loose(outside)
    broken = _parses(whole[first:last]) is False
    before, after = whole[start:first], whole[last:end]
    if "#" in before or "#" in after:
        opening = before.find("(")
        kept = before[opening:] if opening >= 0 else ""
        if opening < 0 or "#" in before[:opening] or "=" in kept.split("#")[0] or "," in after.split("#")[0]:
            raise Withheld("a comment stands where the code would change")
        return [Change(unit.path, start, start + opening, "")]
    left, right = ("", "") if tight and not broken else ("(", ")")
    return [Change(unit.path, start, first, left), Change(unit.path, last, end, right)]


def _loose(spot: Spot) -> bool:
    """Whether anything that is one expression may stand there without parentheses."""
    if getattr(spot.node, "lpar", ()):
        return True
    above = spot.unit.parent(spot.node)
    return isinstance(above, (cst.Arg, cst.Assign, cst.AnnAssign, cst.Return, cst.Element, cst.Index, cst.DictElement, cst.Expr))


def _parses(text: str) -> bool:
    if "\n" not in text and "\r" not in text:
        return True
    try:
        cst.parse_expression(for_libcst(text))
    except Exception:  # the native parser's own error
        return False
    return True


def expression(spot: Spot) -> str:
    """The text of an expression as it can stand as one argument or on the right of ``=``."""
    text = spot.unit.outer_text(spot.node)
    return text if _parses(text) else f"({text})"


def tight(spot: Spot) -> str:
    """The text of an expression as it can be the operand of anything."""
    text = spot.unit.outer_text(spot.node)
    atom = isinstance(spot.node, _ATOMS) or bool(getattr(spot.node, "lpar", ()))
    return text if atom and _parses(text) else f"({text})"


def argument(call: cst.Call, position: int, *names: str) -> cst.Arg | None:
    """An argument by keyword, or by position; None when it is not given or a star hides it."""
    for each in call.args:
        if each.keyword is not None and each.keyword.value in names:
            return each
    plain = [each for each in call.args if each.keyword is None]
    if any(each.star for each in call.args[: position + 1]):
        return None
    return plain[position] if 0 <= position < len(plain) else None


def parameter(function: cst.CSTNode, call: cst.Call, arg: cst.Arg) -> cst.Param | None:
    """The parameter of a function that an argument of a call is bound to."""
    if not isinstance(function, cst.FunctionDef):
        return None
    params = function.params
    names = [*params.posonly_params, *params.params]
    if arg.keyword is not None:
        return next((each for each in (*names, *params.kwonly_params) if each.name.value == arg.keyword.value), None)
    if names and names[0].name.value in ("self", "cls"):
        names = names[1:]
    position = next(i for i, each in enumerate(call.args) if each is arg)
    if arg.star or any(each.star for each in call.args[:position]):
        return None
    return names[position] if position < len(names) else None


def without_argument(unit: Unit, call: cst.Call, arg: cst.Arg) -> Change:
    """Take one argument and its comma away."""
    index = next(i for i, each in enumerate(call.args) if each is arg)
    return without_element(unit, [unit.range(each) for each in call.args], index, unit.range(call)[1] - 1)


def without_element(unit: Unit, ranges: list[tuple[int, int]], index: int, closing: int) -> Change:
    """Take one of the elements between brackets away, with the comma that parts it from its neighbour."""
    start, end = ranges[index]
    if index + 1 < len(ranges):
        return removed(unit, start, ranges[index + 1][0])
    if index:
        before = ranges[index - 1][1]
        trailing = unit.whole[end:closing]
        if trailing.strip().startswith(","):  # keep the trailing comma of the one before
            comma = unit.whole.index(",", before)
            stop = end + trailing.index(",") + 1
            return removed(unit, comma + 1, stop)
        return removed(unit, before, end)
    trailing = unit.whole[end:closing]
    stop = end + trailing.index(",") + 1 if trailing.strip().startswith(",") else end
    return removed(unit, start, stop)


def added_argument(unit: Unit, call: cst.Call, text: str) -> Change:
    """One more argument at the end of a call."""
    if not call.args:
        inner = unit.range(call)[1] - 1
        return Change(unit.path, inner, inner, text)
    end = unit.range(call.args[-1])[1]
    return Change(unit.path, end, end, f", {text}")


def whole_statement(unit: Unit, statement: cst.BaseSmallStatement) -> Change:
    """Take the only statement of a line away, with the line. Raises Withheld where something else would go with it."""
    line = unit.parent(statement)
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        raise Withheld("a statement shares its line")
    return _lines_of(unit, line, *unit.range(statement))


def without_statement(unit: Unit, statement: cst.BaseSmallStatement) -> Change:
    """Take a statement away; with the condition that held nothing else, where testing it does nothing. ``pass`` where neither can go."""
    line = unit.parent(statement)
    block = unit.parent(line) if line is not None else None
    condition = unit.parent(block) if block is not None else None
    try:
        if isinstance(condition, cst.If) and len(getattr(block, "body", ())) == 1 and _can_go(unit, condition):
            return _lines_of(unit, condition, unit.range(condition)[0], unit.range(statement)[1])
        return whole_statement(unit, statement)
    except Withheld:
        return _before_comment(unit, statement) or removed(unit, *unit.range(statement), "pass")


def _before_comment(unit: Unit, statement: cst.BaseSmallStatement) -> Change | None:
    """The statement taken from before a comment, which gets the line to itself."""
    line = unit.parent(statement)
    block = unit.parent(line) if line is not None else None
    start, end = unit.range(statement)
    comment = end + len(unit.whole[end:]) - len(unit.whole[end:].lstrip(" \t"))
    alone = isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1 and len(getattr(block, "body", ())) > 1
    return removed(unit, start, comment) if alone and unit.whole[comment : comment + 1] == "#" else None


def _can_go(unit: Unit, condition: cst.If) -> bool:
    """Whether an ``if`` stands alone, without ``elif`` and ``else``, and its test only looks at values."""
    if condition.orelse is not None or isinstance(unit.parent(condition), cst.If) or "#" in unit.text(condition):
        return False
    return not any(isinstance(each, (cst.Call, cst.Subscript, cst.NamedExpr, cst.Await)) for each in walk(condition.test))


def _lines_of(unit: Unit, node: cst.CSTNode, start: int, end: int) -> Change:
    """Take a statement away with the lines that it stands on, and with the blank lines that would then follow blank lines."""
    block = unit.parent(node)
    if block is None or (len(getattr(block, "body", ())) < 2 and not isinstance(block, cst.Module)):
        raise Withheld("a statement is all that its block holds")
    whole = unit.whole
    first = max(whole.rfind("\n", 0, start), whole.rfind("\r", 0, start)) + 1
    stop = end + len(whole[end:]) - len(whole[end:].lstrip(" \t"))
    if whole[first:start].strip() or whole[stop : stop + 1] not in ("\r", "\n", ""):
        raise Withheld("a comment stands where the code would change")
    stop += 2 if whole[stop : stop + 2] == "\r\n" else 1 if whole[stop : stop + 1] else 0
    top, bottom = unit.cell(start)
    before = whole[top:first].splitlines(keepends=True)
    after = whole[stop:bottom].splitlines(keepends=True)
    above, below = (list(takewhile(lambda each: not each.strip(), lines)) for lines in (reversed(before), after))
    heads = isinstance(block, cst.IndentedBlock) and node is block.body[0] and not above and not before[-1].lstrip().startswith("#")
    opens = heads or len(above) == len(before)
    spare = below if opens else below[: len(above)]
    return Change(unit.path, first, stop + (sum(map(len, spare)) if len(below) < len(after) else 0), "")
