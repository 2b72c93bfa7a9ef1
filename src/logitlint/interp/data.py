"""Constants in data files of the project: JSON, TOML and the plainest YAML, read when the code names the file outright."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeAlias

from logitlint.config import parse_toml
from logitlint.interp.core import Args, Core
from logitlint.interp.values import NOTHING, Const, Loc, Mapping, Ref, Unknown, Value

_Handler: TypeAlias = Callable[[Core, Args, Loc], Value]
_DEEPEST = 8


def opened(m: Core, args: Args, loc: Loc) -> Value:
    """``open("settings.json")``, ``Path("settings.json")``: a file by a name that stands in the code."""
    name = args.get(0, "file")
    if isinstance(name, Const) and isinstance(name.value, str) and len(args.pos) <= 2:
        return Unknown(("file", m.frame.path, name.value))
    return name if is_file(name) and name is not None else NOTHING


def is_file(value: Value | None) -> bool:
    return isinstance(value, Unknown) and value.sym is not None and value.sym[0] == "file"


def method(value: Value, name: str) -> Value | None:
    """What a file or a ``Path`` gives that is still that file: its text, itself opened."""
    return value if is_file(value) and name in ("read", "read_text", "read_bytes", "open", "resolve", "as_posix", "absolute") else None


def _load(parse: Callable[[str], object], names_a_file: bool = False) -> _Handler:
    """``names_a_file``: a string is the name of a file, not its text."""

    def handler(m: Core, args: Args, loc: Loc) -> Value:
        source = args.pos[0] if args.pos else NOTHING
        unread = Unknown(("result", *m.occasion(loc)))
        if isinstance(source, Const) and isinstance(source.value, str) and names_a_file:
            source = opened(m, Args((source,)), loc)
        try:
            if isinstance(source, Const) and isinstance(source.value, str):
                return _value(m, parse(source.value), loc)
            if isinstance(source, Unknown) and source.sym is not None and source.sym[0] == "file":
                data = m.project.data(str(source.sym[1]), str(source.sym[2]))
                return _value(m, parse(data.decode()), loc) if data is not None else unread
        except (ValueError, RecursionError):
            pass
        return unread

    return handler


def _value(m: Core, found: object, loc: Loc, depth: int = 0) -> Value:
    if isinstance(found, (str, int, float, bool, type(None))):
        return Const(found)
    if depth < _DEEPEST and isinstance(found, list):
        return m.new_list([_value(m, each, loc, depth + 1) for each in found], loc=loc)
    if depth < _DEEPEST and isinstance(found, dict):
        ref = Ref(m.alloc("dict", loc=loc))
        m.set_field(ref, "items", Mapping(tuple((key, _value(m, each, loc, depth + 1)) for key, each in found.items())))
        return ref
    return NOTHING


def plain_yaml(text: str) -> object:
    """Nested mappings of plain scalars, the part of YAML that every version reads alike.

    Raises:
        ValueError: anything else stands in the text.
    """
    top: dict[str, object] = {}
    open_: list[tuple[int, dict[str, object]]] = [(-1, top)]
    for line in text.splitlines():
        content = line.split(" #")[0].rstrip()
        if not content or content.lstrip().startswith("#") or content == "---":
            continue
        indent = len(content) - len(content.lstrip(" "))
        key, colon, rest = content.strip().partition(":")
        if not colon or (rest and not rest.startswith(" ")) or not key.replace("_", "a").replace("-", "a").isalnum():
            raise ValueError(line)
        while open_[-1][0] >= indent:
            open_.pop()
        if rest.strip():
            open_[-1][1][key] = _scalar(rest.strip())
        else:
            inner: dict[str, object] = {}
            open_[-1][1][key] = inner
            open_.append((indent, inner))
    return top


_WORDS = {"true": True, "false": False, "null": None, "~": None}


def _scalar(text: str) -> object:
    if text[0] in "\"'" and text[-1] == text[0] and len(text) > 1 and not {text[0], "\\"} & set(text[1:-1]):
        return text[1:-1]
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if text.lower() in ("yes", "no", "on", "off", "y", "n") or text[0] in "\"'[]{}&*!|>%@`-?,." or ": " in text:
        raise ValueError(text)
    try:
        return int(text) if text.lstrip("+-").isdigit() else float(text)
    except ValueError:
        return text


CALLS: dict[str, _Handler] = {
    "pathlib.Path": opened,
    "io.open": opened,
    "json.load": _load(json.loads),
    "json.loads": _load(json.loads),
    **{f"{home}.{name}": _load(parse_toml, name == "load") for home in ("tomllib", "tomli", "toml") for name in ("load", "loads")},
    **{f"yaml.{name}": _load(plain_yaml) for name in ("load", "safe_load", "full_load")},
}
