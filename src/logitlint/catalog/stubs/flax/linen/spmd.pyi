"""S"""

from flax.linen import with_logical_constraint as with_logical_constraint
