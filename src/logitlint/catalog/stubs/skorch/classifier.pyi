"""R"""

from skorch import *
