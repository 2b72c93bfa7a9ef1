"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('focal_loss.BinaryFocalLoss', ('class', 'Loss', (), (((('gamma', 'plain', 2.0), ('pos_weight', 'keyword', None), ('from_logits', 'keyword', False, 'flag', None, None, (False,)), ('label_smoothing', 'keyword', None), ('kwargs', '**', '<opaque>')), None, 'prob_el'), ((('gamma', 'plain', 2.0), ('pos_weight', 'keyword', None), ('from_logits', 'keyword', False, 'flag', None, None, (True,)), ('label_smoothing', 'keyword', None), ('kwargs', '**', '<opaque>')), None, 'logits_el')), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'R', '', ())),
    ('focal_loss.SparseCategoricalFocalLoss', ('class', 'Loss', (), (((('gamma', 'plain', 2.0), ('class_weight', 'plain', None), ('from_logits', 'plain', False, 'flag', None, None, (False,)), ('kwargs', '**', '<opaque>')), None, 'prob_cat'), ((('gamma', 'plain', 2.0), ('class_weight', 'plain', None), ('from_logits', 'plain', False, 'flag', None, None, (True,)), ('kwargs', '**', '<opaque>')), None, 'logits_cat')), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'R', '', ())),
    ('focal_loss.binary_focal_loss', ('function', 'Loss', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'prob_el'), ('gamma', 'plain', 2.0), ('pos_weight', 'keyword', None), ('from_logits', 'keyword', False, 'flag', None, None, (False,)), ('label_smoothing', 'keyword', None)), ('LossValue',), None), ((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'logits_el'), ('gamma', 'plain', 2.0), ('pos_weight', 'keyword', None), ('from_logits', 'keyword', False, 'flag', None, None, (True,)), ('label_smoothing', 'keyword', None)), ('LossValue',), None)), (), 'R', '', ())),
    ('focal_loss.focal_loss.FocalLoss', ('class', 'Loss', ('torch.nn.Module',), (((('gamma',), ('weights', 'plain', None), ('reduction', 'plain', 'mean'), ('ignore_index', 'plain', -100), ('eps', 'plain', 1e-16)), None, None),), (((('x', 'plain', '<required>', 'prediction', 'any'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', 'Asserts that its input lies in [0, 1].', ())),
    ('focal_loss.sparse_categorical_focal_loss', ('function', 'Loss', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'prob_cat', 'axis'), ('gamma', 'plain', 2.0), ('class_weight', 'keyword', None), ('from_logits', 'keyword', False, 'flag', None, None, (False,)), ('axis', 'keyword', -1)), ('LossValue',), None), ((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('gamma', 'plain', 2.0), ('class_weight', 'keyword', None), ('from_logits', 'keyword', False, 'flag', None, None, (True,)), ('axis', 'keyword', -1)), ('LossValue',), None)), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('focal_loss.focal_loss.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'focal_loss',
    'focal_loss.focal_loss',
)
