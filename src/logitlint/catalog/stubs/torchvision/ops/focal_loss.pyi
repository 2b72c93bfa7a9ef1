"""S"""

from torchvision.ops import *
