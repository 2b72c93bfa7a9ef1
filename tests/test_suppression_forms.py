"""Our own comments, over the real program: wherever they stand, they silence what they name and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from program import STEP, THREE_FILES, findings, notebook, places, write

CALL = "    return F.cross_entropy(p, y)"
MADE = "    p = torch.softmax(net(x), dim=1)"
TWICE = STEP + "\n\n" + STEP[STEP.index("def step") :].replace("step", "again")

FORMS = {
    "on the line": {CALL: CALL + "  # logitlint: ignore[LGT101] soft targets"},
    "by name": {CALL: CALL + "  # logitlint: ignore[softmax-into-logits-loss]"},
    "by group": {CALL: CALL + "  # logitlint: ignore[correctness]"},
    "by prefix, beside others": {CALL: CALL + "  # logitlint: ignore[LGT101, LGT1] "},
    "everything": {CALL: CALL + "  # logitlint: ignore"},
    "where it is made": {MADE: MADE + "  # logitlint: ignore[LGT101]"},
    "above": {CALL: "    # logitlint: ignore[LGT101] meant\n    # so\n" + CALL},
    "above where it is made": {MADE: "    # logitlint: ignore[LGT101]\n" + MADE},
    "inside of a long statement": {CALL: CALL.replace("(p, y)", "(\n        p,  # logitlint: ignore[LGT101]\n        y,\n    )")},
    "on its last line": {CALL: CALL.replace("(p, y)", "(\n        p,\n        y,\n    )  # logitlint: ignore[LGT101]")},
    "the file": {"import torch\n": "import torch  # logitlint: ignore-file[LGT101]\n"},
    "a range": {"def step": "# logitlint: disable[LGT101]\ndef step"},
    "a range that ends behind": {"def step": "# logitlint: disable\ndef step", CALL: CALL + "\n    # logitlint: enable"},
    "flake8's, for the file": {"import torch\n": "# flake8: noqa: LGT101\nimport torch\n"},
    "flake8's, for everything": {"import torch\n": "# flake8: noqa\nimport torch\n"},
}
NOT = {
    "another rule": {CALL: CALL + "  # logitlint: ignore[LGT102]"},
    "an empty list": {CALL: CALL + "  # logitlint: ignore[]"},
    "an open list": {CALL: CALL + "  # logitlint: ignore[LGT101"},
    "in a string": {CALL: CALL.replace("(p, y)", "(p, y, label_smoothing='# logitlint: ignore')")},
    "in a long string": {CALL: '    """\n    # logitlint: ignore\n    """\n' + CALL},
    "above, with an empty line between": {CALL: "    # logitlint: ignore\n\n" + CALL},
    "above, behind code": {CALL: "    z = 1  # logitlint: ignore\n" + CALL},
    "a range that ended before": {"def step": "# logitlint: disable\n# logitlint: enable[LGT1]\ndef step"},
    "a range that begins behind": {CALL: CALL + "\n    # logitlint: disable"},
    "a word that only begins so": {CALL: CALL + "  # logitlint: ignored"},
    "flake8's, behind code": {"import torch\n": "import torch  # flake8: noqa\n"},
}


def changed(text: str, change: dict[str, str]) -> str:
    for old, new in change.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def misuses(folder: Path) -> int:
    return sum(each["code"] == "LGT101" for each in findings(folder))


@pytest.mark.parametrize("form", FORMS)
def test_in_a_module_and_in_a_notebook(tmp_path: Path, form: str) -> None:
    text = changed(STEP, FORMS[form])
    write(tmp_path / "module", {"step.py": text})
    write(tmp_path / "notebook", {"study.ipynb": notebook("import os", text)})
    assert findings(tmp_path / "module") == []
    assert findings(tmp_path / "notebook") == []


@pytest.mark.parametrize("form", NOT)
def test_what_suppresses_nothing(tmp_path: Path, form: str) -> None:
    write(tmp_path, {"step.py": changed(STEP, NOT[form])})
    assert misuses(tmp_path) == 1


def test_a_comment_is_for_its_own_statement(tmp_path: Path) -> None:
    first, second = (CALL + "  # logitlint: ignore[LGT101]", CALL)
    text = TWICE.replace(CALL, first, 1)
    assert text.count(second) == 2
    write(tmp_path, {"step.py": text})
    assert places(findings(tmp_path)) == [("LGT101", "step.py", 12, 12)]


@pytest.mark.parametrize("name", ["net.py", "train.py"])
def test_at_either_end_of_a_way_through_three_files(tmp_path: Path, name: str) -> None:
    end = {"net.py": "dim=1)\n", "train.py": ".backward()\n"}[name]
    write(tmp_path, {**THREE_FILES, name: THREE_FILES[name].replace(end, end.rstrip() + "  # logitlint: ignore[LGT101]\n")})
    assert findings(tmp_path) == []
    for each in THREE_FILES:
        assert findings(tmp_path, each) == []


def test_ranges_of_a_notebook_reach_over_its_cells(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "study.ipynb": notebook(
                "import torch\n# logitlint: disable[LGT1]", STEP, "# logitlint: enable[LGT1]", STEP.replace("step", "again")
            )
        },
    )
    assert [(each["cell"], each["line"]) for each in findings(tmp_path)] == [(5, 7)]
