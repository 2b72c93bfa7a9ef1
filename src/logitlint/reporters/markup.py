"""XML reports: JUnit's, which every CI service shows as tests, and Checkstyle's, which most review tools read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from xml.sax.saxutils import escape

from logitlint.diagnostics import Diagnostic
from logitlint.reporters import Findings
from logitlint.reporters.places import in_words, physical, told
from logitlint.reporters.text import printable

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}
_FORBIDDEN = re.compile("[\ufffe\uffff]")  #: beside what `printable` escapes, the characters that XML cannot hold
_QUOTED = {'"': "&quot;"}


def junit(report: Findings, *, color: bool, width: int) -> str:
    """A suite per file and a failed test per finding, within the schema of Jenkins' xUnit plugin, which knows no ``line``.

    A clean run is one test that passes: a report without tests is an error to some services.
    """
    suites = [_suite(path, found) for path, found in _by_file(report).items()]
    broken = sum(each.code == "LGT900" for each in report.diagnostics)
    if not suites:
        passed = '<testcase name="logitlint" classname="logitlint"/>'
        suites = [f'<testsuite name="logitlint" tests="1" failures="0" errors="0">{passed}</testsuite>']
    total = {"tests": max(len(report.diagnostics), 1), "failures": len(report.diagnostics) - broken, "errors": broken}
    return f'{_DECLARATION}<testsuites name="logitlint"{_attributes(total)}>\n' + "\n".join(suites) + "\n</testsuites>\n"


def _suite(path: str, found: list[Diagnostic]) -> str:
    broken = sum(each.code == "LGT900" for each in found)
    counts = {"name": path, "tests": len(found), "failures": len(found) - broken, "errors": broken, "package": "logitlint", "file": path}
    return f"<testsuite{_attributes(counts)}>\n" + "".join(_case(each, path) for each in found) + "</testsuite>"


def _case(diagnostic: Diagnostic, path: str) -> str:
    span = diagnostic.span
    cell = "" if span.cell is None else f"cell {span.cell}:"
    # Services take tests of one name for one test.
    case = _attributes({"name": f"{diagnostic.code} {diagnostic.name} {cell}{span.line}:{span.column}", "classname": path})
    kind = "error" if diagnostic.code == "LGT900" else "failure"
    failure = _attributes({"type": diagnostic.level, "message": in_words(diagnostic)})
    return f"<testcase{case}><{kind}{failure}>{_text(told(diagnostic))}</{kind}></testcase>\n"


def checkstyle(report: Findings, *, color: bool, width: int) -> str:
    """A ``file`` per file and an ``error`` per finding; in a notebook without a column."""
    out = [f'{_DECLARATION}<checkstyle version="4.3">\n']
    for path, found in _by_file(report).items():
        out.append(f"<file{_attributes({'name': path})}>\n")
        out += [_error(each, report) for each in found]
        out.append("</file>\n")
    return "".join([*out, "</checkstyle>\n"])


def _error(diagnostic: Diagnostic, report: Findings) -> str:
    place = physical(diagnostic.span, report)
    attributes: dict[str, object] = {} if place is None else {"line": place.line}
    if place is not None and place.column is not None:
        attributes["column"] = place.column
    attributes |= {"severity": _SEVERITIES[diagnostic.level], "message": in_words(diagnostic), "source": f"logitlint.{diagnostic.code}"}
    return f"<error{_attributes(attributes)}/>\n"


def _by_file(report: Findings) -> dict[str, list[Diagnostic]]:
    files: dict[str, list[Diagnostic]] = defaultdict(list)
    for each in report.diagnostics:
        files[each.span.path].append(each)
    return files


def _attributes(values: Mapping[str, object]) -> str:
    return "".join(f' {name}="{_text(printable(str(value)), _QUOTED)}"' for name, value in values.items())


def _text(text: str, quoted: Mapping[str, str] | None = None) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text), dict(quoted or {}))
