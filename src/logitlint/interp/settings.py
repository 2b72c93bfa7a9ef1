"""Configurations: dictionaries whose keys are attributes too, ``EasyDict``, ``OmegaConf``, ``CfgNode`` of yacs and their kin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from logitlint.interp import builtins, containers, data
from logitlint.interp.core import Args, Core
from logitlint.interp.values import ATTRIBUTED, NOTHING, Const, Loc, Mapping, Ref, Value

_Handler: TypeAlias = Callable[[Core, Args, Loc], Value]


def _of_items(m: Core, args: Args, loc: Loc) -> Value:
    def one(given: tuple[Value, ...]) -> Value:
        return attributed(m, builtins.call_builtin(m, "dict", Args(given, args.named, args.more), loc), loc)

    return m.each(args.pos[0], lambda given: one((given,))) if args.pos else one(())


def attributed(m: Core, value: Value, loc: Loc) -> Value:
    """A dictionary, and those in it, as one of these."""
    if not isinstance(value, Ref):
        return value
    content = m.field(value, "items")
    if m.form(value) == "list":
        ref = m.new_list(loc=loc)
        m.set_field(ref, "items", containers.sequence(m, value).each(lambda each: attributed(m, each, loc)))
        return ref
    if m.form(value) != "dict" or not isinstance(content, Mapping):
        return value
    ref = Ref(m.alloc("dict", ATTRIBUTED, loc))
    m.set_field(ref, "items", Mapping(tuple((key, attributed(m, each, loc)) for key, each in content.items), content.rest, content.place))
    return ref


def _loaded(m: Core, args: Args, loc: Loc) -> Value:
    return m.each(data.CALLS["yaml.safe_load"](m, Args((data.opened(m, args, loc),)), loc), lambda each: attributed(m, each, loc))


def _merged(m: Core, args: Args, loc: Loc) -> Value:
    """``OmegaConf.merge(base, other)``: of what another file says that nobody has, any setting may be."""
    found = _of_items(m, Args(), loc)
    assert isinstance(found, Ref)
    for each in containers.sequence(m, args.pos[0]).elements if args.more and not args.pos else args.pos:
        _merge_into(m, found, each, loc)
    return NOTHING if args.more else found


def _merge_into(m: Core, ref: Ref, value: Value, loc: Loc) -> None:
    content = m.field(value, "items") if m.form(value) == "dict" else None
    if not isinstance(content, Mapping) or content.rest is not None:
        containers.forget(m, ref)
    for key, each in content.items if isinstance(content, Mapping) else ():
        own = m.field(ref, "items")
        known = own.get(key) if isinstance(own, Mapping) else None
        if isinstance(known, Ref) and m.form(known) == m.form(each) == "dict":
            _merge_into(m, known, each, loc)
        else:
            containers.store(m, ref, Const(key), attributed(m, each, loc))


def method(m: Core, ref: Ref, name: str, args: Args, loc: Loc) -> Value:
    """``cfg.merge_from_file(path)``, ``cfg.clone()``. What the command line sets is left unsaid."""
    if name == "merge_from_file" and args.pos:
        _merge_into(m, ref, _loaded(m, args, loc), loc)
    elif name == "merge_from_other_cfg" and args.pos:
        _merge_into(m, ref, args.pos[0], loc)
    return attributed(m, ref, loc) if name in ("clone", "to_dict", "toDict") else NOTHING


CALLS: dict[str, _Handler] = {
    **dict.fromkeys(
        (
            "easydict.EasyDict",
            "addict.Dict",
            "munch.Munch",
            "munch.DefaultMunch",
            "munch.munchify",
            "munch.Munch.fromDict",
            "box.Box",
            "dotmap.DotMap",
            "omegaconf.DictConfig",
            "omegaconf.OmegaConf.create",
            "omegaconf.OmegaConf.to_container",
            "omegaconf.OmegaConf.to_object",
            "ml_collections.ConfigDict",
            "ml_collections.config_dict.ConfigDict",
            "ml_collections.FrozenConfigDict",
            "yacs.config.CfgNode",
        ),
        _of_items,
    ),
    "omegaconf.OmegaConf.load": _loaded,
    "omegaconf.OmegaConf.merge": _merged,
    "omegaconf.OmegaConf.from_cli": _of_items,
    "omegaconf.OmegaConf.from_dotlist": lambda m, args, loc: _of_items(m, Args(), loc),
}
