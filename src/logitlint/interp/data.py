"""Constants in data files of the project: JSON, TOML and YAML, read when the code names the file outright."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Sequence
from typing import TypeAlias

from logitlint.config import parse_toml
from logitlint.interp.core import Args, Core
from logitlint.interp.values import NOTHING, Const, Loc, Mapping, Method, Ref, Seq, Unknown, Value
from logitlint.project import DATA_SUFFIXES

_Handler: TypeAlias = Callable[[Core, Args, Loc], Value]
_DEEPEST = 8
_FILE = "<file>"  #: of the module that opens it and its name


def opened(m: Core, args: Args, loc: Loc) -> Value:
    """``open("settings.json")``: a file by a name that stands in the code."""

    def one(name: Value) -> Value:
        if not isinstance(name, Const) or not isinstance(name.value, str):
            return name if is_file(name) else NOTHING
        if not _reads(args.get(1, "mode")):
            written(m, name.value)
        return Method(Const((m.frame.path, name.value)), _FILE)

    return m.each(args.get(0, "file") or NOTHING, one)


def _path(m: Core, args: Args, loc: Loc) -> Value:
    """``Path("settings", "net.yaml")``."""
    if len(args.pos) == 1:
        return opened(m, Args(args.pos), loc)
    path = joined(args.pos)
    return Method(Const((m.frame.path, path)), _FILE) if path is not None else NOTHING


def joined(parts: Sequence[Value]) -> str | None:
    """A path of parts that stand in the code."""
    names = [each.value for each in parts if isinstance(each, Const) and isinstance(each.value, str)]
    return posixpath.join(*names) if names and len(names) == len(parts) else None


def _reads(mode: Value | None) -> bool:
    return mode in (None, Const("r"), Const("rb"), Const("rt"))


def is_file(value: Value) -> bool:
    return isinstance(value, Method) and value.name == _FILE


def method(m: Core, file: Value, name: str, args: Args) -> Value:
    """What a file or a ``Path`` gives: often that file, its text, or itself opened."""
    assert isinstance(file, Method)
    assert isinstance(file.receiver, Const)
    assert isinstance(file.receiver.value, tuple)
    if name.startswith("write") or (name == "open" and not _reads(args.get(0, "mode"))):
        written(m, file.receiver.value[1])
    return file if name in ("read", "read_text", "read_bytes", "open", "resolve", "as_posix", "absolute") else NOTHING


def written(m: Core, name: str) -> None:
    """What the program itself writes is not what lies there."""
    m.written_files.add(posixpath.normpath(name))


def perhaps_written(m: Core, args: Args) -> None:
    """A library that nobody knows is given the name of a data file: it may write it."""
    for each in args.values():
        if isinstance(each, Const) and isinstance(each.value, str) and each.value.endswith(DATA_SUFFIXES):
            written(m, each.value)


def _elsewhere(m: Core, args: Args, loc: Loc) -> Value:
    m.written_files.add("*")
    return NOTHING


def loader(parse: Callable[[str], object], *, names_a_file: bool = False, interpolates: bool = False) -> _Handler:
    """``names_a_file``: a string is the name of a file, not its text. ``interpolates``: see :func:`value`."""

    def one(m: Core, source: Value, loc: Loc) -> Value:
        unread = Unknown(("result", *m.occasion(loc)))
        if isinstance(source, Const) and isinstance(source.value, str) and names_a_file:
            source = opened(m, Args((source,)), loc)
        try:
            if isinstance(source, Const) and isinstance(source.value, str):
                return value(m, parse(source.value), loc, interpolates=interpolates)
            if isinstance(source, Method) and isinstance(source.receiver, Const) and isinstance(source.receiver.value, tuple):
                importer, name = source.receiver.value
                unwritten = m.written_files.isdisjoint((posixpath.normpath(name), "*"))
                data = m.project.data(importer, name) if unwritten else None
                return value(m, parse(data.decode()), loc, interpolates=interpolates) if data is not None else unread
        except (ValueError, RecursionError):
            pass
        return unread

    def handler(m: Core, args: Args, loc: Loc) -> Value:
        if not args.pos or "object_hook" in args.named or "object_pairs_hook" in args.named or "cls" in args.named:
            return NOTHING
        return m.each(args.pos[0], lambda source: one(m, source, loc))

    return handler


def value(m: Core, found: object, loc: Loc, *, interpolates: bool = False) -> Value:
    """What was read as a value. ``interpolates``: a text with ``${...}``, or ``???``, stands for something else. What aliases share in
    YAML is shared here too."""
    made: dict[int, Ref] = {}

    def one(part: object, depth: int) -> Value:
        if interpolates and is_interpolated(part):
            return NOTHING
        if isinstance(part, (str, int, float, bool, type(None))):
            return Const(part)
        if id(part) in made:
            return made[id(part)]
        if depth < _DEEPEST and isinstance(part, list):
            ref = made[id(part)] = m.new_list(loc=loc)
            m.set_field(ref, "items", Seq(tuple(one(each, depth + 1) for each in part)))
            return ref
        if depth < _DEEPEST and isinstance(part, dict):
            ref = made[id(part)] = Ref(m.alloc("dict", loc=loc))
            m.set_field(ref, "items", Mapping(tuple((key, one(each, depth + 1)) for key, each in part.items())))
            return ref
        return NOTHING

    return one(found, 0)


def is_interpolated(part: object) -> bool:
    """Whether a text of OmegaConf's stands for something else."""
    return isinstance(part, str) and ("${" in part or part == "???")


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
    "pathlib.Path": _path,
    "io.open": opened,
    "os.chdir": _elsewhere,
    "json.load": loader(json.loads),
    "json.loads": loader(json.loads),
    **{
        f"{home}.{name}": loader(parse_toml, names_a_file=name == "load")
        for home in ("tomllib", "tomli", "toml")
        for name in ("load", "loads")
    },
    **{f"yaml.{name}": loader(parse_yaml) for name in ("load", "safe_load", "full_load")},
}
