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


#: A class that is picked out of a distribution over them, wherever its axis stands among the others.
COLUMNS = [
    "F.binary_cross_entropy(conv(x).softmax(1)[:, 1, :, :], y)",
    "F.binary_cross_entropy(conv(x).softmax(1)[:, 1, ...], y)",
    "F.binary_cross_entropy(conv(x).softmax(1)[:, 1:, :, :], y)",
    "F.binary_cross_entropy(conv3(x).softmax(1)[:, 2, :, :, :], y)",
    "F.binary_cross_entropy(conv(x).softmax(-3)[..., 1, :, :], y)",
    "F.binary_cross_entropy(conv(x).softmax(dim=1)[np.arange(4), y], y)",
    "F.binary_cross_entropy(lin(x).softmax(1).unbind(1)[1], y)",
    "F.binary_cross_entropy(lin(x).softmax(1).chunk(5, 1)[1], y)",
    "F.binary_cross_entropy(torch.split(lin(x).softmax(-1), 1, dim=-1)[1], y)",
]


@pytest.mark.parametrize("line", COLUMNS)
def test_a_class_is_picked_along_its_axis(line: str) -> None:
    assert codes(TORCH.format(line=line)) == []


@pytest.mark.parametrize("output", ["tf.unstack(p, axis=1)[1]", "tf.split(p, 3, axis=1)[1]", "tf.split(p, 3, axis=-1)[1]", "p[..., 1:]"])
def test_a_class_of_keras_is_picked_along_its_axis(output: str) -> None:
    dense = 'layers.Dense(3, activation="softmax")(x)'
    assert codes(KERAS.format(output=f"(lambda p: {output})({dense})", loss="'binary_crossentropy'")) == []


@pytest.mark.parametrize("part", ["[:, :, 0]", "[:, :, 1:]", "[:, :, 0, :]", "[0:2]", "[..., 1:, :]"])
def test_other_axes_of_a_distribution_are_cut_without_harm(part: str) -> None:
    assert codes(TORCH.format(line=f"F.cross_entropy(conv(x).softmax(1){part}, y)")) == ["LGT101"]
    assert verdicts(TORCH.format(line=f"F.nll_loss(conv(x).log_softmax(1){part}, y)")) == ["ok"]


#: The kind of the prediction alone does not make these right.
DOUBTFUL = [
    # cut along the classes, or joined along them
    "F.nll_loss(lin(x).log_softmax(1)[:, :4], y)",
    "F.nll_loss(lin(x).log_softmax(1).chunk(2, 1)[0], y)",
    "F.nll_loss(lin(x).log_softmax(1).narrow(1, 0, 4), y)",
    "F.nll_loss(nn.Linear(8, 12)(x).log_softmax(-1).view(-1, 4), y)",
    "F.nll_loss(torch.cat([lin(x).log_softmax(1), lin(x).log_softmax(1)], dim=1), y)",
    # another axis
    "F.nll_loss(lin(x).log_softmax(0), y)",
    "F.ctc_loss(F.log_softmax(lin(x), dim=1), y, mask, mask)",
    "F.nll_loss(F.log_softmax(lin(x), dim=1).view(-1, 5), y)",
    "F.nll_loss(F.log_softmax(lin(x), dim=1).flatten(0, 1), y)",
    "F.nll_loss(F.log_softmax(lin(x), dim=-1).flatten(1), y)",
    "F.kl_div(F.log_softmax(lin(x), dim=1), F.softmax(lin(x), dim=0))",
    "F.kl_div(F.log_softmax(conv(x), dim=1), F.softmax(conv(x), dim=-1))",
    # element by element
    "F.nll_loss(F.logsigmoid(lin(x)), y)",
    "F.ctc_loss(F.logsigmoid(lin(x)), y, mask, mask)",
    # no longer what a layer gave
    "F.cross_entropy(lin(x).clamp(-1, 1), y)",
    "F.cross_entropy(lin(x).clamp(max=0), y)",
    "F.cross_entropy(lin(x) * 0.0, y)",
    "F.cross_entropy(lin(x).masked_fill(mask, 0.0), y)",
    "F.cross_entropy(torch.where(mask, lin(x), 0.0), y)",
    # the target
    "F.kl_div(lin(x).log_softmax(1), lin(y) / 2.0)",
    "F.kl_div(lin(x).log_softmax(1), lin(y).sigmoid())",
    "F.kl_div(lin(x).log_softmax(1), lin(y).argmax(1))",
    "F.kl_div(lin(x).log_softmax(1), lin(y).softmax(1), log_target=True)",
    "nn.KLDivLoss(log_target=True)(lin(x).log_softmax(1), lin(y).softmax(1))",
    "F.binary_cross_entropy_with_logits(lin(x), lin(y).tanh())",
]
#: And these are as they ought to be.
RIGHT = [
    "F.nll_loss(lin(x).log_softmax(1), y)",
    "F.nll_loss(lin(x).log_softmax(-1), y)",
    "F.nll_loss(lin(x).log_softmax(-1).view(-1, 5), y)",
    "F.nll_loss(lin(x).log_softmax(2).view(-1, 5), y)",
    "F.nll_loss(torch.cat([lin(x).log_softmax(1), lin(x).log_softmax(1)], dim=0), y)",
    "F.nll_loss(conv(x).log_softmax(1).view(4, 5, -1), y)",
    "F.ctc_loss(lin(x).log_softmax(-1), y, mask, mask)",
    "F.ctc_loss(lin(x).log_softmax(2), y, mask, mask)",
    "F.cross_entropy(lin(x).clamp(-20, 20), y)",
    "F.cross_entropy(lin(x).clamp(-1, 1) * 10.0, y)",
    "F.cross_entropy(lin(x).masked_fill(mask, -1e9), y)",
    "F.cross_entropy(torch.where(mask, lin(x), -1e9), y)",
    "F.nll_loss(conv(x).log_softmax(1).flatten(1), y)",
    "F.kl_div(lin(x).log_softmax(1), lin(y).softmax(1))",
    "F.kl_div(lin(x).log_softmax(1), lin(y).softmax(-1))",
    "F.kl_div(conv(x).log_softmax(1), conv(y).softmax(-3))",
    "F.kl_div(lin(x).log_softmax(1), lin(y).log_softmax(1), log_target=True)",
    "F.cross_entropy(lin(x), lin(y).softmax(1))",
    "F.cross_entropy(lin(x), lin(y).argmax(1))",
    "F.binary_cross_entropy_with_logits(lin(x), lin(y).sigmoid())",
]


@pytest.mark.parametrize("line", DOUBTFUL)
def test_what_may_be_wrong_is_not_called_right(line: str) -> None:
    assert codes(TORCH.format(line=line)) == []
    assert verdicts(TORCH.format(line=line)) == ["unresolved"]


@pytest.mark.parametrize("line", RIGHT)
def test_what_is_right_is_called_so(line: str) -> None:
    assert codes(TORCH.format(line=line)) == []
    assert verdicts(TORCH.format(line=line)) == ["ok"]


def test_the_audit_says_what_is_the_matter_with_a_target() -> None:
    (row,) = report(TORCH.format(line="F.kl_div(lin(x).log_softmax(1), lin(y) / 2.0)")).audit
    assert row.reason == "the target is raw scores where probabilities that sum to 1 are expected"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("F.cross_entropy(lin(x).clamp(min=0), y)", "LGT105"),
        ("F.binary_cross_entropy_with_logits(lin(x).clamp_min(0), y)", "LGT105"),
        ("F.binary_cross_entropy(torch.clamp(lin(x), 0), y)", "LGT205"),
        ("F.binary_cross_entropy(lin(x).clamp(0, 1), y)", "LGT206"),
        ("F.binary_cross_entropy(lin(x).clamp(-1, 1), y)", "LGT201"),
        ("F.kl_div(lin(x).log_softmax(1), lin(y).log_softmax(1))", "LGT204"),
        ("F.binary_cross_entropy(lin(x).sigmoid(), lin(y))", "LGT408"),
        ("F.binary_cross_entropy_with_logits(lin(x), lin(y))", "LGT408"),
        ("F.cross_entropy(lin(x), lin(y).log_softmax(1))", "LGT408"),
        ("F.cross_entropy(lin(x), lin(y))", "LGT408"),
        ("F.kl_div(lin(x).log_softmax(1), lin(y))", "LGT408"),
    ],
)
def test_what_is_cut_off_at_zero_is_rectified(line: str, code: str) -> None:
    assert codes(TORCH.format(line=line)) == [code]


@pytest.mark.parametrize(
    "loss",
    [
        "optax.kl_divergence_with_log_targets(jax.nn.log_softmax(Net().apply(params, x)), jax.nn.softmax(y))",
        "optax.kl_divergence(jax.nn.log_softmax(Net().apply(params, x), axis=0), y)",
    ],
)
def test_what_may_be_wrong_in_jax_is_not_called_right(loss: str) -> None:
    assert verdicts(JAX.format(output="nn.Dense(5)(x)", loss=loss)) == ["unresolved"]


@pytest.mark.parametrize(
    "loss",
    [
        "optax.softmax_cross_entropy(Net().apply(params, x), Net().apply(params, y))",
        "optax.kl_divergence(jax.nn.log_softmax(Net().apply(params, x)), Net().apply(params, y))",
    ],
)
def test_scores_are_no_target_in_jax(loss: str) -> None:
    text = JAX.format(output="nn.Dense(5)(x)", loss=loss)
    assert (codes(text), verdicts(text)) == (["LGT408"], ["finding"])


@pytest.mark.parametrize(
    "output",
    [
        'layers.Reshape((3, 4))(layers.Dense(12, activation="softmax")(x))',
        'layers.Concatenate()([layers.Dense(2, activation="softmax")(x), layers.Dense(3, activation="softmax")(x)])',
        "tf.nn.softmax(layers.Dense(5)(x), axis=0)",
        "layers.Softmax(axis=1)(layers.Dense(5)(x))",
        'layers.Flatten()(layers.Dense(5, activation="softmax")(x))',
    ],
)
def test_what_may_be_wrong_in_keras_is_not_called_right(output: str) -> None:
    assert verdicts(KERAS.format(output=output, loss="'categorical_crossentropy'")) == ["unresolved"]


#: What lies in [0, 1], whatever the last function's name.
IN_UNIT = [
    "torch.tanh(F.relu(lin(x)))",
    "torch.tanh(F.softplus(lin(x)))",
    "torch.tanh(lin(x).exp())",
    "torch.tanh(torch.abs(lin(x)))",
    "nn.Sequential(lin, nn.ReLU(), nn.Tanh())(x)",
    "F.relu(torch.tanh(lin(x)))",
    "F.relu(torch.sigmoid(lin(x)))",
    "F.relu6(torch.tanh(lin(x)))",
    "F.hardtanh(lin(x), 0, 1)",
    "nn.Hardtanh(0, 1)(lin(x))",
    "nn.Hardtanh(min_val=0.0, max_val=1.0)(lin(x))",
]


@pytest.mark.parametrize("value", IN_UNIT)
def test_what_lies_between_0_and_1_is_no_tanh(value: str) -> None:
    assert codes(TORCH.format(line=f"F.binary_cross_entropy({value}, y)")) == []


@pytest.mark.parametrize("value", ["nn.Hardtanh(-10, 10)(lin(x))", "F.hardtanh(lin(x), -15.0, 15.0)", "nn.Hardtanh(low, high)(lin(x))"])
def test_wide_limits_cut_nothing_that_matters(value: str) -> None:
    assert codes(TORCH.format(line=f"F.cross_entropy({value}, y)")) == []


@pytest.mark.parametrize("value", ["torch.tanh(lin(x))", "F.hardtanh(lin(x))", "nn.Hardtanh(-1, 1)(lin(x))", "torch.tanh(-F.relu(lin(x)))"])
def test_what_may_be_negative_is_no_probability(value: str) -> None:
    assert codes(TORCH.format(line=f"F.binary_cross_entropy({value}, y)")) == ["LGT205"]


@pytest.mark.parametrize(
    "output",
    [
        'layers.ReLU(max_value=1.0)(layers.Dense(5, activation="sigmoid")(x))',
        "layers.ReLU(max_value=1.0)(layers.Dense(5)(x))",
        'layers.Activation("tanh")(layers.Dense(5, activation="relu")(x))',
        'layers.Dense(5, activation="softplus")(x); output = keras.activations.tanh(output)',
    ],
)
def test_what_lies_between_0_and_1_in_keras(output: str) -> None:
    text = KERAS.format(output="output", loss="'binary_crossentropy'").replace("model =", f"output = {output}\nmodel =")
    assert codes(text) == []


def test_a_leak_is_no_rectifier() -> None:
    layer = "layers.ReLU({0})(layers.Dense(5)(x))"
    loss = "keras.losses.BinaryCrossentropy(from_logits=True)"
    assert codes(KERAS.format(output=layer.format(""), loss=loss)) == ["LGT105"]
    assert codes(KERAS.format(output=layer.format("negative_slope=0.1"), loss=loss)) == []


DISTRIBUTION = "dist = torch.distributions.{0}(logits=lin(x)); "


@pytest.mark.parametrize("name", ["Categorical", "OneHotCategorical"])
def test_the_parameters_of_a_distribution_are_normalised(name: str) -> None:
    dist = DISTRIBUTION.format(name)
    assert verdicts(TORCH.format(line=dist + "F.nll_loss(dist.logits, y)")) == ["ok"]
    assert verdicts(TORCH.format(line=dist + "F.kl_div(dist.logits, dist.probs)")) == ["ok"]
    assert codes(TORCH.format(line=dist + "entropy = -(dist.probs * dist.probs.log()).sum(-1)")) == []
    assert codes(TORCH.format(line=dist + "F.cross_entropy(dist.probs, y)")) == ["LGT101"]
    assert report(TORCH.format(line=dist + "F.cross_entropy(dist.logits, y)")).diagnostics == ()
    dist = f"dist = torch.distributions.{name}(probs=F.softmax(lin(x), 1)); "
    assert verdicts(TORCH.format(line=dist + "F.nll_loss(dist.logits, y)")) == ["ok"]


def test_those_of_an_elementwise_one_are_what_was_given() -> None:
    dist = DISTRIBUTION.format("Bernoulli")
    assert verdicts(TORCH.format(line=dist + "F.binary_cross_entropy_with_logits(dist.logits, y)")) == ["ok"]
    assert verdicts(TORCH.format(line=dist + "F.binary_cross_entropy(dist.probs, y)")) == ["ok"]


UNWANTED = {
    "a benchmark": """
def bench(x):
    for _ in range(1000):
        torch.softmax(x, dim=1)
    return x
""",
    "a warm-up": """
def warm_up(net, x, softmax=nn.Softmax(dim=1)):
    for _ in range(3):
        softmax(net(x))
""",
    "a profile": """
def profile(x):
    with torch.profiler.profile() as profiler:
        F.softmax(x, dim=1)
    print(profiler.key_averages(), x.shape)
""",
    "a function to be timed": """
def run(x):
    F.log_softmax(x, 1)
""",
    "a probe": """
def has_axis(x, axis):
    try:
        F.softmax(x, dim=5)
    except IndexError:
        return x
""",
    "a hook": """
def seen(net, x):
    kept, softmax = {}, nn.Softmax(dim=1)
    softmax.register_forward_hook(lambda module, given, made: kept.update(p=made))
    softmax(net(x))
    return kept["p"]
""",
    "an exception that is expected": """
def refuses(case, x):
    with case.assertRaises(IndexError):
        F.softmax(x, dim=5)
    return x
""",
}
FORGOTTEN = {
    "before a return": """
def scale(x):
    F.softmax(x, dim=1)
    return x
""",
    "an attribute": """
def scale(self):
    F.softmax(self.scores, dim=1)
    return self.scores
""",
    "in a loop, read at its next turn": """
def walk(p, steps):
    for step in steps:
        p = p + torch.sigmoid(step)
        F.softmax(p, dim=1)
    return p
""",
    "in a block": """
def scale(net, x):
    with torch.no_grad():
        out = net(x)
        out.softmax(dim=1)
    return out
""",
    "in a script": """
out = nn.Linear(8, 3)(torch.randn(4, 8))
F.softmax(out, dim=1)


def show():
    return 0


print(out)
""",
}


@pytest.mark.parametrize("program", UNWANTED.values(), ids=UNWANTED)
def test_a_result_that_nobody_wants_is_not_forgotten(program: str) -> None:
    assert codes(TORCH.partition("lin, one")[0] + program) == []


@pytest.mark.parametrize("program", FORGOTTEN.values(), ids=FORGOTTEN)
def test_an_assignment_that_was_forgotten_is_found(program: str) -> None:
    assert codes(TORCH.partition("lin, one")[0] + program) == ["LGT410"]


@pytest.mark.parametrize(
    "line",
    [
        "F.nll_loss(torch.vmap(lambda v: F.log_softmax(lin(v), dim=0))(torch.randn(4, 8)), y)",
        "torch.vmap(lambda v, t: F.nll_loss(F.log_softmax(lin(v), dim=0), t))(torch.randn(4, 8), y)",
        "torch.func.vmap(lambda v, t: F.nll_loss(F.log_softmax(lin(v), dim=-1), t), in_dims=(0, 0))(torch.randn(4, 8), y)",
    ],
)
def test_a_mapped_function_sees_one_example(line: str) -> None:
    assert codes(TORCH.format(line=line)) == []
    assert verdicts(TORCH.format(line=line)) == ["ok"]


def test_and_is_judged_like_any_other() -> None:
    line = "F.nll_loss(torch.vmap(lambda v: F.softmax(lin(v), dim=0))(torch.randn(4, 8)), y)"
    assert codes(TORCH.format(line=line)) == ["LGT203"]


@pytest.mark.parametrize(
    "line",
    [
        "p = lin(x).softmax(1); entropy = -torch.einsum('bc,bc->b', p, torch.log(p)).mean()",
        "p = lin(x).softmax(1); entropy = -torch.dot(p[0], torch.log(p)[0])",
        "p = lin(x).softmax(-1); entropy = -(p.unsqueeze(1) @ p.log().unsqueeze(-1))",
        "torch.log1p(torch.exp(lin(x).clamp(max=30)))",
        "torch.log(1 + torch.exp(torch.clamp(lin(x), -50, 50)))",
        "F.cross_entropy(one(torch.randn(4, 6, 8)), y)",
    ],
)
def test_what_is_stable_or_right_is_left_alone(line: str) -> None:
    assert codes(TORCH.format(line=f"loss = {line}" if "=" not in line.split("(")[0] else line)) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("q, p = lin(x).softmax(1), lin(x).softmax(1); score = torch.einsum('bc,bc->b', y, torch.log(p))", "LGT301"),
        ("loss = torch.log1p(torch.exp(lin(x).clamp(min=-30)))", "LGT307"),
        ("loss = torch.log1p(torch.exp(lin(x).clamp(max=1000)))", "LGT307"),
        ("F.cross_entropy(one(torch.randn(4, 8)), y)", "LGT411"),
    ],
)
def test_what_is_not_is_found(line: str, code: str) -> None:
    assert codes(TORCH.format(line=line)) == [code]
