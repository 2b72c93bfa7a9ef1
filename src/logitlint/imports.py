"""Who imports whom, by a scan of the import lines of every file: cheap enough to run over a whole project."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

#: Not tied to the start of a line, which would cost three times as much: the JSON text of a notebook has a whole cell on one line,
#: and an import that stands only in a comment does no harm.
_IMPORT = re.compile(rb"from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*((?:\([^)]*)|(?:[^\n#\"\\;]|\\\r?\n)*)|import[ \t]+([\w., \t]+)")
_BY_NAME = re.compile(rb"(?:import_module|__import__)\([ \t]*[fF]?\\?[\"']\.*(\w[\w.]*)")
_RUN = re.compile(rb"%run[ \t]+[\"']?([\w./-]+)")


def mentioned(data: bytes) -> frozenset[str]:
    """The last components of every module that a file may import, and of every name that it imports from one; ``package/*`` where a
    package's module is imported by a name that only running tells."""
    found: set[str] = set()
    for dots, module, names, plain in _IMPORT.findall(data):
        if plain:
            for part in plain.split(b","):
                words = part.split()
                if words:
                    found.add(words[0].rpartition(b".")[2].decode("utf-8", "replace"))
        else:
            found.add(module.rpartition(b".")[2].decode("utf-8", "replace"))
            if dots or module:
                found.update(word.decode("utf-8", "replace") for word in re.findall(rb"\w+", names))
    for name in _BY_NAME.findall(data) if b"import_module" in data or b"__import__" in data else ():
        last = name.rstrip(b".").rpartition(b".")[2].decode("utf-8", "replace")
        found.add(f"{last}/*" if name.endswith(b".") else last)
    for path in _RUN.findall(data):
        found.add(posixpath.splitext(path.decode("utf-8", "replace"))[0].rpartition("/")[2])
    return frozenset(found)


def importers(reported: Iterable[str], everything: Iterable[str], read: Callable[[str], bytes | None]) -> set[str]:
    """The reported files and, transitively, the files that import them: by module name, so rather one too many."""
    return closure(reported, mentions(everything, read))


def mentions(everything: Iterable[str], read: Callable[[str], bytes | None]) -> Mapping[str, Sequence[str]]:
    """Last component of a module's name -> the files that may import such a module."""
    contents = ((path, read(path)) for path in everything)
    return users({path: mentioned(data) for path, data in contents if data is not None and b"import" in data})


def users(mentioned: Mapping[str, Iterable[str]]) -> Mapping[str, Sequence[str]]:
    """As `mentions`, from what `mentioned` gave of each file."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(mentioned):
        for name in mentioned[path]:
            found[name].append(path)
    return found


def closure(reported: Iterable[str], users: Mapping[str, Sequence[str]]) -> set[str]:
    """As `importers`, from what `mentions` gave."""
    found = set(reported)
    pending = list(found)
    while pending:
        path = pending.pop()
        for name in _module_names(path):
            for user in users.get(name, ()):
                if user not in found:
                    found.add(user)
                    pending.append(user)
    return found


def _module_names(path: str) -> Iterable[str]:
    stem = posixpath.splitext(path)[0]
    if posixpath.basename(stem) == "__init__":
        stem = posixpath.dirname(stem)
    return posixpath.basename(stem), f"{posixpath.basename(posixpath.dirname(stem))}/*"
