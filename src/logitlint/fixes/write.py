"""New contents -> disk: all of the files or none."""

from __future__ import annotations

import contextlib
import difflib
import os
import stat
import tempfile
from collections.abc import Mapping

from logitlint.errors import FixError
from logitlint.lines import split_lines
from logitlint.source import read_source


def write_all(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Write every file of ``new``, whose content must still be that of ``old``.

    The new bytes lie beside each file before the first one is replaced; permissions are kept, links are followed.

    Raises:
        FixError: a file is gone, has changed or is read-only, or the disk refuses. Every file is then as it was.
    """
    staged: list[tuple[str, str, str]] = []
    replaced: list[tuple[str, bytes]] = []
    try:
        staged.extend(_stage(path, old[path], new[path]) for path in sorted(new))
        for path, target, temporary in staged:
            _replace(path, temporary, target)
            replaced.append((target, old[path]))
    except BaseException:
        _undo(replaced)
        raise
    finally:
        for _, _, temporary in staged:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _replace(path: str, temporary: str, target: str) -> None:
    try:
        os.replace(temporary, target)
    except OSError as error:
        raise _refused(path, error) from None


def _refused(path: str, error: OSError) -> FixError:
    return FixError(f"{path}: cannot be changed: {error.strerror or error}; no file was changed")


def _stage(path: str, old: bytes, new: bytes) -> tuple[str, str, str]:
    try:
        return _written_beside(path, old, new)
    except OSError as error:
        raise _refused(path, error) from None


def _written_beside(path: str, old: bytes, new: bytes) -> tuple[str, str, str]:
    target = os.path.realpath(path)
    with open(target, "rb") as file:
        if file.read() != old:
            raise FixError(f"{path}: changed meanwhile; no file was changed")
    mode = stat.S_IMODE(os.stat(target).st_mode)
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise FixError(f"{path}: cannot be changed: the file is read-only; no file was changed")
    handle, temporary = tempfile.mkstemp(prefix=".logitlint-", suffix=".tmp", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return path, target, temporary


def _undo(replaced: list[tuple[str, bytes]]) -> None:
    for target, data in reversed(replaced):
        mode = stat.S_IMODE(os.stat(target).st_mode)
        handle, temporary = tempfile.mkstemp(prefix=".logitlint-", suffix=".tmp", dir=os.path.dirname(target))
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, mode)
        os.replace(temporary, target)


def unified_diff(path: str, old: bytes, new: bytes) -> str:
    """The change of one file; of a notebook, cell by cell, with lines counted in the cell."""
    before, after = read_source(path, old), read_source(path, new)
    if not before.is_notebook:
        return _diff(path, _shown(before.text), _shown(after.text))
    parts = []
    for first, second in zip(before.cells, after.cells, strict=True):
        texts = []
        for source, cell in ((before, first), (after, second)):
            last = cell.first_line + cell.line_count
            texts.append([source.original(line) + "\n" for line in range(cell.first_line, last)])
        parts.append(_diff(f"{path}:cell {first.number}", *texts))
    return "".join(parts)


def _shown(text: str) -> list[str]:
    return split_lines(text)


def _diff(name: str, old: list[str], new: list[str]) -> str:
    out = []
    for line in difflib.unified_diff(old, new, name, name):
        ended = line.endswith(("\n", "\r"))
        out.append(line.rstrip("\r\n") + "\n" if ended else line + "\n\\ No newline at end of file\n")
    return "".join(out)
