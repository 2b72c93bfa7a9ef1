"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('timm.create_model', ('class', 'Layer', ('torch.nn.Module',), (((('model_name',), ('pretrained', 'plain', False), ('pretrained_cfg', 'plain', None), ('pretrained_cfg_overlay', 'plain', None), ('checkpoint_path', 'plain', None), ('cache_dir', 'plain', None), ('scriptable', 'plain', None), ('exportable', 'plain', None), ('no_jit', 'plain', None), ('num_classes', 'keyword', 1000), ('features_only', 'keyword', False), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Scores',), None),), (('forward_features', (((('self',), ('x',)), ('Unknown',), None),)), ('get_classifier', (((('self',),), ('Unknown',), None),))), 'R', 'A classifier gives scores until its last layer is replaced, which has one of these names.', (('fc', ('Head',)), ('classifier', ('Head',)), ('head', ('Head', 'fc'))))),
    ('timm.layers.GELU', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('input',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.GELUTanh', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('input',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.HardMish', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.HardSigmoid', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('x',),), ('Unit',), None),), (), 'S', '', ())),
    ('timm.layers.HardSwish', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.Mish', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.PReLU', ('class', 'Activation', ('torch.nn.Module',), (((('num_parameters', 'plain', 1), ('init', 'plain', 0.25), ('inplace', 'plain', False)), None, None),), (((('input',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.QuickGELU', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('input',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.Sigmoid', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('x', 'plain', '<required>', 'input'),), ('ProbEl',), None),), (), 'S', '', ())),
    ('timm.layers.Swish', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.Tanh', ('class', 'Activation', ('torch.nn.Module',), (((('inplace', 'plain', False),), None, None),), (((('x',),), ('BoundedPM1',), None),), (), 'S', '', ())),
    ('timm.layers.gelu', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.gelu_tanh', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.hard_mish', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.hard_sigmoid', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('Unit',), None),), (), 'S', '', ())),
    ('timm.layers.hard_swish', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.mish', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.quick_gelu', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.sigmoid', ('function', 'Activation', (), (), (((('x', 'plain', '<required>', 'input'), ('inplace', 'plain', False)), ('ProbEl',), None),), (), 'S', '', ())),
    ('timm.layers.swish', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('timm.layers.tanh', ('function', 'Activation', (), (), (((('x',), ('inplace', 'plain', False)), ('BoundedPM1',), None),), (), 'S', '', ())),
    ('timm.loss.AsymmetricLossMultiLabel', ('class', 'Loss', ('torch.nn.Module',), (((('gamma_neg', 'plain', 4), ('gamma_pos', 'plain', 1), ('clip', 'plain', 0.05), ('eps', 'plain', 1e-08), ('disable_torch_grad_focal_loss', 'plain', False), ('smoothing', 'plain', 0.0), ('reduction', 'plain', 'batchmean'), ('weight', 'plain', None), ('pos_weight', 'plain', None)), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_el'), ('y', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('timm.loss.AsymmetricLossSingleLabel', ('class', 'Loss', ('torch.nn.Module',), (((('gamma_pos', 'plain', 1), ('gamma_neg', 'plain', 4), ('eps', 'plain', 0.1), ('reduction', 'plain', 'mean')), None, None),), (((('inputs', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('target', 'plain', '<required>', 'target'), ('reduction', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('timm.loss.BinaryCrossEntropy', ('class', 'Loss', ('torch.nn.Module',), (((('smoothing', 'plain', 0.1), ('target_threshold', 'plain', None), ('weight', 'plain', None), ('reduction', 'plain', 'mean'), ('sum_classes', 'plain', False), ('pos_weight', 'plain', None), ('smooth_dense', 'plain', False)), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', 'Takes logits in spite of its name.', ())),
    ('timm.loss.DistributionBalancedLoss', ('class', 'Loss', ('torch.nn.Module',), (((('class_counts',), ('num_samples',), ('map_alpha', 'plain', 0.1), ('map_beta', 'plain', 10.0), ('map_mu', 'plain', 0.2), ('neg_scale', 'plain', 2.0), ('init_bias', 'plain', 0.05), ('focal_gamma', 'plain', 2.0), ('focal_balance', 'plain', 2.0), ('smoothing', 'plain', 0.0), ('reduction', 'plain', 'mean')), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('timm.loss.JsdCrossEntropy', ('class', 'Loss', ('torch.nn.Module',), (((('num_splits', 'plain', 3), ('alpha', 'plain', 12), ('smoothing', 'plain', 0.1)), None, None),), (((('output', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('timm.loss.LabelSmoothingCrossEntropy', ('class', 'Loss', ('torch.nn.Module',), (((('smoothing', 'plain', 0.1),), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('timm.loss.PolyBinaryCrossEntropy', ('class', 'Loss', ('torch.nn.Module',), (((('epsilon', 'plain', 2.0), ('gamma', 'plain', 0.0), ('alpha', 'plain', None), ('smoothing', 'plain', 0.0), ('reduction', 'plain', 'mean')), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('timm.loss.PolyCrossEntropy', ('class', 'Loss', ('torch.nn.Module',), (((('epsilon', 'plain', 2.0), ('smoothing', 'plain', 0.0), ('reduction', 'plain', 'mean')), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('timm.loss.SoftTargetCrossEntropy', ('class', 'Loss', ('torch.nn.Module',), (((), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('timm.loss.TwoWayLoss', ('class', 'Loss', ('torch.nn.Module',), (((('tp', 'plain', 4.0), ('tn', 'plain', 1.0)), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('timm.loss.ZlprLoss', ('class', 'Loss', ('torch.nn.Module',), (((), None, None),), (((('x', 'plain', '<required>', 'prediction', 'logits_el'), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('timm.Module', 'torch.nn.Module'),
    ('timm.layers.Module', 'torch.nn.Module'),
    ('timm.loss.Module', 'torch.nn.Module'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'timm',
    'timm.layers',
    'timm.loss',
)
