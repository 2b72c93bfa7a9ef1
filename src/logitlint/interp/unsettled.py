"""What an import leaves behind is not settled where the module's own functions, or an object's methods, give it another value later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as IrMapping
from dataclasses import replace

from logitlint import ir
from logitlint.interp import objects
from logitlint.interp.core import Core
from logitlint.interp.values import ClassValue, Const, Descriptor, Function, Mapping, Ref, Unknown, Value

_ANY = "*"
_GLOBAL = re.compile(r"^[ \t]+global[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*)", re.MULTILINE)

#: `CFG.width = 3`, `settings["width"] += 1`: how far it is indented, whose, and which.
_STORED = re.compile(
    r"""^([ \t]*)(?:\w+\.)*(\w+)(?:\.(\w+)|\[["'](\w+)["']\])\s*(?:[-+*/%|&]|//|\*\*)?=(?!=)""",
    re.MULTILINE,
)
#: `settings.update(…)`, `setattr(CFG, …)`: any of them.
_UPDATED = re.compile(
    r"""^([ \t]*)(?:setattr\(\s*(\w+)\s*,|(?:\w+\.)*(\w+)"""
    r"""(?:(?:\.__dict__)?\.(?:update|merge_\w+)\(|\s*\|=|\[(?!["'])[^\]=\n]+\]\s*=(?!=)))""",
    re.MULTILINE,
)
#: `merge_into(own, settings)`: any of what is handed over.
_MERGED = re.compile(r"(?:merge|update|overrid)\w*\(([^()\n]*)\)", re.IGNORECASE)
_MOST_USERS = 50
_DEEPEST = 4


def forget(m: Core, path: str, addr: int) -> None:
    """Forget the settings of a module that has been imported, and those of its objects, that whoever runs later may find changed.

    Who changes them in the same run as who reads them is followed; in another run only their names are known. What is None so far
    waits to be made, and is as good as what will be."""
    source = m.project.source(path)
    if source is not None and "global" in source.text:
        for found in _GLOBAL.finditer(source.text):
            for name in found[1].replace(",", " ").split():
                if _is_setting(m.state.get((addr, name))):
                    m.state.set((addr, name), Unknown(("name", path, name)))
    for held, value in m.state.slots_of(addr).items():
        forget_of(m, path, held, value)


def forget_of(m: Core, path: str, held: str, value: Value, depth: int = 0) -> None:
    """The same of one thing that a module holds: an object, a dictionary, a class that is a list of settings."""
    symbol = ("name", path, held)
    own_class = isinstance(value, ClassValue) and value.loc.path == path and not value.bases
    if isinstance(value, (ClassValue, Ref)) and (own_class or m.form(value) == "instance"):
        for name in _resettled(m, path, held, value, m.state.slots_of(value.addr)):
            m.state.set((value.addr, name), Unknown(("attr", symbol, name)))
    elif isinstance(value, Ref) and m.form(value) == "dict" and isinstance(content := m.field(value, "items"), Mapping):
        if any(_is_setting(each) or m.form(each) == "dict" for _, each in content.items) and (held, _ANY) in _stored(m, path):
            objects.forget_settings(m, value)
            return
        changed = _resettled(m, path, held, value, {key: each for key, each in content.items if isinstance(key, str)})
        if changed:
            items = tuple((key, Unknown(("item", symbol, key)) if key in changed else each) for key, each in content.items)
            m.set_field(value, "items", replace(content, items=items))
        for key, each in content.items if depth < _DEEPEST else ():
            if isinstance(key, str) and m.form(each) == "dict":
                forget_of(m, path, key, each, depth + 1)


def _resettled(m: Core, path: str, held: str, value: Value, slots: IrMapping[str, Value]) -> set[str]:
    """Which of the settings of what a module holds are given another value elsewhere."""
    settings = {name for name, each in slots.items() if _is_setting(each)}
    if not settings:
        return settings
    names = {held} if isinstance(value, Ref) else {held, "cls"}
    changed = {name for holder, name in _stored(m, path) if holder in names}
    if isinstance(value, Ref):
        changed.update(_reassigned(m, value))
    return settings if _ANY in changed else settings & changed


def _stored(m: Core, path: str) -> set[tuple[str, str]]:
    """The settings that functions of a module, and the modules that import it, give a value: of whom, by the name there, and which."""
    known = m.stored_settings.get(path)
    if known is None:
        known = m.stored_settings[path] = set()
        users = m.project.users([path]) - {path}
        for user in (path, *(sorted(users) if len(users) <= _MOST_USERS else ())):
            source = m.project.source(user)
            text = source.text if source is not None else ""
            known |= {(found[2], found[3] or found[4]) for found in _STORED.finditer(text) if user != path or found[1]}
            known |= {(found[2] or found[3], _ANY) for found in _UPDATED.finditer(text) if user != path or found[1]}
            merged = [found[1] for found in _MERGED.finditer(text) if user != path or _is_indented(text, found.start())]
            known |= {(word, _ANY) for given in merged for word in re.findall(r"\w+", given)}
    return known


def _is_indented(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1] in " \t"


def _is_setting(value: object) -> bool:
    return isinstance(value, Const) and isinstance(value.value, (str, int, float))


def _reassigned(m: Core, ref: Ref) -> Iterator[str]:
    """The attributes that methods of an object assign, beside its constructor; ``*`` where one assigns any of them."""
    for cls in objects.mro(m, m.heap[ref.addr].cls):
        for value in m.state.slots_of(cls.addr).values() if isinstance(cls, ClassValue) else ():
            method = value.fn if isinstance(value, Descriptor) else value
            if isinstance(method, Function) and method.name != "__init__":
                whole = m.project.completed(method.loc.path, method.loc.unit, method.node)
                own = whole.params[0].name if whole.params else ""
                for each in ir.expressions(whole):
                    yield from _assigned(each, own)


def _assigned(node: tuple[object, ...], own: str) -> Iterator[str]:
    """What a piece of a method assigns of the object, which goes by the name ``own`` there."""
    match node:
        case ir.Store(target=target) | ir.Update(target=target) | ir.Loop(target=target) if target is not None:
            for each in ir.expressions(target):
                match each:
                    case ir.Attr(obj=ir.Name(id=holder), name=name) if holder == own:
                        yield name
        case ir.Call(fn=ir.Name(id="setattr"), args=(ir.Arg(value=ir.Name(id=holder)), ir.Arg(value=key), *_)) if holder == own:
            yield key.value if isinstance(key, ir.Const) and isinstance(key.value, str) else _ANY
        case ir.Call(fn=ir.Attr(obj=ir.Attr(obj=ir.Name(id=holder), name="__dict__"), name="update")) if holder == own:
            yield _ANY
