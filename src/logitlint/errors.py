"""Every error that logitlint raises on purpose, and the exit status of the process.

LogitlintError
├── UsageError          a wrong argument, an absent path
├── ConfigError         a wrong setting: file, line and key are named
├── FixError            a file that cannot be changed: gone, changed or read-only; nothing was written
└── CatalogError        a wrong stub: file and line are named
"""

from __future__ import annotations

EXIT_CLEAN = 0  #: nothing at or above ``--fail-on``
EXIT_FINDINGS = 1
EXIT_ERROR = 2  #: usage, configuration or internal error; ``--exit-zero`` never hides it


class LogitlintError(Exception):
    """The message is written for the user and stands alone on standard error."""


class UsageError(LogitlintError):
    pass


class ConfigError(LogitlintError):
    pass


class CatalogError(LogitlintError):
    pass


class FixError(LogitlintError):
    pass
