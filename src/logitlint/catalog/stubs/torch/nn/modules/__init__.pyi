"""S"""

from torch.nn import *
