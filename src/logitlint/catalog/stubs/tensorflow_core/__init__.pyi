"""S The package that releases 1.15 to 2.1 kept TensorFlow in."""

from tensorflow import *
import keras as keras
