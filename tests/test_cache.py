"""A second run over the same files gives what the first gave, sooner; whatever the first depends on makes it new when it changes."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from logitlint import cache, engine
from logitlint.cli import main
from logitlint.config import load
from logitlint.engine import Report
from logitlint.interp import roots
from logitlint.interp.machine import Machine

NET = """
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rows = nn.Linear(8, 3)
        self.last = nn.Softmax(dim=1)

    def forward(self, x):
        return self.last(self.rows(x))
"""
RIGHT = NET.replace("self.last(self.rows(x))", "self.rows(x)           ")
TRAIN = """
import torch.nn as nn
from net import Net

def train(x, y):
    return nn.CrossEntropyLoss()(Net()(x), y)
"""
CONFIGURED = """
import json
import torch.nn as nn

settings = json.load(open("settings.json"))

def train(x, y):
    net = nn.Sequential(nn.Linear(8, 3), nn.Softmax(dim=1)) if settings["softmax"] else nn.Linear(8, 3)
    return nn.CrossEntropyLoss()(net(x), y)

train(1, 2)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project with a misuse over two files, the working directory; each run in it says whether it evaluated anything."""
    assert len(NET) == len(RIGHT)
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "net.py").write_text(NET)
    (tmp_path / "train.py").write_text(TRAIN)
    monkeypatch.chdir(tmp_path)
    yield tmp_path


@pytest.fixture
def evaluated(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The files of every evaluation that really took place."""
    runs: list[tuple[str, ...]] = []
    check = engine.check_project

    def noted(project: object, reported: object, *arguments: object, **options: object) -> Report:
        runs.append(tuple(reported))  # type: ignore[arg-type]
        return check(project, reported, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "check_project", noted)
    return runs


def run(*paths: str, audited: bool = False, **options: Any) -> Report:
    return engine.run(paths or (".",), load(paths or (".",), options), audited=audited)


def found(*paths: str, **options: Any) -> list[tuple[str, str]]:
    return [(each.code, each.span.path) for each in run(*paths, **options).diagnostics]


MISUSE = [("LGT101", "train.py")]


def test_an_unchanged_project_is_not_evaluated_again(project: Path, evaluated: list[object]) -> None:
    first = run()
    second = run()
    assert [each.code for each in first.diagnostics] == ["LGT101"]
    assert len(evaluated) == 1
    assert second.diagnostics == first.diagnostics
    assert [each.fingerprint for each in second.diagnostics] == [each.fingerprint for each in first.diagnostics]
    assert replace(second, sources={}) == replace(first, sources={})
    assert {path: source.text for path, source in second.sources.items()} == {path: source.text for path, source in first.sources.items()}


@pytest.mark.parametrize("form", ["concise", "full", "json", "jsonl", "github", "sarif", "gitlab", "junit", "rdjson", "markdown"])
def test_every_format_has_the_same_bytes(project: Path, evaluated: list[object], form: str) -> None:
    (project / "lesson.ipynb").write_text(json.dumps({"cells": [{"cell_type": "code", "source": TRAIN}], "nbformat": 4}))
    cold, warm = (CliRunner().invoke(main, ["check", "--output-format", form]) for _ in range(2))
    assert (cold.exit_code, cold.stdout, cold.stderr) == (warm.exit_code, warm.stdout, warm.stderr)
    assert cold.exit_code == 1
    assert len(evaluated) == 1


def _edit(project: Path) -> None:
    (project / "net.py").write_text(RIGHT)


def _edit_behind_the_clock(project: Path) -> None:
    """As a tool does that writes a file back with the time that it had."""
    before = (project / "net.py").stat()
    (project / "net.py").write_text(RIGHT)
    os.utime(project / "net.py", ns=(before.st_atime_ns, before.st_mtime_ns))


def _remove(project: Path) -> None:
    (project / "net.py").unlink()


def _shadow(project: Path) -> None:
    """A package comes before a module of its name."""
    (project / "net").mkdir()
    (project / "net" / "__init__.py").write_text(RIGHT)


@pytest.mark.parametrize("is_trusted", [True, False], ids=["times are trusted", "times are too fresh"])
@pytest.mark.parametrize("change", [_edit, _edit_behind_the_clock, _remove, _shadow])
def test_a_change_in_any_file_counts(
    project: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], is_trusted: bool
) -> None:
    if is_trusted:
        monkeypatch.setattr(cache, "_TICK", -(10**18))
    assert found("train.py") == found("train.py") == MISUSE
    change(project)
    assert found("train.py") == found("train.py", no_cache=True)
    if change is not _shadow:
        assert found("train.py") == []


def test_a_file_that_was_only_touched_is_the_same(project: Path, evaluated: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_TICK", -(10**18))
    run()
    os.utime(project / "net.py", ns=(1, 1))
    assert found() == MISUSE
    assert len(evaluated) == 1


def test_files_are_not_read_whose_times_say_that_they_are_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_TICK", -(10**18))
    _edit(project)
    run()
    opened: list[str] = []
    reader = engine._reader

    def noting(contents: dict[str, bytes]) -> tuple[Callable[[str], bytes | None], dict[str, str]]:
        read, unreadable = reader(contents)
        return lambda path: opened.append(path) or read(path), unreadable  # type: ignore[func-returns-value]

    monkeypatch.setattr(engine, "_reader", noting)
    run()
    assert opened == []


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("before", ['{"softmax": false}', None])
def test_a_data_file_that_was_read_counts(project: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, before: str | None) -> None:
    monkeypatch.setattr(roots, "_LEAST_SHARE", 100)  # a process of its own for half of the definitions
    (project / "train.py").write_text(CONFIGURED)
    settings = project / "settings.json"
    if before is not None:
        settings.write_text(before)
    assert ("LGT101", "train.py") not in found(jobs=jobs)
    settings.write_text('{"softmax": true}')
    assert found(jobs=jobs) == MISUSE
    settings.unlink()
    assert found(jobs=jobs) == found(jobs=jobs, no_cache=True)


def test_settings_that_decide_what_is_found_count(project: Path, evaluated: list[object]) -> None:
    assert found() == MISUSE
    assert found(ignore=("LGT1",)) == []
    assert found(confidence="possible") == MISUSE
    (project / "typings").mkdir()
    stub = project / "typings" / "own.pyi"
    stub.write_text("")
    assert found(stubs=("typings",)) == MISUSE
    stub.write_text("# changed\n")
    assert found(stubs=("typings",)) == MISUSE
    assert len(evaluated) == 5
    assert found(fail_on="error", jobs=2, output_format="full") == MISUSE
    assert len(evaluated) == 5


def test_the_name_of_the_folder_counts(project: Path, evaluated: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    """A project may be a package of that name."""
    (project / "__init__.py").write_text("")
    (project / "train.py").write_text(TRAIN.replace("from net", f"from {project.name}.net"))
    assert found() == MISUSE
    other = project.rename(project.with_name("elsewhere"))
    monkeypatch.chdir(other)
    assert found() == []
    assert len(evaluated) == 2


def test_an_audit_is_kept_beside_a_check(project: Path, evaluated: list[object]) -> None:
    assert run().audit == ()
    rows = run(audited=True).audit
    assert [(row.verdict, row.span.path) for row in rows] == [("finding", "train.py")]
    assert run(audited=True).audit == rows
    assert len(evaluated) == 2


def test_another_logitlint_begins_anew(project: Path, evaluated: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    run()
    assert len(evaluated) == 2


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff\x00", b'{"files": {}, "data": {}}', b'{"files": 3, "data": {}, "found": 4}', b"[" * 99999]
)
def test_what_cannot_be_read_is_found_again(project: Path, evaluated: list[object], content: bytes) -> None:
    run()
    (entry,) = (project / ".logitlint_cache" / "runs").iterdir()
    entry.write_bytes(content)
    assert found() == MISUSE
    assert found() == MISUSE
    assert len(evaluated) == 2


def test_only_our_own_classes_come_out_of_it(project: Path) -> None:
    """The folder may come with somebody's project."""
    run()
    (entry,) = (project / ".logitlint_cache" / "runs").iterdir()
    kept = json.loads(entry.read_text())
    kept["found"] = [{"Popen": [["touch", "hit"]]}, []]
    entry.write_text(json.dumps(kept))
    assert found() == MISUSE
    assert not (project / "hit").exists()


def test_where_nothing_can_be_written_nothing_is_kept_or_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "taken").write_text("a file")
    assert found(cache_dir="taken/below") == found(cache_dir="taken") == MISUSE
    assert (project / "taken").read_text() == "a file"
    assert capsys.readouterr().err == ""


def test_no_cache_neither_reads_nor_writes(project: Path, evaluated: list[object]) -> None:
    run(no_cache=True)
    assert not (project / ".logitlint_cache").exists()
    run()
    run(no_cache=True)
    assert len(evaluated) == 3


def test_standard_input_is_not_kept(project: Path) -> None:
    for text in (TRAIN, TRAIN.replace("Net()", "net()")):
        result = CliRunner().invoke(main, ["check", "-", "--stdin-filename", "train.py"], input=text)
        assert ("LGT101" in result.stdout) == (text is TRAIN)
    assert not (project / ".logitlint_cache").exists()


def test_git_does_not_see_it_and_clean_removes_it(project: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    run()
    listed = subprocess.run(["git", "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True).stdout
    assert ".logitlint_cache" not in listed
    assert CliRunner().invoke(main, ["clean"]).exit_code == 0
    assert not (project / ".logitlint_cache").exists()
    run(cache_dir="elsewhere")
    assert CliRunner().invoke(main, ["clean", "--cache-dir", "elsewhere"]).exit_code == 0
    assert not (project / "elsewhere").exists()


def test_a_folder_with_files_of_the_users_keeps_them(project: Path) -> None:
    (project / "data").mkdir()
    for number in range(cache._MOST_ENTRIES + 5):
        (project / "data" / f"{number}.json").write_text("{}")
    run(cache_dir="data")
    assert len([*(project / "data").glob("*.json")]) == cache._MOST_ENTRIES + 5
    assert not (project / "data" / ".gitignore").exists()
    assert CliRunner().invoke(main, ["clean", "--cache-dir", "data"]).exit_code == 2


def test_old_entries_make_room(project: Path, evaluated: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST_ENTRIES", 2)
    for codes in (("LGT1",), ("LGT2",), ("LGT3",)):
        run(select=codes)
    assert len([*(project / ".logitlint_cache" / "runs").iterdir()]) == 2
    run(select=("LGT3",))
    assert len(evaluated) == 3


def test_a_fault_of_ours_is_not_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Machine, "call", lambda *_: 1 / 0)
        assert run().failed
    assert found() == MISUSE
