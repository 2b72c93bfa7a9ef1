"""S"""

def binary_accuracy(preds: Free, target: Target, threshold=0.5, multidim_average='global', ignore_index=None, validate_args=True) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def binary_f1_score(preds: Free, target: Target, threshold=0.5, multidim_average='global', ignore_index=None, validate_args=True, zero_division=0) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def binary_precision(preds: Free, target: Target, threshold=0.5, multidim_average='global', ignore_index=None, validate_args=True, zero_division=0) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def binary_recall(preds: Free, target: Target, threshold=0.5, multidim_average='global', ignore_index=None, validate_args=True, zero_division=0) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def binary_specificity(preds: Free, target: Target, threshold=0.5, multidim_average='global', ignore_index=None, validate_args=True) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def binary_stat_scores(preds: Free, target: Target, threshold=0.5, multidim_average='global', ignore_index=None, validate_args=True) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def binary_auroc(preds: Free, target: Target, max_fpr=None, thresholds=None, ignore_index=None, validate_args=True) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def binary_average_precision(preds: Free, target: Target, thresholds=None, ignore_index=None, validate_args=True) -> MetricValue:
    """V Decides in each batch: sigmoid when any value lies outside [0, 1]. Logits that all lie inside are taken for probabilities, and a threshold of 0 on logits is wrong."""
def multiclass_accuracy(preds: Free, target: Target, num_classes=None, average='macro', top_k=1, multidim_average='global', ignore_index=None, validate_args=True) -> MetricValue:
    """V The argmax does not care for the kind."""
def multiclass_f1_score(preds: Free, target: Target, num_classes, average='macro', top_k=1, multidim_average='global', ignore_index=None, validate_args=True, zero_division=0) -> MetricValue:
    """V The argmax does not care for the kind."""
def multiclass_precision(preds: Free, target: Target, num_classes, average='macro', top_k=1, multidim_average='global', ignore_index=None, validate_args=True, zero_division=0) -> MetricValue:
    """V The argmax does not care for the kind."""
def multiclass_recall(preds: Free, target: Target, num_classes, average='macro', top_k=1, multidim_average='global', ignore_index=None, validate_args=True, zero_division=0) -> MetricValue:
    """V The argmax does not care for the kind."""
def multiclass_auroc(preds: Free, target: Target, num_classes, average='macro', thresholds=None, ignore_index=None, validate_args=True) -> MetricValue:
    """V Softmax is applied when any value lies outside [0, 1]: a softmax in the model is not harmful, a second one is."""
def multiclass_average_precision(preds: Free, target: Target, num_classes, average='macro', thresholds=None, ignore_index=None, validate_args=True) -> MetricValue:
    """V Softmax is applied when any value lies outside [0, 1]: a softmax in the model is not harmful, a second one is."""
def multiclass_calibration_error(preds: Free, target: Target, num_classes, n_bins=15, norm='l1', ignore_index=None, validate_args=True) -> MetricValue:
    """V Softmax is applied when any value lies outside [0, 1]: a softmax in the model is not harmful, a second one is."""
