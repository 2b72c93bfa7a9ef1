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
