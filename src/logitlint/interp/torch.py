"""PyTorch's protocols: modules, containers of modules, training mode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from logitlint import catalog, ir
from logitlint.interp import buffers, callees, graphs, hooks, layers, numbered
from logitlint.interp.core import Args, Core, HeapClass, hop
from logitlint.interp.library import call_object
from logitlint.interp.objects import bound, class_lookup, library_bases, mro, parts
from logitlint.interp.state import options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Callee,
    Choice,
    ClassValue,
    Const,
    Function,
    LibObject,
    Loc,
    Mapping,
    Partial,
    Ref,
    Seq,
    Tensor,
    Unknown,
    Value,
)

#: The method that calling a module runs, by framework, in the order in which a class is searched.
FORWARD = ("__call__", "forward", "call", "hybrid_forward", "construct")
_SELF = frozenset(
    "to cuda cpu half float double bfloat16 type train eval requires_grad_ share_memory apply compile xpu mps hybridize "
    "to_empty zero_grad set_train set_grad to_float".split()
)


def is_module(m: Core, cls: Value) -> bool:
    return any(_sort(base) == "Model" for base in library_bases(m, cls))


def _sort(base: Api) -> str:
    contract = catalog.lookup(base.name)
    return contract.sort if contract is not None else ""


def call_instance(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """Call an object of a project class: its ``__call__``, else (for a module) its ``forward``."""
    about = m.heap[ref.addr]
    classes = mro(m, about.cls)
    for name in FORWARD:
        given = m.field(ref, name) if name != "__call__" else None
        if given is not None and not isinstance(given, Unknown) and (ref.addr, name) not in m.running:
            # what code gave to this one object comes before what its class says
            return _built_elsewhere(m.unless_inside(ref, name, partial(m.call, given, args, loc)), about, loc)
        method = class_lookup(m, classes, name)
        if method is not None:
            if name == "hybrid_forward":
                args = args.prepend(Api("mxnet.ndarray"))  # its parameter F
            return _built_elsewhere(m.call(bound(m, method[1], ref, method[0], loc), args, loc), about, loc)
    own = m.field(ref, "__lib__")
    if own is not None:
        return call_base(m, ref, own, args, loc)
    for base in library_bases(m, about.cls):
        contract = catalog.lookup(base.name)
        if contract is not None and contract.call and contract.sort in ("Loss", "Activation"):
            return call_object(m, LibObject(base.name, (), about.loc or loc), args, loc)
    if m.field(ref, "items") is not None:
        return call_sequential(m, ref, args, loc)
    return Unknown(None, "calls an object whose call is not defined in the project")


def call_base(m: Core, ref: Ref, own: Value, args: Args, loc: Loc) -> Value:
    """What the library's class, from which the class of an object derives, does with it."""
    if not layers.has_heads(m, ref):
        return m.call(own, args, loc)
    inside = class_lookup(m, mro(m, m.heap[ref.addr].cls), "_forward_impl")
    return call_head(m, ref, loc) if inside is None else NOTHING


def call_head(m: Core, ref: Ref, loc: Loc) -> Value:
    """What a library's model gives: the result of its last layer."""
    return m.unless_inside(ref, "head", lambda: call_layer(m, layers.head(m, ref), NOTHING, loc))


def _built_elsewhere(value: Value, about: HeapClass, loc: Loc) -> Value:
    """A result's way names the file that builds the model, where neither the model nor its caller does."""
    if not isinstance(value, Tensor) or about.loc is None or value.producer is None:
        return value
    if about.loc.path in (loc.path, value.producer.loc.path):
        return value
    name = about.cls.name if isinstance(about.cls, ClassValue) else "the model"
    return hop(value, about.loc, f"`{name}` is built")


# ---------------------------------------------------------------------- containers


def new_container(m: Core, name: str, args: Args, loc: Loc) -> Value:
    """``nn.Sequential``, ``nn.ModuleList``, ``nn.ModuleDict``."""
    last = _container(name)
    ref = Ref(
        m.alloc(
            "dict" if last in ("ModuleDict", "ParameterDict") else "sequential" if last.endswith("Sequential") else "list", Api(name), loc
        )
    )
    if catalog.canonical(name) == graphs.SEQUENTIAL:
        graphs.fill(m, ref, args)
    else:
        fill_container(m, ref, name, _placed(m, args, loc) if last.endswith("Sequential") else args)
    return ref


def _container(name: str) -> str:
    """The name of a container's class; MindSpore's ``SequentialCell`` is a ``Sequential``."""
    return name.rpartition(".")[2].removesuffix("Cell")


def _placed(m: Core, args: Args, loc: Loc) -> Args:
    """A layer with a name of its own works in every container that names it: what it makes there is made there."""
    if m.calling is None or m.calling[0] != loc or any(arg.form or arg.name for arg in m.calling[1].args):
        return args
    pairs = zip(args.pos, m.calling[1].args, strict=False)
    return replace(args, pos=tuple(_layer_at(value, m.here(arg.value.at), arg.value) for value, arg in pairs))


def _layer_at(value: Value, loc: Loc, node: ir.Expr) -> Value:
    return replace(value, loc=loc) if isinstance(value, LibObject) and isinstance(node, (ir.Name, ir.Attr)) else value


def fill_container(m: Core, ref: Ref, name: str, args: Args) -> None:
    last = _container(name)
    if last in ("ModuleDict", "ParameterDict"):
        given = m.field(args.pos[0], "items") if args.pos else Mapping()
        m.set_field(ref, "items", given if isinstance(given, Mapping) else Mapping((), NOTHING))
        return
    m.set_field(ref, "items", _elements(m, last, args))
    given = m.field(args.pos[0], "items") if len(args.pos) == 1 and m.form(args.pos[0]) == "dict" else None
    if last.endswith("Sequential") and isinstance(given, Mapping):
        layers.name_elements(m, ref, [] if given.rest is not None else [str(key) for key, _ in given.items])


def _elements(m: Core, last: str, args: Args) -> Value:
    if args.rest is not None and last.endswith("Sequential"):
        return Seq(args.pos, args.rest, args.tail)
    if args.more:
        return Seq((), NOTHING)
    if last.endswith("Sequential") and len(args.pos) == 1 and m.form(args.pos[0]) == "dict":
        mapping = m.field(args.pos[0], "items")
        if isinstance(mapping, Mapping):
            return mapping.in_order()
    if last.endswith("Sequential"):
        if args.pos and all(_is_named(value) for value in args.pos):
            return Seq(tuple(value.items[1] for value in args.pos if isinstance(value, Seq)))  # Paddle's pairs of name and layer
        if "layers" in args.named or (len(args.pos) == 1 and (m.form(args.pos[0]) == "list" or isinstance(args.pos[0], Seq))):
            given = buffers.listed(m, args.get(0, "layers") or NOTHING)  # linen, Haiku and Equinox take one list
            return given if isinstance(given, Seq) else Seq((), NOTHING)
        return Seq(args.pos)
    content = buffers.listed(m, args.pos[0]) if args.pos else Seq(())
    return content if all(isinstance(each, Seq) for _, each in options(content)) else Seq((), NOTHING)


def _is_named(value: Value) -> bool:
    return isinstance(value, Seq) and len(value.items) == 2 and isinstance(value.items[0], Const)


def call_sequential(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """Thread a value through the layers. After an unknown number of layers the last ones are still known."""
    callees.note(m, loc, Callee())
    value = args.pos[0] if args.pos else next(iter(args.named.values()), NOTHING)
    if m.field(ref, "forward") is not None:
        return call_given(m, ref, args, loc)
    content = m.field(ref, "items")
    known = content if content is not None else NOTHING
    names = graphs.wires(m, ref)
    if names is not None:
        return m.unless_inside(ref, "items", lambda: m.each(known, lambda items: graphs.thread(m, names, items, args, loc, call_with)))
    return m.unless_inside(ref, "items", lambda: m.each(known, lambda items: _thread(m, items, value, loc)))


def call_given(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """The ``forward`` that code has given to one object."""
    given = m.field(ref, "forward") or NOTHING
    return m.unless_inside(ref, "forward", lambda: m.call(given, args, loc))


def _thread(m: Core, content: Value, value: Value, loc: Loc) -> Value:
    if not isinstance(content, Seq):
        return NOTHING
    for layer in content.items:
        value = call_layer(m, layer, value, loc)
    if content.rest is not None:
        value = NOTHING
        for layer in content.tail:
            value = call_layer(m, layer, value, loc)
    return value


def call_layer(m: Core, layer: Value, value: Value, loc: Loc) -> Value:
    """A layer without a call of its own in the source: what it makes is made where it is built."""
    return call_with(m, layer, (value,), loc)


def call_with(m: Core, layer: Value, values: tuple[Value, ...], loc: Loc) -> Value:
    m.step()
    if isinstance(layer, LibObject):
        return call_object(m, layer, Args(values), loc, layer.loc)
    if isinstance(layer, Choice):
        return m.alternatives(layer, loc, lambda option: _alternative(m, option, values, loc))
    return m.call(layer, Args(values), loc)


def _alternative(m: Core, layer: Value, values: tuple[Value, ...], loc: Loc) -> Value:
    """One of the layers that stand at a place: made where it is built like any other, and chosen among them."""
    if not isinstance(layer, LibObject):
        return call_with(m, layer, values, loc)
    m.push_base(loc, layer.loc)
    try:
        return call_with(m, layer, values, loc)
    finally:
        m.pop_base()


def children(m: Core, ref: Ref, named: bool = False) -> Seq:
    """The modules directly inside of a module, in the order in which they were put there, where all of them are in sight; ``named``:
    each after its name."""
    found = _children(m, ref)
    if found is None:
        return Seq((), Seq((NOTHING, NOTHING)) if named else NOTHING)
    return Seq(tuple(Seq((Const(name), child)) if named else child for name, child in found))


def _children(m: Core, ref: Ref) -> list[tuple[str, Value]] | None:
    content = m.field(ref, "items")
    if isinstance(content, Seq):
        own = layers.names(m, ref) or tuple(str(i) for i in range(len(content.items)))
        return None if content.rest is not None else list(zip(own, content.items, strict=True))
    if not isinstance(m.heap[ref.addr].cls, ClassValue) or ref.addr in m.reordered:
        return None
    found: list[tuple[str, Value]] = []
    for name, value in m.state.slots_of(ref.addr).items():
        if name != "training" and not isinstance(value, (Const, Tensor)):
            if not _is_child(m, value) or any(value == known for _, known in found):
                return None
            found.append((name, value))
    return found


def _is_child(m: Core, value: Value) -> bool:
    if isinstance(value, LibObject):
        return _sort(Api(value.name)) in ("Layer", "Activation", "Loss")
    return isinstance(value, Ref) and (m.form(value) in ("sequential", "backbone") or is_module(m, m.heap[value.addr].cls))


#: What changes the layers of a container.
_EDITS = frozenset({"append", "add", "add_module", "register_module", "add_sublayer", "extend", "insert", "pop"})


def container_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
    """``append``, ``add_module`` … of a sequential or module list; None when it is none of them."""
    if name in ("append", "add") and args.pos and layers.put_behind(m, ref, args.pos[-1]):
        return ref
    if name in _EDITS and isinstance(m.field(ref, "items"), Choice):
        return m.by_content(ref, lambda: _edited(m, ref, name, args) or NOTHING)
    return _edited(m, ref, name, args)


def _edited(m: Core, ref: Ref, name: str, args: Args) -> Value | None:
    content = m.field(ref, "items")
    if not isinstance(content, Seq):
        return None
    if name in ("append", "add", "add_module", "register_module") and m.outlives(ref) and args.pos:
        m.set_field(ref, "items", Seq(content.items, m.joined((content.rest, *content.tail, args.pos[-1])), filled=True))
        return ref
    if name in ("append", "add") and args.pos:
        m.set_field(ref, "items", _appended(content, args.pos))
        return ref
    if name in ("add_module", "register_module", "add_sublayer") and len(args.pos) > 1:
        key = args.pos[0].value if isinstance(args.pos[0], Const) else None
        known = layers.names(m, ref)
        if known is not None and key in known and layers.put_named(m, ref, str(key), args.pos[1]):
            return NONE
        m.set_field(ref, "items", _appended(content, (args.pos[1],)))
        if known is not None and layers.is_sequential(m, ref):
            layers.name_elements(m, ref, (*known, str(key)) if key is not None else ())
        return NONE
    if name == "extend" and args.pos:
        more = buffers.listed(m, args.pos[0])
        if m.outlives(ref) and isinstance(more, Seq):
            parts = (content.rest, *content.tail, *more.items, more.rest, *more.tail)
            m.set_field(ref, "items", Seq(content.items, m.joined(parts)) if any(parts) else content)
            return ref
        if m.form(more) == "sequential":
            more = m.field(more, "items") or NOTHING
        m.set_field(ref, "items", m.followed(content, more if isinstance(more, Seq) else Seq((), NOTHING)))
        return ref
    if name == "insert" and len(args.pos) > 1:
        place = args.pos[0]
        if isinstance(place, Const) and isinstance(place.value, int) and content.rest is None:
            items = list(content.items)
            items.insert(place.value, args.pos[1])
            m.set_field(ref, "items", Seq(tuple(items)))
        else:
            m.set_field(ref, "items", Seq((), NOTHING))
        return NONE
    if name == "pop" and m.form(ref) == "sequential":
        if args.pos or args.named:
            layers.drop(m, ref, args.get(0, "key") or NOTHING)
            return NOTHING
        if content.rest is None and content.items:
            m.set_field(ref, "items", Seq(content.items[:-1]))
            return content.items[-1]
        m.set_field(ref, "items", Seq(content.items, content.rest, content.tail[:-1]) if content.tail else Seq(content.items, NOTHING))
        return content.tail[-1] if content.tail else NOTHING
    return None


def _appended(content: Seq, new: Sequence[Value]) -> Seq:
    if content.rest is None:
        return Seq((*content.items, *new))
    return Seq(content.items, content.rest, (*content.tail, *new))


# ---------------------------------------------------------------------- methods that every module has


def module_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value | None:
    if name in _SELF:
        if name in ("train", "set_train"):
            set_mode(m, ref, args.get(0, "mode") or Const(True), loc)
        elif name == "eval":
            own = class_lookup(m, mro(m, m.heap[ref.addr].cls), "train") if is_module(m, m.heap[ref.addr].cls) else None
            if own is not None:
                m.call(bound(m, own[1], ref, own[0], loc), Args((Const(False),)), loc)
            else:
                set_mode(m, ref, Const(False), loc)
        elif name == "apply" and args.pos and isinstance(args.pos[0], (Function, Partial)):
            for module in modules(m, ref).elements:
                if isinstance(module, Ref):
                    m.call(args.pos[0], Args((module,)), loc)
        return ref
    if name == "register_forward_hook":
        if hooks.may_change(m, args.get(0, "hook")):
            m.state.set((ref.addr, "forward"), hooks.CHANGED)
        return NOTHING
    if name in ("add_module", "register_module", "add_sublayer", "set_submodule", "__setattr__") and len(args.pos) > 1:
        plain = isinstance(args.pos[0], Const) and "." not in str(args.pos[0].value)
        if plain or name in ("set_submodule", "__setattr__") or m.form(ref) == "backbone":  # under names of a loop layers are added
            layers.put(m, ref, args.pos[0] if plain else NOTHING, args.pos[1], numbered.beginning(m, loc, 0))
        else:
            layers.number(m, ref, numbered.beginning(m, loc, 0), args.pos[1])
        return NONE
    if name in ("__getattr__", "__getattribute__") and len(args.pos) == 1:
        key = args.pos[0]
        if isinstance(key, Const) and isinstance(key.value, str):
            return m.attribute(ref, key.value, loc)
        return numbered.one_of(m, ref, numbered.beginning(m, loc, 0))
    if name in ("forward", "__call__", "call"):
        return m.call(ref, args, loc)
    if name in ("__init__", "build", "setup", "register_buffer", "register_parameter", "load_state_dict", "state_dict", "parameters"):
        return NONE if name == "__init__" else NOTHING
    if name in ("children", "named_children"):
        return children(m, ref, name == "named_children")
    if name in ("modules", "named_modules"):
        return modules(m, ref, name == "named_modules")
    return None


def set_mode(m: Core, value: Value, mode: Value, loc: Loc) -> None:
    """``nn.Module.train``: of a module and everything below it, where each may have a ``train`` of its own."""
    if isinstance(value, Ref):
        seen = {value.addr}
        _note_mode(m, value, mode)
        for child in _inside(m, value):
            _hand_down(m, child, mode, loc, seen)


def _hand_down(m: Core, ref: Ref, mode: Value, loc: Loc, seen: set[int]) -> None:
    if ref.addr in seen:
        return
    seen.add(ref.addr)
    m.step()
    cls = m.heap[ref.addr].cls
    if m.form(ref) == "instance":
        own = class_lookup(m, mro(m, cls), "train") if is_module(m, cls) else None
        if own is not None:
            m.call(bound(m, own[1], ref, own[0], loc), Args((mode,)), loc)
            return
        _note_mode(m, ref, mode)
    for child in _inside(m, ref):
        _hand_down(m, child, mode, loc, seen)


def _note_mode(m: Core, ref: Ref, mode: Value) -> None:
    if m.form(ref) != "instance":
        return
    classes = mro(m, m.heap[ref.addr].cls)
    if any(isinstance(cls, ClassValue) and m.project.outline(cls.loc.path).units[cls.loc.unit].mentions("training") for cls in classes):
        m.state.found((ref.addr, "training"), mode_of(ref, classes) if ref.addr in m.generic else Const(True))
    m.state.set((ref.addr, "training"), mode)


def _inside(m: Core, ref: Ref) -> list[Ref]:
    """The modules and containers of modules that a module holds, be it under a condition."""
    found: list[Ref] = []
    for name, value in m.state.slots_of(ref.addr).items():
        for _, option in options(value):
            if isinstance(option, Ref):
                found.append(option)
            elif name == "items":
                found += [each for part in parts(m, option) for _, each in options(part) if isinstance(each, Ref)]
    return [each for each in found if _may_be_module(m, each)]


def _may_be_module(m: Core, ref: Ref) -> bool:
    """Whether torch would register it: Python's own lists and what the project derives from nothing are no modules."""
    about = m.heap[ref.addr]
    if about.form in ("list", "dict", "sequential", "backbone"):
        return isinstance(about.cls, Api)
    return about.form == "instance" and any(not isinstance(cls, ClassValue) for cls in mro(m, about.cls))


def modules(m: Core, ref: Ref, named: bool = False) -> Seq:
    """``modules()``: those of the project's own classes, and others before, in between and after them."""
    below: dict[int, Ref] = {}
    pending = [ref]
    while pending:
        each = pending.pop()
        if each.addr not in below:
            below[each.addr] = each
            pending += reversed(_inside(m, each))
    first, *own = (each for each in below.values() if each == ref or m.form(each) == "instance")
    whole = Seq((first,) if m.form(ref) == "instance" else (), NOTHING, (*own, NOTHING))
    return whole.each(lambda module: Seq((NOTHING, module))) if named else whole


def mode_of(ref: Ref, classes: Sequence[Value]) -> Value:
    """``self.training`` where nobody has called ``train`` or ``eval``: one decision for the whole program."""
    return Unknown(("attr", ("mode",), "training"))


METHODS = _SELF | {
    "add_module", "register_module", "add_sublayer", "forward", "__call__", "call", "parameters", "named_parameters",
    "state_dict", "load_state_dict", "children", "modules", "named_children", "named_modules", "register_buffer", "register_parameter",
    "register_forward_hook", "__getattr__", "__getattribute__", "__setattr__",
}  # fmt: skip
