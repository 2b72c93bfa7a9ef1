"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('deepspeed.initialize', ('function', 'Transfer', (), (), (((('args', 'plain', None), ('model', 'plain', None), ('optimizer', 'plain', None), ('model_parameters', 'plain', None), ('training_data', 'plain', None), ('lr_scheduler', 'plain', None), ('distributed_port', 'plain', None), ('mpu', 'plain', None), ('dist_init_required', 'plain', None), ('collate_fn', 'plain', None), ('config', 'plain', None), ('mesh_param', 'plain', None), ('config_params', 'plain', None)), ('Pair', ('Wrap', 'model'), ('Unknown',), ('Unknown',), ('Unknown',)), None),), (), 'R', '', ())),
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
    'deepspeed',
)
