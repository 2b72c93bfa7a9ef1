"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('fastai.learner.Learner', ('class', 'Trainer', (), (((('dls',), ('model',), ('loss_func', 'plain', None), ('opt_func', 'plain', '<opaque>'), ('lr', 'plain', 0.001), ('splitter', 'plain', '<opaque>'), ('cbs', 'plain', None), ('metrics', 'plain', None), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', '', ())),
    ('fastai.losses.BCELossFlat', ('class', 'Loss', ('fastai.losses.BaseLoss',), (((('args', '*', '<opaque>'), ('axis', 'keyword', -1), ('floatify', 'keyword', True), ('kwargs', '**', '<opaque>')), None, None),), (((('inp', 'plain', '<required>', 'prediction', 'prob_el'), ('targ', 'plain', '<required>', 'target'), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', '', ())),
    ('fastai.losses.BCEWithLogitsLossFlat', ('class', 'Loss', ('fastai.losses.BaseLoss',), (((('args', '*', '<opaque>'), ('axis', 'keyword', -1), ('floatify', 'keyword', True), ('thresh', 'keyword', 0.5), ('kwargs', '**', '<opaque>')), None, None),), (((('inp', 'plain', '<required>', 'prediction', 'logits_el'), ('targ', 'plain', '<required>', 'target'), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', 'Learner.get_preds applies its activation: a softmax or sigmoid in the model is applied twice then.', ())),
    ('fastai.losses.BaseLoss', ('class', 'Model', ('torch.nn.Module',), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (('activation', (((('self',), ('x',)), ('Unknown',), None),)), ('decodes', (((('self',), ('x',)), ('Unknown',), None),))), 'S', '', ())),
    ('fastai.losses.CrossEntropyLossFlat', ('class', 'Loss', ('fastai.losses.BaseLoss',), (((('args', '*', '<opaque>'), ('axis', 'keyword', -1), ('kwargs', '**', '<opaque>')), None, None),), (((('inp', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('targ', 'plain', '<required>', 'target'), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', 'Learner.get_preds applies its activation: a softmax or sigmoid in the model is applied twice then.', ())),
    ('fastai.losses.DiceLoss', ('class', 'Loss', (), (((('axis', 'plain', 1), ('smooth', 'plain', 1e-06), ('reduction', 'plain', 'sum'), ('square_in_union', 'plain', False)), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat'), ('targ', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('fastai.losses.FocalLoss', ('class', 'Loss', ('torch.nn.Module',), (((('gamma', 'plain', 2.0), ('weight', 'plain', None), ('reduction', 'plain', 'mean')), None, None),), (((('inp', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('targ', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('fastai.losses.FocalLossFlat', ('class', 'Loss', ('fastai.losses.BaseLoss',), (((('args', '*', '<opaque>'), ('gamma', 'keyword', 2.0), ('axis', 'keyword', -1), ('kwargs', '**', '<opaque>')), None, None),), (((('inp', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('targ', 'plain', '<required>', 'target'), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', 'Learner.get_preds applies its activation: a softmax or sigmoid in the model is applied twice then.', ())),
    ('fastai.losses.LabelSmoothingCrossEntropy', ('class', 'Loss', ('torch.nn.Module',), (((('eps', 'plain', 0.1), ('weight', 'plain', None), ('reduction', 'plain', 'mean')), None, None),), (((('output', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('fastai.losses.LabelSmoothingCrossEntropyFlat', ('class', 'Loss', ('fastai.losses.BaseLoss',), (((('args', '*', '<opaque>'), ('axis', 'keyword', -1), ('kwargs', '**', '<opaque>')), None, None),), (((('inp', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('targ', 'plain', '<required>', 'target'), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', 'Learner.get_preds applies its activation: a softmax or sigmoid in the model is applied twice then.', ())),
    ('fastai.losses.MSELossFlat', ('class', 'Loss', ('fastai.losses.BaseLoss',), (((('args', '*', '<opaque>'), ('axis', 'keyword', -1), ('floatify', 'keyword', True), ('kwargs', '**', '<opaque>')), None, None),), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target'), ('kwargs', '**', '<opaque>')), ('LossValue',), None),), (), 'S', '', ())),
    ('fastai.metrics.accuracy', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target'), ('axis', 'plain', -1)), ('MetricValue',), None),), (), 'S', '', ())),
    ('fastai.metrics.accuracy_multi', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'logits_el'), ('targ', 'plain', '<required>', 'target'), ('thresh', 'plain', 0.5), ('sigmoid', 'plain', True, 'flag', None, None, (True,))), ('MetricValue',), None), ((('inp', 'plain', '<required>', 'prediction', 'prob_el'), ('targ', 'plain', '<required>', 'target'), ('thresh', 'plain', 0.5), ('sigmoid', 'plain', True, 'flag', None, None, (False,))), ('MetricValue',), None)), (), 'S', 'Compares sigmoid(inp) with the threshold; without sigmoid it takes probabilities.', ())),
    ('fastai.metrics.error_rate', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target'), ('axis', 'plain', -1)), ('MetricValue',), None),), (), 'S', '', ())),
    ('fastai.metrics.foreground_acc', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target'), ('bkg_idx', 'plain', 0), ('axis', 'plain', 1)), ('MetricValue',), None),), (), 'S', '', ())),
    ('fastai.metrics.mae', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target')), ('MetricValue',), None),), (), 'S', '', ())),
    ('fastai.metrics.mse', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target')), ('MetricValue',), None),), (), 'S', '', ())),
    ('fastai.metrics.msle', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target')), ('MetricValue',), None),), (), 'S', '', ())),
    ('fastai.metrics.top_k_accuracy', ('function', 'Metric', (), (), (((('inp', 'plain', '<required>', 'prediction', 'any'), ('targ', 'plain', '<required>', 'target'), ('k', 'plain', 5), ('axis', 'plain', -1)), ('MetricValue',), None),), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('fastai.losses.L1LossFlat', 'fastai.losses.MSELossFlat'),
    ('fastai.losses.Module', 'torch.nn.Module'),
    ('fastai.torch_core.F', 'torch.nn.functional'),
    ('fastai.torch_core.nn', 'torch.nn'),
    ('fastai.torch_core.np', 'numpy'),
    ('fastai.torch_core.torch', 'torch'),
)
FALLBACKS: tuple[Any, ...] = (
    ('fastai.basics', ('fastai.losses', 'fastai.learner', 'fastai.torch_core')),
    ('fastai.layers', ('fastai.losses', 'fastai.torch_core')),
    ('fastai.tabular', ('fastai.losses', 'fastai.learner', 'fastai.torch_core')),
    ('fastai.tabular.all', ('fastai.losses', 'fastai.learner', 'fastai.metrics', 'fastai.torch_core')),
    ('fastai.text', ('fastai.losses', 'fastai.learner', 'fastai.torch_core')),
    ('fastai.text.all', ('fastai.losses', 'fastai.learner', 'fastai.metrics', 'fastai.torch_core')),
    ('fastai.vision', ('fastai.losses', 'fastai.learner', 'fastai.torch_core')),
    ('fastai.vision.all', ('fastai.losses', 'fastai.learner', 'fastai.metrics', 'fastai.torch_core')),
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'fastai',
    'fastai.basics',
    'fastai.layers',
    'fastai.learner',
    'fastai.losses',
    'fastai.metrics',
    'fastai.tabular',
    'fastai.tabular.all',
    'fastai.text',
    'fastai.text.all',
    'fastai.torch_core',
    'fastai.vision',
    'fastai.vision.all',
)
