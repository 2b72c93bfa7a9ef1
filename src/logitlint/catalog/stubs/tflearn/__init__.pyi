"""S"""

from tflearn.layers.conv import avg_pool_1d as avg_pool_1d, avg_pool_2d as avg_pool_2d, avg_pool_3d as avg_pool_3d, conv_1d as conv_1d, conv_2d as conv_2d, conv_2d_transpose as conv_2d_transpose, conv_3d as conv_3d, conv_3d_transpose as conv_3d_transpose, global_avg_pool as global_avg_pool, global_max_pool as global_max_pool, max_pool_1d as max_pool_1d, max_pool_2d as max_pool_2d, max_pool_3d as max_pool_3d
from tflearn.layers.core import activation as activation, dropout as dropout, flatten as flatten, fully_connected as fully_connected, input_data as input_data, one_hot_encoding as one_hot_encoding, reshape as reshape, single_unit as single_unit
from tflearn.layers.estimator import regression as regression
from tflearn.layers.normalization import batch_normalization as batch_normalization, l2_normalize as l2_normalize, local_response_normalization as local_response_normalization
from tflearn.activations import elu as elu, leaky_relu as leaky_relu, linear as linear, relu as relu, relu6 as relu6, sigmoid as sigmoid, softmax as softmax, softplus as softplus, softsign as softsign, tanh as tanh
from tflearn.objectives import binary_crossentropy as binary_crossentropy, categorical_crossentropy as categorical_crossentropy, hinge_loss as hinge_loss, mean_square as mean_square, softmax_categorical_crossentropy as softmax_categorical_crossentropy
