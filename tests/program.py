"""The real program over projects that a test writes to a folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from click.testing import CliRunner

from logitlint.cli import main

Json: TypeAlias = dict[str, Any]

#: A misuse in one file: the consumer on line 7, the producer on line 6.
STEP = """\
import torch
import torch.nn.functional as F


def step(net, x, y):
    p = torch.softmax(net(x), dim=1)
    return F.cross_entropy(p, y)
"""
#: A misuse that no file shows by itself.
THREE_FILES = {
    "net.py": """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(8, 3)

    def forward(self, x):
        return torch.softmax(self.out(x), dim=1)
""",
    "losses.py": """\
from torch import nn


def make_criterion():
    return nn.CrossEntropyLoss()
""",
    "train.py": """\
from losses import make_criterion
from net import Net


def main(loader):
    net, criterion = Net(), make_criterion()
    for x, y in loader:
        criterion(net(x), y).backward()
""",
}


#: What a developer's shell may hold and a test must not see.
_AMBIENT = (
    *(key for key in os.environ if key.startswith("LOGITLINT_")),
    *("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"),
)


class Done(NamedTuple):
    """One finished run of the program."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def codes(self) -> list[str]:
        """The codes of a concise report, in its order."""
        return [line.partition(": LGT")[2][:3] for line in self.lines]


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Files below ``folder``, which is a project of its own; text is written as UTF-8 with its line ends as they are."""
    for name, content in {"pyproject.toml": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def notebook(*cells: str) -> str:
    """A notebook whose first cell is prose; code cell ``n`` (from 1) is therefore cell ``n + 1``."""
    empty: Json = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    code = [{**empty, "source": cell.splitlines(True)} for cell in cells]
    prose: Json = {"cell_type": "markdown", "metadata": {}, "source": ["# A study\n", "of softmax"]}
    return json.dumps({"cells": [prose, *code], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}, indent=1)


def program(folder: Path, *arguments: str, stdin: bytes = b"") -> Done:
    """The program, run in ``folder`` within this process."""
    here = os.getcwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(main, list(arguments), input=stdin, env=dict.fromkeys(_AMBIENT), prog_name="logitlint")
    finally:
        os.chdir(here)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout_bytes, result.stderr)


def process(folder: Path, *arguments: str, stdin: bytes = b"", seed: int = 0, environment: Mapping[str, str] | None = None) -> Done:
    """``python -m logitlint``, started in ``folder``; ``seed`` decides the order of Python's sets."""
    kept = {key: value for key, value in os.environ.items() if key not in _AMBIENT}
    ours = {"PYTHONPATH": str(Path(__file__).parents[1] / "src"), "PYTHONHASHSEED": str(seed), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "logitlint", *arguments]
    done = subprocess.run(command, cwd=folder, env={**kept, **ours, **(environment or {})}, input=stdin, capture_output=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr.decode())


def findings(folder: Path, *arguments: str, stdin: bytes = b"") -> list[Json]:
    """What ``check --output-format json`` prints."""
    done = program(folder, "check", "--output-format", "json", *arguments, stdin=stdin)
    assert done.status in (0, 1), done.err
    loaded: list[Json] = json.loads(done.out)
    return loaded


def places(found: list[Json]) -> list[tuple[str, str, int, int]]:
    return [(each["code"], each["path"], each["line"], each["column"]) for each in found]


def cut(text: str, place: Json) -> str:
    """The part of ``text`` that a place on one line names, counted in code points by hand."""
    assert place["line"] == place["end_line"]
    number, start, end = (int(place[key]) - 1 for key in ("line", "column", "end_column"))
    return text.split("\n")[number][start:end]


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below ``folder`` with its content; None for what is no file."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}
