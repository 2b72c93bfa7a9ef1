"""Suppressions: ``# noqa``, ``# flake8: noqa``, ``# logitlint: …`` comments, and per-file ignores.

Comments are found by the tokenizer, never by a search over lines: text inside a string suppresses nothing.

=========================================  ====================================================================
``# noqa``                                 every rule, on the statement that has the comment on any of its lines
``# noqa: LGT101, LGT3``                   these codes and prefixes; rule names do not work here
``# flake8: noqa`` (``: LGT101``)          the file, alone on its line
``# logitlint: ignore[LGT101] reason``     as ``noqa``; alone on its line it also covers the statement below
``# logitlint: ignore-file[LGT101]``       the file
``# logitlint: disable[LGT101]``           from here on, until ``# logitlint: enable[LGT101]`` or the end
=========================================  ====================================================================

The ``logitlint:`` forms take codes, prefixes, rule names and groups; without brackets they mean every rule.
"""

from __future__ import annotations

import io
import os
import re
import tokenize
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath
from typing import Literal, NamedTuple, Protocol

Form = Literal["noqa", "noqa-file", "ignore", "ignore-file", "disable", "enable"]

#: What a file must hold for the tokenizer to be worth its time.
_WORTH = re.compile(r"noqa|logitlint:", re.IGNORECASE)
_NOQA = re.compile(r"#\s*noqa(?![\w-])(?P<colon>\s*:)?(?P<rest>.*)", re.IGNORECASE)
_NOQA_FILE = re.compile(r"#\s*flake8[:=]\s*noqa(?![\w-])(?P<colon>\s*:)?(?P<rest>.*)", re.IGNORECASE)
_PRAGMA = re.compile(
    r"#\s*logitlint:\s*(?P<form>ignore-file|ignore|disable|enable)(?![\w-])\s*(?:\[(?P<items>[^\]]*)\])?\s*(?P<reason>.*)", re.IGNORECASE
)
#: Codes in a row; they may stand without a separator, as in ``F401LGT101``. What follows is the author's remark.
_CODES = re.compile(r"\s*((?:[A-Z]+[0-9]+)+)(?=[\s,#]|$)[,\s]*", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]+[0-9]+", re.IGNORECASE)
_PREFIX = "LGT"


class Source(Protocol):
    """The part of a SourceFile that is read here: the text, whose lines count from 1 and end in LF, CRLF or CR."""

    @property
    def text(self) -> str: ...


class Directive(NamedTuple):
    """One suppression comment. ``selectors`` None means every rule; ``column`` counts from 1, in code points.

    ``extent`` and ``listed`` are offsets in the line: of the directive without its reason, and of its list of selectors.
    """

    form: Form
    line: int
    column: int
    selectors: tuple[str, ...] | None
    reason: str
    own_line: bool
    extent: tuple[int, int] = (0, 0)
    listed: tuple[int, int] = (0, 0)


class _Comment(NamedTuple):
    line: int
    column: int
    text: str
    own_line: bool


@dataclass(slots=True)
class Suppressions:
    """The suppression comments of one file, and which of them have been of use."""

    directives: tuple[Directive, ...] = ()
    #: Own-line comments: line -> the line below the block of comments that it stands in.
    below: dict[int, int] = field(default_factory=dict)
    #: Comments whose list holds no code (a rule name after ``noqa:``). They suppress nothing; flake8 would take them as blanket.
    invalid: tuple[Directive, ...] = ()
    _used: set[tuple[Directive, str | None]] = field(default_factory=set)

    def covers(self, code: str, first_line: int, last_line: int) -> bool:
        """Is ``code`` suppressed for the statement on these lines (inclusive)? Comments that say so are marked as used."""
        found = False
        for directive in self.directives:
            if directive.form not in {"disable", "enable"} and self._reaches(directive, first_line, last_line):
                found = self._mark(directive, code) or found
        return self._disabled(code, first_line, last_line) or found

    def _reaches(self, directive: Directive, first_line: int, last_line: int) -> bool:
        if directive.form in {"noqa-file", "ignore-file"} or first_line <= directive.line <= last_line:
            return True
        return directive.form == "ignore" and directive.own_line and self.below.get(directive.line) == first_line

    def _disabled(self, code: str, first_line: int, last_line: int) -> bool:
        active: Directive | None = None
        for directive in self.directives:
            if directive.form not in {"disable", "enable"} or not _matching(directive.selectors, code):
                continue
            if directive.line > last_line:
                break
            if directive.form == "disable":
                active = directive
            elif directive.line <= first_line:
                active = None
        return active is not None and self._mark(active, code)

    def _mark(self, directive: Directive, code: str) -> bool:
        matching = _matching(directive.selectors, code)
        self._used.update((directive, selector) for selector in matching)
        return bool(matching)

    def _closes(self, enable: Directive) -> bool:
        """Does a ``disable`` stand above this ``enable`` that it ends at least in part?"""
        above = [each for each in self.directives if each.form == "disable" and each.line <= enable.line]
        return any(_codes(each.selectors) & _codes(enable.selectors) for each in above)

    def unused(self) -> tuple[tuple[Directive, tuple[str, ...]], ...]:
        """Comments that suppressed nothing so far, with the selectors that were idle (none listed: the whole comment).

        A ``noqa`` may serve other tools: only codes of ours count there, and a blanket one never does.
        """
        idle: list[tuple[Directive, tuple[str, ...]]] = []
        for directive in self.directives:
            if directive.form == "enable":
                if not self._closes(directive):
                    idle.append((directive, directive.selectors or ()))
                continue
            selectors = directive.selectors
            if selectors is None:
                if not directive.form.startswith("noqa") and (directive, None) not in self._used:
                    idle.append((directive, ()))
                continue
            ours = [item for item in selectors if not directive.form.startswith("noqa") or item.upper().startswith(_PREFIX)]
            rest = tuple(item for item in ours if (directive, item) not in self._used)
            if rest:
                idle.append((directive, rest))
        return tuple(idle)


def suppressions(source: Source) -> Suppressions:
    """The suppression comments of ``source``. Never raises: where the tokenizer gives up, it starts again one line below."""
    if not _WORTH.search(source.text):
        return Suppressions()
    # A null byte makes some versions of the tokenizer fail with a SystemError.
    lines = re.split(r"\r\n|\r|\n", source.text.replace("\0", " "))
    with warnings.catch_warnings():
        # Newer tokenizers warn of escapes in the strings that they pass.
        warnings.simplefilter("ignore")
        comments = list(_comments([line + "\n" for line in lines]))
    valid: list[Directive] = []
    invalid: list[Directive] = []
    for comment in comments:
        for directive in _directives(comment):
            (invalid if directive.selectors == () else valid).append(directive)
    own = {comment.line for comment in comments if comment.own_line}
    below: dict[int, int] = {}
    for line in sorted(own, reverse=True):
        below[line] = below.get(line + 1, line + 1)
    return Suppressions(tuple(valid), below, tuple(invalid))


def _comments(lines: Sequence[str]) -> Iterator[_Comment]:
    start = 0
    while start < len(lines):
        reached = start
        try:
            for token in tokenize.generate_tokens(iter([*lines[start:], ""]).__next__):
                reached = max(reached, start + token.end[0])
                if token.type == tokenize.COMMENT:
                    row, column = token.start
                    yield _Comment(start + row, column + 1, token.string, not token.line[:column].strip())
        except (SyntaxError, tokenize.TokenError, StopIteration) as error:
            start = _resume(error, start, reached, len(lines))
        else:
            return


def _resume(error: Exception, start: int, reached: int, total: int) -> int:
    """The index of the line to start again at, after tokens up to line ``reached`` (from 1) of a run begun at index ``start``."""
    if isinstance(error, tokenize.TokenError) and "EOF" in str(error):
        # An open string or bracket: what follows it has been read as far as it can be.
        return total
    if isinstance(error, IndentationError) and error.lineno and start + error.lineno - 1 > start:
        return start + error.lineno - 1
    return max(reached, start + 1)


def _directives(comment: _Comment) -> Iterator[Directive]:
    pragma = _PRAGMA.search(comment.text)
    if pragma is not None:
        form: Form = pragma["form"].lower()  # type: ignore[assignment]
        items = pragma["items"]
        if items is None:
            # A bracket that nobody closed is no blanket.
            selectors: tuple[str, ...] | None = () if pragma["reason"].startswith("[") else None
        else:
            selectors = tuple(item for item in re.split(r"[,\s]+", items) if item)
        extent = _moved((pragma.start(), pragma.start("reason")), comment)
        listed = _moved(pragma.span("items"), comment)
        yield Directive(form, comment.line, comment.column, selectors, pragma["reason"].strip(), comment.own_line, extent, listed)
    file_level = _NOQA_FILE.match(comment.text)
    if file_level is not None:
        if comment.own_line:
            yield _noqa("noqa-file", file_level, comment)
        return
    line_level = _NOQA.search(comment.text)
    if line_level is not None:
        yield _noqa("noqa", line_level, comment)


def _noqa(form: Form, match: re.Match[str], comment: _Comment) -> Directive:
    if match["colon"] is None:
        return Directive(form, comment.line, comment.column, None, match["rest"].strip(), comment.own_line)
    rest = match["rest"]
    codes: list[str] = []
    offset = 0
    spans: list[tuple[int, int]] = []
    while found := _CODES.match(rest, offset):
        codes.extend(code.upper() for code in _CODE.findall(found[1]))
        spans.append(found.span(1))
        offset = found.end()
    base = match.start("rest")
    listed = _moved((base + spans[0][0], base + spans[-1][1]), comment) if spans else (0, 0)
    extent = _moved((match.start(), base + offset), comment)
    return Directive(form, comment.line, comment.column, tuple(codes), rest[offset:].strip(), comment.own_line, extent, listed)


def _moved(span: tuple[int, int], comment: _Comment) -> tuple[int, int]:
    """Offsets in a comment as offsets in its line."""
    return span[0] + comment.column - 1, span[1] + comment.column - 1


# -- selectors ----------------------------------------------------------------------------------------------------------------


def _matching(selectors: tuple[str, ...] | None, code: str) -> tuple[str | None, ...]:
    """The selectors that mean ``code``; ``(None,)`` for a blanket suppression."""
    if selectors is None:
        return (None,)
    return tuple(selector for selector in selectors if _means(selector, code))


def _means(selector: str, code: str) -> bool:
    if _CODE.fullmatch(selector) or selector.upper() == _PREFIX:
        return code.startswith(selector.upper())
    return selector.lower() in _names(code)


def _codes(selectors: tuple[str, ...] | None) -> frozenset[str]:
    """The codes of the rules that selectors mean."""
    from logitlint.rules.table import RULES

    return frozenset(rule.code for rule in RULES if _matching(selectors, rule.code))


def means_a_rule(selector: str) -> bool:
    """False for a code, prefix or name that no rule of this version has."""
    return bool(_codes((selector,)))


@lru_cache(maxsize=256)
def _names(code: str) -> frozenset[str]:
    from logitlint.rules.table import RULES

    return frozenset(name for rule in RULES if rule.code == code for name in (rule.name, rule.group))


# -- per-file ignores -----------------------------------------------------------------------------------------------------------


def ignored_selectors(per_file_ignores: Iterable[tuple[str, tuple[str, ...]]], path: str) -> tuple[str, ...]:
    """The selectors that ``per_file_ignores`` adds for ``path``, which is as it is displayed.

    A pattern is held against the file's name, the path and the absolute path; a leading ``!`` turns it around.
    """
    selectors: list[str] = []
    names = (path.rpartition("/")[2], path, PurePath(os.path.abspath(path)).as_posix())
    for pattern, codes in per_file_ignores:
        expression = glob_expression(pattern.removeprefix("!"))
        if any(expression.fullmatch(name) for name in names) != pattern.startswith("!"):
            selectors.extend(codes)
    return tuple(selectors)


@lru_cache(maxsize=1024)
def glob_expression(pattern: str) -> re.Pattern[str]:
    """``*`` and ``?`` cross folders as they do in ``exclude``, ``[…]`` is a class, ``{a,b}`` a choice; a folder means all below it."""
    out = io.StringIO()
    position = depth = 0
    while position < len(pattern):
        char = pattern[position]
        if pattern.startswith("**/", position):
            out.write("(?:.*/)?")
            position += 3
            continue
        if char == "[" and (match := re.compile(r"\[(!?)(\]?[^\]]*)\]").match(pattern, position)):
            inner = match[2].replace("\\", r"\\").replace("[", r"\[").replace("^", r"\^").replace("]", r"\]")
            out.write(f"[{'^' if match[1] else ''}{inner}]")
            position = match.end()
            continue
        depth += {"{": 1, "}": -1}.get(char, 0)
        special = {"*": ".*", "?": ".", "{": "(?:", "}": ")"}
        out.write("|" if char == "," and depth > 0 else special.get(char, re.escape(char)))
        position += 1
    text = out.getvalue().removesuffix("/")
    try:
        return re.compile(f"(?s:{text})(?:/.*)?")
    except re.error:  # unbalanced braces: the pattern stands for itself
        return re.compile(re.escape(pattern) + r"(?:/.*)?")
