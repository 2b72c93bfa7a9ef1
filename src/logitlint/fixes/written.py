"""A cross entropy that is written out: the fused loss on the scores. LGT305.

``-sum(y * log p)`` over the classes, and ``-(y * log p + (1 - y) * log(1 - p))``: the fused loss comes in the place of the product
and its sum, what is done to the result stays. The loss of torch takes the mean or the sum over with it. Wherever the new code
runs it computes the same; it refuses labels of another shape or, in torch, integers among class probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import libcst as cst

from logitlint.fixes import tidy
from logitlint.fixes.activations import Activation, called, library, negated, spelled_in
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.loads import definition
from logitlint.fixes.logarithm import Logarithm, is_one, within
from logitlint.fixes.logs import BACKENDS, scores_before
from logitlint.fixes.names import Spelled, dotted
from logitlint.fixes.syntax import Change, Spot, Withheld, argument, expression, walk
from logitlint.interp.values import Tensor
from logitlint.kinds import LOG_PROBABILITIES, Kind
from logitlint.rules.judge import Finding

#: Library -> the loss over classes and the binary one, both on logits.
_LOSSES = {
    "torch": ("torch.nn.functional.cross_entropy", "torch.nn.functional.binary_cross_entropy_with_logits"),
    "tensorflow": ("tensorflow.nn.softmax_cross_entropy_with_logits", "tensorflow.nn.sigmoid_cross_entropy_with_logits"),
    "jax": ("optax.softmax_cross_entropy", "optax.sigmoid_binary_cross_entropy"),
    "flax": ("optax.softmax_cross_entropy", "optax.sigmoid_binary_cross_entropy"),
    "keras": ("keras.ops.categorical_crossentropy", "keras.ops.binary_crossentropy"),
}
_MEANS, _SUMS = frozenset({"mean", "reduce_mean"}), frozenset({"sum", "reduce_sum"})
_PRODUCTS = frozenset({"mul", "multiply"})
_AXES = ("dim", "axis", "reduction_indices")
_CASTS = frozenset({"float", "double", "half", "to", "type", "type_as", "bfloat16"})


class _Term(NamedTuple):
    """A product of labels and a logarithm, in either order. ``negative``: with a minus before it."""

    factors: tuple[Spot, Spot]
    negative: bool


class _Log(NamedTuple):
    """Where a logarithm of probabilities comes from. ``stored``: the name that is read for what the activation makes."""

    activation: Activation
    stored: Spot | None
    complement: bool


class _Written(NamedTuple):
    """A written-out loss. ``calls``: the mean and the sum inside the site, the outer one first."""

    site: Spot
    calls: list[Spot]
    terms: list[_Term]


def repair(context: Context, finding: Finding) -> Repair:
    """The repair of LGT305. Raises Withheld."""
    written = _read(context.syntax.spot(finding.loc))
    if "#" in written.site.text:
        raise Withheld("a comment stands where the code would change")
    if "binary" in finding.site.detail:
        return _binary(context, finding, written)
    return _categorical(context, finding, written)


# ---------------------------------------------------------------------- how it is written


def _read(site: Spot) -> _Written:
    calls: list[Spot] = []
    inside, negative = _sign(site, False)
    while (operand := _reduced(inside)) is not None:
        calls.append(inside)
        inside, negative = _sign(operand, negative)
    terms = list(_terms(inside, negative))
    if not all(each.negative for each in terms) or len(terms) > 2:
        raise Withheld("the loss is written in a way that no edit is known for")
    return _Written(site, calls, terms)


def _sign(spot: Spot, negative: bool) -> tuple[Spot, bool]:
    node = spot.node
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        return _sign(spot.at(node.expression), not negative)
    return spot, negative


def _reduced(spot: Spot) -> Spot | None:
    """What a mean or a sum is taken of."""
    call = spot.node
    if not isinstance(call, cst.Call) or called(call) not in _MEANS | _SUMS:
        return None
    first = argument(call, 0, "input", "input_tensor", "x", "a")
    if _is_method(call):
        assert isinstance(call.func, cst.Attribute)
        return spot.at(call.func.value)
    if first is None or first.star:
        raise Withheld("what is summed is not written in the sum")
    return spot.at(first.value)


def _is_method(call: cst.Call) -> bool:
    """``(y * log_p).sum(1)``, not ``torch.sum(…)``: the receiver is no path of names, or nothing but axes is given."""
    if not isinstance(call.func, cst.Attribute):
        return False
    if not isinstance(call.func.value, (cst.Name, cst.Attribute)):
        return True
    plain = [each.value for each in call.args if each.keyword is None]
    numbers = (each.expression if isinstance(each, cst.UnaryOperation) else each for each in plain)
    return all(isinstance(each, cst.Integer) for each in numbers) and not any(
        each.keyword is not None and each.keyword.value in ("input", "input_tensor", "x", "a") for each in call.args
    )


def _terms(spot: Spot, negative: bool) -> Iterator[_Term]:
    spot, negative = _sign(spot, negative)
    node = spot.node
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Add, cst.Subtract)):
        yield from _terms(spot.at(node.left), negative)
        yield from _terms(spot.at(node.right), negative != isinstance(node.operator, cst.Subtract))
        return
    (one, first), (other, second) = (_sign(each, False) for each in _factors(spot))
    yield _Term((one, other), negative != (first != second))


def _factors(spot: Spot) -> tuple[Spot, Spot]:
    node = spot.node
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Multiply):
        return spot.at(node.left), spot.at(node.right)
    if isinstance(node, cst.Call) and called(node) in _PRODUCTS and len(node.args) == 2 and not any(each.star for each in node.args):
        return spot.at(node.args[0].value), spot.at(node.args[1].value)
    raise Withheld("the product is not written where the loss is")


# ---------------------------------------------------------------------- the logarithms


def _parts(context: Context, term: _Term) -> tuple[Spot, _Log]:
    """The labels of a term, and its logarithm. Raises Withheld."""
    one, other = term.factors
    try:
        return one, _made(context, other)
    except Withheld:
        return other, _made(context, one)


def _made(context: Context, spot: Spot) -> _Log:
    stored = None
    if isinstance(spot.node, cst.Name):
        value = definition(spot.unit, spot.node)
        if value is None:
            raise Withheld("the logarithm is not written where the loss is")
        stored, spot = spot, spot.at(value)
    loc = context.loc_of(spot)
    made = context.made_at(loc)
    if made is not None and made.kind in LOG_PROBABILITIES:
        return _Log(context.activation(made), stored, False)
    taken_of = context.logged(loc)
    if taken_of is None:
        raise Withheld("the logarithm is not written where the loss is")
    if stored is not None:
        raise Withheld("the logarithm is kept under a name")
    return _of_probabilities(context, Logarithm(spot), context.activation(taken_of))


def _of_probabilities(context: Context, log: Logarithm, activation: Activation) -> _Log:
    made = activation.spot

    def is_made(spot: Spot) -> bool:
        value = definition(spot.unit, spot.node) if isinstance(spot.node, cst.Name) else spot.node
        return spot.unit is made.unit and value is made.node

    found = _below(log.operand, is_made)
    if found is None:
        raise Withheld("something else stands between the activation and its logarithm")
    spot, turned = found
    return _Log(activation, spot if isinstance(spot.node, cst.Name) else None, turned)


def _below(spot: Spot, wanted: Callable[[Spot], bool]) -> tuple[Spot, bool] | None:
    """What is wanted below a complement and a padding, and whether its sign is turned."""
    node = spot.node
    if wanted(spot):
        return spot, False
    below: list[tuple[cst.CSTNode, bool]] = []
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, (cst.Add, cst.Subtract)):
        below = [(node.left, False), (node.right, isinstance(node.operator, cst.Subtract))]
    elif isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        below = [(node.expression, True)]
    elif isinstance(node, cst.Call) and called(node).startswith(("clamp", "clip", "maximum")):
        below = [(each.value, False) for each in node.args[:1]]
        below += [(node.func.value, False)] if isinstance(node.func, cst.Attribute) else []
    for each, turned in below:
        found = _below(spot.at(each), wanted)
        if found is not None:
            return found[0], found[1] != turned
    return None


def _scores(context: Context, finding: Finding, written: _Written, logs: list[_Log]) -> tuple[str, list[Change]]:
    """The scores as the fused loss can be given them, and what that takes. Raises Withheld."""
    activation = logs[0].activation
    if any(each.keyword is not None and each.keyword.value == "dtype" for each in activation.rest):
        raise Withheld("the activation changes the precision")
    if all(each.stored is None for each in logs):
        texts = {negated(each.activation.scores) if each.complement else expression(each.activation.scores) for each in logs}
        return texts.pop(), []
    stored = {each.stored.node.value for each in logs if each.stored is not None and isinstance(each.stored.node, cst.Name)}
    if len(stored) != 1 or any(each.activation.spot.node is not activation.spot.node for each in logs):
        raise Withheld("the probabilities come from several places")
    readers = context.readers(activation, finding)
    if len(readers.stored) != 1:
        raise Withheld("the probabilities are stored under several names")
    others = [each for each in (*readers.wanted, *readers.others, *readers.indifferent) if not within(each, written.site)]
    alone = not others and not readers.opaque and not readers.returned
    text, changes = scores_before(context, activation, readers, written.site, alone=alone)
    return text, [*changes, *(tidy.unused_module(context, activation) if alone else [])]


# ---------------------------------------------------------------------- over classes


def _categorical(context: Context, finding: Finding, written: _Written) -> Repair:
    if len(written.terms) != 1 or not written.calls or _last(written.calls[-1]) not in _SUMS:
        raise Withheld("the loss is written in a way that no edit is known for")
    labels, log = _parts(context, written.terms[0])
    total, outers = written.calls[-1], written.calls[:-1]
    if log.complement:
        raise Withheld("the loss is written in a way that no edit is known for")
    classes = _Classes(context, finding, log.activation, total)
    spelled, home = _spelled(context, finding, written, 0)
    scores, changes = _scores(context, finding, written, [log])
    if home == "torch":
        target, text = _torch(
            written.site, outers, "" if classes.summed is not None else "sum", f"{scores}, {_torch_labels(labels, scores)}", spelled
        )
        doubt = classes.torch_doubt()
    else:
        axis = classes.axis(home)
        given = _GIVEN[home].format(scores=scores, labels=expression(labels)) + (f", axis={axis}" if axis is not None else "")
        text = f"{spelled.text}({given})"
        target, text = written.site, _around(outers, text if classes.summed is not None else _around([total], text))
        doubt = ""
    found = Repair("unsafe", f"`{spelled.text}` of the scores", [target.replace(text), *spelled.changes, *changes])
    if doubt:
        found.applicability = "suggestion"
        found.message += f"; {doubt}"
    return found


class _Classes:
    """The axis of the classes. ``summed``: the one that the sum runs over, None for all. Raises Withheld where they differ."""

    def __init__(self, context: Context, finding: Finding, activation: Activation, total: Spot) -> None:
        given = finding.value.axis if isinstance(finding.value, Tensor) else None
        self.summed = _summed(total)
        loc = context.loc_of(activation.spot)
        ranks = context.ranks(loc) if loc is not None else set()
        self.rank = ranks.pop() if len(ranks) == 1 else None
        if given is None:
            raise Withheld("the axis of the classes is not known")
        if self.rank is None and self.summed is not None and given != self.summed:
            # an axis from the end and one from the start that are the same give away the number of dimensions
            last, first = sorted((given, self.summed))
            if last >= 0 or first < 0:
                raise Withheld("the sum runs over another axis than the classes")
            self.rank = first - last
        if self.rank is not None and self.summed is not None and given % self.rank != self.summed % self.rank:
            raise Withheld("the sum runs over another axis than the classes")
        self.given = given % self.rank if self.rank is not None else given

    def torch_doubt(self) -> str:
        """What has to be looked at: torch's loss reads the classes along axis 1. Raises Withheld where they do not lie there."""
        if self.given == 1 or self.rank == 1:
            return ""
        if self.rank is None and self.given == -1:
            return "look whether the scores have two dimensions: with more of them the classes must lie along axis 1"
        raise Withheld("the classes do not lie along axis 1")

    def axis(self, home: str) -> int | None:
        """The axis, where it is not the last one."""
        if self.given == (self.rank - 1 if self.rank is not None else -1):
            return None
        if home == "optax":
            raise Withheld("the classes do not lie along the last axis")
        return self.given


def _summed(total: Spot) -> int | None:
    call = total.node
    assert isinstance(call, cst.Call)
    operand = _reduced(total)
    assert operand is not None
    rest = [each for each in call.args if not _holds(each, operand.node)]
    axes = [each for each in rest if each.keyword is None or each.keyword.value in _AXES]
    if len(rest) != len(axes) or len(axes) > 1:
        raise Withheld("the sum takes more than an axis")
    if not axes or (isinstance(axes[0].value, cst.Name) and axes[0].value.value == "None"):
        return None
    node: cst.CSTNode = axes[0].value
    if isinstance(node, (cst.List, cst.Tuple)) and len(node.elements) == 1:
        node = node.elements[0].value
    negative = isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus)
    number = node.expression if negative else node  # type: ignore[attr-defined]
    if not isinstance(number, cst.Integer):
        raise Withheld("the axis of the sum is not written in it")
    return -int(number.value) if negative else int(number.value)


def _holds(outside: cst.CSTNode, inside: cst.CSTNode) -> bool:
    return any(each is inside for each in walk(outside))


def _torch_labels(labels: Spot, scores: str) -> str:
    """Class probabilities as they are; one-hot rows made here as the class numbers that they are made of."""
    node: cst.CSTNode = labels.node
    while isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value in _CASTS:
        node = node.func.value
    if isinstance(node, cst.Call) and called(node) == "one_hot" and node.args and not node.args[0].star:
        return expression(labels.at(node.args[0].value))
    made = definition(labels.unit, labels.node) if isinstance(labels.node, cst.Name) else None
    return _as_numbers(labels, scores) if isinstance(made, cst.Call) and called(made) == "one_hot" else _torch_probabilities(labels, scores)


def _torch_probabilities(labels: Spot, scores: str) -> str:
    """Labels as the losses of PyTorch take them, which take no integers."""
    made = definition(labels.unit, labels.node) if isinstance(labels.node, cst.Name) else labels.node
    return _as_numbers(labels, scores) if isinstance(made, cst.Call) and called(made) in ("long", "int") else expression(labels)


def _as_numbers(labels: Spot, scores: str) -> str:
    return f"{expression(labels)}.type_as({scores})" if scores.isidentifier() else f"{expression(labels)}.float()"


# ---------------------------------------------------------------------- two classes


def _binary(context: Context, finding: Finding, written: _Written) -> Repair:
    if len(written.terms) != 2:
        raise Withheld("the loss is written in a way that no edit is known for")
    parts = [_parts(context, each) for each in written.terms]
    (labels, log), (rest, other) = parts if not parts[0][1].complement else reversed(parts)
    stable = log.activation.kind is Kind.LOGPROB_EL
    if log.activation.kind not in (Kind.PROB_EL, Kind.LOGPROB_EL) or log.activation.kind is not other.activation.kind:
        raise Withheld("the loss is written in a way that no edit is known for")
    if stable:
        labels, log, rest, other = _which(labels, log, rest, other)
    elif log.complement or not other.complement:
        raise Withheld("the loss is written in a way that no edit is known for")
    if not _is_one_minus(rest, labels):
        raise Withheld("the labels of the two terms do not add up to one")
    spelled, home = _spelled(context, finding, written, 1)
    scores, changes = _binary_scores(context, finding, written, log, other)
    if home == "torch":
        target, text = _torch(written.site, written.calls, "", f"{scores}, {_torch_probabilities(labels, scores)}", spelled)
    else:
        text = f"{spelled.text}({_GIVEN[home].format(scores=scores, labels=expression(labels))})"
        target, text = written.site, _around(written.calls, text)
    return Repair("unsafe", f"`{spelled.text}` of the scores", [target.replace(text), *spelled.changes, *changes])


def _which(labels: Spot, log: _Log, rest: Spot, other: _Log) -> tuple[Spot, _Log, Spot, _Log]:
    """``logsigmoid(x)`` and ``logsigmoid(-x)``: the one of the labels first."""
    return (labels, log, rest, other) if _is_one_minus(rest, labels) else (rest, other, labels, log)


def _is_one_minus(rest: Spot, labels: Spot) -> bool:
    node = rest.node
    if not isinstance(node, cst.BinaryOperation) or not isinstance(node.operator, cst.Subtract) or not is_one(node.left):
        return False
    return rest.at(node.right).text == labels.text and not _calls(labels.node)


def _binary_scores(context: Context, finding: Finding, written: _Written, log: _Log, other: _Log) -> tuple[str, list[Change]]:
    """The scores of both logarithms, which must be the same. Raises Withheld."""
    if log.stored is not None and other.stored is not None and log.activation.kind is Kind.PROB_EL:
        return _scores(context, finding, written, [log, other])
    if log.stored is not None or other.stored is not None:
        raise Withheld("one of the logarithms is kept under a name")
    text = expression(log.activation.scores)
    opposite = negated(other.activation.scores) if log.activation.kind is Kind.LOGPROB_EL else expression(other.activation.scores)
    if text != opposite or _calls(log.activation.scores.node):
        raise Withheld("the logarithms are not of the same scores")
    return text, []


def _calls(node: cst.CSTNode) -> bool:
    return any(isinstance(each, cst.Call) for each in walk(node))


# ---------------------------------------------------------------------- what is written instead

#: What the losses are given.
_GIVEN = {
    "tensorflow": "labels={labels}, logits={scores}",
    "optax": "{scores}, {labels}",
    "keras": "{labels}, {scores}, from_logits=True",
}


def _spelled(context: Context, finding: Finding, written: _Written, which: int) -> tuple[Spelled, str]:
    """What the fused loss is called in the file, and whose it is. Raises Withheld."""
    api = finding.site.api
    if api.startswith(BACKENDS):
        assert isinstance(finding.value, Tensor) and finding.value.producer is not None
        func = context.syntax.spot(finding.value.producer.loc).node.func  # type: ignore[attr-defined]
        home = dotted(func).rpartition(".")[0]
        if not home:
            raise Withheld("the file has no name for the backend of Keras")
        return Spelled(f"{home}.{('categorical', 'binary')[which]}_crossentropy"), "keras"
    names = _LOSSES.get(library(api))
    if names is None:
        raise Withheld(f"{library(api)} has no fused loss that is known here")
    home, last = names[which].partition(".")[0], names[which].rpartition(".")[2]
    if any(isinstance(each, cst.FunctionDef) and each.name.value == last for each in written.site.unit.above(written.site.node)):
        raise Withheld("the fused loss is perhaps what is written here")
    if home == "optax" and not any(_imports_optax(context, path) for path in sorted(context.project.files)):
        raise Withheld("the fused loss is optax's, which is not used here")
    return context.names.spell(written.site, spelled_in(names[which], api)), home


def _imports_optax(context: Context, path: str) -> bool:
    if b"optax" not in (context.project.bytes(path) or b""):
        return False
    return any(each.module is not None and each.module.partition(".")[0] == "optax" for each in context.project.outline(path).imports)


def _torch(site: Spot, outers: list[Spot], reduction: str, given: str, spelled: Spelled) -> tuple[Spot, str]:
    """What is replaced, and by what: a mean or a sum over the examples is left to the loss. ``reduction``: "" where it is open."""
    target, outers = site, list(outers)
    if not reduction and outers and _is_plain(outers[-1]):
        reduction = _last(outers.pop())
    elif not reduction and not outers and (outer := _plain_around(site)) is not None:
        target, reduction = outer, _last(outer)
    given += {"mean": "", "sum": ', reduction="sum"', "": ', reduction="none"'}[reduction]
    return target, _around(outers, f"{spelled.text}({given})")


def _last(spot: Spot) -> str:
    assert isinstance(spot.node, cst.Call)
    return called(spot.node)


def _is_plain(call: Spot) -> bool:
    """Whether a mean or a sum runs over everything."""
    node, operand = call.node, _reduced(call)
    assert isinstance(node, cst.Call) and operand is not None
    return all(_holds(each, operand.node) for each in node.args)


def _plain_around(site: Spot) -> Spot | None:
    """The mean or the sum over everything that is taken of what stands at a place."""
    above = site.parent
    call = above.parent if above is not None else None
    if call is None or not isinstance(call.node, cst.Call) or called(call.node) not in _MEANS | _SUMS:
        return None
    operand = _reduced(call)
    if operand is None or operand.node is not site.node or not _is_plain(call) or "#" in call.text:
        return None
    return call


def _around(outers: list[Spot], text: str) -> str:
    """Text with the calls around it again, the innermost last in the list."""
    for call in reversed(outers):
        assert isinstance(call.node, cst.Call)
        operand = _reduced(call)
        assert operand is not None
        whole = next((each for each in call.node.args if _holds(each, operand.node)), None)
        node = whole.value if whole is not None else call.node.func.value  # type: ignore[attr-defined]
        (first, last), (start, end) = call.unit.range(call.node), call.unit.outer(node)
        text = call.unit.whole[first:start] + text + call.unit.whole[end:last]
    return text
