"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('efficientnet_pytorch.EfficientNet', ('class', 'Layer', ('torch.nn.Module',), (((('blocks_args', 'plain', None), ('global_params', 'plain', None)), None, None),), (((('inputs',),), ('Scores',), None),), (('from_name', (((('cls',), ('model_name',), ('in_channels', 'plain', 3), ('include_top', 'keyword', True), ('override_params', '**', '<opaque>')), ('Object', 'cls'), None),)), ('from_pretrained', (((('cls',), ('model_name',), ('weights_path', 'plain', None), ('advprop', 'plain', False), ('in_channels', 'plain', 3), ('num_classes', 'plain', 1000), ('include_top', 'keyword', True), ('override_params', '**', '<opaque>')), ('Object', 'cls'), None),)), ('extract_features', (((('self',), ('inputs',)), ('Unknown',), None),))), 'R', '', (('_fc', ('Head',)),))),
)
ALIASES: tuple[Any, ...] = (
    ('efficientnet_pytorch.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'efficientnet_pytorch',
)
