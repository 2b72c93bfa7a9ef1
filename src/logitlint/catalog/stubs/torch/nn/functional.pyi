"""R"""

def cross_entropy(input: LogitsCat[1], target: Target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0) -> LossValue:
    """V The class axis is dim 1. An integer target holds class numbers, a float target of the same shape holds probabilities. Log-probabilities give exactly the same value as the scores they came from."""
def linear_cross_entropy(input: Free, linear_weight, target: Target, *, linear_bias=None, weight=None, reduction='mean', ignore_index=None, label_smoothing=0.0, options=None) -> LossValue:
    """S Takes the features and applies the last linear layer itself."""
def nll_loss(input: LogProbCat[1], target: Target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean') -> LossValue:
    """V Takes log-probabilities as they are: scores or probabilities are accepted silently and make the loss negative."""
def binary_cross_entropy(input: ProbEl, target: Target, weight=None, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """V Takes log(p) and log(1 - p), each cut at -100; values outside [0, 1] raise on the CPU. The columns of a softmax count as independent binary problems."""
def binary_cross_entropy_with_logits(input: LogitsEl, target: Target, weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None) -> LossValue:
    """V Applies the sigmoid itself. The logarithm of a probability is not an element-wise logit."""
def multilabel_soft_margin_loss(input: LogitsEl, target: Target, weight=None, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """S Binary cross entropy with logits, averaged over the classes."""
def soft_margin_loss(input: LogitsEl, target: Target, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """S Binary cross entropy with logits for targets -1 and 1."""
def multi_margin_loss(input: Free, target: Target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """S Scores; with a margin of 1 probabilities can never satisfy it."""
def multilabel_margin_loss(input: Free, target: Target, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """S Scores; with a margin of 1 probabilities can never satisfy it."""
def ctc_loss(log_probs: LogProbCat[-1], targets: Target, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False) -> LossValue:
    """V Log-probabilities of shape (time, batch, class): the class axis is the last one."""
def poisson_nll_loss(input: Free, target: Target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean') -> LossValue:
    """S A log rate unless log_input is False."""
def gaussian_nll_loss(input: Free, target: Target, var, full=False, eps=1e-06, reduction='mean') -> LossValue:
    """S var must not be negative."""
def mse_loss(input: Free, target: Target, size_average=None, reduce=None, reduction='mean', weight=None) -> LossValue:
    """R Any real value may reach it."""
def l1_loss(input: Free, target: Target, size_average=None, reduce=None, reduction='mean', weight=None) -> LossValue:
    """R Any real value may reach it."""
def smooth_l1_loss(input: Free, target: Target, size_average=None, reduce=None, reduction='mean', beta=1.0) -> LossValue:
    """R Any real value may reach it."""
def huber_loss(input: Free, target: Target, reduction='mean', delta=1.0, weight=None) -> LossValue:
    """R Any real value may reach it."""
def cosine_embedding_loss(input1: Free, input2, target: Target, margin=0, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """R Any real value may reach it."""
def hinge_embedding_loss(input: Free, target: Target, margin=1.0, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """R Any real value may reach it."""
def margin_ranking_loss(input1: Free, input2, target: Target, margin=0, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """R Any real value may reach it."""
def triplet_margin_loss(anchor: Free, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None, reduce=None, reduction='mean') -> LossValue:
    """R Any real value may reach it."""
def triplet_margin_with_distance_loss(anchor: Free, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction='mean') -> LossValue:
    """R Any real value may reach it."""
def softmax(input: Logits, dim=None, _stacklevel=3, dtype=None) -> ProbCat["dim"]:
    """V Without dim the axis is 0 for 0, 1 and 3 dimensions and 1 otherwise."""
def log_softmax(input: Logits, dim=None, _stacklevel=3, dtype=None) -> LogProbCat["dim"]:
    """V Without dim the axis is 0 for 0, 1 and 3 dimensions and 1 otherwise."""
def softmin(input: Logits, dim=None, _stacklevel=3, dtype=None) -> ProbCat["dim"]:
    """S The softmax of the negated input."""
def sigmoid(input: Logits) -> ProbEl:
    """V"""
def logsigmoid(input: Logits) -> LogProbEl:
    """V"""
def hardsigmoid(input: Logits, inplace=False) -> Unit:
    """S"""
def tanh(input) -> BoundedPM1:
    """V"""
def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False) -> BoundedPM1:
    """V"""
def softsign(input) -> BoundedPM1:
    """V"""
def relu(input, inplace=False) -> Rectified:
    """V"""
def relu6(input, inplace=False) -> Bounded06:
    """S"""
def softplus(input, beta=1, threshold=20) -> NonNeg:
    """V"""
def leaky_relu(input, negative_slope=0.01, inplace=False) -> HalfBounded:
    """S"""
def elu(input, alpha=1.0, inplace=False) -> HalfBounded:
    """S"""
def celu(input, alpha=1.0, inplace=False) -> HalfBounded:
    """S"""
def selu(input, inplace=False) -> HalfBounded:
    """S"""
def gelu(input, approximate = 'none') -> HalfBounded:
    """S"""
def silu(input, inplace=False) -> HalfBounded:
    """S"""
def mish(input, inplace=False) -> HalfBounded:
    """S"""
def prelu(input, weight) -> HalfBounded:
    """S"""
def rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False) -> HalfBounded:
    """S"""
def hardswish(input, inplace=False) -> HalfBounded:
    """S"""
def glu(input, dim=-1) -> Unknown: ...
def threshold(input, threshold, value, inplace=False) -> Unknown: ...
def hardshrink(input, lambd=0.5) -> Unknown: ...
def softshrink(input, lambd=0.5) -> Unknown: ...
def tanhshrink(input) -> Normalised["input"]: ...
def linear(input, weight, bias=None) -> Scores[-1]:
    """S"""
def bilinear(input1, input2, weight, bias=None) -> Scores[-1]:
    """S"""
def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1) -> Scores[1]:
    """S"""
def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1) -> Scores[1]:
    """S"""
def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1) -> Scores[1]:
    """S"""
def conv_transpose1d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1) -> Scores[1]:
    """S"""
def conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1) -> Scores[1]:
    """S"""
def conv_transpose3d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1) -> Scores[1]:
    """S"""
def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False) -> Unknown: ...
def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None) -> Unknown: ...
def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05) -> Normalised["input"]: ...
def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05) -> Normalised["input"]: ...
def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05) -> Normalised["input"]: ...
def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05) -> Normalised["input"]: ...
def rms_norm(input, normalized_shape, weight=None, eps=None) -> Normalised["input"]: ...
def local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0) -> Unknown: ...
def normalize(input, p=2.0, dim=1, eps=1e-12, out=None) -> DivideByNorm["input", "p", "dim"]: ...
def dropout(input, p=0.5, training=True, inplace=False) -> Dropout["input"]: ...
def dropout1d(input, p=0.5, training=True, inplace=False) -> Dropout["input"]: ...
def dropout2d(input, p=0.5, training=True, inplace=False) -> Dropout["input"]: ...
def dropout3d(input, p=0.5, training=True, inplace=False) -> Dropout["input"]: ...
def alpha_dropout(input, p=0.5, training=False, inplace=False) -> Dropout["input"]: ...
def feature_alpha_dropout(input, p=0.5, training=False, inplace=False) -> Dropout["input"]: ...
def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True) -> Mean["input", -1]: ...
def avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None) -> Mean["input", -1]: ...
def avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None) -> Mean["input", -1]: ...
def adaptive_avg_pool1d(input, output_size) -> Mean["input", -1]: ...
def adaptive_avg_pool2d(input, output_size) -> Mean["input", -1]: ...
def adaptive_avg_pool3d(input, output_size) -> Mean["input", -1]: ...
def interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False) -> Mean["input", -1]: ...
def upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None) -> Mean["input", -1]: ...
def upsample_bilinear(input, size=None, scale_factor=None) -> Mean["input", -1]: ...
def upsample_nearest(input, size=None, scale_factor=None) -> Select["input", -1]: ...
def grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None) -> Mean["input", -1]: ...
def unfold(input, kernel_size, dilation=1, padding=0, stride=1) -> Unknown: ...
def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1) -> Unknown: ...
def pixel_shuffle(input, upscale_factor) -> Reshape["input"]: ...
def pixel_unshuffle(input, downscale_factor) -> Reshape["input"]: ...
def channel_shuffle(input, groups) -> Reshape["input"]: ...
def pad(input, pad, mode='constant', value=None) -> Unknown: ...
def one_hot(tensor, num_classes=-1) -> OneHot[-1]:
    """V"""
def cosine_similarity(x1, x2, dim=1, eps=1e-8) -> Unknown: ...
def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False) -> Unknown: ...
def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False) -> Unknown: ...
def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False) -> Unknown: ...
@overload
def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices: Literal[False] = False) -> Max["input", -1]: ...
@overload
def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices: Literal[True] = False) -> Pair[Max["input", -1], Index]: ...
@overload
def adaptive_max_pool1d(input, output_size, return_indices: Literal[False] = False) -> Max["input", -1]: ...
@overload
def adaptive_max_pool1d(input, output_size, return_indices: Literal[True] = False) -> Pair[Max["input", -1], Index]: ...
@overload
def max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices: Literal[False] = False) -> Max["input", -1]: ...
@overload
def max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices: Literal[True] = False) -> Pair[Max["input", -1], Index]: ...
@overload
def adaptive_max_pool2d(input, output_size, return_indices: Literal[False] = False) -> Max["input", -1]: ...
@overload
def adaptive_max_pool2d(input, output_size, return_indices: Literal[True] = False) -> Pair[Max["input", -1], Index]: ...
@overload
def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices: Literal[False] = False) -> Max["input", -1]: ...
@overload
def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices: Literal[True] = False) -> Pair[Max["input", -1], Index]: ...
@overload
def adaptive_max_pool3d(input, output_size, return_indices: Literal[False] = False) -> Max["input", -1]: ...
@overload
def adaptive_max_pool3d(input, output_size, return_indices: Literal[True] = False) -> Pair[Max["input", -1], Index]: ...
@overload
def gumbel_softmax(logits: Logits, tau=1, hard: Literal[False] = False, eps=1e-10, dim=-1) -> ProbCat["dim"]:
    """V A softmax before it flattens the distribution; log-probabilities are as good as scores."""
@overload
def gumbel_softmax(logits: Logits, tau=1, hard: Literal[True] = False, eps=1e-10, dim=-1) -> OneHot["dim"]: ...
relu_ = relu
elu_ = elu
celu_ = celu
selu_ = selu
rrelu_ = rrelu
leaky_relu_ = leaky_relu
hardtanh_ = hardtanh
threshold_ = threshold
@overload
def kl_div(input: LogProbCat, target: TargetProb, size_average=None, reduce=None, reduction="mean", log_target: Literal[False] = False) -> LossValue:
    """V log_target speaks of the target only; the input is always log-probabilities."""
@overload
def kl_div(input: LogProbCat, target: Target, size_average=None, reduce=None, reduction="mean", log_target: Literal[True] = False) -> LossValue: ...
