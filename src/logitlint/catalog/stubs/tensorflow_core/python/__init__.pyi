"""S The copy of Keras that TensorFlow carries."""

import keras as keras
