"""Reference formulas in float64: what a loss of a kind may compute, from the scores that the value was made of.

Each gives one number for each example (or element); a library's loss equals one of them, averaged or summed in one of the usual ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from logitlint.kinds import Want
from numerics.arrays import Array, log_sigmoid, log_softmax

#: From scores, a one-hot or soft target of the same shape, and the class axis, to what is averaged.
Formula = Callable[[Array, Array, int], Array]


def cross_entropy(x: Array, t: Array, axis: int) -> Array:
    return np.asarray(-(t * log_softmax(x, axis)).sum(axis=axis))


def divergence(x: Array, t: Array, axis: int) -> Array:
    return np.asarray((t * (np.log(np.where(t > 0, t, 1)) - log_softmax(x, axis))).sum(axis=axis))


def divergence_by_element(x: Array, t: Array, axis: int) -> Array:
    return np.asarray(t * (np.log(np.where(t > 0, t, 1)) - log_softmax(x, axis)))


def focal_softmax(gamma: float) -> Formula:
    def formula(x: Array, t: Array, axis: int) -> Array:
        log_p = log_softmax(x, axis)
        return np.asarray(-(t * (1 - np.exp(log_p)) ** gamma * log_p).sum(axis=axis))

    return formula


def binary_cross_entropy(x: Array, t: Array, axis: int) -> Array:
    return np.asarray(-(t * log_sigmoid(x) + (1 - t) * log_sigmoid(-x)))


def binary_cross_entropy_of_a_softmax(x: Array, t: Array, axis: int) -> Array:
    p = np.clip(np.exp(log_softmax(x, axis)), 1e-300, 1 - 1e-16)
    return np.asarray(-(t * np.log(p) + (1 - t) * np.log1p(-p)))


def focal_sigmoid(gamma: float, alpha: float | None) -> Formula:
    def formula(x: Array, t: Array, axis: int) -> Array:
        signed = np.where(t > 0.5, x, -x)
        weight = 1.0 if alpha is None else np.where(t > 0.5, alpha, 1 - alpha)
        return np.asarray(-weight * (1 - np.exp(log_sigmoid(signed))) ** gamma * log_sigmoid(signed))

    return formula


def poly_softmax(x: Array, t: Array, axis: int) -> Array:
    return np.asarray(cross_entropy(x, t, axis) + 2.0 * (1 - (t * np.exp(log_softmax(x, axis))).sum(axis=axis)))


def poly_sigmoid(x: Array, t: Array, axis: int) -> Array:
    probability = np.exp(log_sigmoid(np.where(t > 0.5, x, -x)))
    return np.asarray(binary_cross_entropy(x, t, axis) + 2.0 * (1 - probability))


_SOFTMAX: dict[str, Formula] = {
    "cross entropy": cross_entropy,
    "Kullback-Leibler divergence": divergence,
    "Kullback-Leibler divergence by element": divergence_by_element,
    "focal cross entropy": focal_softmax(2.0),
    "poly cross entropy": poly_softmax,
}
_SIGMOID: dict[str, Formula] = {
    "binary cross entropy": binary_cross_entropy,
    "focal binary cross entropy": focal_sigmoid(2.0, None),
    "balanced focal binary cross entropy": focal_sigmoid(2.0, 0.25),
    "halved focal binary cross entropy": focal_sigmoid(2.0, 0.5),
    "poly binary cross entropy": poly_sigmoid,
}

#: By what the stub wants; the value is made from the scores accordingly, so the formula is the same before and after an activation.
FORMULAS: dict[Want, dict[str, Formula]] = {
    Want.LOGITS_CAT: _SOFTMAX,
    Want.PROB_CAT: _SOFTMAX,
    Want.LOGPROB_CAT: _SOFTMAX,
    Want.LOGITS_EL: _SIGMOID,
    Want.PROB_EL: _SIGMOID,
}
#: Constants that libraries put before a formula: the share of one class, of the balanced focal loss.
_FACTORS = (1.0, 0.5, 0.25)


def reductions(found: Array, batch: int) -> Iterator[float]:
    """The ways in which libraries make one number of many."""
    for factor in _FACTORS:
        for value in (found.mean(), found.sum(), found.sum() / batch):
            yield float(factor * value)


def match(want: Want, got: float, scores: Array, target: Array, axis: int, tolerance: float = 2e-4) -> str | None:
    """The name of the formula that gives ``got``; None when none does."""
    for name, formula in FORMULAS.get(want, {}).items():
        expected = formula(scores, target, axis)
        if any(np.isclose(got, value, rtol=tolerance, atol=1e-7) for value in reductions(expected, len(scores))):
            return name
    return None
