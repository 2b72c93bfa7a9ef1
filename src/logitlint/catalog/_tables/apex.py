"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('apex.parallel.convert_syncbn_model', ('function', 'Transfer', (), (), (((('module',), ('process_group', 'plain', None), ('channel_last', 'plain', False)), ('Wrap', 'module'), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('apex.parallel.DistributedDataParallel', 'torch.nn.parallel.DistributedDataParallel'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'apex',
    'apex.parallel',
)
