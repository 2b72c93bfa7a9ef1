"""Pictures of what the program prints, for the README.

    python tests/screenshots.py --write    renews docs/*.svg

Each is the ``full`` report of a file of the demo, as a terminal of 100 columns shows it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "fixtures" / "demo"
DOCS = ROOT / "docs"

#: name of the picture -> the file that is linted
PICTURES = {"full-pytorch": "orchard/train.py", "full-keras": "orchard/keras_classifier.py"}

COLUMNS = 100
_CHAR, _LINE, _MARGIN, _BAR = 8.4, 20, 16, 36  #: pixels: a column, a line, around the text, the window's bar
_BACKGROUND, _PLAIN, _FRAME = "#161b22", "#c9d1d9", "#30363d"
_BUTTONS = ("#ff5f56", "#ffbd2e", "#27c93f")
_STYLES = {
    "": _PLAIN,
    "1": "#ffffff",
    "2": "#8b949e",
    "31": "#ff7b72",
    "32": "#7ee787",
    "33": "#e3b341",
    "34": "#79c0ff",
    "36": "#76e3ea",
    "1;31": "#ff7b72",
    "1;33": "#e3b341",
    "1;34": "#79c0ff",
}
_ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")


def printed(path: str) -> str:
    """The coloured report of one file of the demo."""
    from logitlint import engine
    from logitlint.config import load
    from logitlint.reporters import REPORTERS

    here = os.getcwd()
    os.chdir(DEMO)
    try:
        report = engine.run((path,), load((path,), {"no_cache": True}))
        return REPORTERS["full"](report, color=True, width=COLUMNS)
    finally:
        os.chdir(here)


def _runs(line: str) -> Iterator[tuple[int, str, str]]:
    """Column, style and text of the parts of a line that have one style."""
    column, style = 0, ""
    for index, part in enumerate(_ESCAPE.split(line)):
        if index % 2:
            style = "" if part == "0" else part
        elif part:
            yield column, style, part
            column += len(part)


def picture(path: str) -> str:
    """A window of a terminal as SVG. Every run of characters is set to its columns, whatever font the viewer has."""
    prompt = f"\x1b[32m$\x1b[0m \x1b[1mlogitlint check --output-format full {path}\x1b[0m"
    lines = [prompt, "", *printed(path).rstrip("\n").split("\n")]
    width, height = round(COLUMNS * _CHAR + 2 * _MARGIN), len(lines) * _LINE + 2 * _MARGIN + _BAR
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">',
        f"<title>{escape(_ESCAPE.sub('', prompt))}</title>",
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8" fill="{_BACKGROUND}" stroke="{_FRAME}"/>',
        *(f'<circle cx="{20 + 20 * index}" cy="20" r="6" fill="{color}"/>' for index, color in enumerate(_BUTTONS)),
        f'<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14" fill="{_PLAIN}">',
    ]
    for number, line in enumerate(lines):
        for column, style, text in _runs(line):
            if text.strip():
                out.append(_text(number, column, style, text))
    return "\n".join([*out, "</g>", "</svg>", ""])


def _text(number: int, column: int, style: str, text: str) -> str:
    blanks = len(text) - len(text.lstrip())
    shown = text.strip()
    left, bottom = _MARGIN + (column + blanks) * _CHAR, _BAR + _MARGIN + number * _LINE + 12
    look = (f' fill="{_STYLES[style]}"' if style else "") + (' font-weight="bold"' if style.startswith("1") else "")
    place = f'x="{left:.1f}" y="{bottom}" textLength="{len(shown) * _CHAR:.1f}" xml:space="preserve"'
    return f"<text {place}{look}>{escape(shown)}</text>"


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    DOCS.mkdir(exist_ok=True)
    for name, path in PICTURES.items():
        (DOCS / f"{name}.svg").write_text(picture(path), encoding="utf-8", newline="\n")
