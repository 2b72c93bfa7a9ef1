"""Tensors that are changed in place: what is stored into them, and who else holds them."""

from __future__ import annotations

import textwrap

import pytest

from logitlint.engine import check

HEAD = """
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import sigmoid_

net = nn.Linear(16, 4)


def squash(t):
    t.sigmoid_()
    return t.mean().item()


def squash_by_name(t):
    torch.sigmoid_(t)


class Kept:
    pass


kept = Kept()


def step(x, y, mask, other):
    z = net(x)
"""
LOGITS = "F.binary_cross_entropy_with_logits(z, y)"
PROBABILITIES = "F.binary_cross_entropy(z, y)"

#: What makes probabilities of the scores, and the tool knows it.
FOLLOWED = {
    "a method": "z.sigmoid_()",
    "a function of torch": "torch.sigmoid_(z)",
    "a function imported by name": "sigmoid_(z)",
    "a store into all of it": "z[:] = z.sigmoid()",
    "a store with dots": "z[...] = torch.sigmoid(z)",
    "a store along every axis": "z[:, :] = torch.sigmoid(z)",
    "a store under a condition that is always met": "if True:\n    z[:] = z.sigmoid()",
    "data": "z.data = z.data.sigmoid()",
    "a method of data": "z.data.sigmoid_()",
    "a method of what is detached": "z.detach().sigmoid_()",
    "out": "torch.sigmoid(z, out=z)",
    "copy": "z.copy_(z.sigmoid())",
    "out, into a new tensor": "p = torch.empty_like(z)\ntorch.sigmoid(z, out=p)\nz = p",
}
#: What changes a part of them, or may: nothing is said of the loss, whatever it takes.
LEFT_OPEN = {
    "a store into a part": "z[:, 2:] = z[:, 2:].sigmoid()",
    "a store into a part, with dots": "z[..., 2:] = torch.sigmoid(z[..., 2:])",
    "a store into a column": "z[:, 0] = z[:, 0].sigmoid()",
    "a store of what nobody knows into a part": "z[:, 2:] = calibrated(z[:, 2:])",
    "a store of what nobody knows": "z[:] = calibrated(z)",
    "a part of it in place": "z[:, 2:].sigmoid_()",
    "a view of it": "z.view(-1).sigmoid_()",
    "a view of a part": "z[:, 2:].reshape(-1).sigmoid_()",
    "a transposed view": "z.T.sigmoid_()",
    "an alias": "p = z\np.sigmoid_()",
    "an alias of a part": "p = z[:, 2:]\np.sigmoid_()",
    "an alias stored into": "p = z\np[:] = p.sigmoid()",
    "an alias in a list": "many = [z]\nmany[0].sigmoid_()",
    "an alias in an attribute": "kept.last = z\nkept.last.sigmoid_()",
    "what may be a copy of another type": "z.float().sigmoid_()",
    "a function of the project": "rate = squash(z)",
    "a function of the project that calls torch's": "squash_by_name(z)",
}
#: What leaves them scores: masks, numbers and more scores.
STILL_SCORES = {
    "a mask": "z[mask] = -float('inf')",
    "a mask of a number nobody knows": "z[mask] = torch.finfo(z.dtype).min",
    "a mask of an attribute": "z[mask] = net.least",
    "a mask of a number below zero": "z[mask] = -net.most",
    "a mask of what a function gives": "z[mask] = least_of(z.dtype)",
    "a column": "z[:, 0] = -1e9",
    "an added number": "z[:, 0] -= 1e9",
    "masked_fill_": "z.masked_fill_(mask, -1e9)",
    "other scores": "z[:, 2:] = net(other)[:, 2:]",
    "a bias": "z += net.bias",
    "a copy that is changed": "p = torch.sigmoid(z)\np[mask] = 0",
    "a copy made before": "p = other.clone()\np.sigmoid_()",
    "a clone that is changed": "p = z.detach().clone()\np[:] = p.sigmoid()",
    "a clone that is changed at once": "p = z.clone().sigmoid_()",
    "a new tensor that is changed": "p = (z / 2).sigmoid_()",
}


def found(change: str, loss: str) -> list[str]:
    """The codes that a program is reported for."""
    text = HEAD + textwrap.indent(f"{change}\nreturn {loss}\n", "    ")
    return [each.code for each in check({"main.py": text.encode()}).diagnostics if each.confidence == "certain"]


@pytest.mark.parametrize("change", FOLLOWED.values(), ids=FOLLOWED)
def test_followed(change: str) -> None:
    assert (found(change, PROBABILITIES), found(change, LOGITS)) == ([], ["LGT103"])


@pytest.mark.parametrize("change", LEFT_OPEN.values(), ids=LEFT_OPEN)
def test_left_open(change: str) -> None:
    assert (found(change, PROBABILITIES), found(change, LOGITS)) == ([], [])


@pytest.mark.parametrize("change", STILL_SCORES.values(), ids=STILL_SCORES)
def test_still_scores(change: str) -> None:
    assert (found(change, LOGITS), found(change, PROBABILITIES)) == ([], ["LGT201"])


@pytest.mark.parametrize("call", ["torch.sigmoid(z, out=p)", "F.relu(z, inplace=True)"])
def test_what_is_written_elsewhere_is_not_thrown_away(call: str) -> None:
    assert found(f"p = torch.empty_like(z)\n{call}", "p") == []


def test_an_alias_of_an_inner_layer_of_a_residual_block_is_left_alone() -> None:
    """Only what comes of the same call as the changed tensor may be that tensor."""
    change = "skip = z\nh = nn.Linear(4, 4)(z)\nh.sigmoid_()\nz = skip"
    assert (found(change, LOGITS), found(change, PROBABILITIES)) == ([], ["LGT201"])
