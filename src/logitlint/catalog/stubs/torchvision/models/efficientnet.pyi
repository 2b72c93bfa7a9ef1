"""S"""

from torchvision.models import *
