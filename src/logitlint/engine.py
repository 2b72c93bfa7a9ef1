"""The whole run: sources and settings in, a report out. :func:`check` is pure; :func:`run` adds the disk."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from logitlint.config import Settings
from logitlint.diagnostics import LEVELS, Diagnostic, Level, Span, Step
from logitlint.errors import ConfigError
from logitlint.project import Project
from logitlint.source import SourceFile

if TYPE_CHECKING:
    from logitlint.interp.values import Loc, Value
    from logitlint.positions import Positions
    from logitlint.rules.judge import Finding, Verdict


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


# ---------------------------------------------------------------------- pure


def check(sources: Mapping[str, bytes], settings: Settings | None = None) -> Report:
    """Lint files that are in memory: every file is both reported on and analysed."""
    return _check(Project.of(sources), tuple(sorted(sources)), tuple(sorted(sources)), settings or Settings())


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


def _check(project: Project, reported: Sequence[str], analysed: Sequence[str], settings: Settings) -> Report:
    codes = _enabled(settings)
    diagnostics = [*_syntax(project, reported)]
    audit: list[AuditRow] = []
    errors: list[str] = []
    relevant = _worth_running(project, analysed)
    if relevant:
        found, audit, errors = _analyse(project, relevant, analysed, settings)
        diagnostics += found
    inside = frozenset(reported)
    kept = [d for d in diagnostics if _reported(d, inside)]
    kept = [d for d in kept if d.code in codes and (d.confidence == "certain" or settings.confidence == "possible")]
    kept = _unsuppressed(project, kept, settings)
    paths = {span.path for d in kept for span in _spans(d)}
    sources = {path: source for path in sorted(paths) if (source := project.source(path)) is not None}
    rows = tuple(sorted((row for row in audit if row.span.path in inside), key=lambda r: (r.span, r.loss)))
    kept = _numbered(sorted(kept, key=Diagnostic.sort_key))
    messages = tuple(f"internal error, please report it: {each}" for each in errors)
    return Report(tuple(kept), rows, sources, len(reported), messages, bool(errors))


def _numbered(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings whose texts are alike get fingerprints of their own, by their order."""
    seen: Counter[str] = Counter()
    found = []
    for each in diagnostics:
        basis = each.fingerprint
        found.append(replace(each, anchor=f"{each.anchor}\0{seen[basis]}") if seen[basis] else each)
        seen[basis] += 1
    return found


def _worth_running(project: Project, paths: Sequence[str]) -> list[str]:
    """The files that pass the prefilter, and those that import one: a training script may only bring a model and a loss together."""
    from logitlint.files import prefilter
    from logitlint.imports import importers

    passing = [path for path in paths if (data := project.bytes(path)) is not None and prefilter(data)]
    chosen = importers(passing, paths, project.bytes) if passing else set()
    if len(paths) < len(project.files):
        # what decides may lie outside of the files that import the named ones
        chosen.update(path for path in paths if path not in chosen and _leads_further(project, path))
    return [path for path in paths if path in chosen]


def _leads_further(project: Project, path: str) -> bool:
    from logitlint.files import prefilter

    return any(prefilter(project.bytes(each) or b"") for each in project.reachable([path]))


def _analyse(
    project: Project, paths: Sequence[str], analysed: Sequence[str], settings: Settings
) -> tuple[list[Diagnostic], list[AuditRow], list[str]]:
    from logitlint.interp.roots import Analysis
    from logitlint.positions import Positions
    from logitlint.rules.judge import judge_all
    from logitlint.rules.severity import settle

    limit, thresholds = sys.getrecursionlimit(), gc.get_threshold()
    sys.setrecursionlimit(max(limit, 10_000))
    gc.set_threshold(200_000, 50, 100)  # millions of small tuples and few cycles: collecting often only costs time
    try:
        outcome = Analysis(project, paths).run()
    finally:
        sys.setrecursionlimit(limit)
        gc.set_threshold(*thresholds)
    findings, verdicts = judge_all(outcome)
    settle(findings, project, sorted(project.files), settings.keras_backend)
    positions = Positions(project)
    diagnostics = [_diagnostic(finding, positions) for finding in findings]
    return diagnostics, [_row(verdict, positions) for verdict in verdicts], outcome.errors


def _syntax(project: Project, paths: Iterable[str]) -> Iterable[Diagnostic]:
    """A file that does not parse; those that concern no rule are not read for it."""
    from logitlint.files import worth_reading
    from logitlint.rules.table import by_code

    rule = by_code("LGT900")
    for path in paths:
        data = project.bytes(path)
        source = project.source(path) if data is not None and worth_reading(data) else None
        if source is None:
            continue
        problems = [*source.problems]
        problem = project.outline(path).problem
        if problem is not None:
            problems.append(problem)
        for each in problems:
            span = Span(path, each.line, each.column, each.line, each.column, each.cell)
            text = f"cannot be parsed: {each.message}"
            yield Diagnostic(rule.code, rule.name, rule.group, "error", "certain", text, span, anchor=each.message)


# ---------------------------------------------------------------------- findings -> diagnostics


def _diagnostic(finding: Finding, positions: Positions) -> Diagnostic:
    from logitlint.interp.values import Tensor
    from logitlint.rules.messages import message
    from logitlint.rules.table import by_code

    rule = by_code(finding.code)
    level = finding.level or rule.default_level
    if finding.advice:
        level = "note"
    if not finding.certain:
        level = _lower(level)
    value = finding.value
    producer = positions.span(value.producer.loc) if isinstance(value, Tensor) and value.producer is not None else None
    anchor = positions.text(finding.loc)
    if isinstance(value, Tensor) and value.producer is not None:
        anchor += "\0" + positions.text(value.producer.loc)
    return Diagnostic(
        rule.code,
        rule.name,
        "advice" if finding.advice else rule.group,
        level,
        "certain" if finding.certain else "possible",
        message(finding, _place(producer, positions.span(finding.loc))),
        positions.span(finding.loc),
        producer,
        finding.conditions,
        tuple(_trace(finding, positions)),
        None,
        anchor,
    )


def _place(made: Span | None, consumer: Span) -> str:
    """Where a value was made, seen from its consumer: a line of the same file or cell, else with the file's name."""
    if made is None or (made.path, made.cell, made.line) == (consumer.path, consumer.cell, consumer.line):
        return ""
    if made.path != consumer.path:
        return f"{made.path}:cell {made.cell}:{made.line}" if made.cell is not None else f"{made.path}:{made.line}"
    return f"cell {made.cell}, line {made.line}" if made.cell != consumer.cell else f"line {made.line}"


def _lower(level: Level) -> Level:
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def _trace(finding: Finding, positions: Positions) -> Iterable[Step]:
    """From where the kind was made, hop by hop, to the consumer; then the loss's own way; then the other producers."""
    from logitlint.interp.library import short
    from logitlint.interp.values import Tensor, steps

    def way(value: Value) -> Iterable[Step]:
        if isinstance(value, Tensor):
            seen: set[Loc] = set()
            for hop in steps(value.origin):
                if hop.loc not in seen:
                    seen.add(hop.loc)
                    yield Step(positions.span(hop.loc), "value", hop.note)

    yield from way(finding.value)
    if finding.loc != finding.site.loc and finding.site.form == "loss":
        yield Step(positions.span(finding.site.loc), "loss", "is given to the loss")
    elif finding.site.built is not None:
        yield Step(positions.span(finding.site.built.loc), "loss", finding.site.built.note)
    for call in finding.calls:
        yield Step(positions.span(call), "loss", "is called from here")
    if finding.site.form == "loss":
        yield Step(positions.span(finding.loc), "loss", f"reaches `{short(finding.site.api)}`")
    elif finding.site.form != "discard":
        yield Step(positions.span(finding.loc), "value", f"reaches `{short(finding.site.api)}`")
    for other in finding.others:
        yield from way(other)


def _row(verdict: Verdict, positions: Positions) -> AuditRow:
    want = verdict.want.value if verdict.want is not None else "unknown"
    return AuditRow(positions.span(verdict.loc), verdict.api, want, verdict.verdict, verdict.kind, verdict.reason)


# ---------------------------------------------------------------------- selection


def _enabled(settings: Settings) -> frozenset[str]:
    """Codes that are on.

    Raises:
        ConfigError: a selector that means no rule.
    """
    from logitlint.rules.table import GROUPS, RULES, means, selected

    for selector in (*settings.select, *settings.ignore, *settings.extend_select, *(s for _, ss in settings.per_file_ignores for s in ss)):
        if selector != "ALL" and selector not in GROUPS and not any(means(selector, rule) for rule in RULES) and not _planned(selector):
            raise ConfigError(f"unknown rule `{selector}`{_nearest_rule(selector)}")
    return (selected(settings.select) | selected(settings.extend_select)) - selected(settings.ignore)


def _nearest_rule(selector: str) -> str:
    from difflib import get_close_matches

    from logitlint.rules.table import GROUPS, RULES

    known = [*GROUPS, *(rule.code for rule in RULES), *(rule.name for rule in RULES)]
    if selector.upper().startswith("LGT") and _planned(selector.upper()):
        return f"; did you mean `{selector.upper()}`?"
    near = get_close_matches(selector.lower(), known, n=1) or get_close_matches(selector.upper(), known, n=1)
    return f"; did you mean `{near[0]}`?" if near else "; `logitlint rules` lists them"


def _planned(selector: str) -> bool:
    """A well-formed code of ours that this version does not report: a newer or older version's configuration still works."""
    return selector.startswith("LGT") and selector[3:].isdigit()


def _spans(diagnostic: Diagnostic) -> Iterable[Span]:
    yield diagnostic.span
    if diagnostic.producer is not None:
        yield diagnostic.producer
    yield from (step.span for step in diagnostic.trace)


def _reported(diagnostic: Diagnostic, inside: frozenset[str]) -> bool:
    """A finding belongs to every file that its trace touches: the commit that only ties two files together must see it."""
    return any(span.path in inside for span in _spans(diagnostic))


def _unsuppressed(project: Project, diagnostics: Sequence[Diagnostic], settings: Settings) -> list[Diagnostic]:
    from logitlint.rules.table import by_code, means
    from logitlint.suppress import Suppressions, ignored_selectors, suppressions

    cache: dict[str, Suppressions] = {}

    def covers(span: Span, code: str) -> bool:
        source = project.source(span.path)
        if source is None:
            return False
        if span.path not in cache:
            cache[span.path] = suppressions(source)
        first, last = _statement_lines(project, source, span)
        return cache[span.path].covers(code, first, last)

    kept = []
    for each in diagnostics:
        ends = [each.span, *([each.producer] if each.producer is not None else [])]
        if any(covers(span, each.code) for span in ends):
            continue
        ignored = ignored_selectors(settings.per_file_ignores, each.span.path)
        if any(means(selector, by_code(each.code)) for selector in ignored):
            continue
        kept.append(each)
    return kept


def _statement_lines(project: Project, source: SourceFile, span: Span) -> tuple[int, int]:
    """The lines, in the module's text, of the statement around a span."""
    offset = 0
    if span.cell is not None:
        offset = next((c.first_line - 1 for c in source.cells if c.number == span.cell), 0)
    line, last = span.line + offset, span.end_line + offset
    for first, end in project.statements(span.path):
        if first <= line <= end:
            return first, max(end, last)
    return line, last


# ---------------------------------------------------------------------- disk


def run(paths: Sequence[str], settings: Settings, stdin: tuple[str, bytes] | None = None) -> Report:
    """Lint files and folders. The files that import a reported file are analysed with it, whatever else was named."""
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
    everything = _universe(reported, settings)
    analysed = _analysis_set(reported, everything, read)
    project = Project(everything, read, _roots(settings), _home(everything))
    report = _check(project, sorted(reported), analysed, settings)
    messages += [f"{path}: {reason}" for path, reason in sorted(unreadable.items())]
    failed = report.failed or any(path in unreadable for path in reported)
    return replace(report, messages=(*report.messages, *messages), failed=failed)


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


def _roots(settings: Settings) -> tuple[str, ...]:
    from logitlint import files

    return tuple(files.display_path(str(path)) for path in settings.src) or ("",)


def _home(everything: Iterable[str]) -> str:
    """The working directory, where it stands in or beside a project whose other files have absolute names."""
    import os

    mixed = any(path.startswith("/") or path[1:2] == ":" for path in everything)
    return os.getcwd().replace(os.sep, "/") if mixed else ""


def _universe(reported: Sequence[str], settings: Settings) -> frozenset[str]:
    """Every file of the projects that the reported files belong to."""
    from logitlint import files

    tops: set[str] = set()
    for path in reported:
        top = files.display_path(files.project_root(path))
        if settings.isolated and top.startswith(("..", "/")):
            top = "."
        tops.add(top)
    found: set[str] = set(reported)
    for top in sorted(tops):
        found.update(files.discover([top], respect_gitignore=settings.respect_gitignore).files)
    return frozenset(found)


def _analysis_set(reported: Sequence[str], everything: frozenset[str], read: Callable[[str], bytes | None]) -> tuple[str, ...]:
    """The reported files and, transitively, those that import them."""
    from logitlint.imports import importers

    if set(reported) == everything:
        return tuple(sorted(reported))
    return tuple(sorted(importers(reported, everything, read)))


__all__ = ["AuditRow", "Report", "check", "reveal", "run"]
