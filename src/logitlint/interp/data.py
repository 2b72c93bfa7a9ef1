"""Constants in data files of the project: JSON, TOML and YAML, read when the code names the file outright."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

from logitlint.config import parse_toml
from logitlint.interp.core import Args, Core
from logitlint.interp.values import NOTHING, Const, Loc, Mapping, Method, Ref, Unknown, Value

_Handler: TypeAlias = Callable[[Core, Args, Loc], Value]
_DEEPEST = 8
_FILE = "<file>"  #: of the module that opens it and its name


def opened(m: Core, args: Args, loc: Loc) -> Value:
    """``open("settings.json")``, ``Path("settings.json")``: a file by a name that stands in the code."""

    def one(name: Value) -> Value:
        if isinstance(name, Const) and isinstance(name.value, str) and len(args.pos) <= 2:
            if args.get(1, "mode") not in (None, Const("r"), Const("rb"), Const("rt")):
                m.written_files.add(name.value)  # what the program itself writes is not what lies there
            return Method(Const((m.frame.path, name.value)), _FILE)
        return name if is_file(name) else NOTHING

    return m.each(args.get(0, "file") or NOTHING, one)


def is_file(value: Value) -> bool:
    return isinstance(value, Method) and value.name == _FILE


def method(value: Value, name: str) -> Value:
    """What a file or a ``Path`` gives: often that file, its text, or itself opened."""
    return value if name in ("read", "read_text", "read_bytes", "open", "resolve", "as_posix", "absolute") else NOTHING


def _load(parse: Callable[[str], object], names_a_file: bool = False) -> _Handler:
    """``names_a_file``: a string is the name of a file, not its text."""

    def one(m: Core, source: Value, loc: Loc) -> Value:
        unread = Unknown(("result", *m.occasion(loc)))
        if isinstance(source, Const) and isinstance(source.value, str) and names_a_file:
            source = opened(m, Args((source,)), loc)
        try:
            if isinstance(source, Const) and isinstance(source.value, str):
                return value(m, parse(source.value), loc)
            if isinstance(source, Method) and isinstance(source.receiver, Const) and isinstance(source.receiver.value, tuple):
                data = m.project.data(*source.receiver.value) if source.receiver.value[1] not in m.written_files else None
                return value(m, parse(data.decode()), loc) if data is not None else unread
        except (ValueError, RecursionError):
            pass
        return unread

    def handler(m: Core, args: Args, loc: Loc) -> Value:
        return m.each(args.pos[0], lambda source: one(m, source, loc)) if args.pos else NOTHING

    return handler


def value(m: Core, found: object, loc: Loc, depth: int = 0) -> Value:
    if isinstance(found, (str, int, float, bool, type(None))):
        return Const(found)
    if depth < _DEEPEST and isinstance(found, list):
        return m.new_list([value(m, each, loc, depth + 1) for each in found], loc=loc)
    if depth < _DEEPEST and isinstance(found, dict):
        ref = Ref(m.alloc("dict", loc=loc))
        m.set_field(ref, "items", Mapping(tuple((key, value(m, each, loc, depth + 1)) for key, each in found.items())))
        return ref
    return NOTHING


def parse_yaml(text: str) -> object:
    """YAML as ``yaml.safe_load`` reads it.

    Raises:
        ValueError: it is none, or holds tags of somebody's own.
    """
    import yaml

    try:
        return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


CALLS: dict[str, _Handler] = {
    "pathlib.Path": opened,
    "io.open": opened,
    "json.load": _load(json.loads),
    "json.loads": _load(json.loads),
    **{f"{home}.{name}": _load(parse_toml, name == "load") for home in ("tomllib", "tomli", "toml") for name in ("load", "loads")},
    **{f"yaml.{name}": _load(parse_yaml) for name in ("load", "safe_load", "full_load")},
}
