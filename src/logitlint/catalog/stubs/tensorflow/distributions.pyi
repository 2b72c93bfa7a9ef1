"""S TensorFlow 1."""

from tensorflow.compat.v1.distributions import *
