"""Selectors: what means no rule is an error, what this version does not have is a warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import STEP, program, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"step.py": STEP})
    return tmp_path


@pytest.mark.parametrize(
    ("selector", "near"),
    [("softmax-in-logits-loss", "softmax-into-logits-loss"), ("lgt101", "LGT101"), ("corectness", "correctness")],
)
@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_a_selector_that_means_nothing_is_an_error(project: Path, option: str, selector: str, near: str) -> None:
    done = program(project, "check", option, selector)
    assert (done.status, done.text) == (2, "")
    assert done.err == f"logitlint: error: command line: {option[2:]}: unknown rule `{selector}`; did you mean `{near}`?\n"


@pytest.mark.parametrize("text", ["ignore = ['LGT1O1']", "per-file-ignores = {'a.py' = ['LGT1O1']}", "extend-select = ['LGT1O1']"])
def test_the_file_and_the_key_are_named(project: Path, text: str) -> None:
    write(project, {"logitlint.toml": text + "\n"})
    done = program(project, "check")
    assert done.status == 2
    assert f"logitlint.toml: {text.partition(' ')[0]}: unknown rule `LGT1O1`" in done.err


@pytest.mark.parametrize("option", ["--select", "--extend-select"])
def test_a_code_that_this_version_does_not_have_is_a_warning_with_the_nearest(project: Path, option: str) -> None:
    done = program(project, "check", option, "LGT100", "--select", "LGT101")
    assert (done.status, done.codes) == (1, ["101"])
    assert "warning: `LGT100` selects no rule of this version; did you mean `LGT101`?" in done.err


def test_ignoring_a_planned_code_is_no_matter(project: Path) -> None:
    done = program(project, "check", "--ignore", "LGT799", "--per-file-ignores", "*.py:LGT798")
    assert (done.status, done.err.split("\n")[0]) == (1, "Found 1 error.")


def test_codes_prefixes_names_and_groups_select(project: Path) -> None:
    for selector in ("LGT101", "LGT1", "LGT", "softmax-into-logits-loss", "correctness", "ALL"):
        assert program(project, "check", "--select", selector).codes == ["101"], selector
        assert program(project, "check", "--ignore", selector).codes == [], selector
