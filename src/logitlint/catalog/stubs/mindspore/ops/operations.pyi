"""R"""

from mindspore.ops import *
