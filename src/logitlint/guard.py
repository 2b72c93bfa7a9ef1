"""Which texts must not be given to a parser: those nested or chained so deeply that a parser crashes, or needs minutes.

Measured with CPython 3.11 and LibCST 1.9.0: LibCST's native parser kills the process at about 1,500 nested brackets, needs two seconds
for 600 nested calls and grows with the square of nesting and of operator chains; CPython's tokenizer refuses more than 200 open brackets
and more than 100 levels of indentation. Depth is estimated from above, by a scanner that knows strings and comments and nothing else.

What is let through nests at most ``MAX_BLOCKS + MAX_EXPRESSION`` (1,000) blocks and operations on any path, about 1,300 LibCST nodes
(a bracket and an indented block are two each): a recursive walk that spends six frames on a node is safe with a recursion limit of
10,000; the default of 1,000 does not suffice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_BRACKETS = 200  #: open at one time; CPython's own limit
MAX_INDENTATION = 99  #: levels; CPython refuses the hundredth
MAX_BLOCKS = 400  #: levels of indentation plus the ``elif`` of each open chain, which nest in every syntax tree
MAX_EXPRESSION = 600  #: operators, calls, attributes, literals and brackets on one path of an expression
MAX_LOGICAL_LINE = 1_000_000  #: characters of code, strings and comments not counted
MAX_TOKENS = 50_000  #: brackets, operators, commas and strings in one logical line: about a second and a half of LibCST
MAX_COST = 1_000_000  #: estimated microseconds that a file's deep lines cost LibCST beyond its linear time

_LAMBDA = 4  # a lambda passes through the whole ladder of precedences, as a bracket does
_FAR = MAX_EXPRESSION - 250  # a short string that is formatted adds no more
_SHORT = 250  # a logical line with less code than this cannot be deep or dear
_STRING_SHARE = 8  # what a string counts towards the length: chains of literals nest, their texts do not

STRING = (
    r'"""[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*(?:"""|\\?\Z)'
    r"|'''[^'\\]*(?:(?:\\[\s\S]|'(?!''))[^'\\]*)*(?:'''|\\?\Z)"
    r'|"[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*"?'
    r"|'[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'?"
)
# What is plain is eaten first by one set of characters: several times faster than to try each alternative at each character.
_COARSE = re.compile(rf"[^\"'#()\[\]{{}}\r\n\\]*([()\[\]{{}}]|\r\n?|\n|{STRING}|#[^\r\n]*|\\(?:\r\n?|\n)?|\Z)")
_PLAIN, _OPEN, _CLOSE = r"[^()\[\]{}\n]*", r"[(\[{]", r"[)\]}]"
# What brackets that close in the line hold, and brackets in them, is eaten at once, and so are whole lines of that.
_BLAND = rf"{_PLAIN}(?:{_OPEN}{_PLAIN}(?:{_OPEN}{_PLAIN}{_CLOSE}{_PLAIN})*{_CLOSE}{_PLAIN})*"
_BARE = re.compile(rf"{_BLAND}([()\[\]{{}}]|\n(?:{_BLAND}\n)*|\Z)")
_FORMATTED = re.compile(r"\$(?:(?<=[fFtT]\$)|(?<=[fFtT][rRbB]\$))")
_KEYWORDS = r"\b(?:lambda|and|or|not|in|is|if|else|await|for|from|yield)\b"
_FINE = re.compile(rf"{STRING}|#[^\r\n]*|[(\[{{]|[)\]}}]|[-+*/%@&|^~<>!=.,;:$]|{_KEYWORDS}")
_INNER = re.compile(rf"\{{\{{|\}}\}}|[(\[{{]|[)\]}}]|[-+*/%@&|^~<>!=.,;:]|{_KEYWORDS}")
_DEEP_INDENT = re.compile(rf"[\r\n\f][ \t\f]{{{MAX_INDENTATION}}}")
_FRESH_WORD = re.compile(r"[ \t\f]*(elif\b)?")


class _TooDeep(Exception):
    pass


class _Depth:
    """How deep the expression can be at the current place: one counter per open bracket, and their sum."""

    def __init__(self) -> None:
        self.counts = [0]
        self.parameters = [0]
        self.total = 0
        self.deepest = 0
        self.brackets = 0

    def feed(self, token: str) -> None:
        first = token[0]
        if first in "([{":
            self.add(1)
            self.counts.append(0)
            self.parameters.append(0)
            self.brackets = max(self.brackets, len(self.counts) - 1)
            if self.brackets > MAX_BRACKETS:
                raise _TooDeep(f"more than {MAX_BRACKETS} nested brackets")
        elif first in ")]}":
            if len(self.counts) > 1:
                self.total -= self.counts.pop()
                self.parameters.pop()
        elif first == "," or first == ";":
            if not self.parameters[-1]:
                self.total -= self.counts[-1]
                self.counts[-1] = 0
        elif first == ":":
            self.parameters[-1] = max(0, self.parameters[-1] - 1)
        elif token == "lambda":
            self.parameters[-1] += 1
            self.add(_LAMBDA)
        else:
            self.add(1)

    def add(self, weight: int) -> None:
        self.counts[-1] += weight
        self.total += weight
        self.deepest = max(self.deepest, self.total)
        if self.total > MAX_EXPRESSION:
            raise _TooDeep(f"an expression with more than {MAX_EXPRESSION} chained or nested operations")

    def feed_fstring(self, content: str) -> None:
        """Count what stands in the replacement fields; the text between them, CSS and HTML often, is not code."""
        outside = len(self.counts)
        for match in _INNER.finditer(content):
            token = match[0]
            literal = len(self.counts) == outside
            if literal and (token in ("{{", "}}") or token != "{"):
                continue
            for part in token if token in ("{{", "}}") else (token,):
                self.feed(part)
        while len(self.counts) > outside:
            self.feed("}")


def _is_fstring(text: str, start: int) -> bool:
    return any(letter in "fFtT" for letter in text[max(0, start - 2) : start])


def _cost_of(line: str) -> int:
    """Estimated microseconds that LibCST needs for one long logical line beyond its linear time; raises `_TooDeep`."""
    depth = _Depth()
    for count, match in enumerate(_FINE.finditer(line)):
        if count > MAX_TOKENS:
            raise _TooDeep(f"a logical line of more than {MAX_TOKENS:,} tokens")
        token = match[0]
        first = token[0]
        if first == "#":
            continue
        if first in "\"'":
            depth.add(1)
            if _is_fstring(line, match.start()):
                depth.feed_fstring(token)
        else:
            depth.feed(token)
    dear_brackets = depth.brackets if depth.brackets > 15 else 0
    dear_chain = depth.deepest if depth.deepest > 60 else 0
    return 5 * dear_brackets**2 + dear_chain**2


class _Blocks:
    """Open levels of indentation with the number of ``elif`` in the chain of each."""

    def __init__(self) -> None:
        self.levels: list[tuple[int, int]] = [(0, 0)]

    def feed(self, width: int, is_elif: bool) -> None:
        while len(self.levels) > 1 and width < self.levels[-1][0]:
            self.levels.pop()
        if width > self.levels[-1][0]:
            self.levels.append((width, 0))
        column, chained = self.levels[-1]
        self.levels[-1] = (column, chained + 1 if is_elif else 0)
        if len(self.levels) - 1 > MAX_INDENTATION:
            raise _TooDeep(f"more than {MAX_INDENTATION} levels of indentation")
        if is_elif and len(self.levels) + sum(count for _, count in self.levels) > MAX_BLOCKS:
            raise _TooDeep(f"more than {MAX_BLOCKS} nested blocks (elif counts as one)")


def _scan(text: str) -> None:
    depth = start = skipped = cost = 0
    blocks = _Blocks() if text.count("elif") > MAX_BLOCKS - MAX_INDENTATION - 2 or _DEEP_INDENT.search("\n" + text) else None
    for match in _COARSE.finditer(text):
        token = match[1]
        if not token:
            break
        first = token[0]
        if first in "([{":
            depth += 1
            if depth > MAX_BRACKETS:
                raise _TooDeep(f"more than {MAX_BRACKETS} nested brackets")
        elif first in ")]}":
            depth = depth - 1 if depth else 0
        elif first in "\"'":
            if len(token) > _STRING_SHARE and not _is_fstring(text, match.start(1)):
                skipped += len(token) - _STRING_SHARE
        elif first == "#":
            skipped += len(token)
        elif first != "\\" and not depth:
            here = match.start(1)
            if here - start - skipped > _SHORT:
                cost += _line_cost(text[start:here], here - start - skipped, cost)
            if blocks is not None:
                _feed_blocks(blocks, text, start, here)
            start, skipped = match.end(), 0
    if len(text) - start - skipped > _SHORT:
        _line_cost(text[start:], len(text) - start - skipped, cost)


def _line_cost(line: str, length: int, cost: int) -> int:
    if length > MAX_LOGICAL_LINE:
        raise _TooDeep(f"a logical line of more than {MAX_LOGICAL_LINE:,} characters")
    more = _cost_of(line)
    if cost + more > MAX_COST:
        raise _TooDeep("too many deeply nested or chained expressions")
    return more


def _feed_blocks(blocks: _Blocks, text: str, start: int, end: int) -> None:
    head = _FRESH_WORD.match(text, start, end)
    if head is None or head.end() == end or text[head.end()] in "#\\" or _is_else(text, head.end()):
        return
    indent = head.start(1) if head[1] else head.end()
    blocks.feed(len(text[start:indent].rpartition("\f")[2].expandtabs(8)), bool(head[1]))


def _is_else(text: str, position: int) -> bool:
    return text.startswith("else", position)


def is_shallow(code: str, lines: Sequence[str], bare: str) -> bool:
    """Whether `too_deep` need not be asked, which takes three times as long: no line of a module is long, and what its brackets and
    operators add up to is far from any bound. True of nearly every module.

    ``code``, with its ``lines``, is the text without comments, ``$`` for every triple-quoted string; ``bare`` is ``$`` for every string.
    """
    if max(map(len, lines), default=0) > _SHORT or len(lines) - bare.count("\n") not in (0, 1) or _FORMATTED.search(code):
        return False
    if bare.count("elif") > MAX_BLOCKS - MAX_INDENTATION - 2 or "\t" in bare or "\f" in bare or " " * MAX_INDENTATION in bare:
        return False
    try:
        return _is_shallow(bare.replace("\\\n", "  "))
    except _TooDeep:
        return False


def _is_shallow(bare: str) -> bool:
    depth = start = cost = 0
    for match in _BARE.finditer(bare):
        token = match[1]
        if not token:
            break
        first = token[0]
        if first in "([{":
            depth += 1
        elif first in ")]}":
            depth = depth - 1 if depth else 0
        elif not depth:
            here = match.start(1)
            if here - start > _SHORT:
                more = _line_cost(bare[start:here], here - start, cost)
                if more > _FAR**2:
                    return False
                cost += more
            start = match.end()
    return not depth


def too_deep(text: str) -> str | None:
    """Why ``text`` must not be given to a parser, in words for the user; None when it may be. Linear in the length of the text."""
    if len(text) < MAX_BRACKETS // 2:
        return None
    try:
        _scan(text)
    except _TooDeep as reason:
        return str(reason)
    return None
