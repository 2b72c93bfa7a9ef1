"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('mindspore.nn.BCELoss', ('class', 'Loss', (), (((('weight', 'plain', None), ('reduction', 'plain', 'mean')), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'prob_el'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'The argument is called logits in releases before 2.10 but does not hold logits.', ())),
    ('mindspore.nn.BCEWithLogitsLoss', ('class', 'Loss', (), (((('reduction', 'plain', 'mean'), ('weight', 'plain', None), ('pos_weight', 'plain', None)), None, None),), (((('input', 'plain', '<required>', 'prediction', 'logits_el'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('mindspore.nn.Cell', ('class', 'Model', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', "A user's model: its construct decides.", ())),
    ('mindspore.nn.Conv2d', ('class', 'Layer', (), (((('in_channels',), ('out_channels',), ('kernel_size',), ('stride', 'plain', 1), ('pad_mode', 'plain', 'same'), ('padding', 'plain', 0), ('dilation', 'plain', 1), ('group', 'plain', 1), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Scores', 1, 'out_channels'), None),), (), 'S', '', ())),
    ('mindspore.nn.CrossEntropyLoss', ('class', 'Loss', (), (((('weight', 'plain', None), ('ignore_index', 'plain', -100), ('reduction', 'plain', 'mean'), ('label_smoothing', 'plain', 0.0)), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('mindspore.nn.Dense', ('class', 'Layer', (), (((('in_channels',), ('out_channels',), ('weight_init', 'plain', None), ('bias_init', 'plain', None), ('has_bias', 'plain', True), ('activation', 'plain', None), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Apply', 'activation', ('Scores', -1, 'out_channels')), None),), (), 'S', '', ())),
    ('mindspore.nn.DiceLoss', ('class', 'Loss', (), (((('smooth', 'plain', 1e-05),), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'R', 'Takes probabilities.', ())),
    ('mindspore.nn.Dropout', ('class', 'Layer', (), (((('keep_prob', 'plain', 0.5), ('p', 'plain', None), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Dropout', 'x'), None),), (), 'S', '', ())),
    ('mindspore.nn.Flatten', ('class', 'Layer', (), (((('start_dim', 'plain', 1), ('end_dim', 'plain', -1)), None, None),), (((('x',),), ('Reshape', 'x'), None),), (), 'S', '', ())),
    ('mindspore.nn.FocalLoss', ('class', 'Loss', (), (((('weight', 'plain', None), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'mean')), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('mindspore.nn.KLDivLoss', ('class', 'Loss', (), (((('reduction', 'plain', 'mean'),), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logprob_cat'), ('labels', 'plain', '<required>', 'target', 'target_prob')), ('LossValue',), None),), (), 'S', 'The argument is called logits in releases before 2.10 but does not hold logits.', ())),
    ('mindspore.nn.LogSoftmax', ('class', 'Activation', (), (((('axis', 'plain', -1),), None, None),), (((('x', 'plain', '<required>', 'input'),), ('LogProbCat', 'axis'), None),), (), 'S', '', ())),
    ('mindspore.nn.MSELoss', ('class', 'Loss', (), (((('reduction', 'plain', 'mean'),), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('mindspore.nn.MultiClassDiceLoss', ('class', 'Loss', (), (((('weights', 'plain', None), ('ignore_indiex', 'plain', None), ('activation', 'plain', 'softmax', 'flag', None, None, ('softmax',))), None, 'logits_cat'), ((('weights', 'plain', None), ('ignore_indiex', 'plain', None), ('activation', 'plain', '<opaque>')), None, 'any')), (((('logits', 'plain', '<required>', 'prediction'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Applies its activation, a softmax unless another is given.', ())),
    ('mindspore.nn.NLLLoss', ('class', 'Loss', (), (((('weight', 'plain', None), ('ignore_index', 'plain', -100), ('reduction', 'plain', 'mean')), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logprob_cat', 1), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'The argument is called logits in releases before 2.10 but does not hold logits.', ())),
    ('mindspore.nn.ReLU', ('class', 'Activation', (), (((), None, None),), (((('x',),), ('Rectified',), None),), (), 'S', '', ())),
    ('mindspore.nn.SequentialCell', ('class', 'Container', (), (((('args', '*', '<opaque>'),), None, None),), (), (), 'S', '', ())),
    ('mindspore.nn.Sigmoid', ('class', 'Activation', (), (((), None, None),), (((('x', 'plain', '<required>', 'input'),), ('ProbEl',), None),), (), 'S', '', ())),
    ('mindspore.nn.Softmax', ('class', 'Activation', (), (((('axis', 'plain', -1),), None, None),), (((('x', 'plain', '<required>', 'input'),), ('ProbCat', 'axis'), None),), (), 'S', '', ())),
    ('mindspore.nn.SoftmaxCrossEntropyWithLogits', ('class', 'Loss', (), (((('sparse', 'plain', False), ('reduction', 'plain', 'none')), None, None),), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('mindspore.nn.Tanh', ('class', 'Activation', (), (((), None, None),), (((('x',),), ('BoundedPM1',), None),), (), 'S', '', ())),
    ('mindspore.ops.binary_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'prob_el'), ('labels', 'plain', '<required>', 'target'), ('weight', 'plain', None), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'R', '', ())),
    ('mindspore.ops.binary_cross_entropy_with_logits', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('label', 'plain', '<required>', 'target'), ('weight', 'plain', None), ('pos_weight', 'plain', None), ('reduction', 'plain', 'mean')), ('LossValue',), None),), (), 'R', '', ())),
    ('mindspore.ops.cross_entropy', ('function', 'Loss', (), (), (((('input', 'plain', '<required>', 'prediction', 'logits_cat', 1), ('target', 'plain', '<required>', 'target'), ('weight', 'plain', None), ('ignore_index', 'plain', -100), ('reduction', 'plain', 'mean'), ('label_smoothing', 'plain', 0.0)), ('LossValue',), None),), (), 'R', '', ())),
    ('mindspore.ops.exp', ('function', 'Transfer', (), (), (((('input',),), ('Exp', 'input'), None),), (), 'R', '', ())),
    ('mindspore.ops.log', ('function', 'Transfer', (), (), (((('input',),), ('Log', 'input'), None),), (), 'R', '', ())),
    ('mindspore.ops.log_softmax', ('function', 'Activation', (), (), (((('logits', 'plain', '<required>', 'input'), ('axis', 'plain', -1)), ('LogProbCat', 'axis'), None),), (), 'R', '', ())),
    ('mindspore.ops.nll_loss', ('function', 'Loss', (), (), (((('inputs', 'plain', '<required>', 'prediction', 'logprob_cat', 1), ('target', 'plain', '<required>', 'target'), ('weight', 'plain', None), ('ignore_index', 'plain', -100), ('reduction', 'plain', 'mean'), ('label_smoothing', 'plain', 0.0)), ('LossValue',), None),), (), 'R', '', ())),
    ('mindspore.ops.relu', ('function', 'Activation', (), (), (((('input',),), ('Rectified',), None),), (), 'R', '', ())),
    ('mindspore.ops.sigmoid', ('function', 'Activation', (), (), (((('input', 'plain', '<required>', 'input'),), ('ProbEl',), None),), (), 'R', '', ())),
    ('mindspore.ops.softmax', ('function', 'Activation', (), (), (((('input', 'plain', '<required>', 'input'), ('axis', 'plain', -1), ('dtype', 'keyword', None)), ('ProbCat', 'axis'), None),), (), 'R', '', ())),
    ('mindspore.ops.tanh', ('function', 'Activation', (), (), (((('input',),), ('BoundedPM1',), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'mindspore',
    'mindspore.nn',
    'mindspore.ops',
)
