"""Hydra: a configuration that is composed of files, and objects that are made of what it says.

What a program is given without any override is what the files of the project say; a value that is interpolated, or stands in a file
that is not there, is not known.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from logitlint.interp import containers, data, settings
from logitlint.interp.core import Args, Core
from logitlint.interp.values import NOTHING, Api, Const, Loc, Mapping, Partial, Ref, Unknown, Value, ours

_Handler: TypeAlias = Callable[[Core, Args, Loc], "Value | None"]
_Config: TypeAlias = "dict[str, object]"

#: A group of the defaults list, its package apart: `model`, `/model`, `model@net`.
_GROUP = re.compile(r"^/?([\w/]+)(?:@([\w.]+))?$")
_DEEPEST = 4


# ---------------------------------------------------------------------- composing


class _Unclear(Exception):
    """What would be composed is not known."""


def _composed(m: Core, importer: str, folder: str, name: str, group: str = "", depth: int = 0) -> _Config:
    """A configuration file with those that its defaults list names.

    Raises:
        _Unclear: one is not there, says itself where it belongs, or changes the choices of others.
    """
    path = posixpath.join(folder, group, name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    text = m.project.data(importer, path)
    if text is None or depth > _DEEPEST or b"@package" in text or b"override " in text:
        raise _Unclear(path)
    try:
        own = data.parse_yaml(text.decode())
    except (ValueError, RecursionError) as error:
        raise _Unclear(path) from error
    if own is not None and not isinstance(own, dict):
        raise _Unclear(path)
    own = own or {}
    found: _Config = {}
    before = True
    for key, choice in _choices(own.pop("defaults", None)):
        if key == "_self_":
            _merge(found, own)
            before = False
        elif key:
            inner, package = _place(key, group)
            below: object = _composed(m, importer, folder, choice, inner, depth + 1)
            for each in reversed(package):
                below = {each: below}
            _merge(found, below)
        else:
            _merge(found, _composed(m, importer, folder, choice, group, depth + 1))
    if before:
        _merge(found, own)
    return found


def _place(key: str, group: str) -> tuple[str, list[str]]:
    """The folder of a group, seen from another, and where in the configuration it belongs."""
    match = _GROUP.match(key)
    if match is None or (match[2] or "").startswith("_"):
        raise _Unclear(key)
    inner = match[1] if key.startswith("/") or not group else f"{group}/{match[1]}"
    return inner, (match[2] or match[1].replace("/", ".")).split(".")


def _choices(defaults: object) -> Iterator[tuple[str, str]]:
    """The groups of a defaults list and which file of each is taken; of a file beside, no group."""
    for each in defaults if isinstance(defaults, list) else ():
        if each == "_self_":
            yield "_self_", ""
        elif isinstance(each, str) and "${" not in each and not each.startswith("/"):
            yield "", each
        elif not isinstance(each, dict):
            raise _Unclear(each)
        for key, choice in each.items() if isinstance(each, dict) else ():
            if choice is None:
                continue
            if not isinstance(key, str) or not isinstance(choice, str) or "${" in choice or choice == "???":
                raise _Unclear(key)
            if not key.startswith("hydra/"):
                yield key, choice


def _merge(into: _Config, other: object) -> None:
    for key, value in other.items() if isinstance(other, dict) else ():
        known = into.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        else:
            into[key] = value


def _main(m: Core, args: Args, loc: Loc) -> Value | None:
    """``@hydra.main(config_path="conf", config_name="config")``: who calls the function calls it with the configuration."""
    path, name = args.named.get("config_path"), args.named.get("config_name")
    if not isinstance(path, Const) or not isinstance(path.value, str) or not isinstance(name, Const) or not isinstance(name.value, str):
        return None
    source = m.project.source(loc.path)
    if source is None or "argv" in source.text or "ConfigStore" in source.text:
        return None
    try:
        found = _composed(m, loc.path, path.value, name.value)
    except _Unclear:
        return None
    given = settings.attributed(m, data.value(m, found, loc, interpolates=True), loc)
    return ours("configured", given)


def _configured(m: Core, args: Args, loc: Loc) -> Value | None:
    """The decorator: what stands in the place of the function."""
    return ours("run_configured", *args.pos)


def _run(m: Core, args: Args, loc: Loc) -> Value | None:
    """Whoever hands over a configuration of his own runs the function with that."""
    given, function, *own = args.pos
    return m.call(function, Args(tuple(own) or (given,), args.named if own else {}), loc)


# ---------------------------------------------------------------------- making


def _instantiate(m: Core, args: Args, loc: Loc) -> Value | None:
    """``instantiate(cfg.model, net=net)``: what ``_target_`` names, called with what stands beside it."""
    given = Args(args.pos[1:], args.named)
    return m.each(args.pos[0], lambda each: _made(m, each, given, loc)) if args.pos else None


def _made(m: Core, config: Value, given: Args, loc: Loc) -> Value:
    content = m.field(config, "items") if m.form(config) == "dict" else None
    target = content.get("_target_") if isinstance(content, Mapping) and content.rest is None else None
    fn = _located(m, target.value, loc) if isinstance(target, Const) and isinstance(target.value, str) else None
    if fn is None or not isinstance(content, Mapping) or content.get("_args_") is not None:
        return Unknown(("result", *m.occasion(loc)))
    deep = content.get("_recursive_") != Const(False)
    named = {str(key): _below(m, each, loc) if deep else each for key, each in content.items if not str(key).startswith("_")}
    if content.get("_partial_") == Const(True):
        return Partial(fn, given.pos, tuple({**named, **given.named}.items()))
    return m.call(fn, Args(given.pos, {**named, **given.named}), loc)


def _below(m: Core, value: Value, loc: Loc) -> Value:
    """An argument, made where it says how."""
    content = m.field(value, "items") if isinstance(value, Ref) else None
    if isinstance(content, Mapping) and content.get("_target_") is not None:
        return _made(m, value, Args(), loc)
    if m.form(value) == "list":
        ref = m.new_list(loc=loc)
        m.set_field(ref, "items", containers.sequence(m, value).each(lambda each: _below(m, each, loc)))
        return ref
    return value


def _located(m: Core, dotted: str, loc: Loc) -> Value | None:
    """The class or function of a dotted name, of the project or of a library."""
    home, _, name = dotted.rpartition(".")
    if not home:
        return None
    path = m.project.resolve(loc.path, home, 0)
    if path is not None:
        return m.attribute(m.module_value(path), name, loc)
    return Api(dotted)


def _class(m: Core, args: Args, loc: Loc) -> Value | None:
    """``get_class(dotted)``."""
    dotted = args.pos[0] if args.pos else NOTHING
    return _located(m, dotted.value, loc) if isinstance(dotted, Const) and isinstance(dotted.value, str) else None


CALLS: dict[str, _Handler] = {
    "hydra.main": _main,
    "logitlint.configured": _configured,
    "logitlint.run_configured": _run,
    **dict.fromkeys(("hydra.utils.instantiate", "hydra.utils.call"), _instantiate),
    **dict.fromkeys(("hydra.utils.get_class", "hydra.utils.get_method", "hydra.utils.get_object"), _class),
}
