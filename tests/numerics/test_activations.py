"""Every activation of an installed library gives the kind that its stub declares: range, sum over the declared axis, exp of a logarithm.

Parametrised over the stubs, on scores of three axes of different size and on extreme values. ``not_run.toml`` names what is not run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from logitlint import catalog
from logitlint.catalog import Contract, Result, Signature
from numerics.arrays import Array, plain
from numerics.build import CannotRun, arrays, instance, options, overloads
from numerics.installed import locate
from numerics.not_run import MOST, NOT_RUN

RUN = ("torch", "keras", "tensorflow", "jax", "flax", "scipy")

SIZE = (3, 4, 5)
SCORES = np.random.default_rng(2).standard_normal(SIZE) * 3
EXTREME = np.random.default_rng(4).choice([-1e3, -50.0, -1.0, 0.0, 1.0, 50.0, 1e3], SIZE)
AXES = ("axis", "dim")
TINY = 1e-5


def _sums_to_one(y: Array, axis: int) -> bool:
    others = [other for other in range(y.ndim) if other != axis % y.ndim]
    return bool(np.allclose(y.sum(axis=axis), 1, atol=1e-4) and not any(np.allclose(y.sum(axis=other), 1, atol=1e-4) for other in others))


def _between(low: float, high: float) -> Callable[[Array, Array, int | None], bool]:
    return lambda x, y, axis: bool((y >= low - TINY).all() and (y <= high + TINY).all() and np.ptp(y) > 0)


def _half_bounded(x: Array, y: Array, axis: int | None) -> bool:
    """Follows large values up and gives little of the negative ones."""
    return bool((y[x >= 50] >= 25).all() and (y[x <= -50] > x[x <= -50] / 2).all())


#: Whether what came of ``x`` is of the kind; ``axis`` is the declared one.
KINDS: dict[str, Callable[[Array, Array, int | None], bool]] = {
    "ProbCat": lambda x, y, axis: _between(0, 1)(x, y, axis) and (axis is None or _sums_to_one(y, axis) or np.abs(x).max() > 100),
    "LogProbCat": lambda x, y, axis: bool((y <= TINY).all()) and (axis is None or _sums_to_one(np.exp(y), axis) or np.abs(x).max() > 100),
    "ProbEl": lambda x, y, axis: bool(np.allclose(y, 0.5 * (1 + np.tanh(x / 2)), atol=1e-4)),
    "LogProbEl": lambda x, y, axis: bool(np.allclose(np.exp(y), 0.5 * (1 + np.tanh(x / 2)), atol=1e-4) and np.isfinite(y).all()),
    "Unit": _between(0, 1),
    "Rectified": lambda x, y, axis: bool(np.allclose(y, np.maximum(x, 0), rtol=1e-4, atol=1e-4)),
    "NonNeg": lambda x, y, axis: bool((y >= -TINY).all() and np.ptp(y) > 0),
    "BoundedPM1": _between(-1, 1),
    "Bounded06": _between(0, 6),
    "HalfBounded": _half_bounded,
}

CASES: dict[str, tuple[Contract, Signature | None, Signature]] = {
    f"{contract.name}#{number}": (contract, *overload)
    for contract in catalog.members()
    if contract.sort == "Activation" and contract.name.partition(".")[0] in RUN and locate(contract.name) is not None
    for number, overload in enumerate(overloads(contract))
    if overload[1].result is not None and overload[1].result.op in KINDS
}


def axis_of(result: Result, given: dict[str, Any], defaults: dict[str, object]) -> int | None:
    """The class axis that a result declares, as a number; None when it declares none or the library chooses it."""
    declared = result.args[0] if result.args else None
    value = given.get(declared, defaults.get(declared)) if isinstance(declared, str) else declared
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def run(case: str, x: Array) -> tuple[Array, int | None]:
    contract, init, call = CASES[case]
    first = next((param.name for param in call.params), None)
    assert first is not None
    if any(param.role == "input" for param in call.params):
        first = next(param.name for param in call.params if param.role == "input")
    built = frozenset(param.name for param in init.params) if init is not None else frozenset()
    signature = init if init is not None else call
    declared = call.result.args[:1] if call.result is not None else ()
    given = options(call, frozenset({first}) | built | frozenset(AXES))
    given |= {param.name: -1 for param in call.params if param.name in declared and param.name not in built}
    function = (
        instance(contract, init) if init is None or not any(param.name in AXES for param in init.params) else axis_given(contract, init)
    )
    every = {param.name: param.default for param in signature.params} | dict.fromkeys(built & set(AXES), -1)
    library = contract.name.partition(".")[0]
    value = arrays(library, {first: x.astype("float32")})[first]
    positional = next(param for param in call.params if param.name == first).mode == "positional"
    try:
        y = function(value, **given) if positional else function(**{first: value}, **given)
    except Exception as error:
        raise CannotRun(f"raises {type(error).__name__}") from error
    result = call.result
    assert result is not None
    return plain(y), axis_of(result, given, every)


def axis_given(contract: Contract, init: Signature) -> Any:
    """An object of the class, with the last axis for the class axis."""
    chosen = {param.name: -1 for param in init.params if param.name in AXES}
    return locate(contract.name)(**options(init, frozenset(AXES)), **chosen)


@pytest.mark.parametrize("case", CASES)
def test_the_output_has_the_declared_kind(case: str) -> None:
    result = CASES[case][2].result
    assert result is not None
    for x in (SCORES, EXTREME):
        try:
            y, axis = run(case, x)
        except CannotRun as error:
            assert NOT_RUN["activations"].get(case) == str(error)
            return
        assert case not in NOT_RUN["activations"]
        assert np.isfinite(y).all() or result.op == "NonNeg"
        if case in NOT_RUN["faults"]:
            assert not KINDS[result.op](x, y, axis)
            return
        assert KINDS[result.op](x, y, axis), f"{result} over {axis}: between {y.min()} and {y.max()}"


def test_activations_that_are_not_run_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(NOT_RUN["activations"]) <= MOST["activations"]
    assert set(NOT_RUN["activations"]) - set(CASES) == set()
    with capsys.disabled():
        done = len(CASES) - len(NOT_RUN["activations"])
        print(f"\nactivations: {done} overloads verified by number, {len(NOT_RUN['activations'])} not runnable: {NOT_RUN['activations']}")
    assert done > 150
