"""R Of the releases before 2.0."""

from paddle.nn import Layer as Layer, Sequential as Sequential

class Linear(Layer):
    def __init__(self, input_dim, output_dim, param_attr=None, bias_attr=None, act=None, dtype="float32"): ...
    def __call__(self, input) -> Apply["act", Scores[-1, "output_dim"]]: ...
