"""Discovery takes what the user means, never hangs, and does not depend on how the paths were spelled or ordered."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from logitlint import files
from logitlint.errors import UsageError
from logitlint.files import discover, display_path, mentions_consumer, mentions_producer, prefilter, project_root, read_bytes


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1\n")


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_walk_without_git(here: Path) -> None:
    write(here, "b.py", "a/c.py", "a/n.ipynb", "a/w.pyw", "a/t.txt", "build/k.py", ".venv/v.py", "a/node_modules/m.py", "_build/x.py")
    write(here, "a/._c.py", "__MACOSX/a/._c.py")  # no text: an archive of macOS brings one beside each file
    assert discover(["."]) == files.Found(("a/c.py", "a/n.ipynb", "a/w.pyw", "b.py", "build/k.py"), ())


def test_spelling_and_order_do_not_matter(here: Path) -> None:
    write(here, "b.py", "a/c.py")
    expected = ("a/c.py", "b.py")
    assert discover(["b.py", "./b.py", str(here / "b.py"), "a/../b.py", "a"]).files == expected
    assert discover(["a", "b.py"]).files == discover(["b.py", "a", "."]).files == expected


def test_absent_path_is_a_usage_error(here: Path) -> None:
    with pytest.raises(UsageError, match="nothing_here"):
        discover(["nothing_here.py"])
    with pytest.raises(UsageError):
        discover(["a\0b"])


def test_git_ignore_rules(here: Path) -> None:
    git(here, "init", "-q")
    write(here, "kept.py", "untracked.py", "ignored.py", "out/o.py", "sub/ignored_too.py", "sub/s.py", "gone.py", "caf\u00e9 \u6f22.py")
    (here / ".gitignore").write_text("ignored.py\nout/\n")
    (here / "sub/.gitignore").write_text("ignored_*\n")
    git(here, "add", "kept.py", "gone.py")
    (here / "gone.py").unlink()
    assert discover(["."]).files == ("caf\u00e9 \u6f22.py", "kept.py", "sub/s.py", "untracked.py")
    assert discover(["sub"]).files == ("sub/s.py",)
    assert discover(["."], respect_gitignore=False).files == (
        ("caf\u00e9 \u6f22.py", "ignored.py", "kept.py", "out/o.py", "sub/ignored_too.py", "sub/s.py", "untracked.py")
    )
    assert discover(["ignored.py"]).files == ("ignored.py",), "an explicit file is taken though git ignores it"
    assert discover(["out"]).files == ("out/o.py",), "an explicit folder is walked though git ignores it"


def test_builtin_excludes_hold_on_top_of_git(here: Path) -> None:
    git(here, "init", "-q")
    write(here, "a.py", "venv/lib/v.py", "x/site-packages/p.py")
    git(here, "add", "-f", ".")
    assert discover(["."]).files == ("a.py",)
    assert discover(["venv/lib"]).files == ("venv/lib/v.py",)


def test_nested_repositories_and_submodules_are_walked(here: Path) -> None:
    write(here, "origin/m.py", "main/a.py")
    for name in ("origin", "main"):
        git(here / name, "init", "-q")
        git(here / name, "add", ".")
        git(here / name, "commit", "-q", "-m", "one")
    git(here / "main", "submodule", "add", "-q", str(here / "origin"), "vendor/sub")
    write(here / "main", "loose/n.py", "loose/ignored.py")
    git(here / "main/loose", "init", "-q")
    (here / "main/loose/.gitignore").write_text("ignored.py\n")
    assert discover(["main"]).files == ("main/a.py", "main/loose/n.py", "main/vendor/sub/m.py")


def test_a_hook_environment_does_not_mislead_git(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, "one/a.py", "one/b.py", "two/c.py")
    for name in ("one", "two"):
        git(here / name, "init", "-q")
    (here / "one/.gitignore").write_text("b.py\n")
    monkeypatch.setenv("GIT_DIR", str(here / "two/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(here / "two"))
    assert discover(["one"]).files == ("one/a.py",)


def test_without_git_installed_folders_are_scanned(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(here, "init", "-q")
    write(here, "a.py", "b/c.py")
    monkeypatch.setenv("PATH", str(here))
    assert discover(["."]).files == ("a.py", "b/c.py")


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["tests"], ("src/a.py", "src/gen_b.py", "t.py")),
        (["gen_*.py"], ("src/a.py", "src/tests/t.py", "t.py", "tests/x/y.py")),
        (["src/tests"], ("src/a.py", "src/gen_b.py", "t.py", "tests/x/y.py")),
        (["src/*.py"], ("t.py", "tests/x/y.py")),
        (["**/t.py"], ("src/a.py", "src/gen_b.py", "tests/x/y.py")),
        (["tests/**"], ("src/a.py", "src/gen_b.py", "src/tests/t.py", "t.py")),
        (["./src/", "{t,z}.py"], ("tests/x/y.py",)),
        (["T.py", "est", "*.PY"], ("src/a.py", "src/gen_b.py", "src/tests/t.py", "t.py", "tests/x/y.py")),
    ],
)
def test_exclude_patterns(here: Path, patterns: list[str], expected: tuple[str, ...]) -> None:
    write(here, "src/a.py", "src/gen_b.py", "src/tests/t.py", "t.py", "tests/x/y.py")
    assert discover(["."], exclude=patterns).files == expected
    assert discover(["."], extend_exclude=patterns).files == expected


def test_explicit_files_and_force_exclude(here: Path) -> None:
    write(here, "tests/t.py", "script", "venv/v.py")
    assert discover(["tests/t.py", "script"], exclude=["tests"]).files == ("script", "tests/t.py")
    assert discover(["tests/t.py", "script", "venv/v.py"], exclude=["tests"], force_exclude=True).files == ("script",)
    assert discover(["tests"], exclude=["tests"]).files == ("tests/t.py",), "a folder named explicitly is walked"
    assert discover(["tests"], exclude=["tests"], force_exclude=True).files == ()


def test_absolute_exclude_and_paths_outside_the_working_directory(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, "in/a.py", "out/b.py", "out/c.py")
    monkeypatch.chdir(here / "in")
    assert discover(["../out"], exclude=[f"{here}/out/c.py"]).files == (f"{here}/out/b.py",)
    assert display_path(f"{here}/in/a.py") == "a.py"


def test_special_files_are_skipped_with_a_message(here: Path) -> None:
    write(here, "a.py")
    os.mkfifo(here / "pipe.py")
    os.symlink("loop.py", here / "loop.py")
    os.symlink("nowhere", here / "dangling.py")
    server = socket.socket(socket.AF_UNIX)
    server.bind("sock.py")
    server.close()
    found = discover([".", "pipe.py", "loop.py"])
    assert found.files == ("a.py",)
    assert [problem.split(":")[0] for problem in found.problems] == ["dangling.py", "loop.py", "pipe.py", "sock.py"]
    with pytest.raises(OSError, match="not a regular file"):
        read_bytes("pipe.py")
    assert read_bytes("a.py") == b"x = 1\n"


def test_linked_folders_cannot_loop_and_linked_files_appear_once(here: Path) -> None:
    write(here, "pkg/a.py", "other/b.py")
    os.symlink("..", here / "pkg/up")
    os.symlink("a.py", here / "pkg/alias.py")
    os.symlink("../other/b.py", here / "pkg/b1.py")
    assert discover(["."]).files == ("other/b.py", "pkg/a.py")
    assert discover(["pkg"]).files == ("pkg/a.py", "pkg/b1.py")
    assert discover(["pkg/alias.py", "pkg/a.py"]).files == ("pkg/a.py",)


def test_unreadable_folder_and_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, "a.py", "closed/b.py", "secret.py")
    scandir, access = os.scandir, os.access

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: path != "secret.py" and access(path, mode))
    found = discover(["."])
    assert found.files == ("a.py",)
    assert found.problems == ("closed: skipped: permission denied", "secret.py: skipped: permission denied")


def test_project_root(here: Path) -> None:
    write(here, "proj/pyproject.toml", "proj/pkg/sub/a.py", "old/setup.py", "old/b.py", "bare/deep/c.py")
    assert project_root("proj/pkg/sub/a.py") == project_root("proj/pkg") == str(here / "proj")
    assert project_root("old/b.py") == str(here / "old")
    if not any((parent / marker).exists() for parent in (here, *here.parents) for marker in files.ROOT_MARKERS):
        assert project_root("bare/deep/c.py") == str(here)


@pytest.mark.parametrize(
    "text",
    [
        "nn.CrossEntropyLoss()", "F.cross_entropy(x, y)", "nn.NLLLoss()", "F.nll_loss(x, y)", "BCEWithLogitsLoss()", "F.kl_div(a, b)",
        "nn.KLDivLoss()", "torch.ctc_loss(x)", "model.compile(opt, loss=my)", "loss='sparse_categorical_crossentropy'",
        "K.ctc_batch_cost(a)",
        "tf.nn.sigmoid_cross_entropy_with_logits(labels=a)", "optax.losses.softmax_cross_entropy(a)", "keras.losses.KLDivergence()",
        "loss = 'bce'", "Bernoulli(probs=x)", "from focal import focal_loss as f\nf(x), focal_loss(y)", "criterion(out, y)",
        "-torch.log(torch.sigmoid(x))", "jnp.log(jax.nn.softmax(x))", "loss = -x.softmax(1).log().mean()", "from torch import log, sigmoid",
        "keras.activations.softmax(x); tf.math.log(y)", "CRITERIA = {'ce': CROSS_ENTROPY}",
    ],
)  # fmt: skip
def test_prefilter_keeps_what_can_hold_a_loss(text: str) -> None:
    assert prefilter(text.encode())


@pytest.mark.parametrize(
    "text",
    ["import torch.optim\ntorch.optim.SGD(p)", "re.compile('x'); logging.info(1)", "across, glossary", "torch.relu(x)", "math.log(2)"],
)
def test_prefilter_drops_what_cannot(text: str) -> None:
    assert not prefilter(text.encode())


def test_prefilter_parts() -> None:
    assert mentions_producer(b"nn.LogSoftmax(1)") and mentions_producer(b"F.logsigmoid(x)") and mentions_producer(b'activation="sigmoid"')
    assert not mentions_consumer(b"F.softmax(x)")
    assert prefilter(b"my_cost(x)", extra=(b"my_cost",))
