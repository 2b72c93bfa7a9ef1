"""Arrays of each framework, from and to NumPy, and the values of each kind made from the same scores."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from logitlint.kinds import Kind
from numerics.installed import module

Array = Any  #: of NumPy, which a checker need not have

_TORCH = (
    "torch",
    "torchvision",
    "torchmetrics",
    "monai",
    "timm",
    "kornia",
    "segmentation_models_pytorch",
    "pytorch_toolbelt",
    "catalyst",
    "ignite",
)
_JAX = ("jax", "optax", "flax", "haiku", "equinox", "distrax", "tensorflow_probability")
_TENSORFLOW = ("tensorflow", "keras", "tf_keras")


@cache
def maker(library: str) -> Callable[[Array], Any]:
    """What turns a NumPy array into the library's own; floats are single where the library says so by default."""
    if library in _TORCH:
        return lambda array: module("torch").tensor(array)
    if library in _JAX:
        return lambda array: module("jax").numpy.asarray(array)
    if library in _TENSORFLOW:
        return lambda array: module("tensorflow").constant(array if array.dtype.kind != "f" else array.astype("float32"))
    if library == "tinygrad":
        return lambda array: module("tinygrad").Tensor(array.astype("float32") if array.dtype.kind == "f" else array)
    return lambda array: array


def plain(value: Any) -> Array:
    """Any framework's array as float64."""
    if isinstance(value, (tuple, list)) and value:
        value = value[0]
    for name in ("detach", "numpy"):
        value = getattr(value, name)() if hasattr(value, name) and not isinstance(value, np.ndarray) else value
    return np.asarray(value, dtype="float64")


def logsumexp(x: Array, axis: int) -> Array:
    peak = x.max(axis=axis, keepdims=True)
    return np.asarray(peak + np.log(np.exp(x - peak).sum(axis=axis, keepdims=True)))


def log_softmax(x: Array, axis: int = 1) -> Array:
    return np.asarray(x - logsumexp(x, axis))


def log_sigmoid(x: Array) -> Array:
    return np.asarray(np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x))))


#: A value of each kind, from scores and the class axis.
VALUES: dict[Kind, Callable[[Array, int], Array]] = {
    Kind.SCORES: lambda x, axis: x,
    Kind.PROB_CAT: lambda x, axis: np.exp(log_softmax(x, axis)),
    Kind.PROB_EL: lambda x, axis: np.exp(log_sigmoid(x)),
    Kind.LOGPROB_CAT: lambda x, axis: log_softmax(x, axis),
    Kind.LOGPROB_EL: lambda x, axis: log_sigmoid(x),
    Kind.RECTIFIED: lambda x, axis: np.maximum(x, 0),
    Kind.BOUNDED_PM1: lambda x, axis: np.tanh(x),
}
