"""S"""

from tensorflow.math import *
from tensorflow import *
