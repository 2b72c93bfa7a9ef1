"""Where a call goes that is no plain Python: libraries, modules, containers, and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from logitlint import catalog
from logitlint.catalog import Contract
from logitlint.interp import (
    again,
    arithmetic,
    buffers,
    callees,
    calls,
    commandline,
    containers,
    data,
    flax,
    foreign,
    handed,
    hooks,
    jax,
    keras,
    keras_models,
    layers,
    library,
    literal,
    mindspore,
    objects,
    settings,
    stdlib,
    tables,
    torch,
    trainers,
    transfer,
    untrained,
)
from logitlint.interp.core import Args, Core
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Builtin,
    Callee,
    ClassValue,
    Const,
    Function,
    LibObject,
    Loc,
    Mapping,
    Method,
    Ref,
    Seq,
    Super,
    Tensor,
    Unknown,
    Value,
)


class _Framework(Protocol):
    """``CALLS``: canonical name -> handler of the call. ``method`` and ``call``, of a heap object, give None for what is not theirs."""

    @property
    def CALLS(self) -> dict[str, Callable[[Core, str, Args, Loc], Value]]: ...
    def method(self, m: Core, receiver: Ref, name: str, args: Args, loc: Loc, /) -> Value | None: ...
    def call(self, m: Core, ref: Ref, args: Args, loc: Loc, /) -> Value | None: ...


_FRAMEWORKS: tuple[_Framework, ...] = (keras, jax, trainers, mindspore)
_UNCHANGED = frozenset(
    "to cuda cpu half float double bfloat16 type train eval requires_grad_ apply share_memory compile xpu mps hybridize "
    "set_train set_grad to_float".split()
)
#: Methods after which a tensor that waits to be filled still does.
_KEEPS_EMPTY = frozenset(
    "to cuda cpu float double half bfloat16 type type_as clone contiguous detach pin_memory share_memory_ squeeze unsqueeze view reshape "
    "expand repeat".split()
)
#: Methods of PyTorch's tensors that make one to be filled.
NEW = frozenset({"new_zeros", "new_empty", "new_ones", "new_full"})
#: Methods of a library's model that leave its last layer as it is.
_READS = frozenset(
    {"extract_features", "forward_features", "get_classifier", "named_children", "named_modules", "named_parameters", "buffers"}
)
#: The methods of a module that change what is below it, called on the class.
_MODES = frozenset({"torch.nn.Module.train", "torch.nn.Module.eval", "torch.nn.Module.apply"})
#: Methods of a module that a container of layers has like every other.
_OF_MODULES = frozenset({"children", "named_children", "modules", "named_modules", "register_forward_hook", "set_submodule", "__setattr__"})
_FORWARD = frozenset({"forward", "__call__", "call", "construct", "hybrid_forward"})


def settled(m: Core, args: Args) -> Args:
    """Arguments with every buffer replaced by what was stored into it."""
    if not any(m.form(v) == "buffer" for v in args.values()):
        return args
    pos = tuple(_content(m, v) for v in args.pos)
    return Args(pos, {k: _content(m, v) for k, v in args.named.items()}, args.more, open=args.open)


def _content(m: Core, value: Value) -> Value:
    return literal.filled(m, value) if buffers.is_filled(m, value) else buffers.content(m, value)


def _hands_on_buffer(m: Core, contract: Contract, args: Args) -> bool:
    """Whether a call gives back the tensor that it takes, which is still to be filled: ``Variable(torch.zeros(n))``."""
    if contract.form != "function" or not args.pos or m.form(args.pos[0]) != "buffer" or m.field(args.pos[0], "value") is not None:
        return False
    return all(s.result is not None and s.result.op == "Same" and s.result.args[0] == s.params[0].name for s in contract.call)


# ---------------------------------------------------------------------- libraries


def call_api(m: Core, fn: Api, args: Args, loc: Loc) -> Value:
    for framework in _FRAMEWORKS:
        handler = framework.CALLS.get(catalog.canonical(fn.name))
        if handler is not None:
            return handler(m, fn.name, settled(m, args), loc)
    if catalog.canonical(fn.name) == "torch.hub.load":
        return layers.from_hub(m, args, loc)
    if fn.name == "torch.multiprocessing.Process":
        return stdlib.process(m, args, loc)
    if fn.name == "copy.deepcopy":
        return stdlib.deep_copy(m, args, loc)
    if fn.name == "copy.copy":
        return stdlib.copied(m, args, loc)
    if fn.name.endswith("_") and args.pos and m.form(args.pos[0]) == "buffer" and isinstance(args.pos[0], Ref):
        buffers.store(m, args.pos[0], NOTHING, loc)  # `nn.init.normal_(tensor)`
    contract = catalog.lookup(fn.name)
    if contract is None:
        handed.to_library(m, args, fn.name)
        return again.of_library(m, fn.name, args, loc)
    if contract.name in _MODES and args.pos and isinstance(args.pos[0], Ref):
        return call_method(m, Method(args.pos[0], contract.name.rpartition(".")[2]), Args(args.pos[1:], args.named, args.more), loc)
    if _hands_on_buffer(m, contract, args):
        return args.pos[0]
    args = settled(m, args)
    if contract.form == "function":
        m.group()
        return library.call_function(m, fn.name, contract, args, loc)
    if contract.sort == "Container":
        return torch.new_container(m, fn.name, args, loc)
    if contract.sort == "Output":
        return stdlib.record(m, args, loc)
    return layers.backbone(m, library.construct(m, fn.name, contract, args, loc), loc)


def call_library_object(m: Core, obj: LibObject, args: Args, loc: Loc) -> Value:
    if keras.is_keras(m, obj):
        return keras.call_object(m, obj, settled(m, args), loc)
    found = library.call_object(m, obj, settled(m, args), loc)
    # a model with another head gives something else under the old name
    return NOTHING if isinstance(found, LibObject) and foreign.is_rebuilt(m, obj) else found


def library_init(m: Core, ref: Ref, classes: Sequence[Value], args: Args, loc: Loc) -> None:
    """``__init__`` of the first library class that an instance's class derives from."""
    table = tables.of(m, ref)
    if table is not None:
        containers.inherited(m, table, "__init__", args, loc)
        return
    for base in classes:
        if isinstance(base, Api):
            if flax.fill(m, ref, classes, base, args, loc):
                return
            if trainers.init(m, ref, base, args, loc) or mindspore.init(m, ref, base, args, loc):
                return
            contract = catalog.lookup(base.name)
            if contract is None:
                continue
            if keras.init(m, ref, base, args, loc):
                return
            if contract.sort == "Container":
                torch.fill_container(m, ref, base.name, args)
            elif contract.sort in ("Loss", "Activation", "Layer", "Metric", "Distribution"):
                own = library.construct(m, base.name, contract, args, loc)
                m.set_field(ref, "__lib__", own)
                if catalog.heads(contract.name):
                    layers.fill(m, ref, contract.name, own, loc)
            return


# ---------------------------------------------------------------------- methods


def call_method(m: Core, method: Method, args: Args, loc: Loc) -> Value:
    receiver, name = method.receiver, method.name
    if isinstance(receiver, Super):
        return _super_method(m, receiver, name, args, loc)
    if isinstance(receiver, Ref):
        return _object_method(m, receiver, name, args, loc)
    if isinstance(receiver, LibObject):
        return _library_method(m, receiver, name, args, loc)
    if isinstance(receiver, Tensor):
        found = library.call_method(m, "torch.Tensor", receiver, name, settled(m, args), loc)
        return found if found is not None else transfer.residue(receiver)
    if isinstance(receiver, Api):
        return _class_method(m, receiver, name, args, loc)
    if isinstance(receiver, ClassValue):
        return _restored(m, receiver, name, args, loc)
    if isinstance(receiver, Method) and receiver.name == "at" and isinstance(receiver.receiver, Ref):
        buffers.store(m, receiver.receiver, settled(m, args).pos[0] if name == "set" and args.pos else NOTHING, loc)
        return receiver.receiver
    if isinstance(receiver, Method) and name in NEW:
        return library.call_method(m, "torch.Tensor", receiver, name, args, loc) or NOTHING
    if isinstance(receiver, Method) and name == "copy_" and args.pos:
        untrained.copied(m, receiver, args.pos[0])
        return NOTHING
    if isinstance(receiver, Method) and receiver.name == "__dict__":
        if name == "update":
            return containers.update_space(m, receiver.receiver, args, loc)
        return objects.entry(m, receiver.receiver, args.pos[0], loc) if name == "get" and args.pos else NOTHING
    if isinstance(receiver, Method) and receiver.name == "_modules" and isinstance(receiver.receiver, Ref):
        if name in ("values", "items"):
            return torch.children(m, receiver.receiver, name == "items")
        if name not in ("keys", "get", "copy"):
            layers.forget(m, receiver.receiver)
        return NOTHING
    if isinstance(receiver, Builtin) and args.pos:
        if name == "__setattr__":
            return m.call(Builtin("setattr"), args, loc)
        table = tables.of(m, args.pos[0]) if receiver.name == "dict" else None
        if table is not None:
            return containers.inherited(m, table, name, Args(args.pos[1:], args.named, args.more), loc)
        return m.call(m.attribute(args.pos[0], name, loc), Args(args.pos[1:], args.named, args.more), loc)  # `str.lower(text)`
    if isinstance(receiver, (Const, Seq)):
        found = containers.method(m, receiver, name, args, loc)
        return found if found is not None else NOTHING
    return NOTHING


def _object_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    form = m.form(ref)
    if form == "parser":
        return commandline.parser_method(m, ref, name, args, loc)
    given = keras.method(m, ref, name, args, loc)
    if given is None:
        given = flax.method(m, ref, name, args, loc)
    if given is not None:
        return given
    if name == "save_hyperparameters":
        return settings.kept(m, ref, args, loc)
    table = tables.of(m, ref) if hasattr(dict, name) else None
    if table is not None:
        return containers.inherited(m, table, name, args, loc)
    if form in ("list", "dict"):
        if isinstance(m.heap[ref.addr].cls, Api) and (name in _UNCHANGED or name in _OF_MODULES):
            found = torch.module_method(m, ref, name, args, loc)
        else:
            found = ref if name in _UNCHANGED else containers.method(m, ref, name, args, loc)
        return found if found is not None else NOTHING
    if form == "record" and name == "update":
        return containers.update_space(m, ref, args, loc)
    if form == "buffer":
        return _buffer_method(m, ref, name, args, loc)
    if name == "module" and form in ("sequential", "instance", "backbone"):
        return m.call(ref, args, loc)  # what a parallel wrapper wraps, which here is itself
    if form == "backbone":
        found = torch.module_method(m, ref, name, args, loc)
        if found is None and name not in _READS:
            layers.forget_head(m, ref)
        return found if found is not None else NOTHING
    if form == "sequential":
        if name in _FORWARD:
            return torch.call_sequential(m, ref, args, loc)
        found = torch.container_method(m, ref, name, args, loc)
        if found is not None:
            return found
        found = torch.module_method(m, ref, name, args, loc) if name in _UNCHANGED or name in _OF_MODULES else None
        return found if found is not None else NOTHING
    for framework in _FRAMEWORKS:
        found = framework.method(m, ref, name, args, loc)
        if found is not None:
            return found
    if form == "instance":
        found = torch.module_method(m, ref, name, args, loc)
        if found is not None:
            return found
        if m.field(ref, "items") is not None:
            found = torch.container_method(m, ref, name, args, loc)
            if found is not None:
                return found
        own = m.field(ref, "__lib__")
        if own is not None:
            return m.call(m.attribute(own, name, loc), args, loc)
    return NOTHING


def _buffer_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    """A method of a tensor that waits to be filled."""
    if name in ("append", "zero_", "requires_grad_"):
        return ref
    if name in ("scatter", "scatter_"):
        rows = buffers.one_hot(m, ref, name, settled(m, args), loc)
        if name == "scatter":
            return rows
        m.set_field(ref, "value", rows)
        return ref
    if name.endswith("_") and not name.endswith("__"):
        buffers.store(m, ref, args.pos[0] if name == "copy_" and args.pos else NOTHING, loc)
        return ref
    if name in _KEEPS_EMPTY and m.field(ref, "value") is None:
        return ref
    value = buffers.content(m, ref)
    return m.each(value, lambda each: call_method(m, Method(each, name), args, loc) if isinstance(each, Tensor) else NOTHING)


def _library_method(m: Core, obj: LibObject, name: str, args: Args, loc: Loc) -> Value:
    given = keras.method(m, obj, name, args, loc)
    if given is None:
        given = flax.method(m, obj, name, args, loc)
    if given is not None:
        return given
    if name == "requires_grad_" and args.get(0, "requires_grad") == Const(False):
        untrained.hold(m, obj)
    if name in _UNCHANGED:
        return obj
    if name == "register_forward_hook":
        hooks.on_layer(m, obj, args.get(0, "hook"))
        return NOTHING
    if name in _FORWARD:
        callees.note(m, loc, Callee(obj.name, obj.loc))
        m.group()
        return library.call_object(m, obj, settled(m, args), loc)
    found = library.call_method(m, obj.name, obj, name, settled(m, args), loc)
    return found if found is not None else Unknown(("call", "method", name, loc, *m.turns()))


def _restored(m: Core, cls: ClassValue, name: str, args: Args, loc: Loc) -> Value:
    """An object that a library makes of a class: what its constructor is given was said by name, or comes from a file; only a checkpoint
    says what a default would."""
    init = objects.class_lookup(m, objects.mro(m, cls), "__init__")
    if init is None or not isinstance(init[1], Function):
        return m.instantiate(cls, Args(), loc)
    unknown = calls.unknown_arguments(init[1])
    names = {each.name: i for i, each in enumerate(init[1].node.params)}
    pos = list(unknown.pos[1:])
    named = dict(unknown.named)
    defaults = init[1].defaults if name != "load_from_checkpoint" else ()
    said = {param: default for param, default in zip(names, defaults, strict=False) if default is not None}
    for param, value in {**said, **args.named}.items():
        if param in named:
            named[param] = value
        elif 0 < names.get(param, 0) <= len(pos):
            pos[names[param] - 1] = value
    return m.instantiate(cls, Args(tuple(pos), named), loc)


def _super_method(m: Core, receiver: Super, name: str, args: Args, loc: Loc) -> Value:
    own = receiver.self
    if not isinstance(own, Ref):
        return NOTHING
    classes = objects.mro(m, m.heap[own.addr].cls)
    rest = classes[classes.index(receiver.cls) + 1 :] if receiver.cls in classes else []
    table = tables.of(m, own) if hasattr(dict, name) else None
    if table is not None:
        return containers.inherited(m, table, name, args, loc)
    if name == "__init__":
        library_init(m, own, rest, args, loc)
        return NONE
    if name in _FORWARD:
        if m.field(own, "items") is not None:
            return torch.call_sequential(m, own, args, loc)
        inner = m.field(own, "__lib__")
        if inner is not None:
            return torch.call_base(m, own, inner, args, loc)
        for base in rest:
            contract = catalog.lookup(base.name) if isinstance(base, Api) else None
            if contract is not None and contract.call and isinstance(base, Api):
                return library.call_object(m, LibObject(base.name, (), loc), args, loc)
        return NOTHING
    given = keras.method(m, own, name, args, loc)
    if given is not None:
        return given
    found = torch.module_method(m, own, name, args, loc) if name not in ("forward", "call") else None
    return found if found is not None else NOTHING


def _class_method(m: Core, api: Api, name: str, args: Args, loc: Loc) -> Value:
    """A method called on a library class with the instance given: ``nn.Module.__init__(self)``."""
    if name == "__init__" and args.pos and isinstance(args.pos[0], Ref):
        library_init(m, args.pos[0], [api], Args(args.pos[1:], args.named, args.more), loc)
        return NONE
    full = catalog.canonical(f"{api.name}.{name}")
    if any(full in framework.CALLS for framework in _FRAMEWORKS):
        return call_api(m, Api(full), args, loc)
    return NOTHING


# ---------------------------------------------------------------------- objects


def call_reference(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    form = m.form(ref)
    given = keras.call(m, ref, args, loc)
    if given is not None:
        return given
    if form == "instance":
        return keras_models.called(m, ref, torch.call_instance(m, ref, args, loc))
    if form == "sequential":
        return torch.call_sequential(m, ref, args, loc)
    if form == "backbone":
        return torch.call_head(m, ref, loc)
    for framework in _FRAMEWORKS:
        found = framework.call(m, ref, args, loc)
        if found is not None:
            return found
    return NOTHING


def missing_attribute(m: Core, ref: Ref, classes: Sequence[Value], name: str, loc: Loc) -> Value:
    """An attribute that nothing in the project sets."""
    given = keras.attribute(m, ref, name, loc)
    if given is not None:
        return given
    if name == "module" and m.form(ref) in ("instance", "sequential", "backbone"):
        return ref  # what a parallel wrapper wraps, which here is itself
    if m.form(ref) == "arguments" and name != "__dict__":
        return Unknown(("input", f"args.{name}"))
    if m.form(ref) == "record" and not hasattr(dict, name):
        return Unknown(("attr", ("object", ref.addr), name))
    if not isinstance(m.heap[ref.addr].cls, ClassValue):
        return Method(ref, name)
    if name == "__dict__":
        return Method(ref, name)
    if name == "training" and torch.is_module(m, m.heap[ref.addr].cls):
        return torch.mode_of(ref, classes) if ref.addr in m.generic else Const(True)
    if name == "save_hyperparameters":
        return Method(ref, name)  # of Lightning
    if name == "__class__":
        return m.heap[ref.addr].cls
    if name == "_modules":
        return Method(ref, name)
    if any(isinstance(c, Api) for c in classes) and (
        name in torch.METHODS or (name in keras.METHODS and keras.is_keras(m, ref)) or m.field(ref, "items") is not None
    ):
        return Method(ref, name)
    if flax.has_method(m, ref, name):
        return Method(ref, name)
    getter = objects.class_lookup(m, classes, "__getattr__")
    if getter is not None and not any(f.function is not None and f.function.name == "__getattr__" for f in m.frames):
        return m.call(objects.bound(m, getter[1], ref, getter[0], loc), Args((Const(name),)), loc)
    if hasattr(dict, name) and tables.of(m, ref) is not None:
        return Method(ref, name)
    own = m.field(ref, "__lib__")
    if own is not None:
        return m.attribute(own, name, loc)
    return Unknown(("attr", ("object", ref.addr), name))


def call_unknown(m: Core, fn: Unknown, args: Args, loc: Loc) -> Value:
    """A call of something outside the project changes nothing but what is empty, which is handed over to be filled; the same call of
    the same unknown is the same unknown."""
    assert fn.sym is not None
    name = str(fn.sym[2]) if fn.sym[0] == "name" and len(fn.sym) == 3 else ""
    found = stdlib.call(m, name, args, loc) if name else None
    if found is not None:
        return found
    data.perhaps_written(m, args)
    given = again.called(m, fn, args, loc)
    for value in args.pos:
        content = m.field(value, "items") if m.form(value) in ("list", "dict") else None
        if isinstance(content, (Seq, Mapping)) and not content.items and content.rest is None and isinstance(value, Ref):
            m.set_field(value, "items", replace(content, rest=NOTHING))
    if fn.sym[0] == "attr" and fn.sym[-1] == "step":
        for closure in (*args.pos, *args.named.values()):
            if isinstance(closure, Function):
                m.call(closure, Args(), loc)  # an optimizer computes the loss where it steps, before all that follows
    if fn.sym[0] == "attr" and fn.sym[-1] in trainers.FITS:
        trainers.fit(m, fn.sym[1], str(fn.sym[-1]), args, loc)
    if name in trainers.CALLS:
        return trainers.CALLS[name](m, name, settled(m, args), loc)
    return given


def entered(m: Core, value: Value, loc: Loc) -> Value:
    """What ``with value as x`` binds."""
    if isinstance(value, Ref) and m.form(value) == "instance":
        method = objects.class_lookup(m, objects.mro(m, m.heap[value.addr].cls), "__enter__")
        if method is not None:
            return m.call(objects.bound(m, method[1], value, method[0], loc), Args(), loc)
    if isinstance(value, Ref) and value.addr in m.contexts:
        m.state.commit(m.contexts[value.addr].entering)
        return m.contexts[value.addr].value
    return value


def leaving(m: Core, value: Value, loc: Loc) -> Callable[[], object] | None:
    """What the end of ``with value`` does."""
    if isinstance(value, Ref) and m.form(value) == "instance":
        method = objects.class_lookup(m, objects.mro(m, m.heap[value.addr].cls), "__exit__")
        if method is not None:
            function = objects.bound(m, method[1], value, method[0], loc)
            return lambda: m.call(function, Args((NONE, NONE, NONE)), loc)
    if isinstance(value, Ref) and value.addr in m.contexts:
        layer = m.contexts[value.addr].leaving
        return (lambda: m.state.commit(layer)) if layer else None
    return None


# ---------------------------------------------------------------------- small decisions


def unmistakable(name: str, args: Args) -> bool:
    """Whether a method call on an unknown receiver can only be the tensor's activation of that name."""
    if name in ("softmax", "log_softmax", "argmax"):
        axis = args.get(0, "dim")
        return isinstance(axis, Const) and isinstance(axis.value, int) and len(args.pos) <= 2 and (name != "argmax" or bool(args.values()))
    return not args.pos and not args.named


def plain_operation(m: Core, name: str, values: Sequence[Value], loc: Loc) -> Value:
    """An operator without a tensor: constants, strings, lists, unknowns."""
    if all(isinstance(v, Const) for v in values):
        return _constants(name, [v.value for v in values if isinstance(v, Const)])
    if name == "+" and len(values) == 2:
        left, right = values
        if isinstance(left, Seq) and isinstance(right, Seq) and left.rest is None:
            return Seq((*left.items, *right.items), right.rest, right.tail)
        if m.form(left) == "list" and m.form(right) in ("list", "sequential"):
            a, b = m.field(left, "items"), m.field(right, "items")
            if isinstance(a, Seq) and isinstance(b, Seq):
                joined = Seq((*a.items, *b.items), b.rest, b.tail) if a.rest is None else Seq(a.items, a.rest, (*a.tail, *b.items))
                ref = m.new_list(loc=loc)
                m.set_field(ref, "items", joined if a.rest is None or b.rest is None else Seq((), NOTHING))
                return ref
    if name == "*" and len(values) == 2:
        for seq, count in (values, values[::-1]):
            content = m.field(seq, "items") if m.form(seq) == "list" else seq
            if isinstance(content, Seq) and content.rest is None and (isinstance(count, Unknown) or _is_count(count)):
                times = count.value if isinstance(count, Const) else None
                listed = isinstance(times, int) and 0 <= times * len(content.items) <= 64
                repeated = (
                    Seq(content.items * times) if listed and isinstance(times, int) else Seq((), m.joined(content.items or (NOTHING,)))
                )
                if content is seq:
                    return repeated
                ref = m.new_list(loc=loc)
                m.set_field(ref, "items", repeated)
                return ref
    if name == "|" and len(values) == 2 and all(m.form(v) == "dict" for v in values):
        contents = [m.field(v, "items") for v in values]
        if all(isinstance(c, Mapping) for c in contents):
            merged = {k: v for c in contents if isinstance(c, Mapping) for k, v in c.items}
            ref = Ref(m.alloc("dict", loc=loc))
            m.set_field(ref, "items", Mapping(tuple(merged.items())))
            return ref
    if name == "@":
        return arithmetic.matrix_product(m, values[0], values[1], loc, "")
    return again.derived(m, name, Args(tuple(values)))


def _is_count(value: Value) -> bool:
    return isinstance(value, Const) and isinstance(value.value, int)


def _constants(name: str, values: list[object]) -> Value:
    import operator as op

    table = {
        "+": op.add, "-": op.sub, "*": op.mul, "/": op.truediv, "//": op.floordiv, "%": op.mod, "&": op.and_, "|": op.or_,
        "neg": op.neg, "pos": op.pos, "inv": op.invert,
    }  # fmt: skip
    function = table.get(name)
    small = all(not isinstance(v, (str, bytes, int)) or (len(v) < 1000 if not isinstance(v, int) else abs(v) < 10**12) for v in values)
    if function is None or not small or (name == "*" and any(isinstance(v, (str, bytes)) for v in values)):
        return NOTHING
    try:
        return Const(function(*values))  # type: ignore[operator]
    except (TypeError, ValueError, ArithmeticError):
        return NOTHING
