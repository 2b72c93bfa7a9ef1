"""Layers of unknown number with known ones before and after them: the last one decides, whatever way the container is walked.

A sequence that forgets what follows the unknown middle takes the middle for the end: a wrong report on a network that ends in a linear
layer, and silence on one that ends in a softmax.
"""

from __future__ import annotations

import pytest

from logitlint.engine import check

NETWORK = """
import itertools
import sys
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)

    def forward(self, x):
        return torch.tanh(self.fc(x))


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 3)

    def forward(self, x):
        return {head}


class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        {build}
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        {walk}
        return x


F.cross_entropy(Net(int(sys.argv[1]))(torch.rand(4, 8)), torch.zeros(4).long())
"""
BUILDS = {
    "a sum": "layers = [Block() for _ in range(depth)] + [Head()]",
    "a sum with a first layer": "layers = [Block(), *(Block() for _ in range(depth)), Head()]",
    "append": "layers = [Block() for _ in range(depth)]\n        layers.append(Head())",
    "extend": "layers = []\n        layers.extend([Block() for _ in range(depth)])\n        layers.extend([Head()])",
    "two middles": "layers = [*(Block() for _ in range(depth)), *(Block() for _ in range(depth)), Head()]",
    "a slice": "layers = ([Block() for _ in range(depth)] + [Head()])[0:]",
    "a comprehension": "layers = [each for each in [Block() for _ in range(depth)] + [Head()]]",
    "list()": "layers = list(tuple([Block() for _ in range(depth)] + [Head()]))",
    "reversed()": "layers = list(reversed([Head(), *(Block() for _ in range(depth))]))",
    "map()": "layers = list(map(lambda make: make(), [Block] * depth + [Head]))",
    "+=": "layers = [Block() for _ in range(depth)]\n        layers += [Head()]",
    "a dictionary": (
        "made = OrderedDict()\n        for i in range(depth):\n            made[f'block{i}'] = Block()\n        made['head'] = Head()\n"
        "        layers = [layer for _, layer in made.items()]"
    ),
}
WALKS = {
    "for": "for layer in self.layers:\n            x = layer(x)",
    "enumerate": "for i, layer in enumerate(self.layers):\n            x = layer(x)",
    "enumerate from 1": "for i, layer in enumerate(self.layers, 1):\n            x = layer(x)\n            print(i)",
    "a comprehension": "for layer in [each for each in self.layers]:\n            x = layer(x)",
    "Sequential": "x = nn.Sequential(*self.layers)(x)",
    "all but the last, then the last": "for layer in self.layers[:-1]:\n            x = layer(x)\n        x = self.layers[-1](x)",
    "reversed twice": "for layer in reversed(list(reversed(self.layers))):\n            x = layer(x)",
}
WRONG, RIGHT = "torch.softmax(self.fc(x), dim=1)", "self.fc(x)"


def found(head: str, build: str, walk: str) -> list[tuple[str, str]]:
    text = NETWORK.format(head=head, build=BUILDS[build], walk=WALKS[walk])
    return [(each.code, each.confidence) for each in check({"net.py": text.encode()}).diagnostics]


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("build", BUILDS)
def test_the_layer_after_an_unknown_number_of_others_decides(build: str, walk: str) -> None:
    assert found(RIGHT, build, walk) == []
    assert found(WRONG, build, walk) == [("LGT101", "certain")]
