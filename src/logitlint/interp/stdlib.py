"""The few standard-library functions through which models, losses and flags travel."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from logitlint.interp import builtins, containers, data, handed, hydra, settings
from logitlint.interp.core import Args, Core
from logitlint.interp.guards import Guard, literal
from logitlint.interp.objects import any_element
from logitlint.interp.state import merge, options
from logitlint.interp.values import (
    NONE,
    NOTHING,
    Api,
    Builtin,
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


def _exits(m: Core, args: Args, loc: Loc) -> Value:
    return Unknown(None, "exits")


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
    return Partial(Unknown(("name", "import", "logitlint.record")), (Seq((), names=tuple(names)),), ())


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
    parts = [each.value for each in args.pos if isinstance(each, Const) and isinstance(each.value, str)]
    return Const(posixpath.join(*parts)) if parts and len(parts) == len(args.pos) else NOTHING


def _import_module(m: Core, args: Args, loc: Loc) -> Value:
    """``importlib.import_module(name)``, of the project or of a library."""
    package = args.get(1, "package")

    def one(name: Value) -> Value:
        if not isinstance(name, Const) or not isinstance(name.value, str):
            return NOTHING
        bare = name.value.lstrip(".")
        level = len(name.value) - len(bare)
        if level and package is not None and package != Unknown(("name", loc.path, "__package__")):
            return NOTHING
        path = m.project.resolve(loc.path, bare, level)
        return m.module_value(path) if path is not None else Api(bare) if not level else NOTHING

    return m.each(args.pos[0], one) if args.pos else NOTHING


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


# ---------------------------------------------------------------------- argparse


def _parser(m: Core, args: Args, loc: Loc) -> Value:
    return Ref(m.alloc("parser", loc=loc))


def parser_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    """``ArgumentParser``: what ``parse_args`` gives has its defaults as one decision, anything else as the user's input."""
    if name in ("error", "exit"):
        return _exits(m, args, loc)
    if name == "add_argument":
        _argument(m, ref, args, loc)
    elif name == "set_defaults":
        for key, value in args.named.items():
            m.set_field(ref, key, value)
    elif name in ("parse_args", "parse_known_args", "parse_intermixed_args"):
        found = Ref(m.alloc("arguments", loc=loc))
        for key, value in _parsed(m, ref).items():
            m.set_field(found, key, value)
        _type(m, found, args)
        return Seq((found, NOTHING)) if name == "parse_known_args" else found
    elif name == "add_parser":
        child = Ref(m.alloc("parser", loc=loc))
        known = m.field(ref, _CHILDREN)
        before = known.items if isinstance(known, Seq) else ()
        m.set_field(ref, _CHILDREN, Seq((*before, Seq((args.pos[0] if args.pos else NOTHING, child)))))
        return child
    elif name in ("add_argument_group", "add_mutually_exclusive_group", "add_subparsers"):
        return ref
    return NONE


def _type(m: Core, found: Ref, args: Args) -> None:
    """``parse_args(["--lr", "0.1"], namespace=known)``: what is said there is no default."""
    typed = containers.sequence(m, args.pos[0]).items if args.pos else ()
    said = [str(each.value) for each in typed if isinstance(each, Const)]
    names = [each.partition("=")[0].lstrip("-").replace("-", "_") for each in said if each.startswith("--")]
    given = args.named.get("namespace")
    names += m.state.slots_of(given.addr) if isinstance(given, Ref) else ()
    for name in names:
        if m.field(found, name) is not None:
            m.set_field(found, name, NOTHING)


_CHILDREN = "__parsers__"


def _parsed(m: Core, ref: Ref) -> dict[str, Value]:
    """What the parser sets, and, depending on the command that the user types, what its sub-parsers set."""
    found = {key: value for key, value in m.state.slots_of(ref.addr).items() if key != _CHILDREN}
    children = m.field(ref, _CHILDREN)
    options: dict[str, list[tuple[Guard, Value]]] = {}
    for pair in children.items if isinstance(children, Seq) else ():
        if isinstance(pair, Seq) and isinstance(pair.items[0], Const) and isinstance(pair.items[1], Ref):
            guard = literal(("input", "command"), "==", pair.items[0].value)
            for key, value in _parsed(m, pair.items[1]).items():
                options.setdefault(key, []).append((guard, value))
    return {**found, **{key: merge(values) for key, values in options.items()}}


def _argument(m: Core, ref: Ref, args: Args, loc: Loc) -> None:
    names = [str(v.value) for v in args.pos if isinstance(v, Const)]
    dest = args.named.get("dest")
    long = next((n for n in names if n.startswith("--")), names[0] if names else "")
    key = str(dest.value) if isinstance(dest, Const) else long.lstrip("-").replace("-", "_")
    action = args.named.get("action")
    default = args.named.get("default")
    if default is None and isinstance(action, Const) and action.value in ("store_true", "store_false"):
        default = Const(action.value == "store_false")
    convert = args.named.get("type")
    if convert is not None and convert != Builtin("str") and isinstance(default, Const) and isinstance(default.value, str):
        made = m.call(convert, Args((default,)), loc)  # a default that is a string is converted as if it had been typed
        default = made if isinstance(made, Const) else None
    choices = _choices(m, args.named.get("choices"))
    given = not long.startswith("-") or args.named.get("required") == Const(True)
    if choices and not given and (default is None or default == NONE):
        choices = (*choices, None)
    if key:
        m.set_field(ref, key, default_or_input(f"args.{key}", default, choices))


def _choices(m: Core, given: Value | None) -> tuple[object, ...]:
    """All that a parser takes for an argument; none where that is not known."""
    listed = containers.sequence(m, given) if given is not None and given != NONE else Seq((), NOTHING)
    found = [each.value for each in listed.items if isinstance(each, Const) and isinstance(each.value, (str, int, float))]
    return tuple(found) if listed.rest is None and len(found) == len(listed.items) else ()


def default_or_input(key: str, default: Value | None, choices: tuple[object, ...] = ()) -> Value:
    """The default under the decision that every default is taken, or whatever the user types, among the ``choices`` if there are any."""
    name = (choices, key) if choices else (key,)
    typed = Unknown(("input", *name))
    if default is None or default == NONE or isinstance(default, Unknown):
        return typed
    symbol = ("default", *name)
    taken, other = literal(symbol, "truth", None), literal(symbol, "truth", None, False)
    flipped = Const(not default.value) if isinstance(default, Const) and isinstance(default.value, bool) else typed
    return Choice(((taken, default), (other, flipped)))


#: What an option may say that leaves its default what it is.
_PLAIN = frozenset({"default", "help", "show_default", "required", "is_flag", "type", "envvar", "prompt", "metavar", "hidden"})


def _option(m: Core, args: Args, loc: Loc) -> Value | None:
    """``@click.option("--loss", default="ce")``: a parameter of the command, as an argument of a parser is."""
    names = [str(each.value) for each in args.pos if isinstance(each, Const)]
    bare = [each for each in names if not each.startswith("-")]
    name = next(iter((*bare, *(each for each in names if each.startswith("--")))), "")
    key = name.partition("/")[0].lstrip("-").replace("-", "_").lower()
    default = args.named.get("default", Const(False) if args.named.get("is_flag") == Const(True) else None)
    kind, text = args.named.get("type"), m.project.text(loc.path, loc.unit)
    converted = kind is not None and kind != Builtin("str") and isinstance(default, Const) and isinstance(default.value, str)
    if args.more or not _PLAIN.issuperset(args.named) or (default is not None and not isinstance(default, Const)):
        return None
    if "default_map" in text or (converted and (isinstance(kind, Builtin) or "case_sensitive" in text)):
        return None
    return Partial(Unknown(("name", "import", "logitlint.option")), (Const(key), default_or_input(key, default)), ())


def _with_option(m: Core, args: Args, loc: Loc) -> Value:
    return Partial(Unknown(("name", "import", "logitlint.run_command")), args.pos, ())


def _run_command(m: Core, args: Args, loc: Loc) -> Value:
    """The command is run: by the command line, or with a list of words that stands for it."""
    key, value, function, *words = args.pos
    named = {**({str(key.value): NOTHING if words else value} if isinstance(key, Const) else {}), **args.named}
    own = () if isinstance(function, Function) else tuple(words)
    return m.call(function, Args(own, named), loc)


def _said_by_default(m: Core, args: Args, loc: Loc) -> Value:
    """``loss: str = typer.Option("ce")``."""
    default = args.get(0, "default")
    plain = (
        isinstance(default, Const)
        and default != Const(...)
        and not {"callback", "parser", "click_type", "case_sensitive"} & set(args.named)
    )
    return default if plain and default is not None else NOTHING


_FUNCTIONS: dict[str, _Handler] = {
    "click.option": _option,
    "click.argument": _option,
    "logitlint.option": _with_option,
    "logitlint.run_command": _run_command,
    **dict.fromkeys(("typer.Option", "typer.Argument"), _said_by_default),
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
    "argparse.ArgumentParser": _parser,
    "sys.exit": _exits,
    "os._exit": _exits,
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
