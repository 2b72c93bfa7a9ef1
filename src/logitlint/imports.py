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
#: In the JSON of a notebook a quote stands behind a backslash, and so does what ends the line.
_CLONE = re.compile(rb"git[ \t]+clone[ \t]+((?:\\[\"']|[^\n\r;&|#\"\\])+)")
_FOLDER = re.compile(r"[\w.~/][\w.~/-]*")
#: What stands for the name of a package that a file has cloned, which may be any that has an ``__init__``: here its folder may have
#: another name.
_CLONED = "."


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
    if any(re.search(rb"(?:from|import)[ \t]+%s\b" % re.escape(name.encode()), data) for name in cloned(data)):
        found.add(_CLONED)
    return frozenset(found)


def cloned(data: bytes) -> Sequence[str]:
    """The names of the folders that a file clones repositories into."""
    commands = _CLONE.findall(data) if b"git clone" in data else ()
    return tuple(dict.fromkeys(name for command in commands if (name := _cloned_into(command.decode("utf-8", "replace")))))


def _cloned_into(command: str) -> str:
    """The name of the folder, given the words behind ``git clone``; "" where they say no address."""
    words: list[str] = re.findall(r"[^\s\"'\\]+", command)
    address = next((at for at, word in enumerate(words) if "://" in word or "@" in word), None)
    if address is None:
        return ""
    folder = next((word for word in words[address + 1 :] if _FOLDER.fullmatch(word)), words[address])
    return posixpath.basename(folder.rstrip("/")).removesuffix(".git")


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
        yield _CLONED
    yield posixpath.basename(stem)
    yield f"{posixpath.basename(posixpath.dirname(stem))}/*"
