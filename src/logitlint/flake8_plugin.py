"""logitlint inside flake8: one file at a time, with whatever its project's other files say of it.

flake8 hands over one file and asks for what is wrong in that file. So this is ``logitlint check FILE`` without the findings whose
loss stands in another file. Of a file that names no loss and no activation itself nothing is asked; the rest of its project is read
once in each of flake8's processes. flake8 knows no levels, whatever it prints fails: only findings at or above ``fail-on`` are given.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from logitlint import __version__

if TYPE_CHECKING:
    from logitlint.config import Settings
    from logitlint.diagnostics import Diagnostic
    from logitlint.engine import Workspace


class Plugin:
    """What flake8's entry point ``LGT`` names. ``lines`` is the text that flake8 has read, from a file or from standard input."""

    name = "logitlint"
    version = __version__

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:
        self._filename = filename
        self._text = "".join(lines)

    @classmethod
    def parse_options(cls, options: Any) -> None:
        """Refuse a wrong configuration before the first file is read.

        Raises:
            ExecutionError: flake8 prints its message and ends.
        """
        from logitlint.errors import LogitlintError

        try:
            _settings("")
        except LogitlintError as error:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(f"logitlint: {error}") from None

    def run(self) -> Iterator[tuple[int, int, str, type[Plugin]]]:
        """Line from 1, column from 0 in code points, code and message."""
        from logitlint.files import display_path, prefilter

        data = _encoded(self._text)
        settings = _settings(display_path(self._filename).rpartition("/")[0])
        if not prefilter(data, _own_stems(settings)):
            return
        from logitlint.reporters.text import printable

        for each in _findings(self._filename, data, settings):
            yield each.span.line, each.span.column - 1, f"{each.code} {printable(each.message)}", type(self)


def _encoded(text: str) -> bytes:
    """The bytes of a text in the encoding that it declares."""
    import io
    import tokenize

    data = text.encode("utf-8", "surrogatepass")
    if b"coding" not in data[:200]:
        return data
    try:
        return text.encode(tokenize.detect_encoding(io.BytesIO(data).readline)[0])
    except (SyntaxError, UnicodeEncodeError):
        return data


def _own_stems(settings: Settings) -> tuple[bytes, ...]:
    """Parts of the names that the project's own stubs and wrappers declare."""
    if not settings.stubs and not settings.wrappers:
        return ()
    from logitlint import catalog, engine

    engine.contracts(settings)
    return catalog.own_stems()


def _findings(filename: str, data: bytes, settings: Settings) -> Iterator[Diagnostic]:
    from logitlint import files
    from logitlint.diagnostics import LEVELS

    path = files.display_path(filename)
    if files.force_excluded(path, (*settings.exclude, *settings.extend_exclude)):
        return
    failing = LEVELS[: LEVELS.index(settings.fail_on) + 1]
    for each in _workspace_of(path, data, settings).report([path]).diagnostics:
        # flake8 says itself that a file does not parse
        if each.span.path == path and each.level in failing and each.code != "LGT900":
            yield each


@lru_cache(maxsize=1024)
def _settings(folder: str) -> Settings:
    from logitlint.config import load

    return load((folder,) if folder else ())


def _workspace_of(path: str, data: bytes, settings: Settings) -> Workspace:
    from logitlint.engine import Workspace
    from logitlint.files import project_root

    shared = _workspace(project_root(path), path, settings) if _is_file(path) else None
    if shared is not None and path in shared.files and _plain(shared.bytes(path) or b"") == data:
        return shared
    return Workspace.around(path, settings, {path: data})


def _is_file(path: str) -> bool:
    from os.path import isfile

    return isfile(path)


def _plain(data: bytes) -> bytes:
    """As flake8 gives a file: without a byte order mark, with line feeds."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


_workspaces: dict[tuple[str, Settings], Workspace] = {}


def _workspace(root: str, path: str, settings: Settings) -> Workspace:
    """One for each project and process: flake8's files do not change while it runs."""
    from logitlint.engine import Workspace

    key = root, settings
    if key not in _workspaces:
        _workspaces[key] = Workspace.around(path, settings)
    return _workspaces[key]
