"""Loops: how often they are taken to turn, what their elements are, and what one turn leaves to the next."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace

from logitlint import ir
from logitlint.interp import arithmetic, containers, foreign, objects
from logitlint.interp.core import LeftTurn
from logitlint.interp.guards import FALSE, TRUE, any_of, relative
from logitlint.interp.modules import Modules
from logitlint.interp.state import merge
from logitlint.interp.truth import Truth, opaque
from logitlint.interp.values import NOTHING, Choice, Const, Seq, Unknown, Value

_LONGEST_UNROLLED = 64
_LONGEST_RANGE = 8


class Loops(Modules):
    @abstractmethod
    def test(self, node: ir.Expr | None) -> Truth: ...

    @abstractmethod
    def assign(self, target: ir.Expr, value: Value) -> None: ...

    def _loop(self, node: ir.Loop) -> bool:
        if self.loops:
            return self._turns(node)
        kept, self.partly = self.partly, {}
        try:
            return self._turns(node)
        finally:
            self.partly = kept

    def _turns(self, node: ir.Loop) -> bool:
        if node.target is None:
            yes, _ = self.test(node.test) if node.test is not None else (TRUE, FALSE)
            if not self.admits(yes):
                return self.run(node.other)
            return self._repeat(node, lambda _: None) and self.run(node.other)
        source = self.evaluate(node.source) if node.source is not None else NOTHING
        return self._over(node, source)

    def _over(self, node: ir.Loop, source: Value) -> bool:
        held = self.narrowed(containers.held(self, source))
        if not isinstance(held, Choice):
            return self._iterate(node, held)

        def arm(option: Value) -> Callable[[], bool]:
            return lambda: self._over(node, option)

        return self.fork([(guard, arm(option)) for guard, option in held.options])

    def _iterate(self, node: ir.Loop, source: Value) -> bool:
        content = containers.sequence(self, source)
        nested = any(isinstance(s, ir.Loop) for s in node.body)
        counts = isinstance(node.source, ir.Call) and isinstance(node.source.fn, ir.Name) and node.source.fn.id == "range"
        most = (1 if nested else _LONGEST_RANGE) if counts else _LONGEST_UNROLLED
        if content.rest is None and len(content.items) <= most:
            return self._unroll(node, content.items) if content.items else self.run(node.other)
        start = self._first_number(node.source)

        def any_of_them(content: Seq, begun: int) -> Callable[[tuple[int, ...]], Value]:
            def element(turns: tuple[int, ...]) -> Value:
                value = NOTHING if counts else objects.any_element(content, turns)
                return value if start is None else self._numbered(node, value, start + begun)

            return element

        if counts or content.rest is None or len(content.items) + len(content.tail) > most:
            alive = self._repeat(node, any_of_them(content, 0), start is not None)
        else:
            behind = any_of_them(Seq((), content.rest), len(content.items))
            alive = self._unroll(node, content.items) and self._repeat(node, behind, start is not None) and self._unroll(node, content.tail)
        return alive and self.run(node.other)

    def _first_number(self, source: ir.Expr | None) -> int | None:
        """What ``range`` or ``enumerate`` begins to count with; None of anything else, and where only running tells."""
        if not isinstance(source, ir.Call) or not isinstance(source.fn, ir.Name):
            return None
        given = [each.value for each in source.args if each.form == "" and each.name is None]
        named = {each.name: each.value for each in source.args if each.name is not None}
        if len(given) + len(named) < len(source.args) or not given:
            return None
        if source.fn.id == "range" and not named and len(given) < 3:
            start = given[0] if len(given) == 2 else None
        elif source.fn.id == "enumerate":
            start = given[1] if len(given) > 1 else named.get("start")
        else:
            return None
        if start is None:
            return 0
        return start.value if isinstance(start, ir.Const) and isinstance(start.value, int) else None

    def _numbered(self, node: ir.Loop, value: Value, start: int) -> Value:
        """An element of a loop that counts: a test of its number is decided in the first turn, and of later ones it is known that they
        are greater. For all else it is any number: the layers that one turn names stand for those of all."""
        form = "first" if self.repeating[-1][1] == 0 else "later"
        number = Unknown((form, start, self.occasion(self.here(node.at))))
        if isinstance(value, Seq) and len(value.items) == 2 and value.rest is None:
            return replace(value, items=(number, value.items[1]))
        return number if value == NOTHING else value

    def _unroll(self, node: ir.Loop, items: Sequence[Value]) -> bool:
        begun = self.repeating[-1][0] if self.repeating else 0
        for turn, value in enumerate(items):
            self.repeating.append((begun, turn))
            try:
                if not self._pass(node, value):
                    return False
            finally:
                self.repeating.pop()
        return True

    def _pass(self, node: ir.Loop, value: Value | None, of_many: bool = False) -> bool:
        """One turn of a loop, perhaps the first ``of_many``; ``break`` and ``continue`` both join at its end."""
        entry, depth = self.path, self.state.depth
        pending: list[LeftTurn] = []
        self.loops.append((depth, pending))
        self.state.push()
        try:
            if value is not None and node.target is not None:
                foreign.renew(self, value)
                self.assign(node.target, value)
            alive = self.run(node.body)
        finally:
            layer = self.state.pop()
            self.loops.pop()
        # as a loop is taken to make a turn, it is taken to make a whole one before it is left
        whole = layer if alive and of_many else {}
        arms = [(each.path, {**whole, **each.written} if each.ends_loop else each.written) for each in pending]
        if alive:
            arms.append((self.path, layer))
        if not arms:
            self.path = entry
            return False
        self.state.join([(relative(path, entry), written) for path, written in arms])
        self.path = any_of(path for path, _ in arms) if not (alive and not pending) else self.path
        return True

    def _repeat(self, node: ir.Loop, element: Callable[[tuple[int, ...]], Value | None], counts: bool = False) -> bool:
        """A loop of unknown length, run twice. What the second turn changes again is one of both.

        ``element`` gives what the target holds in a turn: another element each time, so that what is decided by one
        turn's is not decided for the next. ``counts``: it is known in the first turn, so another has to be made in any case.
        """
        self.repeating.append((self._next, 0))
        try:
            depth = self.state.depth
            self.state.push()
            alive = self._pass(node, element(self.turns()), of_many=True)
            first = self.state.pop()
            if not alive:
                return False
            carried = counts or any(self.state.get(slot) not in (None, value) for slot, value in first.items())
            counted = [(slot, _passed(self.state.get(slot), value)) for slot, value in first.items()]
            self.state.commit(first)
            for number, (slot, least) in enumerate(counted):
                if least is not None:
                    # how far it has been counted, the turn alone tells: every hundredth may do what neither of the first two does
                    self.state.set(slot, Unknown(("later", least, self.occasion(self.here(node.at)), number)))
            if carried:
                self.repeating[-1] = self.repeating[-1][0], 1
                self.state.push()
                alive = self._pass(node, element(self.turns()))
                second = self.state.pop()
                guard, other = opaque(self, self.here(node.at))
                if alive:
                    for slot, value in second.items():
                        before = first.get(slot)
                        if before is None or value is None or self.alike(before, value):
                            self.state.set(slot, value)
                        else:
                            summed = arithmetic.accumulated(before, value)
                            self.state.set(slot, summed if summed is not None else merge([(guard, before), (other, value)]))
            assert self.state.depth == depth
        finally:
            self.repeating.pop()
        return True


def _passed(before: Value | None, after: Value | None) -> float | None:
    """What a number that a turn of a loop changes has passed for good; None of anything else."""
    old, new = _number(before), _number(after)
    if old is None or new is None or old == new:
        return None
    return old if new > old else -math.inf


def _number(value: Value | None) -> float | None:
    number = value.value if isinstance(value, Const) else None
    return number if isinstance(number, (int, float)) and not isinstance(number, bool) else None
