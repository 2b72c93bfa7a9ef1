"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('torch_scatter.scatter', ('function', 'Transfer', (), (), (((('src',), ('index',), ('dim', 'plain', -1), ('out', 'plain', None), ('dim_size', 'plain', None), ('reduce', 'plain', 'sum', 'flag', None, None, ('mean',))), ('Mean', 'src', 'dim'), None), ((('src',), ('index',), ('dim', 'plain', -1), ('out', 'plain', None), ('dim_size', 'plain', None), ('reduce', 'plain', 'sum', 'flag', None, None, ('max', 'min'))), ('Max', 'src'), None)), (), 'S', '', ())),
    ('torch_scatter.scatter_max', ('function', 'Transfer', (), (), (((('src',), ('index',), ('dim', 'plain', -1), ('out', 'plain', None), ('dim_size', 'plain', None)), ('Pair', ('Max', 'src'), ('Unknown',)), None),), (), 'S', '', ())),
    ('torch_scatter.scatter_mean', ('function', 'Transfer', (), (), (((('src',), ('index',), ('dim', 'plain', -1), ('out', 'plain', None), ('dim_size', 'plain', None)), ('Mean', 'src', 'dim'), None),), (), 'S', '', ())),
    ('torch_scatter.scatter_min', ('function', 'Transfer', (), (), (((('src',), ('index',), ('dim', 'plain', -1), ('out', 'plain', None), ('dim_size', 'plain', None)), ('Pair', ('Max', 'src'), ('Unknown',)), None),), (), 'S', '', ())),
    ('torch_scatter.scatter_softmax', ('function', 'Activation', (), (), (((('src',), ('index',), ('dim', 'plain', -1), ('dim_size', 'plain', None)), ('Unit',), None),), (), 'S', 'The numbers of each group sum to one, which need not be those along an axis.', ())),
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
    'torch_scatter',
)
