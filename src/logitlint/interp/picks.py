"""Negative log-likelihoods that train nothing: with the sign turned they pick what stands at the label.

``nll_loss(v, y)`` is ``-v[y]`` whatever ``v`` holds (PyTorch's documentation of ``NLLLoss``), and is used as a short ``gather``: for the
score whose gradient explains an image, for the probability that weighs a focal loss, for a mean confidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

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
    """The calls whose result has its sign turned: at once, or wherever the variable is read that it is kept in, or in the next breath."""
    assigned: dict[str, set[int]] = defaultdict(set)
    written: Counter[str] = Counter()
    logarithms: set[int] = set()  #: expressions that stand for one
    for node in ir.expressions(tuple(body)):
        match node:
            case ir.Store(target=ir.Name(id=name), value=value):
                written[name] += 1
                source = _source(value)
                if isinstance(source, ir.Call):
                    assigned[name].add(source.at)
                if "log" in name.lower():
                    logarithms.add(source.at)
            case (
                ir.Call(fn=ir.Attr(name="exp") | ir.Name(id="exp"), args=(ir.Arg(value=operand), *_))
                | ir.Call(fn=ir.Attr(obj=operand, name="exp"))
            ):
                logarithms.add(operand.at)
    picked: set[int] = set()
    turned: Counter[str] = Counter()
    for node in ir.expressions(tuple(body)):
        before = _turned(node)
        found = _source(before) if before is not None and node[0] not in logarithms else None
        if isinstance(found, ir.Name):
            turned[found.id] += 1
        elif isinstance(found, ir.Call):
            picked.add(found.at)
    read = Counter(node.id for node in ir.expressions(tuple(body)) if isinstance(node, ir.Name))
    for name in turned:
        if read[name] == turned[name] + written[name] or any(_turns_over(block, name) for block in _blocks(body)):
            picked |= assigned[name]
    return picked


def _turns_over(block: Sequence[ir.Stmt], name: str) -> bool:
    """Whether some statements keep a result under a name and then, come what may, what it is with its sign turned: `s = -s`."""
    kept = False
    for each in block:
        match each:
            case ir.Store(target=ir.Name(id=target), value=value) if target == name:
                before = _turned(_source(value))
                source = _source(before) if before is not None else None
                if kept and isinstance(source, ir.Name) and source.id == name:
                    return True
                kept = before is None
            case ir.Update(target=ir.Name(id=target)) if target == name and kept and _turned(each) is not None:
                return True
    return False


def _blocks(body: Sequence[ir.Stmt]) -> Iterator[Sequence[ir.Stmt]]:
    yield body
    for each in body:
        yield from _blocks(tuple(ir.inside(each)))


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
