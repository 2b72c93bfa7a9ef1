"""S"""

from keras.models import Model as Model
from keras.models import Sequential as Sequential
from keras.layers import Input as Input
from keras.layers import Layer as Layer
from keras.losses import Loss as Loss
