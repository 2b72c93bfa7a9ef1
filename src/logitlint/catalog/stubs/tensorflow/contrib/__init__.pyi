"""S Of TensorFlow 1."""

import tf_slim as slim
import keras as keras
