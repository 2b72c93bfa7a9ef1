"""Objects of the project's own kinds of dictionaries, as registries are: what they hold beside their attributes.

Only what defines something is known of them: settings are filled in by many hands, as attributes and from files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from logitlint.interp.core import Core
from logitlint.interp.state import options
from logitlint.interp.values import NOTHING, Api, Builtin, ClassValue, Function, LibObject, Loc, Mapping, Partial, Ref, Unknown, Value

_HELD = "__held__"
_IMPORTED = frozenset({"collections.OrderedDict", "collections.UserDict", "collections.defaultdict"})
_DEFINING = (ClassValue, Function, Partial, Api, LibObject)


def begin(m: Core, ref: Ref, classes: Sequence[Value], loc: Loc) -> None:
    """Give a new object an empty dictionary, if its class derives from one, and does not make attributes of what it holds."""
    own = [cls for cls in classes if isinstance(cls, ClassValue)]
    if any(map(_is_dictionary, classes)) and not any(m.state.get((cls.addr, "__setattr__")) is not None for cls in own):
        table = m.alloc("dict", loc=loc)
        m.state.set((table, "items"), Mapping())
        m.set_field(ref, _HELD, Ref(table))


def _is_dictionary(cls: Value) -> bool:
    if isinstance(cls, Unknown) and cls.sym is not None and cls.sym[:2] == ("name", "import"):
        return cls.sym[2] in _IMPORTED
    return cls == Builtin("dict")


def of(m: Core, value: Value) -> Ref | None:
    """The dictionary that an object is; None for what is none."""
    held = m.field(value, _HELD) if m.form(value) == "instance" and m.field(value, "__dict__") is None else None
    return held if isinstance(held, Ref) and m.form(held) == "dict" else None


def read(m: Core, table: Ref, key: Value, loc: Loc) -> Value:
    settle(m, table)
    return m.item(table, key, loc)


def settle(m: Core, table: Ref) -> None:
    """From now on it may hold more than it was seen to be given, unless that are definitions."""
    content = m.field(table, "items")
    if isinstance(content, Mapping) and not (content.items and all(_defines(m, value) for _, value in content.items)):
        kept = tuple((key, value if _defines(m, value) else NOTHING) for key, value in content.items)
        m.set_field(table, "items", replace(content, items=kept, rest=NOTHING))


def _defines(m: Core, value: Value) -> bool:
    return all(isinstance(each, _DEFINING) or m.form(each) in ("instance", "sequential", "backbone") for _, each in options(value))
