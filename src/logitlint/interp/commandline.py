"""What whoever starts a program says of it: the parsers of ``argparse``, the options of Click and Typer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint.interp import containers
from logitlint.interp.core import Args, Core
from logitlint.interp.guards import Guard, literal
from logitlint.interp.state import merge
from logitlint.interp.values import EXITS, NONE, NOTHING, Builtin, Choice, Const, Function, Loc, Ref, Seq, Unknown, Value, ours

_Handler: TypeAlias = Callable[[Core, Args, Loc], "Value | None"]


def exits(m: Core, args: Args, loc: Loc) -> Value:
    return Unknown(None, EXITS)


def _parser(m: Core, args: Args, loc: Loc) -> Value:
    return Ref(m.alloc("parser", loc=loc))


def parser_method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    """``ArgumentParser``: what ``parse_args`` gives has its defaults as one decision, anything else as the user's input."""
    if name in ("error", "exit"):
        return exits(m, args, loc)
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
        m.set_field(ref, key, _default_or_input(f"args.{key}", default, choices))


def _choices(m: Core, given: Value | None) -> tuple[object, ...]:
    """All that a parser takes for an argument; none where that is not known."""
    listed = containers.sequence(m, given) if given is not None and given != NONE else Seq((), NOTHING)
    found = [each.value for each in listed.items if isinstance(each, Const) and isinstance(each.value, (str, int, float))]
    return tuple(found) if listed.rest is None and len(found) == len(listed.items) else ()


def _default_or_input(key: str, default: Value | None, choices: tuple[object, ...] = ()) -> Value:
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
    return ours("option", Const(key), _default_or_input(key, default))


def _with_option(m: Core, args: Args, loc: Loc) -> Value:
    return ours("run_command", *args.pos)


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


CALLS: dict[str, _Handler] = {
    "argparse.ArgumentParser": _parser,
    **dict.fromkeys(("click.option", "click.argument"), _option),
    "logitlint.option": _with_option,
    "logitlint.run_command": _run_command,
    **dict.fromkeys(("typer.Option", "typer.Argument"), _said_by_default),
}
