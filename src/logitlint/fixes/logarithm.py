"""A logarithm as it stands in the text, and what stands between it and what it is taken of."""

from __future__ import annotations

import libcst as cst

from logitlint.fixes.activations import Activation, called
from logitlint.fixes.readers import SHAPES
from logitlint.fixes.syntax import Change, Spot, Withheld
from logitlint.kinds import Kind


class Logarithm:
    """``torch.log(p)``, ``p.log()``, ``log1p(-p)``: the call and what it takes the logarithm of."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot
        call = spot.node
        if not isinstance(call, cst.Call):
            raise Withheld("the logarithm is no call")
        name = called(call)
        self.plus_one = name.startswith("log1p")
        given = [each for each in call.args if each.keyword is None or each.keyword.value not in ("name",)]
        if not given and isinstance(call.func, cst.Attribute):
            self.operand = spot.at(call.func.value)
            if name not in ("log", "log1p"):
                raise Withheld("the logarithm works in place")
        elif len(given) == 1 == len(call.args) and not given[0].star:
            self.operand = spot.at(given[0].value)
        else:
            raise Withheld("the logarithm takes more than its operand")
        if name not in ("log", "log1p"):
            raise Withheld(f"`{name}` has no stable form")


def direct(operand: Spot, made: cst.CSTNode, *, padded: bool, complement: bool) -> cst.CSTNode | None:
    """What stays of a logarithm whose operand holds ``made``: the operand, or without its padding ``made`` alone.

    None when ``made`` is not inside. Raises Withheld when more than a change of shape stands between.
    """
    way = _way(operand, made)
    if way is None:
        return None
    if complement or padded:
        fits = _is_complement(operand.node, made) if complement else _is_padding(operand.node, made)
        if not fits:
            raise Withheld("something else stands between the activation and its logarithm")
        return made
    below = made
    for node in way:
        if isinstance(node, cst.Call):
            through = passes(node, below)
        elif isinstance(node, (cst.Attribute, cst.Subscript)):
            through = node.value is below
        else:
            through = isinstance(node, cst.Arg)
        if not through:
            raise Withheld("something else stands between the activation and its logarithm")
        below = node
    return operand.node


def _way(operand: Spot, made: cst.CSTNode) -> list[cst.CSTNode] | None:
    """The nodes above ``made`` up to the operand; None when it is not inside."""
    if made is operand.node:
        return []
    found: list[cst.CSTNode] = []
    for node in operand.unit.above(made):
        found.append(node)
        if node is operand.node:
            return found
    return None


def passes(call: cst.Call, below: cst.CSTNode) -> bool:
    """True for ``p.view(…)`` and ``torch.squeeze(p, …)``."""
    return called(call) in SHAPES and (call.func is below or (bool(call.args) and call.args[0] is below))


def _is_complement(node: cst.CSTNode, below: cst.CSTNode) -> bool:
    """``1 - p``, ``-p`` (under log1p) or ``-p + 1``."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        minus, one = (node.right, node.left) if isinstance(node.left, (cst.Integer, cst.Float)) else (node.left, node.right)
        return is_one(one) and isinstance(minus, cst.UnaryOperation) and _is_complement(minus, below)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Subtract):
        return node.right is below and is_one(node.left)
    return isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus) and node.expression is below


def is_one(node: cst.CSTNode) -> bool:
    return isinstance(node, (cst.Integer, cst.Float)) and float(node.value) == 1


def _is_padding(node: cst.CSTNode, below: cst.CSTNode) -> bool:
    """``p + eps``, ``p.clamp(…)``, ``clamp(p, …)``."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return below in (node.left, node.right)
    if not isinstance(node, cst.Call) or not called(node).startswith(("clamp", "clip", "maximum", "add")):
        return False
    receiver = isinstance(node.func, cst.Attribute) and node.func.value is below
    return receiver or (bool(node.args) and node.args[0].value is below)


def below_complement(spot: Spot) -> Spot:
    node = spot.node
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return below_complement(spot.at(node.right if is_one(node.left) else node.left))
    if isinstance(node, cst.BinaryOperation) and _is_complement(node, node.right):
        return spot.at(node.right)
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Minus):
        return spot.at(node.expression)
    raise Withheld("the complement is not taken where the logarithm is")


def below_padding(spot: Spot) -> Spot:
    node = spot.node
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return spot.at(node.left if isinstance(node.left, (cst.Name, cst.Subscript)) else node.right)
    if isinstance(node, cst.Call):
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in ("clamp", "clip", "clamp_min"):
            return spot.at(node.func.value)
        if node.args:
            return spot.at(node.args[0].value)
    raise Withheld("the padding is not added where the logarithm is taken")


def name_below(spot: Spot) -> Spot | None:
    """The name that an expression reads, through changes of shape only."""
    node = spot.node
    if isinstance(node, cst.Name):
        return spot
    if isinstance(node, cst.Subscript):
        return name_below(spot.at(node.value))
    if isinstance(node, cst.Call):
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in SHAPES and not isinstance(node.func.value, cst.Call):
            below = name_below(spot.at(node.func.value))
            if below is not None:
                return below
        if node.args and passes(node, node.args[0]):
            return name_below(spot.at(node.args[0].value))
    return None


def plain(spot: Spot, text: str) -> Change:
    if "#" in spot.text:
        raise Withheld("a comment stands where the code would change")
    return spot.replace(text)


def within(spot: Spot, outside: Spot) -> bool:
    return spot.unit is outside.unit and any(each is outside.node for each in (spot.node, *spot.unit.above(spot.node)))


def keeping(spot: Spot, inner: Spot, text: str) -> Change:
    if spot.text.count("#") > inner.text.count("#"):
        raise Withheld("a comment stands where the code would change")
    return spot.replace(text)


def binds(stored: Spot, load: cst.CSTNode) -> bool:
    return isinstance(stored.node, cst.Name) and isinstance(load, cst.Name) and stored.node.value == load.value


def in_words(activation: Activation, complement: bool) -> str:
    word = "log-softmax" if activation.kind is Kind.PROB_CAT else "log-sigmoid"
    return f"take the {word}{' of the negated scores' if complement else ''} instead of a logarithm of probabilities"
