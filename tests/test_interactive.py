"""What only a person at a terminal sees: the progress bar, colours, completion, watching."""

from __future__ import annotations

import os
import pty
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from program import STEP, THREE_FILES, process, write

from logitlint import engine
from logitlint.config import load
from logitlint.watch import matters

SOURCE = str(Path(__file__).parents[1] / "src")
CHECK = """
import sys
import logitlint.progress
logitlint.progress.AFTER = {after}
from logitlint.cli import main
main(["check", *sys.argv[1:]])
"""


def environment(**variables: str) -> dict[str, str]:
    quiet = {"CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", *(key for key in os.environ if key.startswith("LOGITLINT_"))}
    return {**{key: value for key, value in os.environ.items() if key not in quiet}, "PYTHONPATH": SOURCE, "TERM": "xterm", **variables}


def on_a_terminal(folder: Path, after: float, *arguments: str, **variables: str) -> tuple[str, str]:
    """Standard output, which is a file, and what a terminal gets on standard error."""
    ours, theirs = pty.openpty()
    with (folder / "out.txt").open("wb") as out:
        started = subprocess.Popen(
            [sys.executable, "-c", CHECK.format(after=after), *arguments],
            cwd=folder,
            env=environment(**variables),
            stdout=out,
            stderr=theirs,
        )
        os.close(theirs)
        seen = b""
        try:
            while chunk := os.read(ours, 4096):
                seen += chunk
        except OSError:  # Linux says so when the last writer has gone
            pass
        started.wait(timeout=60)
    os.close(ours)
    return (folder / "out.txt").read_text(), seen.decode()


def test_a_long_run_shows_a_bar_and_takes_it_away(tmp_path: Path) -> None:
    write(tmp_path, {**THREE_FILES, "step.py": STEP})
    out, seen = on_a_terminal(tmp_path, 0.0)
    assert "Checking" in seen
    assert "100%" in seen
    assert seen.rpartition("\r\x1b[2K")[2].removeprefix("\x1b[?25h").startswith("Found 2 errors.\r\n")
    assert out == process(tmp_path, "check").text


@pytest.mark.parametrize(
    ("after", "arguments", "variables"),
    [(60.0, [], {}), (0.0, ["--quiet"], {}), (0.0, [], {"CI": "true"}), (0.0, [], {"TERM": "dumb"})],
    ids=["short", "quiet", "CI", "dumb"],
)
def test_no_bar_where_nobody_needs_it(tmp_path: Path, after: float, arguments: list[str], variables: dict[str, str]) -> None:
    write(tmp_path, {"step.py": STEP})
    assert "Checking" not in on_a_terminal(tmp_path, after, *arguments, **variables)[1]


def test_progress_counts_up_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {**THREE_FILES, "step.py": STEP})
    monkeypatch.chdir(tmp_path)
    steps: list[tuple[int, int]] = []
    engine.run(["."], load(["."]), progress=lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == list(range(1, len(steps) + 1))
    assert {total for _, total in steps} == {len(steps)}


@pytest.mark.parametrize(
    ("words", "position", "offered"),
    [
        (["logitlint", "che"], 1, {"check"}),
        (["logitlint", "check", "--output-f"], 2, {"--output-format", "--output-file"}),
        (["logitlint", "check", "--select", "LGT10"], 3, {"LGT101", "LGT102", "LGT103", "LGT104", "LGT105"}),
        (["logitlint", "check", "--ignore", "LGT101,stab"], 3, {"LGT101,stability"}),
        (["logitlint", "check", "--fail-on", ""], 3, {"error", "warning", "note"}),
        (["logitlint", "explain", "log-of-sof"], 2, {"log-of-softmax"}),
    ],
)
def test_completion(tmp_path: Path, words: list[str], position: int, offered: set[str]) -> None:
    variables = {"_LOGITLINT_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(position)}
    code = "from logitlint.cli import main; main(prog_name='logitlint')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(**variables), capture_output=True, text=True, check=True
    )
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == offered
    assert done.stderr == ""


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_scripts(tmp_path: Path, shell: str) -> None:
    code = "from logitlint.cli import main; main(prog_name='logitlint')"
    variables = environment(_LOGITLINT_COMPLETE=f"{shell}_source")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=variables, capture_output=True, text=True, check=True)
    assert f"_LOGITLINT_COMPLETE={shell}_complete" in done.stdout


def test_watching(tmp_path: Path) -> None:
    """A change of the file, of another file that decides, and of the settings each starts a run; errors do not end it."""
    write(tmp_path, THREE_FILES)
    command = [sys.executable, "-m", "logitlint", "check", "--watch", "--color", "never", "train.py"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=interruptible
    ) as started:
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=read, args=(started, lines), daemon=True)
        reader.start()

        def run() -> list[str]:
            seen: list[str] = []
            while not seen or not seen[-1].startswith("Watching"):
                seen.append(lines.get(timeout=60))
            return seen[:-1]

        try:
            assert run()[0].startswith("train.py:8:9: LGT101 ")
            (tmp_path / "net.py").write_text(THREE_FILES["net.py"].replace("torch.softmax(self.out(x), dim=1)", "self.out(x)"))
            assert run() == ["All checks passed!\n"]
            (tmp_path / "net.py").write_text(THREE_FILES["net.py"])
            assert "LGT101" in run()[0]
            (tmp_path / "logitlint.toml").write_text("selct = []\n")
            assert run()[0].startswith("logitlint: error: logitlint.toml:1: selct: unknown key")
            (tmp_path / "logitlint.toml").write_text("ignore = ['LGT1']\n")
            assert run() == ["All checks passed!\n"]
        finally:
            started.send_signal(signal.SIGINT)
            status = started.wait(timeout=30)
            reader.join(timeout=30)
        assert status == 0


def interruptible() -> None:
    """A job in the background of a shell ignores interrupts, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def read(started: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert started.stdout is not None
    for line in started.stdout:
        lines.put(line)


@pytest.mark.parametrize("path", ["/p/a.py", "/p/src/a b.ipynb", "/p/pyproject.toml", "/p/.logitlint.toml"])
def test_what_starts_a_run(path: str) -> None:
    assert matters(None, path)


@pytest.mark.parametrize(
    "path", ["/p/notes.txt", "/p/uv.toml", "/p/.venv/lib/a.py", "/p/.git/a.py", "/p/.ipynb_checkpoints/a.ipynb", "/p/py"]
)
def test_what_starts_none(path: str) -> None:
    assert not matters(None, path)


def test_watching_without_the_package_says_what_to_install(tmp_path: Path) -> None:
    write(tmp_path, {"step.py": STEP})
    code = "import sys; sys.modules['watchfiles'] = None\nfrom logitlint.cli import main\nmain(['check', '--watch'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'logitlint[watch]'" in done.stderr
