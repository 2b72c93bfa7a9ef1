"""A baseline: the findings of one day, written to a file, that later runs do not report again.

A finding is known by its file, its rule and the texts at both of its ends: it may move up and down in its file, and its file may be
renamed or moved. Each entry stands for as many like findings as it counts, so that one more of them is a new one.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from logitlint.diagnostics import Diagnostic
from logitlint.engine import Report
from logitlint.errors import ConfigError, UsageError

_FORMAT = 1


class Entry(NamedTuple):
    """``path`` is relative to the folder of the baseline, with ``/``; ``content`` is that of :class:`Diagnostic`."""

    path: str
    code: str
    content: str
    possible: bool


class Applied(NamedTuple):
    report: Report  #: without the known findings
    known: int
    stale: tuple[str, ...]  #: what is listed but not found any more, in words


def write(file: Path, report: Report, named: Sequence[str]) -> int:
    """Write the findings of a run over the paths ``named``; entries for files outside of it stay. How many entries were found.

    Raises:
        UsageError: the file cannot be written.
        ConfigError: it exists and is no baseline.
    """
    found = Counter(_entry(each, file.parent) for each in report.diagnostics)
    covered = _Covered(report.reported, named, file.parent)
    kept = Counter({entry: count for entry, count in _read(file).items() if entry.path not in covered}) if file.exists() else Counter()
    rows = [
        {"path": entry.path, "code": entry.code, "content": entry.content, "possible": entry.possible, "count": count}
        for entry, count in sorted((found + kept).items())
    ]
    text = json.dumps({"version": _FORMAT, "findings": rows}, indent=1, ensure_ascii=False) + "\n"
    try:
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None
    return found.total()


def apply(file: Path, report: Report, named: Sequence[str], *, possible: bool, codes: frozenset[str]) -> Applied:
    """Take the known findings out of a report over the paths ``named`` with these rules.

    Raises:
        UsageError: there is no such file.
        ConfigError: it is no baseline.
    """
    known = _read(file)
    fresh = _unmatched(report.diagnostics, known, file.parent)
    covered = _Covered(report.reported, named, file.parent)
    stale = Counter(
        {
            entry: count
            for entry, count in known.items()
            if count and entry.path in covered and entry.code in codes and (possible or not entry.possible)
        }
    )
    lines = tuple(f"{entry.path}: {entry.code}{f' ({count} times)' * (count > 1)}" for entry, count in sorted(stale.items()))
    return Applied(replace(report, diagnostics=tuple(fresh)), len(report.diagnostics) - len(fresh), lines)


def _unmatched(diagnostics: Iterable[Diagnostic], known: Counter[Entry], folder: Path) -> list[Diagnostic]:
    """The findings that no entry stands for; ``known`` keeps the entries that stand for none of them."""
    rest = []
    for each in diagnostics:
        entry = _entry(each, folder)
        # what was certain may have become possible, or the other way round
        entry = next((e for e in (entry, entry._replace(possible=not entry.possible)) if known[e] > 0), entry)
        if known[entry] > 0:
            known[entry] -= 1
        else:
            rest.append(each)
    gone: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(known.elements()):
        if not os.path.lexists(folder / entry.path):
            gone.setdefault((entry.code, entry.content), []).append(entry)
    fresh = []
    for each in rest:
        renamed = gone.get((each.code, each.content))
        if renamed:
            known[renamed.pop(0)] -= 1
        else:
            fresh.append(each)
    return fresh


class _Covered:
    """Which entries a run can judge: those of the files that it read, and of files that are gone from the folders that it named."""

    def __init__(self, reported: Iterable[str], named: Sequence[str], folder: Path) -> None:
        self._files = {_relative(path, folder) for path in reported}
        self._folders = [_relative(path, folder) for path in named if os.path.isdir(path)]
        self._base = folder

    def __contains__(self, path: str) -> bool:
        if path in self._files:
            return True
        below = any(folder == "." or path.startswith(folder.rstrip("/") + "/") for folder in self._folders)
        return below and not os.path.lexists(self._base / path)


def _entry(diagnostic: Diagnostic, folder: Path) -> Entry:
    return Entry(_relative(diagnostic.span.path, folder), diagnostic.code, diagnostic.content, diagnostic.confidence == "possible")


def _relative(path: str, folder: Path) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return os.path.abspath(path).replace(os.sep, "/")


def _read(file: Path) -> Counter[Entry]:
    try:
        loaded = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
        return _entries(loaded)
    except FileNotFoundError:
        raise UsageError(f"{file}: there is no such baseline; --write-baseline makes it") from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ConfigError(f"{file}: is not a baseline of this version; --write-baseline makes a new one elsewhere") from None


def _entries(loaded: Any) -> Counter[Entry]:
    """Raises KeyError, TypeError or ValueError for what `write` does not write."""
    if loaded["version"] != _FORMAT:
        raise ValueError(loaded["version"])
    found: Counter[Entry] = Counter()
    for row in loaded["findings"]:
        found[Entry(str(row["path"]), str(row["code"]), str(row["content"]), bool(row["possible"]))] += int(row["count"])
    return found
