"""Fixes put to work in memory: passes of compatible fixes, each held against the rules before it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from logitlint.diagnostics import Diagnostic, Edit
from logitlint.fixes.splice import Unspliceable, spliced
from logitlint.source import read_source

PASSES = 10
NEW_FINDING = "the fixed code would earn a finding of its own"
NOT_GONE = "the finding would still be there"

#: What could be computed better in one call, but is right as it is.
_RIGHT = frozenset({"LGT304", "LGT305", "LGT308"})

_Key: TypeAlias = tuple[str, str, str]


class Judge(Protocol):
    """The linter, for contents that differ from the disk's. ``touched``: only these files and whatever imports them; None: all."""

    def reported(self, changed: Mapping[str, bytes], touched: frozenset[str] | None) -> Sequence[Diagnostic]:
        """The findings that the user asked for, with their fixes."""

    def everything(self, changed: Mapping[str, bytes], touched: frozenset[str]) -> Sequence[Diagnostic]:
        """The findings of every rule, possible ones included."""


@dataclass(slots=True)
class Fixed:
    """What a session did. ``contents``: the new bytes of every file that changes. ``remaining``: the findings afterwards."""

    contents: dict[str, bytes] = field(default_factory=dict)
    fixed: list[Diagnostic] = field(default_factory=list)
    withheld: list[tuple[Diagnostic, str]] = field(default_factory=list)
    remaining: Sequence[Diagnostic] = ()


class Session:
    """``named``: the files that may be changed. ``read`` gives the bytes of a file as they are on disk."""

    def __init__(self, judge: Judge, read: Callable[[str], bytes | None], named: Iterable[str], *, unsafe: bool) -> None:
        self._judge = judge
        self._read = read
        self._named = frozenset(named)
        self._levels = ("safe", "unsafe") if unsafe else ("safe",)
        self._refused: dict[_Key, str] = {}
        self.outcome = Fixed()

    def run(self) -> Fixed:
        """Pass after pass, until nothing changes or ``PASSES`` are through."""
        out = self.outcome
        touched: frozenset[str] | None = None
        found: Sequence[Diagnostic] = ()
        for _ in range(PASSES):
            found = self._judge.reported(out.contents, touched)
            batch = self._compatible(found)
            if not batch:
                break
            accepted = self._accepted(batch)
            if accepted:
                out.contents = self._applied(accepted)
                out.fixed += accepted
                left = [each.span.path for each in found if each.fix is not None and each not in accepted]
                touched = frozenset((*left, *(edit.span.path for each in out.fixed for edit in _edits(each))))
        out.remaining = self._judge.reported(out.contents, None) if out.contents else found
        out.withheld = [(each, self._refused[_key(each)]) for each in out.remaining if _key(each) in self._refused]
        return out

    def _compatible(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The fixes that are wanted and do not touch each other, the first in the order of the report first."""
        chosen: list[Diagnostic] = []
        edits: set[Edit] = set()
        for each in found:
            if each.fix is None or each.fix.applicability not in self._levels or _key(each) in self._refused:
                continue
            outside = sorted({edit.span.path for edit in each.fix.edits} - self._named)
            if outside:
                self._refused[_key(each)] = f"it would change {outside[0]}, which is not among the files given"
            elif not any(_touch(new, old) for new in each.fix.edits for old in edits):
                chosen.append(each)
                edits.update(each.fix.edits)
        return chosen

    # ------------------------------------------------------------------ held against the rules

    def _accepted(self, batch: list[Diagnostic]) -> list[Diagnostic]:
        """Those of a batch that leave no finding behind and make no new one; found by halving where some do."""
        reason = self._objection(batch)
        if reason is None:
            return batch
        if len(batch) == 1:
            self._refused[_key(batch[0])] = reason
            return []
        middle = len(batch) // 2
        first = self._accepted(batch[:middle])
        second = self._accepted(batch[middle:])
        both = [*first, *second]
        if first and second and self._objection(both) is not None:
            for each in second:
                self._refused[_key(each)] = NEW_FINDING
            return first
        return both

    def _objection(self, batch: Sequence[Diagnostic]) -> str | None:
        try:
            after = self._applied(batch)
        except Unspliceable as problem:
            return str(problem)
        edited = frozenset(edit.span.path for each in batch for edit in _edits(each))
        paths = edited | {each.span.path for each in batch}
        found, left = self._judge.everything(self.outcome.contents, paths), self._judge.everything(after, paths)
        if _counted(filter(_is_wrong, left)) - _counted(filter(_is_wrong, found)):
            return NEW_FINDING
        old, new = _counted(found), _counted(left)
        goal = old - Counter((each.code, each.span.path) for each in batch)
        return NOT_GONE if any(new[each.code, each.span.path] > goal[each.code, each.span.path] for each in batch) else None

    def _applied(self, batch: Sequence[Diagnostic]) -> dict[str, bytes]:
        contents = dict(self.outcome.contents)
        edits: dict[str, set[Edit]] = {}
        for each in batch:
            for edit in _edits(each):
                edits.setdefault(edit.span.path, set()).add(edit)
        for path, changes in edits.items():
            data = contents.get(path, self._read(path))
            if data is None:
                raise Unspliceable("the file cannot be read")
            contents[path] = spliced(data, read_source(path, data), changes)
        return contents


def _edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return diagnostic.fix.edits if diagnostic.fix is not None else ()


def _key(diagnostic: Diagnostic) -> _Key:
    return diagnostic.code, diagnostic.span.path, diagnostic.fingerprint


def _is_wrong(diagnostic: Diagnostic) -> bool:
    """Whether a finding is more than advice on code that is right: what was wrong before is not worse for it."""
    return diagnostic.code not in _RIGHT


def _counted(found: Iterable[Diagnostic]) -> Counter[tuple[str, str]]:
    return Counter((each.code, each.span.path) for each in found)


def _touch(new: Edit, old: Edit) -> bool:
    """Whether two edits overlap, or insert at the same place. The same edit twice is one edit."""
    a, b = new.span, old.span
    if new == old or a.path != b.path or a.cell != b.cell:
        return False
    return (a.line, a.column) <= (b.end_line, b.end_column) and (b.line, b.column) <= (a.end_line, a.end_column)
