"""``--add-noqa`` writes comments that silence what was found, changes nothing else, and tells ruff's users what ruff does to them."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from program import STEP, THREE_FILES, notebook, program, write

HINT = "hint: ruff removes codes"


@pytest.mark.parametrize(
    ("call", "left"),
    [
        ("return F.cross_entropy(p, y)", "return F.cross_entropy(p, y)  # noqa: LGT101"),
        ("return F.cross_entropy(p, y)  # noqa: E501", "return F.cross_entropy(p, y)  # noqa: E501, LGT101"),
        ("return F.cross_entropy(p, y)  # noqa: E501 long", "return F.cross_entropy(p, y)  # noqa: E501, LGT101 long"),
        ("return F.cross_entropy(p, y)  # type: ignore", "return F.cross_entropy(p, y)  # type: ignore  # noqa: LGT101"),
        ("return F.cross_entropy(p, y) \t", "return F.cross_entropy(p, y)  # noqa: LGT101"),
        (
            "return F.cross_entropy(\n        p,\n        y,\n    )",
            "return F.cross_entropy(  # noqa: LGT101\n        p,\n        y,\n    )",
        ),
        ("return F.cross_entropy(p, \\\n        y)", "return F.cross_entropy(p, \\\n        y)  # noqa: LGT101"),
        ("return F.cross_entropy(p, y, reduction='''\n''')", "return F.cross_entropy(p, y, reduction='''\n''')  # noqa: LGT101"),
    ],
)
def test_the_comment_is_where_it_counts(tmp_path: Path, call: str, left: str) -> None:
    text = STEP.replace("return F.cross_entropy(p, y)", call)
    write(tmp_path, {"step.py": text})
    done = program(tmp_path, "check", "--add-noqa")
    assert (done.status, done.text, done.err) == (0, "", "Added 1 noqa comment.\n")
    assert (tmp_path / "step.py").read_text() == text.replace(call, left)
    assert program(tmp_path, "check").status == 0
    assert program(tmp_path, "check", "--add-noqa").err == "Added 0 noqa comments.\n"


@pytest.mark.parametrize(
    "data",
    [
        STEP.replace("return", "é = 'ü😀'; return").replace("\n", "\r\n").encode(),
        ("\ufeff" + STEP.replace("return", "é = 'ü😀'; return")).encode(),
        ("# coding: latin-1\n" + STEP.replace("return", "é = 'ü'; return")).encode("latin-1"),
        STEP.rstrip("\n").encode(),
        STEP.replace("\n", "\r").encode(),
        ("\ufeff" + "import torch.nn.functional as F; F.cross_entropy(F.softmax(input(), 1), 1)").encode(),
    ],
    ids=["CRLF", "byte order mark", "latin-1", "no final line end", "CR", "first line"],
)
def test_every_other_byte_stays(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"step.py": data})
    (tmp_path / "step.py").chmod(0o754)
    program(tmp_path, "check", "--add-noqa")
    assert (tmp_path / "step.py").read_bytes().replace(b"  # noqa: LGT101", b"") == data
    assert program(tmp_path, "check").status == 0
    assert stat.S_IMODE((tmp_path / "step.py").stat().st_mode) == 0o754


def test_several_rules_on_a_line_and_several_files(tmp_path: Path) -> None:
    both = "import torch.nn.functional as F\n\n\ndef f(x, y, z):\n"
    both += "    return F.cross_entropy(F.softmax(x, 1), y) + F.binary_cross_entropy_with_logits(F.sigmoid(x), z)\n"
    write(tmp_path, {**THREE_FILES, "both.py": both})
    assert program(tmp_path, "check", "--add-noqa").err == "Added 2 noqa comments.\n"
    assert (tmp_path / "both.py").read_text().endswith("  # noqa: LGT101, LGT103\n")
    assert program(tmp_path, "check").status == 0


def test_what_a_baseline_or_a_selection_leaves_out_gets_no_comment(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP})
    program(tmp_path, "check", "--write-baseline", "known.json")
    program(tmp_path, "check", "--baseline", "known.json", "--add-noqa")
    program(tmp_path, "check", "--ignore", "LGT101", "--add-noqa")
    assert (tmp_path / "step.py").read_text() == STEP


def test_no_comment_helps_a_file_that_does_not_parse(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP + ")\n"})
    done = program(tmp_path, "check", "--add-noqa")
    assert "no comment was added for step.py:8:1: LGT900" in done.err
    assert (tmp_path / "step.py").read_text() == STEP.replace("(p, y)", "(p, y)  # noqa: LGT101") + ")\n"


def test_not_for_standard_input(tmp_path: Path) -> None:
    assert program(tmp_path, "check", "-", "--add-noqa").status == 2


@pytest.mark.parametrize(
    ("files", "hinted"),
    [
        ({"pyproject.toml": "[tool.ruff]\nline-length = 99\n"}, "in pyproject.toml, under [tool.ruff.lint]"),
        ({"ruff.toml": "line-length = 99\n"}, "in ruff.toml, under [lint]"),
        ({"pyproject.toml": "[tool.ruff.lint]\nexternal = ['V']\n"}, "in pyproject.toml, under [tool.ruff.lint]"),
        ({"pyproject.toml": "[tool.ruff.lint]\nexternal = ['V', 'LGT']\n"}, ""),
        ({".ruff.toml": "[lint]\nexternal = ['LGT']\n", "pyproject.toml": "[tool.ruff]\nline-length = 99\n"}, ""),
        ({"ruff.toml": "extend = '../ruff.toml'\n"}, ""),
        ({"pyproject.toml": "[project]\nname = 'x'\n"}, ""),
        ({"pyproject.toml": "[tool.ruff\n"}, ""),
    ],
)
def test_a_project_that_uses_ruff_is_told_once(tmp_path: Path, files: dict[str, str], hinted: str) -> None:
    silenced = STEP.replace("(p, y)", "(p, y)  # noqa: LGT101")
    write(tmp_path, {"a.py": silenced, "b.py": silenced, **files})
    said = program(tmp_path, "check").err
    assert said.count(HINT) == bool(hinted)
    assert hinted in said
    assert program(tmp_path, "check", "--quiet").err == ""
    write(tmp_path, {"a.py": "x = 1  # noqa: E501\n", "b.py": STEP.replace("(p, y)", "(p, y)  # logitlint: ignore[LGT101]"), **files})
    assert HINT not in program(tmp_path, "check").err, "our own comments are safe from ruff"


def test_ruff_does_what_the_hint_says(tmp_path: Path) -> None:
    """With the real ruff: the comment is lost without the setting, and stays with it."""
    text = "x = 1  # noqa: LGT101, E501\n"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RUFF_")}
    for name, config in (("without", "lint.select = ['RUF']\n"), ("with", "lint.select = ['RUF']\nlint.external = ['LGT']\n")):
        write(tmp_path / name, {"a.py": text, "ruff.toml": config})
        subprocess.run(
            [sys.executable, "-m", "ruff", "check", "--fix", "--no-cache", "--quiet", "."],
            cwd=tmp_path / name,
            env=environment,
            check=False,
        )
    assert "LGT101" not in (tmp_path / "without/a.py").read_text()
    assert (tmp_path / "with/a.py").read_text() == "x = 1  # noqa: LGT101\n"


def test_a_comment_goes_into_the_cell_and_the_rest_of_the_notebook_stays(tmp_path: Path) -> None:
    before = notebook("%matplotlib inline\nx = 1", STEP + "step(a, b, c);")
    write(tmp_path, {"study.ipynb": before})
    assert program(tmp_path, "check", "--add-noqa").err == "Added 1 noqa comment.\n"
    line = "    return F.cross_entropy(p, y)"
    assert (tmp_path / "study.ipynb").read_text() == before.replace(line, f"{line}  # noqa: LGT101")
    assert program(tmp_path, "check").status == 0


def test_no_file_is_written_when_one_of_them_cannot_be(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": STEP, "b.py": STEP})
    (tmp_path / "b.py").chmod(0o444)
    done = program(tmp_path, "check", "--add-noqa")
    assert done.status == 2
    assert "b.py: cannot be changed: the file is read-only; no file was changed" in done.err
    assert (tmp_path / "a.py").read_text() == STEP
