"""S"""

from torch import *
