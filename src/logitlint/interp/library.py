"""Calls of known APIs: find the overload that holds, note what it consumes, compute what it returns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from logitlint import catalog
from logitlint.catalog.contract import OPAQUE, REQUIRED, Contract, Param, Result, Signature
from logitlint.interp import buffers, layers, literal, transfer, written
from logitlint.interp.core import Args, Core, hop
from logitlint.interp.guards import Symbol
from logitlint.interp.state import options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Choice,
    Const,
    LibObject,
    Loc,
    Mapping,
    Origin,
    Producer,
    Ref,
    Seq,
    Tensor,
    Unknown,
    Value,
    made,
)
from logitlint.kinds import BOUNDED, LABELS, Kind, Want

Env: TypeAlias = "dict[str, Value]"
_TENSOR = "torch.Tensor"
_ARRAY = "jax.Array"  #: whose methods are those of NumPy's arrays, tried where torch has none that fits


class Dynamic(Exception):
    """A flag that decides the contract is no constant. ``name`` is the parameter, ``options`` its value when it is a choice."""

    def __init__(self, name: str, value: Value) -> None:
        super().__init__(name)
        self.name = name
        self.value = value


# ---------------------------------------------------------------------- matching


def bind(signature: Signature, args: Args) -> Env | None:
    """Parameter -> value, defaults included; None when the arguments do not fit.

    Raises:
        Dynamic: a ``Literal`` parameter was given something that is not a constant.
    """
    env: Env = {}
    position = 0
    named = dict(args.named)
    for param in signature.params:
        if param.mode == "*":
            env[param.name] = Seq(args.pos[position:])
            position = len(args.pos)
        elif param.mode == "**":
            env[param.name] = Mapping(tuple(named.items()))
            named.clear()
        elif param.mode != "keyword" and position < len(args.pos):
            env[param.name] = args.pos[position]
            position += 1
        elif param.mode != "positional" and param.name in named:
            env[param.name] = named.pop(param.name)
        elif param.default is not REQUIRED and param.default != REQUIRED:
            env[param.name] = _default(param, args)
        if param.literals and not _admits(param, env.get(param.name)):
            return None
    if position < len(args.pos) or named:
        return None
    return env


def _default(param: Param, args: Args) -> Value:
    if param.default == OPAQUE or args.more:
        return NOTHING
    try:
        hash(param.default)
    except TypeError:
        return NOTHING
    return Const(param.default)


def _admits(param: Param, value: Value | None) -> bool:
    if value is None:
        return True
    if isinstance(value, Const):
        return any(value.value == each and (value.value is None) == (each is None) for each in param.literals)
    raise Dynamic(param.name, value)


def choose(signatures: tuple[Signature, ...], args: Args) -> tuple[int, Env] | None:
    """The first overload that holds.

    Raises:
        Dynamic: as :func:`bind`.
    """
    for i, signature in enumerate(signatures):
        env = bind(signature, args)
        if env is not None:
            return i, env
    return None


def _split(args: Args, name: str, value: Value, option: Value) -> Args:
    """``args`` with one alternative of a flag."""
    pos = tuple(option if each is value else each for each in args.pos)
    named = {key: option if each is value else each for key, each in args.named.items()}
    return Args(pos, named, args.more)


# ---------------------------------------------------------------------- calls


def call_function(m: Core, name: str, contract: Contract, args: Args, loc: Loc) -> Value:
    try:
        found = choose(contract.call, args)
    except Dynamic as flag:
        if isinstance(flag.value, Choice):
            value, key = flag.value, flag.name
            return m.each(value, lambda option: call_function(m, name, contract, _split(args, key, value, option), loc))
        return _unresolved(m, name, contract.call, args, loc, flag.name)
    if found is None:
        return Unknown(None, f"{name} is called with arguments that it does not take")
    signature = contract.call[found[0]]
    return finish(m, name, signature, found[1], None, loc, None)


def _unresolved(m: Core, name: str, signatures: tuple[Signature, ...], args: Args, loc: Loc, flag: str) -> Value:
    if any(p.role == "prediction" for s in signatures for p in s.params):
        m.record("loss", loc, name, Unknown(None, f"`{flag}` is not a constant"), detail=f"`{flag}` is not a constant")
    return NOTHING


def construct(m: Core, name: str, contract: Contract, args: Args, loc: Loc) -> Value:
    """An instance of a library class; ``overload`` -1 when a flag that decides its contract is unknown."""
    try:
        found = choose(contract.init, args) if contract.init else (0, {})
    except Dynamic as flag:
        if isinstance(flag.value, Choice):
            value, key = flag.value, flag.name
            return m.each(value, lambda option: construct(m, name, contract, _split(args, key, value, option), loc))
        return LibObject(name, (("", Unknown(None, f"`{flag.name}` is not a constant")),), loc, -1)
    if found is None:
        # arguments of another version of the library: the flags are at their defaults
        given = tuple(args.named.items())
        return LibObject(name, given, loc, 0 if len(contract.init) < 2 else -1)
    if contract.sort == "Distribution":
        for param in contract.init[found[0]].params if contract.init else ():
            if param.role == "prediction" and param.want is not None and found[1].get(param.name, NONE) != NONE:
                m.record("distribution", loc, name, found[1][param.name], want=param.want, detail=param.name)
    return LibObject(name, tuple(found[1].items()), loc, found[0], made(loc, f"`{short(name)}` is built"))


def call_object(m: Core, obj: LibObject, args: Args, loc: Loc, place: Loc | None = None) -> Value:
    """Call an instance. ``place`` is where a kind that it makes is said to be made (default: the call)."""
    contract = catalog.lookup(obj.name)
    if contract is None or not contract.call:
        return NOTHING
    if obj.overload < 0:
        return _unresolved(m, obj.name, contract.call, args, loc, "a flag of its constructor")
    flags = {p.name for s in contract.call for p in s.params if p.literals and p.mode == "keyword"}
    given = {name: value for name, value in obj.args if name in flags}
    try:
        # a flag of the constructor that the call's overloads speak of
        found = choose(contract.call, Args(args.pos, {**given, **args.named}, args.more))
    except Dynamic as flag:
        return _unresolved(m, obj.name, contract.call, args, loc, flag.name)
    if found is None:
        return NOTHING
    binds = contract.init[obj.overload].binds if obj.overload < len(contract.init) else None
    env = {**dict(obj.args), **found[1]}
    return finish(m, obj.name, contract.call[found[0]], env, binds, place or loc, obj, loc)


def parameter(m: Core, obj: LibObject, name: str) -> Value | None:
    """``distribution.probs`` and ``.logits``: what the distribution makes of what it was given; None where it keeps that."""
    result = catalog.attribute(obj.name, name)
    kind = catalog.kind_of(result) if result is not None else None
    given = obj.get(name)
    if kind is None or kind is Kind.UNKNOWN or (name == "probs" and given != NONE):
        return None
    return evaluate(m, result, {}, f"{obj.name}.{name}", obj.loc, obj.loc)


def call_method(m: Core, owner: str, receiver: Value, name: str, args: Args, loc: Loc) -> Value | None:
    """A method that the catalogue knows of ``owner``; None when it knows none."""
    signatures = catalog.method(owner, name)
    if not signatures:
        return call_method(m, _ARRAY, receiver, name, args, loc) if owner == _TENSOR else None
    try:
        found = choose(signatures, args.prepend(receiver))
    except Dynamic:
        return NOTHING
    if found is None:
        other = call_method(m, _ARRAY, receiver, name, args, loc) if owner == _TENSOR else None
        return other if other is not None else NOTHING
    env = found[1]
    binds = None
    if isinstance(receiver, LibObject):
        env = {**dict(receiver.args), **env}
        contract = catalog.lookup(receiver.name)
        if contract is not None and 0 <= receiver.overload < len(contract.init):
            binds = contract.init[receiver.overload].binds
    return finish(m, f"{owner}.{name}", signatures[found[0]], env, binds, loc, None)


def finish(
    m: Core,
    name: str,
    signature: Signature,
    env: Env,
    binds: Want | None,
    made_at: Loc,
    obj: LibObject | None,
    loc: Loc | None = None,
) -> Value:
    """Record what the call consumes and give what it returns. ``loc`` is the call, ``made_at`` where a kind is made."""
    loc = loc or made_at
    result = evaluate(m, signature.result, env, name, made_at, loc)
    if obj is not None and made_at == loc and obj.loc[:2] != loc[:2]:
        result = hop(result, obj.loc, f"`{short(obj.name)}` is built")  # the call may not say which layer it calls
    for param in signature.params:
        if param.role == "prediction" and param.name in env:
            _consume(m, name, param, env, binds, loc, obj, signature)
        elif param.role == "target" and param.want in LABELS and param.name in env:
            m.record("labels", loc, name, env[param.name], want=param.want, role="target", built=obj.origin if obj else None)
        elif param.role == "target" and param.want is not None and param.name in env:
            m.record("loss", loc, name, env[param.name], want=param.want, role="target", built=obj.origin if obj else None)
        elif param.role == "input" and param.name in env:
            m.record("activation", made_at, name, env[param.name], result=result, detail=_implicit(signature, env, obj), built=_built(obj))
    return result


def _built(obj: LibObject | None) -> Origin | None:
    return made(obj.loc, f"`{short(obj.name)}` is built") if obj else None


def _implicit(signature: Signature, env: Env, obj: LibObject | None) -> str:
    """``implicit`` when a ``dim`` that has a default of None was not given."""
    result = signature.result
    if result is None or not result.args or not isinstance(result.args[0], str):
        return ""
    return "implicit" if env.get(result.args[0]) == NONE else ""


#: What takes a kind without being a loss: a metric counts, a distribution draws (log-probabilities are logits to it).
_FORMS = {"Metric": "metric", "Distribution": "distribution", "Sampler": "distribution"}


def _consume(m: Core, name: str, param: Param, env: Env, binds: Want | None, loc: Loc, obj: LibObject | None, signature: Signature) -> None:
    want = param.want or binds
    if want is None:
        return
    if want is Want.ANY:
        m.record("free", loc, name, env[param.name], want=want)
        return
    target = next((env.get(p.name) for p in signature.params if p.role == "target"), None)
    axis = _integer(param.axis, env)
    built = made(obj.loc, f"the loss is `{short(name)}`") if obj else None
    contract = catalog.lookup(name)
    form = _FORMS.get(contract.sort, "loss") if contract is not None else "loss"
    if contract is not None and contract.sort == "Sampler":
        _drawn_from(m, env[param.name], loc)
    value = literal.distribution(m, env[param.name], loc) if form == "loss" and want is Want.LOGITS_CAT else env[param.name]
    m.record(form, loc, name, value, want=want, axis=axis, built=built, target=target, detail=param.name)


def _drawn_from(m: Core, value: Value, loc: Loc) -> None:
    """A logarithm that is written where a sampler takes it: what underflows is never drawn, and has no gradient to lose."""
    written_there = {loc._replace(at=arg.value.at) for arg in m.calling[1].args} if m.calling is not None and m.calling[0] == loc else set()
    for _, option in options(value):
        if isinstance(option, Tensor) and option.producer is not None and option.producer.loc in written_there:
            m.cancelled.add(option.producer.loc)


def _integer(axis: int | str | None, env: Env) -> int | None:
    if isinstance(axis, str):
        value = env.get(axis)
        axis = value.value if isinstance(value, Const) and isinstance(value.value, int) else None
    return axis if isinstance(axis, int) and not isinstance(axis, bool) else None


# ---------------------------------------------------------------------- results

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


def short(name: str) -> str:
    """A full name as people write it: ``nn.CrossEntropyLoss``, ``F.softmax``, ``tf.nn.softmax``."""
    for prefix, alias in (
        ("torch.nn.functional.", "F."),
        ("torch.nn.", "nn."),
        ("torch.Tensor.", "."),
        ("tensorflow.", "tf."),
        ("jax.numpy.", "jnp."),
        ("flax.linen.", "nn."),
        ("flax.nnx.", "nnx."),
        ("haiku.", "hk."),
        ("equinox.", "eqx."),
        ("tflearn.layers.estimator.", "tflearn."),
        ("tflearn.layers.core.", "tflearn."),
        ("tflearn.layers.conv.", "tflearn."),
    ):
        if name.startswith(prefix):
            return alias + name[len(prefix) :]
    return name


_CONVOLUTION = re.compile(
    r"[Cc]onv(?:_?[Tt]ranspose)?([123])[dD](?:_?[Tt]ranspose)?$"
)  #: over so many axes beside those of examples, channels


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
    if kind is Kind.UNKNOWN and api in ("torch.randn", "torch.rand"):
        sizes = env.get("size")
        if isinstance(sizes, Seq) and sizes.rest is None and len(sizes.items) > 1:
            return Tensor(kind, rank=len(sizes.items))
    if kind is Kind.UNKNOWN or kind is Kind.LOSS:
        if api.endswith(_CONTRACTIONS):
            transfer.contracted(m, [part for each in env.values() for part in (transfer.elements(each) or [each])])
        return Unknown(("call", api, loc))
    axis = _integer(result.args[0], env) if result.args and not isinstance(result.args[0], Result) else None
    size, rank = None, None
    source = next((v for v in env.values() if isinstance(v, Tensor)), None)
    if kind in BOUNDED:
        ranged = _within_bounds(kind, source, env, api, loc)
        if not isinstance(ranged, Kind):
            return ranged
        kind = ranged
    if kind is Kind.SCORES:
        if len(result.args) > 1 and isinstance(result.args[1], str):
            size = _integer(result.args[1], env)
        rank = source.rank if source is not None else None
        convolution = _CONVOLUTION.search(api)
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
    note = f"`{short(api)}` {_NOTES[kind]}" if kind in _NOTES else f"`{short(api)}`"
    return Tensor(kind, axis, size, rank, Producer(loc, kind, api), form, origin=made(loc, note))


#: Kinds without a negative part; those that lie in [0, 1].
_NOT_NEGATIVE = frozenset({Kind.PROB_CAT, Kind.PROB_EL, Kind.UNIT, Kind.CLAMPED, Kind.NONNEG, Kind.RECTIFIED, Kind.BOUNDED_0_6})
_IN_UNIT = frozenset({Kind.PROB_CAT, Kind.PROB_EL, Kind.UNIT, Kind.CLAMPED})
#: The last names of functions of which only that is known: they give nothing negative.
_MAGNITUDES = frozenset({"abs", "absolute", "square", "sqrt", "norm", "var", "std", "exp2"})


def _within_bounds(kind: Kind, source: Tensor | None, env: Env, api: str, loc: Loc) -> Kind | Value:
    """What relu, tanh and their kin make: arguments may say other limits, and of what is bounded already something narrower is known."""
    note, last = f"passes through `{short(api)}`", api.rpartition(".")[2].lower().replace("_", "")
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
    if kind is not Kind.BOUNDED_PM1:
        if source is not None and source.kind in _IN_UNIT:
            return hop(source, loc, note)
        return Kind.UNIT if source is not None and source.kind is Kind.BOUNDED_PM1 else kind
    if any(isinstance(v, Unknown) and v.sym is not None and v.sym[0] == "call" and _is_magnitude(v.sym[1]) for v in env.values()):
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
        transfer.note_threshold(m, source, Const(0.5), loc, api)
    elif last in ("gt", "ge", "lt", "le", "greater", "greater_equal", "less", "less_equal"):
        for each in env.values():
            transfer.note_threshold(m, source, each, loc, api)
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
        note = f"passes through `{short(api)}`"
        return m.each(_operand(result, env), lambda value: rule(value, loc, note))

    return run


def _pick(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    named = result.args[1] if len(result.args) > 1 else 0
    axis = 0 if isinstance(named, str) and env.get(named) == NONE else _integer(named, env) if not isinstance(named, Result) else None
    return m.each(_operand(result, env), lambda value: transfer.pick(value, axis, loc, f"passes through `{short(api)}`"))


def _binary(rule: Callable[[Core, Value, Value, Loc, str], Value]) -> _Handler:
    def run(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
        note = f"passes through `{short(api)}`"
        left, right = _operand(result, env), _operand(result, env, 1)
        return m.each(left, lambda a: m.each(right, lambda b: rule(m, a, b, loc, note)))

    return run


def _same(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return hop(_operand(result, env), loc, f"passes through `{short(api)}`")


def _average(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """A mean without an axis is a single number."""
    axis = env.get("dim", env.get("axis"))
    if axis == NONE:
        return m.each(_inner(m, result, env, api, loc), lambda value: written.averaged(value) or transfer.residue(value))
    along = {each.value for each in (transfer.elements(axis) or [axis] if axis is not None else []) if isinstance(each, Const)}
    return m.each(_inner(m, result, env, api, loc), lambda value: transfer.average(value, along, loc, f"is averaged by `{short(api)}`"))


def _divide_by_norm(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    order, dim = _operand(result, env, 1), _integer(str(result.args[2]), env)
    return m.each(_operand(result, env), lambda value: transfer.divide_by_norm(value, order, dim, loc, api))


def _logit(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.each(_operand(result, env), lambda value: transfer.logit(value, loc, api))


def _total(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    axis = env.get("dim", env.get("axis"))
    return m.each(_operand(result, env), lambda v: transfer.total(m, v, axis, loc, f"passes through `{short(api)}`"))


def _negated(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.each(_operand(result, env), lambda v: transfer.negated(m, v, loc, f"passes through `{short(api)}`"))


def _reshape(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    note, name = f"passes through `{short(api)}`", api.rpartition(".")[2]
    sizes = transfer.elements(contents(m, _operand(result, env, 1))) or []
    if len(sizes) == 1:  # `view((2, 3))`
        sizes = transfer.elements(contents(m, sizes[0])) or sizes
    return m.each(_operand(result, env), lambda value: transfer.reshaped(value, name, env, sizes, loc, note))


def _log(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.alternatives(_operand(result, env), loc, lambda v: transfer.logarithm(m, v, loc, api, f"`{short(api)}` takes the logarithm"))


def _log1p(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.alternatives(
        _operand(result, env), loc, lambda v: transfer.logarithm_of_one_plus(m, v, loc, api, f"`{short(api)}` takes log(1 + …)")
    )


def _exp(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return m.each(_operand(result, env), lambda v: transfer.exponential(v, loc, f"`{short(api)}`"))


def _clamp(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    low, high = (NONE if arg == Result("None") else _operand(result, env, i) for i, arg in enumerate(result.args[1:3], 1))
    return m.each(_operand(result, env), lambda v: transfer.clamp(v, low, high, loc, f"is clamped by `{short(api)}`", api))


def _masked(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    fill = _operand(result, env, 2)
    return m.each(_operand(result, env), lambda v: transfer.masked(v, fill, loc, f"passes through `{short(api)}`"))


#: Kinds that stay what they are when a column of zeros is put beside them.
_WIDENED = frozenset({Kind.SCORES, Kind.PROB_CAT, Kind.PROB_EL})


def _join(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    value = contents(m, _operand(result, env))
    parts = transfer.elements(value) or []
    made = [part for part in parts if not buffers.is_blank(m, part, "zeros", "empty")]  # where a loop begins
    axis = _integer(result.args[1], env) if len(result.args) > 1 and not isinstance(result.args[1], Result) else None
    if axis == 0 or all(isinstance(part, Tensor) and part.kind in _WIDENED for part in made):
        parts = made
    return transfer.join(parts, axis, loc, f"is joined by `{short(api)}`") if parts else NOTHING


def _argmax(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    note = f"`{short(api)}` {_NOTES[Kind.INDEX]}"
    operand = _operand(result, env)
    found = [each for _, each in options(operand) if isinstance(each, Tensor)]
    if any(each.kind in (Kind.PROB_CAT, Kind.LOGPROB_CAT) for each in found):
        axis = _operand(result, env, 1)
        m.record("argmax", loc, api, operand, axis=axis.value if isinstance(axis, Const) and isinstance(axis.value, int) else None)
    form = "hard" if any(each.kind in transfer.PREDICTED for each in found) else ""
    return Tensor(Kind.INDEX, producer=Producer(loc, Kind.INDEX, api), form=form, origin=made(loc, note))


def _wrap(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    return _operand(result, env)


def _pair(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    second = result.args[1] if len(result.args) == 2 else None
    names = ("values", "indices") if isinstance(second, Result) and second.op in ("Index", "ArgMax") else ()
    return Seq(tuple(evaluate(m, each, env, api, loc, loc) if isinstance(each, Result) else NOTHING for each in result.args), names=names)


def _packed(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """A ``PackedSequence``: the steps of all sequences in one tensor, and how they were laid out."""
    data = m.each(_operand(result, env), lambda v: transfer.reshape(v, loc, f"is packed by `{short(api)}`"))
    return Seq((data, NOTHING, NOTHING, NOTHING), names=("data", "batch_sizes", "sorted_indices", "unsorted_indices"))


def _chunks(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    axis = _integer(result.args[1], env) if len(result.args) > 1 and not isinstance(result.args[1], Result) else 0
    return Seq((), m.each(_operand(result, env), lambda v: transfer.part(v, axis, loc, f"is split by `{short(api)}`")))


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
        return call_function(m, contract.name, contract, Args((value,)), loc) if contract is not None else NOTHING
    if isinstance(activation, Unknown):
        return NOTHING
    return m.call(activation, Args((value,)), loc)


def _empty(m: Core, result: Result, env: Env, api: str, loc: Loc) -> Value:
    """``zeros``/``empty``: takes the kind of what is stored into it."""
    return Ref(m.alloc("buffer", Api(api), loc))


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
    "Permute": _unary(transfer.reshape),
    "Select": _unary(transfer.select),
    "Pick": _pick,
    "Log": _log,
    "Log1p": _log1p,
    "Exp": _exp,
    "Mean": _average,
    "Sum": _total,
    "Max": _unary(transfer.largest),
    "Clamp": _clamp,
    "Join": _join,
    "Where": _binary(lambda m, a, b, loc, note: transfer.where(a, b, loc, note)),
    "Dropout": _unary(transfer.dropout),
    "Normalised": _unary(transfer.normalised),
    "DivideByNorm": _divide_by_norm,
    "Logit": _logit,
    "Neg": _negated,
    "Add": _binary(lambda m, a, b, loc, note: transfer.add(a, b, loc, note)),
    "Sub": _binary(lambda m, a, b, loc, note: transfer.subtract(a, b, loc, note)),
    "Rsub": _binary(lambda m, a, b, loc, note: transfer.subtract(b, a, loc, note)),
    "Mul": _binary(transfer.multiply),
    "Div": _binary(transfer.divide),
    "MatMul": _binary(lambda m, a, b, loc, note: transfer.matrix_product(a, b, loc, note)),
    "MaskedFill": _masked,
    "ArgMax": _argmax,
    "Apply": _apply,
    "Wrap": _wrap,
    "Unwrap": _wrap,
    "Empty": _empty,
    "Object": layers.of_class,
    "Variable": _variable,
    "Chunks": _chunks,
    "Pair": _pair,
    "Packed": _packed,
    "Call": _call,
}


def contents(m: Core, value: Value) -> Value:
    """The elements of a list object, a tuple, the content of a buffer."""
    form = m.form(value)
    if form in ("list", "buffer"):
        return m.field(value, "items") or Seq(())
    return value
