"""What ``check`` does with findings besides reporting them: known ones, new comments, and a word about ruff."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from logitlint.errors import UsageError
from logitlint.terminal import note

if TYPE_CHECKING:
    from logitlint.config import Settings
    from logitlint.engine import Report

_LISTED = 10  #: stale entries that are named one by one


def without_known(report: Report, named: Sequence[str], settings: Settings, *, quiet: bool) -> Report:
    """The report without what ``--baseline`` lists. Raises UsageError or ConfigError where that file is none."""
    if settings.baseline is None:
        return report
    from logitlint import baseline
    from logitlint.selection import enabled

    codes, _ = enabled(settings)
    applied = baseline.apply(settings.baseline, report, named, possible=settings.confidence == "possible", codes=codes)
    name = settings.baseline.name
    if applied.stale:
        count = len(applied.stale)
        note(
            f"logitlint: warning: {name}: {count} entr{'y is' if count == 1 else 'ies are'} not found any more; --write-baseline renews it"
        )
        more = [f"and {count - _LISTED} more"] if count > _LISTED else []
        note("\n".join(f"  {line}" for line in (*applied.stale[:_LISTED], *more)))
    if applied.known and not quiet:
        note(f"{applied.known} known finding{'s' * (applied.known != 1)} of {name} not shown.")
    return applied.report


def write_baseline(report: Report, named: Sequence[str], file: str) -> None:
    """Write the findings of a run instead of reporting them."""
    from logitlint import baseline

    count = baseline.write(Path(file).absolute(), report, named)
    note(f"Wrote {count} finding{'s' * (count != 1)} to {file}.")


def add_noqa(report: Report) -> None:
    """Write a comment for each finding instead of reporting it."""
    from logitlint import noqa
    from logitlint.reporters.text import headline

    try:
        added = noqa.add(report.diagnostics, report.sources)
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be changed: {error.strerror or error}") from None
    note(f"Added {added.comments} noqa comment{'s' * (added.comments != 1)}.")
    for each in added.left:
        note(f"logitlint: warning: no comment was added for {headline(each)}")


def hint_of_ruff(root: Path) -> str | None:
    """What to add to a project's configuration of ruff, which would otherwise take our codes out of its ``noqa`` comments."""
    from logitlint.config import parse_toml

    for name in (".ruff.toml", "ruff.toml", "pyproject.toml"):
        try:
            table: Any = parse_toml((root / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        for key in ("tool", "ruff") if name == "pyproject.toml" else ():
            table = table.get(key, {}) if isinstance(table, dict) else {}
        if not isinstance(table, dict) or not table:
            continue
        lint = table.get("lint")
        known = [*_strings(table.get("external")), *_strings(lint.get("external") if isinstance(lint, dict) else None)]
        # What it extends may say it.
        if "extend" in table or any(code.startswith("LGT") or "LGT".startswith(code) for code in known):
            return None
        section = "[tool.ruff.lint]" if name == "pyproject.toml" else "[lint]"
        return f'hint: ruff removes codes that it does not know from noqa comments; in {name}, under {section}: external = ["LGT"]'
    return None


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
