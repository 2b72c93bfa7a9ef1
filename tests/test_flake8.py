"""The real flake8, in processes of its own, with the plugin that this project's metadata declares."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from program import STEP, THREE_FILES, findings, process, write

from logitlint import __version__

MESSAGE = "`F.cross_entropy` applies softmax itself but receives softmax probabilities from `torch.softmax` (line 6)"


class Flake8:
    def __init__(self, folder: Path, path: str) -> None:
        self.folder = folder
        self.environment = {**os.environ, "PYTHONPATH": path}

    def __call__(self, *arguments: str, stdin: str = "", code: str = "") -> subprocess.CompletedProcess[str]:
        how = ["-c", code] if code else ["-m", "flake8"]
        command = [sys.executable, *how, *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def lines(self, *arguments: str, stdin: str = "") -> list[str]:
        done = self("--isolated", "--select", "LGT", *arguments, stdin=stdin)
        assert done.stderr == ""
        assert done.returncode == bool(done.stdout)
        return [line.removeprefix("./") for line in done.stdout.splitlines()]


@pytest.fixture
def flake8(tmp_path: Path, installed: str) -> Flake8:
    return Flake8(tmp_path, installed)


def test_it_is_a_plugin_and_on_by_default(flake8: Flake8, tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP})
    assert f"logitlint: {__version__}" in flake8("--version").stdout
    done = flake8("--isolated", "step.py")
    assert done.stdout.startswith(f"step.py:7:12: LGT101 {MESSAGE}")
    assert done.returncode == 1


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_it_says_what_the_program_says(flake8: Flake8, tmp_path: Path, jobs: str) -> None:
    """Files of a project bring the loss and the model together; flake8 spreads them over its processes."""
    lone = "import torch.nn.functional as F\n\n\ndef f(net, x, y):\n    é = '😀'; return F.nll_loss(F.softmax(net(x), 1), y)\n"
    files = {"train.py": THREE_FILES["train.py"], "net.py": THREE_FILES["net.py"], "losses.py": THREE_FILES["losses.py"], "lone.py": lone}
    files["train.py"] = files["train.py"].replace("criterion(net(x), y)", "loss = criterion(net(x), y)\n        loss")
    write(tmp_path, {**files, "server.py": "print(1)\n"})
    expected = process(tmp_path, "check").lines
    assert len(expected) == 2
    assert sorted(flake8.lines("--jobs", jobs, ".")) == expected


def test_a_default_that_a_caller_in_another_file_overrides_decides_nothing(flake8: Flake8, tmp_path: Path) -> None:
    body = "import torch.nn as nn\n\n\ndef head(x, y, activation='softmax'):\n    if activation == 'softmax':\n        x = x.softmax(1)\n"
    body += "    return nn.functional.cross_entropy(x, y)\n"
    caller = "from head import head\n\nhead(input(), 1, activation=None)\n"
    write(tmp_path, {"head.py": body})
    alone = flake8.lines("head.py")
    assert alone == process(tmp_path, "check", "head.py").lines
    write(tmp_path, {"use.py": caller})
    assert flake8.lines("head.py") == process(tmp_path, "check", "head.py").lines != alone


def test_standard_input(flake8: Flake8, tmp_path: Path) -> None:
    """The text that is given counts, not the one on the disk; its name places it in the project."""
    write(tmp_path, {**THREE_FILES, "lab/__init__.py": ""})
    unsaved = "\n" + THREE_FILES["train.py"].replace(" criterion(net", " loss = criterion(net").replace(".backward()", "")
    (line,) = flake8.lines("-", "--stdin-display-name", "train.py", stdin=unsaved)
    assert line.startswith("train.py:9:16: LGT101 ")
    (line,) = flake8.lines("-", stdin=STEP)
    assert line.startswith("stdin:7:12: LGT101 ")
    assert flake8.lines("-", "--stdin-display-name", "train.py", stdin="x = 1\n") == []


def test_flake8_ignores_and_comments(flake8: Flake8, tmp_path: Path) -> None:
    write(tmp_path, {"old/step.py": STEP, "new/step.py": STEP, "said.py": STEP.replace("(p, y)", "(p, y)  # noqa: LGT101")})
    assert [line[:11] for line in flake8.lines(".")] == ["new/step.py", "old/step.py"]
    assert [line[:11] for line in flake8.lines("--per-file-ignores", "old/*:LGT1", ".")] == ["new/step.py"]
    assert flake8.lines("--extend-ignore", "LGT101", ".") == []


def test_the_settings_of_the_project_hold(flake8: Flake8, tmp_path: Path) -> None:
    note = "import torch.nn as nn\n\n\ndef f(x, y):\n    return nn.CrossEntropyLoss()(nn.LogSoftmax(1)(x), y)\n"
    write(tmp_path, {"step.py": STEP, "note.py": note, "gen/step.py": STEP, "logitlint.toml": "extend-exclude = ['gen']\n"})
    assert [each["code"] for each in findings(tmp_path)] == ["LGT102", "LGT101"]
    assert [line[:7] for line in flake8.lines(".")] == ["step.py"], "a note does not fail a run"
    write(tmp_path, {"logitlint.toml": "ignore = ['LGT101']\nfail-on = 'note'\n"})
    assert [line[:7] for line in flake8.lines(".")] == ["note.py"]


def test_the_wrappers_of_the_project_are_known(flake8: Flake8, tmp_path: Path) -> None:
    text = "import torch\nfrom shop import judge\n\n\ndef f(x, y):\n    return judge(torch.softmax(x, 1), y)\n"
    wrappers = "[wrappers]\n'shop.judge' = 'torch.nn.functional.cross_entropy'\n"
    write(tmp_path, {"step.py": text})
    assert flake8.lines("step.py") == []
    write(tmp_path, {"logitlint.toml": wrappers})
    (line,) = flake8.lines("step.py")
    assert line.startswith("step.py:6:12: LGT101 ")


def test_a_wrong_configuration_ends_flake8_with_its_place(flake8: Flake8, tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP, "logitlint.toml": "selct = []\n"})
    done = flake8("--isolated", ".")
    assert done.returncode == 1
    assert "logitlint: logitlint.toml:1: selct: unknown key; did you mean 'select'?" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "data",
    [
        ("# -*- coding: latin-1 -*-\n" + STEP.replace("return", "é = 'ü'; return")).encode("latin-1"),
        ("\ufeff\n" + STEP.replace("return", "é = 'ü'; return")).encode(),
        ("\n" + STEP.replace("return", "é = 'ü'; return")).replace("\n", "\r\n").encode(),
    ],
    ids=["latin-1", "byte order mark", "CRLF"],
)
def test_encodings(flake8: Flake8, tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"step.py": data})
    (line,) = flake8.lines("step.py")
    assert line.startswith(f"step.py:8:{STEP.splitlines()[6].index('F.') + 10}: LGT101 ")


def test_a_file_that_does_not_parse_is_flake8s_own_business(flake8: Flake8, tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP + ")\n"})
    assert flake8.lines("step.py") == []
    assert "E999" in flake8("--isolated", "step.py").stdout


def test_libcst_is_not_imported_for_files_that_name_no_loss_and_no_activation(flake8: Flake8, tmp_path: Path) -> None:
    """Though they may belong to a project with many that do."""
    code = (
        "import json, sys\nfrom flake8.main.cli import main\nmain(['--isolated', '--jobs', '1', '--select', 'LGT', *sys.argv[1:]])\n"
        "print(json.dumps([name for name in ('libcst', 'logitlint.engine', 'logitlint.flake8_plugin') if name in sys.modules]))\n"
    )
    write(tmp_path, {**THREE_FILES, "server.py": "import train\n\nprint(train)\n"})
    assert json.loads(flake8("server.py", code=code).stdout) == ["logitlint.flake8_plugin"]
    assert "libcst" in json.loads(flake8("net.py", code=code).stdout.splitlines()[-1])
