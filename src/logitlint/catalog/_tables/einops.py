"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('einops.layers.flax.Rearrange', ('class', 'Layer', (), (((('pattern',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('input',),), ('Permute', 'input'), None),), (), 'R', '', ())),
    ('einops.layers.flax.Reduce', ('class', 'Layer', (), (((('pattern',), ('reduction',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('input',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('mean',))), ('Mean', 'input'), None), ((('input',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('max', 'min'))), ('Max', 'input'), None), ((('input',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('sum',))), ('Sum', 'input'), None)), (), 'R', '', ())),
    ('einops.layers.keras.Rearrange', ('class', 'Layer', (), (((('pattern',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('inputs',),), ('Permute', 'inputs'), None),), (), 'R', '', ())),
    ('einops.layers.keras.Reduce', ('class', 'Layer', (), (((('pattern',), ('reduction',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('inputs',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('mean',))), ('Mean', 'inputs'), None), ((('inputs',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('max', 'min'))), ('Max', 'inputs'), None), ((('inputs',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('sum',))), ('Sum', 'inputs'), None)), (), 'R', '', ())),
    ('einops.layers.tensorflow.Rearrange', ('class', 'Layer', (), (((('pattern',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('inputs',),), ('Permute', 'inputs'), None),), (), 'R', '', ())),
    ('einops.layers.tensorflow.Reduce', ('class', 'Layer', (), (((('pattern',), ('reduction',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('inputs',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('mean',))), ('Mean', 'inputs'), None), ((('inputs',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('max', 'min'))), ('Max', 'inputs'), None), ((('inputs',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('sum',))), ('Sum', 'inputs'), None)), (), 'R', '', ())),
    ('einops.layers.torch.Rearrange', ('class', 'Layer', (), (((('pattern',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('input',),), ('Permute', 'input'), None),), (), 'R', '', ())),
    ('einops.layers.torch.Reduce', ('class', 'Layer', (), (((('pattern',), ('reduction',), ('axes_lengths', '**', '<opaque>')), None, None),), (((('input',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('mean',))), ('Mean', 'input'), None), ((('input',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('max', 'min'))), ('Max', 'input'), None), ((('input',), ('reduction', 'keyword', '<required>', 'flag', None, None, ('sum',))), ('Sum', 'input'), None)), (), 'R', '', ())),
    ('einops.rearrange', ('function', 'Transfer', (), (), (((('tensor',), ('pattern',), ('axes_lengths', '**', '<opaque>')), ('Permute', 'tensor'), None),), (), 'R', '', ())),
    ('einops.reduce', ('function', 'Transfer', (), (), (((('tensor',), ('pattern',), ('reduction', 'plain', '<required>', 'flag', None, None, ('mean',)), ('axes_lengths', '**', '<opaque>')), ('Mean', 'tensor'), None), ((('tensor',), ('pattern',), ('reduction', 'plain', '<required>', 'flag', None, None, ('max', 'min')), ('axes_lengths', '**', '<opaque>')), ('Max', 'tensor'), None), ((('tensor',), ('pattern',), ('reduction', 'plain', '<required>', 'flag', None, None, ('sum',)), ('axes_lengths', '**', '<opaque>')), ('Sum', 'tensor'), None)), (), 'R', '', ())),
    ('einops.repeat', ('function', 'Transfer', (), (), (((('tensor',), ('pattern',), ('axes_lengths', '**', '<opaque>')), ('Permute', 'tensor'), None),), (), 'R', '', ())),
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
    'einops',
    'einops.layers',
    'einops.layers.flax',
    'einops.layers.keras',
    'einops.layers.tensorflow',
    'einops.layers.torch',
)
