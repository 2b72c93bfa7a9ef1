"""The small language that the interpreter runs: Python without its spelling.

``at`` is the ordinal of the syntax node in its unit, counted in the order in which lowering meets the nodes; the body of a unit's
function or method counts from a number of its own (``body_start``), so that it can be read by itself, or not at all. Positions
are found again only for what ends up in a finding, by lowering the unit once more and noting the nodes.
Every node is a plain tuple underneath: cheap to make, to pickle and to compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

_BODY_BITS = 20  #: more nodes than the longest file has


def body_start(number: int) -> int:
    """The first ordinal in the body of a function, by the number that it has in its unit."""
    return (number + 1) << _BODY_BITS


def body_number(at: int) -> int | None:
    """The function in whose body an ordinal lies; None outside of all."""
    return (at >> _BODY_BITS) - 1 if at >> _BODY_BITS > 0 else None


class Const(NamedTuple):
    at: int
    value: object  #: str, bytes, int, float, complex, bool, None or Ellipsis


class Name(NamedTuple):
    at: int
    id: str


class Attr(NamedTuple):
    at: int
    obj: Expr
    name: str


class Item(NamedTuple):
    at: int
    obj: Expr
    key: Expr


class Arg(NamedTuple):
    """An argument of a call or an element of a display. ``form``: ``""``, ``*`` or ``**``."""

    name: str | None
    form: str
    value: Expr


class Pack(NamedTuple):
    """A display. ``form``: tuple, list, set, dict (arguments alternate key, value), slice, fstring."""

    at: int
    form: str
    items: tuple[Arg, ...]


class Op(NamedTuple):
    """An operator: ``+ - * / // % ** @ & | ^ << >>``, ``neg pos inv not``, ``== != < <= > >= is isnot in notin``."""

    at: int
    name: str
    args: tuple[Expr, ...]


class Logic(NamedTuple):
    """``and`` / ``or``: evaluated from the left, stops early."""

    at: int
    name: str
    left: Expr
    right: Expr


class Choose(NamedTuple):
    at: int
    test: Expr
    then: Expr
    other: Expr


class Call(NamedTuple):
    at: int
    fn: Expr
    args: tuple[Arg, ...]


class Bind(NamedTuple):
    """``name := value``."""

    at: int
    target: Expr
    value: Expr


class Comp(NamedTuple):
    """A comprehension or generator; ``form`` as in :class:`Pack`; ``key`` only for dictionaries."""

    at: int
    form: str
    key: Expr | None
    element: Expr
    loops: tuple[tuple[Expr, Expr, tuple[Expr, ...]], ...]  #: target, source, conditions
    locals: frozenset[str]


class Param(NamedTuple):
    name: str
    form: str  #: "", "*", "**", "/" (positional only) or "k" (keyword only)
    default: Expr | None


class Func(NamedTuple):
    """A function or lambda. ``locals`` are the names it binds; ``outer`` those it declares global or nonlocal.

    ``left_out``: its number in the unit (:class:`logitlint.outline.Body`) while its body has not been read; ``body``, ``locals``,
    ``outer`` and ``yields`` then say nothing of it.
    """

    at: int
    name: str
    params: tuple[Param, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]
    locals: frozenset[str]
    outer: frozenset[str]
    yields: bool
    is_async: bool
    left_out: int | None = None


class Class(NamedTuple):
    at: int
    name: str
    bases: tuple[Arg, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]
    locals: frozenset[str]


class Do(NamedTuple):
    """An expression as a statement: its value is thrown away."""

    at: int
    value: Expr


class Store(NamedTuple):
    """``target = value``; ``target`` is Name, Attr, Item or Pack (with ``*`` items)."""

    at: int
    target: Expr
    value: Expr
    annotation: Expr | None = None


class Update(NamedTuple):
    """``target op= value``."""

    at: int
    target: Expr
    name: str
    value: Expr


class Drop(NamedTuple):
    at: int
    target: Expr


class If(NamedTuple):
    at: int
    test: Expr
    then: tuple[Stmt, ...]
    other: tuple[Stmt, ...]


class Match(NamedTuple):
    """``match``: each case is a test made of the subject (already an expression), bindings included, and a body."""

    at: int
    subject: Expr
    cases: tuple[tuple[Expr | None, tuple[Stmt, ...]], ...]


class Loop(NamedTuple):
    """``for`` (``source`` given) or ``while`` (``target`` and ``source`` None, ``test`` given)."""

    at: int
    target: Expr | None
    source: Expr | None
    test: Expr | None
    body: tuple[Stmt, ...]
    other: tuple[Stmt, ...]


class Try(NamedTuple):
    at: int
    body: tuple[Stmt, ...]
    handlers: tuple[tuple[Expr | None, str | None, tuple[Stmt, ...]], ...]  #: exception type, name, body
    other: tuple[Stmt, ...]
    final: tuple[Stmt, ...]


class With(NamedTuple):
    at: int
    items: tuple[tuple[Expr, Expr | None], ...]
    body: tuple[Stmt, ...]


class Exit(NamedTuple):
    """``kind``: return, raise, break, continue, yield (a yield does not end the path)."""

    at: int
    kind: str
    value: Expr | None


class Import(NamedTuple):
    """``import a.b as c``: names ``(("a.b", "c"),)``, module None; ``from .a import b as c``: module "a", level 1."""

    at: int
    module: str | None
    level: int
    names: tuple[tuple[str, str | None], ...]


Expr: TypeAlias = "Const | Name | Attr | Item | Pack | Op | Logic | Choose | Call | Bind | Comp | Func | Yield"
Stmt: TypeAlias = "Do | Store | Update | Drop | If | Match | Loop | Try | With | Exit | Import | Func | Class"


class Yield(NamedTuple):
    """``yield value``, ``yield from value``, ``await value``."""

    at: int
    form: str
    value: Expr | None


def inside(node: Stmt) -> Iterator[Stmt]:
    """The statements directly inside of one that is no definition."""
    if isinstance(node, If):
        yield from (*node.then, *node.other)
    elif isinstance(node, Loop):
        yield from (*node.body, *node.other)
    elif isinstance(node, With):
        yield from node.body
    elif isinstance(node, Try):
        yield from (*node.body, *(each for handler in node.handlers for each in handler[2]), *node.other, *node.final)
    elif isinstance(node, Match):
        yield from (each for case in node.cases for each in case[1])


def expressions(node: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    """A piece of ir and all that it is made of, in the order of the text."""
    pending = [node]
    while pending:
        each = pending.pop()
        yield each
        pending += [part for part in reversed(each) if isinstance(part, tuple)]
