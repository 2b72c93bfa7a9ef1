"""R Homes of earlier releases."""

from keras.utils import multi_gpu_model as multi_gpu_model
