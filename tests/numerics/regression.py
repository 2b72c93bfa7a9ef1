"""Reference formulas in float64 of losses that take any real value: distances, margins and overlaps.

No kind is wrong here, so a formula proves that the argument is the prediction and that nothing is applied to it first.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from numerics.arrays import Array
from numerics.formulas import reductions

#: From the prediction, the target as it was passed and as one-hot rows, and the class axis, to what is averaged.
Formula = Callable[[Array, Array, Array, int], Array]


def _of_distance(rule: Callable[[Array], Array]) -> Formula:
    return lambda x, t, hot, axis: np.asarray(rule(x - t))


def _signs(t: Array) -> Array:
    """Labels of 0 and 1, or of -1 and 1, as -1 and 1."""
    return t if t.min() < 0 else 2 * t - 1


def _of_margin(rule: Callable[[Array], Array]) -> Formula:
    return lambda x, t, hot, axis: np.asarray(rule(_signs(t) * x))


def _huber(d: Array) -> Array:
    return np.where(np.abs(d) < 1, 0.5 * d**2, np.abs(d) - 0.5)


def _log_cosh(d: Array) -> Array:
    return np.asarray(np.logaddexp(d, -d) - np.log(2))


def _logarithmic(x: Array, t: Array, hot: Array, axis: int) -> Array:
    return np.asarray((np.log1p(np.maximum(x, 1e-7)) - np.log1p(np.maximum(t, 1e-7))) ** 2)


def _percentage(x: Array, t: Array, hot: Array, axis: int) -> Array:
    return np.asarray(100 * np.abs(x - t) / np.maximum(np.abs(t), 1e-7))


def _cosine(x: Array, t: Array, axis: int = -1) -> Array:
    unit = [each / np.maximum(np.linalg.norm(each, axis=axis, keepdims=True), 1e-12) for each in (x, t)]
    return np.asarray((unit[0] * unit[1]).sum(axis=axis))


def _true(x: Array, hot: Array, axis: int) -> Array:
    return np.asarray((x * hot).sum(axis=axis))


def _categorical_hinge(x: Array, t: Array, hot: Array, axis: int) -> Array:
    return np.maximum(0, 1 + ((1 - hot) * x).max(axis=-1) - (hot * x).sum(axis=-1))


def _multi_margin(x: Array, t: Array, hot: Array, axis: int) -> Array:
    margins = (1 - hot) * np.maximum(0, 1 + x - np.expand_dims(_true(x, hot, axis), axis))
    return np.asarray(margins.sum(axis=axis) / x.shape[axis])


def _hardest_margin(x: Array, t: Array, hot: Array, axis: int) -> Array:
    return np.asarray((x + 1 - hot).max(axis=axis) - _true(x, hot, axis))


def _hardest(x: Array, t: Array, hot: Array, axis: int) -> Array:
    return np.asarray(x.max(axis=axis) - _true(x, hot, axis))


def _hinge_embedding(x: Array, t: Array, hot: Array, axis: int) -> Array:
    return np.where(t > 0, x, np.where(t < 0, np.maximum(0, 1 - x), x + np.maximum(0, 1 - x)))


def _dice(axes: Callable[[Array], tuple[int, ...]], smooth: float) -> Formula:
    def formula(x: Array, t: Array, hot: Array, axis: int) -> Array:
        both = (x * t).sum(axis=axes(x))
        total = x.sum(axis=axes(x)) + t.sum(axis=axes(x))
        return np.asarray(1 - (2 * both + smooth) / (total + smooth))

    return formula


def _everything(x: Array) -> tuple[int, ...]:
    return tuple(range(x.ndim))


def _pixels(x: Array) -> tuple[int, ...]:
    return tuple(range(2, x.ndim))


FORMULAS: dict[str, Formula] = {
    "squared error": _of_distance(np.square),
    "absolute error": _of_distance(np.abs),
    "Huber": _of_distance(_huber),
    "log cosh": _of_distance(_log_cosh),
    "Charbonnier": _of_distance(lambda d: np.sqrt(d**2 + 1) - 1),
    "Cauchy": _of_distance(lambda d: np.log1p(d**2 / 2)),
    "Geman-McClure": _of_distance(lambda d: 2 * d**2 / (d**2 + 4)),
    "Welsch": _of_distance(lambda d: 1 - np.exp(-(d**2) / 2)),
    "squared logarithmic error": _logarithmic,
    "absolute percentage error": _percentage,
    "hinge": _of_margin(lambda m: np.maximum(0, 1 - m)),
    "squared hinge": _of_margin(lambda m: np.maximum(0, 1 - m) ** 2),
    "perceptron": _of_margin(lambda m: np.maximum(0, -m)),
    "hinge embedding": _hinge_embedding,
    "categorical hinge": _categorical_hinge,
    "margin of every class": _multi_margin,
    "margin of the hardest class": _hardest_margin,
    "perceptron over classes": _hardest,
    "Poisson of a logarithm": lambda x, t, hot, axis: np.asarray(np.exp(x) - t * x),
    "cosine similarity": lambda x, t, hot, axis: _cosine(x, t),
    "negative cosine similarity": lambda x, t, hot, axis: -_cosine(x, t),
    "cosine distance": lambda x, t, hot, axis: 1 - _cosine(x, t),
    "squared norm": lambda x, t, hot, axis: x**2,
    "Dice over everything": _dice(_everything, 0.0),
    "Dice by channel": _dice(_pixels, 1e-5),
}


#: What reads the target as classes, in whatever form it was passed, or not at all.
_BY_CLASS = frozenset(
    ("categorical hinge", "margin of every class", "margin of the hardest class", "perceptron over classes", "squared norm")
)


def match(got: float, x: Array, target: Array, hot: Array, axis: int) -> str | None:
    """The name of the formula that gives ``got``; None when none does."""
    for name, formula in FORMULAS.items():
        if target.shape != x.shape and name not in _BY_CLASS:
            continue
        values = reductions(formula(x, target.astype("float64"), hot, axis), len(x))
        if any(np.isclose(got, value, rtol=2e-4, atol=1e-7) for value in values):
            return name
    return None
