"""The skeleton of a module: its text without the bodies of its top-level definitions, found without a syntax tree.

A tree of the whole module costs as much again as it takes to see that the text parses at all; where definitions begin and end, strings
and brackets tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from logitlint.guard import STRING

_TEXT = re.compile(rf"{STRING}|#[^\r\n]*")
_STRING = re.compile(STRING)
_LINE_ENDS = re.compile(r"[^\r\n]+")
#: A line that begins a top-level statement, or goes on with one inside of brackets.
_TOP = re.compile(r"^(?:((?:async[ \t]+)?def|class)\b[ \t]*(\w*)|[^\s)\]}])", re.MULTILINE)
_FROM = re.compile(r"\bfrom[ \t]*((?:\.[ \t]*)*)([\w.]*)[ \t]*$")
_NAMES = re.compile(r"[ \t]*(?:\(([^)]*)\)|([^\n;]*))")
_ALIAS = re.compile(r"\s*(\*|[\w.]+)(?:\s+as\s+\w+)?\s*")


_BRACKETS = r"()\[\]{}"
_WHOLE = r"\"[^\"\\\n]*(?:\\[\s\S][^\"\\\n]*)*\"|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'"  #: a string that `without_prose` left


def _balanced_text(ends: str, depth: int) -> str:
    """A pattern of text in which brackets, nested up to a depth, are closed, and strings are whole; ``ends``, a set, ends it."""
    plain = rf"[^{ends}'\"]*"
    brackets = rf"[(\[{{]{_balanced_text(_BRACKETS, depth - 1)}[)\]}}]|" if depth else ""
    return rf"{plain}(?:(?:{brackets}{_WHOLE}){plain})*"


#: Of nested patterns: they take longer to compile than all others together, and a run that finds nothing to read needs none of them.
_compiled = cache(re.compile)

#: The parameters of a function, and what it returns.
_HEADER = rf"def[ ](\w+[ \t]*)\(({_balanced_text(_BRACKETS, 4)})\)(?:\s*->{_balanced_text(_BRACKETS + ':', 4)})?:"
_ANNOTATED = rf"((?:^|,)\s*\*{{0,2}}\w+\s*):{_balanced_text(_BRACKETS + ',=', 4)}((?:={_balanced_text(_BRACKETS + ',', 4)})?)"

#: Whether something is of a class; the lookbehinds leave the word in front, which is what sre looks for fast.
_ASKED = tuple(
    rf"{each}(?<![\w.]{each})\(({_balanced_text(_BRACKETS + ',', 4)}),{_balanced_text(_BRACKETS, 4)}\)"
    for each in ("isinstance", "issubclass")
)
_BROUGHT = re.compile(r"from(?<=[ \t]from)[ \t]+[\w.]+[ \t]+import[ \t]+(?:\([\w\s,]*\)|[\w, \t]+)")
_RENAMED = re.compile(r"\bas\b")


class ImportLine(NamedTuple):
    module: str  #: "" for ``from . import x``
    level: int
    names: tuple[str, ...]  #: empty for a plain ``import``; ``*`` for a star import


class Skeleton(NamedTuple):
    text: str  #: line by line as the module; ``pass`` stands for all of a definition but its decorators
    ends: dict[int, int]  #: first line of a definition, its decorators left aside, from 1 -> its last line
    imports: tuple[ImportLine, ...]  #: wherever they stand


class _Unusual(Exception):
    """What only a syntax tree tells."""


def without_prose(text: str) -> str:
    """A text, line by line, where nothing but ``$`` stands for a triple-quoted string or one of several words, and no comment: they
    say nothing about what code does. Other strings may name a loss."""
    return _TEXT.sub(_unless_prose, text)


def _unless_prose(match: re.Match[str]) -> str:
    token = match[0]
    if token[0] == "#":
        return ""
    if not token.startswith(('"""', "'''")) and (" " not in token or _is_formatted(match)):
        return token
    ends = _LINE_ENDS.sub("", token)
    return f"${ends} $" if ends else "$"


def _is_formatted(match: re.Match[str]) -> bool:
    """Whether code may stand in a string."""
    start = match.start()
    return not {"f", "t"}.isdisjoint(match.string[max(start - 2, 0) : start].lower())


def without_mere_mentions(code: str) -> str:
    """The code of definitions without what it names and does not use: the types of parameters and results, the classes that it asks
    whether an object is one of, and what an import inside of it brings under its own name, which is named again where it is used."""
    for asked in _ASKED:
        code = _compiled(asked).sub(r"(\1)", code)
    return _compiled(_HEADER).sub(_bare_header, _BROUGHT.sub(_renamed, code))


def _renamed(match: re.Match[str]) -> str:
    return match[0] if _RENAMED.search(match[0]) else ""


def _bare_header(match: re.Match[str]) -> str:
    return f"def {match[1]}({_compiled(_ANNOTATED).sub(_bare_parameter, match[2])}):"


def _bare_parameter(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}"


def without_strings(code: str) -> str:
    """What `without_prose` gave with ``$`` for every string. A line that ends inside of one ends no more."""
    return _STRING.sub("$", code)


def skeleton(lines: Sequence[str], bare: str) -> Skeleton | None:
    """Of a text that parses, given its lines and what `without_strings` left of it; None where only a syntax tree can tell."""
    ends_of_lines = len(lines) - (not lines[-1].endswith("\n"))  # one fewer is left where a line goes on inside of a string
    if not bare.isascii() or "\f" in bare or "\r" in bare or bare.count("\n") != ends_of_lines:
        return None
    try:
        text, ends = _without_bodies(lines, bare)
        # as a syntax tree gives them: what stands farther inside comes later
        found = sorted(_imports(bare), key=lambda pair: pair[0])
    except _Unusual:
        return None
    return Skeleton(text, ends, tuple(line for _, line in found))


def _without_bodies(lines: Sequence[str], bare: str) -> tuple[str, dict[int, int]]:
    ends: dict[int, int] = {}
    pieces: list[str] = []
    number, at = 1, 0
    tops = [*_tops(bare), (len(bare), None)]
    for (start, top), (end, _) in pairwise(tops):
        number += bare.count("\n", at, start)
        at = start
        below = bare.count("\n", start, end)
        if top is None:
            pieces += lines[number - 1 : number - 1 + below if end < len(bare) else None]
        else:
            ends[number] = number + bare[start:end].rstrip().count("\n")
            pieces.append(f"{top}:pass\n" + "\n" * (below - 1 if end < len(bare) else 0))
    first = bare.count("\n", 0, tops[0][0])
    return "\n" * first + "".join(pieces), ends


def _tops(bare: str) -> Iterator[tuple[int, str | None]]:
    """Where each top-level statement begins; the head of a definition, its parameters left out."""
    last: int | None = None
    for match in _TOP.finditer(bare):
        start = match.start()
        if last is not None and (bare[start - 2 : start - 1] == "\\" or (match[1] is None and not _balanced(bare, last, start))):
            continue
        if match[1] is not None and not match[2]:
            raise _Unusual
        last = start
        yield start, None if match[1] is None else f"{match[1]} {match[2]}{'' if match[1] == 'class' else '()'}"


def _balanced(bare: str, start: int, end: int) -> bool:
    return sum(bare.count(each, start, end) for each in "([{") == sum(bare.count(each, start, end) for each in ")]}")


def _imports(bare: str) -> Iterator[tuple[int, ImportLine]]:
    """Every import with the depth of its indent."""
    at = bare.find("import")
    while at >= 0:
        after = at + len("import")
        if not (_is_word(bare[at - 1 : at]) or _is_word(bare[after : after + 1])):
            start = bare.rfind("\n", 0, at) + 1
            before = bare[start:at]
            indent = len(before) - len(before.lstrip())
            for line in _import_lines(before.strip(), bare, after):
                yield indent, line
            if bare[start - 2 : start - 1] == "\\":
                raise _Unusual
        at = bare.find("import", after)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _import_lines(before: str, bare: str, after: int) -> Iterator[ImportLine]:
    match = _NAMES.match(bare, after)
    source = _FROM.search(before)
    if match is None or (source is None and before and before[-1] not in ":;"):
        raise _Unusual
    names = []
    for each in (match[1] if match[1] is not None else match[2]).split(","):
        alias = _ALIAS.fullmatch(each)
        if alias is not None:
            names.append(alias[1])
        elif each.strip():
            raise _Unusual
    if source is None:
        yield from (ImportLine(name, 0, ()) for name in names)
    else:
        yield ImportLine(source[2], source[1].count("."), tuple(names))
