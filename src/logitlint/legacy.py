"""Python 2, and names that have become keywords since, as Python 3 of as many lines and columns.

Much code that trains networks was written for Python 2, or handed ``async=True`` to PyTorch before Python 3.7. What follows a value
does not care for ``print``: such a statement becomes ``pass``, and whatever else only Python 2 reads is blanked or replaced in place,
so that every other character keeps its line and column.
"""

from __future__ import annotations

import re

from logitlint.guard import STRING

#: What a statement of Python 2 begins with. Every module is asked, so each pattern starts with a word: sre looks for that as fast as
#: memory allows, ten times faster than one pattern for all that starts with the line.
_STATEMENT_HINTS = tuple(
    map(
        re.compile,
        (
            r"print[ \t]*(?:[\"'\w\\`>\[{-]|\Z)",
            r"exec[ \t]+[\"'\w]",
            r"except\b[^\n:]*,[ \t]*\w+[ \t]*:",
            r"raise[ \t]+\w[\w.]*[ \t]*,",
        ),
    )
)
_NAME_HINT = re.compile(r"async\b(?<!\wasync)(?![ \t]+(?:def|for|with)\b)")
_PIECE = re.compile(rf"{STRING}|#[^\r\n]*|\r\n?|\n|\\(?:\r\n?|\n)|\d+(?:\.\d*)?[eE][-+]?\d+|\w+|[ \t\f]+|<>|.", re.DOTALL)
_STATEMENTS = frozenset({"print", "exec"})
_RENAMED = "sync_"  #: a keyword argument that had the name of a keyword
_OPERATORS = frozenset({"in", "is", "if", "and", "or"})
_OCTAL = re.compile(r"0\d*[1-9]\d* ?")


def may_be_legacy(text: str) -> bool:
    """Whether a text may hold anything of the kind; prose in a string may be taken for it."""
    return any(_begins(match) for hint in _STATEMENT_HINTS for match in hint.finditer(text)) or _NAME_HINT.search(text) is not None


def _begins(match: re.Match[str]) -> bool:
    """Whether a match begins a statement, on a line of its own or after another."""
    text, start = match.string, match.start()
    before = text[text.rfind("\n", 0, start) + 1 : start].rstrip(" \t")
    return not before or before[-1] in ":;"


def modern(text: str) -> str:
    """``text`` with every piece of Python 2 replaced by as many characters of Python 3; line ends are kept."""
    return "".join(_Reader(text).read())


class _Reader:
    def __init__(self, text: str) -> None:
        self._pieces = [match[0] for match in _PIECE.finditer(text)]
        self._keyword = ""  #: the word that the statement begins with
        self._begins = True  #: whether the next word begins a statement
        self._depth = 0
        self._blanking = False  #: to the end of the statement
        self._ended = False  #: whether what is blanked has a line's end inside of a string, where ``pass`` ends: there it cannot go on

    def read(self) -> list[str]:
        made = []
        for at, piece in enumerate(self._pieces):
            if piece[0] in "\r\n":
                if self._depth == 0:
                    self._end()
                made.append(piece)
            elif piece[0] == "\\" and self._ended:
                made.append(f" {piece[1:]}")
            elif piece[0] in " \t\f#\\":
                made.append(piece)
            else:
                made.append(self._piece(at, piece))
        return made

    def _end(self) -> None:
        self._keyword, self._begins, self._blanking, self._ended = "", True, False, False

    def _piece(self, at: int, piece: str) -> str:
        begins, self._begins = self._begins, False
        if begins:
            self._keyword = piece
            if piece in _STATEMENTS and self._is_statement(at):
                self._blanking = True
                return "pass".ljust(len(piece))
        self._depth = max(0, self._depth + (piece in "([{") - (piece in ")]}"))
        if self._depth == 0 and piece == ";":
            self._end()
            return piece
        if self._depth == 0 and piece == ":":
            was, self._blanking = self._blanking, self._blanking and self._keyword != "except"
            self._begins = not self._blanking and self._keyword != "lambda"
            return " " if was and self._blanking else piece
        if self._depth == 0 and piece == "," and self._keyword in ("except", "raise"):
            self._blanking = True
        if not self._blanking:
            return self._replaced(at, piece)
        self._ended = self._ended or "\n" in piece or "\r" in piece
        return re.sub(r"[^\r\n]", " ", piece)

    def _is_statement(self, at: int) -> bool:
        """Whether a word that Python 3 takes for a name is the statement of Python 2."""
        after = self._next(at)
        return after[:1] in tuple("\"'`>-[{\\") or (after[:1].isidentifier() and after not in _OPERATORS) or after[:1].isdigit()

    def _replaced(self, at: int, piece: str) -> str:
        if piece == "<>":
            return "!="
        if piece == "`":
            return " "
        if piece == "async" and self._next(at) not in ("def", "for", "with"):
            return _RENAMED
        if piece.lower() == "ur" and self._next(at)[:1] in ("'", '"'):
            return " r"
        if piece[0].isdigit() and (not at or self._pieces[at - 1] != "."):
            number = f"{piece[:-1]} " if piece[-1] in "lL" else piece
            return number.lstrip("0").rjust(len(piece)) if _OCTAL.fullmatch(number) else number
        return piece

    def _next(self, at: int) -> str:
        return next((each for each in self._pieces[at + 1 :] if each[0] not in " \t\f"), "")
