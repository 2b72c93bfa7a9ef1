"""Negative log-likelihoods that train nothing: with the sign turned they pick what stands at the label.

``nll_loss(v, y)`` is ``-v[y]`` whatever ``v`` holds (PyTorch's documentation of ``NLLLoss``), and is used as a short ``gather``: for the
score whose gradient explains an image, for the probability that weighs a focal loss, for a mean confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from logitlint import ir
from logitlint.interp.core import Core
from logitlint.interp.surroundings import enclosing
from logitlint.interp.values import Loc

WHY = "the sign of what it gives is turned: it picks the value at the label"
_LIKELIHOODS = frozenset({"nll_loss", "NLLLoss", "NLLLoss2d"})
#: Methods after which a loss is still that loss, or the loss of one example, or its sum.
_KEEPING = frozenset(
    {
        *("sum", "mean", "view", "reshape", "squeeze", "unsqueeze", "flatten", "expand", "expand_as", "type_as"),
        *("float", "double", "half", "detach", "clone", "cpu", "cuda", "to", "item", "numpy"),
    }
)


def is_pick(m: Core, api: str, loc: Loc) -> bool:
    """Whether a loss at a place, called in what is being run, is none."""
    if api.rpartition(".")[2] not in _LIKELIHOODS:
        return False
    body, _ = enclosing(m)
    return any(m.here(at) == loc for at in _picks(body))


def _picks(body: Sequence[ir.Stmt]) -> set[int]:
    """The calls whose result has its sign turned; none of a variable that trains as it is."""
    assigned: dict[str, set[int]] = defaultdict(set)
    turned: set[str] = set()
    kept: set[str] = set()  #: variables that train, or stand for minus a logarithm
    logarithms: set[int] = set()  #: expressions that stand for one
    picked: set[int] = set()
    for node in ir.expressions(tuple(body)):
        match node:
            case ir.Store(target=ir.Name(id=name), value=value):
                source = _source(value)
                operand = _turned(source)
                if isinstance(source, ir.Call) and operand is None:
                    assigned[name].add(source.at)
                elif "log" in name.lower():
                    logarithms.add(source.at)
                elif isinstance(operand, ir.Name) and operand.id == name:
                    picked |= assigned[name]  # `s = -s`, whatever is done with it afterwards
            case ir.Call(fn=ir.Attr(obj=ir.Name(id=name), name="backward")):
                kept.add(name)
            case (
                ir.Call(fn=ir.Attr(name="exp") | ir.Name(id="exp"), args=(ir.Arg(value=operand), *_))
                | ir.Call(fn=ir.Attr(obj=operand, name="exp"))
            ):
                logarithms.add(operand.at)
    for node in ir.expressions(tuple(body)):
        operand = _turned(node)
        found = _source(operand) if operand is not None else None
        if isinstance(found, ir.Name):
            (kept if node[0] in logarithms else turned).add(found.id)
        elif isinstance(found, ir.Call) and node[0] not in logarithms:
            picked.add(found.at)
    return picked.union(*(assigned[name] for name in turned - kept))


def _turned(node: object) -> ir.Expr | None:
    """What is negated, or taken from one, in an expression or an assignment."""
    match node:
        case ir.Op(name="neg", args=(operand,)):
            return operand
        case ir.Op(name="*", args=(operand, ir.Const(value=int() | float() as factor))) if factor < 0:
            return operand
        case ir.Op(name="*", args=(ir.Const(value=int() | float() as factor), operand)) if factor < 0:
            return operand
        case ir.Op(name="-", args=(ir.Const(value=int() | float()), operand)):
            return operand
        case ir.Op(name="+", args=(ir.Const(value=1), operand)) | ir.Op(name="+", args=(operand, ir.Const(value=1))):
            return operand
        case ir.Update(target=operand, name="+", value=ir.Const(value=1)):
            return operand
        case ir.Update(target=operand, name="*", value=ir.Const(value=int() | float() as factor)) if factor < 0:
            return operand
        case ir.Call(fn=ir.Attr(name="neg" | "negative"), args=(ir.Arg(value=operand),)):
            return operand
        case ir.Call(fn=ir.Attr(obj=operand, name="neg" | "neg_"), args=()):
            return operand
    return None


def _source(node: ir.Expr) -> ir.Expr:
    """The expression behind methods that keep a loss a loss."""
    while True:
        match node:
            case ir.Call(fn=ir.Attr(obj=inner, name=name)) if name in _KEEPING:
                node = inner
            case ir.Item(obj=inner):
                node = inner
            case _:
                return node
