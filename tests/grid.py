"""The grid of rules, frameworks and flow forms that the cases cover.

python tests/grid.py            prints it: for every form the rules that each framework's programs are held against
python tests/grid.py --pages    prints every rule with the flow and the spellings of its own pages
python tests/grid.py --check    fails on an empty cell, on a wrong program without its right twin, on a trap without a clean
                                program, on two cases that are the same program under other names, and where a program that is
                                spelled with another activation and loss is not judged as these two deserve
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable

from cases import Case, place_of, read_all
from forms import FORMS, SPELLINGS, TRAPS, Pair, framework, rules, spelled

from logitlint.formatted import tree


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
            module = tree(text)
            imports = [node for node in ast.walk(module) if isinstance(node, (ast.Import, ast.ImportFrom))]
            imported = {(alias.asname or alias.name).split(".")[0] for node in imports for alias in node.names}
            parts.append(f"{block.path} {counts}\n{ast.dump(_Renamer(imported).visit(module))}")
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


# --- forms -------------------------------------------------------------------------------------------------------------


def cells(cases: Iterable[Case]) -> dict[tuple[str, str], list[Case]]:
    """(form, framework) -> the wrong programs of several files or cells that take it."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        for form in case.forms:
            if case.marked("expect") and case.parts > 1:
                found[form, framework(case)].append(case)
    return found


def gaps(cases: Iterable[Case]) -> list[str]:
    """What is missing in the grid, and what stands in it under a name that it does not have."""
    cases = list(cases)
    filled = cells(cases)
    wanted = {(form, each): group for group, forms in FORMS.items() for form, frameworks in forms.items() for each in frameworks}
    found = [
        f"no wrong program of several files: {group}: {form}: {each}" for (form, each), group in wanted.items() if not filled[form, each]
    ]
    found += [f"{case.id} names the form {form!r}, which tests/forms.py does not have for {framework(case)}"
              for case in cases for form in case.forms if (form, framework(case)) not in wanted]  # fmt: skip
    shown = {trap for case in cases for trap in case.traps if case.parts > 1 and not case.marked("expect", "miss", "spurious")}
    found += [f"no clean program of several files: trap: {trap}" for trap in TRAPS if trap not in shown]
    found += [
        f"{case.id} names the trap {trap!r}, which tests/forms.py does not have"
        for case in cases
        for trap in case.traps
        if trap not in TRAPS
    ]
    return found + without_twin(cases)


def without_twin(cases: list[Case]) -> list[str]:
    """Wrong programs that no section "done right" follows; what cannot be parsed has none."""
    pairs = zip(cases, (*cases[1:], None), strict=True)
    alone = [case for case, after in pairs if case.codes and not (after is not None and after.is_right and after.page == case.page)]
    return [f"{case.id} has no right twin below it" for case in alone if "LGT900" not in case.codes and case.page.stem != "kinds"]


def variants(cases: Iterable[Case]) -> list[tuple[Case, Pair]]:
    """Every wrong program of a form with every pair of activation and loss that it can be spelled with, as spelled."""
    found = []
    for case in cases:
        if case.forms and case.marked("expect"):
            for pair in SPELLINGS[framework(case)].pairs:
                other = spelled(case, pair)
                if other is not None:
                    found.append((other, pair))
    return found


def misjudged(case: Case, pair: Pair) -> str | None:
    """Whether a varied program is judged as its activation and loss deserve: what the original expects, under the other code."""
    from logitlint.config import Settings
    from logitlint.engine import check

    kinds = tuple(sorted({each.code for spelling in SPELLINGS.values() for each in spelling.pairs if each.code}))
    report = check(case.sources(), Settings(confidence="possible", select=kinds))
    places = {(str(marker.place), marker.confidence) for marker in case.marked("expect")}
    wanted = sorted((pair.code, *place) for place in places) if pair.code else []
    actual = sorted({(each.code, str(place_of(each.span)), each.confidence) for each in report.diagnostics})
    if wanted == actual and not report.failed:
        return None
    return f"{case.id} with {pair.activation} and the loss of {pair.loss}: {actual} instead of {wanted}"


def table(cases: list[Case]) -> list[str]:
    """The lines of the printed grid."""
    filled = cells(cases)
    lines = []
    count = 0
    for group, forms in FORMS.items():
        lines.append(f"{group}  ({len(forms)} forms)")
        for form, frameworks in forms.items():
            lines.append(f"    {form}")
            for each in frameworks:
                codes = sorted({code for case in filled[form, each] for code in rules(case)})
                count += len(codes)
                lines.append(f"        {each:<11} " + (" ".join(code[3:] for code in codes) or "EMPTY"))
    total = sum(len(frameworks) for forms in FORMS.values() for frameworks in forms.values())
    forms_ = sum(map(len, FORMS.values()))
    lines.append(f"{forms_} forms, {total} cells of form and framework, {count} of rule, form and framework; {len(TRAPS)} traps")
    return lines


def main(arguments: list[str]) -> int:
    cases = read_all()
    if "--check" in arguments:
        problems = duplicates(cases) + gaps(cases)
        problems += [problem for case, pair in variants(cases) if (problem := misjudged(case, pair)) is not None]
        print(*problems, sep="\n", end="\n" if problems else "")
        return 1 if problems else 0
    if "--pages" not in arguments:
        print(*table(cases), sep="\n")
        return 0
    for code, flows in sorted(rows(cases).items()):
        print(f"{code}  ({len(flows)} flow forms)")
        for flow, spellings in sorted(flows.items()):
            print(f"    {flow:<34} " + ", ".join(f"{name} x{count}" if count > 1 else name for name, count in sorted(spellings.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
