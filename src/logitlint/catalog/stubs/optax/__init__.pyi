"""S"""

from optax.losses import *
