"""What the README shows is what the program prints.

    python tests/readme.py --write    renews the generated blocks

A block stands between ``<!-- NAME:begin … -->`` and ``<!-- NAME:end -->``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

#: name of the block -> (the command's arguments, how it is fenced)
BLOCKS = {
    "demo": (("check", "--no-cache", "fixtures/demo"), "text"),
    "rules": (("rules", "--output-format", "markdown"), None),
}


def logitlint(*arguments: str) -> tuple[int, str]:
    """Exit status and standard output of the program, run from the top of the repository."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", "from logitlint.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout


def block(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}:begin[^\n]*-->\n)(.*?)(<!-- {name}:end -->)", re.DOTALL)


def generated(name: str) -> str:
    arguments, fence = BLOCKS[name]
    status, output = logitlint(*arguments)
    if status not in (0, 1):
        raise RuntimeError(f"logitlint {' '.join(arguments)} ended with status {status}")
    return f"```{fence}\n{output.rstrip()}\n```\n" if fence else f"\n{output.strip()}\n\n"


def renewed(text: str) -> str:
    for name in BLOCKS:
        fresh = generated(name)
        text = block(name).sub(lambda found, fresh=fresh: found[1] + fresh + found[3], text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
