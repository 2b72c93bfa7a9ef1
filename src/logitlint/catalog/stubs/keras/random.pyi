"""S"""

def categorical(logits: LogitsCat[-1], num_samples, dtype='int32', seed=None) -> Sample:
    """S Takes logits: the output of a softmax flattens the sampling."""
def binomial(shape, counts, probabilities: ProbEl, dtype=None, seed=None) -> Sample:
    """S"""
def dropout(inputs, rate, noise_shape=None, seed=None) -> Dropout["inputs"]: ...
