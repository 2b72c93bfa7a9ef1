"""Conditions: under which guard a value is true, and under which two values are equal."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from logitlint import catalog
from logitlint.interp import buffers, foreign
from logitlint.interp.core import Core
from logitlint.interp.guards import FALSE, TRUE, Guard, Symbol, choices, conj, disj, literal
from logitlint.interp.objects import class_lookup, mro
from logitlint.interp.state import options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Builtin,
    Choice,
    ClassValue,
    Const,
    Function,
    LibObject,
    Loc,
    Mapping,
    Ref,
    Seq,
    Tensor,
    Unknown,
    Value,
)

Truth = tuple[Guard, Guard]
ALWAYS: Truth = (TRUE, FALSE)
NEVER: Truth = (FALSE, TRUE)

_RELATIONS: dict[str, Callable[[Any, Any], object]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": lambda a, b: a is b or (a == b and type(a) is type(b)),
    "isnot": lambda a, b: not (a is b or (a == b and type(a) is type(b))),
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}
_MIRRORED = {"<": ">", ">": "<"}
_NEGATED = {"!=": "==", "isnot": "is", "notin": "in", ">=": "<", "<=": ">"}


def swap(truth: Truth) -> Truth:
    return truth[1], truth[0]


def known(value: bool) -> Truth:
    return ALWAYS if value else NEVER


def atom(symbol: Symbol, op: str, const: object) -> Truth:
    return literal(symbol, op, const), literal(symbol, op, const, False)


def opaque(m: Core, loc: Loc, op: str = "truth", const: object = None) -> Truth:
    """A test of what nobody knows: an atom of its own, the same each time this place is evaluated in this frame and turn."""
    return atom(("opaque", *m.occasion(loc)), op, const)


def truth(m: Core, value: Value, loc: Loc) -> Truth:
    if isinstance(value, Choice):
        yes, no = FALSE, FALSE
        for guard, option in options(value):
            t, f = truth(m, option, loc)
            yes, no = disj(yes, conj(guard, t)), disj(no, conj(guard, f))
        return _the_same_again(("either", value), yes, no)
    if isinstance(value, Const):
        return known(bool(value.value)) if value.member is None or value.member.mixed else ALWAYS
    if isinstance(value, Unknown):
        if value.sym is not None and value.sym[0] in ("and", "or"):
            return _both(m, value.sym, loc)
        counted = _counted("==", value, 0)
        if counted is not None:
            return swap(counted)
        return atom(value.sym, "truth", None) if value.sym is not None else opaque(m, loc)
    if buffers.is_array(m, value):
        only = buffers.only(m, value)
        return truth(m, only, loc) if only != NOTHING else opaque(m, loc)
    if m.form(value) == "buffer":
        return NEVER if buffers.is_blank(m, value, "zeros", "new_zeros") else opaque(m, loc)
    content = buffers.listed(m, value)
    if isinstance(content, Seq) and (content.rest is None or content.items or content.filled):
        return known(content.filled or bool(content.items))
    if isinstance(value, (Function, ClassValue, Api, LibObject, Builtin)):
        return ALWAYS
    if isinstance(value, Ref):
        if m.form(value) == "instance":
            classes = mro(m, m.heap[value.addr].cls)
            own = class_lookup(m, classes, "__bool__") or class_lookup(m, classes, "__len__")
            return ALWAYS if own is None else opaque(m, loc)
        items = m.field(value, "items")
        if isinstance(items, Mapping) and items.rest is None:
            return known(bool(items.items))
    return opaque(m, loc)


def _the_same_again(symbol: Symbol, yes: Guard, no: Guard) -> Truth:
    """Where there are more ways than are told apart: who asks the same value the same again gets the same answer."""
    if not yes.blurred and not no.blurred:
        return yes, no
    holds, fails = atom(symbol, "truth", None)
    return conj(Guard(yes.terms), holds), conj(Guard(no.terms), fails)


def _both(m: Core, symbol: Symbol, loc: Loc) -> Truth:
    """Of what ``a and b``, or ``a or b``, gave."""
    left, right = (truth(m, Unknown(each), loc) for each in symbol[1:] if isinstance(each, tuple))
    if symbol[0] == "or":
        left, right = swap(left), swap(right)
    found = conj(left[0], right[0]), disj(left[1], conj(left[0], right[1]))
    return found if symbol[0] == "and" else swap(found)


def compare(m: Core, name: str, a: Value, b: Value, loc: Loc) -> Truth:
    if name in _NEGATED:
        return swap(compare(m, _NEGATED[name], a, b, loc))
    for value, other, left in ((a, b, True), (b, a, False)):
        if isinstance(value, Choice):
            yes, no = FALSE, FALSE
            for guard, option in options(value):
                t, f = compare(m, name, option, other, loc) if left else compare(m, name, other, option, loc)
                yes, no = disj(yes, conj(guard, t)), disj(no, conj(guard, f))
            return _the_same_again(("either", value, name, other, left), yes, no)
    if isinstance(a, Const) and isinstance(b, Const):
        return _constants(m, name, a.value, b.value, loc)
    for value, other, relation in ((a, b, name), (b, a, _MIRRORED.get(name, name))):
        if isinstance(other, Const) and (counted := _counted(relation, value, other.value)) is not None:
            return counted
    if name == "in":
        return _member(m, a, b, loc)
    if name in ("==", "is"):
        return _equal(m, a, b, loc)
    return _less(m, a, b, loc) if name == "<" else _less(m, b, a, loc)


def _less(m: Core, a: Value, b: Value, loc: Loc) -> Truth:
    if any(isinstance(each, Unknown) and foreign.is_changed(m, each.sym) for each in (a, b)):
        return opaque(m, loc)  # what counts has gone on since
    match a, b:
        case Unknown(sym=tuple() as symbol), Const(value):
            return atom(symbol, "<", value)
        case Const(value), Unknown(sym=tuple() as symbol):
            return atom(symbol, ">", value)
        case Unknown(sym=tuple() as symbol), Unknown(sym=tuple() as other):
            return atom(("less", symbol, other), "truth", None)
    return opaque(m, loc)


def _counted(name: str, value: Value, other: object) -> Truth | None:
    """How the number of a loop's turn compares with a constant: in the first turn it is known, in later ones it is greater than that."""
    sym = value.sym if isinstance(value, Unknown) else None
    if sym is None or sym[0] not in ("first", "later") or name not in ("==", "is", "<", ">") or not isinstance(other, (int, float)):
        return None
    start = sym[1]
    assert isinstance(start, (int, float))
    if sym[0] == "first":
        return known(bool(_RELATIONS[name](start, other)))
    greater = start + 1 if name == "<" and isinstance(start, int) else start
    return known(name == ">") if other <= greater else None


def _constants(m: Core, name: str, a: object, b: object, loc: Loc) -> Truth:
    try:
        return known(bool(_RELATIONS[name](a, b)))
    except TypeError:
        return opaque(m, loc)


def _equal(m: Core, a: Value, b: Value, loc: Loc) -> Truth:
    for value, other in ((a, b), (b, a)):
        if isinstance(value, Unknown) and value.there and other == NONE:
            return NEVER
        if isinstance(value, Unknown) and value.sym is not None:
            if isinstance(other, Const):
                return atom(value.sym, "==", other.value) if _admits(value.sym, other.value) else NEVER
            if isinstance(other, (ClassValue, Api)):
                return atom(value.sym, "==", other.name)
            if isinstance(other, Unknown) and other.sym is not None:
                return ALWAYS if other.sym == value.sym else atom(("pair", *sorted((value.sym, other.sym), key=repr)), "==", True)
        if isinstance(value, Unknown) and value.sym is None and isinstance(other, Const):
            return opaque(m, loc, "==", other.value)
    if a == b and not isinstance(a, (Unknown, Tensor)):
        return ALWAYS
    if isinstance(a, Api) and isinstance(b, Api) and catalog.canonical(a.name) == catalog.canonical(b.name):
        return ALWAYS
    if NONE in (a, b) and not isinstance(a, Unknown) and not isinstance(b, Unknown):
        return NEVER
    solid = (ClassValue, Api, Function, Const, Ref)
    if isinstance(a, solid) and isinstance(b, solid) and not (isinstance(a, Ref) or isinstance(b, Ref)):
        return NEVER
    return opaque(m, loc)


def _admits(symbol: Symbol, value: object) -> bool:
    """Whether an argument of a program may have a value."""
    return not choices(symbol) or value in choices(symbol)


def _held(m: Core, a: Value, b: Unknown, loc: Loc) -> Truth:
    """Whether something is in a text or a container of which nothing is known but which it is."""
    if b.sym is None or foreign.is_changed(m, b.sym):
        return opaque(m, loc)
    if isinstance(a, Unknown) and a.sym is not None:
        return atom(("within", a.sym, b.sym), "truth", None)
    if not isinstance(a, Const):
        return opaque(m, loc)
    given = choices(b.sym)
    if given and all(isinstance(each, str) for each in (a.value, *given)):
        return _one_of(b.sym, tuple(each for each in given if str(a.value) in str(each)))
    return atom(b.sym, "contains", a.value)


def _one_of(symbol: Symbol, values: tuple[object, ...]) -> Truth:
    return atom(symbol, "in", values) if values else NEVER


def _member(m: Core, a: Value, b: Value, loc: Loc) -> Truth:
    if isinstance(a, Const) and isinstance(b, Const) and isinstance(a.value, str) and isinstance(b.value, str):
        return known(a.value in b.value)
    if isinstance(b, Unknown):
        return _held(m, a, b, loc)
    if isinstance(a, Unknown) and a.sym is not None and isinstance(b, Const) and isinstance(b.value, str):
        return atom(a.sym, "in", b.value)
    content = buffers.listed(m, b)
    if isinstance(b, Ref) and m.form(b) == "dict":
        mapping = m.field(b, "items")
        if isinstance(mapping, Mapping) and mapping.rest is None:
            if isinstance(a, Const):
                return known(a.value in [key for key, _ in mapping.items])  # registries have thousands of keys
            content = Seq(tuple(Const(k) for k, _ in mapping.items))
    if not isinstance(content, Seq) or content.rest is not None or (isinstance(a, Unknown) and a.sym is None):
        return opaque(m, loc)
    if isinstance(a, Unknown) and a.sym is not None and all(isinstance(i, Const) for i in content.items):
        found = tuple(i.value for i in content.items if isinstance(i, Const) and _admits(a.sym, i.value))
        return _one_of(a.sym, found)
    m.step(len(content.items))
    yes, no = FALSE, TRUE
    for each in content.items:
        t, f = _equal(m, a, each, loc) if not (isinstance(a, Const) and isinstance(each, Const)) else known(a.value == each.value)
        yes, no = disj(yes, t), conj(no, f)
    return yes, no
