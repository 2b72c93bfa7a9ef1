"""The grid rule x spelling x flow form that the cases cover.

python tests/grid.py            prints it
python tests/grid.py --check    fails when two cases are the same program under other names
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable

from cases import Case, read_all


class _Renamer(ast.NodeTransformer):
    """Gives every name that the program itself binds a number in order of appearance; imports and attributes stay.

    Text and numbers stay too: a constant is often the very subject of a case.
    """

    def __init__(self, imported: set[str]) -> None:
        self.imported = imported
        self.names: dict[str, str] = {}

    def rename(self, name: str) -> str:
        if name in self.imported or (name.startswith("__") and name.endswith("__")):
            return name
        return self.names.setdefault(name, f"n{len(self.names)}")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self.rename(node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.arg(self.rename(node.arg), None)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self.rename(node.name)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self.rename(node.name)
        return self.generic_visit(node)


def normal_form(case: Case) -> str:
    """Equal for two cases that differ in nothing but the names they made up."""
    parts = []
    for block in case.blocks:
        counts = tuple(cell.count for cell in block.cells())
        for text in block.python():
            tree = ast.parse(text)
            imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
            imported = {(alias.asname or alias.name).split(".")[0] for node in imports for alias in node.names}
            parts.append(f"{block.path} {counts}\n{ast.dump(_Renamer(imported).visit(tree))}")
    return "\n".join(parts)


def duplicates(cases: Iterable[Case]) -> list[str]:
    """Pairs of cases that are one program; LGT900's own cases cannot be parsed and are left out."""
    seen: dict[str, str] = {}
    found = []
    for case in cases:
        if "LGT900" in case.codes:
            continue
        first = seen.setdefault(normal_form(case), case.id)
        if first != case.id:
            found.append(f"{case.id} is the same program as {first}")
    return found


def rows(cases: Iterable[Case]) -> dict[str, dict[str, dict[str, int]]]:
    """rule -> flow form -> spelling -> number of cases.

    A case may show several spellings. A silent case counts for the rule its page is named after.
    """
    table: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for case in cases:
        page = case.page.stem
        silent = f"{page.split('-')[0]} silent" if page.startswith("LGT") else "trap"
        for code in case.codes or (silent,):
            for spelling in case.spelling.split(", "):
                table[code][case.flow][spelling or "-"] += 1
    return table


def main(arguments: list[str]) -> int:
    cases = read_all()
    if "--check" in arguments:
        same = duplicates(cases)
        print(*same, sep="\n", end="\n" if same else "")
        return 1 if same else 0
    for code, flows in sorted(rows(cases).items()):
        print(f"{code}  ({len(flows)} flow forms)")
        for flow, spellings in sorted(flows.items()):
            print(f"    {flow:<34} " + ", ".join(f"{name} x{count}" if count > 1 else name for name, count in sorted(spellings.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
