"""The heap and the variables: slots ``(address, name)`` in layers, one layer a branch.

Variables are slots of a namespace object, so that branches, closures, globals and attributes are one mechanism: a
branch writes into a layer of its own, and a join compares only what was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TypeAlias

from logitlint.interp.guards import FALSE, TRUE, Guard, any_of, conj, disj
from logitlint.interp.values import Choice, Unknown, Value

Slot: TypeAlias = "tuple[int, str]"
Layer: TypeAlias = "dict[Slot, Value | None]"  #: None: deleted

_MOST_OPTIONS = 24


class State:
    def __init__(self, spaces: Container[int]) -> None:
        """``spaces``: the namespaces of functions and modules."""
        self._spaces = spaces
        self._layers: list[Layer] = [{}]
        self._names: defaultdict[int, dict[str, None]] = defaultdict(dict)  #: object -> every name it was ever given

    @property
    def depth(self) -> int:
        return len(self._layers)

    def get(self, slot: Slot) -> Value | None:
        value = self.given(slot)
        return value.options[0][1] if isinstance(value, Choice) and len(value.options) == 1 else value

    def given(self, slot: Slot) -> Value | None:
        """The same; where not every way has given a variable a value, the one that it has is a choice with no other option."""
        for layer in reversed(self._layers):
            if slot in layer:
                return layer[slot]
        return None

    def set(self, slot: Slot, value: Value | None) -> None:
        self._layers[-1][slot] = value
        self._names[slot[0]][slot[1]] = None

    def found(self, slot: Slot, value: Value) -> None:
        """What a slot holds before anybody writes it, on whatever way."""
        self._layers[0].setdefault(slot, value)

    def push(self) -> None:
        self._layers.append({})

    def pop(self) -> Layer:
        return self._layers.pop()

    def isolate(self) -> list[Layer]:
        """Work on the lowest layer alone; gives what :meth:`restore` needs to go on."""
        layers, self._layers = self._layers, self._layers[:1]
        return layers

    def restore(self, layers: list[Layer]) -> None:
        self._layers = layers

    def reset(self, depth: int) -> None:
        """Forget every layer above ``depth``."""
        del self._layers[depth:]

    def above(self, depth: int) -> Layer:
        """All that was written since ``depth``, flattened."""
        found: Layer = {}
        for layer in self._layers[depth:]:
            found.update(layer)
        return found

    def forget(self, addr: int) -> None:
        """No slot of an object is asked for again; its layers have been forgotten."""
        self._names.pop(addr, None)

    def commit(self, layer: Layer) -> None:
        self._layers[-1].update(layer)

    def slots_of(self, addr: int) -> dict[str, Value]:
        """Every slot of one object, in the order in which they were first set."""
        found = {name: self.get((addr, name)) for name in self._names.get(addr, ())}
        return {name: value for name, value in found.items() if value is not None}

    def holders(self, test: Callable[[Value], bool], since: int) -> list[tuple[Slot, Value]]:
        """The slots, of those written in the layers from ``since`` on, that have a value of which ``test`` holds."""
        written = ((slot, value) for layer in self._layers[since:] for slot, value in layer.items() if value is not None and test(value))
        return [(slot, value) for slot, value in written if self.given(slot) is value]

    def join(self, arms: Sequence[tuple[Guard, Layer]]) -> None:
        """Continue as whichever arm was taken: what differs becomes a choice."""
        if len(arms) == 1:
            self.commit(arms[0][1])
            return
        slots: dict[Slot, None] = {}
        for _, layer in arms:
            slots.update(dict.fromkeys(layer))
        for slot in slots:
            written = [(guard, layer[slot]) for guard, layer in arms if slot in layer]
            if len(written) == len(arms):
                options = written
            else:
                before = self.given(slot)
                options = [(guard, layer.get(slot, before)) for guard, layer in arms]
            present = [(guard, value) for guard, value in options if value is not None]
            value = merge(present) if present else None
            if value is not None and not isinstance(value, Choice) and slot[0] in self._spaces:
                value = _where_given(value, present, len(options))
            self.set(slot, value)


def _where_given(value: Value, present: Sequence[tuple[Guard, Value]], ways: int) -> Value:
    """The one value of a variable, which some of the ``ways`` may not have given it."""
    partial = [option for _, option in present if isinstance(option, Choice)]
    if len(present) == ways and not partial:
        return value
    given = any_of(conj(guard, any_of(inner for inner, _ in options(option))) for guard, option in present)
    return value if given == any_of(guard for guard, _ in present) and len(present) == ways else Choice(((given, value),))


def merge(options: Iterable[tuple[Guard, Value]]) -> Value:
    """One value that is each of the options under its guard; equal ones become one."""
    flat: list[tuple[Guard, Value]] = []
    for guard, value in options:
        if isinstance(value, Choice):
            flat.extend((conj(guard, inner), option) for inner, option in value.options)
        else:
            flat.append((guard, value))
    merged: list[tuple[Guard, Value]] = []
    for at, (guard, value) in enumerate(flat):
        if guard.never:
            continue
        if len(merged) == _MOST_OPTIONS:
            # what comes first is still what it is
            merged.append((any_of(guard for guard, _ in flat[at:]), Unknown(None, "too many alternatives")))
            break
        for i, (other, known) in enumerate(merged):
            if known is value or known == value or (isinstance(known, Unknown) and isinstance(value, Unknown)):
                merged[i] = (disj(other, guard), known if known == value else Unknown(None, known.why or value.why))  # type: ignore[union-attr]
                break
        else:
            merged.append((guard, value))
    if len(merged) == 1:
        return merged[0][1]
    if not merged:
        return Unknown(None, "unreachable")
    return Choice(tuple(merged))


def options(value: Value) -> tuple[tuple[Guard, Value], ...]:
    """The alternatives of any value."""
    return value.options if isinstance(value, Choice) else ((TRUE, value),)


def narrow(value: Value, admits: Callable[[Guard], bool]) -> Value:
    """A choice without the options whose guards cannot hold."""
    if not isinstance(value, Choice):
        return value
    kept = [(guard, option) for guard, option in value.options if admits(guard)]
    if len(kept) == len(value.options):
        return value
    return merge(kept) if kept else Unknown(None, "unreachable")


__all__ = ["FALSE", "Layer", "Slot", "State", "merge", "narrow", "options"]
