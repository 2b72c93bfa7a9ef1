"""The modules of a project: which file an import means, and their units, read and lowered on demand."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from logitlint import catalog, ir
from logitlint.lines import split_lines
from logitlint.outline import EMPTY, Body, Outline, bodies, outline, simple_statements
from logitlint.parts import Part, parts
from logitlint.skeleton import ImportLine
from logitlint.source import SourceFile, read_plain, read_source
from logitlint.survey import Survey, read_already, surveys

_MOST_REEXPORTS = 8
_MOST_SPLIT = 64  #: modules whose lines are kept at a time
_MOST_READ = 64  #: modules whose text is kept at a time: a large project's takes more than a hundred megabytes
_MOST_COMPLETED = 256  #: modules whose methods are kept with their bodies at a time
_PATH_ADDED = re.compile(rb"^[^#\n]*?sys\.path\.(?:append|insert)\(([^\n;#]*)", re.MULTILINE)
_TEXT = re.compile(rb"([\"'])([^\"'\\\n]*)\\?\1")  #: in the JSON of a notebook a quote stands behind a backslash
_PUBLIC = re.compile(rb"^__all__\s*(?::[^=\n]+)?=\s*[\[(]([^\])]*)[\])]", re.MULTILINE)
_COMMENT = re.compile(rb"#[^\n]*")
_SUFFIXES = ("/__init__.py", ".py", ".ipynb")  #: of two of one name Python imports the package
DATA_SUFFIXES = (".json", ".toml", ".yaml", ".yml")


class Project:
    """``files`` are the paths that exist; ``read`` gives the bytes of one (None when it cannot be read).

    Paths use ``/``; nothing here knows whether they lie on a disk. ``roots`` are the folders that absolute imports start
    from beside the importing file's own folder and its parents. ``home`` is the absolute folder that relative paths start
    from; it is needed where others of ``files`` are absolute: a working directory inside a project. ``name`` is the name of
    the project's own folder, where ``files`` do not show it.
    """

    def __init__(
        self,
        files: Iterable[str],
        read: Callable[[str], bytes | None],
        roots: Iterable[str] = (),
        home: str = "",
        data: Callable[[str], bytes | None] | None = None,
        name: str = "",
    ) -> None:
        self.files = frozenset(files)
        self.name = name
        self._home = home.rstrip("/")
        self.roots = tuple(roots)
        self.progress: Callable[[int, int], object] = lambda done, total: None  #: told of the steps of a long evaluation
        self._read = read
        self._data = data
        self.data_read: dict[str, bytes | None] = {}  #: the data files that were asked for; None for what is none
        self._sources: dict[str, SourceFile] = {}  #: of which the first look kept what it made
        self._read_again: dict[str, SourceFile | None] = {}  #: the others, the last of them
        self._surveys: dict[str, Survey | None] = {}
        self._writers: dict[str, str] = {}  #: module that a cell writes -> its notebook
        self._outlines: dict[str, Outline] = {}
        self.refused: dict[tuple[str, int], str] = {}  #: units that could not be lowered, and why
        self._lowered: dict[tuple[str, int], tuple[ir.Stmt, ...]] = {}
        self._bodies: dict[tuple[str, int], tuple[Body, ...]] = {}
        self._parts: dict[tuple[str, int], tuple[Part, ...]] = {}
        self._lowered_parts: dict[tuple[str, int, int], tuple[ir.Stmt, ...]] = {}
        self._completed: dict[str, dict[tuple[int, int], ir.Func]] = {}
        self._resolved: dict[tuple[str, str, tuple[str, ...]], str | None] = {}
        self._search_path: dict[str, tuple[str, ...]] = {}
        self._cloned: dict[str, Sequence[str]] = {}
        self._above: dict[tuple[str, str], str | None] = {}
        self._holders: dict[str, list[str]] | None = None  #: name of a package -> the folders that have one
        self._source_roots_of: dict[str, list[str]] = {}
        self._mentions: Mapping[str, Sequence[str]] | None = None
        self._declared: dict[tuple[str, str], str] | None = None
        self._imports: dict[str, tuple[str, ...]] = {}
        self._folder_of: dict[str, str] = {}
        self._submodules: dict[tuple[str, str], str | None] = {}
        self._executed: dict[str, frozenset[str]] = {}
        self._executing: dict[str, tuple[str, ...]] = {}
        self._exported: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._statements: dict[str, list[tuple[int, int]]] = {}
        self._split: dict[str, list[str]] = {}
        whole = {self._whole(path): path for path in self.files}
        self._folders = _folders_above(whole)
        #: The file of each module, by its path without the suffix; of several the one with the first suffix.
        self._modules = {each.removesuffix(end): path for end in reversed(_SUFFIXES) for each, path in whole.items() if each.endswith(end)}

    @classmethod
    def of(cls, sources: Mapping[str, bytes]) -> Project:
        return cls(sources, sources.get, ("",), data=sources.get)

    def source(self, path: str) -> SourceFile | None:
        if path not in self._read_again and path not in self._sources:
            self.survey(path)  # which reads what it can of one that is broken
        if path in self._sources:
            return self._sources[path]
        if path not in self._read_again:
            if len(self._read_again) == _MOST_READ:
                del self._read_again[next(iter(self._read_again))]
            data = self._read(path)
            look = self._surveys.get(path)
            read = read_plain if look is not None and look.outline is not None else read_source
            self._read_again[path] = read(path, data) if data is not None else None
        return self._read_again[path]

    def runs_by_cells(self, path: str) -> bool:
        """Whether a module is a notebook, or a script that says so."""
        source = self.source(path)
        return source is not None and source.runs_by_cells

    def data(self, importer: str, name: str) -> bytes | None:
        """The content of a data file that a module names: beside the module, or below the folder that programs start from.

        Names that lead out of the project are not looked at; of two files that differ nobody knows which is meant.
        """
        if name.startswith(("/", "~")) or name[1:2] == ":":
            return None
        paths = dict.fromkeys(posixpath.normpath(posixpath.join(folder, name)) for folder in (posixpath.dirname(importer), *self.roots))
        contents = {self._data_of(path) for path in paths if not path.startswith("../")} - {None}
        return contents.pop() if len(contents) == 1 else None

    def _data_of(self, path: str) -> bytes | None:
        if path not in self.data_read:
            self.data_read[path] = self._data(path) if self._data is not None else None
        return self.data_read[path]

    def bytes(self, path: str) -> bytes | None:
        return self._sources[path].text.encode("utf-8", "replace") if path in self._writers else self._read(path)

    def written(self, paths: Iterable[str]) -> list[str]:
        """The modules that cells of notebooks write: a folder of them stands, as it were, in the place of the notebook."""
        notebooks = set(paths)
        return [module for module, notebook in self._writers.items() if notebook in notebooks]

    def module_at(self, path: str, line: int) -> str:
        """The module that has a line of a file's text: what a cell of the notebook writes, or the file itself."""
        return next((module for module in self.written([path]) if self._sources[module].is_masked(line)), path)

    def file_of(self, path: str) -> str:
        """The file that holds the text of a module: its notebook, where a cell writes it."""
        return self._writers.get(path, path)

    def statements(self, path: str) -> list[tuple[int, int]]:
        """First and last line of every simple statement."""
        if path not in self._statements:
            source = self.source(path)
            self._statements[path] = simple_statements(source.text) if source is not None else []
        return self._statements[path]

    def outline(self, path: str) -> Outline:
        found = self._outlines.get(path)
        if found is None:
            source = self.source(path)
            found = self._outlines[path] = outline(source) if source is not None else EMPTY
        return found

    def survey(self, path: str) -> Survey | None:
        """A first look at a file; None when it cannot be read."""
        if path not in self._surveys:
            self.look([path])
        return self._surveys[path]

    def look(self, paths: Iterable[str], jobs: int = 1) -> None:
        """Take a first look at files, side by side in as many as ``jobs`` processes."""
        contents = {path: self._read(path) for path in paths if path not in self._surveys}
        found = surveys({path: data for path, data in contents.items() if data is not None}, catalog.own_stems(), jobs)
        for path in contents:
            each = self._surveys[path] = found.get(path)
            if each is not None and each.source is not None:
                self._sources.setdefault(path, each.source)
                self._put_beside(path, each.source.written)
            if each is not None and each.outline is not None:
                self._outlines.setdefault(path, each.outline)

    def _put_beside(self, notebook: str, modules: Mapping[str, SourceFile]) -> None:
        """Take in the modules that the cells of a notebook write."""
        for name, source in modules.items():
            path = f"{notebook}/{name}"
            if path in self._writers:
                continue
            self._writers[path], self._sources[path] = notebook, source
            self._surveys[path] = read_already(source, catalog.own_stems())
            whole = self._whole(path)
            self._modules[whole.removesuffix(".py")] = path
            self._folders |= _folders_above([whole])

    def text(self, path: str, unit: int) -> str:
        """The text of a unit, complete lines."""
        span = self.outline(path).units[unit]
        return self.lines(path, span.first, span.last)

    def lines(self, path: str, first: int, last: int) -> str:
        return "".join(self._lines(path)[first - 1 : last])

    def _lines(self, path: str) -> list[str]:
        """The lines of a module; of a large project's they would take more memory than all that is known of it."""
        found = self._split.get(path)
        if found is None:
            source = self.source(path)
            if len(self._split) == _MOST_SPLIT:
                del self._split[next(iter(self._split))]
            found = self._split[path] = split_lines(source.text) if source is not None else []
        return found

    def bodies(self, path: str, unit: int) -> tuple[Body, ...]:
        """What of a unit is read only when it is entered."""
        key = path, unit
        if key not in self._bodies:
            self._bodies[key] = bodies(self._lines(path), self.outline(path).units[unit])
        return self._bodies[key]

    def outside(self, path: str, unit: int, *, aligned: bool = True) -> str:
        """The text of a unit without the bodies that are read only when they are entered. ``aligned``: every line is where it was."""
        span = self.outline(path).units[unit]
        lines = self._lines(path)[span.first - 1 : span.last]
        for each in reversed(self.bodies(path, unit)):
            start, end = each.first - span.first, each.last - span.first
            text = lines[start]
            lines[start : end + 1] = [text[: len(text) - len(text.lstrip())] + "pass\n", *["\n"] * (end - start if aligned else 0)]
        return "".join(lines)

    def body(self, path: str, unit: int, number: int) -> str:
        """The lines of the body of a method that :meth:`outside` leaves out."""
        where = next(each for each in self.bodies(path, unit) if each.number == number)
        return self.lines(path, where.first, where.last)

    def lowered(self, path: str, unit: int) -> tuple[ir.Stmt, ...]:
        """The statements of a unit; empty when LibCST refuses it."""
        if known := self.parts(path, unit):
            return tuple(statement for part in known for statement in self.part(path, unit, part))
        key = path, unit
        found = self._lowered.get(key)
        if found is None:
            from logitlint import units

            try:
                left_out = {each.number for each in self.bodies(path, unit)}
                found = units.lower(self.outside(path, unit, aligned=False), left_out)
            except (units.UnreadableUnit, RecursionError) as error:
                found = ()
                span = self.outline(path).units[unit]
                self._refuse(key, span.first, span.last, error)
            self._lowered[key] = found
        return found

    def parts(self, path: str, unit: int) -> tuple[Part, ...]:
        """The parts of a run of statements; none of a definition."""
        key = path, unit
        if key not in self._parts:
            known = self.outline(path)
            self._parts[key] = parts(self._lines(path), known.units[unit], known.names)
        return self._parts[key]

    def part(self, path: str, unit: int, part: Part) -> tuple[ir.Stmt, ...]:
        """The statements of a part of a run; empty when LibCST refuses it."""
        if part.imports:
            return part.imports
        key = path, unit, part.number
        found = self._lowered_parts.get(key)
        if found is None:
            from logitlint import units

            try:
                found = units.lower(self.lines(path, part.first, part.last), first=part.number)
            except (units.UnreadableUnit, RecursionError) as error:
                found = ()
                self._refuse((path, unit), part.first, part.last, error)
            self._lowered_parts[key] = found
        return found

    def completed(self, path: str, unit: int, function: ir.Func) -> ir.Func:
        """A method with the body that was left out when its class was read; with none when LibCST refuses it."""
        if function.left_out is None:
            return function
        known = self._completed.get(path)
        if known is None:
            if len(self._completed) == _MOST_COMPLETED:
                del self._completed[next(iter(self._completed))]
            known = self._completed[path] = {}
        key = unit, function.left_out
        found = known.get(key)
        if found is None:
            from logitlint import units

            try:
                found = units.complete(self.body(path, unit, function.left_out), function)
            except (units.UnreadableUnit, RecursionError) as error:
                found = function._replace(left_out=None)
                where = next(each for each in self.bodies(path, unit) if each.number == function.left_out)
                self._refuse((path, unit), where.first, where.last, error)
            known[key] = found
        return found

    def _refuse(self, key: tuple[str, int], first: int, last: int, error: Exception) -> None:
        self.refused[key] = f"{key[0]}: lines {first} to {last} are not followed: {str(error).partition(chr(10))[0]}"

    # ------------------------------------------------------------------ imports

    def resolve(self, importer: str, module: str, level: int = 0) -> str | None:
        """The file (or the folder, for a package without ``__init__``) that an import in ``importer`` means.

        A folder is given with a trailing ``/``. None: not a module of the project.
        """
        folder = self._folder(importer)
        if not level and importer.endswith(".ipynb") and (own := self._find(self._whole(importer), module)) is not None:
            return own
        if level:
            for _ in range(level - 1):
                folder = posixpath.dirname(folder)
            return self._find(folder, module)
        added = self._added(importer)
        key = folder, module, added
        if key not in self._resolved:
            self._resolved[key] = self._absolute(folder, module, added)
        found = self._resolved[key]
        return self._from_above(importer, module) if found is None else found

    def _from_above(self, importer: str, module: str) -> str | None:
        """A module whose import begins with the name of the project's own folder: seen from the folder above, be it that of this
        project here, or that into which a notebook clones what is mostly the repository that it comes from."""
        name, _, rest = module.partition(".")
        if name != self.name and name not in self._clones(importer):
            return None
        key = importer, name
        if key not in self._above:
            self._above[key] = self._called(importer, name)
        folder = self._above[key]
        return None if folder is None else self._in_folder(folder, rest)

    def _clones(self, importer: str) -> Sequence[str]:
        found = self._cloned.get(importer)
        if found is None:
            from logitlint.imports import cloned

            found = self._cloned[importer] = cloned(self.bytes(importer) or b"")
        return found

    def _called(self, importer: str, name: str) -> str | None:
        """The folder of the project that an importer calls by a name which nothing else has: a package, or what holds everything that is
        imported by that name, as hardly any other folder would."""
        if self._absolute(self._folder(importer), name, self._added(importer)) is not None:
            return None
        top = self._whole("")
        if name == self.name and self._named(posixpath.join(top, "__init__.py")) in self.files:
            return top
        lines = [line for line in self.outline(importer).imports if not line.level and line.module.partition(".")[0] == name]
        if not any(line.names or line.module != name for line in lines):
            return None
        folders = [*reversed(_parents(self._whole(importer)))] if name in self._clones(importer) else [top]
        return next((each for each in folders if all(self._offers(each, line) for line in lines)), None)

    def _offers(self, folder: str, line: ImportLine) -> bool:
        """Whether a folder has the module that an import names behind its first name, and the module what is imported from it."""
        target = self._in_folder(folder, line.module.partition(".")[2])
        if target is None:
            return False
        known = EMPTY if target.endswith("/") else self.outline(target)
        if any("*" in each.names for each in known.imports):
            return True
        return all(name in ("*", *known.names) or self.submodule(target, name) is not None for name in line.names)

    def _in_folder(self, folder: str, module: str) -> str | None:
        return self._find(folder, module) if module else self._find(folder, "") or f"{folder}/"

    def _absolute(self, folder: str, module: str, added: tuple[str, ...] = ()) -> str | None:
        bases = [folder, *_parents(folder + "/x")[1:], *map(self._whole, self.roots)]
        starts = [posixpath.join(base, inner) if inner else base for base in bases for inner in ("", "src")]
        starts += [posixpath.normpath(posixpath.join(folder, inner)) for inner in added]
        below = ("/".join(part for part in inner.split("/") if part not in (".", "..")) for inner in added)
        starts += [posixpath.join(base, inner) for inner in below if inner for base in bases]
        found = next((found for start in dict.fromkeys(starts) if (found := self._find(start, module)) is not None), None)
        return self._installed(folder, starts, module) or found if found is None or found.endswith("/") else found

    def _installed(self, folder: str, starts: Iterable[str], module: str) -> str | None:
        """A module of a package that stands beside a ``setup.py`` or ``pyproject.toml`` elsewhere in the project, or in the ``src`` beside
        one: who works in such a project has installed it. Of several of one name the nearest to ``folder`` is meant, if there is one.
        It comes before a plain folder of its name and after every other module among the ``starts``, as for Python."""
        top = module.partition(".")[0]
        roots = self._source_roots(top)
        if not roots or any(found is not None and not found.endswith("/") for found in (self._find(start, top) for start in starts)):
            return None
        above = set(_parents(f"{folder}/"))
        shared = [len(above.intersection(_parents(f"{root}/"))) for root in roots]
        return self._find(roots[shared.index(max(shared))], module) if shared.count(max(shared)) == 1 else None

    def _source_roots(self, package: str) -> Sequence[str]:
        """The folders with a package of a name where pip would look for one."""
        if self._holders is None:
            self._holders = defaultdict(list)
            for path in sorted(self.files):
                if path.endswith("/__init__.py"):
                    holder, _, name = self._folder(path).rpartition("/")
                    self._holders[name].append(holder)
        found = self._source_roots_of.get(package)
        if found is None:
            found = self._source_roots_of[package] = [each for each in self._holders.get(package, ()) if self._is_source_root(each)]
        return found

    def _is_source_root(self, folder: str) -> bool:
        """Whether pip would look for packages in a folder. It installs nothing for the sake of a ``setup.cfg`` alone."""
        holders = [folder, posixpath.dirname(folder)] if posixpath.basename(folder) == "src" else [folder]
        if any(self._named(posixpath.join(each, "setup.py")) in self.files for each in holders):
            return True
        return any(self._data_of(self._named(posixpath.join(each, "pyproject.toml"))) is not None for each in holders)

    def _added(self, importer: str) -> tuple[str, ...]:
        """The folders that a file puts on ``sys.path`` itself. Where one does not stand where its text says, seen from the file, it is
        looked for in the folders above: the way up may be computed."""
        found = self._search_path.get(importer)
        if found is None:
            data = self.bytes(importer) or b""
            lines = _PATH_ADDED.findall(data) if b"sys.path" in data else ()
            texts = ("/".join(text.decode("utf-8", "replace") for _, text in _TEXT.findall(line)) for line in lines)
            found = self._search_path[importer] = tuple(dict.fromkeys(text for text in texts if text.strip("./") and text[0] != "/"))
        return found

    def _find(self, folder: str, module: str) -> str | None:
        if not module:
            path = self._named(posixpath.join(folder, "__init__.py"))
            return path if path in self.files or path in self._writers else f"{folder}/" if folder and folder in self._folders else None
        stem = (folder if not folder or folder.endswith("/") else f"{folder}/") + module.replace(".", "/")
        return self._modules.get(stem) or (f"{stem}/" if stem in self._folders else None)

    def _folder(self, path: str) -> str:
        found = self._folder_of.get(path)
        if found is None:
            found = self._folder_of[path] = posixpath.dirname(self._whole(path))
        return found

    def _whole(self, path: str) -> str:
        """A path from which one can go up beyond the home."""
        return posixpath.join(self._home, path) if path else self._home

    def _named(self, whole: str) -> str:
        """The name in ``files`` of what `_whole` gave."""
        return whole.removeprefix(self._home + "/") if self._home else whole

    def submodule(self, package: str, name: str) -> str | None:
        """A module inside a package, given the package's ``__init__`` file or its folder."""
        key = package, name
        if key not in self._submodules:
            self._submodules[key] = self._inside(package, name)
        return self._submodules[key]

    def _inside(self, package: str, name: str) -> str | None:
        folder = package[:-1] if package.endswith("/") else self._folder(package)
        if not package.endswith(("/", "/__init__.py")) and package != "__init__.py":
            return None
        return self._find(folder, name)

    # ------------------------------------------------------------------ names with a contract of their own

    def contract_name(self, path: str, name: str) -> str | None:
        """The full name under which the settings give a contract to a top-level definition; None when they do not."""
        if self._declared is None:
            found = ((full, self._definition(full)) for full in sorted(catalog.own()))
            self._declared = {place: full for full, place in found if place is not None}
        return self._declared.get((path, name))

    def _definition(self, full: str) -> tuple[str, str] | None:
        """File and name of the definition that a full name leads to, through re-exports."""
        module, _, name = full.rpartition(".")
        path = next((found for root in self.roots or ("",) if (found := self._absolute(self._whole(root), module)) is not None), None)
        for _ in range(_MOST_REEXPORTS):
            if path is None or path.endswith("/"):
                return None
            outline = self.outline(path)
            if any(unit.name == name for unit in outline.units):
                return path, name
            path = next(self._exporters(path, name), None)
        return None

    def _exporters(self, path: str, name: str) -> Iterator[str]:
        for line in self.outline(path).imports:
            if name in line.names or "*" in line.names:
                target = self.resolve(path, line.module, line.level)
                if target is not None:
                    yield target

    def imports(self, path: str) -> tuple[str, ...]:
        """The project's modules that a module imports anywhere, each once."""
        found = self._imports.get(path)
        if found is None:
            found = self._imports[path] = tuple(dict.fromkeys(self._imported(path)))
        return found

    def _imported(self, path: str) -> Iterator[str]:
        for line in self.outline(path).imports:
            target = self.resolve(path, line.module, line.level)
            if target is None:
                continue
            if not target.endswith("/"):
                yield target
            for name in line.names:
                inner = self.submodule(target, name)
                if inner is not None and not inner.endswith("/"):
                    yield inner

    def users(self, paths: Iterable[str]) -> set[str]:
        """The modules and, transitively, those of the project that import them."""
        from logitlint.imports import closure, mentions

        if self._mentions is None:
            known = mentions(self.files, self.bytes)
            if self.name:  # the project itself may be a package
                known = {**known, "": [*known.get("", ()), *known.get(self.name, ())]}
            self._mentions = known
        return closure(paths, self._mentions)

    def reachable(self, paths: Iterable[str]) -> list[str]:
        """The modules and everything that they import: what a name leads to must not depend on which files were named."""
        found = dict.fromkeys(paths)
        pending = list(found)
        while pending:
            for each in self.imports(pending.pop()):
                if each not in found:
                    found[each] = None
                    pending.append(each)
        return sorted(found)

    def executed(self, path: str) -> Set[str]:
        """The modules that importing a module runs: what it imports, with the ``__init__`` of every package on the way."""
        found = {path}
        pending = [path]
        largest: frozenset[str] = frozenset()
        while pending:
            module = pending.pop()
            known = self._executed.get(module)
            if known is not None:
                if known is not largest:
                    found |= known
                    largest = max(largest, known, key=len)
            else:
                new = [each for each in self._executes(module) if each not in found]
                found.update(new)
                pending += new
        if len(found) == len(largest):
            self._executed[path] = largest  # modules that import each other, as those of a large package do, share one set
        elif not largest:
            self._executed[path] = frozenset(found)
        return found

    def _executes(self, path: str) -> tuple[str, ...]:
        """The modules that the imports of one module run at once."""
        found = self._executing.get(path)
        if found is None:
            each_way = (module for each in self.imports(path) for module in (*self._packages(each), each))
            found = self._executing[path] = tuple(dict.fromkeys(each_way))
        return found

    def exported(self, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What ``from module import *`` brings: the names, and the modules outside the project that it takes some from itself."""
        found = self._exported.get(path)
        if found is None:
            names: dict[str, None] = {}
            others: dict[str, None] = {}
            seen = {path}
            pending = [path]
            while pending:
                each = pending.pop()
                own = self.outline(each).names
                public = self._declared_public(each)
                names.update(dict.fromkeys(public if public is not None else (name for name in own if not name.startswith("_"))))
                if public is not None and set(public) <= set(own):
                    continue
                for line in self.outline(each).imports:
                    if "*" in line.names:
                        target = self.resolve(each, line.module, line.level)
                        if target is None and not line.level:
                            others[line.module] = None
                        elif target is not None and not target.endswith("/") and target not in seen:
                            seen.add(target)
                            pending.append(target)
            found = self._exported[path] = tuple(names), tuple(others)
        return found

    def _declared_public(self, path: str) -> tuple[str, ...] | None:
        """The names in ``__all__``; None where there is none, or where more than its text decides what is in it."""
        data = self.bytes(path) or b""
        listed = _PUBLIC.search(data) if data.count(b"__all__") == 1 else None
        if listed is None:
            return None
        content = _COMMENT.sub(b"", listed[1])
        if _TEXT.sub(b"", content).replace(b",", b"").strip():
            return None
        return tuple(text.decode("utf-8", "replace") for _, text in _TEXT.findall(content))

    def _packages(self, path: str) -> Iterator[str]:
        """The ``__init__`` files of the packages that hold a module."""
        for folder in _parents(self._whole(path)):
            init = self._named(posixpath.join(folder, "__init__.py"))
            if init not in self.files and init not in self._writers:
                return
            yield init


def _folders_above(paths: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        folder = posixpath.dirname(path)
        if folder not in found:
            found.update(_parents(path))
    return frozenset(found)


def _parents(path: str) -> list[str]:
    """The folders above a path, the nearest first, "" last."""
    found = []
    folder = posixpath.dirname(path)
    while folder and folder != "/":
        found.append(folder)
        folder = posixpath.dirname(folder)
    found.append(folder)
    return found
