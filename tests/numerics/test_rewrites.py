"""Every rewrite that a rule calls safe: the same number wherever the original has one, and a number where it has none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import tensorflow as tf
import torch
import torch.nn.functional as F

ROWS, CLASSES = 256, 7
Function = Callable[[Any], Any]


def draw(scale: float, dtype: str) -> np.ndarray:
    return (np.random.default_rng(3).standard_normal((ROWS, CLASSES)) * scale).astype(dtype)


def torch_run(function: Function, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    variable = torch.tensor(x, requires_grad=True)
    value = function(variable)
    value.sum().backward()
    assert variable.grad is not None
    return value.detach().numpy(), variable.grad.numpy()


def tf_run(function: Function, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    variable = tf.Variable(x)
    with tf.GradientTape() as tape:
        value = function(variable)
        total = tf.reduce_sum(value)
    return value.numpy(), tape.gradient(total, variable).numpy()


def jax_run(function: Function, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with jax.enable_x64(x.dtype == np.float64):
        variable = jnp.asarray(x)
        return np.asarray(function(variable)), np.asarray(jax.grad(lambda v: function(v).sum())(variable))


RUNNERS = {"torch": torch_run, "tensorflow": tf_run, "jax": jax_run}
LABELS = torch.tensor(np.random.default_rng(5).integers(0, CLASSES, ROWS))

#: rule, framework -> (what people write, what the fix writes)
STABILITY: dict[tuple[str, str], tuple[Function, Function]] = {
    ("LGT301 log(softmax)", "torch"): (lambda x: torch.log(torch.softmax(x, -1)), lambda x: F.log_softmax(x, -1)),
    ("LGT301 log(softmax)", "tensorflow"): (lambda x: tf.math.log(tf.nn.softmax(x)), lambda x: tf.nn.log_softmax(x)),
    ("LGT301 log(softmax)", "jax"): (lambda x: jnp.log(jax.nn.softmax(x)), lambda x: jax.nn.log_softmax(x)),
    ("LGT302 log(sigmoid)", "torch"): (lambda x: torch.log(torch.sigmoid(x)), F.logsigmoid),
    ("LGT302 log(sigmoid)", "tensorflow"): (lambda x: tf.math.log(tf.sigmoid(x)), tf.math.log_sigmoid),
    ("LGT302 log(sigmoid)", "jax"): (lambda x: jnp.log(jax.nn.sigmoid(x)), jax.nn.log_sigmoid),
    ("LGT303 log(1 - sigmoid)", "torch"): (lambda x: torch.log(1 - torch.sigmoid(x)), lambda x: F.logsigmoid(-x)),
    ("LGT303 log1p(-sigmoid)", "torch"): (lambda x: torch.log1p(-torch.sigmoid(x)), lambda x: F.logsigmoid(-x)),
    ("LGT303 log(1 - sigmoid)", "tensorflow"): (lambda x: tf.math.log(1 - tf.sigmoid(x)), lambda x: tf.math.log_sigmoid(-x)),
    ("LGT303 log(1 - sigmoid)", "jax"): (lambda x: jnp.log(1 - jax.nn.sigmoid(x)), lambda x: jax.nn.log_sigmoid(-x)),
    ("LGT306 log(sum(exp))", "torch"): (lambda x: x.exp().sum(-1).log(), lambda x: torch.logsumexp(x, -1)),
    ("LGT307 log(1 + exp)", "torch"): (lambda x: torch.log(1 + torch.exp(x)), F.softplus),
    ("LGT307 log1p(exp)", "torch"): (lambda x: torch.log1p(torch.exp(x)), F.softplus),
}

#: Rewrites without a numerical effect: pairs that must agree on every input.
REDUNDANT: dict[str, tuple[Function, Function]] = {
    "LGT102 cross_entropy(log_softmax) -> nll_loss(log_softmax)": (
        lambda x: F.cross_entropy(F.log_softmax(x, 1), LABELS),
        lambda x: F.nll_loss(F.log_softmax(x, 1), LABELS),
    ),
    "LGT102 cross_entropy(log_softmax) -> cross_entropy": (
        lambda x: F.cross_entropy(F.log_softmax(x, 1), LABELS),
        lambda x: F.cross_entropy(x, LABELS),
    ),
    "softmax(log_softmax) -> softmax": (lambda x: F.log_softmax(x, 1).softmax(1), lambda x: F.softmax(x, 1)),
}

#: Left alone by the rules that look for a logarithm of a probability: the replacement is another function.
NOT_EQUIVALENT: dict[str, tuple[Function, Function]] = {
    "log(softmax + eps)": (lambda x: torch.log(torch.softmax(x, -1) + 1e-3), lambda x: F.log_softmax(x, -1)),
    "log of a mean of softmaxes": (lambda x: torch.softmax(x, -1).mean(0).log(), lambda x: F.log_softmax(x, -1).mean(0)),
    "softmax(softmax)": (lambda x: x.softmax(-1).softmax(-1), lambda x: x.softmax(-1)),
    "sigmoid(sigmoid)": (lambda x: x.sigmoid().sigmoid(), torch.sigmoid),
    "log_softmax over the other axis": (lambda x: torch.softmax(x, 0).log(), lambda x: F.log_softmax(x, 1)),
}


@pytest.mark.parametrize(("rule", "framework"), STABILITY)
def test_the_rewrite_is_the_same_function(rule: str, framework: str) -> None:
    original, replacement = STABILITY[rule, framework]
    x = draw(3.0, "float64")
    value, gradient = RUNNERS[framework](original, x)
    new_value, new_gradient = RUNNERS[framework](replacement, x)
    np.testing.assert_allclose(new_value, value, atol=2e-8)  # 1e-8: torch's softplus is linear above 20, exp(-20) = 2e-9
    np.testing.assert_allclose(new_gradient, gradient, atol=2e-8)


@pytest.mark.parametrize(("rule", "framework"), STABILITY)
def test_the_rewrite_mends_what_the_original_breaks(rule: str, framework: str) -> None:
    original, replacement = STABILITY[rule, framework]
    x = draw(1e3, "float32")
    value, gradient = RUNNERS[framework](original, x)
    new_value, new_gradient = RUNNERS[framework](replacement, x)
    assert not np.isfinite(value).all(), "the original holds here: there is nothing to warn of"
    assert np.isfinite(new_value).all()
    assert np.isfinite(new_gradient).all()
    assert np.isfinite(new_gradient).sum() >= np.isfinite(gradient).sum()


@pytest.mark.parametrize("name", REDUNDANT)
@pytest.mark.parametrize("scale", [3.0, 1e3])
def test_a_redundant_step_changes_nothing(name: str, scale: float) -> None:
    original, replacement = REDUNDANT[name]
    value, gradient = torch_run(original, draw(scale, "float32"))
    new_value, new_gradient = torch_run(replacement, draw(scale, "float32"))
    np.testing.assert_allclose(new_value, value, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(new_gradient, gradient, atol=1e-6)


@pytest.mark.parametrize("name", NOT_EQUIVALENT)
def test_a_rewrite_that_no_rule_may_call_safe(name: str) -> None:
    original, replacement = NOT_EQUIVALENT[name]
    value, _ = torch_run(original, draw(3.0, "float64"))
    other, _ = torch_run(replacement, draw(3.0, "float64"))
    assert np.abs(value - other).max() > 0.01
