"""What a CI service is given: the action, its script under bash, the problem matcher and the examples."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import regress
import yaml
from lxml import etree
from program import STEP, notebook, process, program, write

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "ci"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK, UPLOAD = ACTION["runs"]["steps"]


# -- schemas ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "options"),
    [
        (ROOT / "action.yml", ("vendor.github-actions",)),
        (EXAMPLES / "github-workflow.yml", ("vendor.github-workflows",)),
        (EXAMPLES / "github-problem-matcher.yml", ("vendor.github-workflows",)),
        (EXAMPLES / "gitlab-ci.yml", ("vendor.gitlab-ci", "--data-transform", "gitlab-ci")),
        # this schema has patterns that the stricter reading of regular expressions refuses
        (
            EXAMPLES / "azure-pipelines.yml",
            ("vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"),
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value[0],
)
def test_the_file_is_what_its_service_reads(file: Path, options: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_example_is_checked() -> None:
    checked = {"github-workflow.yml", "github-problem-matcher.yml", "gitlab-ci.yml", "azure-pipelines.yml"}
    assert {path.name for path in EXAMPLES.iterdir()} == checked


def test_the_example_gives_inputs_that_the_action_has() -> None:
    workflow = yaml.safe_load((EXAMPLES / "github-workflow.yml").read_text(encoding="utf-8"))
    (step,) = [step for step in workflow["jobs"]["logitlint"]["steps"] if "OWNER/logitlint" in step.get("uses", "")]
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert workflow["permissions"]["security-events"] == "write"


@pytest.mark.parametrize("name", ["gitlab-ci.yml", "azure-pipelines.yml"])
def test_the_command_of_an_example_runs(tmp_path: Path, name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    (command,) = re.findall(r"logitlint check ((?:--output-format \S+\s+)*--output-format \S+)\n", text)
    folders = {"$(Build.StagingDirectory)": str(tmp_path), "$(Build.ArtifactStagingDirectory)": str(tmp_path)}
    for variable, folder in folders.items():
        command = command.replace(variable, folder)
    write(tmp_path, {"step.py": STEP})
    done = program(tmp_path, "check", *command.replace('"', "").split())
    assert (done.status, b"LGT101" in done.out) == (1, True)
    assert etree.parse(tmp_path / "logitlint.xml").getroot().get("failures") == "1"


# -- the action ---------------------------------------------------------------------------------------------------------------


class Run(NamedTuple):
    status: int
    out: str
    err: str
    outputs: dict[str, str]
    summary: str


def bash(script: str, folder: Path, environment: dict[str, str]) -> Run:
    """A step of the action as a runner starts it, with files where the service would read outputs and the summary."""
    files = {name: folder.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    kept = {"PATH": os.environ["PATH"], "HOME": str(folder.parent), "GITHUB_WORKSPACE": str(folder), "GITHUB_ACTION_PATH": str(ROOT)}
    body = folder.parent / "step.sh"
    body.write_text(script)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(body)]
    variables = {**kept, **{name: str(file) for name, file in files.items()}, **environment}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
    return Run(done.returncode, done.stdout, done.stderr, outputs, files["GITHUB_STEP_SUMMARY"].read_text())


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout, and beside it the folder of the runner with an installed program."""
    program_file = tmp_path / "temp" / "logitlint" / "bin" / "logitlint"
    program_file.parent.mkdir(parents=True)
    program_file.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT / "src"}" exec "{sys.executable}" -m logitlint "$@"\n')
    program_file.chmod(0o755)
    folder = tmp_path / "checkout"
    write(folder, {"src/step.py": STEP, "my notes/clean.py": "x = 1\n"})
    return folder


def check(folder: Path, **inputs: str) -> Run:
    given = {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
    names = dict(
        re.findall(r"^(INPUT_\w+)=\$\{\{ inputs\.([\w-]+) \}\}$", "\n".join(f"{k}={v}" for k, v in CHECK["env"].items()), re.MULTILINE)
    )
    assert len(names) == len(CHECK["env"])
    defaults = {variable: ACTION["inputs"][name]["default"] for variable, name in names.items()}
    return bash(CHECK["run"], folder, {**defaults, **given, "RUNNER_TEMP": str(folder.parent / "temp")})


def test_the_action_annotates_summarises_and_fails(checkout: Path) -> None:
    run = check(checkout)
    assert run.status == 1
    assert run.out.startswith("::error title=logitlint (LGT101),file=src/step.py,line=7,col=12,")
    assert run.outputs["status"] == "1"
    assert run.summary.startswith("### logitlint: 1 error\n")
    report = json.loads(Path(run.outputs["sarif-file"]).read_text())
    assert report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "src/step.py"


def test_the_action_passes_where_nothing_is_found(checkout: Path) -> None:
    run = check(checkout, paths="my notes")
    assert (run.status, run.out, run.outputs["status"]) == (0, "", "0")
    assert run.summary == "### logitlint: all checks passed\n\n"


def test_the_action_takes_paths_and_arguments_line_by_line(checkout: Path) -> None:
    run = check(
        checkout,
        paths="my notes\r\n\nsrc/step.py\n",
        args="--ignore\nLGT101\n--extend-select\nLGT3\n",
        annotations="false",
        summary="false",
    )
    assert (run.status, run.out, run.summary) == (0, "", "")
    assert check(checkout, paths="src", annotations="false").out.startswith("src/step.py:7:12: LGT101 ")


@pytest.mark.parametrize(
    "text", ["$(touch pwned)", "`touch pwned`", "; touch pwned", '" && touch pwned && "', "--output-file=src/step.py", "*"]
)
@pytest.mark.parametrize("name", ["paths", "args"])
def test_an_input_is_never_run(checkout: Path, name: str, text: str) -> None:
    run = check(checkout, **{name: text})
    assert (run.status, run.outputs["status"]) == (2, "2")
    assert not list(checkout.rglob("pwned"))
    assert (checkout / "src" / "step.py").read_text() == STEP


def test_the_action_tells_of_an_error(checkout: Path) -> None:
    run = check(checkout, paths="nowhere")
    assert run.status == 2
    assert "no such file or folder" in run.err
    assert "sarif-file" not in run.outputs


def test_a_report_of_an_earlier_run_is_not_uploaded(checkout: Path) -> None:
    check(checkout)
    assert "sarif-file" not in check(checkout, paths="nowhere").outputs


def test_the_action_installs_its_own_version_apart_from_the_project(tmp_path: Path) -> None:
    shim = tmp_path / "bin" / "python3"
    shim.parent.mkdir()
    shim.write_text(
        f'#!/bin/sh\necho "$@" >> "{tmp_path}/calls"\n[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python"\nexit 0\n'
    )
    shim.chmod(0o755)
    folder = tmp_path / "checkout"
    folder.mkdir()
    path = f"{shim.parent}:{os.environ['PATH']}"
    run = bash(INSTALL["run"], folder, {"RUNNER_TEMP": str(tmp_path / "temp"), "PATH": path})
    assert run.status == 0, run.err
    assert (tmp_path / "calls").read_text().splitlines() == [
        f"-m venv {tmp_path}/temp/logitlint",
        f"-m pip install --quiet --disable-pip-version-check {ROOT}",
    ]


def test_no_expression_stands_in_a_script() -> None:
    for step in (INSTALL, CHECK):
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_the_report_is_uploaded_only_on_request_and_after_findings_too() -> None:
    assert ACTION["inputs"]["upload-sarif"]["default"] == "false"
    assert "inputs.upload-sarif == 'true'" in UPLOAD["if"]
    assert "!cancelled()" in UPLOAD["if"]
    assert "steps.check.outputs.sarif-file" in UPLOAD["with"]["sarif_file"]
    assert CHECK["id"] == "check"


# -- the problem matcher ------------------------------------------------------------------------------------------------------

MATCHERS: dict[str, Any] = {each["owner"]: each for each in json.loads((ROOT / "problem-matcher.json").read_text())["problemMatcher"]}


def matched(line: str) -> dict[str, dict[str, str]]:
    """What each matcher reads from a line, its pattern understood as JavaScript does."""
    found = {}
    for owner, matcher in MATCHERS.items():
        (pattern,) = matcher["pattern"]
        match = regress.Regex(pattern["regexp"]).find(line)
        if match is not None:
            groups = {key: match.group(value) for key, value in pattern.items() if isinstance(value, int)}
            found[owner] = {key: line[span.start : span.stop] for key, span in groups.items() if span is not None}
    return found


def test_the_matcher_reads_the_plain_output(tmp_path: Path) -> None:
    write(tmp_path, {"src/a: b/step.py": STEP})
    (line,) = process(tmp_path, "check", "--color", "never").lines
    (read,) = matched(line).values()
    assert {key: read[key] for key in ("file", "line", "column", "code")} == {
        "file": "src/a: b/step.py", "line": "7", "column": "12", "code": "LGT101",
    }  # fmt: skip
    assert line.endswith(f" LGT101 {read['message']}")
    assert set(matched(process(tmp_path, "check", "--output-format", "full").lines[0])) == {"logitlint"}


def test_the_matcher_gives_no_line_for_a_cell(tmp_path: Path) -> None:
    """The line within a cell is no line of the notebook's file."""
    write(tmp_path, {"study.ipynb": notebook(STEP)})
    (line,) = process(tmp_path, "check").lines
    assert set(matched(line)) == {"logitlint-notebook"}
    read = matched(line)["logitlint-notebook"]
    assert (read["file"], read["code"], read["message"][:19]) == ("study.ipynb", "LGT101", "cell 2:7:12: LGT101")
    assert "line" not in read


@pytest.mark.parametrize(
    "line", ["All checks passed!", "Found 2 errors.", "7 |     return F.cross_entropy(p, y)", " --> step.py:6:9", "a.py:1:2: E501 x"]
)
def test_the_matcher_leaves_other_lines_alone(line: str) -> None:
    assert matched(line) == {}
