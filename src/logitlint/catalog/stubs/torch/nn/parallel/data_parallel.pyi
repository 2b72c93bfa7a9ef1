"""S"""

from torch.nn.parallel import *
