"""A fix of a logarithm keeps what stands between the activation and the logarithm, or there is none.

A softmax over what was picked from the scores is another distribution: over the examples of a batch, or the constant 1.
That such fixes keep the numbers is measured in ``numerics/test_safe_fixes.py``.
"""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.fixing import fix_sources

HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n"
#: The rows of a batch, and the action taken in each: an agent reads one probability of every row.
PICKED = {
    "a name with another reader": "def loss(z, y):\n    p = F.softmax(z, dim=-1).gather(1, y)\n    return -torch.log(p).mean(), p\n",
    "a column with another reader": "def loss(z):\n    p = F.softmax(z, dim=-1)[:, 1]\n    print(p)\n    return -torch.log(p).mean()\n",
    "an attribute that is read elsewhere": (
        "class Agent:\n    def step(self, z, y):\n        self.p = F.softmax(z, dim=-1)\n        picked = self.p.gather(1, y)\n"
        "        return -torch.log(picked).mean()\n\n    def last(self):\n        return self.p\n"
    ),
    "a model that is sampled from elsewhere": (
        "class Actor(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.net = nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=-1))\n\n"
        "    def forward(self, x):\n        return self.net(x)\n\n\n"
        "class Agent:\n    def __init__(self):\n        self.actor = Actor()\n\n    def act(self, x):\n"
        "        return torch.multinomial(self.actor(x), 1)\n\n    def loss(self, x, y):\n        p = self.actor(x)\n"
        "        p = p[range(len(p)), y]\n        return -torch.log(p).mean()\n"
    ),
}


@pytest.mark.parametrize("name", PICKED)
def test_no_fix_takes_a_softmax_of_what_was_picked(name: str) -> None:
    report, done = fix_sources({"case.py": (HEAD + PICKED[name]).encode()}, Settings(select=("LGT301",)), unsafe=True)
    assert [each.code for each in report.diagnostics] == ["LGT301"]
    assert done.contents == {}
