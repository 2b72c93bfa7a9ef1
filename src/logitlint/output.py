"""Where a report goes: the formats of a run and their files."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from logitlint.errors import UsageError
from logitlint.terminal import note, wants_color, width, write

if TYPE_CHECKING:
    from logitlint.config import Settings
    from logitlint.reporters import Findings

_WIDTH = 120  #: columns where nobody watches
_SOURCES = (".py", ".pyi", ".ipynb")


class Target(NamedTuple):
    """One document of a run; ``file`` None is standard output."""

    format: str
    file: Path | None


# -- targets ------------------------------------------------------------------------------------------------------------------


def targets(given: Sequence[str], settings: Settings, linted: Sequence[str]) -> list[Target]:
    """What ``--output-format FORMAT[:FILE]`` asks for, else the configured format; a format without a file goes to ``output-file``.

    Raises UsageError for an unknown format, for two documents at one place, and for a file that is among the ``linted`` paths.
    """
    found = [_target(each, settings) for each in given or (settings.output_format,)]
    places = Counter("" if target.file is None else os.path.realpath(target.file) for target in found)
    for place, count in places.items():
        if count > 1:
            where = place or "standard output"
            raise UsageError(f"output-format: {count} formats would go to {where}; give each a file of its own: FORMAT:FILE")
    for target in found:
        if target.file is not None and _is_linted(target.file, linted):
            raise UsageError(f"{target.file}: is among the linted files; a report would overwrite it")
    return found


def _target(text: str, settings: Settings) -> Target:
    from logitlint.reporters import REPORTERS

    name, colon, file = text.partition(":")
    if name not in REPORTERS:
        raise UsageError(_unknown(name, settings.origin("output_format"), REPORTERS))
    if colon and not file:
        raise UsageError(f"output-format: {text!r} names no file after the colon")
    return Target(name, Path(file) if file else settings.output_file)


def _unknown(name: str, origin: str, known: dict[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"the formats are {', '.join(known)}"
    return f"output-format: unknown format {name!r} (from {origin}); {hint}"


def _is_linted(file: Path, linted: Sequence[str]) -> bool:
    """A path that is linted itself, or a source that stands below a folder that is."""
    if not file.exists():
        return False
    real = Path(os.path.realpath(file))
    for path in linted:
        given = Path(os.path.realpath(path))
        if real == given or (real.suffix.lower() in _SOURCES and given in real.parents):
            return True
    return False


# -- documents ----------------------------------------------------------------------------------------------------------------


def deliver(report: Findings, wanted: Sequence[Target], *, color: str, statistics: bool) -> None:
    """Render every target. One that cannot be written costs the others nothing; UsageError names it in the end."""
    failed = []
    for target in wanted:
        text = document(report, target, color=color, statistics=statistics)
        try:
            put(text, target.file)
        except UsageError as error:
            failed.append(str(error))
    if failed:
        raise UsageError("\n".join(failed))


def document(report: Findings, target: Target, *, color: str, statistics: bool) -> str:
    """The text of one target. Counts take the place of the findings where people or a reader of JSON expect them."""
    from logitlint.reporters import REPORTERS, TEXT_FORMATS

    if statistics:
        if target.format in TEXT_FORMATS or target.format == "json":
            return _statistics(report, target.format == "json")
        note(_statistics(report, False).rstrip("\n"))
    paint = target.format in TEXT_FORMATS and paints(target.file, color)
    return REPORTERS[target.format](report, color=paint, width=width() if target.file is None else _WIDTH)


def paints(file: Path | None, choice: str) -> bool:
    """A file has colour only where it was asked for."""
    return choice == "always" if file is not None else wants_color(choice, sys.stdout)


def _statistics(report: Findings, as_json: bool) -> str:
    counted = Counter((each.code, each.name) for each in report.diagnostics)
    rows = sorted(((count, code, name) for (code, name), count in counted.items()), key=lambda row: (-row[0], row[1]))
    if as_json:
        from logitlint.reporters.machine import statistics

        return statistics(rows)
    digits = max((len(str(count)) for count, _, _ in rows), default=0)
    return "".join(f"{count:>{digits}}\t{code}\t{name}\n" for count, code, name in rows)


def put(text: str, file: Path | None) -> None:
    """Write a document to ``file``, or to standard output. UsageError: the file cannot be written."""
    if file is None:
        write(text)
        return
    try:
        file.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror or error}") from None
