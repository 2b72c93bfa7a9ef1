"""R"""

from haiku import Module as Module

class MLP(Layer, Module):
    """R Scores unless activate_final is set; then a ReLU unless activation is given."""
    def __init__(self, output_sizes, w_init=None, b_init=None, with_bias=True, activation=..., activate_final=False, name=None): ...
    @overload
    def __call__(self, inputs, dropout_rate=None, rng=None, *, activate_final: Literal[False]) -> Scores[-1]: ...
    @overload
    def __call__(self, inputs, dropout_rate=None, rng=None, *, activate_final: Literal[True]) -> Apply["activation", Scores[-1]]: ...
class ResNet18(Layer, Module):
    """R Its last layer is linear."""
    def __init__(self, num_classes, **kwargs): ...
    def __call__(self, inputs, is_training, test_local_stats=False) -> Scores[-1, "num_classes"]: ...
ResNet34 = ResNet18
ResNet50 = ResNet18
ResNet101 = ResNet18
ResNet152 = ResNet18
ResNet200 = ResNet18
class MobileNetV1(Layer, Module):
    """R Its last layer is linear."""
    def __init__(self, strides=(1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1), channels=(64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024), num_classes=1000, use_bn=True, name=None): ...
    def __call__(self, inputs, is_training) -> Scores[-1, "num_classes"]: ...
