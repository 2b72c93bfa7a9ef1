"""S"""

from tensorflow import multinomial as multinomial

def categorical(logits: LogitsCat[-1], num_samples, dtype=None, seed=None, name=None) -> Sample:
    """S Takes logits: the output of a softmax flattens the sampling."""
def stateless_categorical(logits: LogitsCat[-1], num_samples, seed, dtype=..., name=None) -> Sample: ...
def stateless_binomial(shape, seed, counts, probs: ProbEl, output_dtype=..., name=None) -> Sample: ...
