"""A finding as its reader sees it: a level, places in files, and the way of the value in words."""

from __future__ import annotations

from collections.abc import Iterable

from logitlint.catalog import short
from logitlint.diagnostics import LEVELS, Diagnostic, Level, Span, Step
from logitlint.interp.values import Loc, Tensor, Value, steps
from logitlint.positions import Positions
from logitlint.rules.judge import Finding
from logitlint.rules.messages import message
from logitlint.rules.table import by_code


def diagnostic(finding: Finding, positions: Positions) -> Diagnostic:
    rule = by_code(finding.code)
    level = finding.level or rule.default_level
    if finding.advice:
        level = "note"
    if not finding.certain:
        level = _lower(level)
    value = finding.value
    producer = positions.span(value.producer.loc) if isinstance(value, Tensor) and value.producer is not None else None
    # clamped scores are made where the scores are: a helper that clamps what it is given is not to blame
    scores = steps(value.origin)[0].loc if rule.code == "LGT309" and isinstance(value, Tensor) and value.origin is not None else None
    anchor = positions.text(finding.loc)
    if isinstance(value, Tensor) and value.producer is not None:
        anchor += "\0" + positions.text(value.producer.loc)
    return Diagnostic(
        rule.code,
        rule.name,
        "advice" if finding.advice else rule.group,
        level,
        "certain" if finding.certain else "possible",
        message(finding, _place(positions.span(scores) if scores is not None else producer, positions.span(finding.loc))),
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


#: The last step of a way that ends at no API.
_ENDS = {
    "written": "becomes a cross entropy here",
    "claim": "is called a probability here",
    "comparison": "is compared as a probability is",
}


def _trace(finding: Finding, positions: Positions) -> Iterable[Step]:
    """From where the kind was made, hop by hop, to the consumer; then the loss's own way; then the other producers."""

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
    elif finding.site.built is not None and finding.site.built.loc != finding.site.loc:
        yield Step(positions.span(finding.site.built.loc), "loss", finding.site.built.note)
    for call in finding.calls:
        yield Step(positions.span(call), "loss", "is called from here")
    if finding.site.form in ("loss", "labels"):
        yield Step(positions.span(finding.site.loc), "loss", f"reaches `{short(finding.site.api)}`")
    elif finding.site.form in ("written", "claim", "comparison"):
        yield Step(positions.span(finding.loc), "value", _ENDS[finding.site.form])
    elif finding.site.form != "discard":
        yield Step(positions.span(finding.reader), "value", f"reaches `{short(finding.site.api)}`")
    for other in finding.others:
        yield from way(other)
