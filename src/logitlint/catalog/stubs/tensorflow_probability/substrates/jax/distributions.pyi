"""R"""

from tensorflow_probability.distributions import *
