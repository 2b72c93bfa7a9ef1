"""Keras: the same pair of head and loss trains different objectives on different backends, which is why a level knows the backend."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import Any

import numpy as np
import pytest

from logitlint.config import Settings
from logitlint.engine import check

PROGRAM = """
import json, warnings
import numpy as np
import keras

rng = np.random.default_rng(0)
readings = rng.standard_normal((64, 9)).astype("float32")
classes = rng.integers(0, 4, 64)
one_hot = np.eye(4, dtype="float32")[classes]


def run(activation, loss, reshape=False, target=one_hot, shift=0.0):
    keras.utils.set_random_seed(1)
    layers = [keras.Input((9,)), keras.layers.Dense(4, activation=activation, kernel_initializer="random_normal")]
    layers[1].kernel_initializer.stddev = 1.0
    layers[1].bias_initializer = keras.initializers.Constant(shift)  # far below zero: a row of zeros after a relu
    model = keras.Sequential(layers + ([keras.layers.Reshape((4,))] if reshape else []))
    model.compile("sgd", loss=loss)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = model.evaluate(readings, target, verbose=0)
    return {"loss": float(value), "warned": any("from_logits" in str(w.message) for w in caught)}


categorical = lambda: keras.losses.CategoricalCrossentropy(from_logits=True)
binary = lambda: keras.losses.BinaryCrossentropy(from_logits=True)
print(json.dumps({
    "right": run(None, categorical()),
    "softmax": run("softmax", categorical()),
    "softmax, reshaped": run("softmax", categorical(), reshape=True),
    "log_softmax": run("log_softmax", categorical()),
    "raw": run(None, "categorical_crossentropy"),
    "raw, categorical": run(None, "categorical_crossentropy"),
    "raw, sparse": run(None, "sparse_categorical_crossentropy", target=classes),
    "relu, categorical": run("relu", "categorical_crossentropy", target=one_hot, shift=-9.0),
    "sigmoid, categorical": run("sigmoid", "categorical_crossentropy"),
    "softmax, binary": run("softmax", "binary_crossentropy"),
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


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
@pytest.mark.parametrize(
    ("head", "loss", "right", "code"),
    [("softmax", "CategoricalCrossentropy", "right", "LGT101"), ("sigmoid", "BinaryCrossentropy", "binary right", "LGT103")],
)
def test_the_level_is_what_the_backend_does(backend: str, head: str, loss: str, right: str, code: str) -> None:
    """An error where another objective is trained, a warning where Keras rescues the pair: measured here, told by logitlint."""
    text = (
        "import keras\n"
        f'model = keras.Sequential([keras.layers.Dense(4, activation="{head}")])\n'
        f"model.compile(loss=keras.losses.{loss}(from_logits=True))\n"
    )
    (finding,) = check({"case.py": text.encode()}, Settings(keras_backend=backend)).diagnostics
    runs = measured(backend)
    rescued = runs[head]["loss"] == pytest.approx(runs[right]["loss"], rel=1e-4)
    assert (finding.code, finding.level) == (code, "warning" if rescued else "error")
    reshaped = text.replace(")])", "), keras.layers.Reshape((4,))])")
    (finding,) = check({"case.py": reshaped.encode()}, Settings(keras_backend=backend)).diagnostics
    assert (finding.code, finding.level) == (code, "error")


#: Keras' own numbers on the same data, by the activation and the loss: the first on TensorFlow, the second on JAX and torch.
TABLE = {
    ("sigmoid", "categorical"): ("right", None),
    ("softmax", "binary"): ("binary right", None),
    ("raw", "sparse"): (None, "raw, categorical"),
}


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
@pytest.mark.parametrize("pair", TABLE, ids=" ".join)
def test_the_cache_does_not_say_which_activation_made_it(backend: str, pair: tuple[str, str]) -> None:
    """On TensorFlow the wrong pair, without from_logits, is computed from the values before the activation; elsewhere from those after."""
    runs = measured(backend)
    on_tensorflow, elsewhere = TABLE[pair]
    got = runs[f"{pair[0]}, {pair[1]}"]["loss"]
    same = on_tensorflow if backend == "tensorflow" else elsewhere
    if same is not None:
        assert got == pytest.approx(runs[same]["loss"], rel=1e-3)
    other = elsewhere if backend == "tensorflow" else on_tensorflow
    if other is not None:
        assert got != pytest.approx(runs[other]["loss"], rel=0.02)
    assert not runs[f"{pair[0]}, {pair[1]}"]["warned"]


@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_a_relu_before_a_loss_on_probabilities_gives_no_number(backend: str) -> None:
    assert np.isnan(measured(backend)["relu, categorical"]["loss"])
