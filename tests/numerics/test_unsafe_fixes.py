"""Every unsafe fix, made by the linter on a program and run: the fixed loss is the reference formula, and the model learns.

The reference is written out here in float64 from the definition; the original's loss is something else, or refuses its input.
Each training is small and seeded. Thresholds lie far from what was measured (the figures stand beside them), so that they do not flake.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest
import torch

from logitlint.config import Settings
from logitlint.engine import check
from logitlint.fixes.splice import spliced
from logitlint.source import read_source
from numerics.programs import fixed, run

torch.set_num_threads(1)  # for models of this size more of them only wait for each other

ROWS, CLASSES = 48, 4
GENERATOR = np.random.default_rng(5)
SCORES = GENERATOR.standard_normal((ROWS, CLASSES)) * 2
LABELS = GENERATOR.integers(0, CLASSES, ROWS)
ONE_HOT = np.eye(CLASSES)[LABELS]
BITS = GENERATOR.integers(0, 2, (ROWS, CLASSES)).astype(float)
WEIGHT = np.array([1.0, 2.0, 0.5, 1.5])

LOG_SOFTMAX = SCORES - np.log(np.exp(SCORES).sum(1, keepdims=True))
CROSS_ENTROPY = float(-(ONE_HOT * LOG_SOFTMAX).sum(1).mean())
WEIGHTED = float(-(ONE_HOT * LOG_SOFTMAX * WEIGHT).sum() / WEIGHT[LABELS].sum())
ELEMENTS = np.logaddexp(0, SCORES) - BITS * SCORES
TORCH = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n"


class Loss(NamedTuple):
    codes: tuple[str, ...]
    source: str
    expected: float
    target: str  #: "classes", "bits" or "one-hot"


def _f(body: str, head: str = TORCH) -> str:
    return head + "\n\ndef f(x, y):\n" + "".join(f"    {line}\n" for line in body.split("\n"))


BINARY = """

def binary(p, y):
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()
"""
#: Rules that speak of what is right, but not in floating point.
RIGHT = {"LGT102", "LGT302", "LGT308"}

LOSSES = {
    "LGT101 in one expression": Loss(("LGT101",), _f("return F.cross_entropy(F.softmax(x, dim=1), y)"), CROSS_ENTROPY, "classes"),
    "LGT101 with another reader": Loss(
        ("LGT101",),
        _f("p = torch.softmax(x * 1.0, dim=1)\nassert abs(float(p.sum()) - len(p)) < 1e-6\nreturn nn.CrossEntropyLoss()(p, y)"),
        CROSS_ENTROPY,
        "classes",
    ),
    "LGT101 with weights": Loss(
        ("LGT101",),
        _f("w = torch.tensor([1.0, 2.0, 0.5, 1.5], dtype=x.dtype)\nreturn nn.CrossEntropyLoss(weight=w)(nn.Softmax(dim=1)(x), y)"),
        WEIGHTED,
        "classes",
    ),
    "LGT103": Loss(("LGT103",), _f("return nn.BCEWithLogitsLoss()(torch.sigmoid(x), y)"), float(ELEMENTS.mean()), "bits"),
    "LGT103 summed": Loss(
        ("LGT103",), _f('return F.binary_cross_entropy_with_logits(x.sigmoid(), y, reduction="sum")'), float(ELEMENTS.sum()), "bits"
    ),
    "LGT203 into NLL": Loss(("LGT203",), _f("p = x.softmax(1)\nreturn F.nll_loss(p, y)"), CROSS_ENTROPY, "classes"),
    "LGT203 into a divergence": Loss(
        ("LGT203",), _f('return F.kl_div(F.softmax(x, dim=1), y, reduction="batchmean")'), CROSS_ENTROPY, "one-hot"
    ),
    "LGT203 with another reader": Loss(
        ("LGT203",),
        _f("p = torch.softmax(x * 1.0, 1)\nassert float(p.min()) >= 0\nreturn nn.NLLLoss()(p, y)"),
        CROSS_ENTROPY,
        "classes",
    ),
    "LGT102 by dropping the first": Loss(("LGT102",), _f("return F.cross_entropy(x.log_softmax(dim=-1), y)"), CROSS_ENTROPY, "classes"),
    "LGT404": Loss(("LGT404",), _f("return F.nll_loss(torch.softmax(torch.softmax(x, 1), 1).log(), y)"), CROSS_ENTROPY, "classes"),
    "LGT308": Loss(("LGT308",), _f("return F.binary_cross_entropy(torch.sigmoid(x), y)"), float(ELEMENTS.mean()), "bits"),
    "LGT302 and LGT303 in a function that is given the sigmoid": Loss(
        ("LGT302", "LGT303"),
        _f("p = torch.sigmoid(x)\nassert 0 < float(p.mean()) < 1\nreturn binary(p, y)", TORCH + BINARY),
        float(ELEMENTS.mean()),
        "bits",
    ),
    "LGT404 log-softmax of a softmax": Loss(
        ("LGT404",), _f("return F.nll_loss(F.log_softmax(F.softmax(x, dim=1), dim=1), y)"), CROSS_ENTROPY, "classes"
    ),
    "LGT304": Loss(("LGT304",), _f("return F.nll_loss(torch.log(torch.softmax(x, 1) + 1e-3), y)"), CROSS_ENTROPY, "classes"),
}

TARGETS: dict[str, Any] = {"classes": torch.tensor(LABELS), "bits": torch.tensor(BITS), "one-hot": torch.tensor(ONE_HOT)}


@pytest.mark.parametrize("name", LOSSES)
def test_the_fixed_loss_is_the_reference_formula(name: str) -> None:
    loss = LOSSES[name]
    x = torch.tensor(SCORES, requires_grad=True)
    before = float(run(loss.source)["f"](x.detach(), TARGETS[loss.target]))
    after = run(fixed(loss.source, *loss.codes, unsafe=True))["f"](x, TARGETS[loss.target])
    assert after.item() == pytest.approx(loss.expected, rel=1e-9)
    if not RIGHT & set(loss.codes):
        assert abs(before - loss.expected) > 1e-4, "the original was right"
    after.backward()
    assert x.grad is not None and bool(torch.isfinite(x.grad).all())


def _identity(torch_module: Any, size: int = CLASSES) -> None:
    with torch.no_grad():
        torch_module.weight.copy_(torch.eye(size))
        torch_module.bias.zero_()


LAYERED = {
    "LGT201 BCELoss": ("LGT201", "criterion = nn.BCELoss(reduction='sum')", float(ELEMENTS.sum()), "bits"),
    "LGT202 NLLLoss with weights": ("LGT202", "criterion = nn.NLLLoss(torch.tensor([1.0, 2.0, 0.5, 1.5]))", WEIGHTED, "classes"),
    "LGT202 divergence": ("LGT202", "criterion = nn.KLDivLoss(reduction='batchmean')", CROSS_ENTROPY, "one-hot"),
    "LGT206": ("LGT206", "def criterion(z, y):\n    return F.binary_cross_entropy(z.clamp(0, 1), y)\n", float(ELEMENTS.mean()), "bits"),
    "LGT406": (
        "LGT406",
        "def criterion(z, y):\n    return F.nll_loss(F.log_softmax(z.view(-1, 4), dim=0), y)\n",
        CROSS_ENTROPY,
        "classes",
    ),
    "LGT409": ("LGT409", "def criterion(z, y):\n    return F.cross_entropy(F.one_hot(y, 4).float(), z)\n", CROSS_ENTROPY, "classes"),
    "LGT501": (
        "LGT501",
        "def criterion(z, y):\n    p = torch.softmax(z, dim=1)\n    return -torch.distributions.Categorical(logits=p).log_prob(y).mean()\n",
        CROSS_ENTROPY,
        "classes",
    ),
}


@pytest.mark.parametrize("name", LAYERED)
def test_the_loss_behind_a_layer_is_the_reference_formula(name: str) -> None:
    code, built, expected, target = LAYERED[name]
    source = f"{TORCH}\nlayer = nn.Linear({CLASSES}, {CLASSES})\n{built}\n\n\ndef f(x, y):\n    return criterion(layer(x), y)\n"
    space = run(fixed(source, code, unsafe=True))
    _identity(space["layer"])
    y = TARGETS[target]
    x = torch.tensor(SCORES, dtype=torch.float32, requires_grad=True)
    found = space["f"](x, y if target == "classes" else y.float())
    assert float(found) == pytest.approx(expected, rel=1e-5)
    found.backward()
    assert x.grad is not None and bool(torch.isfinite(x.grad).all())


KERAS = """
import keras
from keras import layers


def build():
    model = keras.Sequential([layers.Input((4,)), layers.Dense(4{activation})])
    model.compile(optimizer="sgd", loss={loss})
    return model
"""
KERAS_LOSSES = {
    "LGT201 a string": ("LGT201", "", '"categorical_crossentropy"', CROSS_ENTROPY, ONE_HOT),
    "LGT201 sparse": ("LGT201", "", "keras.losses.SparseCategoricalCrossentropy()", CROSS_ENTROPY, LABELS),
    "LGT201 binary": ("LGT201", "", '"binary_crossentropy"', float(ELEMENTS.mean()), BITS),
    "LGT101 from_logits": (
        "LGT101",
        ', activation="softmax"',
        "keras.losses.CategoricalCrossentropy(from_logits=True)",
        CROSS_ENTROPY,
        ONE_HOT,
    ),
    "LGT103 from_logits": (
        "LGT103",
        ', activation="sigmoid"',
        "keras.losses.BinaryCrossentropy(from_logits=True)",
        float(ELEMENTS.mean()),
        BITS,
    ),
}


@pytest.mark.parametrize("name", KERAS_LOSSES)
def test_the_fixed_keras_loss_is_the_reference_formula(name: str) -> None:
    code, activation, loss, expected, target = KERAS_LOSSES[name]
    model = run(fixed(KERAS.format(activation=activation, loss=loss), code, unsafe=True))["build"]()
    model.layers[-1].set_weights([np.eye(CLASSES, dtype=np.float32), np.zeros(CLASSES, np.float32)])
    found = model.evaluate(SCORES.astype(np.float32), target, verbose=0, batch_size=ROWS)
    assert float(found) == pytest.approx(expected, rel=1e-4)


def test_softmax_over_one_unit_becomes_a_sigmoid() -> None:
    source = (
        f"{TORCH}\nnet = nn.Sequential(nn.Linear(4, 1), nn.Softmax(dim=-1))\n\n\ndef f(x):\n    return net(x)\n\n\nf(torch.zeros(1, 4))\n"
    )
    before, after = run(source), run(fixed(source, "LGT403", unsafe=True))
    x = torch.tensor(SCORES, dtype=torch.float32)
    assert bool((before["f"](x) == 1).all())
    layer = after["net"][0]
    assert torch.allclose(after["f"](x), torch.sigmoid(layer(x)))


# ---------------------------------------------------------------------- training


TRAINING = (
    TORCH
    + """

def rows(classes, spread=1.5, share=None):
    generator = torch.Generator().manual_seed(0)
    centres = torch.randn(classes, 8, generator=generator)
    y = torch.arange(600) % classes if share is None else (torch.rand(600, generator=generator) < share).long()
    x = centres[y] + spread * torch.randn(600, 8, generator=generator)
    return x[:400], y[:400], x[400:], y[400:]


def train(net, loss_of, x, y, steps=150, rate=0.2, scale=1):
    torch.manual_seed(1)
    for module in net.modules():
        if isinstance(module, nn.Linear):
            module.reset_parameters()
            module.weight.data.mul_(scale)
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(x, y).backward()
        optimizer.step()


def sureness(net, scale=10):
    x, y, seen, truth = rows(10)
    train(net, objective, x, y, scale=scale)
    with torch.no_grad():
        return float(torch.softmax(layer(seen), 1).gather(1, truth[:, None]).mean())


def expected_share(net):
    x, y, seen, _ = rows(2, spread=3, share=0.1)
    train(net, objective, x, y, steps=300, rate=1)
    with torch.no_grad():
        return float(torch.sigmoid(layer(seen)).mean())


"""
)


class Course(NamedTuple):
    """``result()`` of the program before and after, as measured; ``between`` parts them with room on both sides."""

    code: str
    program: str
    before: float
    after: float
    between: float


COURSES = {
    # the mean probability of the true class on unseen rows, from weights ten times larger than usual: the wrong loss has next to
    # no gradient where the model is surely wrong
    "LGT101": Course(
        "LGT101",
        "layer = nn.Linear(8, 10)\nnet = nn.Sequential(layer, nn.Softmax(dim=1))\n\n\n"
        "def objective(x, y):\n    return F.cross_entropy(net(x), y)\n\n\ndef result():\n    return sureness(net)\n",
        0.089,
        0.42,
        0.25,
    ),
    # the share of the rare side that is predicted on unseen rows, 0.12 of which are of it; the wrong loss is least at 0 below 0.5
    "LGT103": Course(
        "LGT103",
        "layer = nn.Linear(8, 1)\n\n\ndef objective(x, y):\n    p = torch.sigmoid(layer(x)).squeeze(1)\n"
        "    return F.binary_cross_entropy_with_logits(p, y.float())\n\n\ndef result():\n    return expected_share(layer)\n",
        0.013,
        0.09,
        0.05,
    ),
    # as for LGT101, and for the same reason
    "LGT203": Course(
        "LGT203",
        "layer = nn.Linear(8, 10)\n\n\ndef objective(x, y):\n    return F.nll_loss(F.softmax(layer(x), dim=1), y)\n\n\n"
        "def result():\n    return sureness(layer)\n",
        0.088,
        0.42,
        0.25,
    ),
}


@pytest.mark.parametrize("name", COURSES)
def test_training_recovers(name: str) -> None:
    course = COURSES[name]
    before = run(TRAINING + course.program)["result"]()
    after = run(fixed(TRAINING + course.program, course.code, unsafe=True))["result"]()
    assert before < course.between < after
    assert (before, after) == pytest.approx((course.before, course.after), rel=0.1), "the figures on record are not those measured"


DIVERGING = (
    TRAINING
    + """
layer = nn.Linear(8, 10)
criterion = nn.NLLLoss()


def objective(x, y):
    return criterion(layer(x), y)


def result():
    x, y, _, _ = rows(10)
    train(layer, objective, x, y, steps=300)
    return float(objective(x, y).detach())
"""
)


def test_a_loss_that_fell_without_bound_has_one_again() -> None:
    """LGT202: far below zero before; a negative log-likelihood is never negative."""
    before = run(DIVERGING)["result"]()
    after = run(fixed(DIVERGING, "LGT202", unsafe=True))["result"]()
    assert before < -5 < 0 < after < 2.2, f"before {before:.3f}, after {after:.3f}"


SEQUENCES = (
    TRAINING
    + """
layer = nn.Linear(8, 10)
softmax = nn.Softmax()


def objective(x, y):
    p = softmax(layer(x).view(20, 20, 10))
    return F.nll_loss(torch.log(p.reshape(-1, 10) + 1e-9), y)


def result():
    return sureness(layer, scale=1)
"""
)


def test_the_axis_of_three_dimensions_is_that_of_the_classes() -> None:
    """LGT405 is a suggestion here, since it changes what is computed: the distribution then runs over the classes, not the batch."""
    report = check({"program.py": SEQUENCES.encode()}, Settings(select=("LGT405",), confidence="possible"))
    (finding,) = report.diagnostics
    assert finding.fix is not None
    assert finding.fix.applicability == "suggestion"
    after = spliced(SEQUENCES.encode(), read_source("program.py", SEQUENCES.encode()), finding.fix.edits).decode()
    assert "nn.Softmax(dim=-1)" in after
    values = run(SEQUENCES)["result"](), run(after)["result"]()
    assert values[0] < 0.38 < values[1], f"before {values[0]:.3f}, after {values[1]:.3f}"


KERAS_COURSE = """
import keras
import numpy as np
from keras import layers


def result():
    keras.utils.set_random_seed(3)
    generator = np.random.default_rng(0)
    centres = generator.standard_normal((10, 8))
    y = np.arange(600) % 10
    x = (centres[y] + 1.5 * generator.standard_normal((600, 8))).astype("float32")
    model = keras.Sequential([layers.Input((8,)), layers.Dense({layer})])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss={loss})
    model.fit(x[:400], {target}[:400], epochs=12, batch_size=40, verbose=0)
    out = model.predict(x[400:], verbose=0)
    return {measure}
"""


def test_keras_learns_from_scores_when_it_is_told() -> None:
    """LGT201: the share of unseen rows that are right; no better than chance before."""
    measure = "float((out.argmax(1) == y[400:]).mean()) if np.isfinite(out).all() else 0.0"
    program = KERAS_COURSE.format(layer="10", loss='"sparse_categorical_crossentropy"', target="y", measure=measure)
    before = run(program)["result"]()
    after = run(fixed(program, "LGT201", unsafe=True))["result"]()
    assert before < 0.4 < after, f"before {before:.3f}, after {after:.3f}"


def test_one_unit_learns_when_it_has_a_sigmoid() -> None:
    """LGT403: the output is the constant 1 before, so that every row is taken for the same side."""
    measure = "float(((out[:, 0] > 0.5) == (y[400:] < 5)).mean())"
    program = KERAS_COURSE.format(layer='1, activation="softmax"', loss='"binary_crossentropy"', target="(y < 5)", measure=measure)
    before = run(program)["result"]()
    after = run(fixed(program, "LGT403", unsafe=True))["result"]()
    assert before < 0.55 < after, f"before {before:.3f}, after {after:.3f}"
