"""What a known API returns: a kind, or what its transfer makes of the kinds that it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from logitlint import catalog
from logitlint.catalog.contract import Result
from logitlint.interp import arithmetic, blends, buffers, columns, layers, literal, transfer, untrained, written
from logitlint.interp.core import Args, Core, hop
from logitlint.interp.guards import Symbol
from logitlint.interp.signatures import Env
from logitlint.interp.state import options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Choice,
    Const,
    Loc,
    Partial,
    Producer,
    Ref,
    Seq,
    Tensor,
    Unknown,
    Value,
    made,
)
from logitlint.kinds import BOUNDED, Kind


def integer(axis: int | str | None, env: Env) -> int | None:
    if isinstance(axis, str):
        value = env.get(axis)
        axis = value.value if isinstance(value, Const) and isinstance(value.value, int) else None
    return axis if isinstance(axis, int) and not isinstance(axis, bool) else None


_NOTES: dict[Kind, str] = {
    Kind.SCORES: "makes raw, unbounded scores",
    Kind.PROB_CAT: "makes probabilities that sum to 1",
    Kind.PROB_EL: "makes a probability of every element",
    Kind.LOGPROB_CAT: "makes log-probabilities",
    Kind.LOGPROB_EL: "makes element-wise log-probabilities",
    Kind.UNIT: "cuts its input to [0, 1]",
    Kind.RECTIFIED: "sets every negative value to 0",
    Kind.BOUNDED_PM1: "squashes its input into [-1, 1]",
    Kind.BOUNDED_0_6: "cuts its input to [0, 6]",
    Kind.INDEX: "gives class numbers, which have no gradient",
}


def evaluate(m: Core, result: Result | None, env: Env, api: str, loc: Loc, call: Loc) -> Value:
    if result is None:
        return NOTHING
    kind = catalog.kind_of(result)
    if kind is not None:
        return _kind(m, kind, result, env, api, loc)
    handler = _TRANSFERS.get(result.op)
    return handler(m, result, env, api, loc) if handler is not None else NOTHING


_CONTRACTIONS = (".einsum", ".dot", ".vdot", ".inner", ".tensordot")


def _kind(m: Core, kind: Kind, result: Result, env: Env, api: str, loc: Loc) -> Value:
    if kind is Kind.UNKNOWN and env.get("requires_grad") == Const(True):
        return Unknown(("variable", loc))
    if kind is Kind.UNKNOWN and api in ("torch.randn", "torch.rand"):
        sizes = env.get("size")
        if isinstance(sizes, Seq) and sizes.rest is None and len(sizes.items) > 1:
            return Tensor(kind, rank=len(sizes.items))
    if kind is Kind.UNKNOWN or kind is Kind.LOSS:
        if api.endswith(_CONTRACTIONS):
            arithmetic.contracted(m, [part for each in env.values() for part in (transfer.elements(each) or [each])])
        return Unknown(("call", api, loc, *m.turns()))
    axis = integer(result.args[0], env) if result.args and not isinstance(result.args[0], Result) else None
    size, rank = None, None
    source = next((v for v in env.values() if isinstance(v, Tensor)), None)
    if kind in BOUNDED:
        ranged = _within_bounds(kind, source, env, api, loc)
        if not isinstance(ranged, Kind):
            return ranged
        kind = ranged
    if kind is Kind.SCORES:
        if untrained.is_untrained(api, env):
            return NOTHING
        if len(result.args) > 1 and isinstance(result.args[1], str):
            size = integer(result.args[1], env)
        axis = axis if axis != -1 or _channels_last(env.get("data_format", NONE)) else None
        rank = source.rank if source is not None else None
        convolution = untrained.CONVOLUTION.search(api)
        if convolution is not None:
            rank = int(convolution[1]) + 2
    elif source is not None:
        size, rank = source.size, source.rank
        axis = source.axis if axis is None and kind is Kind.PROB_EL else axis
    on_last = axis == -1 or (rank is not None and axis == rank - 1)
    if kind in (Kind.PROB_CAT, Kind.LOGPROB_CAT) and size == 1 and on_last and source is not None and source.axis == -1:
        kind = Kind.CONST_ONE
    form = "mixed" if any(_is_constant_range(v) for v in env.values()) else ""
    if kind in (Kind.INDEX, Kind.ONEHOT) and source is not None:
        form = _hardened(m, source, env, api, loc)
    note = f"`{catalog.short(api)}` {_NOTES[kind]}" if kind in _NOTES else f"`{catalog.short(api)}`"
    tag = transfer.drawn_of(source) if result.op == "Sample" else ""
    wide = columns.as_wide(source) if catalog.short(api).rpartition(".")[2].lower().startswith(_OF_ONE_SHAPE) else None
    return Tensor(kind, axis, size, rank, Producer(loc, kind, api), form, tag, made(loc, note), columns=wide)


#: How the last names of activations begin that give what has the shape of what they are given.
_OF_ONE_SHAPE = ("sigmoid", "softmax", "log_softmax", "logsoftmax", "tanh", "expit")


def _channels_last(layout: Value) -> bool:
    """Whether a layer that may be told puts its channels last; ``None`` is Keras's setting, which hardly anybody changes."""
    return layout == NONE or (isinstance(layout, Const) and not str(layout.value).startswith(("channels_first", "NC")))


#: Kinds without a negative part; those that lie in [0, 1].
_NOT_NEGATIVE = frozenset({Kind.PROB_CAT, Kind.PROB_EL, Kind.UNIT, Kind.CLAMPED, Kind.NONNEG, Kind.RECTIFIED, Kind.BOUNDED_0_6})
_IN_UNIT = frozenset({Kind.PROB_CAT, Kind.PROB_EL, Kind.UNIT, Kind.CLAMPED})
#: The last names of what gives values in [-1, 1]: mostly a cosine has a part below 0, but vectors without one have none.
_COSINES = frozenset({"cosine_similarity", "CosineSimilarity"})
#: The last names of functions of which only that is known: they give nothing negative.
_MAGNITUDES = frozenset({"abs", "absolute", "square", "sqrt", "norm", "var", "std", "exp2"})


def _within_bounds(kind: Kind, source: Tensor | None, env: Env, api: str, loc: Loc) -> Kind | Value:
    """What relu, tanh and their kin make: arguments may say other limits, and of what is bounded already something narrower is known."""
    note, last = f"passes through `{catalog.short(api)}`", api.rpartition(".")[2].lower().replace("_", "")
    if last == "hardtanh":
        low, high = (_given(env, f"{end}_value", f"{end}_val", end) for end in ("min", "max"))
        least, most = transfer.number(low), transfer.number(high)
        if least == 0 and most == 1:
            return Kind.UNIT
        if (low, high) != (NONE, NONE) and not (least == -1 and most == 1):
            return transfer.clamp(source if source is not None else NOTHING, low, high, loc, note, api)
    if last == "relu":
        slope, limit = _given(env, "negative_slope", "alpha"), _given(env, "max_value")
        if slope != NONE and transfer.number(slope) != 0:
            return Kind.HALF_BOUNDED
        if limit != NONE and (source is None or source.kind not in _IN_UNIT):
            most = transfer.number(limit)
            return NOTHING if most is None else Kind.UNIT if most <= 1 else kind
    called = [v.sym[1] for v in env.values() if isinstance(v, Unknown) and v.sym is not None and v.sym[0] == "call"]
    if kind is not Kind.BOUNDED_PM1:
        if source is not None and source.kind in _IN_UNIT:
            return hop(source, loc, note)
        bounded = any(isinstance(each, str) and each.rpartition(".")[2] in _COSINES for each in called)
        return Kind.UNIT if bounded or (source is not None and source.kind is Kind.BOUNDED_PM1) else kind
    if any(map(_is_magnitude, called)):
        return Kind.UNIT
    return Kind.UNIT if source is not None and source.kind in _NOT_NEGATIVE else kind


def _is_magnitude(called: object) -> bool:
    return isinstance(called, str) and called.rpartition(".")[2] in _MAGNITUDES


def _given(env: Env, *names: str) -> Value:
    """The first of some arguments that was given, or has a default; else None, as the program says it."""
    return next((env[name] for name in names if env.get(name, NONE) != NONE), NONE)


def _hardened(m: Core, source: Tensor, env: Env, api: str, loc: Loc) -> str:
    """``hard`` where class numbers, zeros and ones were made of a prediction; the threshold that made them is a site."""
    last = api.rpartition(".")[2]
    if last in ("round", "rint"):
        arithmetic.note_threshold(m, source, Const(0.5), loc, api)
    elif last in ("gt", "ge", "lt", "le", "greater", "greater_equal", "less", "less_equal"):
        for each in env.values():
            arithmetic.note_threshold(m, source, each, loc, api)
    gumbel = last == "gumbel_softmax"  # a straight-through estimate: the gradient is that of the softmax
    return "hard" if (source.kind in transfer.PREDICTED and not gumbel) or source.form == "hard" else ""


def _is_constant_range(value: Value) -> bool:
    """Scores that are written down (``arange``, ``linspace``): a table, not a prediction."""
    return isinstance(value, Unknown) and value.sym is not None and _from_range(value.sym)


def _from_range(symbol: Symbol) -> bool:
    """``arange(…)``, and arithmetic on it with plain numbers."""
    if symbol[0] != "call":
        return False
    if isinstance(symbol[1], str):
        return symbol[1].rpartition(".")[2] in ("arange", "linspace")
    return all(_from_range(part) for part in symbol[1:] if isinstance(part, tuple))


_Handler: TypeAlias = Callable[[Core, Result, Env, str, Loc], Value]


def _inner(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """The first operand, which may be the result of another transfer."""
    nested = result.args[0] if result.args else None
    return evaluate(m, nested, env, api, loc, loc) if isinstance(nested, Result) else _operand(result, env)


def _operand(result: Result, env: Env, i: int = 0) -> Value:
    if i >= len(result.args):
        return NOTHING
    name = result.args[i]
    if isinstance(name, int):
        return Const(name)
    return env.get(name, NOTHING) if isinstance(name, str) else NOTHING


def _unary(rule: Callable[[Value, Loc, str], Value]) -> _Handler:
    def run(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
        note = f"passes through `{catalog.short(api)}`"
        return m.each(_operand(result, env), lambda value: rule(value, loc, note))

    return run


def _pick(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    named = result.args[1] if len(result.args) > 1 else 0
    axis = 0 if isinstance(named, str) and env.get(named) == NONE else integer(named, env) if not isinstance(named, Result) else None
    note, index = f"passes through `{catalog.short(api)}`", _index(env)
    return m.each(_operand(result, env), lambda value: transfer.pick(value, index, axis, loc, note))


def _binary(rule: Callable[[Core, Value, Value, Loc, str], Value]) -> _Handler:
    def run(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
        note = f"passes through `{catalog.short(api)}`"
        left, right = _operand(result, env), _operand(result, env, 1)
        return m.each(left, lambda a: m.each(right, lambda b: rule(m, a, b, loc, note)))

    return run


#: The functions that make an array of numbers that are written in a list.
_ARRAYS = frozenset({"tensor", "as_tensor", "array", "asarray", "constant", "convert_to_tensor", "to_tensor"})


#: The last names of what puts the elements of a tensor in another order, as else only what changes the shape does.
_REORDERING = frozenset({"flip", "fliplr", "flipud", "reverse", "roll"})


def _same(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    operand = _operand(result, env)
    if api.rpartition(".")[2] in _ARRAYS:
        operand = m.each(operand, lambda value: buffers.array(m, value))
    if api.rpartition(".")[2] in _REORDERING:
        operand = m.each(operand, lambda value: replace(value, columns=None) if isinstance(value, Tensor) else value)
    return hop(operand, loc, f"passes through `{catalog.short(api)}`")


def _average(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """A mean without an axis is a single number."""
    axis = env.get("dim", env.get("axis"))
    if axis == NONE:
        return m.each(_inner(m, result, env, api, loc), lambda value: written.averaged(value) or transfer.residue(value))
    along = {each.value for each in (transfer.elements(axis) or [axis] if axis is not None else []) if isinstance(each, Const)}
    return m.each(
        _inner(m, result, env, api, loc), lambda value: transfer.average(value, along, loc, f"is averaged by `{catalog.short(api)}`")
    )


def _largest(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    along = _reduced(m, result, env)
    return m.each(_operand(result, env), lambda value: transfer.largest(value, along, loc, f"passes through `{catalog.short(api)}`"))


def _reduced(m: Core, result: Result, env: Env) -> list[int] | None:
    """The axes over which a maximum runs, none of which is that of the classes where it pools; None where nobody knows them."""
    if len(result.args) < 2:
        return None
    if isinstance(result.args[1], int):
        return []
    axis = buffers.listed(m, _operand(result, env, 1))
    named = [each.value if isinstance(each, Const) else None for each in transfer.elements(axis) or [axis]]
    return [each for each in named if type(each) is int] if all(type(each) is int for each in named) else None


def _where(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    note = f"passes through `{catalog.short(api)}`"
    left, right = (literal.number(_operand(result, env, i)) for i in (0, 1))
    return m.each(left, lambda a: m.each(right, lambda b: transfer.where(m, a, b, loc, note)))


def _divide_by_norm(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    order, dim = _operand(result, env, 1), integer(str(result.args[2]), env)
    return m.each(_operand(result, env), lambda value: transfer.divide_by_norm(blends.as_shares(value, order), order, dim, loc, api))


def _logit(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.each(_operand(result, env), lambda value: transfer.logit(value, loc, api))


def _total(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    axis = env.get("dim", env.get("axis"))
    listed = transfer.elements(buffers.listed(m, axis)) if axis is not None else None
    if listed is not None and len(listed) == 1:
        (axis,) = listed
    note = f"passes through `{catalog.short(api)}`"

    def one(value: Value) -> Value:
        return arithmetic.mixed(value, axis, loc, note) or blends.total(value, axis, env) or transfer.total(m, value, axis, loc, note)

    return m.each(_operand(result, env), one)


def _negated(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.each(_operand(result, env), lambda v: transfer.negated(m, v, loc, f"passes through `{catalog.short(api)}`"))


def _reshape(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    note, name = f"passes through `{catalog.short(api)}`", api.rpartition(".")[2]
    sizes = transfer.elements(buffers.listed(m, _operand(result, env, 1))) or []
    if len(sizes) == 1:  # `view((2, 3))`
        sizes = transfer.elements(buffers.listed(m, sizes[0])) or sizes
    return m.each(_operand(result, env), lambda value: transfer.reshaped(value, name, env, sizes, loc, note))


def _permute(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    note = f"passes through `{catalog.short(api)}`"
    order = transfer.elements(buffers.listed(m, _operand(result, env, 1))) or []
    if len(order) == 1:  # `permute((0, 2, 1))`
        order = transfer.elements(buffers.listed(m, order[0])) or order
    if api.endswith(".Permute"):
        order = []  # Keras's layer counts without the axis of the batch
    return m.each(_operand(result, env), lambda value: transfer.permuted(value, order, loc, note))


def _log(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.alternatives(
        _operand(result, env), loc, lambda v: transfer.logarithm(m, v, loc, api, f"`{catalog.short(api)}` takes the logarithm")
    )


def _log1p(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.alternatives(
        _operand(result, env), loc, lambda v: transfer.logarithm_of_one_plus(m, v, loc, api, f"`{catalog.short(api)}` takes log(1 + …)")
    )


def _exp(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    def one(value: Value) -> Value:
        arithmetic.drawn(m, value)
        return transfer.exponential(value, loc, f"`{catalog.short(api)}`")

    return m.each(_operand(result, env), one)


def _clamp(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    low, high = (NONE if arg == Result("None") else _operand(result, env, i) for i, arg in enumerate(result.args[1:3], 1))
    return m.each(_operand(result, env), lambda v: transfer.clamp(v, low, high, loc, f"is clamped by `{catalog.short(api)}`", api))


def _masked(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    fill = _operand(result, env, 2)
    return m.each(_operand(result, env), lambda v: transfer.masked(m, v, fill, loc, f"passes through `{catalog.short(api)}`"))


_MOST_CHOICES = 3  #: of the parts that are joined; what each combination of more would give is not worth its time
#: Kinds that stay what they are when a column of zeros is put beside them.
_WIDENED = frozenset({Kind.SCORES, Kind.PROB_CAT, Kind.PROB_EL})
#: The last names of what joins along an axis that is there: `stack` makes a new one.
_CONCATENATIONS = frozenset({"cat", "concat", "concatenate"})


def _join(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    axis = integer(result.args[1], env) if len(result.args) > 1 and not isinstance(result.args[1], Result) else None
    note = f"is joined by `{catalog.short(api)}`"
    beside = api.rpartition(".")[2].lower() in _CONCATENATIONS

    def joined(given: list[Value], beside: bool) -> Value:
        several = [at for at, part in enumerate(given) if isinstance(part, Choice)]
        if several and len(several) <= _MOST_CHOICES:
            at = several[0]
            return m.each(given[at], lambda part: joined([*given[:at], part, *given[at + 1 :]], beside))
        made = [part for part in given if not buffers.is_blank(m, part, "zeros", "empty")]  # where a loop begins
        widened = axis == 0 or all(isinstance(part, Tensor) and part.kind in _WIDENED for part in made)
        parts = made if widened else given
        found = transfer.join(parts, axis, loc, note) if parts else NOTHING
        return columns.side_by_side(found, given, axis, loc, note) if beside else found

    def of_list(value: Value) -> Value:
        content = buffers.listed(m, value)
        counted = isinstance(content, Seq) and content.rest is None
        return joined(transfer.elements(content) or [], beside and counted)

    return m.each(_operand(result, env), of_list)


def _argmax(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    note = f"`{catalog.short(api)}` {_NOTES[Kind.INDEX]}"
    operand = _operand(result, env)
    found = [each for _, each in options(operand) if isinstance(each, Tensor)]
    if any(each.kind in (Kind.PROB_CAT, Kind.LOGPROB_CAT) for each in found):
        axis = _operand(result, env, 1)
        m.record("argmax", loc, api, operand, axis=axis.value if isinstance(axis, Const) and isinstance(axis.value, int) else None)
    form = "hard" if any(each.kind in transfer.PREDICTED for each in found) else ""
    tag = "" if api.endswith("argmin") else transfer.drawn_of(operand)
    return Tensor(Kind.INDEX, producer=Producer(loc, Kind.INDEX, api), form=form, tag=tag, origin=made(loc, note))


def _select(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    note, index = f"passes through `{catalog.short(api)}`", _index(env)
    return m.each(_operand(result, env), lambda value: transfer.select(value, index, loc, note))


def _index(env: Env) -> Value:
    return env.get("index") or env.get("indices") or NOTHING


def _wrap(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """What behaves as the argument; without one it is a decorator with arguments."""
    wrapped = _operand(result, env)
    return Partial(Api(api), (), ()) if wrapped == NONE else wrapped


def _unwrap(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return _operand(result, env)


def _pair(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    second = result.args[1] if len(result.args) == 2 else None
    names = ("values", "indices") if isinstance(second, Result) and second.op in ("Index", "ArgMax") else ()
    return Seq(tuple(evaluate(m, each, env, api, loc, loc) if isinstance(each, Result) else NOTHING for each in result.args), names=names)


def _packed(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """A ``PackedSequence``: the steps of all sequences in one tensor, and how they were laid out."""
    data = m.each(_operand(result, env), lambda v: transfer.reshape(v, loc, f"is packed by `{catalog.short(api)}`"))
    return Seq((data, NOTHING, NOTHING, NOTHING), names=("data", "batch_sizes", "sorted_indices", "unsorted_indices"))


def _chunks(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    axis = integer(result.args[1], env) if len(result.args) > 1 and not isinstance(result.args[1], Result) else 0
    return Seq((), m.each(_operand(result, env), lambda v: transfer.part(v, axis, loc, f"is split by `{catalog.short(api)}`")))


def _apply(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """The activation that an argument names (a string, a callable, a layer), applied to the layer's own result."""
    inner = result.args[1]
    base = evaluate(m, inner, env, api, loc, loc) if isinstance(inner, Result) else env.get(str(inner), NOTHING)

    def one(activation: Value) -> Value:
        value = apply(m, activation, base, loc)
        if isinstance(activation, Const) and isinstance(value, Tensor) and value.producer is not None and value.producer.loc == loc:
            return replace(value, producer=value.producer._replace(api=api))  # its name stands there, and not that of the activation
        return value

    return m.each(_operand(result, env), one)


def apply(m: Core, activation: Value, value: Value, loc: Loc) -> Value:
    if activation == NONE:
        return value
    if isinstance(activation, Const) and isinstance(activation.value, str):
        contract = catalog.identifier("activation", activation.value)
        return m.call(Api(contract.name), Args((value,)), loc) if contract is not None else NOTHING
    if isinstance(activation, Unknown):
        return NOTHING
    return m.call(activation, Args((value,)), loc)


def _empty(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """``zeros``/``empty``: takes the kind of what is stored into it; nothing is stored into what is trained."""
    if env.get("requires_grad") == Const(True):
        return Unknown(("variable", loc))
    ref = Ref(m.alloc("buffer", Api(api), loc))
    sizes = [each for value in env.values() for each in (value.items if isinstance(value, Seq) else (value,))]
    if any(isinstance(each, Const) and type(each.value) is int and each.value == 0 for each in sizes) and "fill_value" not in env:
        m.set_field(ref, buffers.EMPTY, Const(True))
    return ref


def _variable(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """What is trained, unless it says that it is not, or that data of any shape will fill it."""
    held = any(env.get(name) == Const(False) for name in ("trainable", "requires_grad", "validate_shape"))
    return NOTHING if held else Unknown(("variable", loc))


def _call(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """What calling one argument with the others gives: a layer inside a wrapper, the function of a ``Lambda``."""
    args = tuple(_operand(result, env, i) for i in range(1, len(result.args)))
    return m.call(_operand(result, env), Args(args), loc)


_TRANSFERS: dict[str, _Handler] = {
    "Same": _same,
    "Reshape": _reshape,
    "Permute": _permute,
    "Select": _select,
    "Pick": _pick,
    "Log": _log,
    "Log1p": _log1p,
    "Exp": _exp,
    "Mean": _average,
    "Sum": _total,
    "Max": _largest,
    "Clamp": _clamp,
    "Join": _join,
    "Where": _where,
    "Dropout": _unary(transfer.dropout),
    "Normalised": _unary(transfer.normalised),
    "DivideByNorm": _divide_by_norm,
    "Logit": _logit,
    "Neg": _negated,
    "Add": _binary(lambda m, a, b, loc, note: arithmetic.add(a, b, loc, note)),
    "Sub": _binary(lambda m, a, b, loc, note: arithmetic.subtract(a, b, loc, note)),
    "Rsub": _binary(lambda m, a, b, loc, note: arithmetic.subtract(b, a, loc, note)),
    "Mul": _binary(arithmetic.multiply),
    "Div": _binary(arithmetic.divide),
    "MatMul": _binary(arithmetic.matrix_product),
    "MaskedFill": _masked,
    "ArgMax": _argmax,
    "Apply": _apply,
    "Wrap": _wrap,
    "Unwrap": _unwrap,
    "Empty": _empty,
    "Object": layers.of_class,
    "Variable": _variable,
    "Chunks": _chunks,
    "Pair": _pair,
    "Packed": _packed,
    "Call": _call,
}
