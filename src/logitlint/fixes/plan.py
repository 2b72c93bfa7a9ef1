"""Findings -> fixes: which repair a rule has, its edits as the user knows their places, and why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from logitlint.diagnostics import Edit, Fix
from logitlint.fixes import arguments, axes, exponentials, fused, logs, losses, partners, tidy, written
from logitlint.fixes.context import Context, Repair
from logitlint.fixes.splice import Unspliceable, spliced
from logitlint.fixes.syntax import Change, Withheld
from logitlint.interp.roots import Outcome
from logitlint.project import Project
from logitlint.rules.judge import Finding
from logitlint.source import SourceFile, read_source

_Repairer: TypeAlias = Callable[[Context, Finding], Repair]

_REPAIRS: dict[str, _Repairer] = {
    "LGT101": losses.without_activation,
    "LGT102": losses.redundant_log,
    "LGT103": losses.without_activation,
    "LGT104": partners.raw_scores,
    "LGT105": partners.raw_scores,
    "LGT201": losses.other_loss,
    "LGT202": losses.other_loss,
    "LGT203": losses.log_activation,
    "LGT205": partners.suited_activation,
    "LGT206": fused.clamped,
    "LGT301": logs.repair,
    "LGT302": logs.repair,
    "LGT303": logs.repair,
    "LGT304": logs.repair,
    "LGT305": written.repair,
    "LGT306": exponentials.sum_of_exponentials,
    "LGT307": exponentials.one_plus_exponential,
    "LGT308": fused.fresh_sigmoid,
    "LGT401": partners.suited_activation,
    "LGT402": partners.suited_loss,
    "LGT403": axes.one_unit,
    "LGT404": axes.applied_twice,
    "LGT405": axes.named_axis,
    "LGT406": axes.other_axis,
    "LGT408": partners.other_labels,
    "LGT409": arguments.swapped,
    "LGT410": axes.assigned,
    "LGT411": partners.binary_loss,
    "LGT501": arguments.distribution,
}

#: The rules that have one. The comments of LGT901 are mended without a look at the syntax.
FIXED = frozenset(_REPAIRS)

#: Each plan reads its file again as it would be: a bound on what a file with very many findings costs.
MOST_IN_A_FILE = 40


class Planned(NamedTuple):
    """A fix, or in words why there is none."""

    fix: Fix | None
    reason: str = ""


class Planner:
    """The fixes of one run's findings."""

    def __init__(self, project: Project, outcome: Outcome, findings: Iterable[Finding]) -> None:
        self._project = project
        self._context = Context(project, outcome, findings)
        self._planned: Counter[str] = Counter()

    def plan(self, finding: Finding) -> Planned:
        """Never raises: what a repair did not foresee is a reason for none."""
        repairer = _REPAIRS.get(finding.code)
        if repairer is None:
            return Planned(None, "the rule has no fix")
        self._planned[finding.loc.path] += 1
        if self._planned[finding.loc.path] > MOST_IN_A_FILE:
            return Planned(None, f"{MOST_IN_A_FILE} fixes of one file are planned at a time")
        try:
            repair = repairer(self._context, finding)
            for each in finding.repeats:
                again = repairer(self._context, each)
                repair.changes += again.changes
                if again.applicability == "suggestion":
                    repair.applicability = again.applicability
            if repair.applicability != "suggestion":
                repair.changes = tidy.with_unused_imports(self._context, repair.changes)
            return Planned(self._fix(repair))
        except (Withheld, Unspliceable) as reason:
            return Planned(None, str(reason))
        except RecursionError:
            return Planned(None, "the code is nested too deeply")

    def _fix(self, repair: Repair) -> Fix:
        edits: list[Edit] = []
        sources: dict[str, SourceFile] = {}
        for change in sorted(set(repair.changes)):
            source = sources.setdefault(change.path, self._source(change.path))
            if source.text[change.start : change.end] != change.content:
                edits.append(_edit(source, change))
        if not edits:
            raise Withheld("there is nothing to change")
        for path, source in sources.items():
            data = self._project.bytes(path)
            assert data is not None
            new = read_source(path, spliced(data, source, [each for each in edits if each.span.path == path]))
            known = {(each.cell, each.message) for each in (*source.problems, *source.unrun)}
            if any((each.cell, each.message) not in known for each in (*new.problems, *new.unrun)) or not _parses(new):
                raise Withheld("the fixed text would not be Python")
        return Fix(repair.applicability, repair.message, tuple(edits))

    def _source(self, path: str) -> SourceFile:
        source = self._project.source(path)
        if source is None:
            raise Withheld("the file cannot be read")
        return source


def _edit(source: SourceFile, change: Change) -> Edit:
    first, column = _line_and_column(source, change.start)
    last, end = _line_and_column(source, change.end)
    if change.end > change.start and end == 1 and source.cells and source.cell_at(first) is not source.cell_at(last):
        last, end = last - 1, len(source.lines[last - 2].rstrip("\r\n")) + 1  # the end of a cell's last line
    if source.cell_at(first) is not source.cell_at(last):
        raise Withheld("the fix would cross the border of a cell")
    return Edit(source.span(first, column, last, end), change.content)


def _line_and_column(source: SourceFile, offset: int) -> tuple[int, int]:
    """From 1, in code points."""
    position = 0
    for number, line in enumerate(source.lines, 1):
        if offset < position + len(line):
            return number, offset - position + 1
        position += len(line)
    ended = not source.lines or source.lines[-1].endswith(("\n", "\r"))
    return (len(source.lines) + 1, 1) if ended else (len(source.lines), offset - position + len(source.lines[-1]) + 1)


def _parses(source: SourceFile) -> bool:
    from logitlint.outline import outline

    return outline(source).problem is None
