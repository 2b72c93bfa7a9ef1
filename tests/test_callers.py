"""A literal default of a parameter is taken for what a definition does, unless everybody who calls it says otherwise."""

from __future__ import annotations

import pytest

from logitlint.engine import check

STEP = """
import torch
import torch.nn.functional as F

def step(net, x, y, squash=True, *, again=False):
    scores = net(x)
    if squash:
        scores = torch.softmax(scores, dim=1)
    return F.cross_entropy(scores, y)
"""


@pytest.mark.parametrize(
    ("call", "certain"),
    [
        pytest.param("", True, id="nobody"),
        pytest.param("step(net, x, y)", True, id="not given"),
        pytest.param("step(net, x, y, flags[0])", False, id="by place"),
        pytest.param("step(net, x, y, squash=flags[0])", False, id="by name"),
        pytest.param("step(\n        net,\n        f(x, (y, 1)),  # a, b\n        y,\n    )", True, id="over several lines"),
        pytest.param("step(net, x, y, again=flags[0])", True, id="another parameter"),
        pytest.param("step(net, x, y, flags[0]), step(net, x, y)", True, id="one of two leaves it"),
        pytest.param("step(net, x, y, **flags)", True, id="perhaps"),
        pytest.param("step(net, x, 'a, b, c')", True, id="commas in a string"),
        pytest.param("step(net, x, y, flags[0]), trainer.step()", False, id="a method of that name"),
        pytest.param("step(net, x, y, flags[0]), losses.step(net, x, y)", True, id="by its module"),
        pytest.param("step(net, x, y, flags[0]), nets.losses.step(net, x, y)", True, id="by its module and package"),
    ],
)
def test_a_default_stands_unless_everybody_overrides_it(call: str, certain: bool) -> None:
    # in a function that nothing runs by itself: it names no loss
    files = {"losses.py": STEP, "main.py": f"import losses\nfrom losses import step\n\ndef main(net, x, y, flags):\n    return [{call}]\n"}
    found = check({path: text.encode() for path, text in files.items()}).diagnostics
    assert [each.code for each in found if each.confidence == "certain"] == ["LGT101"] * certain


NET = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, classes=1):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(8, classes), nn.Softmax(dim=-1))

    def forward(self, x):
        return self.layers(x)
"""


@pytest.mark.parametrize(
    ("names", "call", "certain"),
    [
        pytest.param("net = Net", "self.net()", True, id="it leaves the default"),
        pytest.param("net = Net", "self.net(data.classes)", False, id="it gives another"),
        pytest.param("net: type[Net] = Net", "self.net(data.classes)", False, id="with its type"),
        pytest.param("other = Net", "self.net(data.classes)", True, id="another name"),
        pytest.param("net = Net()", "self.net(data.classes)", True, id="what it makes"),
    ],
)
def test_a_class_may_be_called_by_the_name_that_another_class_gives_it(names: str, call: str, certain: bool) -> None:
    user = f"from nets import Net\n\nclass Trainer:\n    {names}\n\n    def __init__(self, data):\n        self.model = {call}\n"
    found = check({"nets.py": NET.encode(), "trainer.py": user.encode()}).diagnostics
    assert [each.code for each in found] == ["LGT403"] * certain
