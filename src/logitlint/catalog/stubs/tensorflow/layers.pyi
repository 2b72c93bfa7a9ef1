"""S Of TensorFlow 1."""

from tensorflow.compat.v1.layers import *
