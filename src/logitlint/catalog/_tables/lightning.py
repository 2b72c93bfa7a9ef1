"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('lightning.pytorch.LightningModule', ('class', 'Model', ('torch.nn.Module',), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (('log', (((('self',), ('name',), ('value',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),)), ('log_dict', (((('self',), ('dictionary',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),)), ('save_hyperparameters', (((('self',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),)), ('manual_backward', (((('self',), ('loss',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),)), ('load_from_checkpoint', (((('cls',), ('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), ('Object', 'cls'), None),))), 'R', "A user's model: forward and the step methods decide.", ())),
)
ALIASES: tuple[Any, ...] = (
    ('lightning.pytorch.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
    ('lightning', ('lightning.pytorch',)),
    ('lightning.pytorch.core', ('lightning.pytorch',)),
    ('lightning.pytorch.core.module', ('lightning.pytorch',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'lightning',
    'lightning.pytorch',
    'lightning.pytorch.core',
    'lightning.pytorch.core.module',
)
