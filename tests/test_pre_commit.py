"""The real pre-commit over a real repository, and how it hands over its files."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import STEP, THREE_FILES, findings, notebook, write

ROOT = Path(__file__).parents[1]
IDENTITY = {
    f"GIT_{who}_{what}": f"dev{'@example.org' * (what == 'EMAIL')}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}
CLEAN = {**THREE_FILES, "net.py": THREE_FILES["net.py"].replace("torch.softmax(self.out(x), dim=1)", "self.out(x)")}
LOG = "import torch\n\n\ndef f(x):\n    return torch.log(torch.softmax(x, dim=1))\n"
CONFIG = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: logitlint
      - id: logitlint-project
        stages: [manual]
      - id: logitlint-fix
        stages: [manual]
"""


class Repository:
    """A git repository that no setting of this machine reaches."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        ambient = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT", "LOGITLINT_", "PYTHON"))}
        path = os.pathsep.join((str(Path(sys.executable).parent), ambient["PATH"]))
        self.environment = {**ambient, **IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "PATH": path}
        self.environment |= {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        self.git("init", "--quiet", "--initial-branch=main")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
        )

    def git(self, *arguments: str) -> str:
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pre_commit", *arguments)

    def commit(self, *names: str) -> tuple[int, str]:
        """Stage these files and no others, and commit them: the exit status, and what the hooks said."""
        self.git("add", "--", *names)
        done = self.run("git", "commit", "--message", "a change")
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory, home: Path) -> str:
    """What a user's configuration names: this project, committed as it stands."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    repository = Repository(folder, home)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "the linter")
    return CONFIG.format(repository=folder.as_posix(), revision=repository.git("rev-parse", "HEAD"))


@pytest.fixture
def repository(tmp_path: Path, home: Path, hooks: str) -> Repository:
    """A project without findings, committed, with the hook installed."""
    repository = Repository(tmp_path, home)
    files = {**CLEAN, "study.ipynb": notebook("x = 1"), "gen/step.py": "", "pyproject.toml": '[tool.logitlint]\nextend-exclude = ["gen"]\n'}
    write(tmp_path, {**files, ".pre-commit-config.yaml": hooks})
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message", "a project")
    assert repository.pre_commit("install").returncode == 0
    return repository


def test_commits_are_judged_with_the_project_around_them(repository: Repository) -> None:
    """One test, for the environment that pre-commit builds is the dear part of it."""
    folder = repository.folder
    write(folder, {"net.py": THREE_FILES["net.py"], "pyproject.toml": (folder / "pyproject.toml").read_text()})
    status, said = repository.commit("net.py")
    assert status == 1, said
    assert "train.py:8:9: LGT101 " in said, "the model alone is staged, the loss stands in files of earlier commits"

    write(folder, {"net.py": CLEAN["net.py"] + "\n", "study.ipynb": notebook("import torch", STEP), "pyproject.toml": "[tool.logitlint]\n"})
    assert repository.commit("net.py")[0] == 0
    status, said = repository.commit("study.ipynb")
    assert status == 1, said
    assert "study.ipynb:cell 3:7:12: LGT101 " in said

    done = repository.pre_commit("run", "logitlint-project", "--hook-stage", "manual", "--files", "train.py")
    assert done.returncode == 1
    assert "study.ipynb:cell 3:7:12: LGT101 " in done.stdout, "the whole project, whichever file has changed"

    repository.git("checkout", "HEAD", "--", "pyproject.toml", "study.ipynb")
    write(folder, {"gen/step.py": STEP, "pyproject.toml": (folder / "pyproject.toml").read_text()})
    assert repository.commit("gen/step.py")[0] == 0, "exclusions hold for the files that pre-commit names"

    write(folder, {"log.py": LOG, "pyproject.toml": (folder / "pyproject.toml").read_text()})
    repository.git("add", "--", "log.py")
    fix = ("run", "logitlint-fix", "--hook-stage", "manual", "--files", "log.py")
    done = repository.pre_commit(*fix)
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert (folder / "log.py").read_text() == LOG.replace("torch.log(torch.softmax(x, dim=1))", "torch.log_softmax(x, dim=1)")
    repository.git("add", "--", "log.py")
    done = repository.pre_commit(*fix)
    assert done.returncode == 0, done.stdout
    assert "files were modified" not in done.stdout


def test_the_manifest_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command, check=False).returncode == 0


def test_how_the_list_of_files_is_split_changes_nothing(tmp_path: Path) -> None:
    """pre-commit shuffles its files and cuts the list by the number of processors and the length of the command line."""
    dice = random.Random(7)
    files: dict[str, str | bytes] = {"notes.ipynb": notebook("import torch", STEP)}
    for number in range(14):
        where = dice.choice(["", "lab/", "lab/deep/"])
        net = (THREE_FILES if number % 3 else CLEAN)["net.py"]
        train = THREE_FILES["train.py"].replace("losses", f"losses{number}").replace("from net", f"from net{number}")
        files |= {f"{where}net{number}.py": net, f"{where}losses{number}.py": THREE_FILES["losses.py"], f"{where}train{number}.py": train}
        files[f"{where}other{number}.py"] = STEP if number % 4 == 0 else "LIMIT = 3\n"
    write(tmp_path, files)
    names = sorted(files)
    dice.shuffle(names)
    whole = {json.dumps(each) for each in findings(tmp_path)}
    assert len(whole) == 9 + 4 + 1
    for chunks in (1, 2, 50):
        found = itertools.chain.from_iterable(findings(tmp_path, *names[start::chunks]) for start in range(chunks))
        assert {json.dumps(each) for each in found} == whole, f"{chunks} chunks"
