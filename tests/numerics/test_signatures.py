"""The stubs against the installed libraries: the same parameters, in the same order, with the same defaults.

What a library does not offer any more (TensorFlow 1, the backend of Keras 2) or cannot tell (functions written in C) is not compared;
the last test counts what was.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module

import pytest

from logitlint import catalog
from logitlint.catalog import OPAQUE, REQUIRED, Contract, Signature

LIBRARIES = ("torch", "keras", "jax", "flax", "optax")

#: Stubs that take more than the installed release does, because earlier or other releases take it; may only shrink.
WIDER = {"keras.utils.to_categorical"}


def installed(name: str) -> object | None:
    """The object that a full name stands for; None when the installed library has none."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: object = import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found
    return None


def real(contract: Contract) -> list[inspect.Parameter] | None:
    """The parameters of the installed function or constructor; None when it cannot tell them."""
    found = installed(contract.name)
    if found is None:
        return None
    try:
        parameters = list(inspect.signature(found.__init__ if isinstance(found, type) else found).parameters.values())  # type: ignore[misc,arg-type]
    except (ValueError, TypeError):
        return None
    parameters = parameters[1:] if isinstance(found, type) else parameters
    hidden = parameters and parameters[0].kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return None if hidden else parameters


def compared() -> Iterator[tuple[Contract, list[inspect.Parameter]]]:
    for contract in catalog.members():
        if contract.name.partition(".")[0] in LIBRARIES and contract.name not in WIDER:
            parameters = real(contract)
            if parameters is not None and (contract.call or contract.init):
                yield contract, parameters


def differences(signature: Signature, parameters: list[inspect.Parameter]) -> list[str]:
    found = []
    by_name = {each.name: each for each in parameters}
    order = [each.name for each in parameters if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    mine = [each.name for each in signature.params if each.mode in ("plain", "positional")]
    if mine[: len(order)] != order[: len(mine)]:
        found.append(f"positions {mine} are {order}")
    takes_more = any(each.kind is each.VAR_KEYWORD for each in parameters)
    for param in signature.params:
        if param.mode in ("*", "**"):
            continue
        if param.name not in by_name:
            found += [] if takes_more else [f"{param.name} is unknown"]
        elif param.default not in (OPAQUE, REQUIRED) and isinstance(by_name[param.name].default, (bool, int, float, str, type(None))):
            default = by_name[param.name].default
            if param.default != default:
                found.append(f"{param.name}={param.default!r} is {default!r}")
    return found


@pytest.mark.parametrize("library", LIBRARIES)
def test_stubs_have_the_signatures_of_the_installed_library(library: str) -> None:
    wrong = {
        contract.name: differences((contract.init or contract.call)[0], parameters)
        for contract, parameters in compared()
        if contract.name.partition(".")[0] == library
    }
    assert {name: each for name, each in wrong.items() if each} == {}


def test_most_stubs_were_compared() -> None:
    assert sum(1 for _ in compared()) > 700
