"""Every loss site with its verdict, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from logitlint.diagnostics import Span
from logitlint.reporters.machine import dumps
from logitlint.reporters.text import location, painter, printable

VERDICTS = ("ok", "finding", "unresolved")
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


def summary(rows: Sequence[Row]) -> str:
    counts = ", ".join(f"{sum(row.verdict == verdict for row in rows)} {verdict}" for verdict in VERDICTS)
    return f"{len(rows)} loss site{'s' * (len(rows) != 1)}: {counts}."
