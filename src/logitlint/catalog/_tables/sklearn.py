"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

CONTRACTS: tuple[Any, ...] = (
    ('sklearn.metrics.accuracy_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_pred',), ('normalize', 'keyword', True), ('sample_weight', 'keyword', None)), ('MetricValue',), None),), (), 'R', '', ())),
    ('sklearn.metrics.average_precision_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('average', 'keyword', 'macro'), ('pos_label', 'keyword', 1), ('sample_weight', 'keyword', None)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.brier_score_loss', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_proba', 'plain', '<required>', 'prediction', 'prob_el'), ('sample_weight', 'keyword', None), ('pos_label', 'keyword', None), ('labels', 'keyword', None), ('scale_by_half', 'keyword', 'auto')), ('MetricValue',), None),), (), 'R', '', ())),
    ('sklearn.metrics.coverage_error', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('sample_weight', 'keyword', None)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.d2_log_loss_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_proba', 'plain', None, 'prediction', 'prob_cat', -1), ('sample_weight', 'keyword', None), ('labels', 'keyword', None), ('y_pred', 'keyword', 'deprecated', 'prediction', 'prob_cat', -1)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.dcg_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('k', 'keyword', None), ('log_base', 'keyword', 2), ('sample_weight', 'keyword', None), ('ignore_ties', 'keyword', False)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.det_curve', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('pos_label', 'plain', None), ('sample_weight', 'plain', None), ('drop_intermediate', 'plain', False)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.hinge_loss', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('pred_decision', 'plain', '<required>', 'prediction', 'any'), ('labels', 'keyword', None), ('sample_weight', 'keyword', None)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.label_ranking_average_precision_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('sample_weight', 'keyword', None)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.label_ranking_loss', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('sample_weight', 'keyword', None)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.log_loss', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_proba', 'plain', None, 'prediction', 'prob_cat', -1), ('normalize', 'keyword', True), ('sample_weight', 'keyword', None), ('labels', 'keyword', None), ('y_pred', 'keyword', 'deprecated')), ('MetricValue',), None), ((('y_true', 'plain', '<required>', 'target'), ('y_pred', 'plain', '<required>', 'prediction', 'prob_cat', -1), ('normalize', 'keyword', True), ('sample_weight', 'keyword', None), ('labels', 'keyword', None)), ('MetricValue',), None)), (), 'V', 'Scores and log-probabilities raise; rows that do not sum to one only warn. Before 1.9 the argument was named y_pred.', ())),
    ('sklearn.metrics.ndcg_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('k', 'keyword', None), ('sample_weight', 'keyword', None), ('ignore_ties', 'keyword', False)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.precision_recall_curve', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('pos_label', 'keyword', None), ('sample_weight', 'keyword', None), ('drop_intermediate', 'keyword', False)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.roc_auc_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('average', 'keyword', 'macro'), ('sample_weight', 'keyword', None), ('max_fpr', 'keyword', None), ('multi_class', 'keyword', 'raise'), ('labels', 'keyword', None)), ('MetricValue',), None),), (), 'R', '', ())),
    ('sklearn.metrics.roc_curve', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('pos_label', 'keyword', None), ('sample_weight', 'keyword', None), ('drop_intermediate', 'keyword', True)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.metrics.top_k_accuracy_score', ('function', 'Metric', (), (), (((('y_true', 'plain', '<required>', 'target'), ('y_score', 'plain', '<required>', 'prediction', 'any'), ('k', 'keyword', 2), ('normalize', 'keyword', True), ('sample_weight', 'keyword', None), ('labels', 'keyword', None)), ('MetricValue',), None),), (), 'S', '', ())),
    ('sklearn.utils.extmath.softmax', ('function', 'Activation', (), (), (((('X', 'plain', '<required>', 'input'), ('copy', 'plain', True)), ('ProbCat', 1), None),), (), 'S', '', ())),
)
ALIASES: tuple[Any, ...] = (
)
FALLBACKS: tuple[Any, ...] = (
)
IDENTIFIERS: tuple[Any, ...] = (
)
CONSTANTS: tuple[Any, ...] = (
)
MODULES: tuple[Any, ...] = (
    'sklearn',
    'sklearn.metrics',
    'sklearn.utils',
    'sklearn.utils.extmath',
)
