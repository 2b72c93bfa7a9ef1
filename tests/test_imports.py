"""Who imports whom: a spelling that the scan does not know is a training script that is never run."""

from __future__ import annotations

import json

import pytest

from logitlint.imports import importers, mentioned


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import net", {"net"}),
        ("import a.net as n, b.loss", {"net", "loss"}),
        ("from net import Net", {"net", "Net"}),
        ("from .models.net import Net as N", {"net", "Net"}),
        ("from . import net, loss", {"net", "loss"}),
        ("from .. import net  # and loss", {"net"}),
        ("from models import (  # the big ones\n    net,\n    loss,\n)\n", {"models", "net", "loss"}),
        ("from models import net, \\\n    loss\n", {"net", "loss"}),
        ("from net import*", {"net"}),
        ("try: import net\nexcept ImportError: from spare import net", {"net", "spare"}),
        ("if True:\n\timport net; from loss import ce", {"net", "loss", "ce"}),
        ("\r\nimport net\r\nfrom loss import ce\r\n", {"net", "loss"}),
        ("%run ../lib/net.py --fast", {"net"}),
        ("m = importlib.import_module('models.net')", {"net"}),
        ("m = import_module(f'.models.{name}', package)", {"models/*"}),
        ("m = import_module(f'app.models.{name}')", {"models/*"}),
        ("m = __import__('models.' + name, fromlist=['Net'])", {"models/*"}),
    ],
)
def test_spellings(text: str, names: set[str]) -> None:
    assert names <= mentioned(text.encode())


def test_a_comment_after_an_import_is_none() -> None:
    assert "loss" not in mentioned(b"from .. import net  # and loss")


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("source", ["import torch\nfrom net import Net\n", ["import torch\n", "from net import Net"]])
def test_a_notebook_written_on_one_line_or_many(source: object, indent: int | None) -> None:
    text = json.dumps({"cells": [{"cell_type": "code", "source": source}]}, indent=indent)
    assert {"torch", "net", "Net"} <= mentioned(text.encode())


def test_importers_are_found_through_a_package_and_no_others() -> None:
    files = {
        "nets/__init__.py": b"from .big import Big",
        "nets/big.py": b"class Big: pass",
        "train.py": b"from nets import Big",
        "run.py": b"import train",
        "other.py": b"import json",
        "gone.py": None,
    }
    assert importers(["nets/big.py"], files, files.get) == {"nets/big.py", "nets/__init__.py", "train.py", "run.py"}


def test_importers_by_name_are_found() -> None:
    files = {
        "nets/big.py": b"class Big: pass",
        "nets/small/__init__.py": b"class Small: pass",
        "train.py": b"import importlib\nnet = importlib.import_module(f'nets.{name}')",
        "other.py": b"import importlib\nnet = importlib.import_module(f'data.{name}')",
    }
    assert importers(["nets/big.py"], files, files.get) == {"nets/big.py", "train.py"}
    assert importers(["nets/small/__init__.py"], files, files.get) == {"nets/small/__init__.py", "train.py"}
