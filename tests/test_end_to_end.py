"""What a user notices: the real program over real folders, its output, its exit status, and that it leaves the folder alone."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from program import STEP, THREE_FILES, Json, cut, findings, notebook, places, process, program, tree, write

from logitlint.reporters import REPORTERS

FOUND = ("LGT101", "step.py", 7, 12)
NOTE = "import torch\nimport torch.nn.functional as F\n\n\ndef f(net, x, y):\n    return F.cross_entropy(F.log_softmax(net(x), 1), y)\n"
WARNING = "import torch\n\n\ndef f(net, x):\n    return torch.log(torch.softmax(net(x), dim=1))\n"
POSSIBLE = """\
import torch
import torch.nn.functional as F


def step(net, x, y, squash):
    p = net(x)
    if squash:
        p = torch.softmax(p, dim=1)
    return F.cross_entropy(p, y)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"step.py": STEP})
    return tmp_path


# -- exit status --------------------------------------------------------------------------------------------------------------


def test_a_clean_project_is_status_zero_and_silent_on_standard_output(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP.replace("torch.softmax(net(x), dim=1)", "net(x)")})
    done = process(tmp_path, "check")
    assert (done.status, done.out, done.err) == (0, b"", "All checks passed!\n")


def test_a_finding_is_status_one(project: Path) -> None:
    done = process(project, "check")
    assert (done.status, done.codes, done.err) == (
        1,
        ["101"],
        "Found 1 error.\n1 hidden fix can be enabled with the `--unsafe-fixes` option.\n",
    )
    assert process(project, "check", "--exit-zero").status == 0


@pytest.mark.parametrize(
    ("text", "level", "fail_on", "status"),
    [
        (NOTE, "note", (), 0),
        (NOTE, "note", ("--fail-on", "note"), 1),
        (WARNING, "warning", (), 1),
        (WARNING, "warning", ("--fail-on", "error"), 0),
        (STEP, "error", ("--fail-on", "error"), 1),
    ],
)
def test_fail_on(tmp_path: Path, text: str, level: str, fail_on: tuple[str, ...], status: int) -> None:
    write(tmp_path, {"step.py": text})
    done = program(tmp_path, "check", *fail_on)
    assert (done.status, len(done.lines), done.err.split("\n")[0]) == (status, 1, f"Found 1 {level}.")


def test_an_absent_path_is_status_two_and_the_others_are_still_linted(project: Path) -> None:
    done = process(project, "check", "--exit-zero", "step.py", "gone.py")
    assert (done.status, done.codes) == (2, ["101"])
    assert "gone.py" in done.err


@pytest.mark.parametrize("arguments", [["--select", "LGT1O1"], ["--output-format", "xml"], ["--config", "nope.toml"], ["--no-such"]])
def test_a_wrong_option_is_status_two_even_with_exit_zero(project: Path, arguments: list[str]) -> None:
    done = program(project, "check", "--exit-zero", *arguments)
    assert (done.status, done.out) == (2, b"")
    assert arguments[-1] in done.err
    assert "Traceback" not in done.err


# -- formats ------------------------------------------------------------------------------------------------------------------


def test_concise_is_one_line_per_finding(project: Path) -> None:
    (line,) = program(project, "check").lines
    assert re.match(r"step\.py:7:12: LGT101 .*cross_entropy.*softmax", line)


def test_full_shows_both_ends_underlined_and_the_way_between(tmp_path: Path) -> None:
    write(tmp_path, THREE_FILES)
    text = program(tmp_path, "check", "--output-format", "full").text
    assert text.startswith("train.py:8:9: LGT101 ")
    for place, source, underlined in (
        ("train.py:", "        criterion(net(x), y).backward()", "criterion(net(x), y)"),
        ("net.py:11:16", "        return torch.softmax(self.out(x), dim=1)", "torch.softmax(self.out(x), dim=1)"),
    ):
        assert f"--> {place}" in text
        lines = text.splitlines()
        (at,) = [number for number, line in enumerate(lines) if line.endswith(source) and "^" in lines[number + 1]]
        start = lines[at].index(underlined)
        assert re.match(r"\^+ ", lines[at + 1][start:])[0] == "^" * len(underlined) + " "  # type: ignore[index]
    steps = re.findall(r"^ *\| +[-^]+ (\d)\. ", text, re.MULTILINE)
    assert steps == [str(number) for number in range(1, len(steps) + 1)]
    visited = re.findall(r"^ *--> (\S+?):", text.partition("= fix")[0], re.MULTILINE)
    assert (set(visited), visited[0], visited[-1]) == (set(THREE_FILES), "net.py", "train.py")


PLACE = {"path": str, "line": int, "column": int, "end_line": int, "end_column": int, "cell": type(None)}
FINDING = {
    **dict.fromkeys(("code", "name", "group", "level", "confidence", "message", "fingerprint", "url"), str),
    **PLACE,
    "producer": dict,
    "conditions": list,
    "trace": list,
    "fix": dict,
}


def types(value: Json) -> dict[str, type]:
    return {key: type(each) for key, each in value.items()}


def test_json_has_exactly_the_documented_keys(tmp_path: Path) -> None:
    write(tmp_path, THREE_FILES)
    (found,) = findings(tmp_path)
    assert types(found) == FINDING
    assert types(found["producer"]) == PLACE
    assert all(types(step) == {**PLACE, "role": str, "message": str} for step in found["trace"])
    assert (found["code"], found["name"], found["group"]) == ("LGT101", "softmax-into-logits-loss", "correctness")
    assert (found["level"], found["confidence"]) == ("error", "certain")
    assert re.fullmatch("[0-9a-f]{16}", found["fingerprint"])
    assert found["name"] in found["url"]


def test_json_of_a_clean_run_is_an_empty_array(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "x = 1\n"})
    assert findings(tmp_path) == []


def test_the_trace_runs_from_producer_to_consumer(tmp_path: Path) -> None:
    write(tmp_path, THREE_FILES)
    (found,) = findings(tmp_path)
    first, last = found["trace"][0], found["trace"][-1]
    assert {key: first[key] for key in PLACE} == found["producer"]
    assert {key: last[key] for key in PLACE} == {key: found[key] for key in PLACE}
    assert {step["role"] for step in found["trace"]} <= {"value", "loss", "condition"}
    assert [cut(THREE_FILES[place["path"]], place) for place in (found, found["producer"])] == [
        "criterion(net(x), y)",
        "torch.softmax(self.out(x), dim=1)",
    ]
    assert "losses.py" in {step["path"] for step in found["trace"] if step["role"] == "loss"}


def test_the_trace_of_a_logarithm_ends_at_the_logarithm(tmp_path: Path) -> None:
    text = WARNING.replace(
        "    return torch.log(torch.softmax(net(x), dim=1))", "    p = torch.softmax(net(x), dim=1)\n    return torch.log(p)"
    )
    write(tmp_path, {"logs.py": text})
    (found,) = findings(tmp_path)
    assert [(step["line"], step["column"]) for step in found["trace"]] == [(5, 9), (6, 12)]
    assert "torch.log" in found["trace"][-1]["message"]


def test_conditions_name_the_decision(tmp_path: Path) -> None:
    text = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, activation):
        super().__init__()
        self.out = nn.Linear(8, 3)
        self.activation = activation

    def forward(self, x):
        x = self.out(x)
        return torch.softmax(x, dim=1) if self.activation == "softmax" else x


def train(loader, args):
    net, criterion = Net(args.activation), nn.CrossEntropyLoss()
    for x, y in loader:
        criterion(net(x), y).backward()
"""
    write(tmp_path, {"train.py": text})
    (found,) = findings(tmp_path, "--confidence", "possible")
    assert len(found["conditions"]) == 1
    assert re.search(r"activation == 'softmax'", found["conditions"][0])
    assert found["conditions"][0] in program(tmp_path, "check", "--confidence", "possible", "--output-format", "full").text


def test_columns_are_code_points(tmp_path: Path) -> None:
    text = STEP.replace("    return F", "    note = 'é😀'; return F").replace("    p = ", "    n, p = 'é😀', ")
    write(tmp_path, {"step.py": text})
    (found,) = findings(tmp_path)
    assert (found["column"], found["producer"]["column"]) == (25, 18)
    assert cut(text, found) == "F.cross_entropy(p, y)"
    assert cut(text, found["producer"]) == "torch.softmax(net(x), dim=1)"
    assert program(tmp_path, "check").text.startswith("step.py:7:25: ")


def test_github_annotates_both_ends(project: Path) -> None:
    done = program(project, "check", "--output-format", "github")
    assert [line.split(" ")[0] for line in done.lines] == ["::error", "::notice"]
    assert re.match(r"::error title=[^,]*LGT101[^,]*,file=step\.py,line=7,col=12,endLine=7,endColumn=33::", done.lines[0])
    assert "line=6,col=9," in done.lines[1]
    assert done.status == 1


@pytest.mark.parametrize(
    ("name", "escaped"),
    [("100%.py", "100%25.py"), ("a,b.py", "a%2Cb.py"), ("c:d.py", "c%3Ad.py"), ("two\nlines.py", "two%0Alines.py"), ("é 😀.py", "é 😀.py")],
)
def test_github_escapes_file_names(tmp_path: Path, name: str, escaped: str) -> None:
    write(tmp_path, {name: STEP})
    lines = program(tmp_path, "check", "--output-format", "github").lines
    assert len(lines) == 2
    assert all(f"file={escaped},line=" in line for line in lines)


def test_no_file_name_breaks_a_line_of_the_concise_report(tmp_path: Path) -> None:
    write(tmp_path, {"two\nlines.py": STEP, "::error::x.py": STEP})
    lines = process(tmp_path, "check").lines
    assert len(lines) == 2
    assert not any(line.startswith("::") for line in lines)
    assert sorted(found["path"] for found in findings(tmp_path)) == ["::error::x.py", "two\nlines.py"]


@pytest.mark.parametrize("output_format", REPORTERS)
def test_an_output_file_holds_what_standard_output_would(project: Path, output_format: str) -> None:
    plain = program(project, "check", "--output-format", output_format)
    done = program(project, "check", "--output-format", output_format, "--output-file", "../report.out")
    assert (done.status, done.out, done.err) == (1, b"", plain.err)
    assert (project.parent / "report.out").read_bytes() == plain.out


# -- suppression --------------------------------------------------------------------------------------------------------------

CONSUMER, PRODUCER = "    return F.cross_entropy(p, y)", "    p = torch.softmax(net(x), dim=1)"


@pytest.mark.parametrize("line", [CONSUMER, PRODUCER], ids=["consumer", "producer"])
@pytest.mark.parametrize(
    ("comment", "silent"),
    [("# noqa", True), ("# noqa: LGT101", True), ("# noqa: LGT1", True), ("# noqa: LGT102", False), ("# noqa: E501", False)],
)
def test_noqa_at_either_end(tmp_path: Path, line: str, comment: str, silent: bool) -> None:
    write(tmp_path, {"step.py": STEP.replace(line, f"{line}  {comment}")})
    assert (findings(tmp_path) == []) == silent


def test_noqa_at_the_producer_in_another_file(tmp_path: Path) -> None:
    files = {**THREE_FILES, "net.py": THREE_FILES["net.py"].replace("dim=1)", "dim=1)  # noqa: LGT101")}
    write(tmp_path, files)
    for arguments in ((), ("train.py",), ("losses.py",)):
        assert findings(tmp_path, *arguments) == []


@pytest.mark.parametrize("row", range(4))
def test_noqa_on_any_line_of_a_long_statement(tmp_path: Path, row: int) -> None:
    call = ["    return F.cross_entropy(", "        p,", "        y,", "    )"]
    call[row] += "  # noqa: LGT101"
    write(tmp_path, {"step.py": STEP.replace(CONSUMER, "\n".join(call))})
    assert findings(tmp_path) == []


def test_noqa_on_the_line_below_or_in_a_string_suppresses_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": STEP + "    # noqa\n", "b.py": STEP.replace("(p, y)", "(p, y, label_smoothing='# noqa')")})
    assert [path for _, path, _, _ in places(findings(tmp_path))] == ["a.py", "b.py"]


def test_noqa_in_a_notebook(tmp_path: Path) -> None:
    cells = ["import torch\nimport torch.nn.functional as F\n", STEP.split("\n\n\n")[1]]
    write(tmp_path, {"study.ipynb": notebook(*cells)})
    assert places(findings(tmp_path)) == [("LGT101", "study.ipynb", 3, 12)]
    for line in (CONSUMER, PRODUCER):
        write(tmp_path, {"study.ipynb": notebook(cells[0], cells[1].replace(line, line + "  # noqa: LGT101"))})
        assert findings(tmp_path) == []


def test_noqa_does_not_reach_from_one_cell_into_another(tmp_path: Path) -> None:
    write(tmp_path, {"study.ipynb": notebook("import torch\nx = 1\ny = 2  # noqa\n", STEP)})
    assert [found["cell"] for found in findings(tmp_path)] == [3]


def test_per_file_ignores(tmp_path: Path) -> None:
    write(tmp_path, {"old/step.py": STEP, "step.py": STEP})
    assert places(findings(tmp_path, "--per-file-ignores", "old/*:LGT101")) == [FOUND]
    write(tmp_path, {"pyproject.toml": '[tool.logitlint.per-file-ignores]\n"old/*" = ["LGT1"]\n'})
    assert places(findings(tmp_path)) == [FOUND]
    assert len(findings(tmp_path, "--isolated")) == 2


# -- selection ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        ([], ["101", "301"]),
        (["--select", "LGT3"], ["301"]),
        (["--select", "LGT"], ["101", "301"]),
        (["--select", "softmax-into-logits-loss"], ["101"]),
        (["--select", "stability"], ["301"]),
        (["--ignore", "LGT301"], ["101"]),
        (["--ignore", "LGT1,LGT3"], []),
        (["--select", "LGT3", "--extend-select", "LGT101"], ["101", "301"]),
        (["--select", "ALL", "--ignore", "correctness"], ["301"]),
        (["--exclude", "logs.py"], ["101"]),
        (["--exclude", "*.py"], []),
    ],
)
def test_selection(tmp_path: Path, arguments: list[str], codes: list[str]) -> None:
    write(tmp_path, {"a.py": STEP, "logs.py": WARNING})
    done = program(tmp_path, "check", *arguments)
    assert (done.codes, done.status) == (codes, int(bool(codes)))


def test_possible_findings_are_asked_for_and_one_level_lower(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": POSSIBLE})
    assert findings(tmp_path) == []
    (found,) = findings(tmp_path, "--confidence", "possible")
    assert (found["code"], found["confidence"], found["level"]) == ("LGT101", "possible", "warning")
    assert program(tmp_path, "check", "--confidence", "possible", "--fail-on", "error").status == 0


def test_an_unknown_rule_is_refused_with_the_nearest_one(project: Path) -> None:
    for wrong, meant in (("lgt101", "LGT101"), ("softmax-into-logit-loss", "softmax-into-logits-loss"), ("corectness", "correctness")):
        done = program(project, "check", "--select", wrong)
        assert (done.status, done.out) == (2, b"")
        assert wrong in done.err
        assert meant in done.err


# -- configuration ------------------------------------------------------------------------------------------------------------


def test_the_configuration_is_followed_and_isolated_ignores_it(project: Path) -> None:
    write(project, {"pyproject.toml": '[tool.logitlint]\nignore = ["LGT101"]\n'})
    assert findings(project) == []
    assert places(findings(project, "--isolated")) == [FOUND]
    assert places(findings(project, "--select", "LGT101")) == [FOUND]


def test_an_unknown_key_is_refused_with_the_nearest_one(project: Path) -> None:
    write(project, {"pyproject.toml": '[project]\nname = "x"\n\n[tool.logitlint]\nexlude = ["old"]\n'})
    done = program(project, "check", "--exit-zero")
    assert (done.status, done.out) == (2, b"")
    assert "pyproject.toml:5" in done.err
    assert "exlude" in done.err
    assert "'exclude'" in done.err


def test_a_project_without_our_table_may_have_any_other(project: Path) -> None:
    write(project, {"pyproject.toml": "[tool.other]\nexlude = 1\n"})
    assert places(findings(project)) == [FOUND]


# -- standard input -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["train.py", "./train.py", "absolute"])
def test_standard_input_stands_for_the_file_on_disk(tmp_path: Path, name: str) -> None:
    write(tmp_path, THREE_FILES)
    expected = findings(tmp_path, "train.py")
    assert len(expected) == 1
    name = str(tmp_path / "train.py") if name == "absolute" else name
    assert findings(tmp_path, "-", "--stdin-filename", name, stdin=THREE_FILES["train.py"].encode()) == expected


def test_standard_input_wins_over_the_file_on_disk(tmp_path: Path) -> None:
    write(tmp_path, THREE_FILES)
    mended = THREE_FILES["net.py"].replace("torch.softmax(self.out(x), dim=1)", "self.out(x)")
    for name in ("net.py", "./net.py", str(tmp_path / "net.py")):
        assert findings(tmp_path, "-", "--stdin-filename", name, stdin=mended.encode()) == []


def test_a_file_that_is_not_saved_yet_sees_its_neighbours(tmp_path: Path) -> None:
    write(tmp_path, {f"lab/{name}": text for name, text in THREE_FILES.items() if name != "train.py"})
    (found,) = findings(tmp_path, "-", "--stdin-filename", "lab/train.py", stdin=THREE_FILES["train.py"].encode())
    assert (found["path"], found["producer"]["path"]) == ("lab/train.py", "lab/net.py")


def test_standard_input_without_a_name(project: Path) -> None:
    (found,) = findings(project, "-", stdin=STEP.encode())
    assert (found["code"], found["path"], found["line"]) == ("LGT101", "<stdin>", 7)
    assert process(project, "check", "-", stdin=b"").status == 0


def test_force_exclude_holds_for_standard_input(project: Path) -> None:
    arguments = ("-", "--stdin-filename", "old/step.py", "--exclude", "old")
    assert len(findings(project, *arguments, stdin=STEP.encode())) == 1
    assert findings(project, *arguments, "--force-exclude", stdin=STEP.encode()) == []


def test_a_notebook_on_standard_input(tmp_path: Path) -> None:
    write(tmp_path, {})
    (found,) = findings(tmp_path, "-", "--stdin-filename", "study.ipynb", stdin=notebook("x = 1\n", STEP).encode())
    assert (found["path"], found["cell"], found["line"]) == ("study.ipynb", 3, 7)


# -- the other commands -------------------------------------------------------------------------------------------------------


def test_explain_a_rule_and_an_api(tmp_path: Path) -> None:
    for name in ("LGT101", "lgt101", "softmax-into-logits-loss"):
        done = program(tmp_path, "explain", name)
        assert done.status == 0
        assert "softmax" in done.text
        assert "LGT101" in done.text
    done = program(tmp_path, "explain", "torch.nn.functional.binary_cross_entropy")
    assert done.status == 0
    assert "prob_el" in done.text
    done = program(tmp_path, "explain", "torch.nn.CrossEntropyLos")
    assert (done.status, done.out) == (2, b"")
    assert "torch.nn.CrossEntropyLoss" in done.err


def test_rules_as_json(tmp_path: Path) -> None:
    done = program(tmp_path, "rules", "--output-format", "json")
    rows: list[dict[str, Any]] = json.loads(done.out)
    assert done.status == 0
    assert all(set(row) == {"code", "name", "group", "level", "fix", "summary"} for row in rows)
    codes = [row["code"] for row in rows]
    assert codes == sorted(set(codes))
    assert {"LGT101", "LGT201", "LGT301", "LGT403", "LGT900"} <= set(codes)


# -- bad input ----------------------------------------------------------------------------------------------------------------


def test_a_file_that_does_not_parse_is_a_finding_beside_the_others(project: Path) -> None:
    write(project, {"broken.py": "import torch\n\ndef f(:\n    pass\n"})
    done = program(project, "check")
    assert (done.status, done.codes) == (1, ["900", "101"])
    assert done.lines[0].startswith("broken.py:3:7: LGT900 ")


@pytest.mark.parametrize(
    ("content", "codes"),
    [(b"", []), (b"import torch\nx = '\xff'\n", ["900"]), (bytes(range(256)) * 20, ["900"]), (b"\xff\xfei\0m\0", ["900"])],
    ids=["empty", "undecodable", "binary", "utf-16"],
)
def test_odd_bytes_cost_no_other_file_its_findings(project: Path, content: bytes, codes: list[str]) -> None:
    write(project, {"odd.py": content})
    done = program(project, "check")
    assert (done.status, done.codes) == (1, [*codes, "101"])
    alone = program(project, "check", "odd.py")
    assert (alone.status, alone.codes) == (len(codes), codes)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the platform has no fifos")
def test_fifos_and_looping_links_are_named_and_passed_by(project: Path) -> None:
    os.mkfifo(project / "pipe.py")
    (project / "loop.py").symlink_to("loop.py")
    (project / "inside").mkdir()
    (project / "inside" / "again").symlink_to("..", target_is_directory=True)
    (project / "gone.py").symlink_to("nowhere.py")
    done = program(project, "check")
    assert (done.status, done.lines[0][:12]) == (1, "step.py:7:12")
    assert len(done.lines) == 1
    for name in ("pipe.py", "loop.py", "gone.py"):
        assert f"{name}: skipped: " in done.err
        alone = program(project, "check", name)
        assert (alone.status, alone.out) == (0, b"")
        assert name in alone.err


def test_a_folder_without_python_files_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, {"notes/readme.md": "# notes\n"})
    done = program(tmp_path, "check", "notes")
    assert (done.status, done.out) == (0, b"")
    assert "No Python files" in done.err
    assert findings(tmp_path, "notes") == []


def test_nothing_but_the_cache_is_written_into_the_project(tmp_path: Path) -> None:
    write(tmp_path, {**THREE_FILES, "broken.py": "import torch\nx = (\n", "study.ipynb": notebook(STEP), "deep/er/a.py": NOTE})
    before = tree(tmp_path)
    process(tmp_path, "check", "--no-cache")
    process(tmp_path, "check", "-", "--stdin-filename", "new.py", stdin=STEP.encode())
    assert tree(tmp_path) == before
    for arguments in ((), ("--output-format", "full"), ("deep",), ("--isolated", "train.py")):
        process(tmp_path, "check", *arguments)
    process(tmp_path, "audit")
    assert {path: content for path, content in tree(tmp_path).items() if not path.startswith(".logitlint_cache")} == before


# -- positions ----------------------------------------------------------------------------------------------------------------

ENCODINGS = {
    "crlf": STEP.replace("\n", "\r\n").encode(),
    "lone cr": STEP.replace("\n", "\r").encode(),
    "bom": b"\xef\xbb\xbf" + STEP.encode(),
    "bom and crlf": b"\xef\xbb\xbf" + STEP.replace("\n", "\r\n").encode(),
    "no last line end": STEP.rstrip("\n").encode(),
    "latin-1": b"# -*- coding: latin-1 -*- \xe9\n" + STEP.replace("\n\n\n", "\n\n").encode(),
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_lines_and_columns_whatever_the_encoding(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, {"step.py": content})
    (found,) = findings(tmp_path)
    assert places([found]) == [FOUND]
    assert (found["producer"]["line"], found["producer"]["column"], found["producer"]["end_column"]) == (6, 9, 37)
    text = program(tmp_path, "check", "--output-format", "full").text
    assert f"7 |     return F.cross_entropy(p, y)\n  |{' ' * 12}{'^' * 21} " in text
    write(tmp_path, {"step.py": content.replace(b"(p, y)", b"(p, y)  # noqa: LGT101")})
    assert findings(tmp_path) == []


def test_a_byte_order_mark_does_not_shift_the_first_line(tmp_path: Path) -> None:
    line = "from torch import *; import torch.nn.functional as F; F.cross_entropy(F.softmax(rand(4, 3), 1), arange(4))\n"
    write(tmp_path, {"plain.py": line, "marked.py": b"\xef\xbb\xbf" + line.encode()})
    marked, plain = findings(tmp_path)
    assert (marked["line"], marked["column"], marked["producer"]) == (1, 55, {**plain["producer"], "path": "marked.py"})
    assert (plain["line"], plain["column"]) == (1, 55)


def test_a_form_feed_or_a_line_separator_ends_no_line(tmp_path: Path) -> None:
    text = STEP.replace("\n\n\ndef", "\n\x0c\n# \u2028 \x85 \x0b\ndef")
    write(tmp_path, {"step.py": text})
    assert places(findings(tmp_path)) == [FOUND]


def test_a_tab_is_one_column(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP.replace("    ", "\t")})
    (found,) = findings(tmp_path)
    assert (found["line"], found["column"]) == (7, 9)


def test_a_notebook_counts_cells_and_lines_within_them(tmp_path: Path) -> None:
    model = "%matplotlib inline\nimport torch\nfrom torch import nn\n\nnet = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1))"
    train = "!ls\ncriterion = nn.CrossEntropyLoss()\nfor x, y in loader:\n    criterion(net(x), y).backward()"
    text = notebook(model, "%%bash\necho hello", train)
    write(tmp_path, {"study.ipynb": text})
    (found,) = findings(tmp_path)
    assert (found["cell"], found["line"], found["column"]) == (4, 4, 5)
    assert (found["producer"]["cell"], found["producer"]["line"], found["producer"]["column"]) == (2, 5, 38)
    assert all(isinstance(step["cell"], int) for step in found["trace"])
    assert program(tmp_path, "check").text.startswith("study.ipynb:cell 4:4:5: LGT101 ")
    full = program(tmp_path, "check", "--output-format", "full").text
    assert "--> study.ipynb:cell 2:5:38" in full
    assert "--> study.ipynb:cell 4:2:13" in full
    assert "4 |     criterion(net(x), y).backward()\n" in full
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "criterion(net(x), y)" in each)
    assert f"file=study.ipynb,line={line},endLine={line}::" in program(tmp_path, "check", "--output-format", "github").lines[0]


def test_a_broken_cell_costs_the_others_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"study.ipynb": notebook("import torch\nx = (\n", STEP)})
    assert [(each["code"], each["cell"], each["line"]) for each in findings(tmp_path)] == [("LGT900", 2, 2), ("LGT101", 3, 7)]


def test_a_draft_in_a_notebook_that_was_run_is_named_only_when_asked(tmp_path: Path) -> None:
    document = json.loads(notebook("x = 1", "no code of ours", STEP + "# logitlint: ignore[LGT403]\n"))
    document["cells"][1]["execution_count"] = 7
    write(tmp_path, {"study.ipynb": json.dumps(document)})
    assert [(each["code"], each["cell"]) for each in findings(tmp_path)] == [("LGT101", 4)], "nor is a comment idle for what was not read"
    passed_over = "skipped: study.ipynb:cell 3: never run, unlike others, and cannot be parsed: invalid syntax\n"
    assert passed_over in program(tmp_path, "check", "--verbose").err
    assert "1 place was not read to the end" in program(tmp_path, "audit").err


def test_a_finding_keeps_its_fingerprint_when_lines_move(project: Path) -> None:
    (before,) = findings(project)
    write(project, {"step.py": "# a new first line\n\n" + STEP})
    (after,) = findings(project)
    assert (before["fingerprint"], before["line"] + 2) == (after["fingerprint"], after["line"])
