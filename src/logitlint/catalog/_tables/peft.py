"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('peft.get_peft_model', ('function', 'Transfer', (), (), (((('model',), ('peft_config',), ('adapter_name', 'plain', 'default'), ('mixed', 'plain', False), ('autocast_adapter_dtype', 'plain', True), ('kwargs', '**', '<opaque>')), ('Wrap', 'model'), None),), (), 'R', '', ())),
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
    'peft',
)
