"""Calls of the project's own functions and classes."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from logitlint import catalog, ir
from logitlint.interp import callees, cut, enumerations, tables, trainers
from logitlint.interp.concern import is_concerned
from logitlint.interp.core import DEEPEST_CALL, Args, Context, Core, Exhausted, Frame, Yielded, hop
from logitlint.interp.guards import ASKED_FOR, TRUE, Guard, any_of, conj
from logitlint.interp.objects import any_element, bound, class_lookup, item, mro
from logitlint.interp.state import Layer, merge
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Builtin,
    Callee,
    Choice,
    ClassValue,
    Descriptor,
    Function,
    Loc,
    Mapping,
    Partial,
    Ref,
    Seq,
    Unknown,
    Value,
)
from logitlint.project import Project

_MOST_RECURSION = 2
RETURNED = "is returned by "  #: how the way of a value through the end of a function is noted
_LEAST_ALLOWANCE = 1_000
_MOST_CONCERNED = 500  #: steps of a call that only uses, or builds, what may decide a kind; what weighs and is called by it has its own
_MOST_BESIDE = 300  #: the same of one that is beside the point
_MOST_HALVINGS = 3  #: of either, one for each time that the function did not come to its end before
_MOST_DECORATING = 1_000


def run_function(m: Core, fn: Function, args: Args, loc: Loc) -> Value:
    """Enter a function with its actual arguments."""
    known = library_name(m.project, fn.loc.path, fn.name) if fn.owner is None else None
    if known is not None:
        return m.call(Api(known), args, loc)
    callees.note(m, loc, Callee(), fn.name)
    if len(m.frames) > DEEPEST_CALL:
        return Unknown(None, "calls are nested too deeply")
    if sum(f.function is not None and f.function.loc == fn.loc for f in m.frames) >= _MOST_RECURSION:
        return Unknown(None, f"`{fn.name}` is recursive")
    weighs = m.weighs(fn)
    most = _MOST_CONCERNED if not weighs and is_concerned(m, fn, args) else _MOST_BESIDE
    if fn.bound is not None:
        args = args.prepend(fn.bound)
    if fn.node.left_out is not None:
        fn = replace(fn, node=m.project.completed(fn.loc.path, fn.loc.unit, fn.node))
    m.step(3)
    if not weighs:
        value = _run_body(m, fn, args, loc, min(m.budget, m.steps + (most >> min(m.cut[fn.loc], _MOST_HALVINGS))), False)
        return cut.left(m, fn, args, *value) if isinstance(value, cut.Short) else value
    # four fifths of what is left, so that one deep library call does not silence all that follows it
    allowance = min(m.most_allowance, max(_LEAST_ALLOWANCE, (m.whole - m.steps) * 4 // 5))
    if m.cut_at.get(fn.loc, 0) >= allowance and cut.ending(fn.node):
        return _end(m, fn, args, loc, cut.Short({}, m.alloc("namespace")))  # what did not suffice before will not now
    value = _run_body(m, fn, args, loc, m.steps + allowance, True)
    if not isinstance(value, cut.Short):
        return value
    if cut.writes_no_more(value, args):
        m.cut_at[fn.loc] = max(m.cut_at.get(fn.loc, 0), allowance)
    return _end(m, fn, args, loc, value)


def _end(m: Core, fn: Function, args: Args, loc: Loc, short: cut.Short) -> Value:
    """What the last statements of a function that was cut short give, as far as it does not hang on those before them."""
    left, last = cut.left(m, fn, args, *short), cut.ending(fn.node)
    if left != cut.SPENT or not last:
        return left
    ending = replace(fn, node=fn.node._replace(body=last))
    value = _run_body(m, ending, args, loc, m.steps + (m.whole - m.steps) // 2, True, cut.rebound(fn.node))
    if isinstance(value, cut.Short):
        return cut.left(m, fn, args, *value)
    return left if isinstance(value, Unknown) else value


def _run_body(m: Core, fn: Function, args: Args, loc: Loc, most: int, weighs: bool, doubtful: Set[str] | None = None) -> Value | cut.Short:
    """Run a function, or with variables in doubt the end of it, up to a step on the account of whoever pays for it."""
    space = m.alloc("namespace")
    m.spaces[space] = fn.node.locals
    frame = Frame(fn.loc.path, fn.loc.unit, (space, *fn.scope), (), fn.node.outer, fn, m.state.depth, owner=fn.owner, called=loc)
    m.state.push()
    m.frames.append(frame)
    m.enter()
    callers = len(m.callers)
    loops, m.loops = m.loops, []
    frames, turns = len(m.frames), len(m.repeating)
    begun, budget, whole = m.steps, m.budget, m.whole
    if weighs:
        m.allow(min(whole, most))
    else:
        m.budget = most
    allowed = m.budget
    try:
        bind_parameters(m, fn, args, space, loc)
        for name in sorted(doubtful or ()):
            m.state.set((space, name), cut.SPENT)
        if m.run(fn.node.body):
            frame.returns.append((m.path, NONE, m.state.above(frame.depth)))
        if doubtful is None:
            _run_uncalled(m, frame)
            m.entered.add(fn.loc)
    except Exhausted:
        if m.steps > (whole if weighs else budget):
            raise
        m.shortened.add(fn.loc)
        m.cut[fn.loc] += 1
        if weighs:
            m.overrun.add(f"{fn.loc.path}: {fn.owner.name + '.' if fn.owner is not None else ''}{fn.name}")
        return cut.Short(m.state.above(frame.depth), space)
    finally:
        del m.frames[frames - 1 :], m.repeating[turns:], m.callers[callers:]
        m.leave()
        # what weighs is not on the account of a caller that does not
        m.loops, m.whole, m.budget = loops, whole, min(whole, budget + (m.steps - begun if weighs else m.budget - allowed))
        m.state.reset(frame.depth)
    return _leave(m, frame, space, loc)


def _run_uncalled(m: Core, frame: Frame) -> None:
    """What is defined inside of a function and nothing in the project calls: callbacks, closures and classes that are handed out."""
    for each in frame.inner:
        if each.loc in m.entered or len(m.frames) > 6:
            continue
        kept = list(frame.returns)
        m.path = TRUE
        written = kept[-1][2] if kept else {}
        m.state.push()
        m.state.commit(dict(written))
        try:
            if isinstance(each, Function):
                m.call(each, unknown_arguments(each), each.loc)
            else:
                m.any_instance(each)
        finally:
            m.state.pop()
        frame.returns[:] = kept


def unknown_arguments(fn: Function) -> Args:
    pos = tuple(unknown_argument(fn, i) for i, param in enumerate(fn.node.params) if param.form in ("", "/"))
    named: dict[str, Value] = {param.name: unknown_argument(fn, i) for i, param in enumerate(fn.node.params) if param.form == "k"}
    return Args(pos[1:] if fn.bound is not None else pos, named)


def unknown_argument(fn: Function, number: int) -> Unknown:
    """What nobody in sight gives for a parameter."""
    name = fn.node.params[number].name
    may_be_left_out = number < len(fn.defaults) and fn.defaults[number] == NONE
    return Unknown(("param", fn.loc, name) if may_be_left_out else ("param", fn.loc, ASKED_FOR, name))


def _leave(m: Core, frame: Frame, space: int, loc: Loc) -> Value:
    """Join the returns: their values, and what the function wrote outside its own variables."""
    if not frame.returns:
        return Unknown(None, "never returns")  # every path raises: the caller goes on as if nothing was known
    if frame.raised:
        # who comes back has passed the checks that raise
        passed = conj(m.path, any_of(path for path, _, _ in frame.returns))
        m.path = m.path if passed.blurred else passed
    own = -1 if frame.captured else space
    arms = [(guard, _outside(layer, own)) for guard, _, layer in frame.returns]
    if _MANAGERS.isdisjoint(map(_decorator_name, frame.function.node.decorators if frame.function else ())):
        m.state.join(arms)
    else:
        return _context(m, frame, arms, own, loc)
    name = frame.function.name if frame.function else ""
    if frame.function is not None and frame.function.node.yields:
        return _generated(list(frame.yields.values()))
    results = [(guard, value) for guard, value, _ in frame.returns]
    result = results[0][1] if len(results) == 1 else merge(results)
    return hop(result, loc, f"{RETURNED}`{name}`") if name != "<lambda>" else result


def _outside(layer: Layer, space: int) -> Layer:
    """What was written outside of a namespace."""
    return {slot: value for slot, value in layer.items() if slot[0] != space}


def _generated(yields: Sequence[Yielded]) -> Value:
    """What a generator gives, one after the other where that is known."""
    values = tuple(each.value for each in yields)
    if values and all(each.once for each in yields):
        return Seq(values)
    return Seq((), any_element(Seq(values)))


def _context(m: Core, frame: Frame, arms: Sequence[tuple[Guard, Layer]], own: int, loc: Loc) -> Value:
    """What a function with one ``yield`` does before it and behind it."""
    m.state.push()
    m.state.join(arms)
    written = m.state.pop()
    first = next(iter(frame.yields.values()), None)
    entering = _outside(first.written, own) if first is not None else {}
    addr = m.alloc("context", loc=loc)
    leaving = {slot: value for slot, value in written.items() if entering.get(slot) is not value}
    m.contexts[addr] = Context(first.value if first is not None else NOTHING, entering, leaving)
    return Ref(addr)


def setter(m: Core, cls: ClassValue, name: str) -> Function | None:
    """The function that gives a property of a class its value."""
    known = m.definitions.get(cls.addr, {}).get(name, ())
    functions = [each.fn for each in known if isinstance(each, Descriptor) and isinstance(each.fn, Function)]
    return next((each for each in functions if "setter" in map(_decorator_name, each.node.decorators)), None)


def bind_parameters(m: Core, fn: Function, args: Args, space: int, loc: Loc) -> None:
    named = dict(args.named)
    position = 0
    params = fn.node.params
    for i, param in enumerate(params):
        default = fn.defaults[i] if i < len(fn.defaults) else None
        value: Value
        if param.form == "*":
            rest = Unknown(("param", fn.loc, param.name)) if args.more else None
            value, position = Seq(args.pos[position:], rest, open=args.open), len(args.pos)
        elif param.form == "**":
            addr = m.alloc("dict", loc=loc)
            rest = Unknown(("param", fn.loc, param.name)) if args.more else None
            m.state.set((addr, "items"), Mapping(tuple(named.items()), rest, open=args.open))
            value, named = Ref(addr), {}
        elif param.form != "k" and position < len(args.pos):
            value = hop(args.pos[position], loc, f"is passed as `{param.name}`")
            position += 1
        elif param.name in named:
            value = hop(named.pop(param.name), loc, f"is passed as `{param.name}`")
        elif default is not None and not args.more:
            value = default
        else:
            value = unknown_argument(fn, i)
        m.state.set((space, param.name), value)


def define(m: Core, node: ir.Func, loc: Loc, owner: ClassValue | None) -> Value:
    """A function value; its decorators applied."""
    defaults = tuple(m.evaluate(p.default) if p.default is not None else None for p in node.params)
    m.frame.captured = True
    scope = around = m.frame.scope
    if owner is not None and scope and scope[0] == owner.addr:
        scope = scope[1:]  # methods do not see the names of the class body
    function = Function(loc, node.name, scope, None, owner, node, defaults)
    value: Value = function
    for decorator in reversed(node.decorators):
        value = decorate(m, decorator, value)
    if _GRADIENT_BY_HAND.isdisjoint(map(_decorator_name, node.decorators)):
        _note(m, around, node.name, Descriptor(value.form, function) if isinstance(value, Descriptor) else function)
    return value


def _note(m: Core, scope: tuple[int, ...], name: str, definition: Function | ClassValue | Descriptor) -> None:
    """Keep what a statement defines, for the case that nothing calls it: decorators, conditions and later definitions may hide it."""
    frame = m.frame
    if frame.function is None or (frame.owner is not None and scope[:1] == (frame.owner.addr,)):
        m.definitions.setdefault(scope[0] if scope else 0, {}).setdefault(name, []).append(definition)
    elif not isinstance(definition, Descriptor):
        frame.inner.append(definition)


TRANSPARENT = frozenset(
    "no_grad inference_mode enable_grad function jit compile wraps cache lru_cache configurable main command option argument group "
    "fixture override final deprecated typechecked beartype contextmanager asynccontextmanager abstractmethod typed ignore export unused "
    "script script_method named_scope name_scope ms_function "
    "custom_fwd custom_bwd autocast record profile pass_context deprecated_args rank_zero_only remote task step model_fn named_call "
    "tf_export keras_export "
    "jaxtyped compact nowrap vmap pmap partial checkpoint remat filter_jit dataclass register_keras_serializable total_ordering "
    "auto_move_data torchscript overload runtime_checkable slow parametrize skipif experimental once can_return_tuple "
    "to_static declarative auto_cast auto_fp16 force_fp32 unpack_inputs with_name_scope do_not_convert disable overrides "
    "validate_call validate_arguments check_model_inputs deprecate_kwarg timeit timer".split()
)

_MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
#: How the names of decorators begin that hand on what they are given: those that write documentation or ask for something, and those
#: that note it somewhere, or so it seems.
_DOCUMENTS = ("add_start_docstrings", "add_end_docstrings", "add_code_sample", "replace_return", "requires", "require_", "skip")
_REGISTERS = ("register", "add_", "with_", "hook", "use_")
_OF_PROPERTIES = frozenset({"setter", "getter", "deleter"})
#: Who gives a gradient by hand has thought of the range of what he writes: nothing in there is judged by itself.
_GRADIENT_BY_HAND = frozenset({"custom_gradient", "custom_jvp", "custom_vjp"})


def decorate(m: Core, node: ir.Expr, value: Value) -> Value:
    """``value`` behind a decorator: known ones are seen through, the project's own are called, others hide a function.

    A class stays what it is behind whatever decorator: they register it, or fill in methods.
    """
    decorator = m.evaluate(node)
    loc = m.here(node.at)
    if isinstance(decorator, Builtin) and decorator.name in ("property", "classmethod", "staticmethod"):
        return Descriptor(decorator.name, value)
    if isinstance(decorator, (Function, ClassValue, Partial, Choice)):
        return _behind(m, decorator, value, loc)
    name = _decorator_name(node)
    if name in ("cached_property", "abstractproperty", "lazy_property", "lazyproperty"):
        return Descriptor("property", value)
    if name in _OF_PROPERTIES:
        return m.frame_value(value.name) if isinstance(value, Function) else value
    if name == "dataclass" and isinstance(value, ClassValue):
        m.dataclasses.add(value.addr)
        return value
    if isinstance(value, Function) and puts_into(name, decorator):
        given = node.args[0].value if isinstance(node, ir.Call) and len(node.args) == 1 else None
        owner = _OWNER.search(m.project.text(loc.path, loc.unit)) if given is None else None
        names = re.findall(r"\w+", owner[1]) if owner is not None else ()
        for cls in (m.evaluate(given),) if given is not None else map(m.frame_value, names):
            m.each(cls, lambda each: _put_into(m, each, value, loc))
        return value
    if name in TRANSPARENT or name.startswith(_DOCUMENTS) or (name.startswith(_REGISTERS) and not _is_forward(value)):
        return value
    if isinstance(decorator, Ref):
        return m.call(decorator, Args((value,)), loc)
    if isinstance(decorator, Api) and catalog.lookup(decorator.name) is not None:
        return m.call(decorator, Args((value,)), loc)
    return value if isinstance(value, ClassValue) else Unknown(None, f"behind the decorator `{name}`")


#: Decorators that make a function a method of the class that they are given, as courses do who write a class bit by bit.
_PUTS_INTO = frozenset({"add_to_class", "patch_to"})
#: `@patch def forward(self: Net, x)`.
_OWNER = re.compile(r"^(?:async )?def \w+\(\s*\w+\s*:\s*(\([^)]*\)|\w+(?:\s*\|\s*\w+)*)", re.MULTILINE)


def puts_into(name: str, decorator: Value | None) -> bool:
    """``patch`` is that of fastcore, not that of mocks."""
    said = decorator.sym[-1] if name == "patch" and isinstance(decorator, Unknown) and decorator.sym is not None else ""
    return name in _PUTS_INTO or str(said).startswith("fastcore.")


def _put_into(m: Core, cls: Value, function: Function, loc: Loc) -> Value:
    if isinstance(cls, Seq):
        for each in cls.items:
            _put_into(m, each, function, loc)
        return NONE
    m.assign_attribute(cls, function.name, function, loc)
    return NONE


def _is_forward(value: Value) -> bool:
    """Whether a value is what calling a model runs: who decorates that, and is not known, may well change what it gives."""
    return isinstance(value, Function) and value.owner is not None and value.name in ("forward", "__call__", "call")


def _behind(m: Core, decorator: Value, value: Value, loc: Loc) -> Value:
    """What one of the project's own decorators makes of a definition. One that does not come to an end, as those do that write
    documentation, is not run again: of a function nothing is known then."""
    place = decorator.loc if isinstance(decorator, Function) else None
    otherwise = value if isinstance(value, ClassValue) else Unknown(None, "behind a decorator that does not come to an end")
    if place in m.unending:
        return otherwise
    allowance, whole, path = m.budget, m.whole, m.path
    m.allow(min(allowance, m.steps + _MOST_DECORATING))
    try:
        result = m.call(decorator, Args((value,)), loc)
        if place not in m.shortened:
            return value if isinstance(value, ClassValue) and isinstance(result, Unknown) else result
    except Exhausted:
        if m.steps > allowance:
            raise
    finally:
        m.budget, m.whole = allowance, whole
    m.path = path
    if place is not None:
        m.unending.add(place)
    return otherwise


def _decorator_name(node: ir.Expr) -> str:
    if isinstance(node, ir.Call):
        return _decorator_name(node.fn)
    if isinstance(node, ir.Attr):
        return node.name
    return node.id if isinstance(node, ir.Name) else ""


def define_class(m: Core, node: ir.Class, loc: Loc) -> Value:
    bases: list[Value] = []
    for base in node.bases:
        value = m.evaluate(base.value)
        if base.name is None:
            bases.append(value)
    addr = m.alloc("class", loc=loc)
    m.spaces[addr] = node.locals
    cls = ClassValue(loc, node.name, addr, tuple(bases), node)
    outer = m.frame
    outer.captured = True
    frame = Frame(outer.path, outer.unit, (addr, *visible(outer)), (), frozenset(), outer.function, m.state.depth, owner=cls, captured=True)
    m.frames.append(frame)
    try:
        m.run(node.body)
    finally:
        m.frames.pop()
    enumerations.define(m, cls, mro(m, cls))
    decorated: Value = cls
    for decorator in reversed(node.decorators):
        decorated = decorate(m, decorator, decorated)
    _note(m, outer.scope, node.name, cls)
    return decorated


def visible(frame: Frame) -> tuple[int, ...]:
    if frame.owner is not None and frame.scope and frame.scope[0] == frame.owner.addr:
        return frame.scope[1:]
    return frame.scope


# ---------------------------------------------------------------------- instances


def instantiate(m: Core, cls: ClassValue, args: Args, loc: Loc) -> Value:
    known = library_name(m.project, cls.loc.path, cls.name)
    if known is not None:
        return m.call(Api(known), args, loc)
    callees.note(m, loc, Callee(), cls.name)
    classes = mro(m, cls)
    named_tuple = _named_tuple(m, cls, args)
    if named_tuple is not None:
        return named_tuple
    member = _member(m, cls, args, loc)
    if member is not None:
        return member
    ref = m.new_instance(cls, classes, loc)
    tables.begin(m, ref, classes, loc)
    init = class_lookup(m, classes, "__init__")
    if init is not None:
        m.call(bound(m, init[1], ref, init[0], loc), args, loc)
    elif cls.addr in m.dataclasses or any(isinstance(c, ClassValue) and c.addr in m.dataclasses for c in classes):
        _fill_fields(m, ref, classes, args, loc)
    else:
        m.library_init(ref, classes, args, loc)
        if not any(isinstance(each, Api) for each in classes):
            _override(m, ref, classes, args)
    return ref


def _member(m: Core, cls: ClassValue, args: Args, loc: Loc) -> Value | None:
    """The member of an enumeration that has a value; any of them, under the condition that it is that one, where only running tells."""
    found = enumerations.members(m, cls)
    if not found or len(args.pos) != 1 or args.named:
        return None
    return item(m, enumerations.by_value(found), args.pos[0], loc)


def _override(m: Core, ref: Ref, classes: list[Value], args: Args) -> None:
    """A constructor that is nowhere seen, as attrs and pydantic make it: what it is given stands in the place of what the class says."""
    for name, value in args.named.items():
        default = class_lookup(m, classes, name)
        if default is not None and not isinstance(default[1], (Function, Descriptor)):
            m.set_field(ref, name, value)
    if args.pos or args.more:
        for name in (each for cls in classes if isinstance(cls, ClassValue) for each in m.annotated.get(cls.addr, ())):
            if name not in args.named:
                m.set_field(ref, name, NOTHING)


def _fill_fields(m: Core, ref: Ref, classes: list[Value], args: Args, loc: Loc) -> None:
    names: list[str] = []
    for cls in reversed(classes):
        if isinstance(cls, ClassValue):
            names += [n for n in m.annotated.get(cls.addr, ()) if n not in names]
    for i, name in enumerate(names):
        value = args.get(i, name)
        if value is None:
            default = class_lookup(m, classes, name)
            value = default[1] if default is not None else Unknown(("attr", ("object", ref.addr), name))
        m.set_field(ref, name, value)
    post = class_lookup(m, classes, "__post_init__")
    if post is not None:
        m.call(bound(m, post[1], ref, post[0], loc), Args(), loc)


def _named_tuple(m: Core, cls: ClassValue, args: Args) -> Seq | None:
    if not any(isinstance(b, Unknown) and b.sym is not None and str(b.sym[-1]).rpartition(".")[2] == "NamedTuple" for b in cls.bases):
        return None
    names = tuple(m.annotated.get(cls.addr, ()))
    items = []
    for i, name in enumerate(names):
        value = args.get(i, name)
        default = m.state.get((cls.addr, name))
        items.append(value if value is not None else default if default is not None else NOTHING)
    return Seq(tuple(items), names=names)


# ---------------------------------------------------------------------- libraries that are linted themselves


def library_name(project: Project, path: str, name: str) -> str | None:
    """The public name under which the catalogue, or who stands for its trainers, knows a top-level definition, if one does: of a
    library that is linted itself, or of the project where the settings give a contract.

    What is documented is the contract; the body that implements it is never entered.
    """
    declared = project.contract_name(path, name)
    if declared is not None:
        return declared
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    # a library is a folder: somebody's `focal_loss.py` is not the library of that name
    folders = len(parts) - (not path.endswith("/__init__.py"))
    for i, part in enumerate(parts[:folders]):
        if part in catalog.roots():
            full = ".".join([*parts[i:], name])
            return full if full in trainers.CALLS or catalog.lookup(full) is not None else None
    return None
