"""A call is edited only where it calls the activation that is spoken of, whenever it is come to.

A model whose last layer is one of several, a table of layers and a loop over a list have one call for all of them: taken away, or
replaced by the logarithm of one of them, it would take the others with it.
"""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.engine import check
from logitlint.fixing import fix_sources

HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n"
CLASS = "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
ENTROPY = "def step(net, x, y):\n    F.cross_entropy(net(x), y).backward()\n\n\nstep(Net(), torch.randn(2, 8), torch.tensor([0, 1]))\n"
#: Calls of several layers, or of one that gets its own value in the next turn: the rule that speaks, and the program.
SHARED = {
    "a logarithm of a model with one of two activations": (
        "LGT301",
        "def scores(x, one):\n    net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1) if one else nn.Sigmoid())\n"
        "    return torch.log(net(x))\n\n\ndef step(x, y, one):\n    F.nll_loss(scores(x, one), y).backward()\n",
    ),
    "cross entropy of a model with one of two activations": (
        "LGT101",
        "def step(x, y, many):\n    net = nn.Sequential(nn.Linear(4, 3), nn.Sigmoid() if many else nn.Softmax(dim=1))\n"
        "    out = net(x)\n    nn.CrossEntropyLoss()(out, y).backward()\n",
    ),
    "sigmoid twice in a model that is put together bit by bit": (
        "LGT103",
        "def step(x, y, single):\n    parts = [nn.Linear(4, 3)]\n    parts.append(nn.Sigmoid() if single else nn.Softmax(dim=1))\n"
        "    net = nn.Sequential(*parts)\n    nn.BCEWithLogitsLoss()(net(x), y).backward()\n",
    ),
    "log-likelihood of a model with one of two softmaxes": (
        "LGT203",
        "def step(x, y, last):\n    net = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=-1) if last else nn.Softmax(dim=1))\n"
        "    nn.NLLLoss()(net(x), y).backward()\n",
    ),
    "a model whose last layer stands in a table": (
        "LGT101",
        'ENDS = {"one": nn.Softmax(dim=1), "many": nn.Sigmoid()}\n\n\ndef step(x, y, end):\n'
        "    net = nn.Sequential(nn.Linear(4, 3), ENDS[end])\n    F.cross_entropy(net(x), y).backward()\n\n\n"
        'step(torch.randn(2, 4), torch.tensor([0, 1]), "one")\n',
    ),
    "a table of layers": (
        "LGT301",
        'def end(x, name):\n    return {"one": nn.Softmax(dim=1), "many": nn.Sigmoid()}[name](x)\n\n\n'
        'def step(x, y):\n    loss = F.nll_loss(torch.log(end(x, "one")), y) + torch.log(end(x, "many")).mean()\n    loss.backward()\n',
    ),
    "a list of layers by their numbers": (
        "LGT101",
        "layers = [nn.Linear(4, 3), nn.Softmax(dim=1)]\n\n\ndef run(x):\n    for i in range(len(layers)):\n        x = layers[i](x)\n"
        "    return x\n\n\nF.cross_entropy(run(torch.randn(2, 4)), torch.tensor([0, 1])).backward()\n",
    ),
    "a dictionary of layers": (
        "LGT101",
        'net = nn.ModuleDict({"a": nn.Linear(4, 3), "b": nn.Softmax(dim=1)})\nx = torch.randn(2, 4)\nfor layer in net.values():\n'
        "    x = layer(x)\nF.cross_entropy(x, torch.tensor([0, 1])).backward()\n",
    ),
    "layers that a loop takes two by two": (
        "LGT101",
        f"{CLASS}        self.maps = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 3)])\n"
        "        self.ends = nn.ModuleList([nn.ReLU(), nn.Softmax(dim=1)])\n\n    def forward(self, x):\n"
        "        for map, end in zip(self.maps, self.ends):\n            x = map(x)\n            x = end(x)\n"
        f"        return x\n\n\n{ENTROPY}",
    ),
    "functions that a loop takes one by one": (
        "LGT101",
        f"{CLASS}        self.maps = nn.ModuleList([nn.Linear(8, 8), nn.Linear(8, 3)])\n"
        "        self.ends = [F.relu, lambda z: F.softmax(z, dim=1)]\n\n    def forward(self, x):\n"
        f"        for map, end in zip(self.maps, self.ends):\n            x = end(map(x))\n        return x\n\n\n{ENTROPY}",
    ),
    "blocks that end in the activation": (
        "LGT103",
        f"{CLASS}        self.blocks = nn.ModuleList([nn.Sequential(nn.Linear(8, 8), nn.Sigmoid()) for _ in range(3)])\n\n"
        "    def forward(self, x):\n        for block in self.blocks:\n            x = block(x)\n        return x\n\n\n"
        "nn.BCEWithLogitsLoss()(Net()(torch.randn(2, 8)), torch.ones(2, 8)).backward()\n",
    ),
    "a list of layers that another loop goes over": (
        "LGT101",
        f"{CLASS}        self.parts = nn.ModuleList([nn.Linear(8, 3), nn.Softmax(dim=1)])\n\n    def forward(self, x):\n"
        "        for part in self.parts:\n            x = part(x)\n        return x\n\n"
        f"    def first(self, x):\n        for part in list(self.parts)[:-1]:\n            x = part(x)\n        return x\n\n\n{ENTROPY}",
    ),
    "a list of layers with two softmaxes": (
        "LGT101",
        f"{CLASS}        self.parts = nn.ModuleList([nn.Linear(8, 4), nn.Softmax(dim=1), nn.Linear(4, 3), nn.Softmax(dim=1)])\n\n"
        f"    def forward(self, x):\n        for part in self.parts:\n            x = part(x)\n        return x\n\n\n{ENTROPY}",
    ),
    "a layer of one of two classes": (
        "LGT101",
        'ENDS = {"softmax": nn.Softmax, "tanh": nn.Tanh}\n\n\n'
        "def make(name):\n    return nn.Sequential(nn.Linear(4, 3), ENDS[name]())\n\n\n"
        'def step(x, y):\n    F.cross_entropy(make("softmax")(x), y).backward()\n    F.mse_loss(make("tanh")(x), y).backward()\n',
    ),
}


@pytest.mark.parametrize("name", SHARED)
def test_no_fix_edits_a_call_that_calls_something_else_too(name: str) -> None:
    code, source = SHARED[name]
    sources, settings = {"case.py": (HEAD + source).encode()}, Settings(select=(code,))
    assert {each.code for each in check(sources, settings).diagnostics} == {code}
    assert not fix_sources(sources, settings, unsafe=True)[1].contents


def test_what_a_model_gives_with_one_of_two_layers_is_made_where_they_are_built() -> None:
    code, source = SHARED["cross entropy of a model with one of two activations"]
    (found,) = check({"case.py": (HEAD + source).encode()}, Settings(select=(code,))).diagnostics
    assert found.producer is not None
    assert (HEAD + source).splitlines()[found.producer.line - 1].strip().startswith("net = ")


def test_no_axis_is_named_for_a_function_that_knows_none() -> None:
    source = (
        'def end(x, name):\n    return {"one": F.softmax, "none": torch.tanh}[name](x)\n\n\n'
        'def step(x, y):\n    F.mse_loss(end(x, "one"), y).backward()\n    F.mse_loss(end(x, "none"), y).backward()\n'
    )
    (found,) = check({"case.py": (HEAD + source).encode()}, Settings(select=("LGT405",), confidence="possible")).diagnostics
    assert found.fix is None
