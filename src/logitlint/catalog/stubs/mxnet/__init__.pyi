"""R"""

import mxnet.ndarray as nd
