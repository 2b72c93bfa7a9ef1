"""What a run has found, kept in a folder and given again as long as nothing has changed that it depends on.

It is kept whole or not at all: who calls a function, or reads a value, may stand in any file of the project. The folder may lie in a
project that somebody else has made, so what stands in it is JSON: reading it runs nothing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from logitlint import __version__

_MOST_ENTRIES = 64  #: a hook is given other files each time, and what it found for the last ones is soon of no use
#: Nanoseconds. What was changed so shortly before it was read may have been changed once more within one tick of a file system's clock.
_TICK = 2_000_000_000
_RUNS = "runs"
_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder is a cache of logitlint; `logitlint clean` removes it. See https://bford.info/cachedir/\n"
)

#: Gives the bytes of a file, None where there is none.
Reader: TypeAlias = "Callable[[str], bytes | None]"


class Entry:
    """What is kept of one sort of run, ``identity``, over ``files``: every file that it may read, but for those of data."""

    def __init__(self, folder: Path, identity: Sequence[object], files: Iterable[str]) -> None:
        self._folder = folder
        self._begun = time.time_ns()
        self._stamps = {path: _stamp(path) for path in sorted(files)}
        self._file = folder / _RUNS / f"{_digest(repr((_ourselves(), identity, list(self._stamps))).encode('utf-8', 'surrogatepass'))}.json"

    def get(self, read: Reader, data: Reader, types: Iterable[type]) -> Any:
        """What was put; None where nothing was, where a file holds something else now, or where it cannot be read."""
        known = {each.__name__: each for each in types}
        try:
            kept = json.loads(self._file.read_bytes(), object_hook=lambda table: _object(table, known))
            same = all(self._is_same(path, was, digest, read) for path, (*was, digest) in kept["files"].items())
            return _frozen(kept["found"]) if same and all(_digest(data(path)) == was for path, was in kept["data"].items()) else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def _is_same(self, path: str, was: list[int], digest: str, read: Reader) -> bool:
        return was == self._stamps[path] or digest == _digest(read(path))

    def put(self, found: object, read: Reader, data: Mapping[str, bytes | None]) -> None:
        """Keep ``found``, which came of what ``read`` gives and of the ``data`` files; nothing is said where that is not possible."""
        contents = {path: read(path) for path in self._stamps}
        if None in contents.values():
            return
        settled = self._begun - _TICK
        table = {path: [*(was if max(was[:2]) < settled else []), _digest(contents[path])] for path, was in self._stamps.items()}
        kept = {"files": table, "data": {path: _digest(content) for path, content in data.items()}, "found": _plain(found)}
        draft = self._file.with_suffix(f".{os.getpid()}")
        try:
            _prepare(self._folder)
            draft.write_text(json.dumps(kept), encoding="ascii")
            draft.replace(self._file)
            _thin(self._folder / _RUNS)
        except OSError:
            with suppress(OSError):
                draft.unlink()


def _ourselves() -> tuple[object, ...]:
    """What a result depends on beside the files: this program, the parser and the Python that it runs in."""
    sources = sorted(Path(__file__).parent.rglob("*.py"))
    parser = find_spec("libcst")
    if parser is not None and parser.origin is not None:
        sources.append(Path(parser.origin).with_name("_version.py"))
    return __version__, sys.version_info[:3], [_digest(path.read_bytes()) for path in sources if path.is_file()]


def _stamp(path: str) -> list[int]:
    """What changes when a file does; zeros where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return [0, 0, 0, 0]
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino]


def _digest(data: bytes | None) -> str | None:
    return None if data is None else sha256(data).hexdigest()[:32]


def _prepare(folder: Path) -> None:
    """Make a folder that git does not see and `clean` knows again. Among somebody's own files it is neither hidden nor removed."""
    folder.mkdir(parents=True, exist_ok=True)
    is_ours = not any(folder.iterdir())
    (folder / _RUNS).mkdir(exist_ok=True)
    if not is_ours:
        return
    (folder / ".gitignore").write_text("*\n", encoding="ascii")
    (folder / "CACHEDIR.TAG").write_text(_TAG, encoding="ascii")


def _thin(folder: Path) -> None:
    """Remove the entries that were written longest ago."""
    entries = sorted(folder.glob("*.json"), key=lambda entry: entry.stat().st_mtime_ns)
    for entry in entries[:-_MOST_ENTRIES]:
        entry.unlink(missing_ok=True)


# -- dataclasses as JSON: ``{name of the class: [value of each field]}``; every sequence is a tuple --------------------------------


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {type(value).__name__: [_plain(getattr(value, each.name)) for each in fields(value)]}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _object(table: dict[str, Any], types: Mapping[str, type]) -> Any:
    name, *others = table or [""]
    return types[name](*map(_frozen, table[name])) if name in types and not others else table


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
