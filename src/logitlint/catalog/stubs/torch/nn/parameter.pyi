"""S"""

from torch.nn import Parameter as Parameter
