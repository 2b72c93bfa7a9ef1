"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""
# ruff: noqa

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('pytorch_toolbelt.losses.BalancedBCEWithLogitsLoss', ('class', 'Loss', ('torch.nn.Module',), (((('gamma', 'plain', 1.0), ('reduction', 'plain', 'mean'), ('ignore_index', 'plain', None)), None, None),), (((('output', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('pytorch_toolbelt.losses.BinaryFocalLoss', ('class', 'Loss', ('torch.nn.Module',), (((('alpha', 'plain', None), ('gamma', 'plain', 2.0), ('ignore_index', 'plain', None), ('reduction', 'plain', 'mean'), ('normalized', 'plain', False), ('reduced_threshold', 'plain', None), ('activation', 'plain', 'sigmoid'), ('softmax_dim', 'plain', None), ('class_weights', 'plain', None)), None, None),), (((('inputs', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('pytorch_toolbelt.losses.BinarySoftF1Loss', ('class', 'Loss', ('torch.nn.Module',), (((('ignore_index', 'plain', None), ('eps', 'plain', 1e-06)), None, None),), (((('preds', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('pytorch_toolbelt.losses.CrossEntropyFocalLoss', ('class', 'Loss', ('torch.nn.Module',), (((('gamma', 'plain', 2.0), ('reduction', 'plain', 'mean'), ('normalized', 'plain', False), ('reduced_threshold', 'plain', None), ('ignore_index', 'plain', -100), ('class_weights', 'plain', None)), None, None),), (((('inputs', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('pytorch_toolbelt.losses.DiceLoss', ('class', 'Loss', ('torch.nn.Module',), (((('mode', 'plain', '<required>', 'flag', None, None, ('binary', 'multilabel')), ('classes', 'plain', None), ('log_loss', 'plain', False), ('from_logits', 'plain', True, 'flag', None, None, (True,)), ('smooth', 'plain', 0.0), ('ignore_index', 'plain', None), ('eps', 'plain', 1e-07)), None, 'logits_el'), ((('mode', 'plain', '<required>', 'flag', None, None, ('multiclass',)), ('classes', 'plain', None), ('log_loss', 'plain', False), ('from_logits', 'plain', True, 'flag', None, None, (True,)), ('smooth', 'plain', 0.0), ('ignore_index', 'plain', None), ('eps', 'plain', 1e-07)), None, 'logits_cat'), ((('mode',), ('classes', 'plain', None), ('log_loss', 'plain', False), ('from_logits', 'plain', True, 'flag', None, None, (False,)), ('smooth', 'plain', 0.0), ('ignore_index', 'plain', None), ('eps', 'plain', 1e-07)), None, 'any')), (((('y_pred', 'plain', '<required>', 'prediction'), ('y_true', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', 'Applies the activation of its mode itself unless from_logits is off (the opposite of the default of Keras).', ())),
    ('pytorch_toolbelt.losses.JaccardLoss', ('class', 'Loss', ('torch.nn.Module',), (((('mode', 'plain', '<required>', 'flag', None, None, ('binary', 'multilabel')), ('classes', 'plain', None), ('log_loss', 'plain', False), ('from_logits', 'plain', True, 'flag', None, None, (True,)), ('smooth', 'plain', 0), ('eps', 'plain', 1e-07)), None, 'logits_el'), ((('mode', 'plain', '<required>', 'flag', None, None, ('multiclass',)), ('classes', 'plain', None), ('log_loss', 'plain', False), ('from_logits', 'plain', True, 'flag', None, None, (True,)), ('smooth', 'plain', 0), ('eps', 'plain', 1e-07)), None, 'logits_cat'), ((('mode',), ('classes', 'plain', None), ('log_loss', 'plain', False), ('from_logits', 'plain', True, 'flag', None, None, (False,)), ('smooth', 'plain', 0), ('eps', 'plain', 1e-07)), None, 'any')), (((('y_pred', 'plain', '<required>', 'prediction'), ('y_true', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Applies the activation of its mode itself unless from_logits is off (the opposite of the default of Keras).', ())),
    ('pytorch_toolbelt.losses.QualityFocalLoss', ('class', 'Loss', ('torch.nn.Module',), (((('beta', 'plain', 2), ('reduction', 'plain', 'mean')), None, None),), (((('predictions', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('pytorch_toolbelt.losses.SoftBCEWithLogitsLoss', ('class', 'Loss', ('torch.nn.Module',), (((('weight', 'plain', None), ('ignore_index', 'plain', -100), ('reduction', 'plain', 'mean'), ('smooth_factor', 'plain', None), ('pos_weight', 'plain', None)), None, None),), (((('input', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('pytorch_toolbelt.losses.SoftCrossEntropyLoss', ('class', 'Loss', ('torch.nn.Module',), (((('reduction', 'plain', 'mean'), ('smooth_factor', 'plain', 0.0), ('ignore_index', 'plain', -100), ('dim', 'plain', 1)), None, None),), (((('input', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('pytorch_toolbelt.losses.SoftF1Loss', ('class', 'Loss', ('torch.nn.Module',), (((('ignore_index', 'plain', None), ('eps', 'plain', 1e-06)), None, None),), (((('preds', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('pytorch_toolbelt.losses.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'pytorch_toolbelt',
    'pytorch_toolbelt.losses',
)
