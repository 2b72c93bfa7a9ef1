"""Fixes: what to edit for a finding, how far that can be trusted, and how it is put into the bytes of the files.

``plan`` looks at the syntax, ``splice`` at the bytes, ``write`` at the disk. Nothing here judges.
"""
