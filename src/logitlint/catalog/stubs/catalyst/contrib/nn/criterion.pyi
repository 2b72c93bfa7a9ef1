"""S"""

from catalyst.contrib.losses import *
