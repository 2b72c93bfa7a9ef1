"""The whole run: sources and settings in, a report out. :func:`check` is pure; :func:`run` adds the disk."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from logitlint.cache import Entry
from logitlint.comments import Comments
from logitlint.config import Settings
from logitlint.diagnostics import Diagnostic, Edit, Fix, Span, Step
from logitlint.errors import ConfigError
from logitlint.project import DATA_SUFFIXES, Project
from logitlint.selection import asked_for, enabled, ignored
from logitlint.source import SourceFile
from logitlint.workers import available

if TYPE_CHECKING:
    from logitlint.fixes.plan import Planned
    from logitlint.positions import Positions
    from logitlint.rules.judge import Verdict


LARGEST_DATA = 64 * 1024


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One loss site: ``verdict`` is ok, finding or unresolved (with the reason)."""

    span: Span
    loss: str
    expects: str
    verdict: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """``diagnostics`` are sorted, selected and not suppressed. ``failed``: something could not be read; the exit status is 2."""

    diagnostics: tuple[Diagnostic, ...] = ()
    audit: tuple[AuditRow, ...] = ()
    sources: Mapping[str, SourceFile] = field(default_factory=dict)
    checked: int = 0
    messages: tuple[str, ...] = ()
    failed: bool = False
    reported: tuple[str, ...] = ()  #: the files that were named or found below what was named
    possible: int = 0  #: possible findings that only ``--confidence possible`` would show
    skipped: tuple[str, ...] = ()  #: what was not read to its end, and why: lines for ``--verbose``
    comments: bool = False  #: a ``noqa`` with a code of ours stands in one of the reported files
    evaluated: int = 0  #: files that hold something to judge, or lead to one that does
    unfixed: tuple[tuple[Diagnostic, str], ...] = ()  #: findings that have no fix, and why


# ---------------------------------------------------------------------- pure


def check(sources: Mapping[str, bytes], settings: Settings | None = None, reported: Iterable[str] | None = None) -> Report:
    """Lint files that are in memory. ``reported`` are those that were asked for (default: every module); what is analysed
    with them follows from who imports whom, as on a disk. Data files are there to be read."""
    from logitlint.imports import importers

    modules = tuple(sorted(path for path in sources if not path.endswith(DATA_SUFFIXES)))
    asked = modules if reported is None else tuple(sorted(reported))
    analysed = modules if reported is None else tuple(sorted(importers(asked, modules, sources.get)))
    return check_project(Project.of(sources), asked, analysed, settings or Settings(), audited=True)


def reveal(sources: Mapping[str, bytes], path: str) -> dict[int, str]:
    """Line -> kind of the value that the statement there assigns, returns or evaluates; for the tests."""
    from logitlint.interp.roots import Analysis
    from logitlint.interp.state import options
    from logitlint.interp.values import Tensor
    from logitlint.positions import Positions

    project = Project.of(sources)
    positions = Positions(project)
    found: dict[int, str] = {}
    for loc, value in Analysis(project, sorted(sources), reveal=True).run().values.items():
        if loc.path == path:
            kinds = {option.kind.value if isinstance(option, Tensor) else "unknown" for _, option in options(value)}
            found[positions.range(loc).line] = " | ".join(sorted(kinds))
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic garbage collector: trees of millions of nodes, few cycles. On keras the outlines took 7.2 s of CPU with it
    and 5.0 without; the peak on monai was the same."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def check_project(
    project: Project, reported: Sequence[str], analysed: Sequence[str], settings: Settings, *, plan: bool = True, audited: bool = False
) -> Report:
    """The findings that concern ``reported``; ``analysed`` are those files and the ones that import them. ``plan``: with their fixes.
    ``audited``: with a row for every loss, whose place costs as much to find as that of a finding."""
    codes, warnings = enabled(settings)
    contracts(settings)
    project.look(sorted({*reported, *analysed}), available(settings.jobs))
    diagnostics = [*_syntax(project, reported)]
    outcome = _Outcome()
    relevant = _worth_running(project, [*analysed, *project.written(analysed)])
    if relevant:
        outcome = _analyse(project, relevant, settings)
        diagnostics += outcome.diagnostics
    # Before anything is left out: the fingerprint of one finding must not depend on which others a run reports.
    diagnostics = _numbered(diagnostics)
    inside = frozenset(reported)
    comments = Comments(project)
    # Selected afterwards: whether a comment is of use must not depend on which rules a run selects.
    kept = [d for d in diagnostics if _reported(d, inside) and not comments.suppress(d)]
    kept += _numbered(comments.unused(reported, [*outcome.overrun, *outcome.errors]))
    kept = [d for d in kept if d.code in codes and not ignored(d, settings)]
    kept = [d for d in kept if d.group != "advice" or asked_for(d.code, settings)]
    shown = [d for d in kept if d.confidence == "certain" or settings.confidence == "possible"]
    shown, unfixed = _with_fixes(shown, _plans(project, shown, relevant, outcome, settings) if plan else {})
    paths = {span.path for d in shown for span in (*_spans(d), *(edit.span for edit in (d.fix.edits if d.fix else ())))}
    sources = {path: source for path in sorted(paths) if (source := project.source(path)) is not None}
    rows = _rows(project, outcome, inside) if audited else ()
    return Report(
        tuple(sorted(shown, key=Diagnostic.sort_key)),
        rows,
        sources,
        len(reported),
        (*warnings, *(f"internal error, please report it: {each}" for each in outcome.errors)),
        bool(outcome.errors),
        tuple(reported),
        len(kept) - len(shown),
        (
            *(f"{each}: not followed to its end, the budget of steps is spent" for each in outcome.overrun),
            *(each for _, each in sorted(project.refused.items())),
            *_unrun(project, reported),
        ),
        comments.in_noqa(reported),
        len(relevant),
        tuple(unfixed),
    )


#: A rule, its place and what made the value -> what plans the fix.
_Plans: TypeAlias = "dict[tuple[str, Span, Span | None], Callable[[], Planned]]"


def _plans(project: Project, shown: Sequence[Diagnostic], analysed: Sequence[str], outcome: _Outcome, settings: Settings) -> _Plans:
    """How each finding is fixed. Who else reads a value stands in whatever imports a file of its way, named or not: a fix must not
    depend on what else stood on the command line."""
    ways = {span.path for each in shown for span in _spans(each)}
    wider = _worth_running(project, sorted(project.users(ways))) if ways else []
    if set(analysed).issuperset(wider):
        return outcome.plans
    return _analyse(project, sorted({*analysed, *wider}), settings).plans


def _with_fixes(diagnostics: Iterable[Diagnostic], plans: _Plans) -> tuple[list[Diagnostic], list[tuple[Diagnostic, str]]]:
    """The diagnostics with the fixes that they have, and why others have none."""
    kept: list[Diagnostic] = []
    reasons: list[tuple[Diagnostic, str]] = []
    for each in diagnostics:
        plan = plans.get((each.code, each.span, each.producer))
        fix, reason = plan() if plan is not None else (None, "")
        kept.append(each if fix is None else replace(each, fix=fix))
        if fix is None and plan is not None:
            reasons.append((each, reason))
    return kept, sorted(reasons, key=lambda pair: pair[0].sort_key())


def _numbered(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted; findings whose texts are alike get fingerprints of their own, by their order."""
    seen: Counter[str] = Counter()
    found = []
    for each in sorted(diagnostics, key=Diagnostic.sort_key):
        basis = replace(each, ordinal=0).fingerprint
        found.append(replace(each, ordinal=seen[basis]))
        seen[basis] += 1
    return found


def contracts(settings: Settings) -> None:
    """Make the catalogue that of the project.

    Raises:
        ConfigError: a folder of stubs that is not there.
        CatalogError: a wrong stub or wrapper.
    """
    from logitlint import catalog, files

    for folder in settings.stubs:
        if not folder.is_dir():
            raise ConfigError(f"{settings.origin('stubs')}: stubs: {files.display_path(str(folder))}: no such folder")
    catalog.configure([Path(files.display_path(str(folder))) for folder in settings.stubs], settings.wrappers)


def _worth_running(project: Project, paths: Sequence[str]) -> list[str]:
    """The files that pass the prefilter, and those that import one: a training script may only bring a model and a loss together."""
    from logitlint.imports import closure, users

    looks = {path: look for path in paths if (look := project.survey(path)) is not None}
    passing = [path for path, look in looks.items() if look.passes]
    chosen = closure(passing, users({path: look.mentioned for path, look in looks.items()})) if passing else set()
    if len(paths) < len(project.files):
        # what decides may lie outside of the files that import the named ones
        chosen.update(path for path in paths if path not in chosen and _leads_further(project, path))
    return [path for path in paths if path in chosen]


def _leads_further(project: Project, path: str) -> bool:
    return any(look.passes for each in project.reachable([path]) if (look := project.survey(each)) is not None)


@dataclass(slots=True)
class _Outcome:
    """What the interpreter and the judge gave; ``overrun`` and ``errors`` name roots, the path first."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    overrun: list[str] = field(default_factory=list)
    plans: _Plans = field(default_factory=dict)


def _analyse(project: Project, paths: Sequence[str], settings: Settings) -> _Outcome:
    from functools import partial

    from logitlint.fixes.plan import Planner
    from logitlint.interp.roots import Analysis
    from logitlint.positions import Positions
    from logitlint.rules.diagnosis import diagnostic
    from logitlint.rules.judge import judge_all
    from logitlint.rules.severity import settle

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, 10_000))
    try:
        outcome = Analysis(project, paths).run(available(settings.jobs))
    finally:
        sys.setrecursionlimit(limit)
    findings, verdicts = judge_all(outcome)
    findings = settle(findings, project, sorted(project.files), settings.keras_backend)
    positions = Positions(project)
    diagnostics = [diagnostic(finding, positions) for finding in findings]
    planner = Planner(project, outcome, findings)
    pairs = zip(diagnostics, findings, strict=True)
    plans: _Plans = {(each.code, each.span, each.producer): partial(planner.plan, finding) for each, finding in pairs}
    return _Outcome(diagnostics, verdicts, outcome.errors, outcome.overrun, plans)


def _syntax(project: Project, paths: Iterable[str]) -> Iterable[Diagnostic]:
    """A file that does not parse; those that concern no rule are not read for it."""
    from logitlint.rules.table import by_code

    rule = by_code("LGT900")
    for path in paths:
        look = project.survey(path)
        if look is None or look.outline is None:
            continue
        problems = look.source.problems if look.source is not None else ()
        for each in problems if look.outline.problem is None else (*problems, look.outline.problem):
            span = Span(path, each.line, each.column, each.line, each.column, each.cell)
            text = f"cannot be parsed: {each.message}"
            yield Diagnostic(rule.code, rule.name, rule.group, "error", "certain", text, span, anchor=each.message)


def _unrun(project: Project, paths: Iterable[str]) -> Iterator[str]:
    """The cells that were passed over because nobody ran them."""
    for path in paths:
        look = project.survey(path)
        for each in look.source.unrun if look is not None and look.source is not None else ():
            yield f"{path}:cell {each.cell}: never run, unlike others, and cannot be parsed: {each.message}"


def _rows(project: Project, outcome: _Outcome, inside: frozenset[str]) -> tuple[AuditRow, ...]:
    from logitlint.positions import Positions

    positions = Positions(project)
    rows = (_row(verdict, positions) for verdict in outcome.verdicts if project.file_of(verdict.loc.path) in inside)
    return tuple(sorted(rows, key=lambda row: (row.span, row.loss)))


def _row(verdict: Verdict, positions: Positions) -> AuditRow:
    want = verdict.want.value if verdict.want is not None else "unknown"
    return AuditRow(positions.span(verdict.loc), verdict.api, want, verdict.verdict, verdict.kind, verdict.reason)


def _spans(diagnostic: Diagnostic) -> Iterable[Span]:
    yield diagnostic.span
    if diagnostic.producer is not None:
        yield diagnostic.producer
    yield from (step.span for step in diagnostic.trace)


def _reported(diagnostic: Diagnostic, inside: frozenset[str]) -> bool:
    """A finding belongs to every file that its trace touches: the commit that only ties two files together must see it."""
    return any(span.path in inside for span in _spans(diagnostic))


# ---------------------------------------------------------------------- disk


def run(
    paths: Sequence[str],
    settings: Settings,
    stdin: tuple[str, bytes] | None = None,
    progress: Callable[[int, int], object] | None = None,
    *,
    audited: bool = False,
) -> Report:
    """Lint files and folders. The files that import a reported file are analysed with it, whatever else was named. ``audited``: the
    report has a row for every loss.

    ``progress`` is called with the number of steps done and of all steps, for each project anew.
    """
    read = gather(paths, settings, stdin)
    spaces = [(each.reported, Workspace(each, read.read, settings, progress)) for each in read.projects]
    kept = not settings.no_cache and stdin is None
    return read.told(merged([(space.recalled if kept else space.report)(inside, audited=audited) for inside, space in spaces]))


@dataclass(slots=True)
class Gathered:
    """What a run is about: the reported files by project, the reader of all files, and what could not be read."""

    projects: list[_Named]
    read: Callable[[str], bytes | None]
    unreadable: dict[str, str]
    messages: list[str]

    def told(self, report: Report) -> Report:
        """The report with what could not be read."""
        messages = [*self.messages, *(f"{path}: {reason}" for path, reason in sorted(self.unreadable.items()))]
        failed = report.failed or any(path in self.unreadable for each in self.projects for path in each.reported)
        return replace(report, messages=(*report.messages, *messages), failed=failed)


def gather(paths: Sequence[str], settings: Settings, stdin: tuple[str, bytes] | None) -> Gathered:
    """Find the files that a run reports on."""
    from logitlint import files

    found = files.discover(
        paths,
        exclude=settings.exclude,
        extend_exclude=settings.extend_exclude,
        force_exclude=settings.force_exclude,
        respect_gitignore=settings.respect_gitignore,
    )
    reported = list(found.files)
    contents: dict[str, bytes] = {}
    messages = list(found.problems)
    if stdin is not None:
        name = files.display_path(stdin[0])
        if not (settings.force_exclude and files.force_excluded(name, (*settings.exclude, *settings.extend_exclude))):
            reported.append(name)
            contents[name] = stdin[1]
    read, unreadable = _reader(contents)
    return Gathered(_projects(reported, settings) or [_Named(())], read, unreadable, messages)


class _Named(NamedTuple):
    """The reported files of one project, and the folders whose files are its modules."""

    reported: tuple[str, ...]
    tops: tuple[str, ...] = ()


def _projects(reported: Sequence[str], settings: Settings) -> list[_Named]:
    """The reported files by project, for a module of one project is none of another's; a project inside of a named one belongs to it."""
    from logitlint import files

    tops = {path: files.project_root(path).replace("\\", "/").rstrip("/") + "/" for path in reported}
    outer = {top: min((each for each in set(tops.values()) if top.startswith(each)), key=len) for top in set(tops.values())}
    groups: dict[str, list[str]] = {}
    for path, top in tops.items():
        groups.setdefault(outer[top], []).append(path)
    found = []
    for _, paths in sorted(groups.items()):
        inner = {files.display_path(tops[path]) for path in paths}
        if settings.isolated:
            inner = {"." if each.startswith(("..", "/")) else each for each in inner}
        found.append(_Named(tuple(sorted(paths)), tuple(sorted(inner))))
    return found


#: What files hold that are not (yet) on disk like that.
_Contents: TypeAlias = "Mapping[str, bytes]"


class Workspace:
    """A project on disk, read once: any of its files can be asked about, one after the other."""

    def __init__(
        self,
        named: _Named,
        read: Callable[[str], bytes | None],
        settings: Settings,
        progress: Callable[[int, int], object] | None = None,
    ) -> None:
        self.files = _universe(named, settings)
        self._read = read
        self._settings = settings
        self._project = Project(self.files, read, _roots(settings), _home(self.files), _data, _name(named))
        if progress is not None:
            self._project.progress = progress

    @classmethod
    def around(cls, path: str, settings: Settings, contents: Mapping[str, bytes] | None = None) -> Workspace:
        """The project of a file, which has the name that it is displayed with. ``contents`` stand for what is on the disk."""
        return cls(_projects([path], settings)[0], _reader(dict(contents or {}))[0], settings)

    def bytes(self, path: str) -> bytes | None:
        return self._read(path)

    def changed(self, contents: _Contents, settings: Settings) -> Workspace:
        """The same project where some files hold other bytes, under other settings."""
        other = copy(self)
        read = self._read
        other._read = lambda path: contents[path] if path in contents else read(path)
        other._settings = settings
        other._project = Project(self.files, other._read, _roots(settings), _home(self.files), _data, self._project.name)
        return other

    def report(self, reported: Sequence[str], *, plan: bool = True, audited: bool = False) -> Report:
        """The findings that concern these files; those that import them are analysed with them."""
        analysed = set(reported)
        if analysed != self.files:
            analysed = self._project.users(reported)
        return check_project(self._project, reported, sorted(analysed), self._settings, plan=plan, audited=audited)

    def recalled(self, reported: Sequence[str], *, audited: bool) -> Report:
        """The same, or what an earlier run has kept of it."""
        run = replace(self._settings, **{name: getattr(Settings(), name) for name in _OF_THE_OUTPUT})
        entry = Entry(self._settings.cache_dir, (run, _stubs(run), tuple(reported), audited, self._project.name), self.files)
        match entry.get(self._read, _data, _KEPT):
            case (Report() as kept, tuple() as excerpts):
                return replace(kept, sources={path: source for path in excerpts if (source := self._project.source(path)) is not None})
        report = self.report(reported, audited=audited)
        if not report.failed:
            entry.put((replace(report, sources={}), tuple(report.sources)), self._read, self._project.data_read)
        return report


#: What is kept of a run is made of these.
_KEPT = (Report, AuditRow, Diagnostic, Span, Step, Fix, Edit)
#: Settings on which nothing depends that is found.
_OF_THE_OUTPUT = ("output_format", "output_file", "fail_on", "exit_zero", "baseline", "no_cache", "cache_dir", "jobs", "config_file")


def _stubs(settings: Settings) -> list[tuple[str, bytes]]:
    return [(str(path), path.read_bytes()) for folder in settings.stubs for path in sorted(folder.rglob("*.pyi"))]


def merged(reports: Sequence[Report]) -> Report:
    if len(reports) == 1:
        return reports[0]
    return Report(
        tuple(_numbered(each for report in reports for each in report.diagnostics)),
        tuple(sorted((row for report in reports for row in report.audit), key=lambda r: (r.span, r.loss))),
        {path: source for report in reports for path, source in report.sources.items()},
        sum(report.checked for report in reports),
        tuple(dict.fromkeys(message for report in reports for message in report.messages)),
        any(report.failed for report in reports),
        tuple(sorted(path for report in reports for path in report.reported)),
        sum(report.possible for report in reports),
        tuple(each for report in reports for each in report.skipped),
        any(report.comments for report in reports),
        sum(report.evaluated for report in reports),
        tuple(pair for report in reports for pair in report.unfixed),
    )


def _reader(contents: dict[str, bytes]) -> tuple[Callable[[str], bytes | None], dict[str, str]]:
    from logitlint import files

    unreadable: dict[str, str] = {}

    def read(path: str) -> bytes | None:
        if path in contents:
            return contents[path]
        try:
            data = files.read_bytes(path)
        except OSError as error:
            unreadable[path] = error.strerror or str(error)
            return None
        contents[path] = data
        return data

    return read, unreadable


def _data(path: str) -> bytes | None:
    """A data file that the code names; None where there is none that can be read, or it is no small one."""
    import os

    from logitlint import files

    try:
        small = path.endswith(DATA_SUFFIXES) and os.path.getsize(path) <= LARGEST_DATA
        return files.read_bytes(path) if small else None
    except OSError:
        return None


def _roots(settings: Settings) -> tuple[str, ...]:
    from logitlint import files

    return tuple(files.display_path(str(path)) for path in settings.src) or ("",)


def _home(everything: Iterable[str]) -> str:
    """The working directory, where it stands in or beside a project whose other files have absolute names."""
    import os

    mixed = any(path.startswith("/") or path[1:2] == ":" for path in everything)
    return os.getcwd().replace(os.sep, "/") if mixed else ""


def _name(named: _Named) -> str:
    """The name of the project's folder, where that is the working directory: the names of the files do not show it."""
    import os

    return os.path.basename(os.getcwd()) if "." in named.tops else ""


def _universe(named: _Named, settings: Settings) -> frozenset[str]:
    """Every file of the project that the reported files belong to."""
    from logitlint import files

    found: set[str] = set(named.reported)
    for top in named.tops:
        found.update(files.discover([top], respect_gitignore=settings.respect_gitignore).files)
    return frozenset(found)


__all__ = ["AuditRow", "Report", "Workspace", "check", "check_project", "contracts", "gather", "merged", "reveal", "run"]
