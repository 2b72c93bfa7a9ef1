"""The two computations that motivate the project, with real TensorFlow."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

TARGETS = np.identity(3, dtype="float32")
PROBABILITIES = np.array([[1, 0, 0], [0.05, 0.89, 0.06], [0.05, 0.01, 0.94]], dtype="float32")

SCORES = [[0.5, 1.5, 0.1], [2.2, 1.3, 1.7]]
CLASSES = [1, 2]
PER_EXAMPLE = [0.4790107, 1.19967598]
MEAN = 0.83934333897877944


def test_probabilities_into_a_loss_on_logits_cost_ten_times_too_much() -> None:
    loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)
    assert float(loss(TARGETS, tf.constant(PROBABILITIES))) == pytest.approx(0.5889537, rel=1e-6)


def test_the_same_probabilities_into_the_loss_that_wants_them() -> None:
    loss = tf.keras.losses.CategoricalCrossentropy(from_logits=False)
    assert float(loss(TARGETS, tf.constant(PROBABILITIES))) == pytest.approx(0.059469786, rel=1e-6)


def test_no_prediction_is_good_enough_when_the_softmax_is_applied_twice() -> None:
    """Perfect probabilities still cost log(1 + 2/e): the loss has a floor that no training gets below."""
    loss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)
    assert float(loss(TARGETS, tf.constant(TARGETS))) == pytest.approx(np.log(1 + 2 / np.e), rel=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_written_out_and_the_fused_cross_entropy_agree_up_to_the_last_digits(dtype: str) -> None:
    scores = tf.constant(SCORES, dtype=dtype)
    labels = tf.one_hot(CLASSES, 3, dtype=dtype)
    written_out = -tf.reduce_sum(labels * tf.math.log(tf.nn.softmax(scores)), axis=1)
    fused = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=scores)
    last_digits = 5e-7 if dtype == "float32" else 1e-14
    np.testing.assert_allclose(fused, PER_EXAMPLE, rtol=5e-7)  # given to seven digits
    assert float(tf.reduce_mean(fused)) == pytest.approx(MEAN, rel=last_digits)
    np.testing.assert_allclose(written_out, fused, rtol=last_digits)
