"""A run that finds nothing to read must stay cheap: pre-commit starts the linter on every commit, mostly for nothing."""

from __future__ import annotations

import ast
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from cases import Checker

from logitlint.files import prefilter

SOURCE = Path(__file__).parents[1] / "src"

#: Never needed for a run in which no file passes the prefilter. In milliseconds of CPU: libcst 224, libcst.matchers 478, nbformat 277.
HEAVY = (
    "libcst",
    "nbformat",
    "rich",
    "multiprocessing",
    "concurrent.futures.process",
    "sqlite3",
    "asyncio",
    "logitlint.lower",
    "logitlint.positions",
    "logitlint.interp",
)

MISUSE = """
import torch.nn.functional as F


def loss(x, y):
    return F.cross_entropy(F.softmax(x, dim=1), y)
"""

NOTHING_TO_READ = {
    "app/__init__.py": "",
    "app/server.py": "import json\n\n\ndef handle(request):\n    return json.dumps({'path': request.path})\n",
    "app/store.py": "class Store:\n    def __init__(self):\n        self.rows = []\n",
    "notes.ipynb": json.dumps(
        {"cells": [{"cell_type": "code", "source": ["1 + 1"], "metadata": {}, "outputs": []}], "metadata": {}, "nbformat": 4}
    ),
}

RUN = """
import json, resource, sys
from logitlint.cli import main
try:
    main(["check", "--no-cache", "--isolated", *sys.argv[1:]])
except SystemExit as end:
    status = end.code or 0
used, modules = resource.getrusage(resource.RUSAGE_SELF), sorted(sys.modules)
from pace import slowness
print(json.dumps({"status": status, "cpu": (used.ru_utime + used.ru_stime) / slowness(), "modules": modules}))
"""

BARE = """
import click, resource
used = resource.getrusage(resource.RUSAGE_SELF)
from pace import slowness
print((used.ru_utime + used.ru_stime) / slowness())
"""

CPU_LIMIT = 0.100  #: seconds above a bare interpreter that imports click, at the pace of `pace`'s reference


def python(code: str, *arguments: str, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(SOURCE), str(Path(__file__).parent)))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users run from byte code
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in NOTHING_TO_READ.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_nothing_heavy_is_imported_when_nothing_passes_the_prefilter(tree: Path) -> None:
    report = json.loads(python(RUN, ".", cwd=tree))
    assert report["status"] == 0
    assert not [name for name in HEAVY if name in report["modules"]]


def test_nothing_is_parsed_when_nothing_passes_the_prefilter(check: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was parsed that holds nothing to judge")

    monkeypatch.setattr(ast, "parse", refuse)
    assert check({**NOTHING_TO_READ, "old.py": "print 'Python 2'\n"}) == ()
    with pytest.raises(AssertionError, match="nothing to judge"):
        check({"train.py": MISUSE})


def test_a_file_that_only_ties_a_model_and_a_loss_together_is_run(check: Checker) -> None:
    """It passes no prefilter, and neither does the model behind a package's ``__init__``; what it imports does."""
    files = {
        "net/__init__.py": "from .layers import head\n\n\nclass Net:\n    def __call__(self, x):\n        return head(x)\n",
        "net/layers.py": "from torch.nn.functional import softmax\n\n\ndef head(x):\n    return softmax(x, dim=1)\n",
        "objective.py": "import torch.nn as nn\n\n\ndef judge():\n    return nn.CrossEntropyLoss()\n",
        "loop.py": "def train(net, judge, batches):\n    for x, y in batches:\n        judge(net(x), y).backward()\n",
        "main.py": "import objective\nfrom loop import train\nfrom net import (\n    Net,\n)\n\n"
        "train(Net(), objective.judge(), open('rows'))\n",
    }
    assert [path for path, text in files.items() if prefilter(text.encode())] == ["net/layers.py", "objective.py"]
    found = check({**files, **NOTHING_TO_READ})
    assert [(each.code, each.span.path, each.span.line) for each in found] == [("LGT101", "loop.py", 3)]


def test_the_check_of_imports_sees_libcst_when_there_is_something_to_read(tree: Path) -> None:
    (tree / "train.py").write_text(MISUSE)
    report = json.loads(python(RUN, ".", cwd=tree))
    assert report["status"] == 1
    assert "libcst" in report["modules"]


def test_cpu_when_nothing_passes_the_prefilter(tree: Path) -> None:
    """The middle of nine runs each, every one at the pace that its own process had: a busy machine is slower by turns."""
    assert json.loads(python(RUN, ".", cwd=tree))["status"] == 0  # this run also writes the byte code
    pairs = [(json.loads(python(RUN, ".", cwd=tree))["cpu"], float(python(BARE, cwd=tree))) for _ in range(9)]
    run, bare = (statistics.median(each) for each in zip(*pairs, strict=True))
    assert run - bare <= CPU_LIMIT, f"{run * 1000:.0f} ms CPU where bare Python with click takes {bare * 1000:.0f}"
