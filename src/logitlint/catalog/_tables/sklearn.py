"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('sklearn.metrics.accuracy_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_pred',), ('normalize', 'keyword', True), ('sample_weight', 'keyword', None)), ('MetricValue',), None),), (), 'R', '', ())),
    ('sklearn.metrics.brier_score_loss', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_proba', 'plain', None, 'prediction', 'prob_el'), ('sample_weight', 'keyword', None), ('pos_label', 'keyword', None), ('labels', 'keyword', None)), ('MetricValue',), None),), (), 'R', '', ())),
    ('sklearn.metrics.log_loss', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_proba', 'plain', '<required>', 'prediction', 'prob_cat', -1), ('normalize', 'keyword', True), ('sample_weight', 'keyword', None), ('labels', 'keyword', None)), ('MetricValue',), None), ((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'prob_cat', -1), ('normalize', 'keyword', True), ('sample_weight', 'keyword', None), ('labels', 'keyword', None)), ('MetricValue',), None)), (), 'V', 'Scores and log-probabilities raise; rows that do not sum to one only warn. Before 1.9 the argument was named y_pred.', ())),
    ('sklearn.metrics.roc_auc_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('average', 'keyword', 'macro'), ('sample_weight', 'keyword', None), ('max_fpr', 'keyword', None), ('multi_class', 'keyword', 'raise'), ('labels', 'keyword', None)), ('MetricValue',), None),), (), 'R', '', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'sklearn',
    'sklearn.metrics',
)
