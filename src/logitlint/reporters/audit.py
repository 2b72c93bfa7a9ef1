"""Every loss site with its verdict, as text and as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from logitlint.diagnostics import Span
from logitlint.reporters.machine import dumps
from logitlint.reporters.text import location, painter, printable

VERDICTS = ("ok", "finding", "unresolved")
_NAME = re.compile(r"`[^`]*`")
_COLORS = {"ok": "green", "finding": "bold red", "unresolved": "yellow"}


class Row(Protocol):
    """:class:`logitlint.engine.AuditRow`."""

    @property
    def span(self) -> Span: ...
    @property
    def loss(self) -> str: ...
    @property
    def expects(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def reason(self) -> str: ...


def text(rows: Sequence[Row], *, color: bool) -> str:
    """``path:line:column: verdict loss: expects …, is given …`` per site."""
    paint = painter(color)
    out = []
    for row in rows:
        reason = f" ({printable(row.reason)})" if row.reason else ""
        verdict = paint(row.verdict, _COLORS.get(row.verdict, "dim"))
        out.append(f"{location(row.span)}: {verdict} {printable(row.loss)}: expects {row.expects}, is given {row.kind}{reason}\n")
    return "".join(out)


def array(rows: Sequence[Row]) -> str:
    return dumps(
        [
            {
                "path": row.span.path,
                "line": row.span.line,
                "column": row.span.column,
                "cell": row.span.cell,
                "loss": row.loss,
                "expects": row.expects,
                "verdict": row.verdict,
                "kind": row.kind,
                "reason": row.reason,
            }
            for row in rows
        ]
    )


def summary(rows: Sequence[Row], skipped: int = 0) -> str:
    """How many sites got which verdict, the share resolved, and why the rest is not: one line for every sort of reason. ``skipped``:
    how many places were not read to their end, which may hold more."""
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in VERDICTS}
    total = f"{len(rows)} loss site{'s' * (len(rows) != 1)}: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.items())
    places = "place was" if skipped == 1 else "places were"
    more = [f"  {skipped} {places} not read to the end, and may hold more: `--verbose` names {'it' if skipped == 1 else 'them'}"]
    if not rows:
        return "\n".join([f"{total}.", *(more if skipped else ())])
    share = 100 * (len(rows) - counts["unresolved"]) // len(rows)
    # names differ from site to site, the sort of reason does not
    reasons = Counter(_NAME.sub("…", row.reason) for row in rows if row.verdict == "unresolved")
    lines = [f"  {n} unresolved: {printable(reason)}" for reason, n in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))]
    return "\n".join([f"{total}; {share} % resolved.", *lines, *(more if skipped else ())])
