"""What an import leaves behind is not settled where the module's own functions, or an object's methods, give it another value later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from logitlint import ir
from logitlint.interp import objects
from logitlint.interp.core import Core
from logitlint.interp.values import ClassValue, Const, Descriptor, Function, Ref, Unknown

_GLOBAL = re.compile(r"^[ \t]+global[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*)", re.MULTILINE)


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
        if isinstance(value, Ref) and m.form(value) == "instance":
            settings = {name for name, each in m.state.slots_of(value.addr).items() if _is_setting(each)}
            if settings:
                for name in settings & set(_reassigned(m, value)):
                    m.state.set((value.addr, name), Unknown(("attr", ("name", path, held), name)))


def _is_setting(value: object) -> bool:
    return isinstance(value, Const) and isinstance(value.value, (str, int, float))


def _reassigned(m: Core, ref: Ref) -> Iterator[str]:
    """The attributes that methods of an object assign, beside its constructor."""
    for cls in objects.mro(m, m.heap[ref.addr].cls):
        for value in m.state.slots_of(cls.addr).values() if isinstance(cls, ClassValue) else ():
            method = value.fn if isinstance(value, Descriptor) else value
            if isinstance(method, Function) and method.name != "__init__":
                for each in ir.expressions(method.node):
                    match each:
                        case ir.Store(target=ir.Attr(obj=ir.Name(id="self"), name=name)):
                            yield name
