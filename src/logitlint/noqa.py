"""``--add-noqa``: a comment for every finding, on the line that is reported, so that flake8 and ruff see it there as well."""

from __future__ import annotations

import tokenize
import warnings
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from logitlint.diagnostics import Diagnostic, Edit
from logitlint.files import read_bytes
from logitlint.fixes.splice import Unspliceable, spliced
from logitlint.fixes.write import write_all
from logitlint.formatted import older
from logitlint.lines import split_lines
from logitlint.outline import simple_statements
from logitlint.source import SourceFile
from logitlint.suppress import suppressions

#: A comment can do nothing about a file that does not parse, nor about itself.
_BEYOND = frozenset({"LGT900", "LGT901"})


class Added(NamedTuple):
    comments: int
    left: tuple[Diagnostic, ...]  #: findings that no comment was written for


def edits(source: SourceFile, diagnostics: Iterable[Diagnostic]) -> tuple[list[Edit], list[Diagnostic]]:
    """The comments that cover the findings in one file, and the findings that no comment can cover."""
    wanted: dict[int, list[str]] = {}
    left = []
    open_lines = _open_lines(older(source.text))
    statements = simple_statements(source.text)
    for each in diagnostics:
        above = next((cell.first_line - 1 for cell in source.cells if cell.number == each.span.cell), 0)
        first = each.span.line + above
        last = next((end for start, end in statements if start <= first <= end), first)
        line = next((n for n in range(first, last + 1) if n in open_lines and not source.is_masked(n)), None)
        if line is None or each.code in _BEYOND:
            left.append(each)
        elif each.code not in wanted.setdefault(line, []):
            wanted[line].append(each.code)
    return [_edit(source, line, sorted(codes)) for line, codes in sorted(wanted.items())], left


def _edit(source: SourceFile, line: int, codes: list[str]) -> Edit:
    """Into the list of a ``noqa`` that is there, or behind everything else on the line."""
    text = source.lines[line - 1].rstrip("\r\n")
    for directive in suppressions(source).directives:
        if directive.line == line and directive.form == "noqa" and directive.selectors:
            end = directive.listed[1] + 1
            return Edit(source.span(line, end, line, end), "".join(f", {code}" for code in codes))
    end = len(text.rstrip()) + 1
    return Edit(source.span(line, end, line, len(text) + 1), f"  # noqa: {', '.join(codes)}")


def _open_lines(text: str) -> frozenset[int]:
    """The lines that a comment can be put at the end of: those that end neither within a string nor with a backslash."""
    found = set()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            lines = [line.rstrip("\r\n") + "\n" for line in split_lines(text)]
            for token in tokenize.generate_tokens(iter([*lines, ""]).__next__):
                if token.type in (tokenize.NEWLINE, tokenize.NL):
                    found.add(token.start[0])
        except (SyntaxError, tokenize.TokenError):
            pass
    return frozenset(found)


def add(diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceFile]) -> Added:
    """Write the comments into the files: all of them or none.

    Raises:
        OSError: a file cannot be read.
        FixError: a file cannot be written, or is not what it was when it was judged.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        by_path.setdefault(each.span.path, []).append(each)
    old: dict[str, bytes] = {}
    new: dict[str, bytes] = {}
    count = 0
    left: list[Diagnostic] = []
    for path, found in sorted(by_path.items()):
        planned, rest = edits(sources[path], found)
        if planned:
            data = read_bytes(path)
            try:
                new[path] = spliced(data, sources[path], planned)
            except Unspliceable:
                planned, rest = [], found
            else:
                old[path] = data
        left += rest
        count += len(planned)
    write_all(old, new)
    return Added(count, tuple(left))
