"""What has to be known of every file before any is evaluated: does it parse, what stands in it, whom does it import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from logitlint.files import prefilter, worth_reading
from logitlint.imports import mentioned
from logitlint.outline import Outline, outline
from logitlint.source import SourceFile, read_source, without_broken_lines
from logitlint.workers import side_by_side, spread

_LEAST_SHARE = 500_000  #: bytes that are worth a process of their own


class Survey(NamedTuple):
    source: SourceFile | None  #: of a notebook, and where the text differs from what stands in the file; else it is soon read again
    outline: Outline | None  #: of a file that is worth reading
    passes: bool  #: the prefilter
    mentioned: frozenset[str]  #: as :func:`logitlint.imports.mentioned`


def survey(path: str, data: bytes, stems: Sequence[bytes]) -> Survey:
    """``stems`` are those of the names that the user's own stubs declare."""
    passes = prefilter(data, stems)
    names = mentioned(data) if b"import" in data else frozenset()
    if not worth_reading(data):
        return Survey(None, None, passes, names)
    source = read_source(path, data)
    found = outline(source)
    if found.problem is not None and not source.problems and not source.is_notebook:
        repaired = without_broken_lines(source)
        if repaired is not None:
            source, found = repaired, outline(repaired)
    return Survey(None if source.is_plain else source, found, passes, names)


def read_already(source: SourceFile, stems: Sequence[bytes]) -> Survey:
    """Of a module that stands in a notebook."""
    data = source.text.encode("utf-8", "replace")
    return Survey(source, outline(source), prefilter(data, stems), mentioned(data))


def surveys(files: Mapping[str, bytes], stems: Sequence[bytes], jobs: int) -> dict[str, Survey]:
    """Of many files, in as many as ``jobs`` processes."""
    sizes = {path: len(data) for path, data in files.items()}
    shares = spread(sizes, max(1, min(jobs, sum(sizes.values()) // _LEAST_SHARE)))
    found: dict[str, Survey] = {}
    for part in side_by_side([partial(_of_all, share, files, stems) for share in shares]):
        found.update(part)
    return found


def _of_all(paths: Sequence[str], files: Mapping[str, bytes], stems: Sequence[bytes]) -> dict[str, Survey]:
    return {path: survey(path, files[path], stems) for path in paths}
