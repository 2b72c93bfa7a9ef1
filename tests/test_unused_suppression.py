"""LGT901: a comment that suppresses nothing is a note, and its safe fix takes away that comment and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import STEP, THREE_FILES, Json, findings, notebook, program, write

from logitlint.interp import roots
from logitlint.interp.values import ClassValue, Function

CLEAN = "import torch.nn.functional as F\n\n\ndef step(net, x, y):\n    return F.cross_entropy(net(x), y)"


def unused(folder: Path, *arguments: str) -> list[Json]:
    return [each for each in findings(folder, *arguments) if each["code"] == "LGT901"]


def fixed(text: str, found: list[Json]) -> str:
    """``text`` with the edits of findings, counted in code points by hand; the last edit goes first."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    edits = [edit for each in found for edit in each["fix"]["edits"]]
    for edit in sorted(edits, key=lambda edit: (edit["line"], edit["column"]), reverse=True):
        start = starts[edit["line"] - 1] + edit["column"] - 1
        end = starts[edit["end_line"] - 1] + edit["end_column"] - 1
        text = text[:start] + edit["content"] + text[end:]
    return text


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("  # noqa: LGT101", ""),
        ("  # noqa:LGT101,LGT301", ""),
        ("  # noqa: LGT101, E501", "  # noqa: E501"),
        ("  # noqa: E501, LGT101 too long", "  # noqa: E501 too long"),
        ("  # noqa: LGT101 soft targets", "  # soft targets"),
        ("  # noqa: LGT101  # because", "  # because"),
        ("  # type: ignore # noqa: LGT101", "  # type: ignore"),
        ("  # logitlint: ignore", ""),
        ("  # logitlint: ignore[LGT101, correctness]", ""),
        ("  # logitlint: ignore[softmax-into-logits-loss] é😀 measured", "  # é😀 measured"),
        ("\t# logitlint: ignore[LGT1]  \t", ""),
        ("\n    # logitlint: disable[LGT1]", ""),
        ("\n# logitlint: ignore-file", ""),
        ("\n# flake8: noqa: LGT101", ""),
        ("\n# logitlint: enable[LGT1]", ""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\n\n\nEND = 'é'\n"])
def test_an_idle_comment_is_a_note_and_its_fix_removes_it(tmp_path: Path, comment: str, left: str, end: str) -> None:
    text = CLEAN.replace("return", "é = '😀'; return") + comment + end
    write(tmp_path, {"step.py": text})
    (found,) = unused(tmp_path)
    assert (found["name"], found["level"], found["fix"]["applicability"]) == ("unused-suppression", "note", "safe")
    assert fixed(text, [found]) == text.replace(comment, left)
    assert program(tmp_path, "check").status == 0
    assert program(tmp_path, "check", "--fail-on", "note").status == 1


@pytest.mark.parametrize(
    "comment", ["  # noqa", "  # noqa: E501", "  # noqa because", "\n# flake8: noqa", "  # 'noqa: LGT101'", "  # logitlint: ignored"]
)
def test_what_serves_other_tools_is_not_judged(tmp_path: Path, comment: str) -> None:
    write(tmp_path, {"step.py": CLEAN + comment + "\n"})
    assert unused(tmp_path) == []


@pytest.mark.parametrize(
    "comment", ["  # noqa: LGT101", "  # logitlint: ignore", "\n# logitlint: ignore-file[correctness]", "\n# flake8: noqa: LGT101"]
)
@pytest.mark.parametrize("place", ["(p, y)", "dim=1)"])
def test_a_comment_at_either_end_is_of_use(tmp_path: Path, comment: str, place: str) -> None:
    write(tmp_path, {"step.py": STEP.replace(place, place + comment)})
    assert findings(tmp_path) == []


def test_comments_at_both_ends_are_both_of_use(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP.replace("(p, y)", "(p, y)  # noqa: LGT101").replace("dim=1)", "dim=1)  # noqa: LGT101")})
    assert findings(tmp_path) == []


def test_only_the_idle_codes_are_taken_out(tmp_path: Path) -> None:
    text = STEP.replace("(p, y)", "(p, y)  # logitlint: ignore[LGT301, LGT101,LGT2] soft")
    write(tmp_path, {"step.py": text})
    (found,) = findings(tmp_path)
    assert found["message"] == "`LGT301`, `LGT2` suppress nothing"
    assert fixed(text, [found]) == STEP.replace("(p, y)", "(p, y)  # logitlint: ignore[LGT101] soft")


@pytest.mark.parametrize("arguments", [("--select", "LGT3,LGT901"), ("--ignore", "LGT101"), ("--confidence", "possible")])
def test_what_a_run_selects_does_not_make_a_comment_idle(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write(tmp_path, {"step.py": STEP.replace("(p, y)", "(p, y)  # noqa: LGT101")})
    assert findings(tmp_path, *arguments) == []


def test_a_comment_on_a_possible_finding_is_of_use(tmp_path: Path) -> None:
    text = STEP.replace("    p = torch.softmax(net(x), dim=1)\n", "    p = net(x)\n    if x.a:\n        p = torch.softmax(p, 1)\n")
    text = text.replace("    return", "    if y.b and x.c:\n        return")
    write(tmp_path, {"step.py": text})
    assert [each["confidence"] for each in findings(tmp_path, "--confidence", "possible")] == ["possible"]
    write(tmp_path, {"step.py": text.replace("(p, y)", "(p, y)  # noqa: LGT101")})
    assert findings(tmp_path) == []


def test_each_file_named_alone_gives_what_the_whole_gives(tmp_path: Path) -> None:
    files = {**THREE_FILES, "net.py": THREE_FILES["net.py"].replace("dim=1)", "dim=1)  # noqa: LGT101")}
    files["losses.py"] = files["losses.py"].replace("Loss()", "Loss()  # noqa: LGT103")
    write(tmp_path, files)
    whole = findings(tmp_path)
    assert [(each["code"], each["path"]) for each in whole] == [("LGT901", "losses.py")]
    assert [each for name in files for each in findings(tmp_path, name)] == whole


def test_a_code_that_no_rule_has_is_reported_and_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": CLEAN + "  # noqa: LGT199\n"})
    (found,) = unused(tmp_path)
    assert (found["message"], found["fix"]) == ("`LGT199` is no rule of this version and suppresses nothing", None)


def test_in_a_notebook_the_cell_keeps_its_lines(tmp_path: Path) -> None:
    cells = ("# logitlint: disable[LGT1]\nx = 1\n", CLEAN + "  # noqa: LGT101", "y = 2\n# logitlint: enable[LGT1]\n# logitlint: enable")
    write(tmp_path, {"study.ipynb": notebook(*cells)})
    found = unused(tmp_path)
    assert [(each["cell"], each["line"]) for each in found] == [(2, 1), (3, 5)]
    assert fixed(cells[0], found[:1]) == "x = 1\n"
    assert fixed(cells[1], found[1:]) == CLEAN
    assert all(edit["cell"] == each["cell"] for each in found for edit in each["fix"]["edits"])


def test_what_cannot_be_read_is_not_judged(tmp_path: Path) -> None:
    write(tmp_path, {"broken.py": CLEAN + "  # noqa: LGT101\n)\n", "study.ipynb": notebook("x = (", CLEAN + "  # noqa: LGT101")})
    assert {each["code"] for each in findings(tmp_path)} == {"LGT900"}


def test_a_file_without_any_learning_is_judged_too(tmp_path: Path) -> None:
    write(tmp_path, {"server.py": "print(1)  # noqa: LGT101\n"})
    assert [each["line"] for each in unused(tmp_path)] == [1]


def test_it_can_be_ignored(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": CLEAN + "  # noqa: LGT101\n"})
    assert findings(tmp_path, "--ignore", "unused-suppression") == []
    assert findings(tmp_path, "--per-file-ignores", "step.py:LGT901") == []


def test_what_an_unfinished_evaluation_leads_to_is_not_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the budget is spent a finding may be missing; --verbose says where that was."""
    files = {**THREE_FILES, "net.py": THREE_FILES["net.py"].replace("dim=1)", "dim=1)  # noqa: LGT101")}
    write(tmp_path, {**files, "alone.py": CLEAN + "  # noqa: LGT101\n"})
    assert [each["path"] for each in unused(tmp_path)] == ["alone.py"]
    evaluated = roots.Analysis._generic

    def spent(self: roots.Analysis, definition: Function | ClassValue, name: str) -> None:
        if name == "main":
            self.overrun.append(f"train.py: {name}")
        else:
            evaluated(self, definition, name)

    monkeypatch.setattr(roots.Analysis, "_generic", spent)
    assert [each["path"] for each in findings(tmp_path)] == ["alone.py"]
    said = program(tmp_path, "check", "--verbose", "--no-cache").err
    assert "skipped: train.py: main: not followed to its end, the budget of steps is spent\n" in said


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("  # noqa: LGT101", ""),
        ("  # noqa: E501, LGT101 too long", "  # noqa: E501 too long"),
        ("  # logitlint: ignore[LGT301] soft targets", "  # soft targets"),
        ("\n# logitlint: ignore-file", ""),
        ("\n    # logitlint: disable[LGT1]\n    # logitlint: disable[LGT2]", ""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_removes_it(tmp_path: Path, comment: str, left: str, end: str) -> None:
    write(tmp_path, {"step.py": (CLEAN + comment + "\n").replace("\n", end)})
    assert "fixed: step.py" in program(tmp_path, "check", "--fix", "--show-fixes").err
    assert (tmp_path / "step.py").read_bytes().decode() == (CLEAN + left + "\n").replace("\n", end)
    assert unused(tmp_path) == []


def test_fix_removes_it_from_a_notebook(tmp_path: Path) -> None:
    """Of two comments, the one that is of use stays; an own line takes its element of the list with it."""
    used = STEP.replace("(p, y)", "(p, y)  # noqa: LGT101")
    idle = "import torch  # noqa: LGT301\n# logitlint: ignore[LGT1]\n"
    write(tmp_path, {"study.ipynb": notebook("%time\n" + idle + "x = 1;", used)})
    assert program(tmp_path, "check", "--fix").status == 0
    assert (tmp_path / "study.ipynb").read_text() == notebook("%time\nimport torch\nx = 1;", used)
