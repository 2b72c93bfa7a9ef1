"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('copy.copy', ('function', 'Transfer', (), (), (((('x',),), ('Same', 'x'), None),), (), 'R', '', ())),
    ('copy.deepcopy', ('function', 'Transfer', (), (), (((('x',), ('memo', 'plain', None)), ('Same', 'x'), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'copy',
)
