"""``--fix``: the linter and its fixes put together, in memory; who calls decides what becomes of the new bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from logitlint.config import Settings
from logitlint.engine import Report, Workspace, check_project, gather, merged
from logitlint.project import DATA_SUFFIXES, Project

if TYPE_CHECKING:
    from logitlint.diagnostics import Diagnostic
    from logitlint.fixes.session import Fixed

#: (contents that differ, the files to report on, settings, with fixes) -> report
_Report: TypeAlias = Callable[[Mapping[str, bytes], Sequence[str], Settings, bool], Report]


def fix(
    paths: Sequence[str], settings: Settings, stdin: tuple[str, bytes] | None = None, *, unsafe: bool
) -> tuple[Report, Fixed, dict[str, bytes]]:
    """Fix what can be fixed, in memory: the report of what remains, what was done, and the old bytes of the files that change."""
    from logitlint.fixes.session import Fixed

    found = gather(paths, settings, stdin)
    reports, whole = [], Fixed()
    for each in found.projects:
        space = Workspace(each, found.read, settings)

        def report(changed: Mapping[str, bytes], reported: Sequence[str], chosen: Settings, plan: bool, space: Workspace = space) -> Report:
            return space.changed(changed, chosen).report(reported, plan=plan)

        remaining, fixed = _fixed(_Judge(report, each.reported, settings), found.read, each.reported, unsafe=unsafe)
        reports.append(remaining)
        whole.contents.update(fixed.contents)
        whole.fixed += fixed.fixed
        whole.withheld += fixed.withheld
    old = {path: found.read(path) or b"" for path in whole.contents}
    return found.told(merged(reports)), whole, old


def fix_sources(sources: Mapping[str, bytes], settings: Settings | None = None, *, unsafe: bool) -> tuple[Report, Fixed]:
    """As `fix`, for files that are in memory."""
    modules = tuple(sorted(path for path in sources if not path.endswith(DATA_SUFFIXES)))

    def report(changed: Mapping[str, bytes], reported: Sequence[str], chosen: Settings, plan: bool) -> Report:
        from logitlint.imports import importers

        contents = {**sources, **changed}
        analysed = tuple(sorted(importers(reported, modules, contents.get)))
        return check_project(Project.of(contents), sorted(reported), analysed, chosen, plan=plan)

    return _fixed(_Judge(report, modules, settings or Settings()), sources.get, modules, unsafe=unsafe)


def _fixed(judge: _Judge, read: Callable[[str], bytes | None], named: Sequence[str], *, unsafe: bool) -> tuple[Report, Fixed]:
    from logitlint.fixes.session import Session

    fixed = Session(judge, read, named, unsafe=unsafe).run()
    return judge.report(fixed.contents, None), fixed


class _Judge:
    """The linter as a session of fixes asks it."""

    def __init__(self, report: _Report, named: Sequence[str], settings: Settings) -> None:
        self._report = report
        self._named = named
        self._settings = settings
        self._wide = replace(settings, select=("ALL",), extend_select=("ALL",), ignore=(), confidence="possible", per_file_ignores=())
        self._seen: dict[object, Report] = {}

    def report(self, changed: Mapping[str, bytes], touched: frozenset[str] | None) -> Report:
        key = frozenset(changed.items()), touched
        if key not in self._seen:
            self._seen[key] = self._report(changed, sorted(self._named if touched is None else touched), self._settings, True)
        return self._seen[key]

    def reported(self, changed: Mapping[str, bytes], touched: frozenset[str] | None) -> Sequence[Diagnostic]:
        return self.report(changed, touched).diagnostics

    def everything(self, changed: Mapping[str, bytes], touched: frozenset[str]) -> Sequence[Diagnostic]:
        key = frozenset(changed.items()), touched, "everything"
        if key not in self._seen:
            self._seen[key] = self._report(changed, sorted(touched), self._wide, False)
        # a comment that suppresses nothing any more is no reason to keep what it spoke of
        return [each for each in self._seen[key].diagnostics if each.code != "LGT901"]
