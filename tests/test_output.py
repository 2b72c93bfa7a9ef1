"""Several documents of one run, the files that they go to, and what is never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from program import STEP, notebook, process, program, write

from logitlint.reporters import REPORTERS


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"step.py": STEP, "study.ipynb": notebook("x = 1")})
    return tmp_path


def test_several_formats_of_one_run(project: Path) -> None:
    formats = [f"{name}:out.{name}" for name in REPORTERS if name != "github"]
    done = program(project, "check", *(part for each in (*formats, "github") for part in ("--output-format", each)))
    assert done.status == 1
    assert done.out == program(project, "check", "--output-format", "github").out
    for name in REPORTERS:
        if name != "github":
            assert (project / f"out.{name}").read_bytes() == program(project, "check", "--output-format", name).out, name


def test_formats_from_the_environment(project: Path) -> None:
    done = process(project, "check", environment={"LOGITLINT_OUTPUT_FORMAT": "json:report.json concise"})
    assert done.lines[0].startswith("step.py:7:12: LGT101")
    assert json.loads((project / "report.json").read_text())[0]["code"] == "LGT101"


def test_a_format_in_the_configuration_may_name_its_file(project: Path) -> None:
    write(project, {"logitlint.toml": 'output-format = "gitlab:quality.json"\n'})
    assert program(project, "check").out == b""
    assert json.loads((project / "quality.json").read_text())[0]["check_name"] == "LGT101"


def test_output_file_takes_the_format_that_names_none(project: Path) -> None:
    done = program(project, "check", "--output-format", "json:a.json", "--output-format", "junit", "--output-file", "b.xml")
    assert (done.status, done.out) == (1, b"")
    assert (project / "b.xml").read_text().startswith("<?xml")
    assert json.loads((project / "a.json").read_text())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--output-format", "json", "--output-format", "full"), "2 formats would go to standard output"),
        (("--output-format", "json:a.out", "--output-format", "full:./a.out"), "2 formats would go to"),
        (("--output-format", "json:a.out", "--output-format", "full", "--output-file", "a.out"), "2 formats would go to"),
        (("--output-format", "sarff"), "did you mean 'sarif'?"),
        (("--output-format", "sarif:"), "names no file"),
        (("--output-format", "json", "--output-format", "nonsense:x"), "unknown format 'nonsense'"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read(project: Path, arguments: tuple[str, ...], words: str) -> None:
    done = program(project, "check", *arguments)
    assert (done.status, done.out) == (2, b"")
    assert words in done.err
    assert not (project / "a.out").exists()


@pytest.mark.parametrize("paths", [(), (".",), ("step.py",), ("study.ipynb", "step.py")])
@pytest.mark.parametrize("output", [("--output-file", "step.py"), ("--output-format", "sarif:./step.py"), ("--output-file", "link.txt")])
def test_a_linted_file_is_never_overwritten(project: Path, paths: tuple[str, ...], output: tuple[str, ...]) -> None:
    (project / "link.txt").symlink_to("step.py")
    done = program(project, "check", *output, *paths)
    assert (done.status, done.out) == (2, b"")
    assert "is among the linted files" in done.err
    assert (project / "step.py").read_text() == STEP


def test_a_notebook_below_a_linted_folder_is_never_overwritten(project: Path) -> None:
    before = (project / "study.ipynb").read_bytes()
    assert program(project, "check", "--output-file", "study.ipynb").status == 2
    assert (project / "study.ipynb").read_bytes() == before


def test_an_earlier_report_is_overwritten(project: Path) -> None:
    for _ in range(2):
        assert program(project, "check", "--output-format", "json:report.json").status == 1
    assert len(json.loads((project / "report.json").read_text())) == 1


def test_a_file_that_cannot_be_written_costs_the_other_formats_nothing(project: Path) -> None:
    done = program(project, "check", "--output-format", "sarif:no/such/folder/x", "--output-format", "concise")
    assert done.status == 2
    assert done.lines[0].startswith("step.py:7:12: LGT101")
    assert "cannot be written" in done.err


def test_a_file_has_colour_only_where_it_was_asked_for(project: Path) -> None:
    for arguments, colored in (((), False), (("--color", "always"), True)):
        process(project, "check", "--output-format", "full:out.txt", *arguments, environment={"FORCE_COLOR": "1"})
        assert (b"\x1b[" in (project / "out.txt").read_bytes()) == colored


def test_statistics_leave_a_document_for_programs_whole(project: Path) -> None:
    done = program(project, "check", "--statistics", "--output-format", "sarif")
    assert json.loads(done.out)["runs"][0]["results"][0]["ruleId"] == "LGT101"
    assert "1\\tLGT101\\tsoftmax-into-logits-loss" in done.err


@pytest.mark.parametrize("name", ["github", "azure"])
def test_the_log_holds_what_the_service_drops(project: Path, name: str) -> None:
    write(
        project,
        {
            "many.py": STEP
            + "".join(f"\n\ndef f{n}(net, x, y):\n    return F.cross_entropy(torch.softmax(net(x), 1), y)\n" for n in range(15))
        },
    )
    done = program(project, "check", "--output-format", name)
    assert sum(": LGT101 " in line for line in done.err.splitlines()) == 17  # one in step.py, sixteen in many.py
    assert "more finding" in done.lines[-1]


def test_no_python_files_is_a_document_too(tmp_path: Path) -> None:
    done = program(tmp_path, "check", "--output-format", "sarif")
    assert (done.status, json.loads(done.out)["runs"][0]["results"]) == (0, [])
