"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('chex.assert_max_traces', ('function', 'Transfer', (), (), (((('fn', 'plain', None), ('n', 'plain', None)), ('Wrap', 'fn'), None),), (), 'S', '', ())),
    ('chex.chexify', ('function', 'Transfer', (), (), (((('fn',), ('async_check', 'plain', True), ('errors', 'plain', '<opaque>')), ('Wrap', 'fn'), None),), (), 'S', '', ())),
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
    'chex',
)
