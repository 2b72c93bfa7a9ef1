"""Every safe fix, made by the linter on a program and run: the same numbers, and numbers where there were none.

The bounds are those of the facts about rewrites: what rounding alone explains between two right ways to compute one thing.
A reference in float64 decides in the lower precisions: the fixed program may be no further from it than the original was.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import tensorflow as tf
import torch

from logitlint.config import Settings
from logitlint.fixing import fix_sources
from numerics.programs import fixed, function

ROWS, CLASSES = 64, 5
DTYPES = ("float64", "float32", "float16", "bfloat16")
#: Relative steps between neighbouring numbers near 1.
STEP = {"float64": 2.3e-16, "float32": 1.2e-7, "float16": 9.8e-4, "bfloat16": 7.9e-3}


class Program(NamedTuple):
    code: str
    framework: str
    source: str
    breaks: bool = True  #: whether the original is not finite on extreme inputs


def _torch(body: str, head: str = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n") -> str:
    return head + "\n\ndef f(x):\n" + "".join(f"    {line}\n" for line in body.split("\n"))


def _tf(body: str) -> str:
    return _torch(body, "import tensorflow as tf\n")


def _jax(body: str) -> str:
    return _torch(body, "import jax\nimport jax.numpy as jnp\n")


MODULE = """
import torch
from torch import nn


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.softmax = nn.Softmax(dim=-1)

    def forward(self, x):
        return torch.log(self.softmax(x))


def f(x):
    return Head()(x)
"""

SHARED = """
import torch
from torch import nn


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.softmax = nn.Softmax(dim=-1)

    def forward(self, x):
        weight = self.softmax(x.detach() * 0)
        return torch.log(self.softmax(x)) * weight


def f(x):
    return Head()(x)
"""

PROGRAMS = {
    "torch: one expression": Program("LGT301", "torch", _torch("return torch.log(F.softmax(x, dim=1))")),
    "torch: a method, a positional axis": Program("LGT301", "torch", _torch("return x.softmax(0).log()")),
    "torch: a module where it is used": Program("LGT301", "torch", _torch("return torch.log(nn.Softmax(dim=-1)(x))")),
    "torch: a module of a module": Program("LGT301", "torch", MODULE),
    "torch: a name with no other reader": Program("LGT301", "torch", _torch("p = torch.softmax(x * 1.0, -1)\nreturn torch.log(p)")),
    "torch: a name with another reader": Program(
        "LGT301", "torch", _torch("p = torch.softmax(x * 1.0, 1)\nq = torch.log(p)\nreturn q + p.detach()")
    ),
    "torch: with a dtype": Program("LGT301", "torch", _torch("return torch.log(F.softmax(x, dim=-1, dtype=torch.float64))")),
    "torch: a column": Program("LGT301", "torch", _torch("p = F.softmax(x, dim=1)\nreturn torch.log(p[:, 2])")),
    "torch: a module that has another use": Program("LGT301", "torch", SHARED),
    "torch: two branches": Program(
        "LGT301",
        "torch",
        _torch("if x.dim() > 2:\n    p = torch.softmax(x.flatten(1), -1)\nelse:\n    p = torch.softmax(x, -1)\nreturn torch.log(p)"),
    ),
    "torch: log of a sigmoid": Program("LGT302", "torch", _torch("return torch.log(torch.sigmoid(x))")),
    "torch: of a sigmoid, by methods": Program("LGT302", "torch", _torch("return (x - 0.5).sigmoid().log()")),
    "torch: of a sigmoid in another shape": Program(
        "LGT302", "torch", _torch("z = x * 1.0\np = torch.sigmoid(z)[:, 1]\nreturn torch.log(p) + p.detach()")
    ),
    "torch: of one minus a sigmoid": Program("LGT303", "torch", _torch("return torch.log(1 - torch.sigmoid(x))")),
    "torch: log1p of minus a sigmoid": Program("LGT303", "torch", _torch("return torch.log1p(-torch.sigmoid(x + 1))")),
    "torch: log of a sum of exponentials": Program(
        "LGT306", "torch", _torch("return torch.log(torch.sum(torch.exp(x), dim=1, keepdim=True))")
    ),
    "torch: by methods": Program("LGT306", "torch", _torch("return x.exp().sum(1).log()")),
    "torch: softplus": Program("LGT307", "torch", _torch("return torch.log(1 + torch.exp(x))")),
    "torch: softplus by log1p": Program("LGT307", "torch", _torch("return torch.log1p(torch.exp(x))")),
    "tensorflow: softmax": Program("LGT301", "tensorflow", _tf("return tf.math.log(tf.nn.softmax(x, axis=-1))")),
    "tensorflow: sigmoid": Program("LGT302", "tensorflow", _tf("return tf.math.log(tf.sigmoid(x))")),
    "tensorflow: a sigmoid in another shape": Program(
        "LGT303", "tensorflow", _tf("z = x * 1.0\np = tf.reshape(tf.nn.sigmoid(z), [-1])\nreturn tf.math.log(1 - p)")
    ),
    "tensorflow: one minus a sigmoid": Program("LGT303", "tensorflow", _tf("return tf.math.log(1.0 - tf.nn.sigmoid(x))")),
    "tensorflow: TensorFlow 1": Program(
        "LGT301", "tensorflow", _torch("return tf.log(tf.nn.softmax(x))", "import tensorflow.compat.v1 as tf\n")
    ),
    "tensorflow: sum of exponentials": Program("LGT306", "tensorflow", _tf("return tf.math.log(tf.reduce_sum(tf.exp(x), axis=1))")),
    "tensorflow: softplus": Program("LGT307", "tensorflow", _tf("return tf.math.log(1.0 + tf.exp(x))")),
    "jax: softmax": Program("LGT301", "jax", _jax("return jnp.log(jax.nn.softmax(x, axis=-1))")),
    "jax: sigmoid": Program("LGT302", "jax", _jax("return jnp.log(jax.nn.sigmoid(x))")),
    "jax: a sigmoid in another shape": Program(
        "LGT302", "jax", _jax("z = x * 1.0\np = jax.nn.sigmoid(z).reshape(-1)\nreturn jnp.log(p) + jax.lax.stop_gradient(p)")
    ),
    "jax: one minus a sigmoid": Program("LGT303", "jax", _jax("return jnp.log(1 - jax.nn.sigmoid(x))")),
    "jax: sum of exponentials": Program("LGT306", "jax", _jax("return jnp.log(jnp.sum(jnp.exp(x), axis=1, keepdims=True))")),
    "jax: softplus": Program("LGT307", "jax", _jax("return jnp.log(1 + jnp.exp(x))")),
    "keras: softmax": Program("LGT301", "keras", _torch("return ops.log(ops.softmax(x, axis=-1))", "from keras import ops\n")),
    "keras: sigmoid": Program("LGT302", "keras", _torch("return ops.log(ops.sigmoid(x))", "from keras import ops\n")),
    "torch: cross entropy of log-softmax": Program(
        "LGT102",
        "torch",
        _torch("return F.cross_entropy(F.log_softmax(x, dim=1), torch.arange(len(x)) % 5, reduction='none')"),
        breaks=False,
    ),
    "torch: an axis that was not named": Program("LGT405", "torch", _torch("x = x.view(64, 5)\nreturn F.softmax(x)"), breaks=False),
}


def draw(scale: float, seed: int = 11) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((ROWS, CLASSES)) * scale


def run(framework: str, source: str, x: np.ndarray, dtype: str) -> tuple[np.ndarray, np.ndarray]:
    """Value and gradient, as float64."""
    call = function(source)
    if framework == "torch":
        variable = torch.tensor(x, dtype=getattr(torch, dtype), requires_grad=True)
        value = call(variable)
        value.sum().backward()
        assert variable.grad is not None
        return value.detach().double().numpy(), variable.grad.double().numpy()
    if framework == "jax":
        with jax.enable_x64(dtype == "float64"):
            given = jnp.asarray(x, dtype=dtype)
            gradient = jax.grad(lambda v: call(v).sum())(given)
            return np.asarray(call(given), np.float64), np.asarray(gradient, np.float64)
    given = tf.Variable(tf.cast(x, dtype))
    with tf.GradientTape() as tape:
        value = call(given + 0)
        total = tf.reduce_sum(value)
    return tf.cast(value, "float64").numpy(), tf.cast(tape.gradient(total, given), "float64").numpy()


def worst(found: np.ndarray, exact: np.ndarray) -> float:
    """The largest error, relative where the exact number is large; over the places where the exact one is finite."""
    error = np.abs(found - exact) / np.maximum(1.0, np.abs(exact))
    return float(np.max(np.where(np.isfinite(exact), error, 0.0)))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_fixed_program_computes_the_same(name: str, dtype: str) -> None:
    program = PROGRAMS[name]
    after = fixed(program.source, program.code)
    x = draw(2.0)
    rounded = x.astype(np.float32) if dtype == "float32" else x
    old = run(program.framework, program.source, rounded, dtype)
    new = run(program.framework, after, rounded, dtype)
    assert old[0].shape == new[0].shape
    # softplus is linear above 20 in torch: 2e-9; one minus a sigmoid loses digits in the original
    room = 3e-8 if dtype == "float64" else 40 * STEP[dtype] * (30 if program.code == "LGT303" else 1)
    finite = [np.isfinite(each) for each in old]
    for before, now, known in zip(old, new, finite, strict=True):
        assert np.isfinite(now).all()
        assert worst(np.where(known, now, 0.0), np.where(known, before, 0.0)) <= room


@pytest.mark.parametrize("name", [name for name, program in PROGRAMS.items() if program.breaks])
def test_the_fixed_program_is_finite_where_the_original_is_not(name: str) -> None:
    program = PROGRAMS[name]
    after = fixed(program.source, program.code)
    x = draw(2e3).astype(np.float32)
    value, gradient = run(program.framework, program.source, x, "float32")
    new_value, new_gradient = run(program.framework, after, x, "float32")
    assert not (np.isfinite(value).all() and np.isfinite(gradient).all()), "the original holds here: there is nothing to mend"
    assert np.isfinite(new_value).all()
    assert np.isfinite(new_gradient).all()
    both = np.isfinite(value) & np.isfinite(new_value)
    assert worst(np.where(both, new_value, 0.0), np.where(both, value, 0.0)) <= 0.5, "off where the original had a number"


@pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
@pytest.mark.parametrize("name", [name for name, program in PROGRAMS.items() if "dtype" not in name])
def test_the_fixed_program_is_as_near_to_the_exact_result(name: str, dtype: str) -> None:
    program = PROGRAMS[name]
    after = fixed(program.source, program.code)
    x = draw(2.0)
    exact = run(program.framework, after, np.asarray(tf.cast(tf.cast(x, dtype), "float64")), "float64")
    old = run(program.framework, program.source, x, dtype)
    new = run(program.framework, after, x, dtype)
    for number, best in enumerate(exact):
        slack = 4 * STEP[dtype] * max(1.0, float(np.abs(best).max()))
        assert worst(new[number], best) <= np.nan_to_num(worst(old[number], best), nan=np.inf) + slack


#: What may stand between the activation and the logarithm, on rows of five scores ``z`` with one label each, ``y``.
BETWEEN = (
    "p = F.softmax(z, dim=-1).gather(1, y)\nreturn torch.log(p) + p.detach()",
    "p = F.softmax(z, dim=-1)[:, 1]\nprint(p.shape)\nreturn torch.log(p)",
    "p, other = F.softmax(z, dim=-1), 1\nq = p.gather(1, y)\nreturn torch.log(q) + other",
    "p = F.softmax(z, dim=1).unsqueeze(0)\nq = torch.log(p)\nreturn q * p.detach()",
    "p = F.softmax(z, dim=1).t()\nq = torch.log(p)\nreturn q * p.detach()",
    "box = type('Box', (), {})()\nbox.p = F.softmax(z, dim=-1)\nq = box.p.gather(1, y)\nreturn torch.log(q) + box.p.sum().detach()",
    "p = torch.sigmoid(z).flatten()\nreturn torch.log(p) + torch.log(1 - p) + p.detach()",
    "p = torch.sigmoid(z).gather(1, y).squeeze(1)\nreturn torch.log(1 - p) * p.detach()",
)


@pytest.mark.parametrize("body", BETWEEN)
def test_a_safe_fix_keeps_what_stands_between_or_is_none(body: str) -> None:
    source = _torch(f"z, y = x * 1.0, torch.arange(len(x))[:, None] % 5\n{body}")
    done = fix_sources({"program.py": source.encode()}, Settings(select=("LGT30",)), unsafe=False)[1]
    after = done.contents.get("program.py", source.encode()).decode()
    old, new = (run("torch", each, draw(2.0), "float64") for each in (source, after))
    for before, now in zip(old, new, strict=True):
        assert before.shape == now.shape
        assert worst(now, before) <= 3e-8
