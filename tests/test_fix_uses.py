"""A loss on scores is a fix only where nobody else takes these scores for the probabilities that they are not.

Half a fix would silence the report, and leave the other half wrong.
"""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.engine import check
from logitlint.fixing import fix_sources

HEAD = """\
import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(4, 1)

    def forward(self, x):
        return self.out(x)


net = Net()


def dice(p, y):
    p, y = p.reshape(-1), y.reshape(-1)
    return 1 - 2 * (p * y).sum() / (p.sum() + y.sum())


class Dice(nn.Module):
    def forward(self, p, y):
        return dice(p, y)


"""
#: What else is done with the scores of a loss on probabilities: there is no fix, for the scores have to be activated for both.
COMPUTED = {
    "the loss has a second term": (
        "LGT201",
        "class Both(nn.Module):\n    def forward(self, p, y):\n        p, y = p.view(-1), y.view(-1)\n        both = (p * y).sum()\n"
        "        return F.binary_cross_entropy(p, y) + 1 - 2 * both / (p.sum() + y.sum())\n\n\nBoth()(net(1), 1)\n",
    ),
    "a function computes the second term": (
        "LGT201",
        "def loss(x, y):\n    p = net(x)\n    return F.binary_cross_entropy(p, y) + dice(p, y)\n",
    ),
    "a weight": (
        "LGT201",
        "def loss(x, y):\n    p = net(x)\n    w = torch.where(y == 1, 1 - p, p) ** 2\n"
        "    return (w * F.binary_cross_entropy(p, y, reduction='none')).mean()\n",
    ),
    "a squared error beside it": (
        "LGT201",
        "def loss(x, y):\n    p = net(x)\n    return F.binary_cross_entropy(p, y) + F.mse_loss(p, y)\n",
    ),
    "a distance of an object": (
        "LGT201",
        "bce, l1 = nn.BCELoss(), nn.L1Loss()\n\n\ndef loss(x, y):\n    p = net(x)\n    return bce(p, y) + l1(p.view(-1), y.view(-1))\n",
    ),
    "a threshold elsewhere": (
        "LGT201",
        "def step(x, y):\n    p = net(x)\n    F.binary_cross_entropy(p, y).backward()\n\n\n"
        "def right(x, y):\n    return (net(x) > 0.5) == y\n",
    ),
    "an exponential elsewhere": (
        "LGT202",
        "model = nn.Sequential(nn.Flatten(), nn.Linear(4, 3))\n\n\ndef step(x, y):\n    F.nll_loss(model(x), y).backward()\n\n\n"
        "def sure(x):\n    return torch.exp(model(x)).max()\n",
    ),
}


@pytest.mark.parametrize("name", COMPUTED)
def test_what_is_computed_with_elsewhere_is_no_half_mended(name: str) -> None:
    code, program = COMPUTED[name]
    report, done = fix_sources({"case.py": (HEAD + program).encode()}, Settings(select=(code,)), unsafe=True)
    assert [(each.code, each.fix) for each in report.diagnostics] == [(code, None)]
    assert done.contents == {}


def test_an_object_that_computes_something_of_the_scores_is_to_be_looked_at() -> None:
    program = f"{HEAD}def loss(x, y):\n    p = net(x)\n    return F.binary_cross_entropy(p, y) + Dice()(p, y)\n"
    (fix,) = [each.fix for each in check({"case.py": program.encode()}, Settings(select=("LGT201",))).diagnostics]
    assert fix is not None
    assert (fix.applicability, "who else reads the scores: case.py:30" in fix.message) == ("suggestion", True)


def test_a_picture_of_the_scores_is_to_be_looked_at() -> None:
    picture = "from torchvision.utils import save_image\n\n\ndef loss(x, y):\n    p = net(x)\n    save_image(p.view(-1, 2), 'p.png')\n"
    program = f"{HEAD}{picture}    return F.binary_cross_entropy(p, y)\n"
    (fix,) = [each.fix for each in check({"case.py": program.encode()}, Settings(select=("LGT201",))).diagnostics]
    assert fix is not None
    assert (fix.applicability, "who else reads the scores: case.py:33" in fix.message) == ("suggestion", True)


#: What takes the scores for scores, or does not care.
SUITED = {
    "an activation": "torch.sigmoid(p).round()",
    "the side of zero": "p > 0",
    "what is shown": "print(p, p.shape, p.mean().item())",
    "what is kept": "kept.append(p)",
    "a function that activates them": "act(p) * 2",
    "other columns": "box.exp() + out[:, 1:2] * 2",
}


@pytest.mark.parametrize("name", SUITED)
def test_scores_that_are_read_as_scores_keep_the_fix(name: str) -> None:
    program = (
        f"{HEAD}def act(p):\n    return p.sigmoid()\n\n\nmany = nn.Linear(4, 6)\n\n\ndef loss(x, y):\n    out = many(x)\n"
        f"    p, box = out[:, :1], out[:, 1:]\n    other = {SUITED[name]}\n    return F.binary_cross_entropy(p, y), other\n"
    )
    (fix,) = [each.fix for each in check({"case.py": program.encode()}, Settings(select=("LGT201",))).diagnostics]
    assert fix is not None
    assert fix.applicability == "unsafe"


def test_a_metric_that_looks_at_the_order_keeps_the_fix() -> None:
    program = (
        "import keras\n\nmodel = keras.Sequential([keras.layers.Dense(3)])\nright = keras.metrics.CategoricalAccuracy()\n\n\n"
        "def loss(x, y):\n    p = model(x)\n    right.update_state(y, p)\n    return keras.losses.CategoricalCrossentropy()(y, p)\n"
    )
    (fix,) = [each.fix for each in check({"case.py": program.encode()}, Settings(select=("LGT201",))).diagnostics]
    assert fix is not None


LOGS = (
    "class Soft(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.out = nn.Linear(4, 3)\n\n"
    "    def forward(self, x):\n        return F.softmax(self.out(x), dim=1)\n\n\nsoft = Soft()\n\n\n"
    "def step(x, y):\n    F.nll_loss(soft(x), y).backward()\n\n\n"
)
#: What reads the output of a model on probabilities that is given to a loss on their logarithms, and what becomes of that.
EXPONENTIALS = {
    "the exponential of a call": ("def sure(x):\n    return torch.exp(soft(x)).max()\n", "torch.exp(soft(x)).max()"),
    "that of a name": (
        "def sure(x):\n    p = soft(x)\n    return p.cpu().exp().max()\n",
        "    p = soft(x)\n    return p.cpu().exp().max()",
    ),
    "none": ("def sure(x):\n    return soft(x).max()\n", "return soft(x).exp().max()"),
}


@pytest.mark.parametrize("name", EXPONENTIALS)
def test_an_exponential_is_taken_once(name: str) -> None:
    reader, expected = EXPONENTIALS[name]
    _, done = fix_sources({"case.py": f"{HEAD}{LOGS}{reader}sure(net(1))\n".encode()}, Settings(select=("LGT203",)), unsafe=True)
    text = done.contents["case.py"].decode()
    assert "F.log_softmax(self.out(x), dim=1)" in text
    assert expected in text


def test_no_fix_where_some_take_the_output_for_logarithms_and_some_do_not() -> None:
    reader = "def sure(x):\n    p = soft(x)\n    return torch.exp(p).max() - p.min()\n\n\nsure(1)\n"
    assert fix_sources({"case.py": f"{HEAD}{LOGS}{reader}".encode()}, Settings(select=("LGT203",)), unsafe=True)[1].contents == {}


CHOICE = (
    "def build(out):\n    return {'probs': lambda z: z.softmax(-1), 'logs': lambda z: z.log_softmax(-1), 'scores': lambda z: z}[out]\n\n\n"
)


@pytest.mark.parametrize("loss", ["nll_loss", "cross_entropy"])
def test_an_option_keeps_its_meaning_where_the_choice_is_wrong(loss: str) -> None:
    program = f"{HEAD}{CHOICE}F.{loss}(build('probs')(nn.Linear(4, 3)(1)), 1).backward()\n"
    report, done = fix_sources({"case.py": program.encode()}, Settings(select=("correctness",)), unsafe=True)
    assert [each.fix for each in report.diagnostics] == [None]
    assert done.contents == {}


FOCAL = (
    "class Focal(nn.Module):\n    def __init__(self, logits=True):\n        super().__init__()\n        self.logits = logits\n\n"
    "    def forward(self, p, y):\n        if self.logits:\n            bce = F.binary_cross_entropy_with_logits(p, y)\n"
    "        else:\n            bce = F.binary_cross_entropy(p, y)\n        return (1 - torch.exp(-bce)) ** 2 * bce\n\n\n"
    "sure = nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())\n"
)


def test_a_loss_that_nobody_has_chosen_stays_as_it_is() -> None:
    _, done = fix_sources({"case.py": f"{HEAD}{FOCAL}Focal()(sure(1), 1).backward()\n".encode()}, Settings(select=("LGT103",)), unsafe=True)
    text = done.contents["case.py"].decode()
    assert "nn.Sequential(nn.Linear(4, 1))" in text
    assert "bce = F.binary_cross_entropy(p, y)" in text


def test_a_loss_that_somebody_else_has_chosen_is_served() -> None:
    both = "p = sure(1)\n(Focal()(p, 1) + Focal(logits=False)(p, 1)).backward()\n"
    _, done = fix_sources({"case.py": f"{HEAD}{FOCAL}{both}".encode()}, Settings(select=("LGT103",)), unsafe=True)
    assert "bce = F.binary_cross_entropy(p, y)" not in done.contents.get("case.py", b"").decode()
