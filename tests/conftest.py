"""What the tests share: a project given as a dictionary, checked in memory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cases import Checker

from logitlint import __version__
from logitlint.config import parse_toml

if TYPE_CHECKING:
    from logitlint.diagnostics import Diagnostic


@pytest.fixture
def check() -> Checker:
    """``check({"train.py": "…"}, extend_select=("LGT3",))`` gives the findings; text is encoded as UTF-8, bytes are taken as they are."""

    def run(sources: Mapping[str, str | bytes], **settings: object) -> tuple[Diagnostic, ...]:
        from logitlint import engine
        from logitlint.config import Settings

        encoded = {path: text.encode() if isinstance(text, str) else text for path, text in sources.items()}
        report = engine.check(encoded, Settings(**settings))  # type: ignore[arg-type]
        assert not report.failed, report.messages
        return report.diagnostics

    return run


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """``PYTHONPATH`` with the part of an installation that tools look at, the entry points; it hides another logitlint's."""
    root = Path(__file__).parents[1]
    site = tmp_path_factory.mktemp("site")
    folder = site / f"logitlint-{__version__}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: logitlint\nVersion: {__version__}\n")
    groups = parse_toml((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    lines = [f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in table.items()) for group, table in groups.items()]
    (folder / "entry_points.txt").write_text("".join(lines))
    return os.pathsep.join((str(site), str(root / "src")))
