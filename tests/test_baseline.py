"""A baseline hides what it lists, wherever that has moved to, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import STEP, THREE_FILES, notebook, process, program, write

BINARY = "import torch.nn.functional as F\n\n\ndef loss(net, x, y):\n    return F.nll_loss(F.softmax(net(x), 1), y)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Four findings of one day: in a module, across files, in a notebook, and the same text in a file of the same name."""
    write(tmp_path, {**THREE_FILES, "step.py": STEP, "old/step.py": STEP, "study.ipynb": notebook("import torch", STEP)})
    done = program(tmp_path, "check", "--write-baseline", "known.json")
    assert (done.status, done.text, done.err) == (0, "", "Wrote 4 findings to known.json.\n")
    return tmp_path


def shown(folder: Path, *arguments: str) -> tuple[list[str], str]:
    """Places of what is reported beside the baseline, and what is said about the baseline itself."""
    done = program(folder, "check", "--baseline", str(folder / "known.json"), *arguments)
    assert done.status == bool(done.lines)
    return [line.partition(" LGT")[0].rstrip(":") for line in done.lines], done.err


def test_nothing_of_it_is_reported(project: Path) -> None:
    assert shown(project) == ([], "4 known findings of known.json not shown.\nAll checks passed!\n")
    assert shown(project, "-q") == ([], "")
    write(project, {"logitlint.toml": "baseline = 'known.json'\n"})
    assert program(project / "old", "check").status == 0, "the path of a configuration file starts at that file"


def test_new_findings_are_reported(project: Path) -> None:
    write(project, {"new.py": BINARY})
    assert shown(project)[0] == ["new.py:5:12"]


def test_moved_lines_stay_known(project: Path) -> None:
    moved = "'''Notes.'''\n\n" + STEP.replace("    p = ", "    # é😀\n\n    p = ")
    write(project, {"step.py": moved, "study.ipynb": notebook("import torch", "x = 1", "\n\n" + STEP)})
    assert shown(project)[0] == []


@pytest.mark.parametrize("name", ["steps.py", "deep/er/step.py", "deep/er/steps.py"])
def test_a_renamed_or_moved_file_stays_known(project: Path, name: str) -> None:
    (project / "step.py").unlink()
    write(project, {name: STEP})
    shown_now, said = shown(project)
    assert shown_now == []
    assert "not found any more" not in said


def test_a_copy_is_new(project: Path) -> None:
    write(project, {"copy.py": STEP, "new/step.py": STEP})
    assert shown(project)[0] == ["copy.py:7:12", "new/step.py:7:12"]


def test_one_more_of_the_same_in_a_file_is_new(project: Path) -> None:
    write(project, {"step.py": STEP + "\n\n" + STEP.replace("step", "again")})
    assert len(shown(project)[0]) == 1


def test_an_edited_line_is_new_and_its_entry_stale(project: Path) -> None:
    write(project, {"step.py": STEP.replace("(p, y)", "(p, y.long())")})
    places, said = shown(project)
    assert places == ["step.py:7:12"]
    assert "warning: known.json: 1 entry is not found any more; --write-baseline renews it\n  step.py: LGT101\n" in said


def test_stale_entries_are_reported_and_written_away(project: Path) -> None:
    write(project, {"step.py": "x = 1\n"})
    (project / "old/step.py").unlink()
    assert "2 entries are not found any more; --write-baseline renews it\n  old/step.py: LGT101\n  step.py: LGT101\n" in shown(project)[1]
    assert program(project, "check", "--write-baseline", "known.json").err == "Wrote 2 findings to known.json.\n"
    assert "not found" not in shown(project)[1]


@pytest.mark.parametrize("arguments", [("net.py",), ("--select", "LGT3"), ("--ignore", "LGT101"), ("old",)])
def test_what_a_run_does_not_look_at_is_not_called_stale(project: Path, arguments: tuple[str, ...]) -> None:
    assert shown(project, *arguments)[0] == []
    assert "not found any more" not in shown(project, *arguments)[1]


def test_a_part_of_the_project_renews_its_part(project: Path) -> None:
    write(project, {"old/step.py": "x = 1\n"})
    program(project, "check", "old", "--write-baseline", "known.json")
    paths = [row["path"] for row in json.loads((project / "known.json").read_text())["findings"]]
    assert paths == ["step.py", "study.ipynb", "train.py"]


def test_each_file_alone_knows_its_findings(project: Path) -> None:
    for name in ("net.py", "losses.py", "train.py", "step.py", "old/step.py", "study.ipynb"):
        assert shown(project, name)[0] == []
    assert program(project / "old", "check", "--baseline", "../known.json", "step.py").status == 0


def test_it_is_the_same_file_wherever_and_in_whatever_order_it_is_written(project: Path) -> None:
    first = (project / "known.json").read_bytes()
    assert b'"line"' not in first, "moved lines make no difference in version control"
    process(project / "old", "check", "../study.ipynb", "..", "--write-baseline", "../known.json", seed=3)
    assert (project / "known.json").read_bytes() == first


def test_possible_findings(project: Path) -> None:
    text = STEP.replace("    p = torch.softmax(net(x), dim=1)\n", "    p = net(x)\n    if x.a:\n        p = torch.softmax(p, 1)\n")
    write(project, {"step.py": text.replace("    return", "    if y.b and x.c:\n        return")})
    program(project, "check", "--confidence", "possible", "--write-baseline", "known.json")
    assert shown(project, "--confidence", "possible")[0] == []
    assert "not found any more" not in shown(project)[1]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "there is no such baseline; --write-baseline makes it"),
        ("{", "is not a baseline of this version"),
        ("[]", "is not a baseline of this version"),
        ('{"version": 99, "findings": []}', "is not a baseline of this version"),
        ('{"version": 1, "findings": [{"path": "a.py"}]}', "is not a baseline of this version"),
    ],
)
def test_a_wrong_file_is_an_error(tmp_path: Path, content: str | None, complaint: str) -> None:
    write(tmp_path, {"step.py": STEP, **({} if content is None else {"known.json": content})})
    done = program(tmp_path, "check", "--baseline", "known.json", "--exit-zero")
    assert done.status == 2
    assert complaint in done.err
    if content is not None:
        assert program(tmp_path, "check", "--write-baseline", "known.json").status == 2, "nobody loses a file to a slip"
        assert (tmp_path / "known.json").read_text() == content


def test_a_path_that_is_not_there_is_still_an_error(project: Path) -> None:
    assert program(project, "check", "step.py", "gone.py", "--write-baseline", "known.json").status == 2
    assert program(project, "check", "step.py", "gone.py", "--add-noqa").status == 2
