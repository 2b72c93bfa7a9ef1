from __future__ import annotations

import json
import os
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import logitlint
from logitlint import __version__
from logitlint.cli import main
from logitlint.config import Settings
from logitlint.diagnostics import Diagnostic, Span
from logitlint.errors import CatalogError

FINDING = Diagnostic(
    "LGT101", "softmax-into-logits-loss", "correctness", "error", "certain", "softmax meets cross_entropy", Span("a.py", 3, 5, 3, 9)
)
NOTE = replace(FINDING, code="LGT102", name="log-softmax-into-logits-loss", group="redundant", level="note", span=Span("a.py", 9, 5, 9, 9))


@dataclass
class Report:
    diagnostics: tuple[Diagnostic, ...] = ()
    audit: tuple[Any, ...] = ()
    sources: dict[str, Any] = field(default_factory=dict)
    checked: int = 1
    messages: tuple[str, ...] = ()
    failed: bool = False
    reported: tuple[str, ...] = ("a.py",)
    possible: int = 0
    skipped: tuple[str, ...] = ()
    comments: bool = False
    evaluated: int = 1


@dataclass
class Engine:
    """Stands for the engine: gives ``report`` and remembers what it was asked."""

    report: Report = field(default_factory=Report)
    error: Exception | None = None
    calls: list[tuple[Sequence[str], Settings, tuple[str, bytes] | None]] = field(default_factory=list)

    def run(self, paths: Sequence[str], settings: Settings, stdin: tuple[str, bytes] | None = None, **rest: object) -> Report:
        self.calls.append((paths, settings, stdin))
        if self.error is not None:
            raise self.error
        return self.report

    @property
    def settings(self) -> Settings:
        return self.calls[-1][1]


@dataclass(frozen=True)
class Rule:
    code: str
    name: str
    group: str
    summary: str
    fix: str
    default_level: str


RULES = (
    Rule("LGT101", "softmax-into-logits-loss", "correctness", "softmax | into a loss on logits", "unsafe", "error"),
    Rule("LGT999", "no-such-page", "advice", "a rule without a page", "", "note"),
)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    fake = Engine()
    module = types.ModuleType("logitlint.engine")
    module.run = fake.run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "logitlint.engine", module)
    monkeypatch.setattr(logitlint, "engine", module, raising=False)
    for name in [name for name in os.environ if name.startswith("LOGITLINT_")] + ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text("x = 1\n")
    return fake


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("logitlint.rules.table")
    module.RULES = RULES  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "logitlint.rules.table", module)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


# -- check: output and exit status --------------------------------------------------------------------------------------------


def test_clean_run(engine: Engine) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "All checks passed!\n")
    assert engine.calls[0][0] == (".",)
    assert engine.calls[0][2] is None


def test_findings(engine: Engine) -> None:
    engine.report = Report((FINDING, replace(FINDING, span=Span("a.py", 4, 1, 4, 2)), NOTE))
    result = run("check", "a.py")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "a.py:3:5: LGT101 softmax meets cross_entropy"
    assert result.stderr == "Found 2 errors, 1 note.\n"


@pytest.mark.parametrize(
    ("level", "options", "status"),
    [
        ("error", [], 1),
        ("warning", [], 1),
        ("note", [], 0),
        ("note", ["--fail-on", "note"], 1),
        ("warning", ["--fail-on", "error"], 0),
        ("error", ["--exit-zero"], 0),
        ("warning", ["--config", "fail-on=error"], 0),
    ],
)
def test_exit_status(engine: Engine, level: Any, options: list[str], status: int) -> None:
    engine.report = Report((replace(FINDING, level=level),))
    result = run("check", *options)
    assert result.exit_code == status
    assert "LGT101" in result.stdout


def test_failed_run_prints_its_findings_and_is_not_hidden(engine: Engine) -> None:
    engine.report = Report((FINDING,), messages=("b.py: permission denied",), failed=True)
    result = run("check", "--exit-zero")
    assert result.exit_code == 2
    assert "a.py:3:5: LGT101" in result.stdout
    assert "b.py: permission denied" in result.stderr


def test_possible_findings_that_are_not_shown_are_counted(engine: Engine) -> None:
    engine.report = Report(possible=2)
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "2 possible findings: `--confidence possible` shows them.\n")
    engine.report = Report((FINDING,), possible=1)
    assert run("check").stderr == "Found 1 error.\n1 possible finding: `--confidence possible` shows it.\n"


def test_verbose_tells_what_was_skipped(engine: Engine) -> None:
    engine.report = Report(skipped=("a.py: main: too long",))
    assert "skipped: a.py: main: too long\nChecked 1 file, evaluated 1 with the files that they need.\n" in run("check", "--verbose").stderr
    assert "skipped" not in run("check").stderr


def test_failed_run_is_never_called_clean(engine: Engine) -> None:
    engine.report = Report(failed=True)
    assert "All checks passed" not in run("check").stderr


def test_nothing_to_check(engine: Engine) -> None:
    engine.report = Report(checked=0)
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "warning: No Python files found under .\n")


def test_absent_path_is_an_error_beside_the_findings_of_others(engine: Engine) -> None:
    engine.report = Report((FINDING,))
    result = run("check", "a.py", "gone\n.py")
    assert result.exit_code == 2
    assert "a.py:3:5: LGT101" in result.stdout
    assert "error: gone\\n.py: no such file or folder" in result.stderr
    assert engine.calls[0][0] == ("a.py",)


def test_only_absent_paths(engine: Engine) -> None:
    result = run("check", "--exit-zero", "gone.py")
    assert (result.exit_code, engine.calls) == (2, [])
    assert "gone.py" in result.stderr


def test_quiet_prints_findings_only(engine: Engine) -> None:
    engine.report = Report((FINDING,))
    result = run("check", "-q")
    assert (result.exit_code, result.stderr) == (1, "")


def test_our_errors_are_messages(engine: Engine) -> None:
    engine.error = CatalogError("typings/own.pyi:3: unknown kind 'Prob'")
    result = run("check")
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", "logitlint: error: typings/own.pyi:3: unknown kind 'Prob'\n")


def test_internal_error_asks_for_a_report(engine: Engine) -> None:
    engine.error = RecursionError("too deep")
    result = run("check", "--exit-zero")
    assert result.exit_code == 2
    assert "internal error: RecursionError: too deep\nPlease report it" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("check", "--verbose").stderr


def test_wrong_configuration_is_status_two(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.logitlint]\nselct = []\n")
    result = run("check", "--exit-zero")
    assert result.exit_code == 2
    assert "pyproject.toml:2: tool.logitlint.selct: unknown key; did you mean 'select'?" in result.stderr
    assert run("check", "--isolated").exit_code == 0


def test_usage_error_is_status_two(engine: Engine) -> None:
    assert run("check", "--no-such-option").exit_code == 2
    assert run("check", "--fail-on", "never").exit_code == 2
    result = run("check", "--output-format", "jsonn")
    assert result.exit_code == 2
    assert "unknown format 'jsonn' (from command line); did you mean 'json'?" in result.stderr


# -- check: options -----------------------------------------------------------------------------------------------------------


def test_options_reach_the_settings(engine: Engine, tmp_path: Path) -> None:
    arguments = (
        "--select LGT1,LGT301 --select advice --ignore LGT102 --extend-select LGT304 "
        "--exclude old --extend-exclude new,*.gen.py --force-exclude "
        "--no-respect-gitignore --no-cache --cache-dir .c --fail-on note --confidence possible --jobs 2 --isolated"
    )
    run("check", *arguments.split())
    settings = engine.settings
    assert settings.select == ("LGT1", "LGT301", "advice")
    assert (settings.ignore, settings.extend_select) == (("LGT102",), ("LGT304",))
    assert (settings.exclude, settings.extend_exclude, settings.force_exclude) == (("old",), ("new", "*.gen.py"), True)
    assert (settings.respect_gitignore, settings.no_cache, settings.cache_dir) == (False, True, tmp_path / ".c")
    assert (settings.fail_on, settings.confidence, settings.jobs, settings.isolated) == ("note", "possible", 2, True)


def test_options_that_are_not_given_leave_the_file_alone(engine: Engine, tmp_path: Path) -> None:
    text = "force-exclude = true\nrespect-gitignore = false\nno-cache = true\nexit-zero = true\nselect = ['LGT2']\n"
    (tmp_path / "logitlint.toml").write_text(text)
    run("check")
    settings = engine.settings
    assert (settings.force_exclude, settings.respect_gitignore, settings.no_cache, settings.exit_zero) == (True, False, True, True)
    assert settings.select == ("LGT2",)


def test_per_file_ignores(engine: Engine) -> None:
    run("check", "--per-file-ignores", "tests/*:LGT1,LGT3,*.ipynb:LGT2", "--per-file-ignores", "tests/*:LGT4")
    assert engine.settings.per_file_ignores == (("tests/*", ("LGT1", "LGT3", "LGT4")), ("*.ipynb", ("LGT2",)))
    assert run("check", "--per-file-ignores", "LGT1").exit_code == 2


def test_environment_mirrors(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my settings.toml").write_text('fail-on = "note"\n')
    monkeypatch.setenv("LOGITLINT_OUTPUT_FORMAT", "json")
    monkeypatch.setenv("LOGITLINT_CACHE_DIR", "elsewhere")
    monkeypatch.setenv("LOGITLINT_NO_CACHE", "1")
    monkeypatch.setenv("LOGITLINT_CONFIG", "my settings.toml")
    assert json.loads(run("check").stdout) == []
    settings = engine.settings
    assert (settings.fail_on, settings.cache_dir, settings.no_cache) == ("note", tmp_path / "elsewhere", True)
    assert run("check", "--output-format", "concise").stdout == ""


def test_standard_input(engine: Engine) -> None:
    run("check", "-", "--stdin-filename", "src/my model.py", stdin=b"x = '\xff'\n")
    paths, _, stdin = engine.calls[0]
    assert (paths, stdin) == ((), ("src/my model.py", b"x = '\xff'\n"))
    run("check", "-", stdin=b"")
    assert engine.calls[1][2] == ("<stdin>", b"")
    assert run("check", "-", "a.py").exit_code == 2


def test_machine_format_has_standard_output_for_itself(engine: Engine) -> None:
    engine.report = Report((FINDING,), messages=("something",))
    result = run("check", "--output-format", "json", "--verbose", "--color", "always")
    assert json.loads(result.stdout)[0]["code"] == "LGT101"


def test_github_log_holds_every_finding(engine: Engine) -> None:
    engine.report = Report(tuple(replace(FINDING, span=Span("a.py", line, 1, line, 2)) for line in range(1, 31)))
    result = run("check", "--output-format", "github")
    assert all(line.startswith("::") for line in result.stdout.splitlines())
    assert sum("LGT101" in line for line in result.stderr.splitlines()) == 30


def test_output_file(engine: Engine, tmp_path: Path) -> None:
    engine.report = Report((replace(FINDING, message="é😀"),))
    result = run("check", "--output-file", "report.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (tmp_path / "report.txt").read_bytes() == "a.py:3:5: LGT101 é😀\n".encode()
    result = run("check", "--output-file", "no/such/folder/report.txt")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_statistics(engine: Engine) -> None:
    engine.report = Report((NOTE, FINDING, *[replace(FINDING, span=Span("a.py", line, 1, line, 2)) for line in range(4, 14)]))
    result = run("check", "--statistics")
    assert (result.exit_code, result.stdout) == (1, "11\tLGT101\tsoftmax-into-logits-loss\n 1\tLGT102\tlog-softmax-into-logits-loss\n")
    loaded = json.loads(run("check", "--statistics", "--output-format", "json").stdout)
    assert loaded[0] == {"code": "LGT101", "name": "softmax-into-logits-loss", "count": 11}


@pytest.mark.parametrize(
    ("variables", "choice", "colored"),
    [
        ({}, "auto", False),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"CLICOLOR_FORCE": "1"}, "auto", True),
        ({"FORCE_COLOR": "0"}, "auto", False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour(engine: Engine, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], choice: str, colored: bool) -> None:
    engine.report = Report((FINDING,))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    # The runner strips escapes unless it is told that they are meant.
    result = CliRunner().invoke(main, ["check", "--color", choice], color=True)
    assert ("\x1b[" in result.stdout) == colored


def test_show_files(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/b.py").write_text("")
    (tmp_path / "notes.txt").write_text("")
    assert run("check", "--show-files").stdout.splitlines() == ["a.py", "old/b.py"]
    assert run("check", "--show-files", "--exclude", "old").stdout.splitlines() == ["a.py"]
    assert engine.calls == []


def test_show_settings_and_config(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "logitlint.toml").write_text('fail-on = "note"\n')
    lines = run("config").stdout.splitlines()
    assert 'fail-on = "note"  # logitlint.toml' in lines
    assert 'confidence = "certain"  # default' in lines
    assert run("check", "--show-settings").stdout.splitlines() == lines
    assert 'fail-on = "error"  # --config' in run("config", "--config", "fail-on=error").stdout.splitlines()


@pytest.mark.parametrize("command", [["config"], ["check", "--show-settings"]])
def test_settings_of_the_environment_name_the_variable(engine: Engine, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setenv("LOGITLINT_NO_CACHE", "1")
    monkeypatch.setenv("LOGITLINT_OUTPUT_FORMAT", "json")
    monkeypatch.setenv("LOGITLINT_CACHE_DIR", "elsewhere")
    lines = run(*command, "--cache-dir", "here", "--config", "jobs=2").stdout.splitlines()
    assert "no-cache = true  # environment: LOGITLINT_NO_CACHE" in lines
    assert 'output-format = "json"  # environment: LOGITLINT_OUTPUT_FORMAT' in lines
    assert [line.partition("  # ")[2] for line in lines if line.startswith(("cache-dir", "jobs"))] == ["command line", "--config"]


# -- other commands -----------------------------------------------------------------------------------------------------------


@dataclass
class Site:
    span: Span
    loss: str
    expects: str
    verdict: str
    kind: str
    reason: str


def test_audit(engine: Engine) -> None:
    engine.report = Report(
        (FINDING,), audit=(Site(Span("a.py", 3, 5, 3, 9), "nll_loss", "logprob_cat", "unresolved", "unknown", "unknown call"),)
    )
    result = run("audit", "a.py")
    assert (result.exit_code, result.stdout) == (0, "a.py:3:5: unresolved nll_loss: expects logprob_cat, is given unknown (unknown call)\n")
    assert result.stderr == "1 loss site: 0 ok, 0 finding, 1 unresolved; 0 % resolved.\n  1 unresolved: unknown call\n"
    assert json.loads(run("audit", "--output-format", "json").stdout)[0]["reason"] == "unknown call"


def test_audit_ignores_the_format_of_check(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGITLINT_OUTPUT_FORMAT", "github")
    assert run("audit").exit_code == 0


@pytest.mark.usefixtures("table")
def test_rules_in_three_forms() -> None:
    assert [line.split()[0] for line in run("rules").stdout.splitlines()] == ["LGT101", "LGT999"]
    first, _ = json.loads(run("rules", "--output-format", "json").stdout)
    assert (first["code"], first["level"], first["group"]) == ("LGT101", "error", "correctness")
    lines = run("rules", "--output-format", "markdown").stdout.splitlines()
    assert lines[2] == r"| LGT101 | softmax-into-logits-loss | correctness | error | softmax \| into a loss on logits |"


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("name", ["LGT999", "lgt999", "no-such-page"])
def test_explain_a_rule_by_code_or_name(name: str) -> None:
    result = run("explain", name)
    assert result.exit_code == 0
    assert "no-such-page" in result.stdout
    assert "LGT999" in result.stdout


@pytest.mark.usefixtures("table")
def test_explain_an_api() -> None:
    result = run("explain", "torch.nn.CrossEntropyLoss")
    assert result.exit_code == 0, result.stderr
    assert "torch.nn.CrossEntropyLoss" in result.stdout
    assert "logits_cat" in result.stdout
    assert "Evidence:" in result.stdout


@pytest.mark.usefixtures("table")
def test_explain_an_unknown_name_suggests() -> None:
    result = run("explain", "LGT100")
    assert result.exit_code == 2
    assert "did you mean LGT101" in result.stderr
    result = run("explain", "nn.CrossEntropyLosss")
    assert result.exit_code == 2
    assert "torch.nn.CrossEntropyLoss" in result.stderr


def test_clean_removes_the_cache_and_nothing_else(engine: Engine, tmp_path: Path) -> None:
    cache = tmp_path / ".logitlint_cache"
    cache.mkdir()
    (cache / "data").write_text("x")
    assert run("clean").exit_code == 0
    assert not cache.exists()
    assert run("clean").exit_code == 0
    result = run("clean", "--cache-dir", ".")
    assert result.exit_code == 2
    assert (tmp_path / "a.py").exists()


def test_version_and_help() -> None:
    assert run("--version").stdout == f"logitlint {__version__}\n"
    text = run("--help").stdout
    assert all(command in text for command in ("check", "audit", "explain", "rules", "config", "clean"))
    assert run("-h").exit_code == 0


# -- the process --------------------------------------------------------------------------------------------------------------

Spawn = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def spawn(tmp_path: Path) -> Spawn:
    def process(*arguments: str, cwd: Path = tmp_path, **variables: str) -> subprocess.CompletedProcess[bytes]:
        source = str(Path(logitlint.__file__).parent.parent)
        environment = {**os.environ, "PYTHONPATH": source, **variables}
        return subprocess.run([sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, check=False)

    return process


def test_module_is_a_program(spawn: Spawn) -> None:
    done = spawn("-m", "logitlint", "--version")
    assert (done.returncode, done.stdout.split()) == (0, [b"logitlint", __version__.encode()])


def test_importing_the_command_line_loads_nothing_heavy(spawn: Spawn) -> None:
    loaded = spawn("-c", "import sys, logitlint.cli; print(*sys.modules)").stdout.decode().split()
    assert [name for name in loaded if name.startswith("logitlint")] == [
        "logitlint",
        "logitlint.errors",
        "logitlint.options",
        "logitlint.terminal",
        "logitlint.cli",
    ]
    assert not {"libcst", "yaml", "rich", "tomllib", "tomli", "multiprocessing", "asyncio"} & set(loaded)


def test_output_is_utf8_in_the_c_locale(spawn: Spawn, tmp_path: Path) -> None:
    folder = tmp_path / "Modèle 😀"
    folder.mkdir()
    done = spawn("-m", "logitlint", "config", "--isolated", cwd=folder, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "Modèle 😀/.logitlint_cache".encode() in done.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = tmp_path / "many.py"
    script.write_text(
        "import sys, types\n"
        "from logitlint.cli import main\n"
        "from logitlint.diagnostics import Diagnostic, Span\n"
        "found = Diagnostic('LGT101', 'n', 'correctness', 'error', 'certain', 'm' * 80, Span('a.py', 1, 1, 1, 2))\n"
        "report = types.SimpleNamespace(diagnostics=(found,) * 20000, sources={}, checked=1, messages=())\n"
        "report.failed = report.possible = report.comments = False\n"
        "module = types.ModuleType('logitlint.engine')\n"
        "module.run = lambda paths, settings, *rest, **more: report\n"
        "sys.modules['logitlint.engine'] = module\n"
        "main(['check', '--isolated'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(logitlint.__file__).parent.parent)}
    with subprocess.Popen(
        [sys.executable, str(script)], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"a.py:1:1: LGT101")
        process.stdout.close()
        complaints = process.stderr.read()
    assert b"Traceback" not in complaints
    assert b"BrokenPipe" not in complaints
    assert process.returncode == 1
