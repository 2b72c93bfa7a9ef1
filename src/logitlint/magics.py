"""What only IPython understands: magics, shell escapes and help, masked line by line, so that every other character keeps its line
and column. ``%run other.py`` becomes ``from other import *``: that is what it does to the names."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from itertools import accumulate

from logitlint.guard import STRING
from logitlint.lines import split_lines

_MAGIC_FIRST, _LOOSE_MAGIC, _LOOSE_MAGIC_CR = (re.compile(rf"{start}[ \t]*[%!]") for start in (r"\A", r"\n", r"\r"))
_PYTHON_CELL_MAGICS = frozenset(
    (
        *(
            "capture",
            "debug",
            "heat",
            "ipytest",
            "local",
            "lprun",
            "memit",
            "mprun",
            "mypy",
            "prun",
            "px",
            "pyinstrument",
            "pypy",
            "python",
        ),
        *("python3", "pytest", "run_pytest", "scalene", "skip", "snakeviz", "spark", "time", "timeit", "wandb"),
    )
)
_CELL_MAGIC = re.compile(r"%%(\w+)")
_WRITES = re.compile(r"%%(?:writefile|file)[ \t]+(-a[ \t]+|--append[ \t]+)?(['\"]?)([^\s'\"{}$]+\.py)\2[ \t]*$")
_ESCAPE = re.compile(r"([ \t]*)(?:[%!?]|[,;/](?=[\w]))")
_TARGET = r"[A-Za-z_](?:[\w., \t*:]|\[[^\]\r\n]*\])*=[ \t]*"
_ASSIGNMENT = re.compile(rf"([ \t]*{_TARGET})(?:%(?=\w)|!)")
_HELP = re.compile(r"([ \t]*)[\w.*\[\]'\"]+[ \t]*\?{1,2}[ \t;]*(?:#.*)?$")
_BARE = re.compile(
    r"([ \t]*)(?:pip3?|conda|mamba|micromamba|cd|ls|ll|mkdir|rmdir|cp|mv|rm|cat|run|load|load_ext|env|matplotlib|time|timeit)"
    r"[ \t]+(?![=(\[,:+*%&|^<>]|(?:in|is|if|and|or|not|for|else)\b)\S"
)
_TIME = re.compile(rf"([ \t]*(?:{_TARGET})?)(%time[ \t]+)(?=[\w(\[{{\"'-])")
_RUN = re.compile(r"[ \t]*%run[ \t]+(?:-[einp][ \t]+)*(['\"]?)((?:\.{0,2}/)*)([\w/]+?)(?:\.py|\.ipynb)?\1(?:[ \t]|$)")
_AIMPORT = re.compile(r"[ \t]*%aimport[ \t]+([A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*)[ \t]*$")
_PIECE = re.compile(rf"{STRING}|#[^\r\n]*|[(\[{{]|[)\]}}]|\r\n?|\n|\\(?:\r\n?|\n)|[^\"'#(\[{{)\]}}\r\n\\]+|\\")
_REST_OF_LINE = re.compile(r"[^\r\n]*")


DATABRICKS = "# Databricks notebook source"
_MAGIC_COMMENT = "# MAGIC "


def has_magic(text: str) -> bool:
    # One pattern for the three would be seven times slower: sre looks for a fixed first character as fast as memory allows.
    return bool(_MAGIC_FIRST.match(text) or _LOOSE_MAGIC.search(text) or _LOOSE_MAGIC_CR.search(text))


# Decoding


def run_lines(text: str) -> tuple[str, dict[int, str]]:
    """A notebook that Databricks exported: its ``%run`` of another one stands in a comment."""
    lines = split_lines(text)
    masked: dict[int, str] = {}
    for number, line in enumerate(lines):
        old = line.rstrip("\r\n")
        match = _RUN.match(old[len(_MAGIC_COMMENT) :]) if old.startswith(_MAGIC_COMMENT) else None
        replacement = _star_import(match[2], match[3]) if match is not None else "pass"
        if replacement != "pass":
            masked[number + 1] = old
            lines[number] = replacement + line[len(old) :]
    return "".join(lines), masked


def hands_over(lines: list[str]) -> bool:
    """True when the cell is not Python: its first magic hands the whole cell to something else."""
    for line in lines:
        stripped = line.strip()
        magic = _CELL_MAGIC.match(stripped)
        if magic is None and stripped and not stripped.startswith("#"):
            return False
        if magic is not None and magic[1] not in _PYTHON_CELL_MAGICS:
            return True
    return False


def written_file(lines: list[str]) -> tuple[str, bool] | None:
    """The Python file that a cell is written to, seen from the notebook's folder, and whether it is put behind what is there; None of
    other cells, and where the path is computed. Of a path that leads elsewhere the name: there the notebook puts it on its search path."""
    magic = next((line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    match = _WRITES.match(magic)
    if match is None:
        return None
    parts = [part for part in match[3].split("/") if part not in ("", ".")]
    return "/".join(parts[-1:] if match[3].startswith(("/", "~")) or ".." in parts else parts), match[1] is not None


def mask(text: str, parses: Callable[[str], bool]) -> tuple[str, dict[int, str]]:
    """Replace IPython's syntax at the start of logical lines by Python of as many lines; also the replaced lines, by number from 1."""
    lines = split_lines(text)
    offsets = list(accumulate(map(len, lines), initial=0))
    masked: dict[int, str] = {}
    number = 0
    while number < len(lines):
        line = lines[number].rstrip("\r\n")
        replacement = _replacement(line, parses)
        if replacement is None:
            number += _lines_in_logical_line(text, offsets[number])
            continue
        last = _last_masked(lines, number)
        for index in range(number, last + 1):
            old = lines[index].rstrip("\r\n")
            masked[index + 1] = old
            lines[index] = (replacement if index == number else "") + lines[index][len(old) :]
        number = last + 1
    return "".join(lines), masked


def _last_masked(lines: list[str], number: int) -> int:
    """Index of the last line that the escape at ``number`` takes: its continuations, or the rest for a cell magic of another language."""
    magic = _CELL_MAGIC.match(lines[number])
    if magic is not None and magic[1] not in _PYTHON_CELL_MAGICS:
        return len(lines) - 1
    while number + 1 < len(lines) and lines[number].rstrip("\r\n").endswith("\\"):
        number += 1
    return number


def _lines_in_logical_line(text: str, start: int) -> int:
    """How many lines the logical line has that starts at ``start``. Read from there on, since a masked line above may hold any quote."""
    depth = lines = 0
    for match in _PIECE.finditer(text, start):
        token = match[0]
        if token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token in ("\n", "\r", "\r\n"):
            lines += 1
            if depth <= 0:
                return lines
        elif "\n" in token or "\r" in token:
            lines += len(split_lines(token + ".")) - 1
    return lines + 1


def _replacement(line: str, parses: Callable[[str], bool]) -> str | None:
    """Python in place of one line of IPython; None when the line is not IPython's own."""
    run = _RUN.match(line)
    if run is not None:
        return _indent(line) + _star_import(run[2], run[3])
    imported = _AIMPORT.match(line)
    if imported is not None and not any(map(keyword.iskeyword, re.split(r"\W+", imported[1]))):
        return f"{_indent(line)}import {imported[1]}"
    timed = _TIME.match(line)
    if timed is not None:
        filler = "0;".ljust(len(timed[2])) if timed[1].isspace() or not timed[1] else " " * len(timed[2])
        python = timed[1] + filler + line[timed.end() :]
        if not line.endswith("\\") and parses(python.strip()):
            return python
    assignment = _ASSIGNMENT.match(line)
    if assignment is not None:
        return assignment[1] + "None"
    for pattern in (_ESCAPE, _HELP, _BARE):
        match = pattern.match(line)
        if match is not None:
            return match[1] + "pass"
    return None


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _star_import(up: str, path: str) -> str:
    """``%run`` of a plain path runs the file in this module's scope: the same names come from a star import."""
    parts = [part for part in path.split("/") if part]
    absolute = path.startswith("/") or up.startswith("/")
    if absolute or not parts or not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        return "pass"
    levels = up.count("..")
    return f"from {'.' * (levels + 1) if levels else ''}{'.'.join(parts)} import *"
