"""Where a softmax goes for those who read a part of what it made, or another shape: an axis means there something else, or nothing.

An activation of each number by itself can be applied to a part as well as to the whole.
"""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.fixing import fix_sources

HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\nnet = nn.Linear(8, 2)\n\n\n"
STEP = "def step(x, y):\n    out = F.softmax(net(x), dim=1)\n    F.cross_entropy(out, y).backward()\n"
SETTINGS = Settings(select=("LGT101", "LGT103"))

#: A part, or another shape, that a name stands for, and what becomes of the statement that takes it.
TAKEN = {
    "a class": ("p = out[:, 1]", "p = F.softmax(out, dim=1)[:, 1]"),
    "a row": ("p = out[0]", "p = F.softmax(out, dim=1)[0]"),
    "the label's class of each row": ("p = out[range(4), y]", "p = F.softmax(out, dim=1)[range(4), y]"),
    "some classes": ("p = out.index_select(1, y)", "p = F.softmax(out, dim=1).index_select(1, y)"),
    "classes first": ("p = out.t()", "p = F.softmax(out, dim=1).t()"),
    "one row of all": ("p = out.view(-1)", "p = F.softmax(out, dim=1).view(-1)"),
    "one more axis": ("p = out.unsqueeze(0)", "p = F.softmax(out, dim=1).unsqueeze(0)"),
    "a part of another place": ("p = out.detach().cpu()[:, 1].numpy()", "p = F.softmax(out, dim=1).detach().cpu()[:, 1].numpy()"),
    "the same name": ("p = out = out[:, 1]", "p = out = F.softmax(out, dim=1)[:, 1]"),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_softmax_is_applied_before_a_part_is_taken(name: str) -> None:
    taken, expected = TAKEN[name]
    assert f"    {expected}\n    print(p.max(), p)\n" in _fixed(f"{STEP}    {taken}\n    print(p.max(), p)\n")


def test_a_sigmoid_is_applied_to_the_part() -> None:
    program = (
        "def step(x, y):\n    out = torch.sigmoid(net(x))\n    F.binary_cross_entropy_with_logits(out, y).backward()\n"
        "    p = out[:, 1]\n    print(p.max())\n"
    )
    assert "    p = out[:, 1]\n    print(torch.sigmoid(p).max())\n" in _fixed(program)


#: What a reader reads is a part, or has another shape, and there is no place for the softmax that suits everybody.
NO_PLACE = {
    "a loss reads it too": (
        "def step(x, y):\n    out = F.softmax(net(x), dim=1).view(-1, 2)\n    flat = out.view(-1)\n"
        "    F.cross_entropy(flat, y).backward()\n    print(flat.max())\n"
    ),
    "one part or another": f"{STEP}    p = out[:, 1]\n    if y.sum():\n        p = out[:, 0]\n    print(p.max())\n",
    "a part or something else": f"{STEP}    p = out[:, 1] if y.sum() else x\n    print(p.max())\n",
    "a function is given it": (
        "def loss(p, y):\n    print(p.max())\n    return F.cross_entropy(p, y)\n\n\n"
        "def step(x, y):\n    out = F.softmax(net(x), dim=1)\n    loss(out.transpose(1, 2), y).backward()\n"
    ),
    "a function gives it": (
        "def rows(x):\n    out = F.softmax(net(x), dim=1)\n    return out.view(-1, 2)\n\n\n"
        "def step(x, y):\n    p = rows(x)\n    F.cross_entropy(p, y).backward()\n    print(p.max())\n"
    ),
}


@pytest.mark.parametrize("name", NO_PLACE)
def test_no_softmax_is_applied_along_an_axis_that_means_something_else(name: str) -> None:
    report, done = fix_sources({"case.py": f"{HEAD}{NO_PLACE[name]}".encode()}, SETTINGS, unsafe=True)
    assert [each.code for each in report.diagnostics] == ["LGT101"]
    assert done.contents == {}


def _fixed(program: str) -> str:
    return fix_sources({"case.py": f"{HEAD}{program}".encode()}, SETTINGS, unsafe=True)[1].contents["case.py"].decode()
