"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('mxnet.gluon.loss.CTCLoss', ('class', 'Loss', (), (((('layout', 'plain', 'NTC'), ('label_layout', 'plain', 'NT'), ('weight', 'plain', None), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_cat'), ('label', 'plain', '<required>', 'target'), ('pred_lengths', 'plain', None), ('label_lengths', 'plain', None), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', 'Applies the softmax itself; the layout decides the axes.', ())),
    ('mxnet.gluon.loss.CosineEmbeddingLoss', ('class', 'Loss', (), (((('weight', 'plain', None), ('batch_axis', 'plain', 0), ('margin', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('input1', 'plain', '<required>', 'prediction', 'any'), ('input2',), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.HingeLoss', ('class', 'Loss', (), (((('margin', 'plain', 1), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'any'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.HuberLoss', ('class', 'Loss', (), (((('rho', 'plain', 1), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'any'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.KLDivLoss', ('class', 'Loss', (), (((('from_logits', 'plain', True, 'flag', None, None, (True,)), ('axis', 'plain', -1), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, 'logprob_cat'), ((('from_logits', 'plain', True, 'flag', None, None, (False,)), ('axis', 'plain', -1), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, 'logits_cat')), (((('pred', 'plain', '<required>', 'prediction', None, 'axis'), ('label', 'plain', '<required>', 'target', 'target_prob'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', 'Takes log-probabilities unless from_logits is off; it is on by default.', ())),
    ('mxnet.gluon.loss.L1Loss', ('class', 'Loss', (), (((('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'any'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.L2Loss', ('class', 'Loss', (), (((('weight', 'plain', 1.0), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'any'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.LogisticLoss', ('class', 'Loss', (), (((('weight', 'plain', None), ('batch_axis', 'plain', 0), ('label_format', 'plain', 'signed'), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'logits_el'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.PoissonNLLLoss', ('class', 'Loss', (), (((('weight', 'plain', None), ('from_logits', 'plain', True), ('batch_axis', 'plain', 0), ('compute_full', 'plain', False), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'any'), ('target', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None), ('epsilon', 'plain', 1e-08)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.SDMLLoss', ('class', 'Loss', (), (((('smoothing_parameter', 'plain', 0.3), ('weight', 'plain', 1.0), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('x1', 'plain', '<required>', 'prediction', 'any'), ('x2', 'plain', '<required>', 'prediction', 'any')), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.SigmoidBinaryCrossEntropyLoss', ('class', 'Loss', (), (((('from_sigmoid', 'plain', False, 'flag', None, None, (False,)), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, 'logits_el'), ((('from_sigmoid', 'plain', False, 'flag', None, None, (True,)), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, 'prob_el')), (((('pred', 'plain', '<required>', 'prediction'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None), ('pos_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.SoftmaxCrossEntropyLoss', ('class', 'Loss', (), (((('axis', 'plain', -1), ('sparse_label', 'plain', True), ('from_logits', 'plain', False, 'flag', None, None, (False,)), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, 'logits_cat'), ((('axis', 'plain', -1), ('sparse_label', 'plain', True), ('from_logits', 'plain', False, 'flag', None, None, (True,)), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, 'logprob_cat')), (((('pred', 'plain', '<required>', 'prediction', None, 'axis'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', 'from_logits=True means that the input already is log-probabilities.', ())),
    ('mxnet.gluon.loss.SquaredHingeLoss', ('class', 'Loss', (), (((('margin', 'plain', 1), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'any'), ('label', 'plain', '<required>', 'target'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.loss.TripletLoss', ('class', 'Loss', (), (((('margin', 'plain', 1), ('weight', 'plain', None), ('batch_axis', 'plain', 0), ('kwargs', '**', '<opaque>')), None, None),), (((('pred', 'plain', '<required>', 'prediction', 'any'), ('positive', 'plain', '<required>', 'prediction', 'any'), ('negative',)), ('LossValue',), None),), (), 'S', '', ())),
    ('mxnet.gluon.nn.Activation', ('class', 'Activation', (), (((('activation',), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Apply', 'activation', ('Same', 'x')), None),), (), 'R', '', ())),
    ('mxnet.gluon.nn.Block', ('class', 'Model', (), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', '', ())),
    ('mxnet.gluon.nn.Conv2D', ('class', 'Layer', (), (((('channels',), ('kernel_size',), ('strides', 'plain', (1, 1)), ('padding', 'plain', (0, 0)), ('dilation', 'plain', (1, 1)), ('groups', 'plain', 1), ('layout', 'plain', 'NCHW'), ('activation', 'plain', None), ('use_bias', 'plain', True), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Apply', 'activation', ('Scores', 1, 'channels')), None),), (), 'R', '', ())),
    ('mxnet.gluon.nn.Dense', ('class', 'Layer', (), (((('units',), ('activation', 'plain', None), ('use_bias', 'plain', True), ('flatten', 'plain', True), ('dtype', 'plain', 'float32'), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Apply', 'activation', ('Scores', -1, 'units')), None),), (), 'R', '', ())),
    ('mxnet.gluon.nn.Dropout', ('class', 'Layer', (), (((('rate',), ('axes', 'plain', ()), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('Dropout', 'x'), None),), (), 'R', '', ())),
    ('mxnet.gluon.nn.ELU', ('class', 'Activation', ('mxnet.gluon.nn.Activation',), (((('alpha', 'plain', 1.0), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('mxnet.gluon.nn.Flatten', ('class', 'Layer', (), (((('kwargs', '**', '<opaque>'),), None, None),), (((('x',),), ('Reshape', 'x'), None),), (), 'R', '', ())),
    ('mxnet.gluon.nn.GELU', ('class', 'Activation', ('mxnet.gluon.nn.Activation',), (((('kwargs', '**', '<opaque>'),), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('mxnet.gluon.nn.HybridBlock', ('class', 'Model', ('mxnet.gluon.nn.Block',), (((('args', '*', '<opaque>'), ('kwargs', '**', '<opaque>')), None, None),), (), (), 'R', '', ())),
    ('mxnet.gluon.nn.HybridSequential', ('class', 'Container', (), (((('prefix', 'plain', None), ('params', 'plain', None)), None, None),), (), (('add', (((('self',), ('blocks', '*', '<opaque>')), None, None),)),), 'R', '', ())),
    ('mxnet.gluon.nn.LeakyReLU', ('class', 'Activation', ('mxnet.gluon.nn.Activation',), (((('alpha',), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('mxnet.gluon.nn.PReLU', ('class', 'Activation', ('mxnet.gluon.nn.Activation',), (((('alpha_initializer', 'plain', '<opaque>'), ('in_channels', 'plain', 1), ('kwargs', '**', '<opaque>')), None, None),), (((('x',), ('alpha',)), ('HalfBounded',), None),), (), 'S', '', ())),
    ('mxnet.gluon.nn.SELU', ('class', 'Activation', ('mxnet.gluon.nn.Activation',), (((('kwargs', '**', '<opaque>'),), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('mxnet.gluon.nn.Sequential', ('class', 'Container', (), (((('prefix', 'plain', None), ('params', 'plain', None)), None, None),), (), (('add', (((('self',), ('blocks', '*', '<opaque>')), None, None),)),), 'R', '', ())),
    ('mxnet.gluon.nn.Swish', ('class', 'Activation', ('mxnet.gluon.nn.Activation',), (((('beta', 'plain', 1.0), ('kwargs', '**', '<opaque>')), None, None),), (((('x',),), ('HalfBounded',), None),), (), 'S', '', ())),
    ('mxnet.ndarray.Dropout', ('function', 'Transfer', (), (), (((('data',), ('p', 'plain', 0.5), ('mode', 'plain', 'training'), ('axes', 'plain', ()), ('kwargs', '**', '<opaque>')), ('Dropout', 'data'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.FullyConnected', ('function', 'Layer', (), (), (((('data',), ('weight',), ('bias', 'plain', None), ('num_hidden', 'plain', 0), ('no_bias', 'plain', False), ('flatten', 'plain', True), ('kwargs', '**', '<opaque>')), ('Scores', -1, 'num_hidden'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.LeakyReLU', ('function', 'Activation', (), (), (((('data',), ('gamma', 'plain', None), ('act_type', 'plain', 'leaky'), ('slope', 'plain', 0.25), ('kwargs', '**', '<opaque>')), ('HalfBounded',), None),), (), 'R', '', ())),
    ('mxnet.ndarray.argmax', ('function', 'Transfer', (), (), (((('data',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('kwargs', '**', '<opaque>')), ('ArgMax', 'data', 'axis'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.clip', ('function', 'Transfer', (), (), (((('data',), ('a_min', 'plain', None), ('a_max', 'plain', None), ('kwargs', '**', '<opaque>')), ('Clamp', 'data', 'a_min', 'a_max'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.concat', ('function', 'Transfer', (), (), (((('data', '*', '<opaque>'), ('dim', 'keyword', 1), ('kwargs', '**', '<opaque>')), ('Join', 'data', 'dim'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.exp', ('function', 'Transfer', (), (), (((('data',), ('kwargs', '**', '<opaque>')), ('Exp', 'data'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.expand_dims', ('function', 'Transfer', (), (), (((('data',), ('axis', 'plain', None), ('kwargs', '**', '<opaque>')), ('Reshape', 'data'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.flatten', ('function', 'Transfer', (), (), (((('data',), ('kwargs', '**', '<opaque>')), ('Reshape', 'data'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.log', ('function', 'Transfer', (), (), (((('data',), ('kwargs', '**', '<opaque>')), ('Log', 'data'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.log_softmax', ('function', 'Activation', (), (), (((('data', 'plain', '<required>', 'input'), ('axis', 'plain', -1), ('temperature', 'plain', None), ('kwargs', '**', '<opaque>')), ('LogProbCat', 'axis'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.mean', ('function', 'Transfer', (), (), (((('data',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('exclude', 'plain', False), ('kwargs', '**', '<opaque>')), ('Mean', 'data', 'axis', 'keepdims'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.one_hot', ('function', 'Activation', (), (), (((('indices',), ('depth',), ('on_value', 'plain', 1.0), ('off_value', 'plain', 0.0), ('dtype', 'plain', 'float32'), ('kwargs', '**', '<opaque>')), ('OneHot', -1), None),), (), 'R', '', ())),
    ('mxnet.ndarray.pick', ('function', 'Transfer', (), (), (((('data',), ('index',), ('axis', 'plain', -1), ('keepdims', 'plain', False), ('mode', 'plain', 'clip'), ('kwargs', '**', '<opaque>')), ('Select', 'data', 'axis'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.relu', ('function', 'Activation', (), (), (((('data',), ('kwargs', '**', '<opaque>')), ('Rectified',), None),), (), 'R', '', ())),
    ('mxnet.ndarray.reshape', ('function', 'Transfer', (), (), (((('data',), ('shape', 'plain', None), ('reverse', 'plain', False), ('kwargs', '**', '<opaque>')), ('Reshape', 'data', 'shape'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.sigmoid', ('function', 'Activation', (), (), (((('data', 'plain', '<required>', 'input'), ('kwargs', '**', '<opaque>')), ('ProbEl',), None),), (), 'R', '', ())),
    ('mxnet.ndarray.softmax', ('function', 'Activation', (), (), (((('data', 'plain', '<required>', 'input'), ('axis', 'plain', -1), ('length', 'plain', None), ('temperature', 'plain', None), ('kwargs', '**', '<opaque>')), ('ProbCat', 'axis'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.squeeze', ('function', 'Transfer', (), (), (((('data',), ('axis', 'plain', None), ('kwargs', '**', '<opaque>')), ('Reshape', 'data'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.sum', ('function', 'Transfer', (), (), (((('data',), ('axis', 'plain', None), ('keepdims', 'plain', False), ('exclude', 'plain', False), ('kwargs', '**', '<opaque>')), ('Sum', 'data', 'axis', 'keepdims'), None),), (), 'R', '', ())),
    ('mxnet.ndarray.tanh', ('function', 'Activation', (), (), (((('data',), ('kwargs', '**', '<opaque>')), ('BoundedPM1',), None),), (), 'R', '', ())),
    ('mxnet.ndarray.where', ('function', 'Transfer', (), (), (((('condition',), ('x',), ('y',), ('kwargs', '**', '<opaque>')), ('Where', 'x', 'y'), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('mxnet.gluon.Block', 'mxnet.gluon.nn.Block'),
    ('mxnet.gluon.HybridBlock', 'mxnet.gluon.nn.HybridBlock'),
    ('mxnet.gluon.loss.SigmoidBCELoss', 'mxnet.gluon.loss.SigmoidBinaryCrossEntropyLoss'),
    ('mxnet.gluon.loss.SoftmaxCELoss', 'mxnet.gluon.loss.SoftmaxCrossEntropyLoss'),
    ('mxnet.nd', 'mxnet.ndarray'),
    ('mxnet.npx', 'mxnet.ndarray'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'mxnet',
    'mxnet.gluon',
    'mxnet.gluon.loss',
    'mxnet.gluon.nn',
    'mxnet.ndarray',
)
