"""What the rules beyond the table of kinds claim: the numbers in their messages and on their pages."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import keras
import numpy as np
import optax
import pytest
import tensorflow as tf
import torch
import torch.nn.functional as F
from torch.distributions import Bernoulli, Categorical

GENERATOR = torch.Generator().manual_seed(11)
SCORES = torch.randn(32, 7, generator=GENERATOR, dtype=torch.float64) * 3
LABELS = torch.randint(0, 7, (32,), generator=GENERATOR)
ROWS = F.one_hot(LABELS, 7).double()
ELEMENTS = (torch.rand(32, 7, generator=GENERATOR) > 0.5).double()


def gradient(loss: object, x: torch.Tensor) -> torch.Tensor:
    variable = x.clone().requires_grad_(True)
    loss(variable).backward()  # type: ignore[operator]
    assert variable.grad is not None
    return variable.grad


# ---------------------------------------------------------------------- LGT305: written out and fused


def test_the_written_out_cross_entropy_is_the_fused_one() -> None:
    written = -(ROWS * F.log_softmax(SCORES, dim=1)).sum(dim=1).mean()
    torch.testing.assert_close(written, F.cross_entropy(SCORES, ROWS))
    torch.testing.assert_close(written, F.cross_entropy(SCORES, LABELS))
    p = torch.sigmoid(SCORES)
    binary = -(ELEMENTS * torch.log(p) + (1 - ELEMENTS) * torch.log(1 - p)).mean()
    torch.testing.assert_close(binary, F.binary_cross_entropy_with_logits(SCORES, ELEMENTS))


def test_the_written_out_cross_entropy_agrees_in_tensorflow_and_jax() -> None:
    x, y = SCORES.numpy(), ROWS.numpy()
    np.testing.assert_allclose(-tf.reduce_sum(y * tf.nn.log_softmax(x), 1), tf.nn.softmax_cross_entropy_with_logits(y, x))
    written = -jnp.sum(jnp.asarray(y) * jax.nn.log_softmax(jnp.asarray(x)), axis=-1)
    np.testing.assert_allclose(written, optax.softmax_cross_entropy(jnp.asarray(x), jnp.asarray(y)), rtol=1e-5)


def test_a_rounded_probability_makes_the_written_out_form_not_a_number() -> None:
    x, y = torch.tensor([[200.0, 0.0]]), torch.tensor([[1.0, 0.0]])
    assert torch.isnan(-(y * torch.log(torch.softmax(x, 1))).sum())
    assert F.cross_entropy(x, y) == 0
    p = torch.sigmoid(x)
    assert torch.isnan(-(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean())
    assert torch.isfinite(F.binary_cross_entropy_with_logits(x, y))


# ---------------------------------------------------------------------- LGT301 and LGT404: what is left of a softmax


def test_one_hot_rows_leave_a_probability_that_rounds_to_zero() -> None:
    x, row = torch.tensor([[120.0, 0.0]]), torch.tensor([[0.0, 1.0]])
    assert torch.log((torch.softmax(x, 1) * row).sum(1)) == -torch.inf
    assert (F.log_softmax(x, 1) * row).sum(1) == -120
    taken = torch.log((torch.softmax(SCORES, 1) * ROWS).sum(1))
    torch.testing.assert_close(taken, (F.log_softmax(SCORES, 1) * ROWS).sum(1))


@pytest.mark.parametrize("temperature", [0.5, 1.0, 4.0, 20.0])
def test_a_softmax_of_divided_probabilities_keeps_their_ratio_below_a_bound(temperature: float) -> None:
    soft = torch.softmax(torch.softmax(SCORES * 10, 1) / temperature, 1)
    ratio = soft.max(1).values / soft.min(1).values
    assert ratio.max() <= np.exp(1 / temperature) * (1 + 1e-9)
    assert (torch.softmax(SCORES * 10 / temperature, 1).max(1).values >= soft.max(1).values).all()


@pytest.mark.parametrize("temperature", [0.05, 0.2, 1.0])
def test_the_logarithm_of_a_softmax_of_cosines_is_that_of_log_softmax(temperature: float) -> None:
    """Why LGT301 is silent there: in float32, for cosines of 1 and -1 beside one another, no ratio is 0 and no gradient is lost."""
    cosines = torch.tensor([[1.0, -1.0, 0.3], [-1.0, 1.0, 0.0], [-1.0, 1.0, 1.0]], requires_grad=True)
    powers = torch.exp(cosines / temperature)
    written = -torch.log(powers.diag() / powers.sum(1))
    fused = -torch.log_softmax(cosines / temperature, 1).diag()
    torch.testing.assert_close(written, fused, rtol=1e-4, atol=1e-6)
    gradients = [torch.autograd.grad(each.sum(), cosines, retain_graph=True)[0] for each in (written, fused)]
    torch.testing.assert_close(*gradients, rtol=1e-3, atol=1e-5)


def test_both_sides_of_a_sigmoid_are_a_distribution_over_two_classes() -> None:
    """What is given p and 1 - p side by side and wants logarithms of them is wrong by as much as with softmax (LGT203, LGT101)."""
    scores = SCORES[:, :1] * 3
    p = torch.sigmoid(scores)
    both, labels = torch.cat((1 - p, p), 1), (SCORES[:, 1] > 0).long()
    right = F.binary_cross_entropy_with_logits(scores[:, 0], labels.to(scores.dtype))
    torch.testing.assert_close(F.nll_loss(torch.log(both), labels), right)
    perfect = F.one_hot(labels, 2).to(scores.dtype)  # what a model comes to that is right and sure
    torch.testing.assert_close(F.nll_loss(perfect, labels), torch.tensor(-1.0, dtype=scores.dtype))
    torch.testing.assert_close(F.cross_entropy(perfect, labels), torch.log1p(torch.exp(-torch.ones((), dtype=scores.dtype))))


@pytest.mark.filterwarnings("ignore")
def test_over_one_class_keras_finds_a_loss_of_zero_whatever_the_sigmoid_says() -> None:
    for p in (0.01, 0.5, 0.99):
        loss = keras.losses.sparse_categorical_crossentropy(np.array([0]), np.array([[p]]))
        np.testing.assert_allclose(keras.ops.convert_to_numpy(loss), 0, atol=1e-6)


# ---------------------------------------------------------------------- LGT308: the sigmoid fused or not


def test_a_saturated_sigmoid_loses_the_gradient() -> None:
    x, y = torch.tensor([200.0]), torch.tensor([0.0])
    assert F.binary_cross_entropy(torch.sigmoid(x), y) == 100
    assert gradient(lambda v: F.binary_cross_entropy(torch.sigmoid(v), y), x) == 0
    assert F.binary_cross_entropy_with_logits(x, y) == 200
    assert gradient(lambda v: F.binary_cross_entropy_with_logits(v, y), x) == 1


def test_where_nothing_saturates_the_two_agree() -> None:
    torch.testing.assert_close(
        F.binary_cross_entropy(torch.sigmoid(SCORES), ELEMENTS), F.binary_cross_entropy_with_logits(SCORES, ELEMENTS)
    )


# ---------------------------------------------------------------------- LGT310: the logarithm is missing


def test_without_the_logarithm_the_gradient_vanishes_where_it_is_needed() -> None:
    x, y = torch.tensor([[10.0, 0.0]], dtype=torch.float64), torch.tensor([1])
    rows = F.one_hot(y, 2)
    lost = gradient(lambda v: -(torch.softmax(v, 1) * rows).sum(), x)
    kept = gradient(lambda v: F.cross_entropy(v, y), x)
    assert lost.abs().max() == pytest.approx(4.5e-5, rel=0.02)
    assert kept.abs().max() == pytest.approx(0.99995, abs=1e-5)


# ---------------------------------------------------------------------- LGT406: the other axis


def test_over_the_batch_the_rows_do_not_sum_to_one() -> None:
    p = torch.softmax(SCORES, dim=0)
    torch.testing.assert_close(p.sum(dim=0), torch.ones(7, dtype=torch.float64))
    assert (p.sum(dim=1) - 1).abs().max() > 0.1
    assert torch.equal(torch.softmax(SCORES[:1], dim=0), torch.ones(1, 7, dtype=torch.float64))
    assert not torch.isclose(F.nll_loss(F.log_softmax(SCORES, dim=0), LABELS), F.cross_entropy(SCORES, LABELS))


def test_the_loss_looks_for_the_classes_along_axis_one() -> None:
    scores = SCORES.reshape(4, 8, 7)
    labels = LABELS.reshape(4, 8)
    right = F.nll_loss(F.log_softmax(scores, dim=2).transpose(1, 2), labels)
    torch.testing.assert_close(right, F.cross_entropy(SCORES, LABELS))
    with pytest.raises((RuntimeError, ValueError, IndexError)):
        F.nll_loss(F.log_softmax(scores, dim=2), labels)


def test_a_single_example_has_its_classes_along_axis_zero() -> None:
    torch.testing.assert_close(F.nll_loss(F.log_softmax(SCORES[0], dim=0), LABELS[0]), F.cross_entropy(SCORES[:1], LABELS[:1]))


# ---------------------------------------------------------------------- LGT407: no gradient


def test_what_is_rounded_or_compared_has_no_gradient() -> None:
    x = SCORES.clone().requires_grad_(True)
    assert not (torch.sigmoid(x) > 0.5).double().requires_grad
    assert not x.argmax(dim=1).double().requires_grad
    torch.round(torch.sigmoid(x)).sum().backward()
    assert x.grad is not None
    assert x.grad.abs().max() == 0
    hard = F.gumbel_softmax(x, hard=True)
    assert hard.requires_grad
    np.testing.assert_array_equal(jax.grad(lambda v: jnp.round(jax.nn.sigmoid(v)).sum())(jnp.ones(3)), np.zeros(3))


# ---------------------------------------------------------------------- LGT408: the form of labels


def test_one_hot_labels_are_refused_by_the_losses_on_class_numbers() -> None:
    with pytest.raises(RuntimeError):
        F.nll_loss(F.log_softmax(SCORES, 1), ROWS)
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        keras.losses.sparse_categorical_crossentropy(ROWS.numpy(), torch.softmax(SCORES, 1).numpy())
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError, TypeError)):
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.cast(ROWS.numpy(), tf.int64), logits=SCORES.numpy())
    with pytest.raises((AssertionError, TypeError, ValueError)):
        optax.softmax_cross_entropy_with_integer_labels(jnp.asarray(SCORES.numpy()), jnp.asarray(ROWS.numpy()))


def test_class_numbers_are_refused_by_the_losses_on_one_hot_labels() -> None:
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        keras.losses.categorical_crossentropy(LABELS.numpy(), torch.softmax(SCORES, 1).numpy())
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError)):
        tf.nn.softmax_cross_entropy_with_logits(labels=LABELS.double().numpy(), logits=SCORES.numpy())


def test_cross_entropy_of_torch_takes_both_forms() -> None:
    torch.testing.assert_close(F.cross_entropy(SCORES, ROWS), F.cross_entropy(SCORES, LABELS))


def test_scores_as_target_have_no_minimum() -> None:
    taught = torch.tensor([[2.0, -1.0, -1.0]])
    for student in (torch.zeros(1, 3), taught, 10 * taught):
        torch.testing.assert_close(gradient(lambda v: F.cross_entropy(v, taught), student), -taught)


def test_the_cross_entropy_of_scores_with_themselves_is_no_entropy() -> None:
    scores = SCORES.numpy()
    own = keras.losses.categorical_crossentropy(scores, scores, from_logits=True)
    moved = keras.losses.categorical_crossentropy(scores + 1, scores + 1, from_logits=True)
    assert np.abs(np.asarray(own) - np.asarray(moved)).min() > 0.1
    policy = torch.softmax(SCORES, 1).numpy()
    entropy = -(policy * np.log(policy)).sum(-1)
    np.testing.assert_allclose(keras.losses.categorical_crossentropy(policy, scores, from_logits=True), entropy, rtol=1e-5)
    np.testing.assert_allclose(keras.losses.categorical_crossentropy(policy, scores + 1, from_logits=True), entropy, rtol=1e-5)


# ---------------------------------------------------------------------- LGT409: swapped


def test_swapped_arguments_give_another_number_and_another_gradient() -> None:
    x, rows = torch.tensor([[2.0, 0.0, -1.0]]), torch.tensor([[1.0, 0.0, 0.0]])
    assert F.cross_entropy(x, rows) == pytest.approx(0.17, abs=0.01)
    assert F.cross_entropy(rows, x) == pytest.approx(-0.45, abs=0.01)
    swapped = gradient(lambda v: F.cross_entropy(rows, v), x)
    torch.testing.assert_close(swapped, gradient(lambda v: F.cross_entropy(rows, v), 5 * x))


def test_the_swapped_label_of_a_discriminator_gives_every_guess_the_same_gradient() -> None:
    guess, label = torch.tensor([0.3]), torch.ones(1)
    assert F.binary_cross_entropy(guess, label) == pytest.approx(1.20, abs=0.01)
    assert F.binary_cross_entropy(label, guess) == pytest.approx(70, abs=0.1)
    first, second = (gradient(lambda v: F.binary_cross_entropy(label, v), each) for each in (guess, guess * 2))
    torch.testing.assert_close(first, second)
    assert float(keras.losses.binary_crossentropy(guess.numpy(), label.numpy())) == pytest.approx(11.2, abs=0.1)


# ---------------------------------------------------------------------- LGT501: distributions


def test_probabilities_as_logits_are_almost_uniform() -> None:
    assert Categorical(logits=torch.tensor([1.0, 0.0])).probs[0] == pytest.approx(0.73, abs=0.002)
    assert Bernoulli(logits=torch.tensor(1.0)).probs == pytest.approx(0.73, abs=0.002)
    drawn = jax.random.categorical(jax.random.key(0), jnp.array([1.0, 0.0]), shape=(20_000,))
    assert float(jnp.mean(drawn == 0)) == pytest.approx(0.73, abs=0.02)
    sampled = tf.random.stateless_categorical(tf.constant([[1.0, 0.0]]), 20_000, seed=(1, 2))
    assert float(tf.reduce_mean(tf.cast(sampled == 0, tf.float32))) == pytest.approx(0.73, abs=0.02)


def test_log_probabilities_as_probabilities_turn_the_order_around() -> None:
    turned = Categorical(probs=torch.log(torch.tensor([0.9, 0.1]))).probs
    torch.testing.assert_close(turned, torch.tensor([0.0438, 0.9562]), atol=1e-4, rtol=0)


def test_log_probabilities_are_as_good_as_logits() -> None:
    torch.testing.assert_close(Categorical(logits=F.log_softmax(SCORES, 1)).probs, Categorical(logits=SCORES).probs)
    torch.testing.assert_close(Categorical(torch.softmax(SCORES, 1)).probs, Categorical(logits=SCORES).probs)


# ---------------------------------------------------------------------- LGT502, LGT503: logits taken for probabilities


def test_the_threshold_of_logits_is_zero() -> None:
    x = SCORES.flatten()
    assert torch.equal(torch.sigmoid(x) > 0.5, x > 0)
    assert float(torch.sigmoid(torch.tensor(0.5))) == pytest.approx(0.62, abs=0.005)
    assert not torch.equal(torch.sigmoid(x) > 0.5, x > 0.5)


def test_logits_are_no_probabilities() -> None:
    assert SCORES.min() < 0
    assert SCORES.max() > 1
    assert (SCORES.sum(dim=1) - 1).abs().min() > 1e-3
