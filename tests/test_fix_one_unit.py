"""A softmax over one unit becomes a sigmoid, but not where it also runs over several units: there it is right."""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.fixing import fix_sources

HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n"
BUILDER = "def head(units):\n    return nn.Sequential(nn.Linear(8, units), nn.Softmax(dim=-1))\n\n\n"
CLASS = (
    "class Head(nn.Module):\n    def __init__(self, units):\n        super().__init__()\n        self.out = nn.Linear(8, units)\n"
    "        self.act = nn.Softmax(dim=-1)\n\n    def forward(self, x):\n        return self.act(self.out(x))\n\n\n"
)
SHARED = {
    "a function builds both": f"{BUILDER}value, policy = head(1), head(5)\n\n\ndef step(x):\n    return value(x), policy(x)\n",
    "a class builds both": f"{CLASS}value, policy = Head(1), Head(5)\n\n\ndef step(x):\n    return value(x), policy(x)\n",
    "the other one is never called here": f"{CLASS}value, policy = Head(1), Head(5)\n\n\ndef step(x):\n    return value(x)\n",
    "who knows how many units": f"{CLASS}def build(n):\n    return Head(n)\n\n\nvalue = build(1)\nprint(value(1), build)\n",
}


@pytest.mark.parametrize("name", SHARED)
def test_a_softmax_that_others_need_stays(name: str) -> None:
    report, done = fix_sources({"case.py": f"{HEAD}{SHARED[name]}".encode()}, Settings(select=("LGT403",)), unsafe=True)
    assert [(each.code, each.fix) for each in report.diagnostics] == [("LGT403", None)]
    assert done.contents == {}


def test_a_softmax_that_is_always_over_one_unit_goes() -> None:
    program = f"{CLASS}first, second = Head(1), Head(1)\n\n\ndef step(x):\n    return first(x), second(x)\n"
    _, done = fix_sources({"case.py": f"{HEAD}{program}".encode()}, Settings(select=("LGT403",)), unsafe=True)
    assert "self.act = nn.Sigmoid()" in done.contents["case.py"].decode()
