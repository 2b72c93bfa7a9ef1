"""Lines that differ in one construct: right ones are silent, wrong ones are found or at least never called right."""

from __future__ import annotations

import pytest

from logitlint.engine import Report, check

TORCH = """
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

lin, one, conv, conv3 = nn.Linear(8, 5), nn.Linear(8, 1), nn.Conv2d(3, 5, 1), nn.Conv3d(3, 5, 1)
cut = nn.Parameter(torch.zeros(6))
for x, y, mask in torch.load("d.pt"):
    {line}
"""
KERAS = """
import keras
import tensorflow as tf
from keras import layers

x = keras.Input((8,))
model = keras.Model(x, {output})
model.compile("adam", {loss})
"""
JAX = """
import jax
import jax.numpy as jnp
import optax
from flax import linen as nn


class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        return {output}


def loss(params, x, y):
    return {loss}.mean()


jax.value_and_grad(loss)(params, x, y)
"""


def report(text: str) -> Report:
    return check({"main.py": text.encode()})


def codes(text: str) -> list[str]:
    """Of what is reported by default as an error or a warning."""
    return [each.code for each in report(text).diagnostics if each.confidence == "certain" and each.level != "note"]


def verdicts(text: str) -> list[str]:
    """What the audit says of each loss."""
    return [row.verdict for row in report(text).audit]


#: One unit beside something wider is as wide as that.
BROADCASTS = [
    "F.cross_entropy(one(x) + lin(x), y)",
    "F.cross_entropy(lin(x) + one(x), y)",
    "F.cross_entropy(one(x) - lin(x), y)",
    "F.cross_entropy(one(x) + cut, y)",
    "F.cross_entropy(cut + one(x), y)",
    "F.cross_entropy(one(x).add(lin(x)), y)",
    "F.cross_entropy(torch.sub(one(x), lin(x)), y)",
    "F.cross_entropy(torch.where(mask, one(x), lin(x)), y)",
    "q = one(x) + lin(x) - lin(x).mean(1, keepdim=True); F.nll_loss(torch.log_softmax(q, dim=-1), y)",
]


@pytest.mark.parametrize("line", BROADCASTS)
def test_one_unit_takes_the_width_of_its_partner(line: str) -> None:
    assert codes(TORCH.format(line=line)) == []


def test_one_unit_beside_one_unit_stays_one() -> None:
    assert codes(TORCH.format(line="F.cross_entropy(one(x) + one(x), y)")) == ["LGT411"]
    assert codes(TORCH.format(line="F.cross_entropy(one(x) + 0.5, y)")) == ["LGT411"]


@pytest.mark.parametrize("output", ["layers.Dense(1)(x) + layers.Dense(5)(x)", "layers.Add()([layers.Dense(1)(x), layers.Dense(5)(x)])"])
def test_one_unit_of_keras_takes_the_width_of_its_partner(output: str) -> None:
    assert codes(KERAS.format(output=output, loss="keras.losses.CategoricalCrossentropy(from_logits=True)")) == []
    assert codes(KERAS.format(output=f"layers.Softmax()({output})", loss="'categorical_crossentropy'")) == []


@pytest.mark.parametrize("output", ["nn.Dense(1)(x) + nn.Dense(5)(x)", "jnp.subtract(nn.Dense(1)(x), nn.Dense(5)(x))"])
def test_one_unit_of_flax_takes_the_width_of_its_partner(output: str) -> None:
    assert codes(JAX.format(output=output, loss="optax.softmax_cross_entropy(Net().apply(params, x), y)")) == []
