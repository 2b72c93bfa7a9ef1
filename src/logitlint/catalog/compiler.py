"""Compile the stubs to the tables that a run loads: ``python -m logitlint.catalog.compiler`` writes them again.

A stub is valid Python, read with :mod:`ast` and never imported. A module becomes a :class:`Library`: its contracts, its
aliases (import statements and assignments), its identifiers. The tables hold literals only, one file for each library,
so that Python loads them from a ``.pyc`` without evaluating anything.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from logitlint.catalog.contract import Contract, Param, Result, Signature
from logitlint.catalog.notation import ACTIVATED, PRODUCERS, SORTS, VARIABLE, function_sort
from logitlint.catalog.reader import Scope, literal, read_result, read_signature, read_want, subscript
from logitlint.errors import CatalogError
from logitlint.kinds import Want

HERE = Path(__file__).resolve().parent
STUBS = HERE / "stubs"
TABLES = HERE / "_tables"

_EVIDENCE = frozenset("VSR")


@dataclass
class Library:
    """Everything that is known under one first name (``torch``)."""

    contracts: dict[str, Contract] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)  #: a name or module -> what it stands for
    fallbacks: dict[str, tuple[str, ...]] = field(default_factory=dict)  #: a module -> modules it re-exports (``import *``)
    identifiers: dict[tuple[str, str], str] = field(default_factory=dict)  #: (sort, text) -> name
    constants: dict[str, object] = field(default_factory=dict)  #: a name -> its value
    modules: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)  #: a name -> file and line that speak of it, for messages


def compile_stubs(*directories: Path) -> dict[str, Library]:
    """Every stub below the directories, by first name; without directories those that are shipped.

    What a later directory says of a name replaces what an earlier one said.

    Raises:
        CatalogError: a stub that is not in the notation; file and line are named.
    """
    libraries: dict[str, Library] = {}
    roots = _needed(directories) if STUBS in directories[:-1] else None
    for directory in directories or (STUBS,):
        for path in sorted(directory.rglob("*.pyi")):
            if roots is not None and directory == STUBS and path.relative_to(STUBS).parts[0].removesuffix(".pyi") not in roots:
                continue
            module = module_name(path.relative_to(directory))
            library = libraries.setdefault(module.partition(".")[0], Library())
            library.modules.add(module)
            _Module(path, module, library).read()
    for library in libraries.values():
        for name in list(library.contracts):
            _inherit(name, libraries)
    _check_targets(libraries)
    return libraries


def _needed(directories: Iterable[Path]) -> set[str]:
    """The first names of the shipped stubs that other stubs extend or mention, directly or through further shipped stubs."""
    files: dict[str, list[Path]] = {}
    for path in STUBS.rglob("*.pyi"):
        files.setdefault(path.relative_to(STUBS).parts[0].removesuffix(".pyi"), []).append(path)
    mentioned = re.compile(rf"\b(?:{'|'.join(sorted(files))})\b")
    pending = [path for directory in directories if directory != STUBS for path in directory.rglob("*.pyi")]
    needed = {
        module_name(path.relative_to(each)).partition(".")[0] for each in directories if each != STUBS for path in each.rglob("*.pyi")
    }
    needed &= files.keys()
    pending += [path for root in needed for path in files[root]]
    while pending:
        for root in set(mentioned.findall(_text(pending.pop()))) - needed:
            needed.add(root)
            pending += files[root]
    return needed


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CatalogError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise CatalogError(f"{path}:1: is not UTF-8 (byte {error.start})") from None


def module_name(path: Path) -> str:
    """The module of a stub, from its path below the directory of the stubs."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class _Module:
    """Reads one stub file into its library."""

    def __init__(self, path: Path, module: str, library: Library) -> None:
        self.path = path
        self.module = module
        self.library = library
        self.scope = Scope(path)
        self.evidence = "R"
        self.imports: dict[str, str] = {}
        self.defined: set[str] = set()

    def read(self) -> None:
        try:
            tree = ast.parse(_text(self.path), str(self.path))
        except SyntaxError as error:
            raise CatalogError(f"{self.path}:{error.lineno or 1}: {error.msg}") from error
        except ValueError as error:
            raise CatalogError(f"{self.path}:1: {error}") from error
        self.evidence, _ = self.note(tree)
        groups: dict[str, list[ast.FunctionDef]] = {}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                groups.setdefault(node.name, []).append(node)
            else:
                self.statement(node)
        for name, nodes in groups.items():
            self.function(name, nodes)

    def statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ClassDef):
            self.class_(node)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            self.import_(node)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                self.alias(target, node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            self.annotated(node, node.target.id)
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            self.scope.fail(node, f"a stub has no {type(node).__name__} statement")

    def note(self, node: ast.Module | ast.ClassDef | ast.FunctionDef) -> tuple[str, str]:
        """Evidence and note of a docstring; the evidence of the module where the docstring gives none."""
        text = ast.get_docstring(node) or ""
        first, _, rest = text.partition("\n")
        mark, _, tail = first.partition(" ")
        if mark in _EVIDENCE:
            return mark, " ".join(f"{tail} {rest}".split())
        if text and isinstance(node, ast.Module):
            return self.evidence, " ".join(text.split())
        if text:
            self.scope.fail(node, "a docstring begins with its evidence: V, S or R")
        return self.evidence, ""

    def absolute(self, name: str) -> str:
        """A name of this stub as a full name."""
        first, _, rest = name.partition(".")
        base = self.imports.get(first)
        if base is None:
            return name if rest else f"{self.module}.{name}"
        return f"{base}.{rest}" if rest else base

    def import_(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for item in node.names:
                if item.asname:
                    self.define(item.asname, item.name, node)
            return
        source = node.module or ""
        if node.level:
            parents = self.module.split(".")
            keep = len(parents) - node.level + (self.path.stem == "__init__")
            source = ".".join([*parents[:keep], *([source] if source else [])])
        for item in node.names:
            if item.name == "*":
                self.library.fallbacks[self.module] = (*self.library.fallbacks.get(self.module, ()), source)
            else:
                self.define(item.asname or item.name, f"{source}.{item.name}", node)

    def place(self, name: str, node: ast.AST) -> None:
        self.library.places[name] = f"{self.path}:{getattr(node, 'lineno', 1)}: "

    def define(self, name: str, target: str, node: ast.stmt) -> None:
        self.imports[name] = target
        self.place(f"{self.module}.{name}", node)
        self.library.aliases[f"{self.module}.{name}"] = target

    def alias(self, target: ast.expr, value: ast.expr) -> None:
        if not isinstance(target, ast.Name) or not isinstance(value, (ast.Name, ast.Attribute)):
            self.scope.fail(target, "an assignment gives a second name to a name")
        self.place(f"{self.module}.{target.id}", target)
        self.library.aliases[f"{self.module}.{target.id}"] = self.absolute(ast.unparse(value))

    def annotated(self, node: ast.AnnAssign, text: str) -> None:
        """``MODE: Literal["binary"]``, the value of a constant, or ``bce: Identifier["loss"] = …``, what a string stands for."""
        name, arguments = subscript(node.annotation)
        if name == "Literal" and len(arguments) == 1 and node.value is None:
            self.place(f"{self.module}.{text}", node)
            self.library.constants[f"{self.module}.{text}"] = literal(arguments[0])
            return
        sort = arguments[0] if name == "Identifier" and len(arguments) == 1 else None
        if not isinstance(sort, ast.Constant) or not isinstance(sort.value, str) or not isinstance(node.value, ast.Attribute):
            self.scope.fail(node, 'an identifier is written name: Identifier["loss"] = full.name')
        self.place(f"{sort.value} {text}", node)
        self.library.identifiers[sort.value, text] = self.absolute(ast.unparse(node.value))

    def function(self, name: str, nodes: list[ast.FunctionDef]) -> None:
        signatures = tuple(read_signature(node, self.scope) for node in nodes)
        evidence, doc = self.note(nodes[0])
        full = f"{self.module}.{name}"
        self.add(nodes[0], Contract(full, "function", function_sort(signatures), call=signatures, evidence=evidence, doc=doc))

    def add(self, node: ast.stmt, contract: Contract) -> None:
        if contract.name in self.defined:
            self.scope.fail(node, f"{contract.name} is defined twice")
        self.defined.add(contract.name)
        self.place(contract.name, node)
        self.library.contracts[contract.name] = contract

    def class_(self, node: ast.ClassDef) -> None:
        sort, scope, bases = self.header(node)
        groups: dict[str, list[ast.FunctionDef]] = {}
        copies: list[tuple[str, str]] = []
        attributes: list[tuple[str, Result]] = []
        for item in node.body:
            if isinstance(item, ast.FunctionDef):
                groups.setdefault(item.name, []).append(item)
            elif isinstance(item, ast.Assign) and isinstance(item.value, ast.Name):
                copies += [(target.id, item.value.id) for target in item.targets if isinstance(target, ast.Name)]
            elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                result = read_result(item.annotation, scope)
                attributes += [] if result is None else [(item.target.id, result)]
            elif not isinstance(item, (ast.Pass, ast.Expr)):
                scope.fail(item, f"a class of a stub has no {type(item).__name__} statement")
        init = tuple(read_signature(each, scope, drop_self=True) for each in groups.pop("__init__", []))
        names = frozenset(param.name for signature in init for param in signature.params)
        scope = Scope(self.path, scope.want, scope.axis, scope.generic, names)
        call = tuple(read_signature(each, scope, drop_self=True) for each in groups.pop("__call__", []))
        methods = {name: tuple(read_signature(each, scope) for each in nodes) for name, nodes in groups.items()}
        for copy, original in copies:
            if original not in methods:
                scope.fail(node, f"{node.name}.{copy}: there is no method {original}")
            methods[copy] = methods[original]
        evidence, doc = self.note(node)
        name = f"{self.module}.{node.name}"
        self.add(node, Contract(name, "class", sort, bases, init, call, tuple(methods.items()), evidence, doc, tuple(attributes)))

    def header(self, node: ast.ClassDef) -> tuple[str, Scope, tuple[str, ...]]:
        """The sort, the scope of the methods and the full names of the bases."""
        sort, want, axis, generic = "", None, None, False
        bases: list[str] = []
        for base in node.bases:
            name, arguments = subscript(base)
            if name in SORTS and f"{self.module}.{name}" not in self.defined:
                sort = sort or name
                for argument in arguments:
                    found = read_want(argument, self.scope)
                    generic = generic or subscript(argument)[0] == VARIABLE
                    if found is None and not generic:
                        self.scope.fail(base, f"unknown kind {ast.unparse(argument)}")
                    if found is not None:
                        want, axis = found
            else:
                bases.append(self.absolute(ast.unparse(base)))
        return sort, Scope(self.path, want, axis, generic), tuple(bases)


def _inherit(name: str, libraries: dict[str, Library]) -> Contract:
    """Give a class what its first base with a contract has and itself has not."""
    library = libraries[name.partition(".")[0]]
    table = library.contracts
    contract = table[name]
    for base in contract.bases:
        target = resolve(base, libraries)
        if target is None or target == name:
            raise CatalogError(f"{library.places.get(name, '')}{name}: there is no stub for the base class {base}")
        parent = _inherit(target, libraries)
        contract = contract._replace(
            sort=contract.sort or parent.sort, init=contract.init or parent.init, call=contract.call or parent.call
        )
    contract = contract._replace(bases=tuple(resolve(base, libraries) or base for base in contract.bases))
    table[name] = contract
    return contract


def resolve(name: str, libraries: dict[str, Library]) -> str | None:
    """The name under which the contract of ``name`` is kept; None when there is none."""
    for candidate in candidates(name, libraries, set()):
        library = libraries.get(candidate.partition(".")[0])
        if library is not None and (candidate in library.contracts or candidate in library.modules):
            return candidate
    return None


def candidates(name: str, libraries: dict[str, Library], seen: set[str]) -> Iterator[str]:
    """``name`` and every other name that aliases and re-exports give it, nearest first."""
    if name in seen:
        return
    seen.add(name)
    yield name
    library = libraries.get(name.partition(".")[0])
    if library is None:
        return
    prefix, rest = name, ""
    while prefix:
        target = library.aliases.get(prefix)
        if target is not None:
            yield from candidates(target + rest, libraries, seen)
        if rest:
            for source in library.fallbacks.get(prefix, ()):
                yield from candidates(source + rest, libraries, seen)
        prefix, _, last = prefix.rpartition(".")
        rest = f".{last}{rest}"


def _check_targets(libraries: dict[str, Library]) -> None:
    for library in libraries.values():
        for (sort, text), target in library.identifiers.items():
            if resolve(target, libraries) is None:
                place = library.places.get(f"{sort} {text}", "")
                raise CatalogError(f"{place}identifier {text!r} ({sort}): there is no stub for {target}")
        for name, target in library.aliases.items():
            if resolve(target, libraries) is None and not _is_module(target, libraries):
                raise CatalogError(f"{library.places.get(name, '')}{name}: there is no stub for {target}")


def _is_module(name: str, libraries: dict[str, Library]) -> bool:
    return any(
        candidate in library.modules or any(module.startswith(f"{candidate}.") for module in library.modules)
        for candidate in candidates(name, libraries, set())
        for library in libraries.values()
    )


def pack_param(param: Param) -> tuple[object, ...]:
    """A parameter without its trailing defaults."""
    row: list[object] = [value.value if isinstance(value, Want) else value for value in param]
    rest = list(Param("").__class__._field_defaults.values())
    while len(row) > 1 and row[-1] == rest[len(row) - 2] and type(row[-1]) is type(rest[len(row) - 2]):
        row.pop()
    return tuple(row)


def pack_result(result: Result | None) -> tuple[object, ...] | None:
    if result is None:
        return None
    return (result.op, *(pack_result(argument) if isinstance(argument, Result) else argument for argument in result.args))


def pack_signatures(signatures: tuple[Signature, ...]) -> tuple[object, ...]:
    return tuple(
        (tuple(pack_param(param) for param in each.params), pack_result(each.result), None if each.binds is None else each.binds.value)
        for each in signatures
    )


def pack(contract: Contract) -> tuple[object, ...]:
    """A contract as nested literals; :func:`logitlint.catalog.unpack` reads it back."""
    return (
        contract.form,
        contract.sort,
        contract.bases,
        pack_signatures(contract.init),
        pack_signatures(contract.call),
        tuple((name, pack_signatures(signatures)) for name, signatures in contract.methods),
        contract.evidence,
        contract.doc,
        tuple((name, pack_result(result)) for name, result in contract.attributes),
    )


def render(libraries: dict[str, Library]) -> dict[str, str]:
    """The text of every table module, by file name."""
    files = {f"{root}.py": _render_library(library) for root, library in sorted(libraries.items())}
    files["__init__.py"] = _render_index(libraries)
    return files


_HEAD = '''"""Generated from the stubs by ``python -m logitlint.catalog.compiler``: do not edit."""

from __future__ import annotations

from typing import Any

'''


def _render_library(library: Library) -> str:
    lines = [_HEAD, "CONTRACTS: tuple[Any, ...] = (\n"]
    lines += [f"    ({name!r}, {pack(contract)!r}),\n" for name, contract in sorted(library.contracts.items())]
    lines.append(")\nALIASES: tuple[Any, ...] = (\n")
    lines += [f"    ({name!r}, {target!r}),\n" for name, target in sorted(library.aliases.items())]
    lines.append(")\nFALLBACKS: tuple[Any, ...] = (\n")
    lines += [f"    ({name!r}, {targets!r}),\n" for name, targets in sorted(library.fallbacks.items())]
    lines.append(")\nIDENTIFIERS: tuple[Any, ...] = (\n")
    lines += [f"    ({key!r}, {target!r}),\n" for key, target in sorted(library.identifiers.items())]
    lines.append(")\nCONSTANTS: tuple[Any, ...] = (\n")
    lines += [f"    ({name!r}, {value!r}),\n" for name, value in sorted(library.constants.items())]
    lines.append(")\nMODULES: tuple[Any, ...] = (\n")
    lines += [f"    {name!r},\n" for name in sorted(namespaces(library))]
    lines.append(")\n")
    return "".join(lines)


def namespaces(library: Library) -> set[str]:
    """The modules of a library: those that have a stub, and every prefix of a known name."""
    return library.modules | {parent for name in [*library.contracts, *library.modules] for parent in _parents(name)}


def _parents(name: str) -> Iterator[str]:
    prefix = name.rpartition(".")[0]
    while prefix:
        yield prefix
        prefix = prefix.rpartition(".")[0]


def _render_index(libraries: dict[str, Library]) -> str:
    consumers, producers = names(libraries)
    lines = [_HEAD]
    for key, texts in (("ROOTS", set(libraries)), ("CONSUMERS", consumers), ("PRODUCERS", producers)):
        lines += [f"{key}: tuple[Any, ...] = (\n", *(f"    {text!r},\n" for text in sorted(texts)), ")\n"]
    return "".join(lines)


def names(libraries: dict[str, Library]) -> tuple[set[str], set[str]]:
    """The last components of the names of every loss that judges its prediction, and of what gives a value its kind.

    Metrics and distributions are left out: their names (``Precision``, ``Normal``) are everywhere, and a program that trains
    mentions its loss.
    """
    consumers: set[str] = set()
    producers: set[str] = set()
    for name, contract in _public(libraries):
        last = name.rpartition(".")[2].lstrip("_")
        if contract.sort in ("Loss", "Transfer") and _judged(contract):  # a transfer: it gives back the network whose loss it names
            consumers.add(last)
        elif contract.sort in PRODUCERS and _gives_kind(contract):
            producers.add(last)
        for method, signatures in contract.methods:
            roles = {param.role for signature in signatures for param in signature.params}
            sort = function_sort(signatures)
            consumers |= {method} if sort == "Loss" and "prediction" in roles else set()
            producers |= {method} if sort == "Activation" and "input" in roles else set()
    return consumers, producers


def _public(libraries: dict[str, Library]) -> Iterator[tuple[str, Contract]]:
    """Every contract under its own name, and again under each of its second names."""
    for library in libraries.values():
        yield from library.contracts.items()
        for name, target in library.aliases.items():
            found = resolve(target, libraries) or ""
            contract = libraries[found.partition(".")[0]].contracts.get(found) if found else None
            if contract is not None:
                yield name, contract


def _judged(contract: Contract) -> bool:
    """Whether some kind is wrong here; any real value may reach a squared error."""
    signatures = (*contract.init, *contract.call)
    wants = {signature.binds for signature in signatures} | {param.want for signature in signatures for param in signature.params}
    return bool(wants - {None, Want.ANY})


def _gives_kind(contract: Contract) -> bool:
    """Whether a call gives its value a kind, instead of passing one on or forgetting it."""
    results = [signature.result for signature in contract.call if signature.result is not None]
    return any(result.op in ACTIVATED or result.op in {"Scores", "Apply"} for result in results)


def main() -> int:
    """Write the tables; returns the exit status."""
    try:
        files = render(compile_stubs())
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 2
    TABLES.mkdir(exist_ok=True)
    for old in TABLES.glob("*.py"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (TABLES / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
