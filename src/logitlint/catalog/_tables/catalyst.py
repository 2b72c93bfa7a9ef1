"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('catalyst.contrib.losses.DiceLoss', ('class', 'Loss', ('torch.nn.Module',), (((('class_dim', 'plain', 1), ('mode', 'plain', 'macro'), ('weights', 'plain', None), ('eps', 'plain', 1e-07)), None, None),), (((('outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('catalyst.contrib.losses.FocalLossBinary', ('class', 'Loss', ('torch.nn.Module',), (((('ignore', 'plain', None), ('reduced', 'plain', False), ('gamma', 'plain', 2.0), ('alpha', 'plain', 0.25), ('threshold', 'plain', 0.5), ('reduction', 'plain', 'mean')), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.FocalLossMultiClass', ('class', 'Loss', ('torch.nn.Module',), (((('ignore', 'plain', None), ('reduced', 'plain', False), ('gamma', 'plain', 2.0), ('alpha', 'plain', 0.25), ('threshold', 'plain', 0.5), ('reduction', 'plain', 'mean')), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'A sigmoid focal loss for each class: no softmax is applied.', ())),
    ('catalyst.contrib.losses.FocalTrevskyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('beta', 'plain', None), ('gamma', 'plain', '<opaque>'), ('class_dim', 'plain', 1), ('mode', 'plain', 'macro'), ('weights', 'plain', None), ('eps', 'plain', 1e-07)), None, None),), (((('outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.HuberLossV0', ('class', 'Loss', ('torch.nn.Module',), (((('clip_delta', 'plain', 1.0), ('reduction', 'plain', 'mean')), None, None),), (((('output', 'plain', '<required>', 'prediction', 'any'), ('target', 'plain', '<required>', 'target'), ('weights', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.IoULoss', ('class', 'Loss', ('torch.nn.Module',), (((('class_dim', 'plain', 1), ('mode', 'plain', 'macro'), ('weights', 'plain', None), ('eps', 'plain', 1e-07)), None, None),), (((('outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.LovaszLossBinary', ('class', 'Loss', ('torch.nn.Module',), (((('per_image', 'plain', False), ('ignore', 'plain', None)), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.LovaszLossMultiClass', ('class', 'Loss', ('torch.nn.Module',), (((('per_image', 'plain', False), ('ignore', 'plain', None)), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'prob_cat', 1), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Takes probabilities, whatever the name of its argument says.', ())),
    ('catalyst.contrib.losses.LovaszLossMultiLabel', ('class', 'Loss', ('torch.nn.Module',), (((('per_image', 'plain', False), ('ignore', 'plain', None)), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.MaskCrossEntropyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('mask',)), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.NaiveCrossEntropyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('size_average', 'plain', True),), None, None),), (((('input_', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('catalyst.contrib.losses.RSquareLoss', ('class', 'Loss', ('torch.nn.Module',), (((), None, None),), (((('outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.SymmetricCrossEntropyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha', 'plain', 1.0), ('beta', 'plain', 1.0)), None, None),), (((('input_', 'plain', '<required>', 'prediction', 'prob_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Takes probabilities.', ())),
    ('catalyst.contrib.losses.TrevskyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha',), ('beta', 'plain', None), ('class_dim', 'plain', 1), ('mode', 'plain', 'macro'), ('weights', 'plain', None), ('eps', 'plain', 1e-07)), None, None),), (((('outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('catalyst.contrib.losses.WingLoss', ('class', 'Loss', ('torch.nn.Module',), (((('width', 'plain', 5), ('curvature', 'plain', 0.5), ('reduction', 'plain', 'mean')), None, None),), (((('outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('catalyst.contrib.losses.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
    ('catalyst.contrib.nn', ('catalyst.contrib.losses',)),
    ('catalyst.contrib.nn.criterion', ('catalyst.contrib.losses',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'catalyst',
    'catalyst.contrib',
    'catalyst.contrib.losses',
    'catalyst.contrib.nn',
    'catalyst.contrib.nn.criterion',
)
