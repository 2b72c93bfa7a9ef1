"""Enumerations of the standard library: classes whose attributes are their members, each with a name and a value."""

from __future__ import annotations

from collections.abc import Sequence

from logitlint.interp.core import Core
from logitlint.interp.values import Builtin, ClassValue, Const, Descriptor, Function, Mapping, Member, Seq, Unknown, Value

_BASES = frozenset({"enum.Enum", "enum.IntEnum", "enum.StrEnum"})
_MIXED = frozenset({"enum.IntEnum", "enum.StrEnum"})
_AUTO = ("name", "import", "enum.auto")


def define(m: Core, cls: ClassValue, classes: Sequence[Value]) -> None:
    """Turn the attributes of a class into members, if it is an enumeration: each still stands for its value."""
    names = {each.sym[-1] for each in classes if isinstance(each, Unknown) and each.sym is not None and each.sym[0] == "name"}
    if not names & _BASES:
        return
    m.enumerations[cls.loc] = cls
    mixed = bool(names & _MIXED) or any(isinstance(each, Builtin) for each in classes)
    own = any(isinstance(each, ClassValue) and m.state.get((each.addr, "_generate_next_value_")) is not None for each in classes)
    last = 0
    for name, value in m.state.slots_of(cls.addr).items():
        inner = isinstance(value, ClassValue) and value.name == name
        if inner or name.startswith("_") or isinstance(value, (Function, Descriptor)):
            continue
        if _is_auto(value) and not own:
            value = Const(name.lower() if "enum.StrEnum" in names else last + 1)
        if isinstance(value, Const) and type(value.value) is int:
            last = value.value
        if isinstance(value, Const) or not mixed:  # else it equals a text or a number, and nobody knows which
            member = Member(cls.loc, cls.name, name, value, mixed)
            m.state.set((cls.addr, name), Const(value.value if isinstance(value, Const) else member, member))


def _is_auto(value: Value) -> bool:
    return isinstance(value, Unknown) and value.sym is not None and _AUTO in value.sym[:2]


def members(m: Core, cls: Value) -> tuple[Const, ...] | None:
    """The members of an enumeration in their order; None of every other value."""
    if not isinstance(cls, ClassValue) or m.enumerations.get(cls.loc) != cls:
        return None
    found = m.state.slots_of(cls.addr).values()
    return tuple(each for each in found if isinstance(each, Const) and each.member is not None and each.member.home == cls.loc)


def by_name(found: Sequence[Const]) -> Mapping:
    """``Act["SOFTMAX"]``."""
    return Mapping(tuple((each.member.name, each) for each in found if each.member is not None))


def by_value(found: Sequence[Const]) -> Mapping:
    """``Act("softmax")``; of two members with the same value the second is another name of the first."""
    first: dict[object, Value] = {}
    for each in found:
        first.setdefault(each.value, each)
    return Mapping(tuple(first.items()))


def listed(found: Sequence[Const]) -> Seq:
    """``for act in Act``."""
    return by_value(found).in_order()
