"""S"""

from torch.ao.quantization import *
