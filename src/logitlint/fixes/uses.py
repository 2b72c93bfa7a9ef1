"""Who reads scores as the probabilities that they are not: there a loss that takes the scores mends one half, and hides the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import libcst as cst

from logitlint import catalog
from logitlint.fixes.activations import Activation, called
from logitlint.fixes.context import Context
from logitlint.fixes.loads import loads_after, unpacked
from logitlint.fixes.names import bindings, dotted
from logitlint.fixes.readers import KEEPS, Following
from logitlint.fixes.syntax import Function, Spot, Withheld
from logitlint.interp.values import Tensor, steps
from logitlint.rules.judge import Finding

#: What is done to numbers that mean something: to probabilities, in code that gives them to a loss on probabilities.
_COMPUTES = frozenset(
    "sum mean prod pow square sqrt log log2 log10 log1p exp mul multiply div add sub subtract where round rint gt ge lt le greater "
    "greater_equal less less_equal bernoulli multinomial dot matmul einsum reduce_sum reduce_mean abs".split()
)
#: Whose functions give other numbers, or save them; those that do more are known by name.
_LIBRARIES = frozenset({"torch", "tensorflow", "keras", "jax", "flax", "numpy", "paddle"})
_NUMBERS = frozenset({"item", "tolist"})
_DEEPEST = 3


@dataclass(slots=True)
class Uses:
    """Where the scores are computed with as if they were probabilities, and who perhaps does so; in words."""

    computed: dict[str, None] = field(default_factory=dict)
    perhaps: dict[str, None] = field(default_factory=dict)


def uses(context: Context, finding: Finding) -> Uses:
    """What else becomes of the scores that reach the loss of a finding."""
    found = _Uses(context, finding)
    for value in (finding.value, *finding.others):
        if isinstance(value, Tensor) and value.producer is not None:
            found.of(context.syntax.spot(value.producer.loc), value.producer.api)
    return found.found


class _Uses:
    def __init__(self, context: Context, finding: Finding) -> None:
        self._context = context
        self._finding = finding
        loss = context.syntax.spot(finding.reader).node
        hops = [hop for value in (finding.value, *finding.others) if isinstance(value, Tensor) for hop in steps(value.origin)]
        self._leading = {id(loss), *(id(context.syntax.spot(hop.loc).node) for hop in hops)}
        passing = [context.syntax.spot(hop.loc).node for hop in hops if hop.note.startswith("is passed as")]
        calls = [each for each in (loss, *passing) if isinstance(each, cst.Call)]
        self._beside = {name for each in calls for arg in each.args if (name := _variable(arg.value))}
        self.found = Uses()

    def of(self, made: Spot, api: str) -> None:
        """What becomes of the scores that are made at a place."""
        if not isinstance(made.node, cst.Call) or not isinstance(self._finding.value, Tensor):
            return
        form = "layer" if called(made.node)[:1].isupper() else "function"
        try:
            readers = self._context.readers(
                Activation(made, api, self._finding.value.kind, form, self._context.names),  # type: ignore[arg-type]
                self._finding,
            )
        except Withheld:
            return
        self._judge([*readers.others, *readers.perhaps], 0)

    def _judge(self, others: Iterable[Spot], depth: int) -> None:
        for each in others:
            spot = self._widest(each)
            if spot is not None and not any(id(above) in self._leading for above in spot.unit.above(spot.node)):
                self._use(spot, depth)

    def _widest(self, spot: Spot) -> Spot | None:
        """The same numbers in their last shape; None for a part of them that does not reach the loss."""
        if any(isinstance(each, cst.Subscript) and id(each) not in self._leading for each in _bound_to(spot)):
            return None
        spot = _reshaped(spot, lambda part: id(part) in self._leading)
        above = spot.parent
        return None if above is not None and isinstance(above.node, cst.Subscript) and above.node.value is spot.node else spot

    def _use(self, spot: Spot, depth: int) -> None:
        above = spot.parent
        assert above is not None
        node = above.node
        if isinstance(node, cst.Comparison):
            computes = _is_threshold(node)
        elif isinstance(node, (cst.BinaryOperation, cst.UnaryOperation, cst.AugAssign)):
            computes = True
        elif isinstance(node, (cst.Arg, cst.Attribute)):
            self._in_call(spot, above, depth)
            return
        else:
            computes = False
        if computes:
            self.found.computed[self._context.syntax.place(spot)] = None

    def _in_call(self, spot: Spot, above: Spot, depth: int) -> None:
        call = above.parent
        if call is None or not isinstance(call.node, cst.Call) or self._context.takes_scores(call):
            return
        place = self._context.syntax.place(spot)
        function = self._function(call, above.node, depth)
        if self._context.compares(call):
            self.found.computed[place] = None
        elif function is not None and (inside := self._inside(*function)):
            self._judge(inside, depth + 1)
        elif called(call.node) in _COMPUTES:
            if not _is_number(call):
                self.found.computed[place] = None
        elif {_variable(each.value) for each in call.node.args} & self._beside - {_variable(spot.node)}:
            self.found.perhaps[place] = None  # with the labels: a metric, or a second loss
        elif function is None and isinstance(above.node, cst.Arg) and self._is_foreign(call):
            self.found.perhaps[place] = None  # a picture, perhaps

    def _is_foreign(self, call: Spot) -> bool:
        """Whether a call is one of an imported function that nothing is known of."""
        assert isinstance(call.node, cst.Call)
        root, _, rest = dotted(call.node.func).partition(".")
        names = [each.full + (f".{rest}" if rest else "") for each in self._context.names.imports(call.path) if each.name == root]
        return any(catalog.lookup(each) is None and each.partition(".")[0] not in _LIBRARIES for each in names)

    def _function(self, call: Spot, arg: cst.CSTNode, depth: int) -> tuple[Spot, Function] | None:
        """The parameter of a function of the project that takes the scores."""
        return self._context.parameter_of(call, arg) if isinstance(arg, cst.Arg) and depth < _DEEPEST else None

    def _inside(self, name: Spot, function: Function) -> list[Spot]:
        """What a function of the project reads of what it is given."""
        following = Following([], ())
        for load in loads_after(name.unit, function, name.node):  # type: ignore[arg-type]
            following.follow(name.at(load))
        return following.found.others


def takes_logarithms(reader: Spot) -> bool:
    """Whether who reads an activation takes it for log-probabilities already: `torch.exp(p)`. Raises Withheld where only some do."""
    last = _reshaped(reader, lambda _part: True)
    above = last.parent
    assert above is not None
    if isinstance(above.node, cst.Assign) and isinstance(above.node.targets[0].target, cst.Name):
        following = Following([], ())
        following.follow(last)
        each = {takes_logarithms(load) for load in following.found.others if load.node is not last.node}
        if len(each) > 1:
            raise Withheld("some read it as log-probabilities, and some do not")
        return each == {True}
    call = above.parent if isinstance(above.node, (cst.Arg, cst.Attribute)) else None
    return call is not None and isinstance(call.node, cst.Call) and called(call.node) == "exp"


def _reshaped(spot: Spot, keeps: Callable[[cst.Subscript], bool]) -> Spot:
    """The same numbers in their last shape, or a part of them that is kept."""
    above = spot.parent
    while above is not None:
        if isinstance(above.node, cst.Subscript) and above.node.value is spot.node and keeps(above.node):
            spot = above
        elif isinstance(above.node, cst.Attribute) and above.node.value is spot.node and above.node.attr.value in (*KEEPS, "numpy"):
            outer = above.parent
            spot = outer if outer is not None and isinstance(outer.node, cst.Call) and outer.node.func is above.node else above
        else:
            break
        above = spot.parent
    return spot


def _bound_to(spot: Spot) -> Iterator[cst.CSTNode]:
    """What a name is bound to in its function."""
    node, unit = spot.node, spot.unit
    if not isinstance(node, cst.Name):
        return
    for bound, target in bindings(unit.scope(node)):
        statement = unit.statement(target) if bound == node.value else None
        if isinstance(statement, cst.Assign):
            yield from (value for name, value in unpacked(statement) if name is target)
            if any(each.target is target for each in statement.targets):
                yield statement.value


def _variable(node: cst.CSTNode) -> str:
    """The variable that is given to a call, perhaps in another shape: `y` in `y.float()` and `y[0]`."""
    while isinstance(node, (cst.Attribute, cst.Subscript, cst.Call)):
        node = node.func if isinstance(node, cst.Call) else node.value
    return node.value if isinstance(node, cst.Name) and node.value != "self" else ""


def _is_number(call: Spot) -> bool:
    """Whether what a method gives becomes a number that is shown: `p.mean().item()`."""
    above = call.parent
    return above is not None and isinstance(above.node, cst.Attribute) and above.node.attr.value in _NUMBERS


def _is_threshold(node: cst.Comparison) -> bool:
    """Whether a comparison asks on which side of something else than 0 a value lies."""
    (first, *more) = node.comparisons
    if more or isinstance(first.operator, (cst.Equal, cst.NotEqual, cst.Is, cst.IsNot, cst.In, cst.NotIn)):
        return bool(more)
    sides = [each for each in (node.left, first.comparator) if isinstance(each, (cst.Integer, cst.Float))]
    return not any(each.evaluated_value == 0 for each in sides)
