"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""
# ruff: noqa

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('optax.losses.binary_dice_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'logits_el'), ('targets', 'plain', '<required>', 'target'), ('smooth', 'keyword', 1.0), ('apply_sigmoid', 'keyword', True, 'flag', None, None, (True,))), ('LossValue',), None), ((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target'), ('smooth', 'keyword', 1.0), ('apply_sigmoid', 'keyword', True, 'flag', None, None, (False,))), ('LossValue',), None)), (), 'S', 'Applies the activation itself unless told not to, whatever the name of its argument says.', ())),
    ('optax.losses.convex_kl_divergence', ('function', 'Loss', (), (), (((('log_predictions', 'plain', '<required>', 'prediction', 'logprob_cat', 'axis'), ('targets', 'plain', '<required>', 'target', 'target_prob'), ('axis', 'plain', -1), ('where', 'plain', None)), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.cosine_distance', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target'), ('epsilon', 'keyword', 0.0), ('axis', 'keyword', -1), ('where', 'keyword', None)), ('LossValue',), None),), (), 'R', '', ())),
    ('optax.losses.cosine_similarity', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target'), ('epsilon', 'keyword', 0.0), ('axis', 'keyword', -1), ('where', 'keyword', None)), ('LossValue',), None),), (), 'R', '', ())),
    ('optax.losses.ctc_loss', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('logit_paddings',), ('labels', 'plain', '<required>', 'target'), ('label_paddings',), ('blank_id', 'keyword', 0), ('log_epsilon', 'keyword', -100000.0)), ('LossValue',), None),), (), 'S', '', ())),
    ('optax.losses.ctc_loss_with_forward_probs', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('logit_paddings',), ('labels', 'plain', '<required>', 'target'), ('label_paddings',), ('blank_id', 'keyword', 0), ('log_epsilon', 'keyword', -100000.0)), ('LossValue',), None),), (), 'S', '', ())),
    ('optax.losses.dice_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'logits_cat'), ('targets', 'plain', '<required>', 'target'), ('class_weights', 'keyword', None), ('smooth', 'keyword', 1.0), ('alpha', 'keyword', 0.5), ('beta', 'keyword', 0.5), ('apply_softmax', 'keyword', True, 'flag', None, None, (True,)), ('reduction', 'keyword', 'mean'), ('ignore_background', 'keyword', False), ('axis', 'keyword', None)), ('LossValue',), None), ((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target'), ('class_weights', 'keyword', None), ('smooth', 'keyword', 1.0), ('alpha', 'keyword', 0.5), ('beta', 'keyword', 0.5), ('apply_softmax', 'keyword', True, 'flag', None, None, (False,)), ('reduction', 'keyword', 'mean'), ('ignore_background', 'keyword', False), ('axis', 'keyword', None)), ('LossValue',), None)), (), 'S', 'Applies the activation itself unless told not to, whatever the name of its argument says.', ())),
    ('optax.losses.generalized_kl_divergence', ('function', 'Loss', (), (), (((('log_predictions', 'plain', '<required>', 'prediction', 'logprob_cat', 'axis'), ('targets', 'plain', '<required>', 'target', 'target_prob'), ('axis', 'plain', -1), ('where', 'plain', None)), ('LossValue',), None),), (), 'S', '', ())),
    ('optax.losses.hinge_loss', ('function', 'Loss', (), (), (((('predictor_outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Takes scores.', ())),
    ('optax.losses.huber_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', None, 'target'), ('delta', 'keyword', 1.0)), ('LossValue',), None),), (), 'R', '', ())),
    ('optax.losses.kl_divergence', ('function', 'Loss', (), (), (((('log_predictions', 'plain', '<required>', 'prediction', 'logprob_cat', 'axis'), ('targets', 'plain', '<required>', 'target', 'target_prob'), ('axis', 'plain', -1), ('where', 'plain', None)), ('LossValue',), None),), (), 'V', 'Takes log-probabilities (that of Keras takes probabilities).', ())),
    ('optax.losses.kl_divergence_with_log_targets', ('function', 'Loss', (), (), (((('log_predictions', 'plain', '<required>', 'prediction', 'logprob_cat', 'axis'), ('log_targets', 'plain', '<required>', 'target'), ('axis', 'plain', -1), ('where', 'plain', None)), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.l2_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', None, 'target')), ('LossValue',), None),), (), 'R', '', ())),
    ('optax.losses.log_cosh', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', None, 'target')), ('LossValue',), None),), (), 'R', '', ())),
    ('optax.losses.multiclass_generalized_dice_loss', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'logits_cat'), ('targets', 'plain', '<required>', 'target'), ('smooth', 'keyword', 1.0), ('apply_softmax', 'keyword', True, 'flag', None, None, (True,)), ('ignore_background', 'keyword', False)), ('LossValue',), None), ((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target'), ('smooth', 'keyword', 1.0), ('apply_softmax', 'keyword', True, 'flag', None, None, (False,)), ('ignore_background', 'keyword', False)), ('LossValue',), None)), (), 'S', 'Applies the activation itself unless told not to, whatever the name of its argument says.', ())),
    ('optax.losses.multiclass_hinge_loss', ('function', 'Loss', (), (), (((('scores', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Takes scores.', ())),
    ('optax.losses.multiclass_perceptron_loss', ('function', 'Loss', (), (), (((('scores', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Takes scores.', ())),
    ('optax.losses.multiclass_sparsemax_loss', ('function', 'Loss', (), (), (((('scores', 'plain', '<required>', 'prediction', 'any'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Takes scores.', ())),
    ('optax.losses.perceptron_loss', ('function', 'Loss', (), (), (((('predictor_outputs', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', 'Takes scores.', ())),
    ('optax.losses.poly_loss_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('labels', 'plain', '<required>', 'target'), ('epsilon', 'keyword', 2.0), ('axis', 'keyword', -1), ('where', 'keyword', None)), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.ranking_softmax_loss', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('labels', 'plain', '<required>', 'target'), ('where', 'keyword', None), ('weights', 'keyword', None), ('reduce_fn', 'keyword', '<opaque>')), ('LossValue',), None),), (), 'S', '', ())),
    ('optax.losses.safe_softmax_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', -1), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.sigmoid_binary_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.sigmoid_focal_loss', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('labels', 'plain', '<required>', 'target'), ('alpha', 'keyword', None), ('gamma', 'keyword', 2.0)), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.smooth_labels', ('function', '', (), (), (((('labels',), ('alpha',)), ('Unknown',), None),), (), 'S', '', ())),
    ('optax.losses.softmax_cross_entropy', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('labels', 'plain', '<required>', 'target'), ('axis', 'plain', -1), ('where', 'plain', None)), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.softmax_cross_entropy_with_integer_labels', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_cat', 'axis'), ('labels', 'plain', '<required>', 'target'), ('axis', 'plain', -1), ('where', 'plain', None)), ('LossValue',), None),), (), 'V', '', ())),
    ('optax.losses.sparsemax_loss', ('function', 'Loss', (), (), (((('logits', 'plain', '<required>', 'prediction', 'logits_el'), ('labels', 'plain', '<required>', 'target')), ('LossValue',), None),), (), 'S', '', ())),
    ('optax.losses.squared_error', ('function', 'Loss', (), (), (((('predictions', 'plain', '<required>', 'prediction', 'any'), ('targets', 'plain', None, 'target')), ('LossValue',), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
    ('optax', ('optax.losses',)),
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'optax',
    'optax.losses',
)
