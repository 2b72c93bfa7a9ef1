"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('tensorflow_addons.losses.SigmoidFocalCrossEntropy', ('class', 'Loss', (), (((('from_logits', 'plain', False, 'flag', None, None, (False,)), ('alpha', 'plain', 0.25), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('name', 'plain', 'sigmoid_focal_crossentropy')), None, 'prob_el'), ((('from_logits', 'plain', False, 'flag', None, None, (True,)), ('alpha', 'plain', 0.25), ('gamma', 'plain', 2.0), ('reduction', 'plain', 'none'), ('name', 'plain', 'sigmoid_focal_crossentropy')), None, 'logits_el')), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction'), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tensorflow_addons.losses.SparsemaxLoss', ('class', 'Loss', (), (((('from_logits', 'plain', True), ('reduction', 'plain', 'sum_over_batch_size'), ('name', 'plain', 'sparsemax_loss')), None, None),), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', 'from_logits=False raises.', ())),
    ('tensorflow_addons.losses.WeightedKappaLoss', ('class', 'Loss', (), (((('num_classes',), ('weightage', 'plain', 'quadratic'), ('name', 'plain', 'cohen_kappa_loss'), ('epsilon', 'plain', 1e-06), ('reduction', 'plain', 'none')), None, None),), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'prob_cat', -1), ('sample_weight', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('tensorflow_addons.losses.sigmoid_focal_crossentropy', ('function', 'Loss', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'prob_el'), ('alpha', 'plain', 0.25), ('gamma', 'plain', 2.0), ('from_logits', 'plain', False, 'flag', None, None, (False,))), ('LossValue',), None), ((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'logits_el'), ('alpha', 'plain', 0.25), ('gamma', 'plain', 2.0), ('from_logits', 'plain', False, 'flag', None, None, (True,))), ('LossValue',), None)), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
    ('tensorflow_addons.seq2seq.sequence_loss', 'tensorflow.contrib.seq2seq.sequence_loss'),
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'tensorflow_addons',
    'tensorflow_addons.losses',
    'tensorflow_addons.seq2seq',
)
