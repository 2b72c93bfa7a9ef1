"""What a project says of its own losses, layers and activations: stub files and wrappers, through the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from program import program, write

from logitlint import catalog

#: A package whose bodies say nothing that could be followed: only a contract can.
PACKAGE = {
    "mylib/__init__.py": "from .losses import FocalCE, focal_bce\nfrom .heads import Head\n",
    "mylib/losses/__init__.py": "from .focal import *\n",
    "mylib/losses/focal.py": """\
from backend import evaluate


class FocalCE:
    def __init__(self, gamma, *, alpha=1.0, from_logits=True):
        self.gamma = gamma

    def __call__(self, scores, labels, mask=None):
        return evaluate(scores, labels, mask)


def focal_bce(p, y, gamma=2.0):
    return evaluate(p, y, gamma)
""",
    "mylib/heads.py": """\
from backend import evaluate


class Head:
    def __init__(self, width):
        self.width = width

    def __call__(self, x):
        return evaluate(x, self.width)
""",
}
TRAIN = """\
import torch
from mylib import FocalCE, focal_bce

criterion = FocalCE(2.0, alpha=0.25)
head = torch.nn.Linear(8, 3)
for x, y in loader:
    p = torch.softmax(head(x), dim=1)
    a = criterion(p, y, mask=x)
    b = focal_bce(head(x), y, 1.5)
"""
WRAPPERS = """\
[tool.logitlint.wrappers]
"mylib.losses.FocalCE" = "torch.nn.CrossEntropyLoss"
"mylib.losses.focal_bce" = "F.binary_cross_entropy"
"""


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    catalog.extend()


def findings(folder: Path, *arguments: str) -> list[tuple[str, int, str]]:
    done = program(folder, "check", "--output-format", "json", *arguments)
    assert done.status in (0, 1), done.err
    rows: list[dict[str, Any]] = json.loads(done.out)
    return [(row["path"], row["line"], row["code"]) for row in rows]


def project(folder: Path, settings: str, train: str = TRAIN, **more: str) -> Path:
    write(folder, {**PACKAGE, "pyproject.toml": settings, "train.py": train, **more})
    return folder


# -- wrappers


def test_without_a_declaration_nothing_is_known(tmp_path: Path) -> None:
    assert findings(project(tmp_path, "")) == []


def test_a_wrapper_behaves_as_the_named_api(tmp_path: Path) -> None:
    assert findings(project(tmp_path, WRAPPERS)) == [("train.py", 8, "LGT101"), ("train.py", 9, "LGT201")]


@pytest.mark.parametrize(
    "settings",
    [
        '[tool.logitlint.wrappers]\n"mylib.FocalCE" = "nn.CrossEntropyLoss"\n',
        '[tool.logitlint.wrappers]\nmylib.losses.focal.FocalCE = "nn.CrossEntropyLoss"\n',
        '[tool.logitlint.wrappers.mylib.losses]\nFocalCE = "torch.nn.modules.loss.CrossEntropyLoss"\n',
        '[tool.logitlint]\nwrappers = { "mylib.FocalCE" = "torch.nn.CrossEntropyLoss" }\n',
    ],
)
@pytest.mark.parametrize("imported", ["from mylib import FocalCE", "from mylib.losses import FocalCE", "from mylib.losses.focal import *"])
def test_a_name_is_known_under_every_path_that_leads_to_it(tmp_path: Path, settings: str, imported: str) -> None:
    train = f"import torch\n{imported}\nnet = torch.nn.Linear(8, 3)\nFocalCE(2.0)(torch.softmax(net(x), 1), y)\n"
    assert findings(project(tmp_path, settings, train)) == [("train.py", 4, "LGT101")]


def test_a_module_of_the_package_itself_sees_the_contract(tmp_path: Path) -> None:
    step = "import torch\nfrom .losses import FocalCE\n\ndef step(net, x, y):\n    return FocalCE(1.0)(torch.softmax(net(x), 1), y)\n"
    write(tmp_path, {**PACKAGE, "pyproject.toml": WRAPPERS, "mylib/step.py": step})
    assert findings(tmp_path) == [("mylib/step.py", 5, "LGT101")]


def test_the_body_of_a_declared_name_is_never_entered(tmp_path: Path) -> None:
    body = "import torch\n\ndef stable(x):\n    return torch.log(torch.softmax(x, 1))\n"
    train = "import torch\nfrom ops import stable\nlinear = torch.nn.Linear(8, 3)\ntorch.nn.CrossEntropyLoss()(stable(linear(x)), y)\n"
    settings = '[tool.logitlint]\nextend-select = ["LGT102"]\n'
    write(tmp_path, {"pyproject.toml": settings, "ops.py": body, "train.py": train})
    assert findings(tmp_path) == [("ops.py", 4, "LGT301"), ("train.py", 4, "LGT102")]
    write(tmp_path, {"pyproject.toml": settings + '[tool.logitlint.wrappers]\n"ops.stable" = "F.log_softmax"\n'})
    assert findings(tmp_path) == [("train.py", 4, "LGT102")]


def test_a_subclass_of_a_declared_loss_inherits_its_contract(tmp_path: Path) -> None:
    train = TRAIN.replace("criterion =", "class Mine(FocalCE):\n    pass\n\ncriterion =").replace("= FocalCE(2.0", "= Mine(2.0")
    assert ("train.py", 11, "LGT101") in findings(project(tmp_path, WRAPPERS, train))


def test_a_flag_of_the_target_means_what_it_means_there(tmp_path: Path) -> None:
    settings = '[tool.logitlint.wrappers]\n"mylib.FocalCE" = "keras.losses.CategoricalCrossentropy"\n'
    train = """\
import torch
from mylib import FocalCE
p = torch.softmax(torch.nn.Linear(8, 3)(x), dim=1)
FocalCE(2.0)(y, p)
FocalCE(2.0, from_logits=True)(y, p)
FocalCE(2.0, from_logits=unknown())(y, p)
"""
    assert findings(project(tmp_path, settings, train)) == [("train.py", 5, "LGT101")]


def test_the_target_may_fix_a_flag(tmp_path: Path) -> None:
    settings = '[tool.logitlint.wrappers]\n"mylib.FocalCE" = "keras.losses.CategoricalCrossentropy(from_logits=True)"\n'
    train = "import torch\nfrom mylib import FocalCE\np = torch.softmax(torch.nn.Linear(8, 3)(x), dim=1)\nFocalCE(2.0)(y, p)\n"
    assert findings(project(tmp_path, settings, train)) == [("train.py", 4, "LGT101")]


def test_the_defaults_of_the_target_are_not_those_of_the_wrapper(tmp_path: Path) -> None:
    """The axis of a wrapped softmax is its own affair: nothing may be said of a ``dim`` that it lacks."""
    settings = '[tool.logitlint.wrappers]\n"mylib.Head" = "torch.nn.Softmax"\n'
    train = "import torch\nfrom mylib import Head\nlinear = torch.nn.Linear(8, 3)\ntorch.nn.CrossEntropyLoss()(Head(2.0)(linear(x)), y)\n"
    assert findings(project(tmp_path, settings, train)) == [("train.py", 4, "LGT101")]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('"mylib.FocalCE" = "torch.nn.CrossEntropyLos"', "did you mean torch.nn.CrossEntropyLoss"),
        ('"mylib.FocalCE" = "torch.nn"', "no API is known as 'torch.nn'"),
        ('"mylib.FocalCE" = "not a name"', "is no name"),
        ('"mylib.FocalCE" = "torch.softmax(1)"', "takes arguments by name only"),
        ('"mylib.FocalCE" = "torch.softmax(axes=1)"', "torch.softmax has no parameter 'axes'"),
        ('"mylib.FocalCE" = "keras.losses.BinaryCrossentropy(from_logits=3)"', "does not take these values"),
        ('"FocalCE" = "torch.softmax"', "a wrapper is named in full"),
        ('"mylib.FocalCE" = 3', "expected a table from full name to the name of a known API"),
    ],
)
def test_a_wrong_wrapper_is_named_with_its_line(tmp_path: Path, entry: str, message: str) -> None:
    settings = f'[tool.logitlint]\nselect = ["ALL"]\n\n[tool.logitlint.wrappers]\n"mylib.focal_bce" = "F.binary_cross_entropy"\n{entry}\n'
    done = program(project(tmp_path, settings), "check")
    assert (done.status, done.out) == (2, b"")
    line = 4 if "= 3" in entry else 6
    assert f"pyproject.toml:{line}: " in done.err
    assert message in done.err
    assert program(tmp_path, "explain", "torch.softmax").status == 2
    assert program(tmp_path, "check", "--exit-zero").status == 2


def test_the_resolved_settings_show_the_wrappers(tmp_path: Path) -> None:
    done = program(project(tmp_path, WRAPPERS), "config")
    assert 'wrappers = { "mylib.losses.FocalCE" = "torch.nn.CrossEntropyLoss", "mylib.losses.focal_bce" = "F.binary_cross' in done.text


# -- stubs

STUBS = '[tool.logitlint]\nstubs = ["contracts/"]\n'
FOCAL = '''\
"""S Our losses."""

from torch.nn import Module as Module

class FocalCE(Loss[K], Module):
    """V Scores unless from_logits is off."""
    @overload
    def __init__(self: FocalCE[LogitsCat], gamma, *, alpha=1.0, from_logits: Literal[True] = True): ...
    @overload
    def __init__(self: FocalCE[ProbCat], gamma, *, alpha=1.0, from_logits: Literal[False] = True): ...
    def __call__(self, scores: K[1], labels: Target, mask=None) -> LossValue: ...

def focal_bce(p: ProbEl, y: Target, gamma=2.0) -> LossValue: ...
'''
HEAD = '"""S"""\n\nclass Head(Layer):\n    def __init__(self, width): ...\n    def __call__(self, x) -> ProbCat[1, "width"]: ...\n'


def test_stubs_are_the_contracts_of_a_project(tmp_path: Path) -> None:
    stubs = {"contracts/mylib/losses/__init__.pyi": FOCAL, "contracts/mylib/heads.pyi": HEAD}
    train = TRAIN + "    c = FocalCE(1.0, from_logits=False)(head(x), y)\n    d = torch.nn.NLLLoss()(mylib.Head(3)(x), y)\n"
    found = findings(project(tmp_path, STUBS, train.replace("import torch", "import mylib, torch"), **stubs))
    assert found == [("train.py", 8, "LGT101"), ("train.py", 9, "LGT201"), ("train.py", 10, "LGT201"), ("train.py", 11, "LGT203")]


def test_stubs_are_found_from_any_working_directory(tmp_path: Path) -> None:
    project(tmp_path, STUBS, **{"contracts/mylib/losses/__init__.pyi": FOCAL})
    inside = [(Path(path).name, line, code) for path, line, code in findings(tmp_path / "mylib", "..")]
    assert inside == [("train.py", 8, "LGT101"), ("train.py", 9, "LGT201")]


def test_a_stub_replaces_what_is_shipped(tmp_path: Path) -> None:
    stub = '"""R Ours is patched."""\ndef cross_entropy(input: Free, target: Target, *args, **kwargs) -> LossValue: ...\n'
    train = """\
import torch
import torch.nn.functional as F
p = torch.softmax(torch.nn.Linear(8, 3)(x), 1)
F.cross_entropy(p, y)
F.nll_loss(p, y)
"""
    write(tmp_path, {"pyproject.toml": STUBS, "train.py": train, "contracts/torch/nn/functional.pyi": stub})
    assert findings(tmp_path) == [("train.py", 5, "LGT203")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("def f(x: Logit) -> LossValue: ...", 1, "unknown annotation Logit"),
        ("\n\ndef f(x) -> Probs: ...", 3, "unknown kind or transfer 'Probs'"),
        ("def f(:", 1, ""),
        ("class Mine(Nowhere): ...", 1, "there is no stub for the base class"),
        ("\nmine = nowhere.at_all", 2, "there is no stub for nowhere.at_all"),
        ("from nowhere import ghost as ghost", 1, "there is no stub for nowhere.ghost"),
        ("def f(x): '''Nobody knows.'''", 1, "a docstring begins with its evidence"),
    ],
)
def test_a_wrong_stub_is_named_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    done = program(project(tmp_path, STUBS, **{"contracts/mylib/heads.pyi": text}), "check")
    assert (done.status, done.out) == (2, b"")
    assert f"contracts/mylib/heads.pyi:{line}: " in done.err
    assert message in done.err
    assert program(tmp_path, "explain", "torch.softmax").status == 2


def test_a_stub_that_is_no_text_is_named(tmp_path: Path) -> None:
    project(tmp_path, STUBS, **{"contracts/mylib/heads.pyi": ""})
    (tmp_path / "contracts/mylib/heads.pyi").write_bytes(b"\xff\xfe")
    done = program(tmp_path, "check")
    assert (done.status, done.out) == (2, b"")
    assert "contracts/mylib/heads.pyi:1: is not UTF-8" in done.err


def test_an_absent_folder_of_stubs_is_an_error(tmp_path: Path) -> None:
    done = program(project(tmp_path, STUBS), "check")
    assert (done.status, done.out) == (2, b"")
    assert "pyproject.toml: stubs: contracts: no such folder" in done.err


def test_a_project_without_its_own_contracts_gets_the_shipped_ones_back(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    project(one, WRAPPERS)
    project(two, "")
    assert findings(one)
    assert findings(two) == []


# -- what audit says where nothing is known


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("torch.cos(net(x))", "nothing is said of what `torch.cos` gives"),
        ("mystery(x)", "the value's kind is not known"),
        ("torch.relu(net(x)).clone() * x", "its kind is lost after it passes through"),
        ("net(x) if x.any() else mystery(x)", "in another case, the value's kind is not known"),
        ("torch.softmax(net(x), dim=1).gather(1, y)", "a value of this kind may be meant here"),
    ],
)
def test_audit_says_where_the_trail_ends(tmp_path: Path, value: str, reason: str) -> None:
    write(tmp_path, {"train.py": f"import torch\nnet = torch.nn.Linear(8, 3)\ntorch.nn.CrossEntropyLoss()({value}, y)\n"})
    done = program(tmp_path, "audit", "--output-format", "json")
    (row,) = json.loads(done.out)
    assert row["verdict"] == "unresolved"
    assert row["reason"].startswith(reason)
