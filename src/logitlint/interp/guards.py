"""Conditions under which a value holds: small formulas over tests of unknown values.

A *symbol* names an unknown value by how it came to be (a parameter, an attribute of one, the result of a call). The
same symbol tested twice is one atom, so that a flag that decides both the activation and the loss never mixes its two
worlds. A guard is a disjunction of conjunctions of literals; it stays small because branches are joined as soon as
they end.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

#: ("param", function, name), with `ASKED_FOR` before the name where its default is not None, ("attr", symbol, name),
#: ("item", symbol, key), ("slice", symbol, bounds...), ("call", name, symbols...), ("apply", function, arguments...),
#: ("opaque", place, depth, turns...) ...
Symbol: TypeAlias = "tuple[object, ...]"

ASKED_FOR = "asked for"  #: of a parameter: who calls the function says something for it
_MOST_TERMS = 6
_MOST_LITERALS = 48
_CACHED = 1 << 12  #: results kept of each operation; 65,536 took 140 MiB on keras, and on monai no measurable time less


class Atom(NamedTuple):
    """``op``: ``truth`` (const None), ``==``, ``<``, ``>``, ``in``, ``contains`` (the constant is in what is unknown), ``isinstance``."""

    symbol: Symbol
    op: str
    const: object


class Literal(NamedTuple):
    atom: Atom
    value: bool


#: A literal by number: an atom's number, negative where the atom is false. Sets of numbers are what makes guards cheap.
Term: TypeAlias = "frozenset[int]"


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

    def __reduce__(self) -> tuple[object, ...]:
        """Literals by what they say: their numbers mean something in one process only."""
        return _unpickled, (tuple(tuple(_ATOMS.literal(lit) for lit in sorted(term)) for term in self.terms), self.blurred)


TRUE = Guard(frozenset({frozenset()}))
FALSE = Guard(frozenset())


class _Atoms:
    """Every atom met so far, numbered from 1, and which literals exclude each other."""

    def __init__(self) -> None:
        self.known: list[Atom] = [Atom((), "", None)]
        self._numbers: dict[tuple[Symbol, str, type, object], int] = {}
        self._of_symbol: dict[Symbol, list[int]] = {}
        self._rivals: dict[int, tuple[int, ...]] = {}  #: beside its opposite, which most have alone, and what `_one_of` says
        self._equal: dict[Symbol, int | set[int]] = {}  #: the equalities of a symbol, most of which have one
        self._one_of: dict[int, set[int]] = {}  #: equality -> all with another constant, and itself: a library knows hundreds
        self.limited: set[int] = set()  #: the literals of symbols that have one of a few values, see :meth:`exhausted`

    def number(self, symbol: Symbol, op: str, const: object) -> int:
        key = symbol, op, type(const), const
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.known)
            self.known.append(Atom(symbol, op, const))
            others = self._of_symbol.setdefault(symbol, [])
            alone = op == "==" and self._is_new_value(symbol, const, found)
            for other in others:
                if alone and other in self._one_of:
                    continue
                for a in (found, -found):
                    for b in (other, -other):
                        if _clash(self.literal(a), self.literal(b)):
                            self._rivals[a] = (*self._rivals.get(a, ()), b)
                            self._rivals[b] = (*self._rivals.get(b, ()), a)
            if op == "in" or choices(symbol) or any(other in self.limited for other in others[:1]):
                self.limited.update(number for each in (found, *others) for number in (each, -each))
            if len(others) < _MOST_ATOMS_OF_A_SYMBOL:
                others.append(found)
        return found

    def exhausted(self, term: Term) -> bool:
        """Whether a symbol has none left of the few values that it may have."""
        left: dict[Symbol, set[object]] = {}
        gone: list[tuple[Symbol, tuple[object, ...]]] = []
        for lit in (self.literal(number) for number in term if number in self.limited):
            symbol, op, const = lit.atom
            listed = const if op == "in" and isinstance(const, tuple) else (const,)
            if not lit.value and op in ("==", "in"):
                gone.append((symbol, listed))
            elif lit.value and op == "in" and isinstance(const, tuple):
                left.setdefault(symbol, set(const))
        for symbol, listed in gone:
            if symbol in left or choices(symbol):
                left.setdefault(symbol, set(choices(symbol))).difference_update(listed)
        return any(not each for each in left.values())

    def _is_new_value(self, symbol: Symbol, const: object, found: int) -> bool:
        """Note that a symbol may equal a constant; not one that equals another one of them, as 1 and True do."""
        if isinstance(const, (int, float)):
            others = (each for each in (bool, int, float) if each is not type(const))
            if any((symbol, "==", each, const) in self._numbers for each in others):
                return False
        known = self._equal.get(symbol)
        if known is None:
            self._equal[symbol] = found
            return True
        if isinstance(known, int):
            self._one_of[known] = self._one_of[found] = self._equal[symbol] = {known, found}
        else:
            known.add(found)
            self._one_of[found] = known
        return True

    def excludes(self, number: int, term: Term) -> bool:
        """Whether a literal cannot hold where all those of a term do."""
        if -number in term:
            return True
        if number in self._rivals and not term.isdisjoint(self._rivals[number]):
            return True
        return number in self._one_of and number not in term and not self._one_of[number].isdisjoint(term)

    def literal(self, number: int) -> Literal:
        return Literal(self.known[abs(number)], number > 0)


_MOST_ATOMS_OF_A_SYMBOL = 64


def _unpickled(terms: tuple[tuple[Literal, ...], ...], blurred: bool) -> Guard:
    def number(lit: Literal) -> int:
        found = _ATOMS.number(*lit.atom)
        return found if lit.value else -found

    return Guard(frozenset(frozenset(map(number, term)) for term in terms), blurred)


def literal(symbol: Symbol, op: str, const: object, value: bool = True) -> Guard:
    try:
        number = _ATOMS.number(symbol, op, const)
    except TypeError:  # an unhashable constant: nothing can be said of it twice
        number = _ATOMS.number(symbol, op, repr(const))
    return Guard(frozenset({frozenset({number if value else -number})}))


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
        if op == "in" and isinstance(const, (tuple, str)):
            return actual in const
        if op == "contains" and isinstance(actual, str):
            return const in actual  # type: ignore[operator]
    except TypeError:
        return None
    return None


def _clash(a: Literal, b: Literal) -> bool:
    for known, other in ((a, b), (b, a)):
        if known.atom.op == "==" and known.value:
            truth = _holds(other.atom.op, other.atom.const, known.atom.const)
            return truth is not None and truth != other.value
    return False


_ATOMS = _Atoms()


def _join_terms(a: Term, b: Term) -> Term | None:
    if a <= b:
        return b
    if b <= a:
        return a
    excludes = _ATOMS.excludes
    small, large = (a, b) if len(a) < len(b) else (b, a)
    for lit in small:
        if excludes(lit, large):
            return None
    joined = a | b
    return None if not _ATOMS.limited.isdisjoint(joined) and _ATOMS.exhausted(joined) else joined


def _absorb(terms: Iterable[Term]) -> frozenset[Term]:
    """Drop what another term implies; merge ``x & rest`` with ``not x & rest``."""
    pool = set(terms)
    if len(pool) == 1:
        return frozenset(pool)
    if len(pool) == 2:  # more often than all others together
        a, b = pool
        if a <= b:
            return frozenset((a,))
        if b <= a:
            return frozenset((b,))
        return frozenset((a & b,)) if _opposite(a, b) else frozenset(pool)
    changed = True
    while changed:
        changed = False
        kept: list[Term] = []
        for term in sorted(pool, key=lambda t: (len(t), sorted(t))):
            if not any(other <= term for other in kept):
                kept.append(term)
        for i, a in enumerate(kept):
            for b in kept[i + 1 :]:
                if _opposite(a, b):
                    kept = [t for t in kept if t is not a and t is not b]
                    kept.append(a & b)
                    changed = True
                    break
            if changed:
                break
        pool = set(kept)
    return frozenset(pool)


def _opposite(a: Term, b: Term) -> bool:
    """Whether two terms differ in one literal only, which one affirms and the other denies."""
    if len(a) != len(b):
        return False
    difference = a ^ b
    return len(difference) == 2 and sum(difference) == 0


def _bounded(terms: frozenset[Term], blurred: bool) -> Guard:
    if len(terms) > _MOST_TERMS:
        common: Term = frozenset.intersection(*terms)
        return Guard(frozenset({common}), True)
    for term in terms:
        if len(term) > _MOST_LITERALS:
            return Guard(frozenset(frozenset(sorted(t, key=abs)[-_MOST_LITERALS:]) for t in terms), blurred)
    return Guard(terms, blurred)


@lru_cache(maxsize=_CACHED)
def conj(a: Guard, b: Guard) -> Guard:
    if a.always:
        return b if b.blurred or not a.blurred else Guard(b.terms, True)
    if b.always:
        return a if a.blurred or not b.blurred else Guard(a.terms, True)
    blurred = a.blurred or b.blurred
    if len(a.terms) == 1:
        a, b = b, a
    found = []
    apart = len(b.terms) == 1
    for y in b.terms:
        for x in a.terms:
            joined = _join_terms(x, y)
            if joined is not None:
                found.append(joined)
                apart = apart and x.isdisjoint(y)
    # terms of which none implied another still do not when each is joined to the same new literals
    return _bounded(frozenset(found) if apart else _absorb(found), blurred)


@lru_cache(maxsize=_CACHED)
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


@lru_cache(maxsize=_CACHED)
def relative(guard: Guard, path: Guard) -> Guard:
    """``guard`` without the literals that ``path`` already grants (where the path is a single conjunction, or grants all of it)."""
    if path.always:
        return guard
    if len(path.terms) != 1:
        return Guard(TRUE.terms, guard.blurred) if path.terms and conj(path, guard).terms == path.terms else guard
    (granted,) = path.terms
    return Guard(_absorb(t - granted for t in guard.terms), guard.blurred)


def numbers(guard: Guard) -> Term:
    """The literals of a guard, by number."""
    return frozenset().union(*guard.terms)


def touches(guard: Guard, granted: Term) -> bool:
    """Whether a literal of a guard excludes one of those granted."""
    return any(_ATOMS.excludes(lit, granted) for term in guard.terms for lit in term)


def literals(guard: Guard) -> frozenset[Literal]:
    return frozenset(_ATOMS.literal(lit) for term in guard.terms for lit in term)


def ways(guard: Guard) -> list[frozenset[Literal]]:
    """The conjunctions of a guard, the shortest first: each is one way to make it true."""
    return [frozenset(_ATOMS.literal(lit) for lit in term) for term in sorted(guard.terms, key=lambda t: (len(t), sorted(t)))]


def choices(symbol: Symbol) -> tuple[object, ...]:
    """All values that an argument of the program may have; none where that is not known."""
    return symbol[1] if symbol[0] == "input" and len(symbol) == 3 and isinstance(symbol[1], tuple) else ()


def root(symbol: Symbol) -> Symbol:
    """The symbol that a derived symbol (attribute, item, call of one) was read from."""
    while symbol[0] in ("attr", "item", "slice", "call", "apply") and len(symbol) > 1 and isinstance(symbol[1], tuple):
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
    if lit.atom.op == "==" and lit.atom.const is None and (base[0] == "input" or (symbol[0] == "param" and symbol[2] != ASKED_FOR)):
        return "input"
    kind = base[0]
    return str(kind) if kind in ("default", "input", "mode", "param") else "opaque"


_UNSAID = "…"


def words(symbol: Symbol) -> str:
    """A symbol as a user would write it, as far as it has a name; what is asked of one that has none has none either."""
    of = words(symbol[1]) if symbol[0] in ("attr", "item", "slice", "call", "apply") and isinstance(symbol[1], tuple) else ""
    if of == _UNSAID:
        return _UNSAID
    match symbol:
        case ("attr", tuple(), name):
            return f"{of}.{name}" if of else str(name)
        case ("item", tuple(), str(key)) if key.startswith("*"):
            return f"{of}[…]"
        case ("item", tuple(), key):
            return f"{of}[{key!r}]"
        case ("slice", tuple(), *bounds):
            return f"{of}[{':'.join('' if each is None else repr(each) for each in bounds)}]"
        case ("call", tuple(), "hasattr", str(name)):
            return f"hasattr({of}, {name!r})"
        case ("call", tuple(), "isinstance", cls):
            return f"isinstance({of}, {_class(cls)})"
        case ("call", tuple(), "hasattr" | "isinstance", *_):
            return _UNSAID
        case ("call", tuple(), str(name), *_) if name[:1].isidentifier():
            return f"{name}({of})"
        case ("call", str(name), *_) if name[:1].isidentifier():
            return f"{name}(…)"
        case ("param" | "default" | "input", *_, str(name)):
            return name
        case ("mode",):
            return "self"
        case ("name", *_, str(name)):
            return name
        case ("apply", tuple(), *given):
            return f"{of}({', '.join(words(each) if isinstance(each, tuple) else repr(each) for each in given)})"
    return _UNSAID


def _class(cls: object) -> str:
    """The name of a class, or of several of which one is enough."""
    if isinstance(cls, str):
        return cls.rpartition(".")[2]
    if isinstance(cls, tuple) and cls and cls[0] in ("", "list"):
        return f"({', '.join(map(_class, cls[1:]))})"
    return words(cls).rpartition(".")[2] if isinstance(cls, tuple) and cls else _UNSAID


def decision(lit: Literal) -> object:
    """What is decided: all defaults together count as one decision, and leaving one is part of saying what instead."""
    symbol = lit.atom.symbol
    if symbol[0] == "default":
        return "defaults" if lit.value else ("input", *symbol[1:])
    return symbol


def describe(lit: Literal) -> str:
    """A literal as a condition in Python's words: ``activation == 'softmax'``, ``not self.training``; empty where it has none."""
    text, op, const = words(lit.atom.symbol), lit.atom.op, lit.atom.const
    if text == _UNSAID:
        return ""
    if lit.atom.symbol[0] == "default":
        return f"{text} is at its default" if lit.value else f"{text} is given"
    if op == "truth":
        return text if lit.value else f"not {text}"
    if op == "==" and const is None:
        return f"{text} is None" if lit.value else f"{text} is not None"
    if op == "contains":
        return f"{const!r} {'in' if lit.value else 'not in'} {text}"
    if op == "isinstance":
        return f"{'' if lit.value else 'not '}isinstance({text}, {const})"
    opposite = {"==": "!=", "<": ">=", ">": "<=", "in": "not in"}
    return f"{text} {op if lit.value else opposite.get(op, op)} {const!r}"
