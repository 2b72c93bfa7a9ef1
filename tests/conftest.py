"""What the tests share: a project given as a dictionary, checked in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from cases import Checker

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
