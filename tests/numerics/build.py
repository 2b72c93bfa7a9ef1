"""Calls what a stub describes: fills in what a loss, an activation or a metric needs besides the value that is judged."""

from __future__ import annotations

from typing import Any

import numpy as np

from logitlint.catalog import REQUIRED, Contract, Param, Signature
from numerics.arrays import maker
from numerics.installed import locate

CLASSES = 5


class CannotRun(Exception):
    """A stub that no value of ours can exercise; the text says what it needs."""


#: What a required parameter is given, by name; one meaning across the libraries.
_GIVEN: dict[str, Any] = {
    "alpha": 0.5,
    "beta": 0.5,
    "gamma": 2.0,
    "q": 0.5,
    "mode": "multiclass",
    "num_classes": CLASSES,
    "num_labels": CLASSES,
    "pos_weight": 1.0,
    "temperature": 1.0,
    "value": 0.0,
    "threshold": 0.5,
    "lambd": 0.5,
    "default_value": 0.0,
}
#: Switched off where there is such a parameter, for the plain formula.
_OFF = {"smoothing": 0.0, "label_smoothing": 0.0, "smooth_factor": None}


def _choose(param: Param) -> Any:
    if param.literals:
        return param.literals[0]
    if param.name in _OFF and param.default != REQUIRED and param.default is not None:
        return _OFF[param.name]
    return None


def options(signature: Signature, skip: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The arguments of an overload: its flags, what it requires, no smoothing."""
    found: dict[str, Any] = {}
    for param in signature.params:
        if param.name in skip or param.mode in ("*", "**"):
            continue
        if param.literals or (param.name in _OFF and param.default not in (REQUIRED, None)):
            found[param.name] = _choose(param)
        elif param.default == REQUIRED:
            if param.name not in _GIVEN:
                raise CannotRun(f"needs {param.name}")
            found[param.name] = _GIVEN[param.name]
    return found


def instance(contract: Contract, init: Signature | None) -> Any:
    """The function, or an object of the class built as the overload says."""
    found = locate(contract.name)
    if found is None:
        raise CannotRun("not installed")
    if contract.form == "function":
        return found
    return found(**options(init)) if init is not None else found()


def overloads(contract: Contract) -> list[tuple[Signature | None, Signature]]:
    """Every way to build and call what the stub describes."""
    if contract.form == "function":
        return [(None, call) for call in contract.call]
    pairs = [(init, call) for init in contract.init or (None,) for call in contract.call]
    return [(init, call) for init, call in pairs if init is None or _holds(init, call)]


def _holds(init: Signature, call: Signature) -> bool:
    """Whether an object built by ``init`` is called by ``call``: its conditions on how it was built are met."""
    built = {param.name: param.literals or (param.default,) for param in init.params}
    return all(
        set(param.literals) & set(built[param.name])
        for param in call.params
        if param.literals and param.mode == "keyword" and param.name in built
    )


def arrays(library: str, values: dict[str, np.ndarray[Any, Any]]) -> dict[str, Any]:
    make = maker(library)
    return {name: make(value) for name, value in values.items()}
