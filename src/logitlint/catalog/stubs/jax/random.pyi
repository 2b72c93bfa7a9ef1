"""S"""

def categorical(key, logits: LogitsCat["axis"], axis=-1, shape=None, replace=True, mode=None, *, out_sharding=None) -> Sample:
    """S Takes logits."""
def bernoulli(key, p: ProbEl = 0.5, shape=None, mode="low", *, out_sharding=None) -> Sample:
    """S Takes probabilities."""
def normal(key, shape=(), dtype=..., *, out_sharding=None) -> Unknown: ...
def uniform(key, shape=(), dtype=..., minval=0.0, maxval=1.0, *, out_sharding=None) -> Unknown: ...
def binomial(key, n, p: ProbEl, shape=None, dtype=None) -> Sample:
    """S"""
def multinomial(key, n, p: ProbCat[-1], *, shape=None, dtype=None, unroll=1) -> Sample:
    """S"""
def geometric(key, p: ProbEl, shape=None, dtype=None, *, out_sharding=None) -> Sample:
    """S"""
def choice(key, a, shape=(), replace=True, p: Prob = None, axis=0, mode=None) -> Sample:
    """S Weights of either sort."""
