"""LGT305: a cross entropy that is written out and the fused one that the fix puts in its place are the same number, run in the framework.

Both are held to each other, value and gradient, and to the formula in NumPy. On extreme inputs the fused one is finite.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import tensorflow as tf
import torch

from numerics.programs import fixed, function

ROWS, CLASSES = 32, 5
GENERATOR = np.random.default_rng(7)
SCORES = GENERATOR.standard_normal((ROWS, CLASSES)) * 2
NUMBERS = GENERATOR.integers(0, CLASSES, ROWS)
ONE_HOT = np.eye(CLASSES)[NUMBERS]
SOFT = GENERATOR.dirichlet(np.ones(CLASSES), ROWS)
BITS = GENERATOR.integers(0, 2, (ROWS, CLASSES)).astype(float)
MAPS = GENERATOR.standard_normal((4, CLASSES, 3))
MAP_LABELS = np.moveaxis(GENERATOR.dirichlet(np.ones(CLASSES), (4, 3)), -1, 1)


def cross_entropy(scores: np.ndarray, labels: np.ndarray, axis: int = 1) -> np.ndarray:
    log_p = scores - np.log(np.exp(scores).sum(axis, keepdims=True))
    return np.asarray(-(labels * log_p).sum(axis))


SOFT_LOSS = cross_entropy(SCORES, SOFT)
HARD_LOSS = cross_entropy(SCORES, ONE_HOT)
BINARY = np.logaddexp(0, SCORES) - BITS * SCORES


class Written(NamedTuple):
    framework: str
    body: str
    labels: np.ndarray
    expected: Any
    scores: np.ndarray = SCORES
    breaks: bool = True  #: whether the original is not finite on extreme inputs


HEADS = {
    "torch": "import torch\nimport torch.nn.functional as F\n",
    "tensorflow": "import tensorflow as tf\n",
    "jax": "import jax\nimport jax.numpy as jnp\nimport optax\n",
    "keras": "from keras import ops\n",
}
PROGRAMS = {
    "torch: log-softmax": Written("torch", "return -(y * F.log_softmax(x, dim=1)).sum(dim=1).mean()", SOFT, SOFT_LOSS.mean(), breaks=False),
    "torch: one number per example": Written("torch", "return -torch.sum(y * torch.log(torch.softmax(x, 1)), 1)", SOFT, SOFT_LOSS),
    "torch: the sum of all": Written(
        "torch", "p = F.softmax(x * 1.0, dim=1)\nloss = -torch.sum(y * torch.log(p))\nreturn loss / p.shape[0]", SOFT, SOFT_LOSS.mean()
    ),
    "torch: the mean outside": Written("torch", "return torch.mean(torch.sum(-y * x.softmax(1).log(), 1))", SOFT, SOFT_LOSS.mean()),
    "torch: one-hot rows": Written(
        "torch", "return -(F.one_hot(y, 5) * torch.log(F.softmax(x, dim=1))).sum(1).mean()", NUMBERS, HARD_LOSS.mean()
    ),
    "torch: one-hot rows under a name": Written(
        "torch", "t = F.one_hot(y, 5)\nreturn -(t * F.log_softmax(x, dim=1)).sum(1).mean()", NUMBERS, HARD_LOSS.mean(), breaks=False
    ),
    "torch: a map of distributions": Written(
        "torch",
        "return -(y * F.log_softmax(x, dim=1)).sum(dim=1).mean()",
        MAP_LABELS,
        cross_entropy(MAPS, MAP_LABELS).mean(),
        MAPS,
        breaks=False,
    ),
    "torch: two terms": Written(
        "torch", "p = torch.sigmoid(x)\nreturn -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()", BITS, BINARY.mean()
    ),
    "torch: two terms of log-sigmoids": Written(
        "torch", "return -((1 - y) * F.logsigmoid(-x) + y * F.logsigmoid(x))", BITS, BINARY, breaks=False
    ),
    "torch: two negative terms": Written(
        "torch", "p = x.sigmoid()\nreturn (-y * p.log() - (1.0 - y) * torch.log1p(-p)).sum()", BITS, BINARY.sum()
    ),
    "tensorflow: one number per example": Written(
        "tensorflow", "return -tf.reduce_sum(y * tf.math.log(tf.nn.softmax(x)), axis=1)", SOFT, SOFT_LOSS
    ),
    "tensorflow: the mean": Written(
        "tensorflow", "p = tf.nn.softmax(x)\nreturn tf.reduce_mean(-tf.reduce_sum(y * tf.math.log(p), axis=[1]))", SOFT, SOFT_LOSS.mean()
    ),
    "tensorflow: the sum of all": Written("tensorflow", "return -tf.reduce_sum(y * tf.math.log(tf.nn.softmax(x)))", SOFT, SOFT_LOSS.sum()),
    "tensorflow: another axis": Written(
        "tensorflow",
        "return -tf.reduce_mean(tf.reduce_sum(y * tf.nn.log_softmax(x, axis=1), axis=1))",
        MAP_LABELS,
        cross_entropy(MAPS, MAP_LABELS).mean(),
        MAPS,
        breaks=False,
    ),
    "tensorflow: two terms": Written(
        "tensorflow",
        "p = tf.sigmoid(x)\nreturn -tf.reduce_mean(y * tf.math.log(p) + (1.0 - y) * tf.math.log(1.0 - p))",
        BITS,
        BINARY.mean(),
    ),
    "jax: the mean": Written("jax", "return -jnp.sum(y * jax.nn.log_softmax(x), axis=-1).mean()", SOFT, SOFT_LOSS.mean(), breaks=False),
    "jax: one-hot rows": Written(
        "jax", "return -jnp.mean(jnp.sum(jax.nn.one_hot(y, 5) * jnp.log(jax.nn.softmax(x)), axis=-1))", NUMBERS, HARD_LOSS.mean()
    ),
    "jax: two terms": Written(
        "jax", "p = jax.nn.sigmoid(x)\nreturn -jnp.mean(y * jnp.log(p) + (1 - y) * jnp.log(1 - p))", BITS, BINARY.mean()
    ),
    "keras: one number per example": Written("keras", "return -ops.sum(y * ops.log(ops.softmax(x, axis=-1)), axis=-1)", SOFT, SOFT_LOSS),
    "keras: two terms": Written(
        "keras", "p = ops.sigmoid(x)\nreturn -ops.mean(y * ops.log(p) + (1 - y) * ops.log(1 - p))", BITS, BINARY.mean()
    ),
}


def source(program: Written) -> str:
    return HEADS[program.framework] + "\n\ndef f(x, y):\n" + "".join(f"    {line}\n" for line in program.body.split("\n"))


def run(framework: str, text: str, x: np.ndarray, y: np.ndarray, dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Value, and gradient of its sum."""
    call = function(text)
    kind = "int32" if y.dtype.kind == "i" else dtype
    if framework == "torch":
        given = torch.tensor(x, dtype=getattr(torch, dtype), requires_grad=True)
        value = call(given, torch.tensor(y, dtype=torch.int64 if y.dtype.kind == "i" else getattr(torch, dtype)))
        value.sum().backward()
        assert given.grad is not None
        return value.detach().double().numpy(), given.grad.double().numpy()
    if framework == "jax":
        with jax.enable_x64(dtype == "float64"):
            labels = jnp.asarray(y, dtype=kind)
            gradient = jax.grad(lambda v: call(v, labels).sum())(jnp.asarray(x, dtype=dtype))
            return np.asarray(call(jnp.asarray(x, dtype=dtype), labels), np.float64), np.asarray(gradient, np.float64)
    variable = tf.Variable(tf.cast(x, dtype))
    with tf.GradientTape() as tape:
        value = call(variable + 0, tf.cast(y, kind))
        total = tf.reduce_sum(value)
    return value.numpy().astype(float), tape.gradient(total, variable).numpy().astype(float)


@pytest.mark.parametrize(("dtype", "room"), [("float64", 1e-10), ("float32", 2e-5)])
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_fused_loss_is_the_same_number(name: str, dtype: str, room: float) -> None:
    program = PROGRAMS[name]
    after = fixed(source(program), "LGT305", unsafe=True)
    assert "log" not in after.split("return")[-1].replace("logits", ""), "the logarithm is still taken by hand"
    old = run(program.framework, source(program), program.scores, program.labels, dtype)
    new = run(program.framework, after, program.scores, program.labels, dtype)
    assert new[0] == pytest.approx(np.asarray(program.expected), rel=max(room, 1e-6), abs=1e-6)
    for before, now in zip(old, new, strict=True):
        assert before.shape == now.shape
        assert now == pytest.approx(before, rel=room, abs=room)


@pytest.mark.parametrize("name", [name for name, program in PROGRAMS.items() if program.breaks])
def test_the_fused_loss_is_finite_where_the_original_is_not(name: str) -> None:
    program = PROGRAMS[name]
    after = fixed(source(program), "LGT305", unsafe=True)
    x = program.scores * 1e3
    old = run(program.framework, source(program), x, program.labels, "float32")
    new = run(program.framework, after, x, program.labels, "float32")
    assert not all(np.isfinite(each).all() for each in old), "the original holds here: there is nothing to mend"
    assert all(np.isfinite(each).all() for each in new)
