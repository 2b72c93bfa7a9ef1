"""S"""

from torch.distributions import *
