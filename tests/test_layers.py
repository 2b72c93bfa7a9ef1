"""The house keeps its direction: a module imports only from rooms above its own, and never in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "logitlint"

#: From the top of the house to its bottom. A name is a module or a package directly below ``logitlint``.
HOUSE = (
    "kinds",
    "diagnostics",
    "errors",
    "config",
    "schema",
    "files",
    "guard",
    "formatted",
    "legacy",
    "lines",
    "magics",
    "notebook",
    "source",
    "skeleton",
    "outline",
    "ir",
    "parts",
    "mentions",
    "failure",
    "lower",
    "units",
    "catalog",
    "cache",
    "imports",
    "workers",
    "survey",
    "project",
    "positions",
    "interp",
    "rules",
    "fixes",
    "suppress",
    "selection",
    "comments",
    "noqa",
    "engine",
    "fixing",
    "baseline",
    "reporters",
    "terminal",
    "output",
    "upkeep",
    "progress",
    "watch",
    "options",
    "cli",
    "flake8_plugin",
    "__main__",
)

#: The only rooms that may import a package from outside of the standard library.
THIRD_PARTY = {
    "libcst": {"lower", "units", "outline", "positions", "fixes"},
    "click": {"cli", "options", "progress"},
    "tomli": {"config"},
    "packaging": {"config"},
    "flake8": {"flake8_plugin"},
    "watchfiles": {"watch"},
}


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def room(module: str) -> str:
    """``logitlint.interp.values`` stands in the room ``interp``; the package itself has no room."""
    return module.split(".")[1] if "." in module else ""


def absolute(module: str, path: Path, node: ast.ImportFrom) -> str:
    """The module that a relative import names, seen from ``module``."""
    if not node.level:
        return node.module or ""
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def imports(module: str, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of every import statement, those inside of functions and ``TYPE_CHECKING`` blocks included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(module, MODULES[module], node)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield node.lineno, full if full in MODULES else base


def at_import(module: str) -> set[str]:
    """What importing a module imports: its own statements outside of functions and of ``TYPE_CHECKING``."""
    found: set[str] = set()
    pending: list[ast.stmt] = list(ast.parse(MODULES[module].read_bytes()).body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.If, ast.Try)) and "TYPE_CHECKING" not in ast.dump(node):
            pending += [*node.body, *node.orelse, *(each for handler in getattr(node, "handlers", ()) for each in handler.body)]
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {target for _, target in imports(module, ast.Module([node], []))}
    return found


def edges(module: str) -> list[tuple[int, str]]:
    tree = ast.parse(MODULES[module].read_bytes())
    return list(imports(module, tree))


def test_every_module_has_a_room() -> None:
    unknown = sorted({room(name) for name in MODULES} - {""} - set(HOUSE))
    assert not unknown, f"not in the list of the house: {unknown}"


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_point_upward(module: str) -> None:
    wrong = []
    for line, target in edges(module):
        if not target.startswith("logitlint.") or room(target) not in HOUSE or room(module) == room(target):
            continue
        if not room(module) or HOUSE.index(room(target)) > HOUSE.index(room(module)):
            wrong.append(f"{MODULES[module].name}:{line} imports {target}")
    assert not wrong, f"{module} imports from below itself: {wrong}"


def test_no_import_goes_in_a_circle() -> None:
    graph = {name: {target for _, target in edges(name) if target in MODULES and target != name} for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"modules import each other: {' -> '.join(circle.args[1])}")


@pytest.mark.parametrize("module", sorted(MODULES))
def test_third_party_packages_stay_in_their_rooms(module: str) -> None:
    wrong = []
    for line, target in edges(module):
        top = target.split(".")[0]
        if top in THIRD_PARTY and room(module) not in THIRD_PARTY[top]:
            wrong.append(f"{MODULES[module].name}:{line} imports {target}")
        if top in {"torch", "tensorflow", "keras", "jax", "numpy", "flax", "optax"}:
            wrong.append(f"{MODULES[module].name}:{line} imports {target}, a framework that the linter must never run")
    assert not wrong


def test_importing_the_engine_imports_nothing_heavy() -> None:
    """What reads syntax, and the interpreter, come in only when a file passes the prefilter: at the top of a module stands neither."""
    seen: set[str] = set()
    pending = ["logitlint.cli", "logitlint.engine"]
    while pending:
        module = pending.pop()
        if module not in seen:
            seen.add(module)
            pending += sorted({target for target in at_import(module) if target in MODULES})
            heavy = {"libcst", "multiprocessing", "asyncio"} & {target.split(".")[0] for target in at_import(module)}
            assert not heavy, f"{module} imports {heavy} when it is imported"
    assert "logitlint.project" in seen
    assert not {name for name in seen if room(name) in {"interp", "lower", "positions", "flake8_plugin"}}


def test_every_form_of_import_is_read() -> None:
    """Otherwise a wrong direction could hide behind a spelling."""
    source = (
        "import logitlint.errors\n"
        "from logitlint import kinds\n"
        "def late():\n"
        "    from .diagnostics import Span\n"
        "if TYPE_CHECKING:\n"
        "    from . import errors as e\n"
    )
    found = sorted(imports("logitlint.kinds", ast.parse(source)))
    assert found == [(1, "logitlint.errors"), (2, "logitlint.kinds"), (4, "logitlint.diagnostics"), (6, "logitlint.errors")]
