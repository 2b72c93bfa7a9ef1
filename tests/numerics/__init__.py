"""Claims about numbers, held against the frameworks themselves. Needs the extra ``numerics``; see ``conftest.py``."""
