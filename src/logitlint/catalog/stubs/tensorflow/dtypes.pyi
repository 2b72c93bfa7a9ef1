"""S"""

from tensorflow import cast as cast
