"""The few standard-library functions through which models, losses and flags travel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from logitlint.interp import builtins, commandline, containers, data, handed, hydra, settings
from logitlint.interp.core import Args, Core
from logitlint.interp.objects import any_element
from logitlint.interp.state import merge, options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Choice,
    Const,
    Function,
    Loc,
    Mapping,
    Partial,
    Ref,
    Seq,
    Unknown,
    Value,
    ours,
)

_Handler: TypeAlias = "Callable[[Core, Args, Loc], Value | None]"


def _partial(m: Core, args: Args, loc: Loc) -> Value:
    if not args.pos:
        return NOTHING
    return Partial(args.pos[0], args.pos[1:], tuple(args.named.items()))


def _first(m: Core, args: Args, loc: Loc) -> Value:
    return args.pos[0] if args.pos else NOTHING


def copied(m: Core, args: Args, loc: Loc) -> Value:
    """An object of its own that holds what the other holds."""

    def one(value: Value) -> Value:
        if not isinstance(value, Ref) or m.form(value) not in _COPIED:
            return value
        known = m.heap[value.addr]
        ref = Ref(m.alloc(known.form, known.cls, known.loc))
        for name, each in m.state.slots_of(value.addr).items():
            m.set_field(ref, name, each)
        return ref

    return m.each(args.pos[0], one) if args.pos else NOTHING


def _reordered(m: Core, args: Args, loc: Loc) -> Value:
    """What puts the elements of its first argument in another order, or another one between them."""
    for _, option in options(args.pos[0]) if args.pos else ():
        if isinstance(option, Ref) and m.form(option) == "list":
            content = m.field(option, "items")
            m.set_field(option, "items", Seq((), any_element(content) if isinstance(content, Seq) and len(args.pos) == 1 else NOTHING))
    return NONE


def deep_copy(m: Core, args: Args, loc: Loc) -> Value:
    """Objects of their own, so that what changes one leaves the other as it is."""
    copies: dict[int, Ref] = {}

    def copied(value: Value) -> Value:
        if isinstance(value, Choice):
            return merge([(guard, copied(option)) for guard, option in value.options])
        if isinstance(value, Seq):
            rest = copied(value.rest) if value.rest is not None else None
            return replace(value, items=tuple(map(copied, value.items)), rest=rest, tail=tuple(map(copied, value.tail)))
        if isinstance(value, Mapping):
            rest = copied(value.rest) if value.rest is not None else None
            return replace(value, items=tuple((key, copied(each)) for key, each in value.items), rest=rest)
        if not isinstance(value, Ref) or m.form(value) not in _COPIED:
            return value
        if value.addr not in copies:
            m.step()
            known = m.heap[value.addr]
            copies[value.addr] = Ref(m.alloc(known.form, known.cls, known.loc))
            for name, each in m.state.slots_of(value.addr).items():
                m.set_field(copies[value.addr], name, copied(each))
        return copies[value.addr]

    return copied(args.pos[0]) if args.pos else NOTHING


_COPIED = frozenset({"instance", "sequential", "backbone", "list", "dict", "record"})


def _second(m: Core, args: Args, loc: Loc) -> Value:
    return args.pos[1] if len(args.pos) > 1 else NOTHING


def _ordered_dict(m: Core, args: Args, loc: Loc) -> Value:
    if args.pos and m.form(args.pos[0]) != "dict":
        pairs = containers.sequence(m, args.pos[0])
        items = []
        for pair in pairs.items:
            parts = containers.sequence(m, pair)
            if len(parts.items) == 2 and isinstance(parts.items[0], Const):
                items.append((parts.items[0].value, parts.items[1]))
            else:
                return builtins.call_builtin(m, "dict", Args((NOTHING,)), loc)
        addr = m.alloc("dict", loc=loc)
        m.state.set((addr, "items"), Mapping(tuple(items), NOTHING if pairs.rest is not None else None))
        return Ref(addr)
    return builtins.call_builtin(m, "dict", args, loc)


def record(m: Core, args: Args, loc: Loc) -> Value:
    """``SimpleNamespace``: an object whose attributes are the arguments."""
    ref = Ref(m.alloc("record", loc=loc))
    given = dict(args.named)
    if args.pos:
        content = m.field(args.pos[0], "items")
        if isinstance(content, Mapping):
            given.update({str(k): v for k, v in content.items})
    for name, value in given.items():
        m.set_field(ref, name, value)
    return ref


def _chain(m: Core, args: Args, loc: Loc) -> Value:
    items: list[Value] = []
    rest = None
    for source in args.pos:
        content = containers.sequence(m, source)
        items += content.items
        rest = content.rest if rest is None else rest
    return Seq(tuple(items), rest)


def _field(m: Core, args: Args, loc: Loc) -> Value:
    if "default" in args.named:
        return args.named["default"]
    factory = args.named.get("default_factory")
    return m.call(factory, Args(), loc) if factory is not None else NOTHING


def _named_tuple(m: Core, args: Args, loc: Loc) -> Value:
    names: list[str] = []
    if len(args.pos) > 1:
        spec = args.pos[1]
        if isinstance(spec, Const) and isinstance(spec.value, str):
            names = spec.value.replace(",", " ").split()
        else:
            names = [str(v.value) for v in containers.sequence(m, spec).items if isinstance(v, Const)]
    return ours("record", Seq((), names=tuple(names)))


def _record(m: Core, args: Args, loc: Loc) -> Value:
    """The instance of a ``collections.namedtuple``."""
    shape = args.pos[0]
    if not isinstance(shape, Seq):
        return NOTHING
    given = Args(args.pos[1:], args.named, args.more)
    items = [given.get(i, name) or NOTHING for i, name in enumerate(shape.names)]
    return Seq(tuple(items), names=shape.names)


def _path(m: Core, args: Args, loc: Loc) -> Value:
    """``os.path.join("settings", "net.yaml")``."""
    path = data.joined(args.pos)
    return Const(path) if path is not None else NOTHING


def _import_module(m: Core, args: Args, loc: Loc) -> Value:
    """``importlib.import_module(name)``, of the project or of a library."""
    package = args.get(1, "package")

    def one(name: Value) -> Value:
        if not isinstance(name, Const) or not isinstance(name.value, str):
            return NOTHING
        bare = name.value.lstrip(".")
        level = len(name.value) - len(bare)
        if level and package is not None and package not in (Unknown(("name", loc.path, "__package__")), _OWN_PACKAGE):
            above = _above(package, level)
            path = m.project.resolve(loc.path, f"{above}.{bare}") if above else None
        else:
            path = m.project.resolve(loc.path, bare, level)
        return m.module_value(path) if path is not None else Api(bare) if not level else NOTHING

    return m.each(args.pos[0], one) if args.pos else NOTHING


#: What ``__name__`` is in the ``__init__`` of a package, of which nobody knows the full name.
_OWN_PACKAGE = Const("__init__")


def _above(package: Value, level: int) -> str:
    """The full name of the package that as many dots as ``level`` lead to from a named one; empty where it is not known."""
    name = package.value if isinstance(package, Const) else None
    return ".".join(name.split(".")[: 1 - level or None]) if isinstance(name, str) else ""


def process(m: Core, args: Args, loc: Loc) -> Value:
    """``Process(target=f, args=…)``: what another process, or thread, runs when it is started."""
    target, given, named = args.get(1, "target"), args.get(3, "args"), m.field(args.get(4, "kwargs") or NOTHING, "items")
    if target is not None and target != NONE:
        content = containers.sequence(m, given) if given is not None else Seq(())
        keywords = {str(key): value for key, value in named.items} if isinstance(named, Mapping) else {}
        handed.aside(m, target, Args(content.items, keywords, content.rest is not None), loc)
    return NOTHING


def _method(m: Core, args: Args, loc: Loc) -> Value:
    """``types.MethodType(function, object)``."""
    if len(args.pos) == 2 and isinstance(args.pos[0], Function):
        return replace(args.pos[0], bound=args.pos[1])
    return NOTHING


_FUNCTIONS: dict[str, _Handler] = {
    **commandline.CALLS,
    **data.CALLS,
    **settings.CALLS,
    **hydra.CALLS,
    "functools.partial": _partial,
    "random.shuffle": _reordered,
    "bisect.insort": _reordered,
    "typing.cast": _second,
    "collections.OrderedDict": _ordered_dict,
    "collections.namedtuple": _named_tuple,
    "logitlint.record": _record,
    "types.SimpleNamespace": record,
    "argparse.Namespace": record,
    "itertools.chain": _chain,
    "dataclasses.field": _field,
    "sys.exit": commandline.exits,
    "os._exit": commandline.exits,
    "tqdm.tqdm": _first,
    "tqdm.auto.tqdm": _first,
    "tqdm.notebook.tqdm": _first,
    "tqdm.trange": lambda m, args, loc: builtins.call_builtin(m, "range", args, loc),
    "tqdm.tqdm_notebook": _first,
    "tqdm.tnrange": lambda m, args, loc: NOTHING,
    "os.path.join": _path,
    "importlib.import_module": _import_module,
    "types.MethodType": _method,
    **dict.fromkeys(("multiprocessing.Process", "threading.Thread"), process),
    **dict.fromkeys(("joblib.delayed", "joblib.parallel.delayed", "sklearn.utils.parallel.delayed", "ray.remote"), _first),
}


def call(m: Core, name: str, args: Args, loc: Loc) -> Value | None:
    handler = _FUNCTIONS.get(name)
    return handler(m, args, loc) if handler is not None else None
