"""Keras: the same pair of head and loss trains different objectives on different backends, which is why a level knows the backend."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

PROGRAM = """
import json, warnings
import numpy as np
import keras

rng = np.random.default_rng(0)
readings = rng.standard_normal((64, 9)).astype("float32")
classes = rng.integers(0, 4, 64)
one_hot = np.eye(4, dtype="float32")[classes]


def run(activation, loss, reshape=False):
    keras.utils.set_random_seed(1)
    layers = [keras.Input((9,)), keras.layers.Dense(4, activation=activation, kernel_initializer="random_normal")]
    layers[1].kernel_initializer.stddev = 1.0
    model = keras.Sequential(layers + ([keras.layers.Reshape((4,))] if reshape else []))
    model.compile("sgd", loss=loss)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = model.evaluate(readings, one_hot, verbose=0)
    return {"loss": float(value), "warned": any("from_logits" in str(w.message) for w in caught)}


categorical = lambda: keras.losses.CategoricalCrossentropy(from_logits=True)
binary = lambda: keras.losses.BinaryCrossentropy(from_logits=True)
print(json.dumps({
    "right": run(None, categorical()),
    "softmax": run("softmax", categorical()),
    "softmax, reshaped": run("softmax", categorical(), reshape=True),
    "log_softmax": run("log_softmax", categorical()),
    "raw": run(None, "categorical_crossentropy"),
    "binary right": run(None, binary()),
    "sigmoid": run("sigmoid", binary()),
}))
"""


@cache
def measured(backend: str) -> dict[str, Any]:
    environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


@pytest.mark.parametrize(("head", "right"), [("softmax", "right"), ("sigmoid", "binary right")])
def test_tensorflow_rescues_the_pair_and_warns(head: str, right: str) -> None:
    runs = measured("tensorflow")
    assert runs[head]["loss"] == pytest.approx(runs[right]["loss"], rel=1e-4)
    assert runs[head]["warned"]


@pytest.mark.parametrize("backend", ["jax", "torch"])
@pytest.mark.parametrize(("head", "right"), [("softmax", "right"), ("sigmoid", "binary right")])
def test_the_other_backends_train_the_wrong_objective_silently(backend: str, head: str, right: str) -> None:
    runs = measured(backend)
    assert runs[head]["loss"] != pytest.approx(runs[right]["loss"], rel=0.05)
    assert not runs[head]["warned"]


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_a_reshape_behind_the_activation_makes_it_wrong_everywhere(backend: str) -> None:
    runs = measured(backend)
    assert runs["softmax, reshaped"]["loss"] != pytest.approx(runs["right"]["loss"], rel=0.05)
    assert not runs["softmax, reshaped"]["warned"]


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_log_softmax_is_redundant_and_raw_scores_with_the_string_are_wrong(backend: str) -> None:
    runs = measured(backend)
    assert runs["log_softmax"]["loss"] == pytest.approx(runs["right"]["loss"], rel=1e-4)
    assert runs["raw"]["loss"] != pytest.approx(runs["right"]["loss"], rel=0.05)
