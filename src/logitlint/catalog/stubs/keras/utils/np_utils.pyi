"""S"""

from keras.utils import to_categorical as to_categorical
