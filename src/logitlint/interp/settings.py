"""Configurations: dictionaries whose keys are attributes too, ``EasyDict``, ``OmegaConf``, ``CfgNode`` of yacs and their kin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from logitlint.interp import builtins, containers, data
from logitlint.interp.core import Args, Core
from logitlint.interp.objects import forget_settings
from logitlint.interp.values import ATTRIBUTED, NOTHING, Const, Loc, Mapping, Ref, Unknown, Value

_Handler: TypeAlias = Callable[[Core, Args, Loc], Value]
_DEEPEST = 8
_HARMLESS = frozenset("clone freeze defrost lock unlock to_dict toDict dump is_frozen pretty to_yaml to_json".split())
_READ = data.loader(data.parse_yaml, interpolates=True)


def _of_items(m: Core, args: Args, loc: Loc) -> Value:
    if any(name.startswith(("box_", "default_box", "conversion_box", "frozen_box", "camel_")) for name in args.named):
        return NOTHING  # keys that are more than they say

    def one(given: tuple[Value, ...]) -> Value:
        return attributed(m, builtins.call_builtin(m, "dict", Args(given, args.named, args.more), loc), loc)

    return m.each(args.pos[0], lambda given: one((given,))) if args.pos else one(())


def attributed(m: Core, value: Value, loc: Loc) -> Value:
    """A dictionary, and those in it, as one of these."""
    made: dict[int, Ref] = {}

    def one(each: Value) -> Value:
        content = m.field(each, "items") if isinstance(each, Ref) else None
        if not isinstance(each, Ref) or each.addr in made:
            return made[each.addr] if isinstance(each, Ref) else each
        if m.form(each) == "list":
            ref = made[each.addr] = m.new_list(loc=loc)
            m.set_field(ref, "items", containers.sequence(m, each).each(one))
            return ref
        if m.form(each) == "dict" and isinstance(content, Mapping):
            ref = made[each.addr] = Ref(m.alloc("dict", ATTRIBUTED, loc))
            m.set_field(ref, "items", replace(content, items=tuple((key, entry(inner)) for key, inner in content.items)))
            return ref
        return each

    def entry(each: Value) -> Value:
        return NOTHING if isinstance(each, Const) and data.is_interpolated(each.value) else one(each)

    return one(value)


def _changed(m: Core, args: Args, loc: Loc) -> Value:
    """``OmegaConf.update(cfg, "net.act", act)``."""
    for each in args.pos[:1]:
        if isinstance(each, Ref) and m.heap[each.addr].cls == ATTRIBUTED:
            forget_settings(m, each)
    return NOTHING


def _loaded(m: Core, args: Args, loc: Loc) -> Value:
    return m.each(_READ(m, Args((data.opened(m, args, loc),)), loc), lambda each: attributed(m, each, loc))


def _merged(m: Core, args: Args, loc: Loc) -> Value:
    """``OmegaConf.merge(base, other)``: of what another file says that nobody has, any setting may be."""
    if args.more:
        return Unknown(("result", *m.occasion(loc)))  # `merge(*files)`
    found = _of_items(m, Args(), loc)
    assert isinstance(found, Ref)
    for each in args.pos:
        _merge_into(m, found, each, loc)
    return found


def _merge_into(m: Core, ref: Ref, value: Value, loc: Loc, depth: int = 0) -> None:
    content = m.field(value, "items") if m.form(value) == "dict" else None
    if not isinstance(content, Mapping) or content.rest is not None or depth > _DEEPEST:
        forget_settings(m, ref)
        return
    for key, each in content.items:
        own = m.field(ref, "items")
        known = own.get(key) if isinstance(own, Mapping) else None
        if isinstance(known, Ref) and m.form(known) == m.form(each) == "dict":
            _merge_into(m, known, each, loc, depth + 1)
        else:
            containers.store(m, ref, Const(key), attributed(m, each, loc))


def has_method(m: Core, receiver: Value, name: str) -> bool:
    """Whether a method is called that dictionaries have not, on one of these."""
    if not isinstance(receiver, Ref) or m.heap[receiver.addr].cls != ATTRIBUTED or hasattr(dict, name):
        return False
    content = m.field(receiver, "items")
    return not isinstance(content, Mapping) or content.get(name) is None


def method(m: Core, ref: Value, name: str, args: Args, loc: Loc) -> Value:
    """``cfg.merge_from_file(path)``, ``cfg.clone()``."""
    assert isinstance(ref, Ref)
    if name == "merge_from_file" and args.pos:
        _merge_into(m, ref, _loaded(m, args, loc), loc)
    elif name == "merge_from_other_cfg" and args.pos:
        _merge_into(m, ref, args.pos[0], loc)
    elif name not in _HARMLESS and not (name == "merge_from_list" and m.form(args.get(0, "cfg_list") or NOTHING) != "list"):
        forget_settings(m, ref)  # what nobody follows may change it; a list of the command line is left unsaid
    return attributed(m, ref, loc) if name in ("clone", "to_dict", "toDict") else NOTHING


def kept(m: Core, ref: Ref, args: Args, loc: Loc) -> Value:
    """``self.save_hyperparameters()``: what the constructor was given, or a dictionary of it, as ``self.hparams``."""
    function = m.frame.function
    if args.pos and isinstance(args.pos[0], Ref):
        m.set_field(ref, "hparams", attributed(m, args.pos[0], loc))
    elif function is not None and function.name == "__init__" and function.owner != m.heap[ref.addr].cls:
        m.set_field(ref, "hparams", NOTHING)  # those of the class that derives from it are kept too
    elif function is not None and function.name == "__init__":
        named = {each.value for each in args.pos if isinstance(each, Const)}
        params = [each for each in function.node.params[1:] if not named or each.name in named]
        items = tuple((each.name, m.frame_value(each.name)) for each in params if not each.form.startswith("*"))
        saved = Ref(m.alloc("dict", ATTRIBUTED, loc))
        m.set_field(saved, "items", Mapping(items, NOTHING if any(each.form == "**" for each in params) else None))
        m.set_field(ref, "hparams", saved)
    return NOTHING


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
    "omegaconf.OmegaConf.from_dotlist": lambda m, args, loc: NOTHING,
    "omegaconf.OmegaConf.update": _changed,
}
