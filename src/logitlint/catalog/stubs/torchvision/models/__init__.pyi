"""S"""

from torch.nn import Module as Module

class _Classifier(Layer, Module):
    """R A classifier gives scores until its last layer (fc, classifier, heads) is replaced, as it often is: nothing is said of them."""
    def __init__(self, *, weights=None, progress=True, **kwargs): ...
    def __call__(self, x) -> Unknown: ...
class alexnet(_Classifier):
    """R"""
class convnext_base(_Classifier):
    """R"""
class convnext_large(_Classifier):
    """R"""
class convnext_small(_Classifier):
    """R"""
class convnext_tiny(_Classifier):
    """R"""
class densenet121(_Classifier):
    """R"""
class densenet161(_Classifier):
    """R"""
class densenet169(_Classifier):
    """R"""
class densenet201(_Classifier):
    """R"""
class efficientnet_b0(_Classifier):
    """R"""
class efficientnet_b1(_Classifier):
    """R"""
class efficientnet_b2(_Classifier):
    """R"""
class efficientnet_b3(_Classifier):
    """R"""
class efficientnet_b4(_Classifier):
    """R"""
class efficientnet_b5(_Classifier):
    """R"""
class efficientnet_b6(_Classifier):
    """R"""
class efficientnet_b7(_Classifier):
    """R"""
class efficientnet_v2_s(_Classifier):
    """R"""
class efficientnet_v2_m(_Classifier):
    """R"""
class efficientnet_v2_l(_Classifier):
    """R"""
class mnasnet0_5(_Classifier):
    """R"""
class mnasnet1_0(_Classifier):
    """R"""
class mobilenet_v2(_Classifier):
    """R"""
class mobilenet_v3_large(_Classifier):
    """R"""
class mobilenet_v3_small(_Classifier):
    """R"""
class regnet_y_400mf(_Classifier):
    """R"""
class regnet_y_8gf(_Classifier):
    """R"""
class resnet18(_Classifier):
    """R"""
class resnet34(_Classifier):
    """R"""
class resnet50(_Classifier):
    """R"""
class resnet101(_Classifier):
    """R"""
class resnet152(_Classifier):
    """R"""
class resnext50_32x4d(_Classifier):
    """R"""
class resnext101_32x8d(_Classifier):
    """R"""
class shufflenet_v2_x0_5(_Classifier):
    """R"""
class shufflenet_v2_x1_0(_Classifier):
    """R"""
class squeezenet1_0(_Classifier):
    """R"""
class squeezenet1_1(_Classifier):
    """R"""
class swin_t(_Classifier):
    """R"""
class swin_s(_Classifier):
    """R"""
class swin_b(_Classifier):
    """R"""
class vgg11(_Classifier):
    """R"""
class vgg11_bn(_Classifier):
    """R"""
class vgg13(_Classifier):
    """R"""
class vgg13_bn(_Classifier):
    """R"""
class vgg16(_Classifier):
    """R"""
class vgg16_bn(_Classifier):
    """R"""
class vgg19(_Classifier):
    """R"""
class vgg19_bn(_Classifier):
    """R"""
class vit_b_16(_Classifier):
    """R"""
class vit_b_32(_Classifier):
    """R"""
class vit_l_16(_Classifier):
    """R"""
class vit_l_32(_Classifier):
    """R"""
class vit_h_14(_Classifier):
    """R"""
class wide_resnet50_2(_Classifier):
    """R"""
class wide_resnet101_2(_Classifier):
    """R"""
class maxvit_t(_Classifier):
    """R"""
