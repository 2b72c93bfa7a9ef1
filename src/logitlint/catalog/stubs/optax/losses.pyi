"""S"""

def softmax_cross_entropy(logits: LogitsCat["axis"], labels: TargetOneHot, axis=-1, where=None) -> LossValue:
    """V"""
def safe_softmax_cross_entropy(logits: LogitsCat[-1], labels: TargetOneHot) -> LossValue:
    """V"""
def softmax_cross_entropy_with_integer_labels(logits: LogitsCat["axis"], labels: TargetIndex, axis=-1, where=None) -> LossValue:
    """V"""
def sigmoid_binary_cross_entropy(logits: LogitsEl, labels: Target) -> LossValue:
    """V"""
def sigmoid_focal_loss(logits: LogitsEl, labels: Target, *, alpha=None, gamma=2.0) -> LossValue:
    """V"""
def poly_loss_cross_entropy(logits: LogitsCat["axis"], labels: TargetOneHot, *, epsilon=2.0, axis=-1, where=None) -> LossValue:
    """V"""
def kl_divergence(log_predictions: LogProbCat["axis"], targets: TargetProb, axis=-1, where=None) -> LossValue:
    """V Takes log-probabilities (that of Keras takes probabilities)."""
def kl_divergence_with_log_targets(log_predictions: LogProbCat["axis"], log_targets: Target, axis=-1, where=None) -> LossValue:
    """V"""
def convex_kl_divergence(log_predictions: LogProbCat["axis"], targets: TargetProb, axis=-1, where=None) -> LossValue:
    """V"""
def generalized_kl_divergence(log_predictions: LogProbCat["axis"], targets: TargetProb, axis=-1, where=None) -> LossValue: ...
def ctc_loss(logits: LogitsCat[-1], logit_paddings, labels: Target, label_paddings, *, blank_id=0, log_epsilon=-100000.0) -> LossValue: ...
def ctc_loss_with_forward_probs(logits: LogitsCat[-1], logit_paddings, labels: Target, label_paddings, *, blank_id=0, log_epsilon=-100000.0) -> LossValue: ...
def ranking_softmax_loss(logits: LogitsCat[-1], labels: Target, *, where=None, weights=None, reduce_fn=...) -> LossValue: ...
def sparsemax_loss(logits: LogitsEl, labels: Target) -> LossValue: ...
def multiclass_hinge_loss(scores: Free, labels: Target) -> LossValue:
    """S Takes scores."""
def multiclass_perceptron_loss(scores: Free, labels: Target) -> LossValue:
    """S Takes scores."""
def multiclass_sparsemax_loss(scores: Free, labels: Target) -> LossValue:
    """S Takes scores."""
def hinge_loss(predictor_outputs: Free, targets: Target) -> LossValue:
    """S Takes scores."""
def perceptron_loss(predictor_outputs: Free, targets: Target) -> LossValue:
    """S Takes scores."""
def l2_loss(predictions: Free, targets: Target = None) -> LossValue:
    """R"""
def squared_error(predictions: Free, targets: Target = None) -> LossValue:
    """R"""
def huber_loss(predictions: Free, targets: Target = None, *, delta=1.0) -> LossValue:
    """R"""
def log_cosh(predictions: Free, targets: Target = None) -> LossValue:
    """R"""
def cosine_distance(predictions: Free, targets: Target, *, epsilon=0.0, axis=-1, where=None) -> LossValue:
    """R"""
def cosine_similarity(predictions: Free, targets: Target, *, epsilon=0.0, axis=-1, where=None) -> LossValue:
    """R"""
def smooth_labels(labels, alpha, *, axis=-1, where=None) -> Unknown: ...
@overload
def dice_loss(predictions: LogitsCat, targets: Target, *, class_weights=None, smooth=1.0, alpha=0.5, beta=0.5, apply_softmax: Literal[True] = True, reduction='mean', ignore_background=False, axis=None) -> LossValue:
    """S Applies the activation itself unless told not to, whatever the name of its argument says."""
@overload
def dice_loss(predictions: Prob, targets: Target, *, class_weights=None, smooth=1.0, alpha=0.5, beta=0.5, apply_softmax: Literal[False] = True, reduction='mean', ignore_background=False, axis=None) -> LossValue: ...
@overload
def binary_dice_loss(predictions: LogitsEl, targets: Target, *, smooth=1.0, apply_sigmoid: Literal[True] = True) -> LossValue:
    """S Applies the activation itself unless told not to, whatever the name of its argument says."""
@overload
def binary_dice_loss(predictions: Prob, targets: Target, *, smooth=1.0, apply_sigmoid: Literal[False] = True) -> LossValue: ...
@overload
def multiclass_generalized_dice_loss(predictions: LogitsCat, targets: Target, *, smooth=1.0, apply_softmax: Literal[True] = True, ignore_background=False) -> LossValue:
    """S Applies the activation itself unless told not to, whatever the name of its argument says."""
@overload
def multiclass_generalized_dice_loss(predictions: Prob, targets: Target, *, smooth=1.0, apply_softmax: Literal[False] = True, ignore_background=False) -> LossValue: ...
def triplet_margin_loss(anchors: Free, positives: Free, negatives: Free, axis=-1, norm_degree=2, margin=1.0, eps=1e-06) -> LossValue: ...
def ntxent(embeddings: Free, labels: Target, temperature=0.07) -> LossValue: ...
