"""S"""

from tinygrad import Tensor as Tensor
