"""Conditions under which a value holds: small formulas over tests of unknown values.

A *symbol* names an unknown value by how it came to be (a parameter, an attribute of one, the result of a call). The
same symbol tested twice is one atom, so that a flag that decides both the activation and the loss never mixes its two
worlds. A guard is a disjunction of conjunctions of literals; it stays small because branches are joined as soon as
they end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

#: ("param", function, name), ("attr", symbol, name), ("item", symbol, key), ("call", name, symbols...), ("opaque", n) ...
Symbol: TypeAlias = "tuple[object, ...]"

_MOST_TERMS = 6
_MOST_LITERALS = 48


class Atom(NamedTuple):
    """``op``: ``truth`` (const None), ``==``, ``<``, ``>``, ``in``, ``isinstance``."""

    symbol: Symbol
    op: str
    const: object


class Literal(NamedTuple):
    atom: Atom
    value: bool


Term: TypeAlias = "frozenset[Literal]"


class Guard(NamedTuple):
    """True when one of ``terms`` is. ``blurred``: an overflow has weakened it, so nothing that depends on it is certain."""

    terms: frozenset[Term]
    blurred: bool = False

    @property
    def always(self) -> bool:
        return frozenset() in self.terms

    @property
    def never(self) -> bool:
        return not self.terms


TRUE = Guard(frozenset({frozenset()}))
FALSE = Guard(frozenset())


def literal(symbol: Symbol, op: str, const: object, value: bool = True) -> Guard:
    return Guard(frozenset({frozenset({Literal(Atom(symbol, op, const), value)})}))


def _holds(op: str, const: object, actual: object) -> bool | None:
    """The truth of an atom once its symbol is known to equal ``actual``."""
    try:
        if op == "truth":
            return bool(actual)
        if op == "==":
            return bool(actual == const)
        if op == "<":
            return bool(actual < const)  # type: ignore[operator]
        if op == ">":
            return bool(actual > const)  # type: ignore[operator]
        if op == "in" and isinstance(const, tuple):
            return actual in const
    except TypeError:
        return None
    return None


def _clash(a: Literal, b: Literal) -> bool:
    if a.atom == b.atom:
        return a.value != b.value
    if a.atom.symbol != b.atom.symbol:
        return False
    for known, other in ((a, b), (b, a)):
        if known.atom.op == "==" and known.value:
            truth = _holds(other.atom.op, other.atom.const, known.atom.const)
            return truth is not None and truth != other.value
        if known.atom.op == "truth" and known.value and other.value and other.atom.op == "==":
            return not other.atom.const
    return False


def _join_terms(a: Term, b: Term) -> Term | None:
    if a <= b:
        return b
    if b <= a:
        return a
    symbols = {lit.atom.symbol for lit in b}
    for left in a:
        if left.atom.symbol in symbols and any(_clash(left, right) for right in b):
            return None
    return a | b


def _absorb(terms: Iterable[Term]) -> frozenset[Term]:
    """Drop what another term implies; merge ``x & rest`` with ``not x & rest``."""
    pool = sorted(set(terms), key=lambda t: (len(t), sorted(map(repr, t))))
    changed = True
    while changed:
        changed = False
        kept: list[Term] = []
        for term in pool:
            if any(other <= term for other in kept):
                continue
            kept.append(term)
        for i, a in enumerate(kept):
            for j in range(i + 1, len(kept)):
                b = kept[j]
                difference = a ^ b
                if len(a) == len(b) and len(difference) == 2:
                    x, y = difference
                    if x.atom == y.atom:
                        kept[i] = a & b
                        del kept[j]
                        changed = True
                        break
            if changed:
                break
        pool = sorted(kept, key=len)
    return frozenset(pool)


def _bounded(terms: frozenset[Term], blurred: bool) -> Guard:
    if len(terms) > _MOST_TERMS:
        common: Term = frozenset.intersection(*terms)
        return Guard(frozenset({common}), True)
    if any(len(t) > _MOST_LITERALS for t in terms):
        return Guard(frozenset(frozenset(sorted(t, key=repr)[:_MOST_LITERALS]) for t in terms), blurred)
    return Guard(terms, blurred)


def conj(a: Guard, b: Guard) -> Guard:
    if a.always:
        return b if b.blurred or not a.blurred else Guard(b.terms, True)
    if b.always:
        return a if a.blurred or not b.blurred else Guard(a.terms, True)
    found = []
    for x in a.terms:
        for y in b.terms:
            joined = _join_terms(x, y)
            if joined is not None:
                found.append(joined)
    blurred = a.blurred or b.blurred
    if len(found) == 1:
        return Guard(frozenset(found), blurred)
    return _bounded(_absorb(found), blurred)


def disj(a: Guard, b: Guard) -> Guard:
    if a.never:
        return b
    if b.never:
        return a
    if a == b:
        return a
    if a.always or b.always:
        return TRUE
    return _bounded(_absorb([*a.terms, *b.terms]), a.blurred or b.blurred)


def any_of(guards: Iterable[Guard]) -> Guard:
    found = FALSE
    for guard in guards:
        found = disj(found, guard)
    return found


def relative(guard: Guard, path: Guard) -> Guard:
    """``guard`` without the literals that ``path`` already grants (only where the path is a single conjunction)."""
    if len(path.terms) != 1 or path.always:
        return guard
    (granted,) = path.terms
    return Guard(_absorb(t - granted for t in guard.terms), guard.blurred)


def literals(guard: Guard) -> frozenset[Literal]:
    return frozenset(lit for term in guard.terms for lit in term)


def root(symbol: Symbol) -> Symbol:
    """The symbol that a derived symbol (attribute, item, call of one) was read from."""
    while symbol[0] in ("attr", "item", "call") and len(symbol) > 1 and isinstance(symbol[1], tuple):
        symbol = symbol[1]
    return symbol


def origin(lit: Literal) -> str:
    """Who decides a literal: ``default`` (a literal default), ``input`` (arguments of the program, whether a target is given),
    ``mode`` (training or not), ``param`` (a parameter of a function that nobody calls) or ``opaque``."""
    symbol = lit.atom.symbol
    if symbol[0] == "attr" and symbol[-1] == "training":
        return "mode"
    base = root(symbol)
    if base[0] == "default" and not lit.value:
        return "input"
    if lit.atom.op == "==" and lit.atom.const is None and base[0] in ("param", "input"):
        return "input"
    kind = base[0]
    return str(kind) if kind in ("default", "input", "mode", "param") else "opaque"


def words(symbol: Symbol) -> str:
    """A symbol as a user would write it."""
    match symbol:
        case ("attr", tuple() as base, name):
            text = words(base)
            return f"{text}.{name}" if text else str(name)
        case ("item", tuple() as base, key):
            return f"{words(base)}[{key!r}]"
        case ("call", tuple() as base, str(name), *_):
            return f"{name}({words(base)})"
        case ("call", str(name), *_):
            return f"{name}(…)"
        case ("param" | "default" | "input", *_, str(name)):
            return name
        case ("mode",):
            return "self"
        case ("result", *_):
            return "…"
        case ("name", *_, str(name)):
            return name
    return "a condition"


def decision(lit: Literal) -> object:
    """What is decided: all defaults together count as one decision."""
    return "defaults" if origin(lit) == "default" and lit.value else lit.atom.symbol


def describe(lit: Literal) -> str:
    """A literal as a condition in Python's words: ``activation == 'softmax'``, ``not self.training``."""
    text, op, const = words(lit.atom.symbol), lit.atom.op, lit.atom.const
    if op == "truth":
        return text if lit.value else f"not {text}"
    if op == "==" and const is None:
        return f"{text} is None" if lit.value else f"{text} is not None"
    if op == "isinstance":
        return f"{'' if lit.value else 'not '}isinstance({text}, {const})"
    opposite = {"==": "!=", "<": ">=", ">": "<=", "in": "not in"}
    return f"{text} {op if lit.value else opposite.get(op, op)} {const!r}"
