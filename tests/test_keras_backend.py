"""How grave a softmax before ``from_logits=True`` is depends on what Keras runs on."""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.diagnostics import Diagnostic
from logitlint.engine import check

_MODEL = """
model = keras.Sequential([keras.layers.Dense(3, activation="softmax"){after}])
model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))
"""


def found(text: str, backend: str = "auto") -> Diagnostic:
    (diagnostic,) = check({"case.py": text.encode()}, Settings(keras_backend=backend)).diagnostics
    assert diagnostic.code == "LGT101"
    return diagnostic


def program(imports: str, after: str = "") -> str:
    return imports + _MODEL.format(after=after)


@pytest.mark.parametrize(
    "imports", ["from tensorflow import keras", "import tf_keras as keras", "import tensorflow as tf\nkeras = tf.keras"]
)
def test_tensorflow_undoes_it_and_warns(imports: str) -> None:
    finding = found(program(imports))
    assert finding.level == "warning"
    assert "cache" in finding.message


def test_without_a_known_backend_it_is_an_error() -> None:
    assert found(program("import keras")).level == "error"


@pytest.mark.parametrize(("backend", "level"), [("tensorflow", "warning"), ("jax", "error"), ("torch", "error")])
def test_the_code_may_name_the_backend(backend: str, level: str) -> None:
    assert found(program(f'import os\nos.environ["KERAS_BACKEND"] = "{backend}"\nimport keras')).level == level
    assert found(program(f"import os\nos.environ.setdefault('KERAS_BACKEND', '{backend}')\nimport keras")).level == level


@pytest.mark.parametrize(("backend", "level"), [("tensorflow", "warning"), ("jax", "error"), ("torch", "error")])
def test_the_setting_overrides_the_code(backend: str, level: str) -> None:
    assert found(program("import keras"), backend).level == level
    assert found(program("from tensorflow import keras"), backend).level == level


@pytest.mark.parametrize("layer", ["keras.layers.Reshape((3,))", "keras.layers.Flatten()"])
def test_a_layer_that_loses_the_cache_makes_it_an_error(layer: str) -> None:
    assert found(program("from tensorflow import keras", ", " + layer)).level == "error"


def test_a_plain_function_does_not_ask_the_cache() -> None:
    text = """
import tensorflow as tf
model = tf.keras.Sequential([tf.keras.layers.Dense(3, activation="softmax")])


def loss(x, y):
    return tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=model(x))
"""
    assert found(text).level == "error"


def test_the_other_family_of_activation_stays_an_error() -> None:
    text = program("from tensorflow import keras").replace("softmax", "sigmoid")
    (diagnostic,) = check({"case.py": text.encode()}).diagnostics
    assert (diagnostic.code, diagnostic.level) == ("LGT104", "error")


_DIFFERENTIATED = """
import jax
from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(3, activation="softmax")])
criterion = keras.losses.CategoricalCrossentropy(from_logits=True)


def objective(trainable, others, x, y):
    y_pred, others = model.stateless_call(trainable, others, x, training=True)
    return criterion(y, y_pred), others


gradients = jax.value_and_grad(objective, has_aux=True)
"""


def test_jax_differentiates_what_has_no_cache() -> None:
    finding = found(_DIFFERENTIATED)
    assert finding.level == "error"
    assert "only the TensorFlow backend undoes it" in finding.message
