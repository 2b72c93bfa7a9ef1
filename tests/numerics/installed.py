"""What the installed libraries say of themselves: the object behind a full name, and its signature as text.

A signature is written as the parameters of a ``def``: ``input, dim=None, *, dtype=None``; a default that is no literal is ``...``.
Snapshots of other releases (``signatures/``, written by ``snapshot.py``) hold the same text, so both are compared alike.
"""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from logitlint.catalog import REQUIRED, Contract, Param, Signature
from logitlint.catalog.compiler import compile_stubs

#: Every overload that the library declares; empty where it exists and cannot tell.
Text = tuple[str, ...]

_LITERALS = (bool, int, float, str, type(None))
#: How an instance is called, by the library's own convention; a method that takes anything only passes on to the next.
_CALLS = ("__call__", "forward", "call", "update_state", "update")
#: Kept by the file that torch ships for type checkers, for what is written in C++.
_TORCH_DECLARATIONS = ("_VariableFunctions.pyi", "_nn.pyi", "__init__.pyi")


def _admit_torchvision() -> None:
    """Lets torchvision be imported beside a torch that it was not built for: its operators are missing then, and nobody calls one."""
    if find_spec("torch") is None or find_spec("torchvision") is None:
        return
    import torch

    try:
        import torchvision  # noqa: F401
    except RuntimeError:
        operators = torch.library.Library("torchvision", "DEF")
        for name in ("nms", "qnms"):
            operators.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        _KEPT.append(operators)  # forgotten operators are removed


_KEPT: list[Any] = []
_admit_torchvision()


@cache
def module(name: str) -> Any:
    """A module, imported; None when there is none or it does not import here."""
    try:
        return import_module(name)
    except Exception:  # a library that is broken here counts as missing, whatever it raises
        return None


def attribute(owner: Any, name: str) -> Any:
    """An attribute; None where there is none, or where a lazy import behind it fails."""
    try:
        return getattr(owner, name, None)
    except Exception:  # whatever a missing companion makes of it
        return None


def locate(name: str) -> Any:
    """The object that a full name stands for; None when the installed library has none."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        found = module(".".join(parts[:cut]))
        if found is None:
            continue
        for part in parts[cut:]:
            found = attribute(found, part)
        if found is not None:
            return found
    return None


@cache
def _shared() -> dict[str, tuple[str, ...]]:
    """Modules that show what another defines (``from optax.losses import *``), by the module that defines it."""
    found: dict[str, list[str]] = {}
    for library in compile_stubs().values():
        for place, sources in library.fallbacks.items():
            for source in sources:
                found.setdefault(source, []).append(place)
    return {source: tuple(sorted(set(places))) for source, places in found.items()}


def places(name: str) -> tuple[str, ...]:
    """Where a name of the catalogue may stand, in this or another release: where its stub is, and where modules re-export it."""
    module_, _, last = name.rpartition(".")
    return (name, *(f"{place}.{last}" for place in _shared().get(module_, ()) if ".python." not in place))


def interfaces(contract: Contract) -> dict[str, tuple[Signature, ...]]:
    """What a stub says can be called, by the name it has in a snapshot: ``X``, ``X()`` for a call of the instance, ``X.method``."""
    if contract.form == "function":
        return {contract.name: contract.call}
    built = {param.name for signature in contract.init for param in signature.params}
    call = tuple(each._replace(params=tuple(param for param in each.params if not _of_the_object(param, built))) for each in contract.call)
    found = {contract.name: contract.init, f"{contract.name}()": call}
    found |= {f"{contract.name}.{method}": signatures for method, signatures in contract.methods}
    return {name: signatures for name, signatures in found.items() if signatures}


def _of_the_object(param: Param, built: set[str]) -> bool:
    """Whether a parameter of a call is none, but a condition on how the object was built."""
    return param.mode == "keyword" and param.role == "flag" and param.default == REQUIRED and param.name in built


def text(interface: str) -> Text | None:
    """The signatures of an interface in the installed library, without ``self`` for ``X`` and ``X()``; None where there is no such name."""
    if interface.endswith("()"):
        owner = locate(interface[:-2])
        return None if owner is None else _call(owner) if isinstance(owner, type) else ()
    found = locate(interface)
    if found is None:
        return None
    if isinstance(found, type):
        return _built(found)
    if interface.startswith("torch.") and not inspect.isfunction(found) and not inspect.ismethod(found):
        return _declarations().get((getattr(found, "__name__", ""), isinstance(found, type(str.join))), ())
    return _text(found, bound=isinstance(locate(interface.rpartition(".")[0]), type))


def _built(owner: type) -> Text:
    """How an object is made: what ``__init__`` takes, or ``__new__`` where that one chooses the class."""
    own = _text(owner.__init__, drop_first=True)  # type: ignore[misc]
    if not own or (own[0].startswith("*") and inspect.isfunction(owner.__new__)):
        return _text(owner.__new__, drop_first=True)
    return own


def _call(owner: type) -> Text:
    found = [_text(getattr(owner, name), drop_first=True) for name in _CALLS if inspect.isfunction(getattr(owner, name, None))]
    told = [each for each in found if each and "*args, **kwargs" not in each[0] and not each[0].startswith("*")]
    return told[0] if told else found[0] if found else ()


def _text(found: Any, *, drop_first: bool = False, bound: bool = False) -> Text:
    try:
        parameters = list(inspect.signature(found).parameters.values())
    except (ValueError, TypeError):
        return ()
    if bound and inspect.ismethod(found):  # a class method, whose stub has a first parameter of its own
        parameters.insert(0, inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY))
    if drop_first and parameters and parameters[0].kind is not inspect.Parameter.VAR_POSITIONAL:
        parameters = parameters[1:]
    return (written(parameters),)


def written(parameters: list[inspect.Parameter]) -> str:
    """Parameters as they stand in a ``def``, annotations left out."""
    bare = [each.replace(annotation=each.empty) for each in parameters]
    bare = [each if each.default is each.empty else each.replace(default=_Default(each.default)) for each in bare]
    return str(inspect.Signature(bare, __validate_parameters__=False))[1:-1]


class _Default:
    """Shows a default as a literal, or as ``...`` when it is none."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __repr__(self) -> str:
        shown = repr(self.value)
        try:
            return shown if ast.literal_eval(shown) == self.value and isinstance(self.value, (*_LITERALS, tuple)) else "..."
        except (ValueError, SyntaxError, TypeError):
            return "..."


@cache
def _declarations() -> dict[tuple[str, bool], Text]:
    folder = Path(module("torch").__file__).parent / "_C"
    found: dict[tuple[str, bool], list[str]] = {}
    for file in _TORCH_DECLARATIONS:
        for node in ast.parse((folder / file).read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name == "TensorBase":
                _collect(node.body, True, found)
            elif file != "__init__.pyi":
                _collect([node], False, found)
    return {name: tuple(dict.fromkeys(texts)) for name, texts in found.items()}


def _collect(nodes: list[ast.stmt], method: bool, found: dict[tuple[str, bool], list[str]]) -> None:
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            arguments = node.args
            for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]:
                if each is not None:
                    each.annotation = None
            found.setdefault((node.name, method), []).append(ast.unparse(arguments))
