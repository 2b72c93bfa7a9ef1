"""JAX: function transforms, control flow and trees; the module libraries on top of it live in ``flax`` and ``haiku``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from logitlint.interp import containers, flax, haiku, transfer
from logitlint.interp.core import Args, Core
from logitlint.interp.guards import Guard
from logitlint.interp.state import merge
from logitlint.interp.truth import compare, truth
from logitlint.interp.values import NONE, NOTHING, Api, Const, LibObject, Loc, Partial, Ref, Seq, Tensor, Unknown, Value

_Handler: TypeAlias = Callable[[Core, str, Args, Loc], Value]

# ---------------------------------------------------------------------- gradients


def _differentiate(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``grad(f)``, ``value_and_grad(f)``: an object that calls ``f``. Without a function it is a decorator with arguments."""
    fn = args.get(0, "fun") or args.get(0, "f") or args.named.get("fn")
    if fn is None or fn == NONE:
        return Partial(Api(name), (), tuple(args.named.items()))
    ref = Ref(m.alloc("gradient", loc=loc))
    m.set_field(ref, "fn", fn)
    m.set_field(ref, "value", Const("value" in name.rpartition(".")[2]))
    m.set_field(ref, "aux", args.get(3 if name.startswith("mindspore.") else 2, "has_aux") or Const(False))
    return ref


def _call_gradient(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """``(value, gradient)``, or the gradient with whatever ``f`` gives beside its loss."""
    result = m.call(m.field(ref, "fn") or NOTHING, args, loc)
    if m.field(ref, "value") == Const(True):
        return Seq((result, NOTHING))
    if m.field(ref, "aux") == Const(True):
        return Seq((NOTHING, m.item(result, Const(1), loc)))
    return NOTHING


def _vjp(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``vjp(f, *primals)``: the result and a function that gives gradients."""
    return _beside(m, args, Args(args.pos[1:], more=args.more), loc)


def _jvp(m: Core, name: str, args: Args, loc: Loc) -> Value:
    primals = containers.sequence(m, args.pos[1]) if len(args.pos) > 1 else Seq((), NOTHING)
    return _beside(m, args, Args(primals.items, more=primals.rest is not None), loc)


def _beside(m: Core, args: Args, primals: Args, loc: Loc) -> Value:
    """The result of ``f`` beside a derivative, and whatever ``f`` gives beside it."""
    if not args.pos:
        return NOTHING
    result = m.call(args.pos[0], primals, loc)
    if args.named.get("has_aux") != Const(True):
        return Seq((result, NOTHING))
    return Seq((m.item(result, Const(0), loc), NOTHING, m.item(result, Const(1), loc)))


def _abstractly(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``eval_shape(f, *args)``: what ``f`` gives, without the numbers."""
    return m.call(args.pos[0], Args(args.pos[1:], args.named, args.more), loc) if args.pos else NOTHING


def _over_examples(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``vmap(f)``: an object that calls ``f`` with single examples. Without a function it is a decorator with arguments."""
    fn = next((args.get(0, key) for key in ("fun", "func", "f") if args.get(0, key) is not None), None)
    if fn is None or fn == NONE:
        return Partial(Api(name), (), tuple(args.named.items()))
    ref = Ref(m.alloc("mapped", loc=loc))
    m.set_field(ref, "fn", fn)
    m.set_field(ref, "first", Const(len(args.values()) == 1))
    return ref


def _call_mapped(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """An example has an axis less than the batch, the first unless the program says another; what comes of it gets one again."""
    first = m.field(ref, "first") == Const(True)

    def shifted(value: Value, by: int) -> Value:
        if isinstance(value, Seq):
            return value.each(lambda each: shifted(each, by))
        return m.each(value, lambda each: _with_axes(each, by, first))

    single = Args(tuple(shifted(v, -1) for v in args.pos), {key: shifted(v, -1) for key, v in args.named.items()}, args.more)
    return shifted(m.call(m.field(ref, "fn") or NOTHING, single, loc), 1)


def _with_axes(value: Value, more: int, first: bool) -> Value:
    if not isinstance(value, Tensor):
        return value
    if not first:
        return replace(value, axis=None, rank=None)
    axis = value.axis + more if value.axis is not None and value.axis >= 0 else value.axis
    return replace(value, axis=None if value.axis == 0 and more < 0 else axis, rank=value.rank + more if value.rank else None)


# ---------------------------------------------------------------------- control flow


def _scan(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``scan(body, carry, xs)``: the body once. A carry whose kind the body changes is different in every turn."""
    body, init, xs = (args.get(i, key) or NOTHING for i, key in enumerate(("f", "init", "xs")))
    result = m.call(body, Args((init, _element(m, xs))), loc)
    carry = m.item(result, Const(0), loc)
    stacked = m.each(m.item(result, Const(1), loc), lambda v: transfer.reshape(v, loc, "is stacked by `scan`"))
    return Seq((_settled(init, carry), stacked))


def _element(m: Core, xs: Value) -> Value:
    if isinstance(xs, Seq):  # a tuple of arrays is taken apart along the axis of each
        return Seq(tuple(_element(m, x) for x in xs.items), xs.rest)
    return transfer.reshape(xs, xs.producer.loc, "is scanned over") if isinstance(xs, Tensor) and xs.producer else NOTHING


def _settled(before: Value, after: Value) -> Value:
    """What a loop carries at its end, when the body was run once."""
    if isinstance(before, Seq) and isinstance(after, Seq) and len(before.items) == len(after.items):
        return Seq(tuple(_settled(a, b) for a, b in zip(before.items, after.items, strict=True)), names=after.names)
    return after if before == after or not isinstance(after, Tensor) else NOTHING


def _map(m: Core, name: str, args: Args, loc: Loc) -> Value:
    result = m.call(args.get(0, "f") or NOTHING, Args((_element(m, args.get(1, "xs") or NOTHING),)), loc)
    return m.each(result, lambda v: transfer.reshape(v, loc, "is stacked by `map`"))


def _fori(m: Core, name: str, args: Args, loc: Loc) -> Value:
    init = args.get(3, "init_val") or NOTHING
    return _settled(init, m.call(args.get(2, "body_fun") or NOTHING, Args((NOTHING, init)), loc))


def _while(m: Core, name: str, args: Args, loc: Loc) -> Value:
    init = args.get(2, "init_val") or NOTHING
    return _settled(init, m.call(args.get(1, "body_fun") or NOTHING, Args((init,)), loc))


def _cond(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``cond(test, yes, no, *operands)``: both functions, each under its side of the test."""
    test, yes, no = (args.get(i, key) or NOTHING for i, key in enumerate(("pred", "true_fun", "false_fun")))
    operands = Args(args.pos[3:], more=args.more)
    if "operand" in args.named:
        operands = Args((args.named["operand"],))
    if_true, if_false = truth(m, test, loc)
    return _branch(m, [(if_true, yes), (if_false, no)], operands, loc)


def _switch(m: Core, name: str, args: Args, loc: Loc) -> Value:
    branches = containers.sequence(m, args.get(1, "branches") or NOTHING)
    if branches.rest is not None:
        return NOTHING
    index = args.get(0, "index") or NOTHING
    if not isinstance(index, (Const, Unknown)) or (isinstance(index, Unknown) and index.sym is None):
        index = Unknown(("opaque", *m.occasion(loc)))
    arms = [(compare(m, "==", index, Const(i), loc)[0], fn) for i, fn in enumerate(branches.items)]
    return _branch(m, arms, Args(args.pos[2:], more=args.more), loc)


def _branch(m: Core, arms: list[tuple[Guard, Value]], operands: Args, loc: Loc) -> Value:
    results: list[tuple[Guard, Value]] = []

    def arm(guard: Guard, fn: Value) -> Callable[[], bool]:
        def go() -> bool:
            results.append((guard, m.call(fn, operands, loc)))
            return True

        return go

    m.fork([(guard, arm(guard, fn)) for guard, fn in arms])
    return merge(results) if results else NOTHING


# ---------------------------------------------------------------------- trees


def _tree_map(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """A module mapped leaf by leaf is the module with other weights."""
    tree = args.get(1, "tree") or NOTHING
    return tree if isinstance(tree, Ref) and m.form(tree) in ("instance", "sequential", "trainstate") else NOTHING


def _partial(m: Core, name: str, args: Args, loc: Loc) -> Value:
    return Partial(args.pos[0], args.pos[1:], tuple(args.named.items())) if args.pos else NOTHING


def _twice(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """A module taken apart into weights and structure: either part stands for the module when they are put together."""
    module = args.pos[0] if args.pos else NOTHING
    return Seq((module, module), NOTHING) if "split" in name else Seq((module, module))


def _together(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """The module of which one of the arguments is a part."""
    modules = (v for v in args.pos if isinstance(v, LibObject) or m.form(v) in ("instance", "sequential"))
    return next(modules, args.pos[0] if args.pos else NOTHING)


def _first(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """The module or the state, updated or moved: what it computes is the same."""
    return args.pos[0] if args.pos else NOTHING


def _loaded(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``tree_deserialise_leaves(path, like)``: the module with the weights of a file."""
    return args.get(1, "like") or NOTHING


def _with_state(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``make_with_state(Model)``: builds the model and gives it beside its state."""
    ref = Ref(m.alloc("with_state", loc=loc))
    m.set_field(ref, "fn", args.pos[0] if args.pos else NOTHING)
    return ref


# ---------------------------------------------------------------------- tables

#: Canonical API name -> what a call of it does.
CALLS: dict[str, _Handler] = {
    **dict.fromkeys(
        (
            "jax.grad", "jax.value_and_grad", "equinox.filter_grad", "equinox.filter_value_and_grad", "flax.nnx.grad",
            "flax.nnx.value_and_grad", "haiku.grad", "haiku.value_and_grad", "jax.jacfwd", "jax.jacrev", "jax.hessian",
            "equinox.filter_jacfwd", "equinox.filter_jacrev", "equinox.filter_hessian", "mindspore.grad", "mindspore.value_and_grad",
            "mindspore.ops.grad", "mindspore.ops.value_and_grad",
        ),
        _differentiate,
    ),
    "jax.vjp": _vjp,
    "jax.linearize": _vjp,
    "jax.jvp": _jvp,
    "equinox.filter_vjp": _vjp,
    "equinox.filter_jvp": _jvp,
    **dict.fromkeys(("jax.eval_shape", "flax.nnx.eval_shape", "equinox.filter_eval_shape"), _abstractly),
    **dict.fromkeys(("jax.lax.scan", "haiku.scan"), _scan),
    "jax.lax.map": _map,
    **dict.fromkeys(("jax.lax.fori_loop", "haiku.fori_loop", "flax.nnx.fori_loop"), _fori),
    **dict.fromkeys(("jax.lax.while_loop", "haiku.while_loop", "flax.nnx.while_loop"), _while),
    **dict.fromkeys(("jax.lax.cond", "haiku.cond", "flax.nnx.cond"), _cond),
    **dict.fromkeys(("jax.lax.switch", "haiku.switch", "flax.nnx.switch"), _switch),
    **dict.fromkeys(("jax.tree_map", "jax.tree.map", "jax.tree_util.tree_map"), _tree_map),
    "jax.tree_util.Partial": _partial,
    **dict.fromkeys(("equinox.partition", "flax.nnx.split"), _twice),
    **dict.fromkeys(("equinox.combine", "flax.nnx.merge"), _together),
    **dict.fromkeys(
        (
            "equinox.apply_updates", "equinox.tree_inference", "equinox.nn.inference_mode", "flax.nnx.view", "flax.nnx.clone",
            "optax.apply_updates", "flax.jax_utils.replicate", "flax.jax_utils.unreplicate", "equinox.filter_shard",
        ),
        _first,
    ),
    "equinox.tree_deserialise_leaves": _loaded,
    **dict.fromkeys(
        ("jax.vmap", "torch.vmap", "torch.func.vmap", "equinox.filter_vmap", "haiku.vmap", "jax.experimental.maps.xmap"), _over_examples
    ),
    "equinox.nn.make_with_state": _with_state,
    **flax.CALLS,
    **haiku.CALLS,
}  # fmt: skip


def call(m: Core, ref: Ref, args: Args, loc: Loc) -> Value | None:
    """Call a heap object of this framework; None when it is none."""
    form = m.form(ref)
    if form == "gradient":
        return _call_gradient(m, ref, args, loc)
    if form == "mapped":
        return _call_mapped(m, ref, args, loc)
    if form == "with_state":
        return Seq((m.call(m.field(ref, "fn") or NOTHING, args, loc), NOTHING))
    if form in haiku.FORMS:
        return haiku.call(m, ref, args, loc)
    return None


def method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
    """A method of a heap object of this framework; None when it is none of them."""
    return flax.method(m, ref, name, args, loc)
