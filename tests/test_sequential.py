"""A Sequential is changed by number, by name, and by what becomes of its layers."""

from __future__ import annotations

import textwrap

import pytest

from logitlint.engine import check

HEAD = """
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F

"""
PLAIN = "net = nn.Sequential(nn.Linear(16, 4), nn.Softmax(dim=1))\n"
NAMED = "net = nn.Sequential(OrderedDict(fc=nn.Linear(16, 4), act=nn.Softmax(dim=1)))\n"
EMPTY = "net = nn.Sequential()\n"

#: The last layer is no softmax any more.
SCORES = {
    "by number": PLAIN + "net[1] = nn.Identity()",
    "set_submodule": PLAIN + "net.set_submodule('1', nn.Identity())",
    "add_module under a number": PLAIN + "net.add_module('1', nn.Identity())",
    "setattr under a number": PLAIN + "setattr(net, '1', nn.Identity())",
    "_modules": PLAIN + "net._modules['1'] = nn.Identity()",
    "an attribute": NAMED + "net.act = nn.Identity()",
    "setattr": NAMED + "setattr(net, 'act', nn.Identity())",
    "add_module": NAMED + "net.add_module('act', nn.Identity())",
    "_modules by name": NAMED + "net._modules['act'] = nn.Identity()",
    "an attribute is deleted": NAMED + "del net.act",
    "an entry is deleted": NAMED + "del net[1]",
    "a name given twice": EMPTY
    + "net.add_module('fc', nn.Linear(16, 4))\nnet.add_module('act', nn.Softmax(dim=1))\nnet.add_module('act', nn.Identity())",
    "a part of it": NAMED + "net = net[:1]",
    "a number that is not a module": NAMED + "net.act = nn.Identity()\nnet.dim = 1",
}
#: It is one still, or has become one.
PROBABILITIES = {
    "plain": PLAIN,
    "named": NAMED,
    "another name": NAMED + "net.fc = nn.Linear(16, 4)",
    "a new name": NAMED + "del net.act\nnet.last = nn.Softmax(dim=1)",
    "a new name by add_module": EMPTY + "net.add_module('fc', nn.Linear(16, 4))\nnet.add_module('act', nn.Softmax(dim=1))",
    "appended": "net = nn.Sequential(nn.Linear(16, 4))\nnet.append(nn.Softmax(dim=1))",
    "a class that fills itself": """
        class Head(nn.Sequential):
            def __init__(self):
                super().__init__()
                self.size = 4
                self.fc = nn.Linear(16, self.size)
                self.act = nn.Softmax(dim=1)

        net = Head()
    """,
}
#: Nobody knows.
OPEN = {
    "a forward of its own": PLAIN + "net[1].forward = lambda z: z",
    "a forward of its own, by name": PLAIN + "act = net[1]\nact.forward = torch.log",
    "a forward of the whole": PLAIN + "net.forward = unknown",
    "a path": PLAIN + "net.set_submodule('body.1', nn.Identity())",
    "a name that only running tells": NAMED + "setattr(net, input(), nn.Identity())",
    "what was cut out of a named one": NAMED + "net = net[1:]\nnet.act = nn.Identity()",
}


def found(change: str, loss: str) -> list[str]:
    """The codes that a program is reported for."""
    text = f"{HEAD}{textwrap.dedent(change)}\n\nfor x, y in torch.load('batches'):\n    F.{loss}(net(x), y).backward()\n"
    return [each.code for each in check({"main.py": text.encode()}).diagnostics if each.confidence == "certain"]


@pytest.mark.parametrize("change", SCORES.values(), ids=SCORES)
def test_scores(change: str) -> None:
    assert (found(change, "cross_entropy"), found(change, "nll_loss")) == ([], ["LGT202"])


@pytest.mark.parametrize("change", PROBABILITIES.values(), ids=PROBABILITIES)
def test_probabilities(change: str) -> None:
    assert (found(change, "cross_entropy"), found(change, "nll_loss")) == (["LGT101"], ["LGT203"])


@pytest.mark.parametrize("change", OPEN.values(), ids=OPEN)
def test_open(change: str) -> None:
    assert (found(change, "cross_entropy"), found(change, "nll_loss")) == ([], [])
