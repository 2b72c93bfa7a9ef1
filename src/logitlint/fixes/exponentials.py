"""Logarithms of sums of exponentials: LGT306 and LGT307."""

from __future__ import annotations

import re

import libcst as cst

from logitlint.diagnostics import Applicability
from logitlint.fixes.activations import called, library, spelled_in
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.loads import definition
from logitlint.fixes.logarithm import Logarithm, keeping
from logitlint.fixes.syntax import Spot, Withheld, argument, expression
from logitlint.rules.judge import Finding

_LOGSUMEXP = {
    "torch": ("torch.logsumexp",),
    "tensorflow": ("tensorflow.reduce_logsumexp",),
    "jax": ("jax.nn.logsumexp", "jax.scipy.special.logsumexp"),
    "keras": ("keras.ops.logsumexp",),
}
_SOFTPLUS = {
    "torch": ("torch.nn.functional.softplus",),
    "tensorflow": ("tensorflow.nn.softplus", "tensorflow.math.softplus"),
    "jax": ("jax.nn.softplus",),
    "keras": ("keras.ops.softplus",),
}
_SUMS = frozenset({"sum", "reduce_sum"})


def sum_of_exponentials(context: Context, finding: Finding) -> Repair:
    """LGT306: ``logsumexp``, with the axis and ``keepdim`` of the sum. Raises Withheld."""
    log = Logarithm(context.syntax.spot(finding.loc))
    total = log.operand.node
    if not isinstance(total, cst.Call):
        raise Withheld("the sum is not taken where the logarithm is")
    where = library(finding.site.api)
    if called(total) not in _SUMS:
        raise Withheld("the sum is not taken where the logarithm is")
    exponent, rest = _summed(log.operand, total)
    scores = _exponent(exponent)
    if any(each.star for each in rest):
        raise Withheld("the axis of the sum is not written in it")
    level = _with_axis(log.operand, rest) if where == "torch" else "safe"
    if any(each.keyword is not None and each.keyword.value not in ("dim", "axis", "keepdim", "keepdims") for each in rest):
        raise Withheld("the sum takes more than an axis")
    if where == "jax" and sum(each.keyword is None for each in rest) > 1:
        raise Withheld("the sum takes more than an axis")
    axis = "dim=" if where == "torch" else "axis="
    texts = [re.sub(r"^(dim|axis)\s*=\s*", axis, log.spot.unit.text(each)) for each in rest]
    names = _LOGSUMEXP.get(where)
    if names is None:
        raise Withheld("the library has no logsumexp")
    spelled = context.names.spell(log.spot, *(spelled_in(full, finding.site.api) for full in names))
    text = f"{spelled.text}({', '.join([expression(scores), *texts])})"
    return Repair(level, f"`{spelled.text}` does not overflow", [keeping(log.spot, scores, text), *spelled.changes])


def _with_axis(total: Spot, rest: list[cst.Arg]) -> Applicability:
    """How far the axis of a sum may go to torch's ``logsumexp``, which takes no None and sums nothing over no axis. Raises Withheld."""
    given = next((each.value for each in rest if each.keyword is None or each.keyword.value in ("dim", "axis")), None)
    axis = total.at(given) if given is not None else None
    if axis is None or _is_none(axis.node) or (isinstance(axis.node, (cst.Tuple, cst.List)) and not axis.node.elements):
        raise Withheld("the sum runs over every axis")
    if _is_number(axis):
        return "safe"
    if _may_be_none(axis):
        raise Withheld("the axis may be None, which `torch.logsumexp` does not take")
    return "unsafe"


def _is_number(axis: Spot) -> bool:
    """Whether an axis is written as a number, or several, or calculated: it is not None."""
    node = definition(axis.unit, axis.node) or axis.node if isinstance(axis.node, cst.Name) else axis.node
    if isinstance(node, (cst.Tuple, cst.List)):
        return bool(node.elements) and all(isinstance(each, cst.Element) and _is_number(axis.at(each.value)) for each in node.elements)
    negative = isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus)
    return negative or isinstance(node, (cst.Integer, cst.BinaryOperation))


def _may_be_none(axis: Spot) -> bool:
    """Whether an axis is a parameter that is None by default."""
    scope, node = axis.unit.scope(axis.node), axis.node
    if not isinstance(scope, cst.FunctionDef) or not isinstance(node, cst.Name):
        return False
    params = (*scope.params.posonly_params, *scope.params.params, *scope.params.kwonly_params)
    return any(each.name.value == node.value and each.default is not None and _is_none(each.default) for each in params)


def _is_none(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Name) and node.value == "None"


def _summed(spot: Spot, call: cst.Call) -> tuple[Spot, list[cst.Arg]]:
    """What is summed, and the other arguments."""
    func = call.func
    if isinstance(func, cst.Attribute) and func.attr.value == "sum" and _is_exp(func.value):
        return spot.at(func.value), list(call.args)
    first = argument(call, 0, "input", "input_tensor", "a", "x")
    if first is None or first.star:
        raise Withheld("what is summed is not written in the sum")
    return spot.at(first.value), [each for each in call.args if each is not first]


def _is_exp(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and called(node) == "exp"


def _exponent(spot: Spot) -> Spot:
    """``x`` of ``exp(x)`` or ``x.exp()``."""
    call = spot.node
    if not isinstance(call, cst.Call) or not _is_exp(call):
        raise Withheld("the exponential is not taken where the logarithm is")
    if not call.args and isinstance(call.func, cst.Attribute):
        return spot.at(call.func.value)
    if len(call.args) == 1 and not call.args[0].star:
        return spot.at(call.args[0].value)
    raise Withheld("the exponential takes more than its operand")


def one_plus_exponential(context: Context, finding: Finding) -> Repair:
    """LGT307: ``softplus``. Raises Withheld."""
    log = Logarithm(context.syntax.spot(finding.loc))
    exponent = log.operand
    if not log.plus_one:
        node = exponent.node
        if not isinstance(node, cst.BinaryOperation) or not isinstance(node.operator, cst.Add):
            raise Withheld("the exponential is not taken where the logarithm is")
        one, other = (node.left, node.right) if isinstance(node.left, (cst.Integer, cst.Float)) else (node.right, node.left)
        if not isinstance(one, (cst.Integer, cst.Float)) or float(one.value) != 1:
            raise Withheld("the exponential is not taken where the logarithm is")
        exponent = exponent.at(other)
    scores = _exponent(exponent)
    where = library(finding.site.api)
    names = _SOFTPLUS.get(where)
    if names is None:
        raise Withheld("the library has no softplus")
    spelled = context.names.spell(log.spot, *(spelled_in(full, finding.site.api) for full in names))
    return Repair(
        "safe",
        f"`{spelled.text}` does not overflow",
        [keeping(log.spot, scores, f"{spelled.text}({expression(scores)})"), *spelled.changes],
    )
