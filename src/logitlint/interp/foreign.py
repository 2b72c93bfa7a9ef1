"""What code puts into an object of which nothing else is known: a prediction into a batch, features into a graph."""

from __future__ import annotations

from logitlint.interp.core import Core
from logitlint.interp.guards import Symbol
from logitlint.interp.values import Const, LibObject, Loc, Method, Unknown, Value


def attribute(m: Core, value: Unknown, name: str) -> Value | None:
    """What was put there; None where nothing was."""
    return _taken(m, value, f".{name}")


def item(m: Core, value: Unknown, key: Value) -> Value | None:
    """As :func:`attribute`."""
    return _taken(m, value, f"[{key.value!r}]") if isinstance(key, Const) else None


def put_attribute(m: Core, value: Unknown, name: str, new: Value) -> None:
    if value.sym is not None:
        _put(m, value.sym, f".{name}", Unknown(("attr", value.sym, name)), new)


def put_item(m: Core, value: Unknown, key: Value, new: Value) -> None:
    """``value[key] = new``; what an unknown key overwrites is not known any more."""
    if value.sym is None:
        return
    m.changed.add(value.sym)
    if isinstance(key, Const):
        _put(m, value.sym, f"[{key.value!r}]", Unknown(("item", value.sym, key.value)), new)
        return
    addr = m.foreign.get(value.sym)
    for name in m.state.slots_of(addr) if addr is not None else ():
        if addr is not None and name[0] == "[":
            m.state.set((addr, name), Unknown())


#: Methods that put something into a container, or take something out, or go on by one.
_CHANGES = frozenset(
    "add append appendleft clear discard extend extendleft insert pop popitem popleft push put remove setdefault update step advance tick "
    "increment".split()
)


def asked(m: Core, value: Unknown, name: str) -> None:
    """Note that a method is called that changes what an object holds."""
    if value.sym is not None and name in _CHANGES:
        m.changed.add(value.sym)


def is_changed(m: Core, symbol: object) -> bool:
    """Whether what an object holds, or one that it came from, may be another than when it was asked before."""
    while m.changed and isinstance(symbol, tuple) and len(symbol) > 1:
        if symbol in m.changed:
            return True
        symbol = symbol[1]
    return False


def renew(m: Core, value: Value) -> None:
    """The turn of a loop brings another object, with nothing put into it yet."""
    if m.foreign and isinstance(value, Unknown) and value.sym is not None:
        for symbol in [each for each in m.foreign if _comes_from(each, value.sym)]:
            del m.foreign[symbol]


def some_layer(model: Value) -> Unknown:
    """A layer of a model of which only the output is known."""
    return Unknown(("layer", model))


def _taken(m: Core, value: Unknown, part: str) -> Value | None:
    addr = m.foreign.get(value.sym) if m.foreign and value.sym is not None else None
    return m.state.get((addr, part)) if addr is not None else None


def _put(m: Core, symbol: Symbol, part: str, before: Value, new: Value) -> None:
    if not _lasts(symbol):
        return
    addr = m.foreign.get(symbol)
    if addr is None:
        addr = m.foreign[symbol] = m.alloc("foreign")
    m.state.found((addr, part), before)  # where only one of two ways puts something there
    m.state.set((addr, part), new)


def _lasts(symbol: object) -> bool:
    """Whether a symbol is one object, that somebody handed over: of what a call gives, the next call gives another."""
    while isinstance(symbol, tuple) and len(symbol) > 1 and symbol[0] in ("attr", "item"):
        symbol = symbol[1]
    return isinstance(symbol, tuple) and symbol[0] in ("param", "name")


def _comes_from(symbol: object, root: Symbol) -> bool:
    return symbol == root or (isinstance(symbol, tuple) and len(symbol) > 1 and _comes_from(symbol[1], root))


# ---------------------------------------------------------------------- objects of libraries

#: Address of what code writes into attributes of library objects: ``layer.activation = …``.
OVERRIDES = 0


def slot(loc: Loc, name: str) -> tuple[int, str]:
    """Where an attribute that code writes into a library object is kept."""
    return OVERRIDES, f"{loc.path}:{loc.unit}:{loc.at}.{name}"


def rebuilt(m: Core, value: Value) -> None:
    """Note that something is written into a library object, or into what it holds."""
    while isinstance(value, Method):
        value = value.receiver
    if isinstance(value, LibObject):
        m.state.set(slot(value.loc, ""), Const(True))


def is_rebuilt(m: Core, obj: LibObject) -> bool:
    return m.state.get(slot(obj.loc, "")) is not None
