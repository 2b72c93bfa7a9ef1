"""Who imports whom: a spelling that the scan does not know is a training script that is never run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from logitlint import engine
from logitlint.config import load
from logitlint.imports import cloned, importers, mentioned
from logitlint.project import Project


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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("!git clone https://example.org/someone/mints.git", ["mints"]),
        ("! git clone -q --depth 1 -b dev https://example.org/someone/mints/", ["mints"]),
        ("!git clone git@example.org:someone/mints.git  # ours", ["mints"]),
        ("!git clone https://example.org/someone/of-gold.git /content/mints && cd mints", ["mints"]),
        ("!git clone 'https://example.org/someone/mints'\n%cd mints", ["mints"]),
        ('os.system("git clone https://example.org/someone/mints")', ["mints"]),
        ("!git clone $address", []),
    ],
)
@pytest.mark.parametrize("is_notebook", [False, True])
def test_the_folder_that_a_repository_is_cloned_into(text: str, names: list[str], is_notebook: bool) -> None:
    source = json.dumps({"cells": [{"cell_type": "code", "source": text, "metadata": {}}]}) if is_notebook else text
    assert list(cloned(source.encode())) == names


def test_who_imports_a_package_by_the_name_of_the_folder_that_it_was_cloned_into() -> None:
    files = {
        "gold/__init__.py": b"from .parts import Judge",
        "gold/parts.py": b"class Judge: pass",
        "gold/walk.py": b"# !git clone https://example.org/someone/mints\nfrom mints import Judge",
        "gold/other.py": b"# !git clone https://example.org/someone/mints\nfrom coins import Coins",
    }
    assert importers(["gold/parts.py"], files, files.get) == {"gold/__init__.py", "gold/parts.py", "gold/walk.py"}


PACKAGE = {
    "pyproject.toml": "",
    "__init__.py": "from .parts.judges import Judge\n",
    "parts/__init__.py": "",
    "parts/judges.py": "import torch\n\n\ndef Judge(x):\n    return torch.sigmoid(x)\n",
    "run.py": "import torch.nn.functional as F\nfrom mints import Judge\nF.binary_cross_entropy_with_logits(Judge(x), y)\n",
}


@pytest.mark.parametrize(
    ("folder", "named"), [("mints", "."), ("mints", "run.py"), ("mints/parts", ".."), ("mints/parts", "../run.py"), (".", "mints")]
)
def test_a_project_that_is_a_package_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, named: str) -> None:
    for name, text in PACKAGE.items():
        path = tmp_path / "mints" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.chdir(tmp_path / folder)
    assert [each.code for each in engine.run([named], load([named], {"no_cache": True})).diagnostics] == ["LGT103"]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mints").rename(tmp_path / "coins")
    assert engine.run(["coins"], load(["coins"], {"no_cache": True})).diagnostics == ()


def test_who_imports_a_package_that_is_the_project() -> None:
    files = {name: text.encode() for name, text in PACKAGE.items() if name.endswith(".py")}
    assert Project(files, files.get, ("",), name="mints").users(["parts/judges.py"]) == {"__init__.py", "parts/judges.py", "run.py"}
    assert Project(files, files.get, ("",), name="coins").users(["parts/judges.py"]) == {"__init__.py", "parts/judges.py"}
