"""Every public loss, activation, metric and distribution has a contract, or a reason why not."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from namespaces import INSTALLED, looked_through, reasons, undecided

from logitlint import catalog

NAMES = looked_through()


@pytest.mark.parametrize("namespace", sorted(NAMES))
def test_every_public_name_is_decided(namespace: str) -> None:
    assert list(undecided(namespace, NAMES[namespace])) == []


def test_a_name_is_decided_once() -> None:
    """A reason beside a contract would be a lie by now; a reason for nothing has lost its name."""
    full = {f"{namespace}.{name}" for namespace, names in NAMES.items() for name in names}
    exact = {each for each in reasons() if "*" not in each}
    assert sorted(each for each in exact if catalog.lookup(each) is not None) == []
    unused = [each for each in reasons() if not any(fnmatchcase(name, each) and catalog.lookup(name) is None for name in full)]
    assert unused == []


def test_every_reason_says_something() -> None:
    assert all(len(reason.split()) >= 2 for reason in reasons().values())
    assert set(INSTALLED) <= set(NAMES)


def test_a_new_name_is_missed() -> None:
    assert list(undecided("torch.nn", ["CrossEntropyLoss", "BrandNewLoss"])) == ["torch.nn.BrandNewLoss"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("mxnet.gluon.loss.SoftmaxCrossEntropyLoss", "already is log-probabilities"),
        ("paddle.nn.functional.cross_entropy", "not log-probabilities"),
        ("mlx.nn.losses.binary_cross_entropy", "unlike its namesake in torch"),
        ("optax.losses.dice_loss", "Applies the activation itself unless told not to"),
        ("segmentation_models_pytorch.losses.DiceLoss", "opposite of the default of Keras"),
        ("distrax.Categorical", "first position is logits"),
        ("tensorflow.compat.v1.distributions.Categorical", "first position is logits"),
        ("tensorflow.random.categorical", "Takes logits"),
        ("keras.random.categorical", "Takes logits"),
        ("catalyst.contrib.losses.LovaszLossMultiClass", "probabilities"),
    ],
)
def test_a_name_that_means_something_else_here_says_so(name: str, says: str) -> None:
    contract = catalog.lookup(name)
    assert contract is not None
    assert says in contract.doc
