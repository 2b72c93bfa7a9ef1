"""Tensors that are changed in place: stored into by index, by ``op_()``, with ``out=``; and whoever else holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from logitlint import catalog, ir
from logitlint.interp import buffers, columns, transfer
from logitlint.interp.core import Core, hop
from logitlint.interp.state import merge, options
from logitlint.interp.values import NONE, Choice, Const, Loc, Mapping, Seq, SliceValue, Tensor, Unknown, Value, passed, steps
from logitlint.kinds import Kind

#: Methods that give the tensor itself as somebody else sees it, and those that give it in another shape, or a part of it.
_ITSELF = frozenset({"detach", "contiguous", "requires_grad_"})
_VIEWS = _ITSELF | frozenset(
    "view view_as reshape flatten unflatten ravel squeeze unsqueeze transpose swapaxes swapdims permute movedim t select narrow expand "
    "expand_as diagonal unfold to type float double half bfloat16 cuda cpu".split()
)
#: The same of attributes.
_SEEN_AS = frozenset({"data", "T", "mT", "H", "mH"})
_PARTLY = Unknown(None, "something of another kind is stored into a part of it")
TAKEN = Unknown(None, "is taken out of something else")
_ELSEWHERE = Unknown(None, "what may be the same tensor is changed in place")


def is_tensor(value: Value) -> bool:
    """Whether a value is, or may be, a tensor of which something is known."""
    return isinstance(value, Tensor) or (isinstance(value, Choice) and any(isinstance(option, Tensor) for _, option in value.options))


def changes_kind(old: Value, new: Value) -> bool:
    kinds = {option.kind for _, option in options(old) if isinstance(option, Tensor)}
    return kinds != {option.kind if isinstance(option, Tensor) else None for _, option in options(new)}


def stored(m: Core, old: Value, key: Value, new: Value, loc: Loc) -> Value:
    """What a tensor is after ``old[key] = new``."""
    if not isinstance(old, Tensor):
        return old
    new = buffers.content(m, new)
    keys = key.items if isinstance(key, Seq) else (key,)
    if all(each == Const(...) or (isinstance(each, SliceValue) and (each.start, each.stop) == (NONE, NONE)) for each in keys):
        return hop(new, loc, "is stored by index") if isinstance(new, Tensor) else _PARTLY
    mixed = old.columns is not None and bool(old.columns.parts)
    if isinstance(new, Tensor):
        return old if new.kind is old.kind and not mixed else _in_columns(old, keys, new, loc)
    if mixed:
        return _PARTLY
    # a number, under whatever name, masks; where a mask says, so does what a function gives
    by_mask = not all(isinstance(each, (Const, SliceValue)) for each in keys)
    if isinstance(new, Unknown) and not _is_number(new.sym) and (not by_mask or new is TAKEN):
        return _PARTLY
    ruled_out = transfer.ruled_out(m, old, new)
    if ruled_out is not None:
        return ruled_out
    filled = transfer.filled(old, new) if old.kind is Kind.SCORES else old
    return _PARTLY if filled.form == old.form == transfer.CUT and transfer.is_near(new) else filled  # both sides of a threshold


def _in_columns(old: Tensor, keys: Sequence[Value], new: Tensor, loc: Loc) -> Value:
    """What is of two kinds once a value of another one is stored into some columns, if it is known into which."""
    known, left = columns.stored(old, keys, new, loc), transfer.residue(old)
    if known is None or not isinstance(left, Tensor):
        return _PARTLY
    return replace(left, columns=known, origin=passed(left.origin, loc, "has something of another kind stored into a part of it"))


def _is_number(symbol: object) -> bool:
    """Whether an unknown that is stored may well be a number: what has a name, and arithmetic on it."""
    if not isinstance(symbol, tuple) or len(symbol) < 2:
        return False
    return _is_number(symbol[1]) if symbol[0] in ("call", "apply") else symbol[0] not in ("result", "filled", "slice")


def behind(node: ir.Expr) -> tuple[ir.Expr, bool] | None:
    """The expression whose tensor another one shows, and whether it shows it as it is."""
    if isinstance(node, ir.Attr) and node.name in _SEEN_AS:
        return node.obj, node.name == "data"
    if isinstance(node, ir.Call) and isinstance(node.fn, ir.Attr):
        if changes(node.fn.name):
            return node.fn.obj, True
        if node.fn.name in _VIEWS:
            return node.fn.obj, node.fn.name in _ITSELF
    return None


def is_taken_alike(node: ir.Store) -> bool:
    """``guess[rows] = known[rows]``: what is stored is taken out of something else by the name that says where."""
    value = node.value
    while isinstance(value, ir.Attr) or (isinstance(value, ir.Call) and isinstance(value.fn, ir.Attr)):
        value = value.obj if isinstance(value, ir.Attr) else value.fn.obj  # type: ignore[union-attr]
    if not isinstance(value, ir.Item) or not isinstance(node.target, ir.Item):
        return False
    return isinstance(value.key, ir.Name) and isinstance(node.target.key, ir.Name) and value.key.id == node.target.key.id


def changes(method: str) -> bool:
    """torch's convention: ``clamp_`` changes its tensor, and gives it."""
    return method.endswith("_") and not method.endswith("__")


def has_name(node: ir.Expr) -> bool:
    """Whether an expression is a variable, or a part of one, through whatever view."""
    while True:
        if isinstance(node, ir.Name):
            return True
        shown = behind(node)
        if shown is None and not isinstance(node, (ir.Attr, ir.Item)):
            return False
        node = shown[0] if shown is not None else node.obj  # type: ignore[union-attr]


def is_new(node: ir.Expr) -> bool:
    """Whether an expression makes a tensor that nobody else can have."""
    if isinstance(node, ir.Call) and isinstance(node.fn, ir.Attr):
        return node.fn.name not in _VIEWS and bool(catalog.method("torch.Tensor", node.fn.name))
    return isinstance(node, ir.Op)


def forget_others(m: Core, old: Value) -> None:
    """Nothing is known any more of what comes from the same call as a tensor that is being changed, and is still of its kind: it may be
    that tensor. What one of the two was cloned from is another."""
    made = {_identity(each) for _, each in options(old) if isinstance(each, Tensor) and each.kind is not Kind.UNKNOWN and each.producer}
    kinds = {kind for kind, _, _ in made}
    if made:
        replace_everywhere(m, lambda value: isinstance(value, Tensor) and value.kind in kinds and _identity(value) in made, _ELSEWHERE)


def _identity(value: Tensor) -> tuple[Kind, Loc | None, Loc | None]:
    """What two names of one tensor have in common: its kind, the call that made it, and the last that cloned it."""
    cloned = (each.loc for each in reversed(steps(value.origin)) if each.note.endswith("clone`"))
    return value.kind, value.producer.loc if value.producer is not None else None, next(cloned, None)


def replace_everywhere(m: Core, test: Callable[[Value], bool], new: Value, since: int = 1) -> None:
    """Put ``new`` in the place of every value of which ``test`` holds, be it inside of a container. ``since``: a layer of the state."""
    for slot, value in m.state.holders(lambda value: _holds(value, test), since):
        m.state.set(slot, _replaced(value, test, new))


def _holds(value: Value, test: Callable[[Value], bool]) -> bool:
    if isinstance(value, Choice):
        return any(_holds(option, test) for _, option in value.options)
    if isinstance(value, Seq):
        return any(_holds(each, test) for each in value.elements)
    if isinstance(value, Mapping):
        return any(_holds(each, test) for _, each in value.items) or (value.rest is not None and _holds(value.rest, test))
    return test(value)


def _replaced(value: Value, test: Callable[[Value], bool], new: Value) -> Value:
    if isinstance(value, Choice):
        return merge((guard, _replaced(option, test, new)) for guard, option in value.options)
    if isinstance(value, Seq):
        return value.each(lambda each: _replaced(each, test, new))
    if isinstance(value, Mapping):
        items = tuple((key, _replaced(each, test, new)) for key, each in value.items)
        return Mapping(items, None if value.rest is None else _replaced(value.rest, test, new), value.place)
    return new if test(value) else value
