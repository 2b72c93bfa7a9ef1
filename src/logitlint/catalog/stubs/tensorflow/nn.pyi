"""V"""

def softmax(logits: Logits, axis=-1, name=None, dim=None) -> ProbCat["axis"]: ...
def log_softmax(logits: Logits, axis=-1, name=None, dim=None) -> LogProbCat["axis"]: ...
def sigmoid(x: Logits, name=None) -> ProbEl: ...
def log_sigmoid(x: Logits, name=None) -> LogProbEl: ...
def tanh(x, name=None) -> BoundedPM1:
    """S"""
def relu(features, name=None) -> Rectified:
    """S"""
def relu6(features, name=None) -> Bounded06:
    """S"""
def softplus(features, name=None) -> NonNeg:
    """S"""
def softsign(features, name=None) -> BoundedPM1:
    """S"""
def leaky_relu(features, alpha=0.2, name=None) -> HalfBounded:
    """S"""
def elu(features, name=None) -> HalfBounded:
    """S"""
def selu(features, name=None) -> HalfBounded:
    """S"""
def gelu(features, approximate=False, name=None) -> HalfBounded:
    """S"""
def silu(features, beta=1.0) -> HalfBounded:
    """S"""
swish = silu
def crelu(features, axis=-1, name=None) -> NonNeg:
    """S"""
def softmax_cross_entropy_with_logits(labels: TargetOneHot, logits: LogitsCat["axis"], axis=-1, name=None, dim=None) -> LossValue:
    """V Label rows must sum to one: labels scaled by 3 give a gradient that is 48 % off. Before release 1.5 the logits came first."""
def softmax_cross_entropy_with_logits_v2(labels: TargetOneHot, logits: LogitsCat["axis"], axis=-1, name=None, dim=None) -> LossValue: ...
def sparse_softmax_cross_entropy_with_logits(labels: TargetIndex, logits: LogitsCat[-1], name=None) -> LossValue: ...
def sigmoid_cross_entropy_with_logits(labels: Target = None, logits: LogitsEl = None, name=None) -> LossValue: ...
def weighted_cross_entropy_with_logits(labels: Target, logits: LogitsEl, pos_weight, name=None) -> LossValue: ...
def sampled_softmax_loss(weights, biases, labels: Target, inputs: Free, num_sampled, num_classes, *args, **kwargs) -> LossValue:
    """S Takes features and applies the last layer itself."""
def nce_loss(weights, biases, labels: Target, inputs: Free, num_sampled, num_classes, *args, **kwargs) -> LossValue:
    """S Takes features and applies the last layer itself."""
def ctc_loss(labels: Target, logits: LogitsCat[-1], label_length, logit_length, logits_time_major=True, unique=None, blank_index=None, name=None) -> LossValue:
    """S Takes logits (that of torch takes log-probabilities)."""
def log_poisson_loss(targets: Target, log_input: Free, compute_full_loss=False, name=None) -> LossValue:
    """S Takes a log rate."""
def l2_loss(t: Free, name=None) -> LossValue:
    """R"""
def dropout(x, rate=None, noise_shape=None, seed=None, name=None, keep_prob=None) -> Dropout["x"]:
    """R"""
def bias_add(value, bias, data_format=None, name=None) -> Add["value", "bias"]:
    """R"""
def xw_plus_b(x, weights, biases, name=None) -> Scores[-1]:
    """R"""
def relu_layer(x, weights, biases, name=None) -> Rectified:
    """R"""
def conv1d(input, filters, stride=None, padding=None, data_format="NWC", dilations=None, name=None) -> Scores[-1]:
    """R"""
def conv2d(input, filters, strides=None, padding=None, data_format="NHWC", dilations=None, name=None) -> Scores[-1]:
    """R"""
def conv3d(input, filters, strides=None, padding=None, data_format="NDHWC", dilations=None, name=None) -> Scores[-1]:
    """R"""
def conv2d_transpose(input, filters, output_shape, strides, padding="SAME", data_format="NHWC", dilations=None, name=None) -> Scores[-1]:
    """R"""
def depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None) -> Scores[-1]:
    """R"""
def separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None) -> Scores[-1]:
    """R"""
def atrous_conv2d(value, filters, rate, padding, name=None) -> Scores[-1]:
    """R"""
def max_pool(input, ksize, strides, padding, data_format=None, name=None) -> Max["input", 1]:
    """R"""
def max_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None) -> Max["input", 1]:
    """R"""
def avg_pool(input, ksize, strides, padding, data_format=None, name=None) -> Mean["input", 1]:
    """R"""
def avg_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None) -> Mean["input", 1]:
    """R"""
def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None) -> Normalised["x"]:
    """R"""
def l2_normalize(x, axis=None, epsilon=1e-12, name=None, dim=None) -> Unknown:
    """R"""
def embedding_lookup(params, ids, max_norm=None, name=None) -> Unknown:
    """R"""
def top_k(input, k=1, sorted=True, index_type=..., name=None) -> Pair[Max["input"], Index]:
    """R"""
def in_top_k(targets, predictions, k, name=None) -> Index:
    """R"""
def avg_pool1d(input, ksize, strides, padding, data_format='NWC', name=None) -> Mean["input", 1]: ...
def avg_pool3d(input, ksize, strides, padding, data_format='NDHWC', name=None) -> Mean["input", 1]: ...
def max_pool1d(input, ksize, strides, padding, data_format='NWC', name=None) -> Max["input", 1]: ...
def max_pool3d(input, ksize, strides, padding, data_format='NDHWC', name=None) -> Max["input", 1]: ...
def conv1d_transpose(input, filters, output_shape, strides, padding='SAME', data_format='NWC', dilations=None, name=None) -> Scores: ...
def conv3d_transpose(input, filters, output_shape, strides, padding='SAME', data_format='NDHWC', dilations=None, name=None) -> Scores: ...
def conv_transpose(input, filters, output_shape, strides, padding='SAME', data_format=None, dilations=None, name=None) -> Scores: ...
def convolution(input, filters, strides=None, padding='VALID', data_format=None, dilations=None, name=None) -> Scores: ...
def atrous_conv2d_transpose(value, filters, output_shape, rate, padding, name=None) -> Scores: ...
def batch_norm_with_global_normalization(input, mean, variance, beta, gamma, variance_epsilon, scale_after_normalization, name=None) -> Normalised["input"]: ...
def local_response_normalization(input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None) -> Normalised["input"]: ...
