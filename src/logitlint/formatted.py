"""Formatted strings as the language has them since 3.12, for parsers that refuse some of them.

PEP 701 allows any expression in a replacement field: with the quotes of the string itself, over several lines, with comments and
backslashes. Python 3.11 refuses all of that; LibCST 1.9 refuses a line that ends in a format specification, which CPython allowed from
3.12 to 3.13.3 (https://github.com/python/cpython/issues/129958). What stands in for such a string keeps the places of all others.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from logitlint.guard import STRING, too_deep

_PREFIX = r"(?<!\w)(?P<prefix>[fFtT][rR]?|[rR][fFtT])(?P<quote>\"\"\"|'''|\"|')"
_TOKEN = re.compile(rf"{_PREFIX}|{STRING}|#[^\r\n]*")
_IN_FIELD = re.compile(rf"{_PREFIX}|{STRING}|#[^\r\n]*|[(\[{{]|[)\]}}]|[!=<>]=|[:!]")
_CONVERSION = re.compile(r"[sra]\s*([:}])")
_DEBUG = re.compile(r"(?<![=!<>])=\s*\Z")  #: ``{x=}``
_AROUND_LAST = re.compile(r"(.*)\}([^{}]*[\r\n][ \t]*)[ \t]")
_COMMENT = re.compile(r"#[^\r\n]*")
_INSIDE = re.compile(r"[^\r\n]")
_LINE_END = re.compile(r"\r\n?|\n")
_MOST_BROKEN = 20
_MOST_NESTED = 50  #: strings and specifications inside of others that are looked into; CPython refuses more than 150

#: What every string has that only Python 3.12 reads: braces that are open where it ends for older ones, a backslash in a field, or
#: three quotes. Each pattern begins with a character, which sre looks for as fast as memory allows.
_HINTS = tuple(
    re.compile(rf"{each}(?:(?<=[fFtT]{each})|(?<=[fFtT][rR]{each}))(?:{each}{each}|[^{each}\r\n\\]*(?:\\[\s\S][^{each}\r\n\\]*)*)")
    for each in "\"'"
)
_ESCAPED = re.compile(r"\{[^{}]*\\")


class _Span(NamedTuple):
    start: int
    end: int


class _Formatted(NamedTuple):
    """A formatted string. ``fields`` hold the expressions that it formats, ``specs`` the specifications that LibCST refuses."""

    start: int
    text: int  #: where the prefix and the quotes end
    end: int
    quote: str
    fields: tuple[_Span, ...]
    specs: tuple[_Span, ...]


class Broken(Exception):
    """It is no formatted string of any Python."""


def older(text: str) -> str:
    """``text`` as older versions read it: blank where only Python 3.12 and later read a string. What is none in any version stays."""
    return _spliced(text, ((_Span(each.start, each.end), _blank(text, each)) for each in _newer(text)))


def for_libcst(text: str) -> str:
    """``text`` as LibCST reads it: without the format specifications that a line ends in. The values that one formats itself stay.

    Raises:
        Broken: a string that no Python reads. One may hide a depth of brackets that would crash LibCST.
    """
    specs = (span for each in _formatted(text, 0) for span in each.specs)
    return _spliced(text, ((span, _specification(text[span.start : span.end])) for span in specs))


def _specification(text: str) -> str:
    if "{" not in text:
        return _INSIDE.sub(" ", text)
    inner = _AROUND_LAST.fullmatch(text)  # the line may end in the field of the last value
    return f"{inner[1]} {_INSIDE.sub(' ', inner[2])}}}" if inner is not None else text


def fields(text: str) -> list[ast.Module]:
    """What the strings format that `older` leaves blank."""
    return [_fields(text, each) for each in _newer(text)]


def tree(text: str) -> ast.Module:
    """The syntax tree of a text, whichever Python reads it. Raises what ``ast.parse`` raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(older(text))


def _spliced(text: str, pieces: Iterable[tuple[_Span, str]]) -> str:
    made: list[str] = []
    at = 0
    for span, content in pieces:
        made += (text[at : span.start], content)
        at = span.end
    return "".join((*made, text[at:])) if made else text


def _blank(text: str, string: _Formatted) -> str:
    """A string of as many lines that ends where the other one does."""
    head = text[string.start : string.text].replace("t", "f").replace("T", "F")
    content = _INSIDE.sub(" ", text[string.text : string.end - len(string.quote)])
    return f"{head}{content if len(string.quote) > 1 else _LINE_END.sub(_continued, content)}{string.quote}"


def _continued(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


def _newer(text: str) -> list[_Formatted]:
    """The strings that only Python 3.12 and later read."""
    try:
        return [each for each in _formatted(text, _MOST_BROKEN) if _is_newer(text, each) and _is_valid(text, each)]
    except Broken:
        return []


def _is_newer(text: str, string: _Formatted) -> bool:
    newer = re.compile(rf"\\|{string.quote}" if len(string.quote) > 1 else rf"[\\\r\n]|{string.quote}")
    return bool(string.specs) or any(newer.search(text, *span) or _has_comment(text[span.start : span.end]) for span in string.fields)


def _has_comment(code: str) -> bool:
    return "#" in code and any(match[0].startswith("#") for match in _TOKEN.finditer(code))


def _is_valid(text: str, string: _Formatted) -> bool:
    try:
        return bool(_fields(text, string))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _fields(text: str, string: _Formatted) -> ast.Module:
    """The expressions of the replacement fields; raises as `tree` does."""
    expressions = [_DEBUG.sub("", text[start:end]) for start, end in string.fields]
    if any(too_deep(each) is not None or not _COMMENT.sub("", each).strip() for each in expressions):
        raise SyntaxError("f-string: expression expected")
    return tree("".join(f"({each}\n)\n" for each in expressions))


def _formatted(text: str, most_broken: int) -> Iterator[_Formatted]:
    """The formatted strings of a text that may hold newer ones, but for those inside of others. Raises `Broken` where more than so many
    are broken: to look for the end of each would take too long."""
    if not any(_is_hint(match[0]) for hint in _HINTS for match in hint.finditer(text)):
        return
    at = broken = 0
    while (match := _TOKEN.search(text, at)) is not None:
        at = match.end()
        if match["prefix"]:
            reader = _Reader(text, match["quote"], match["prefix"])
            try:
                end = reader.string(at)
            except Broken:
                broken += 1
                if broken > most_broken:
                    raise
                whole = _TOKEN.match(text, match.start("quote"))
                at = whole.end() if whole is not None else at
            else:
                yield _Formatted(match.start(), at, end, match["quote"], tuple(reader.fields), tuple(reader.specs))
                at = end


def _is_hint(start: str) -> bool:
    return start[:3] == start[0] * 3 or start.count("{") > start.count("}") or _ESCAPED.search(start) is not None


@cache
def _text(quote: str, is_raw: bool, is_spec: bool) -> re.Pattern[str]:
    """What matters in the text of a string, or of a format specification in it."""
    escapes = [] if is_raw else [r"\\N\{[^{}]*\}"]
    ends = [r"\r|\n"] if len(quote) == 1 and not is_spec else []
    braces = [] if is_spec else [r"\{\{", r"\}\}"]
    return re.compile("|".join([*escapes, r"\\(?:\r\n|[^{}])", *braces, "[{}]", quote, *ends]), re.DOTALL)


class _Reader:
    """Reads one formatted string from behind its opening quotes."""

    def __init__(self, text: str, quote: str, prefix: str, level: int = 0) -> None:
        self._text = text
        self._quote = quote
        self._is_raw = "r" in prefix.lower()
        self._level = level - 1
        self.fields: list[_Span] = []
        self.specs: list[_Span] = []
        self._go_down()

    def _go_down(self) -> None:
        self._level += 1
        if self._level > _MOST_NESTED:
            raise Broken

    def string(self, at: int) -> int:
        """Where it ends."""
        at, end = self._literal(at, is_spec=False)
        if end != self._quote:
            raise Broken
        return at

    def _literal(self, at: int, *, is_spec: bool) -> tuple[int, str]:
        """Where literal text with its fields ends, and what ends it."""
        pattern = _text(self._quote, self._is_raw, is_spec)
        while (match := pattern.search(self._text, at)) is not None:
            token, at = match[0], match.end()
            if token == "{":
                at = self._field(at)
            elif token in ("}", self._quote, "\r", "\n"):
                return at, token
        raise Broken

    def _field(self, at: int) -> int:
        start, (at, token) = at, self._expression(at)
        self.fields.append(_Span(start, at - 1))
        if token == "!":
            conversion = _CONVERSION.match(self._text, at)
            if conversion is None:
                raise Broken
            at, token = conversion.end(), conversion[1]
        if token == ":":
            start = at - 1
            self._go_down()
            at, token = self._literal(at, is_spec=True)
            self._level -= 1
            if len(self._quote) == 1 and _LINE_END.search(self._text, start, at):
                self.specs.append(_Span(start, at - 1))
        if token != "}":
            raise Broken
        return at

    def _expression(self, at: int) -> tuple[int, str]:
        """Where the expression of a field ends, and what ends it."""
        depth = 0
        while (match := _IN_FIELD.search(self._text, at)) is not None:
            token, at = match[0], match.end()
            if match["prefix"]:
                inner = _Reader(self._text, match["quote"], match["prefix"], self._level + 1)
                at = inner.string(at)
                self.specs += inner.specs
            elif token in ("(", "[", "{"):
                depth += 1
            elif depth and token in (")", "]", "}"):
                depth -= 1
            elif not depth and token in ("}", ":", "!"):
                return at, token
        raise Broken
