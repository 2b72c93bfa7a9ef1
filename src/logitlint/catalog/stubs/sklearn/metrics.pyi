"""S"""

@overload
def log_loss(y_true: Target, y_proba: ProbCat[-1], *, normalize=True, sample_weight=None, labels=None) -> MetricValue:
    """V Scores and log-probabilities raise; rows that do not sum to one only warn. Before 1.9 the argument was named y_pred."""
@overload
def log_loss(y_true: Target, y_pred: ProbCat[-1], *, normalize=True, sample_weight=None, labels=None) -> MetricValue: ...
def brier_score_loss(y_true: Target, y_proba: ProbEl = None, *, sample_weight=None, pos_label=None, labels=None) -> MetricValue:
    """R"""
def roc_auc_score(y_true: Target, y_score: Free, *, average="macro", sample_weight=None, max_fpr=None, multi_class="raise", labels=None) -> MetricValue:
    """R"""
def accuracy_score(y_true: Target, y_pred, *, normalize=True, sample_weight=None) -> MetricValue:
    """R"""
