"""What an activation is called for, where a condition says: ``if p.max() > 1: p = p.softmax(-1)`` makes probabilities of scores and leaves
probabilities as they are, whichever the callers give; where a mode chooses sigmoid or softmax, that goes with the number of units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from logitlint import ir
from logitlint.interp.core import Core
from logitlint.interp.guards import literals, origin
from logitlint.interp.surroundings import enclosing
from logitlint.interp.values import Loc

#: Who decides what nobody knows.
_OPEN = frozenset({"param", "opaque"})
WHY = "its own elements say whether it is activated"
#: What is asked of a tensor that says nothing of its elements, or only whether they are numbers.
_FORM = frozenset(
    "shape ndim dim size numel nelement dtype device requires_grad grad grad_fn is_cuda names rank len isinstance hasattr getattr type "
    "callable id is_tensor is_floating_point isnan isinf isfinite is_nan is_inf is_finite get_shape".split()
)


def of_its_elements(m: Core, loc: Loc) -> bool:
    """Whether the elements of what the call at a place is given, in what is being run, decide that it is called."""
    body, _ = enclosing(m)
    call = next((node for node in ir.expressions(tuple(body)) if isinstance(node, ir.Call) and m.here(node.at) == loc), None)
    given = _given(call) if call is not None else None
    return given is not None and any(_asks(test, given, body) for test in _deciding(body, loc, m))


def beside_sigmoid(m: Core, loc: Loc) -> bool:
    """Whether what nobody knows decides that a softmax is called at a place, in what is being run, and not a sigmoid of the same."""
    if all(origin(lit) not in _OPEN for lit in literals(m.path)):
        return False
    body, _ = enclosing(m)
    for node in ir.expressions(tuple(body)):
        if isinstance(node, (ir.If, ir.Choose)):
            called = {m.here(each.at): each for each in ir.expressions((node.then, node.other)) if isinstance(each, ir.Call)}
            own = _given(called[loc]) if loc in called else None
            if own is not None and any(_name(each) == "sigmoid" and _given(each) == own for each in called.values()):
                return True
    return False


def _name(call: ir.Call) -> str:
    return call.fn.name if isinstance(call.fn, ir.Attr) else call.fn.id if isinstance(call.fn, ir.Name) else ""


def _given(call: ir.Call) -> str | None:
    """The variable that an activation is applied to."""
    operands = [call.args[0].value] if call.args else []
    if isinstance(call.fn, ir.Attr):
        operands.append(call.fn.obj)
    # of `F.softmax(p)` the argument, of `p.softmax(-1)` the object
    return next((each.id for each in operands if isinstance(each, ir.Name)), None)


def _deciding(body: Sequence[ir.Stmt], loc: Loc, m: Core) -> Iterator[ir.Expr]:
    """The conditions that decide whether a call is reached, or which value is taken beside its own."""

    def holds(part: tuple[object, ...]) -> bool:
        return any(isinstance(node, ir.Call) and m.here(node.at) == loc for node in ir.expressions(part))

    for node in ir.expressions(tuple(body)):
        match node:
            case ir.If(test=test, then=then, other=other):
                leaves = bool(then) and isinstance(then[-1], ir.Exit) and then[-1].kind == "return"
                if leaves or holds(then) or holds(other):
                    yield test
            case ir.Choose(test=test, then=then, other=other):
                if holds(then) or holds(other):
                    yield test
            case ir.Call(fn=ir.Attr(name="where") | ir.Name(id="where"), args=(ir.Arg(value=test), *others)):
                if holds(tuple(others)):
                    yield test


def _asks(test: ir.Expr, given: str, body: Sequence[ir.Stmt]) -> bool:
    """Whether a condition looks at the elements of a variable, itself or by another variable that did."""
    match test:
        case ir.Logic(left=left, right=right):
            return _asks(left, given, body) or _asks(right, given, body)
        case ir.Op(name="not" | "inv" | "&" | "|", args=operands):
            return any(_asks(each, given, body) for each in operands)
        case ir.Name(id=name) if name != given:
            stores = (node for node in ir.expressions(tuple(body)) if isinstance(node, ir.Store))
            return any(isinstance(node.target, ir.Name) and node.target.id == name and _reads(node.value, given) for node in stores)
    return isinstance(test, (ir.Call, ir.Op)) and _reads(test, given)


def _reads(node: object, given: str) -> bool:
    match node:
        case ir.Name(id=name):
            return name == given
        case ir.Attr(obj=inner, name=name):
            return name not in _FORM and _reads(inner, given)
        case ir.Call(fn=ir.Name(id=name) | ir.Attr(name=name)) if name in _FORM:
            return False
        case ir.Op(name="is" | "isnot" | "in" | "notin"):
            return False
        case tuple():
            return any(_reads(part, given) for part in node)
    return False
