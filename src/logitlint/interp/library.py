"""Calls of known APIs: find the overload that holds, note what it consumes, give what it returns."""

from __future__ import annotations

from dataclasses import replace

from logitlint import catalog
from logitlint.catalog.contract import Contract, Param, Signature
from logitlint.interp import arithmetic, asked, buffers, literal, picks, untrained, written
from logitlint.interp.core import Args, Core, hop
from logitlint.interp.results import evaluate, integer
from logitlint.interp.signatures import Dynamic, Env, choose
from logitlint.interp.state import options
from logitlint.interp.transfer import is_scale
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Choice,
    Const,
    LibObject,
    Loc,
    Origin,
    Ref,
    Tensor,
    Unknown,
    Value,
    made,
)
from logitlint.kinds import LABELS, Kind, Want

_TENSOR = "torch.Tensor"
_KEEPING = frozenset({"Same", "Reshape", "Permute", "Clamp", "Exp"})  #: of what is trained they give what is trained with it
_ARRAY = "jax.Array"  #: whose methods are those of NumPy's arrays, tried where torch has none that fits


def _split(args: Args, name: str, value: Value, option: Value) -> Args:
    """``args`` with one alternative of a flag."""
    pos = tuple(option if each is value else each for each in args.pos)
    named = {key: option if each is value else each for key, each in args.named.items()}
    return replace(args, pos=pos, named=named)


def call_function(m: Core, name: str, contract: Contract, args: Args, loc: Loc) -> Value:
    try:
        found = choose(contract.call, args)
    except Dynamic as flag:
        if isinstance(flag.value, Choice):
            value, key = flag.value, flag.name
            return m.each(value, lambda option: call_function(m, name, contract, _split(args, key, value, option), loc))
        return _unresolved(m, name, contract.call, loc, f"`{flag.name}` is not a constant")
    if found is None:
        first = _of_version_one(name)
        if first is not None and first.name != contract.name:
            return call_function(m, name, first, args, loc)
        return _unresolved(m, name, contract.call, loc, "it is called with arguments that it does not take")
    signature = contract.call[found[0]]
    return finish(m, name, signature, found[1], None, loc, None)


def _of_version_one(name: str) -> Contract | None:
    """What TensorFlow 1 has under a name, where TensorFlow 2 keeps that in a place of its own."""
    top, _, rest = name.partition(".")
    return catalog.lookup(f"tensorflow.compat.v1.{rest}") if top == "tensorflow" and not rest.startswith("compat.") else None


def _unresolved(m: Core, name: str, signatures: tuple[Signature, ...], loc: Loc, why: str) -> Value:
    if any(p.role == "prediction" for s in signatures for p in s.params):
        m.record("loss", loc, name, Unknown(None, why), detail=why)
    return Unknown(None, why)


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
    if name == _TENSOR and _is_shape(args):
        return Ref(m.alloc("buffer", Api("torch.empty"), loc))
    if contract.sort == "Distribution":
        for param in contract.init[found[0]].params if contract.init else ():
            if param.role == "prediction" and param.want is not None and found[1].get(param.name, NONE) != NONE:
                arithmetic.drawn(m, found[1][param.name])
                m.record("distribution", loc, name, found[1][param.name], want=param.want, detail=param.name)
    return LibObject(name, tuple(found[1].items()), loc, found[0], made(loc, f"`{catalog.short(name)}` is built"))


def _is_shape(args: Args) -> bool:
    """``torch.Tensor(batch, steps, classes)``: a tensor of this shape that waits to be filled; one argument may be its content."""
    return len(args.pos) > 1 or any(isinstance(each, Const) and isinstance(each.value, int) for each in args.pos)


def call_object(m: Core, obj: LibObject, args: Args, loc: Loc, place: Loc | None = None) -> Value:
    """Call an instance. ``place`` is where a kind that it makes is said to be made (default: the call)."""
    contract = catalog.lookup(obj.name)
    if contract is None or not contract.call:
        return NOTHING
    if untrained.is_filter(m, obj):
        return untrained.filtered(args.get(0, "input"), loc)
    if obj.overload < 0:
        return _unresolved(m, obj.name, contract.call, loc, "a flag of its constructor is not a constant")
    try:
        found = choose(contract.call, _as_built(contract.call, obj, args))
    except Dynamic as flag:
        return _unresolved(m, obj.name, contract.call, loc, f"`{flag.name}` is not a constant")
    if found is None:
        return NOTHING
    binds = contract.init[obj.overload].binds if obj.overload < len(contract.init) else None
    env = {**dict(obj.args), **found[1]}
    return finish(m, obj.name, contract.call[found[0]], env, binds, place or loc, obj, loc)


def _as_built(signatures: tuple[Signature, ...], obj: LibObject, args: Args) -> Args:
    """``args`` with the flags of the constructor that the overloads of a call or a method speak of."""
    flags = {p.name for s in signatures for p in s.params if p.literals and p.mode == "keyword"}
    given = {name: value for name, value in obj.args if name in flags}
    return replace(args, named={**given, **args.named}) if given else args


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
    given = _as_built(signatures, receiver, args) if isinstance(receiver, LibObject) else args
    try:
        found = choose(signatures, given.prepend(receiver))
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


def kept(m: Core, variable: Value, name: str, args: Args, loc: Loc) -> Value | None:
    """What is trained, in another shape, place or precision, where a method of a tensor gives that; None for every other."""
    results = [each.result for each in catalog.method(_TENSOR, name)]
    if not results or any(each is None or each.op not in _KEEPING for each in results):
        return None
    if name == "requires_grad_" and args.get(0, "requires_grad") == Const(False):
        return None
    found = call_method(m, _TENSOR, variable, name, args, loc)
    return found if found is not None and is_scale(found) else None


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
        result = hop(result, obj.loc, f"`{catalog.short(obj.name)}` is built")  # the call may not say which layer it calls
    for param in signature.params:
        if param.role == "prediction" and param.name in env:
            _consume(m, name, param, env, binds, loc, obj, signature)
        elif param.role == "target" and param.want in LABELS and param.name in env:
            m.record("labels", loc, name, env[param.name], want=param.want, role="target", built=obj.origin if obj else None)
        elif param.role == "target" and param.want is not None and param.name in env:
            m.record("loss", loc, name, env[param.name], want=param.want, role="target", built=obj.origin if obj else None)
        elif param.role == "input" and param.name in env:
            arithmetic.drawn(m, env[param.name])
            value = env[param.name]
            if _has_kind(value, Kind.PROB_CAT, Kind.PROB_EL) and asked.of_its_elements(m, loc):
                value = Unknown(None, asked.WHY)
            if _has_kind(result, Kind.CONST_ONE) and asked.beside_sigmoid(m, loc):
                result = NOTHING
            m.record("activation", made_at, name, value, result=result, detail=_implicit(signature, env, obj), built=_built(obj))
    return result


def _built(obj: LibObject | None) -> Origin | None:
    return made(obj.loc, f"`{catalog.short(obj.name)}` is built") if obj else None


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
    axis = integer(param.axis, env)
    built = made(obj.loc, f"the loss is `{catalog.short(name)}`") if obj else None
    contract = catalog.lookup(name)
    form = _FORMS.get(contract.sort, "loss") if contract is not None else "loss"
    if form == "distribution":
        arithmetic.drawn(m, env[param.name])
    if contract is not None and contract.sort == "Sampler":
        _drawn_from(m, env[param.name], loc)
    value = buffers.without_empty(m, env[param.name])
    value = literal.distribution(m, value, loc) if form == "loss" and want is Want.LOGITS_CAT else value
    if form == "loss" and want in (Want.LOGITS_EL, Want.PROB_EL):
        value = m.each(literal.labels(value, target), lambda each: written.chosen(each) if isinstance(each, Tensor) else each)
    if form == "loss" and want is Want.LOGPROB_CAT and not _has_kind(value, Kind.LOGPROB_CAT) and picks.is_pick(m, name, loc):
        value = Unknown(None, picks.WHY)
    m.record(form, loc, name, value, want=want, axis=axis, built=built, target=target, detail=param.name)


def _has_kind(value: Value, *kinds: Kind) -> bool:
    return any(isinstance(option, Tensor) and option.kind in kinds for _, option in options(value))


def _drawn_from(m: Core, value: Value, loc: Loc) -> None:
    """A logarithm that is written where a sampler takes it: what underflows is never drawn, and has no gradient to lose."""
    written_there = {loc._replace(at=arg.value.at) for arg in m.calling[1].args} if m.calling is not None and m.calling[0] == loc else set()
    for _, option in options(value):
        if isinstance(option, Tensor) and option.producer is not None and option.producer.loc in written_there:
            m.cancelled.add(option.producer.loc)
