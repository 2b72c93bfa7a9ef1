"""Which files: the walk, the ignore rules, the project root, and a cheap test of bytes that says whether a file can matter."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from logitlint.errors import UsageError

if TYPE_CHECKING:
    import subprocess

SUFFIXES = (".py", ".pyw", ".ipynb")
#: Directories below a given one that are never entered: no code of the user's stands there. ``build`` is linted, as ruff does.
BUILTIN_EXCLUDE = frozenset(
    (
        *(".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", "__pypackages__", ".mypy_cache", ".ruff_cache"),
        *(
            ".pytest_cache",
            ".tox",
            ".nox",
            ".eggs",
            "site-packages",
            ".ipynb_checkpoints",
            "_build",
            ".direnv",
            ".pytype",
            ".logitlint_cache",
            "__MACOSX",
        ),
    )
)
#: How macOS names what it keeps beside a file on foreign disks and in archives: binary, whatever the suffix.
_RESOURCE_FORK = "._"
ROOT_MARKERS = ("pyproject.toml", "setup.py", ".git")


@dataclass(frozen=True, slots=True)
class Found:
    """``files``: sorted, no duplicates, relative to the working directory where they lie below it. ``problems``: for standard error."""

    files: tuple[str, ...]
    problems: tuple[str, ...]


def discover(
    paths: Sequence[str],
    *,
    exclude: Sequence[str] = (),
    extend_exclude: Sequence[str] = (),
    force_exclude: bool = False,
    respect_gitignore: bool = True,
) -> Found:
    """The Python files and notebooks that ``paths`` name.

    A file named explicitly is taken whatever it is called and whatever ignores it, unless ``force_exclude`` is set and a pattern (or a
    built-in exclude) covers it. Directories are walked: by git's listing inside a work tree, else by scanning. Symbolic links to
    directories are not followed; of several names of one file the real one is kept.

    Raises:
        UsageError: a path does not exist.
    """
    search = _Search(Excluder([*exclude, *extend_exclude]), respect_gitignore)
    for path in sorted(set(paths)):
        search.start(path, force_exclude)
    return search.result()


def force_excluded(path: str, exclude: Sequence[str]) -> bool:
    """True when ``force_exclude`` keeps out a path (as displayed) that the user names."""
    return Excluder(exclude).covers(path) or _named_builtin(path)


def project_root(path: str) -> str:
    """The nearest folder upward with ``pyproject.toml``, ``setup.py`` or ``.git``, absolute.

    Without any: the working directory when ``path`` lies below it, else the folder of ``path``. Answers are kept for the process.
    """
    absolute = os.path.abspath(path)
    folder = absolute if os.path.isdir(absolute) else os.path.dirname(absolute)
    root = _marked_root(folder)
    if root is not None:
        return root
    here = os.getcwd()
    return here if _is_below(folder, here) else folder


@lru_cache(maxsize=100_000)
def _marked_root(folder: str) -> str | None:
    if any(os.path.exists(os.path.join(folder, marker)) for marker in ROOT_MARKERS):
        return folder
    parent = os.path.dirname(folder)
    return None if parent == folder else _marked_root(parent)


def read_bytes(path: str) -> bytes:
    """The bytes of a regular file. Never blocks on a fifo, a socket or a device.

    Raises:
        OSError: not a regular file, or not readable.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    with open(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"not a regular file: {path}")
        return stream.read()


def display_path(path: str) -> str:
    """Relative to the working directory where ``path`` lies below it, else absolute; with ``/``."""
    absolute = os.path.abspath(path)
    here = os.getcwd()
    shown = os.path.relpath(absolute, here) if _is_below(absolute, here) else absolute
    return shown.replace(os.sep, "/")


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


class Excluder:
    """ruff's patterns: a name or a glob, against the name of each folder and file and against the path from the working directory."""

    def __init__(self, patterns: Iterable[str]) -> None:
        expressions = [_expression(plain) for pattern in patterns if pattern for plain in _braces(pattern)]
        self._match = re.compile("|".join(f"(?:{expression})" for expression in expressions)).fullmatch if expressions else None
        self._folders: dict[str, bool] = {}

    def covers(self, path: str, below: str = "") -> bool:
        """True when a pattern matches ``path`` (as displayed) or one of its folders; those at or above ``below`` are not asked."""
        if path in ("", ".", "/") or path == below:
            return False
        folder, _, name = path.rpartition("/")
        return self._matches(path, name) or (bool(folder) and self._covers_folder(folder, below))

    def _covers_folder(self, folder: str, below: str) -> bool:
        key = f"{below}\0{folder}"
        known = self._folders.get(key)
        if known is None:
            known = self._folders[key] = (folder != below and os.path.basename(folder) in BUILTIN_EXCLUDE) or self.covers(folder, below)
        return known

    def _matches(self, path: str, name: str) -> bool:
        if self._match is None:
            return False
        return bool(self._match(name) or self._match(path) or self._match(os.path.abspath(path).replace(os.sep, "/")))


def _expression(pattern: str) -> str:
    plain = pattern.replace(os.sep, "/").rstrip("/").removeprefix("./")
    return "(?:.*/)?".join(_glob(piece) for piece in plain.split("**/"))


def _glob(pattern: str) -> str:
    # fnmatch closes its expressions; what is between is wanted, to be joined.
    return re.sub(r"^\(\?s:(.*)\)(?:\\Z|\\z)$", r"(?s:\1)", fnmatch.translate(pattern), flags=re.DOTALL)


def _braces(pattern: str) -> list[str]:
    match = re.search(r"\{([^{}]*)\}", pattern)
    if match is None:
        return [pattern]
    before, after = pattern[: match.start()], pattern[match.end() :]
    return [plain for choice in match[1].split(",") for plain in _braces(before + choice + after)]


class _Search:
    def __init__(self, excluder: Excluder, respect_gitignore: bool) -> None:
        self.excluder = excluder
        self.respect_gitignore = respect_gitignore
        self.home = os.getcwd().replace(os.sep, "/").rstrip("/") + "/"
        self.files: set[str] = set()
        self.links: set[str] = set()
        self.problems: set[str] = set()

    def start(self, path: str, force_exclude: bool) -> None:
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            if os.path.islink(path):
                self.problems.add(f"{display_path(path)}: skipped: {_reason(error)}")
                return
            if isinstance(error, PermissionError):
                self.problems.add(f"{display_path(path)}: skipped: {_reason(error)}")
                return
            raise UsageError(f"no such file or directory: {path}") from error
        except ValueError as error:
            raise UsageError(f"not a path: {path!r}") from error
        shown = display_path(path)
        if force_exclude and (self.excluder.covers(shown) or _named_builtin(shown)):
            return
        if stat.S_ISDIR(mode):
            self.folder(path, shown)
        else:
            self.add(shown, mode, linked=_through_link(path))

    def folder(self, path: str, shown: str) -> None:
        names = _git_listing(path, self.problems) if self.respect_gitignore else None
        for name, mode, linked in _git_files(path, names) if names is not None else self.scan(path):
            # A folder above the working directory has an absolute name, what lies below the working directory a relative one.
            inner = _join(shown, name).removeprefix(self.home)
            if isinstance(mode, OSError):
                self.problems.add(f"{inner}: skipped: {_reason(mode)}")
            elif mode < 0:
                if not self.excluder.covers(inner, shown) and os.path.basename(name) not in BUILTIN_EXCLUDE:
                    self.folder(os.path.join(path, name), inner)
            elif not (self.excluder.covers(inner, shown) or os.path.basename(name).startswith(_RESOURCE_FORK)):
                self.add(inner, mode, linked)

    def add(self, shown: str, mode: int, linked: bool) -> None:
        if not stat.S_ISREG(mode):
            self.problems.add(f"{shown}: skipped: not a regular file")
        elif not os.access(shown, os.R_OK):
            self.problems.add(f"{shown}: skipped: permission denied")
        else:
            (self.links if linked else self.files).add(shown)

    def scan(self, top: str) -> Iterator[tuple[str, int | OSError, bool]]:
        """Name below ``top``, mode of the file it leads to, and whether it is a symbolic link; built-in excludes are not entered."""
        pending = [""]
        while pending:
            folder = pending.pop()
            try:
                with os.scandir(os.path.join(top, folder) if folder else top) as entries:
                    listed = list(entries)
            except OSError as error:
                yield folder or ".", error, False
                continue
            for entry in listed:
                name = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in BUILTIN_EXCLUDE:
                        pending.append(name)
                elif entry.name.endswith(SUFFIXES):
                    yield from _file_mode(name, entry.path)

    def result(self) -> Found:
        real = {os.path.realpath(path) for path in self.files} if self.links else set()
        for path in sorted(self.links):
            target = os.path.realpath(path)
            if target not in real:
                real.add(target)
                self.files.add(path)
        return Found(tuple(sorted(self.files)), tuple(sorted(self.problems)))


def _join(folder: str, name: str) -> str:
    return name if folder == "." else folder.rstrip("/") + "/" + name if name != "." else folder


def _named_builtin(shown: str) -> bool:
    return not os.path.isabs(shown) and any(part in BUILTIN_EXCLUDE for part in shown.split("/")[:-1])


def _through_link(path: str) -> bool:
    return os.path.realpath(path) != os.path.abspath(path)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _file_mode(name: str, path: str) -> Iterator[tuple[str, int | OSError, bool]]:
    try:
        mode = os.lstat(path).st_mode
        linked = stat.S_ISLNK(mode)
        if linked:
            mode = os.stat(path).st_mode
    except FileNotFoundError as error:
        # In git's index and no longer on disk; a link that leads nowhere is worth a word.
        if os.path.islink(path):
            yield name, error, True
        return
    except OSError as error:
        yield name, error, False
        return
    if not (linked and stat.S_ISDIR(mode)):
        yield name, mode, linked


def _git_files(top: str, names: list[str]) -> Iterator[tuple[str, int | OSError, bool]]:
    """As `_Search.scan`; a nested repository is yielded with the mode -1."""
    for name in names:
        if name.endswith("/"):
            yield name.rstrip("/"), -1, False
        elif BUILTIN_EXCLUDE.isdisjoint(name.split("/")[:-1]):
            yield from _file_mode(name, os.path.join(top, name))


def _git_listing(folder: str, problems: set[str]) -> list[str] | None:
    """What git tracks or would track below ``folder``, nested repositories with a final ``/``; None when the folder is to be scanned."""
    absolute = os.path.realpath(folder)
    root = absolute
    while not os.path.exists(os.path.join(root, ".git")):
        parent = os.path.dirname(root)
        if parent == root:
            return None
        root = parent
    if root != absolute:
        ignored = _git(root, "check-ignore", "-q", "--", os.path.relpath(absolute, root))
        if ignored is not None and ignored.returncode == 0:
            return None
    listing = _git(absolute, "ls-files", "-co", "--exclude-standard", "-z")
    if listing is None:
        return None
    if listing.returncode:
        why = os.fsdecode(listing.stderr).strip().partition("\n")[0]
        problems.add(f"{display_path(folder)}: git could not list it, .gitignore is not honoured ({why})")
        return None
    names = [os.fsdecode(name) for name in listing.stdout.split(b"\0") if name]
    modules = _submodules(root, absolute)
    return [name for name in names if name.endswith((*SUFFIXES, "/")) and name not in modules] + [f"{name}/" for name in sorted(modules)]


def _submodules(root: str, folder: str) -> set[str]:
    """Submodules below ``folder``, relative to it: git lists them as one entry and does not look inside."""
    try:
        text = os.fsdecode(read_bytes(os.path.join(root, ".gitmodules")))
    except OSError:
        return set()
    paths = (os.path.join(root, name.strip()) for name in re.findall(r"^\s*path\s*=\s*(.+)$", text, re.MULTILINE))
    return {os.path.relpath(path, folder) for path in paths if path != folder and _is_below(path, folder) and os.path.isdir(path)}


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes] | None:
    """None when there is no git. A repository's own settings start no program, and a hook's environment names no other repository."""
    import subprocess

    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment.update(GIT_OPTIONAL_LOCKS="0", LC_ALL="C", GIT_TERMINAL_PROMPT="0")
    command = ["git", "-c", "core.fsmonitor=false", *arguments]
    try:
        return subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None


# The prefilter. Stems, not names: one `in` over the bytes costs a tenth of one alternative of a regular expression.

#: Every public loss, distribution over classes and string identifier of the catalogue contains one of these.
_CONSUMERS = (
    *(b"ntropy", b"NTROPY", b"Loss", b"_loss(", b"_loss,", b"_loss)", b'_loss"', b"_loss'", b"_loss_with", b"loss_utils"),
    *(b"criterion", b"Criterion", b"nll", b"NLL", b"BCE", b"bce", b"kl_div", b"js_div", b"KLDiv", b"kullback", b"kld", b"KLD"),
    *(b"CTC", b"ctc_", b"hinge", b"Hinge", b"Bernoulli", b"ernoulli(", b"Categorical", b"Multinomial", b"multinomial", b"Binomial"),
    *(b"Geometric(", b"Poisson(", b"erplexity", b".regression(", b"NeuralNetC", b"NeuralNetB"),
    b"hydra.utils",  # whatever a configuration names
)
_PRODUCERS = (
    *(b"oftmax", b"OFTMAX", b"oftmin", b"igmoid", b"IGMOID", b"parsemax", b"ntmax", b"expit", b"softplus", b"gumbel"),
    *(b"logistic", b"clip_by_value"),
)
_LOGARITHMS = (b"log(", b"log2(", b"log10(", b"log1p(", b".log\n", b"log)", b"log,", b"xlogy", b"logsumexp", b"log_softmax", b"entr(")
#: Libraries of the catalogue that are for nothing but learning; numpy and scipy are not among them.
_LIBRARIES = (
    *(b"torch", b"tensorflow", b"keras", b"jax", b"optax", b"flax", b"haiku", b"equinox", b"distrax", b"mxnet", b"paddle"),
    *(b"mindspore", b"tinygrad", b"mlx", b"tf_slim", b"tflearn", b"lightning", b"ignite", b"skorch", b"fastai", b"catalyst", b"monai"),
    *(b"kornia", b"timm", b"transformers", b"segmentation_models", b"apex", b"dgl"),
)


def mentions_consumer(data: bytes) -> bool:
    """True when the bytes name a loss, a distribution over classes, or compile a model with a loss."""
    return any(stem in data for stem in _CONSUMERS) or (b".compile(" in data and b"loss" in data)


def mentions_producer(data: bytes) -> bool:
    """True when the bytes name an activation that turns scores into probabilities or log-probabilities."""
    return any(stem in data for stem in _PRODUCERS)


def mentions_library(data: bytes) -> bool:
    """True when the bytes name a library for learning."""
    return any(stem in data for stem in _LIBRARIES)


def prefilter(data: bytes, extra: Sequence[bytes] = ()) -> bool:
    """True when a file can hold what a rule judges: a loss, an activation, the logarithm of an exponential or of a model's output.

    ``extra`` are stems of the names that the user's own stubs declare. Files that only define a model, or only bring a model
    and a criterion together, are found from these by the import graph.
    """
    if mentions_consumer(data) or mentions_producer(data) or any(stem in data for stem in extra):
        return True
    return any(stem in data for stem in _LOGARITHMS) and (b"exp" in data or mentions_library(data))


def worth_reading(data: bytes) -> bool:
    """True when a file that is no Python is worth a word: it concerns learning, or no text of a program holds such bytes."""
    return b"\0" in data or mentions_library(data) or prefilter(data)
