"""S"""

from tensorflow import *
