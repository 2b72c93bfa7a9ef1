"""``eval()`` and ``train()`` reach every module below the one that they are called on, on whatever way."""

from __future__ import annotations

import textwrap

import pytest

from logitlint.engine import check

HEAD = """
import torch
from torch import nn
import torch.nn.functional as F


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(16, 4)

    def forward(self, x):
        scores = self.out(x)
        return scores if self.training else F.log_softmax(scores, dim=1)


class Net(nn.Module):
    def __init__(self, head):
        super().__init__()
        self.body, self.head = nn.Linear(8, 16), head

    def forward(self, x):
        return self.head(self.body(x))


"""
TRAINED = "F.cross_entropy(net(x), y)"
EVALUATED = "F.nll_loss(net(x), y)"

#: After each of them the head is being evaluated.
EVALUATES = {
    "a child": "net = Net(Head()).eval()",
    "a child in Sequential": "net = nn.Sequential(nn.Linear(8, 16), Head()).eval()",
    "a child in an attribute's Sequential": "net = Net(nn.Sequential(nn.ReLU(), Head())).eval()",
    "a child in DataParallel": "net = nn.DataParallel(nn.Sequential(nn.Linear(8, 16), Head())).eval()",
    "a child in ModuleList": """
        class Heads(Net):
            def forward(self, x):
                return self.head[0](self.body(x))

        net = Heads(nn.ModuleList([Head(), Head()])).eval()
    """,
    "a child in ModuleDict": """
        class Heads(Net):
            def forward(self, x):
                return self.head["a"](self.body(x))

        net = Heads(nn.ModuleDict({"a": Head()})).eval()
    """,
    "as many as somebody wants": """
        class Heads(Net):
            def forward(self, x):
                return self.head[2](self.body(x))

        net = Heads(nn.ModuleList(Head() for _ in range(int(input())))).eval()
    """,
    "a Sequential of the project's own": """
        class Stack(nn.Sequential):
            pass

        net = Stack(nn.Linear(8, 16), Head()).eval()
    """,
    "train(False)": "net = Net(Head()).train(False)",
    "every module in a loop": """
        net = Net(Head())
        for module in net.modules():
            module.eval()
    """,
    "every module by name": """
        net = nn.Sequential(nn.Linear(8, 16), Head())
        for name, module in net.named_modules():
            module.eval()
    """,
    "every child": """
        net = nn.Sequential(nn.Linear(8, 16), Head())
        for child in net.children():
            child.eval()
    """,
    "apply": "net = Net(Head()).apply(lambda module: module.eval())",
    "the class's method": """
        net = Net(Head())
        nn.Module.eval(net)
    """,
    "evaluated once more": """
        net = Net(Head()).eval()
        net.head.train()
        net.eval()
    """,
    "dropout stays on": """
        net = nn.Sequential(nn.Dropout(), Head()).eval()
        for module in net.modules():
            if isinstance(module, nn.Dropout):
                module.train()
    """,
    "dropout stays on, by its name": """
        net = nn.Sequential(nn.Dropout(), Head()).eval()
        for module in net.modules():
            if module.__class__.__name__.startswith("Dropout"):
                module.train()
    """,
    "a train() of its own": """
        class Frozen(Net):
            def train(self, mode=True):
                super().train(mode)
                self.body.eval()
                return self

        net = Frozen(Head()).eval()
    """,
    "a child's train() of its own": """
        class Frozen(Head):
            def train(self, mode=True):
                return super().train(False)

        net = Net(Frozen()).train()
    """,
}
#: After each of them it is being trained.
TRAINS = {
    "by default": "net = Net(Head())",
    "trained again": """
        net = Net(nn.Sequential(Head()))
        net.eval()
        net.train()
    """,
    "only the head": """
        net = nn.Sequential(nn.Linear(8, 16), Head()).eval()
        net[1].train()
    """,
    "normalisation stays as it is": """
        def freeze(module):
            if isinstance(module, nn.BatchNorm2d) or "BatchNorm" in type(module).__name__:
                module.eval()

        net = Net(nn.Sequential(nn.BatchNorm2d(16), Head()))
        net.apply(freeze)
    """,
    "of a list that is no module": """
        class Hidden(Net):
            def forward(self, x):
                return self.head[0](x)

        net = Hidden([Head()]).eval()
    """,
}


def found(setting: str, loss: str) -> list[str]:
    """The codes that a program is reported for."""
    text = f"{HEAD}{textwrap.dedent(setting)}\nfor x, y in torch.load('batches'):\n    print({loss})\n"
    return [each.code for each in check({"main.py": text.encode()}).diagnostics if each.confidence == "certain"]


@pytest.mark.parametrize("setting", EVALUATES.values(), ids=EVALUATES)
def test_evaluated(setting: str) -> None:
    assert (found(setting, EVALUATED), found(setting, TRAINED)) == ([], ["LGT102"])


@pytest.mark.parametrize("setting", TRAINS.values(), ids=TRAINS)
def test_trained(setting: str) -> None:
    assert (found(setting, TRAINED), found(setting, EVALUATED)) == ([], ["LGT202"])


LIGHTNING = """
import lightning.pytorch as pl


class Lit(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(8, 16), Head())

    def training_step(self, batch, i):
        return F.{trained}(self.net(batch[0]), batch[1])

    def validation_step(self, batch, i):
        return F.{evaluated}(self.net(batch[0]), batch[1])

    def predict_step(self, batch, i):
        return F.{evaluated}(self.net(batch[0]), batch[1])
"""


@pytest.mark.parametrize("used", ["", "pl.Trainer().fit(Lit())\n"], ids=["defined", "fitted"])
def test_lightning_sets_the_mode_of_each_step(used: str) -> None:
    right = HEAD + LIGHTNING.format(trained="cross_entropy", evaluated="nll_loss") + used
    wrong = HEAD + LIGHTNING.format(trained="nll_loss", evaluated="cross_entropy") + used
    codes = [[each.code for each in check({"main.py": text.encode()}).diagnostics] for text in (right, wrong)]
    assert codes == [[], ["LGT202", "LGT102", "LGT102"]]


def test_nobody_goes_back_to_training() -> None:
    """From the second epoch on the loss on scores is given log-probabilities."""
    loop = """
net = Net(Head())
for epoch in range(10):
    {train}
    for x, y in torch.load("batches"):
        F.cross_entropy(net(x), y).backward()
    net.eval()
    for x, y in torch.load("held-out"):
        print(F.nll_loss(net(x), y))
"""
    texts = [HEAD + loop.format(train=train) for train in ("net.train()", "pass")]
    codes = [[each.code for each in check({"main.py": text.encode()}).diagnostics] for text in texts]
    assert codes == [[], ["LGT102"]]
