"""R"""

import mxnet.ndarray as nd
import mxnet.ndarray as npx
