"""The formats that programs read, held against their consumers' schemas."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator
from lxml import etree, html
from pace import slowness
from test_reporters import FINDING, LOSS, MADE, REPORT, Findings, Source, alone, render

from logitlint import engine
from logitlint.diagnostics import Diagnostic, Edit, Fix, Span, Step
from logitlint.fixing import fix_sources
from logitlint.reporters import REPORTERS, TEXT_FORMATS
from logitlint.reporters.linehash import line_hashes
from logitlint.reporters.text import printable

SCHEMAS = Path(__file__).parent / "schemas"
DEMO = Path(__file__).parents[1] / "fixtures" / "demo"
CMARK_OPT_UNSAFE = Options.CMARK_OPT_UNSAFE  #: HTML in the text stays, as GitHub keeps the tags that we write
MACHINE = sorted(set(REPORTERS) - TEXT_FORMATS)
AWKWARD = (
    "a b, c%20/é😀 [x](y)|`z`.py", "50%;].py", "two\nlines.py", "c:d\\e.py", "<&\"'>.py", "##vso[task.complete].py", "::error::.py",
    "\x1b[31mred.py", "a\udcff.py", "../up.py", "/abs/olute.py", "\u2028\ufffe\x00.py",
)  # fmt: skip


@pytest.fixture(autouse=True)
def outside_of_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"):
        monkeypatch.delenv(name, raising=False)


# -- the consumers ------------------------------------------------------------------------------------------------------------


@cache
def schema(name: str) -> Any:
    if name.endswith(".xsd"):
        return etree.XMLSchema(etree.parse(SCHEMAS / name))
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def sarif(text: str) -> None:
    document = json.loads(text)
    Draft4Validator(schema("sarif-2.1.0.json")).validate(document)
    (run,) = document["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        places = [*result["locations"], *result.get("relatedLocations", ())]
        places += [
            step["location"] for flow in result.get("codeFlows", ()) for thread in flow["threadFlows"] for step in thread["locations"]
        ]
        for place in places:
            # what the schema leaves to its format checker
            uri = place["physicalLocation"]["artifactLocation"]["uri"]
            assert re.fullmatch(r"(?:file://)?(?:[A-Za-z0-9_.~/()'*!-]|%[0-9A-F]{2})+", uri), uri


def gitlab(text: str) -> None:
    found = json.loads(text)
    Draft7Validator(schema("gitlab-code-quality.json")).validate(found)
    assert len({each["fingerprint"] for each in found}) == len(found)


def rdjson(text: str) -> None:
    Draft7Validator(schema("rdjson.json")).validate(json.loads(text))


def xml(name: str) -> Callable[[str], None]:
    def validate(text: str) -> None:
        schema(name).assertValid(etree.fromstring(text.encode()))

    return validate


def github(text: str) -> None:
    assert all(re.fullmatch(r"::(error|warning|notice) [^\x00-\x1f]*::[^\x00-\x1f]*", line) for line in text.splitlines())
    assert max(Counter(line.split(" ")[0] for line in text.splitlines()).values(), default=0) <= 10


def azure(text: str) -> None:
    for line in text.splitlines():
        assert re.fullmatch(r"##vso\[task\.logissue type=(error|warning);([a-z]+=[^;\]]*;)*\][^\x00-\x1f]*", line), line
        assert line.count("##vso[") == 1
    assert sum("type=error" in line for line in text.splitlines()) <= 10


def jsonl(text: str) -> None:
    for line in text.splitlines():  # splits at every line end that Unicode knows
        assert {"code", "path", "line", "trace", "fingerprint"} <= set(json.loads(line))


def markdown(text: str) -> None:
    assert text.startswith("### logitlint: ")
    assert len(text.encode()) < 1024 * 1024
    document = html.fromstring(github_flavored_markdown_to_html(text, CMARK_OPT_UNSAFE))
    assert len(document.xpath("//h3")) == 1
    assert len(document.xpath("//tbody/tr")) == sum(line.startswith("| ") for line in text.splitlines()) - (1 if "| level |" in text else 0)
    assert not document.xpath("//img | //script | //em | //del | //pre")


VALID: dict[str, Callable[[str], None]] = {
    "sarif": sarif,
    "gitlab": gitlab,
    "rdjson": rdjson,
    "junit": xml("junit-10.xsd"),
    "checkstyle": xml("checkstyle.xsd"),
    "github": github,
    "azure": azure,
    "json": lambda text: jsonl("\n".join(json.dumps(each) for each in json.loads(text))),
    "jsonl": jsonl,
    "markdown": markdown,
}


def test_every_machine_format_has_its_consumer() -> None:
    assert sorted(VALID) == MACHINE


# -- what every format has to bear --------------------------------------------------------------------------------------------


@pytest.fixture(params=MACHINE)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_no_findings(name: str) -> None:
    text = render(name, Findings(()))
    VALID[name](text)
    empty = {"json": "[]\n", "gitlab": "[]\n", "jsonl": "", "github": "", "azure": "", "markdown": "### logitlint: all checks passed\n\n"}
    assert text == empty.get(name, text)
    assert "LGT101 " not in text


def test_a_finding_across_files(name: str) -> None:
    text = render(name, REPORT)
    VALID[name](text)
    assert text.endswith("\n")
    for part in ("LGT101", "src/train.py", "softmax probabilities reach cross"):
        assert part.replace("_", r"\_") in text.replace("_", r"\_")


@pytest.mark.parametrize("path", AWKWARD)
def test_awkward_names(name: str, path: str) -> None:
    span, other = replace(LOSS, path=path), replace(MADE, path=path)
    finding = replace(FINDING, span=span, producer=other, message=path, conditions=(path,), trace=(Step(other, "value", path),))
    text = render(name, alone(finding))
    VALID[name](text)
    text.encode()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(min_size=1), message=st.text(), edit=st.text())
def test_any_name_and_message(name: str, path: str, message: str, edit: str) -> None:
    span = Span(path, 1, 1, 1, 2)
    fix = Fix("safe", message, (Edit(span, edit),))
    finding = replace(FINDING, span=span, producer=None, message=message, trace=(Step(span, "value", message),), fix=fix)
    text = render(name, Findings((finding,), {path: Source(path, ["x = 1\n"])}))
    VALID[name](text)
    text.encode()


def test_a_range_over_lines(name: str) -> None:
    finding = replace(FINDING, span=Span("a.py", 3, 12, 5, 2), producer=Span("a.py", 1, 9, 2, 1), trace=(), fix=None)
    VALID[name](render(name, Findings((finding,), {"a.py": Source("a.py", ["x = f(\n", ")\n", "y = g(\n", "  x\n", ")\n"])})))


def test_a_notebook_without_its_text(name: str) -> None:
    VALID[name](render(name, alone(replace(FINDING, span=replace(LOSS, cell=3)))))


def test_the_same_finding_twice(name: str) -> None:
    VALID[name](render(name, Findings((FINDING, FINDING))))


def test_a_failed_run(name: str) -> None:
    text = render(name, replace(REPORT, messages=("b.py: permission denied",), failed=True))
    VALID[name](text)
    if name == "sarif":
        (run,) = json.loads(text)["runs"]
        (invocation,) = run["invocations"]
        assert not invocation["executionSuccessful"]
        assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "b.py: permission denied"


def many(count: int) -> Findings:
    """``count`` findings in a hundred files of five hundred lines, each with a trace of six steps and every fifth with a fix."""
    lines = [f"    loss = criterion(model(batch_{number}), targets)  # Verlust é\n" for number in range(500)]
    sources = {f"pkg/file_{number}.py": Source(f"pkg/file_{number}.py", lines) for number in range(100)}
    found = []
    for number in range(count):
        path, line = f"pkg/file_{number % 100}.py", number // 100 % 450 + 1
        spans = [Span(path, line + step, 12, line + step, 40) for step in range(6)]
        trace = tuple(Step(span, "value", "`F.softmax` makes probabilities that sum to 1") for span in spans)
        fix = Fix("safe", "drop the softmax", (Edit(spans[5], "model(x)"),)) if number % 5 == 0 else None
        found.append(
            replace(
                FINDING,
                span=spans[5],
                producer=spans[0],
                trace=trace,
                fix=fix,
                anchor=str(number),
                level=("error", "warning", "note")[number % 3],
            )
        )
    return Findings(tuple(sorted(found, key=Diagnostic.sort_key)), sources)


@pytest.fixture(scope="module")
def crowd() -> Findings:
    return many(10_000)


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_ten_thousand_findings_take_less_than_two_seconds(name: str, crowd: Findings) -> None:
    pace = slowness()
    used: list[float] = []
    while not used or (min(used) >= 2 * pace and len(used) < 3):  # whatever else the machine does can only add to it
        start = time.process_time()
        text = render(name, crowd)
        used.append(time.process_time() - start)
        pace = max(pace, slowness())
    assert min(used) < 2 * pace, f"{min(used):.2f} s"
    if name in {"json", "gitlab", "sarif", "rdjson"}:
        json.loads(text)  # a few thousand like ones prove no more than one, and take the validator a minute
    elif name in VALID:
        VALID[name](text)
    assert text.count("LGT101") >= (10 if name in ("github", "azure") else 1_000)


# -- SARIF --------------------------------------------------------------------------------------------------------------------


def result_of(report: Findings) -> dict[str, Any]:
    (found,) = json.loads(render("sarif", report))["runs"][0]["results"]
    assert isinstance(found, dict)
    return found


def test_sarif_tells_the_way_of_the_value() -> None:
    result = result_of(REPORT)
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "src/train.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 12, "endLine": 3, "endColumn": 45},
    }
    (related,) = result["relatedLocations"]
    assert (related["id"], related["message"]["text"]) == (0, "softmax makes probabilities")
    assert result["message"]["text"].endswith(" (when activation == 'softmax') ([src/model.py:3:10](0))")
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["physicalLocation"]["artifactLocation"]["uri"] for step in steps] == ["src/model.py", "src/train.py"]
    (fix,) = result["fixes"]
    assert fix == {
        "description": {"text": "remove the softmax (unsafe)"},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": "src/model.py", "uriBaseId": "%SRCROOT%"},
                "replacements": [
                    {"deletedRegion": {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 29}, "insertedContent": {"text": "x"}}
                ],
            }
        ],
    }


def test_sarif_brackets_in_a_message_are_no_link() -> None:
    text = result_of(alone(replace(FINDING, message="softmax(x)[:, 1](0)", conditions=(), producer=None)))["message"]["text"]
    assert text == r"softmax(x)\[:, 1\](0)"


@pytest.mark.parametrize("path", [path for path in AWKWARD if not path.startswith("/") and "\udcff" not in path])
def test_sarif_paths_decode_to_the_name(path: str) -> None:
    uri = result_of(alone(replace(FINDING, span=replace(LOSS, path=path))))["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == path


def test_sarif_tells_of_a_file_that_cannot_be_parsed_as_a_fault_of_the_run() -> None:
    broken = replace(FINDING, code="LGT900", name="invalid-syntax", producer=None, trace=(), fix=None, message="cannot be parsed")
    (run,) = json.loads(render("sarif", alone(broken)))["runs"]
    assert run["results"] == []
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert (notice["message"]["text"], notice["associatedRule"]["id"]) == ("cannot be parsed (when activation == 'softmax')", "LGT900")
    assert notice["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_sarif_keeps_within_what_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    from logitlint.reporters import sarif as module

    monkeypatch.setattr(module, "_MOST_RESULTS", 3)
    notes = [replace(FINDING, level="note", span=replace(LOSS, line=line, end_line=line)) for line in range(1, 5)]
    text = render("sarif", Findings((*notes, FINDING)))
    sarif(text)
    (run,) = json.loads(text)["runs"]
    assert [result["level"] for result in run["results"]].count("error") == 1
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("2 findings are left out")


def published(text: str) -> list[str]:
    hashes = line_hashes(text, range(1, 10))
    return [hashes[number] for number in sorted(hashes)]


def test_line_hashes_are_those_of_the_upload_action() -> None:
    """The vectors that the action's own tests publish."""
    assert published(" a\nb\n  \t\tc\n d") == ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]
    assert published("") == ["c129715d7a2bc9a3:1"]


def test_line_hashes_count_equal_lines_and_ignore_line_ends() -> None:
    body = "x = 1\n" * 3 + "y = 2\n" + "z\n" * 120
    hashes = line_hashes(body * 2, [1, 128, 130])
    assert hashes == line_hashes((body * 2).replace("\n", "\r\n"), [1, 128, 130])
    first = line_hashes("a = '" + "x" * 200 + "1'\na = '" + "x" * 200 + "2'\n", [1, 2])
    assert first[1].split(":")[0] == first[2].split(":")[0]
    assert (first[1][-2:], first[2][-2:]) == (":1", ":2")


def test_sarif_carries_the_hash_of_the_line_of_the_file() -> None:
    from test_reporters import TRAIN

    prints = result_of(REPORT)["partialFingerprints"]
    assert prints == {"logitlint/v1": FINDING.fingerprint, "primaryLocationLineHash": line_hashes(TRAIN, [3])[3]}


# -- reviewdog ----------------------------------------------------------------------------------------------------------------


def rd(report: Findings) -> dict[str, Any]:
    (found,) = json.loads(render("rdjson", report))["diagnostics"]
    assert isinstance(found, dict)
    return found


def test_rdjson_counts_bytes() -> None:
    line = 'loss = f("é😀", p)\n'
    column = line.index("p)") + 1
    finding = replace(FINDING, span=Span("a.py", 1, column, 1, column + 1), producer=None, trace=(), fix=None)
    found = rd(Findings((finding,), {"a.py": Source("a.py", [line])}))
    begin = len(line[: column - 1].encode()) + 1
    assert found["location"]["range"] == {"start": {"line": 1, "column": begin}, "end": {"line": 1, "column": begin + 1}}


@pytest.mark.parametrize(
    ("edits", "replaced", "text"),
    [
        ((Edit(Span("a.py", 2, 10, 2, 11), "x"),), (2, 2), 's = "é"; x'),
        ((Edit(Span("a.py", 1, 1, 1, 2), "ab"), Edit(Span("a.py", 2, 10, 2, 11), "z")), (1, 2), 'ab\ns = "é"; z'),
    ],
)
def test_rdjson_suggests_a_safe_fix_as_whole_lines(edits: tuple[Edit, ...], replaced: tuple[int, int], text: str) -> None:
    lines = ["a\n", 's = "é"; p\n']
    finding = replace(FINDING, span=Span("a.py", 2, 10, 2, 11), producer=None, trace=(), fix=Fix("safe", "m", edits))
    (found,) = rd(Findings((finding,), {"a.py": Source("a.py", lines)}))["suggestions"]
    first, last = replaced
    end = len(lines[last - 1].rstrip("\n").encode()) + 1
    assert found["range"] == {"start": {"line": first, "column": 1}, "end": {"line": last, "column": end}}
    assert found["text"] == text
    # applied byte-wise, as reviewdog does
    before = "".join(lines).encode()
    starts = [0, len(lines[0].encode())]
    after = before[: starts[first - 1]] + found["text"].encode() + before[starts[last - 1] + end - 1 :]
    expected = lines.copy()
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        old = expected[edit.span.line - 1]
        expected[edit.span.line - 1] = old[: edit.span.column - 1] + edit.content + old[edit.span.end_column - 1 :]
    assert after == "".join(expected).encode()


@pytest.mark.parametrize(
    "fix",
    [
        Fix("unsafe", "m", (Edit(Span("a.py", 1, 1, 1, 2), ""),)),
        Fix("safe", "m", (Edit(Span("b.py", 1, 1, 1, 2), ""),)),
        Fix("safe", "m", (Edit(Span("a.py", 1, 1, 1, 2), ""), Edit(Span("b.py", 1, 1, 1, 2), ""))),
        Fix("safe", "m", (Edit(Span("a.py", 1, 1, 1, 2, cell=1), ""),)),
        Fix("safe", "m", ()),
    ],
    ids=["unsafe", "another file", "two files", "notebook", "no edits"],
)
def test_rdjson_suggests_nothing_that_a_click_should_not_do(fix: Fix) -> None:
    sources = {path: Source(path, ["abc\n"]) for path in ("a.py", "b.py")}
    finding = replace(FINDING, span=Span("a.py", 1, 1, 1, 2), producer=None, trace=(), fix=fix)
    assert "suggestions" not in rd(Findings((finding,), sources))


def test_rdjson_relates_the_other_places() -> None:
    (related,) = rd(REPORT)["related_locations"]
    assert (related["message"], related["location"]["path"]) == ("softmax makes probabilities", "src/model.py")


# -- notebooks ----------------------------------------------------------------------------------------------------------------


def lines_of(name: str, text: str) -> Iterator[int]:
    """The lines that a format gives for the loss of each finding."""
    if name == "sarif":
        for result in json.loads(text)["runs"][0]["results"]:
            yield result["locations"][0]["physicalLocation"]["region"]["startLine"]
    elif name == "gitlab":
        yield from (each["location"]["lines"]["begin"] for each in json.loads(text))
    elif name == "rdjson":
        yield from (each["location"]["range"]["start"]["line"] for each in json.loads(text)["diagnostics"])
    else:
        yield from map(int, re.findall(r'(?:[ ,;]line|linenumber)="?(\d+)', text))


@pytest.mark.parametrize("name", ["sarif", "gitlab", "rdjson", "github", "azure", "checkstyle"])
@pytest.mark.parametrize("indent", [1, 2, None])
def test_a_notebook_is_annotated_at_the_line_of_its_file(name: str, indent: int | None) -> None:
    data = json.loads((DEMO / "explore.ipynb").read_text(encoding="utf-8"))
    text = json.dumps(data, indent=indent)
    report = engine.check({"explore.ipynb": text.encode()})
    rendered = REPORTERS[name](report, color=False, width=100)
    VALID[name](rendered)
    line = next(lines_of(name, rendered))
    assert "criterion(net(x), grade)" in text.splitlines()[line - 1]
    shown = re.sub(r'"(?:fixes|suggestions)": \[.*?\}\]\}?\]?', "", rendered)  # an edit is exact
    assert not re.search(r'column(?:number)?="?\d|[cC]olumn": \d|,col=', shown)


def in_notebook(indent: int | None) -> tuple[str, str, engine.Report]:
    """A notebook with a safe fix, what `--fix` makes of it, and the report."""
    cells = [
        ["import torch\n", "net = torch.nn.Linear(3, 2)\n"],
        ["é = 1\n", "\n", "p = torch.softmax(net(x), 1)\n", "y = torch.log(p) + p[:1]"],
    ]
    listed: list[dict[str, object]] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source} for source in cells
    ]
    text = json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=indent) + "\n"
    _, done = fix_sources({"n.ipynb": text.encode()}, unsafe=False)
    return text, done.contents["n.ipynb"].decode(), engine.check({"n.ipynb": text.encode()})


@pytest.mark.parametrize("indent", [1, None])
def test_sarif_fixes_a_notebook_in_its_json(indent: int | None) -> None:
    text, expected, report = in_notebook(indent)
    (fix,) = json.loads(REPORTERS["sarif"](report, color=False, width=100))["runs"][0]["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    lines = text.split("\n")
    for each in reversed(change["replacements"]):
        region, content = each["deletedRegion"], each.get("insertedContent", {"text": ""})["text"]
        before = lines[region["startLine"] - 1][: region["startColumn"] - 1]
        after = lines[region["endLine"] - 1][region["endColumn"] - 1 :]
        lines[region["startLine"] - 1 : region["endLine"]] = (before + content + after).split("\n")
    assert "\n".join(lines) == expected


def test_rdjson_suggests_the_lines_of_a_notebooks_json() -> None:
    text, expected, report = in_notebook(1)
    (found,) = json.loads(REPORTERS["rdjson"](report, color=False, width=100))["diagnostics"]
    (suggestion,) = found["suggestions"]
    lines = text.split("\n")
    lines[suggestion["range"]["start"]["line"] - 1 : suggestion["range"]["end"]["line"]] = suggestion["text"].split("\n")
    assert "\n".join(lines) == expected
    _, _, one_line = in_notebook(None)
    (found,) = json.loads(REPORTERS["rdjson"](one_line, color=False, width=100))["diagnostics"]
    assert "suggestions" not in found


# -- CI services --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"])
def test_paths_count_from_the_checkout(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv(variable, str(tmp_path))
    assert result_of(REPORT)["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "sub/src/train.py"
    assert json.loads(render("gitlab", REPORT))[0]["location"]["path"] == "sub/src/train.py"
    assert ",file=sub/src/train.py," in render("github", REPORT)
    outside = alone(replace(FINDING, span=replace(LOSS, path="../../other/x.py")))
    assert ",file=../../other/x.py," in render("github", outside)
    assert "sub/src" not in render("concise", REPORT)


def test_azure_gives_absolute_paths_and_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    span = Span("50%;].py", 1, 2, 1, 3)
    [line] = render(
        "azure", alone(replace(FINDING, span=span, message="100 %; ##vso[task.complete]", conditions=(), trace=()))
    ).splitlines()
    folder = str(tmp_path).replace("%", "%AZP25")
    assert line == (
        f"##vso[task.logissue type=error;sourcepath={folder}/50%AZP25%3B%5D.py;linenumber=1;columnnumber=2;code=LGT101;]"
        "50%AZP25;].py:1:2: LGT101 100 %AZP25; ## vso[task.complete]"
    )


def test_azure_shows_the_gravest_ten_and_counts_the_rest() -> None:
    notes = [replace(FINDING, level="note", span=replace(LOSS, line=line, end_line=line)) for line in range(1, 13)]
    errors = [replace(FINDING, span=replace(LOSS, line=line, end_line=line)) for line in range(1, 13)]
    lines = render("azure", Findings((*notes, *errors))).splitlines()
    assert ["type=error" in line for line in lines] == [True] * 10 + [False] * 10
    assert lines[-1].endswith("]logitlint: 5 more findings, see the log")


def test_markdown_links_to_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SERVER_URL": "https://example.com", "REPOSITORY": "o/r", "SHA": "abc"}.items():
        monkeypatch.setenv(f"GITHUB_{name}", value)
    assert "[<code>src/train.py:3:12</code>](https://example.com/o/r/blob/abc/src/train.py#L3)" in render("markdown", REPORT)


MARKDOWN = (
    "a|b `x|y` <b> *z* _u_ [l](u) ![i](u) #1 @me ~~s~~ $m$ \\| \\", "`` a` ``", "1. x", "- y", "&amp; &lt;",
    "`F.softmax` of `x[:, 1]`; `$a$`",
    "<!-- c -->", "a\nb", "`", "``x", "\u2028", "</details>", "<script>x</script>",
)  # fmt: skip


@pytest.mark.parametrize("message", MARKDOWN)
def test_markdown_reads_as_it_was_written(message: str) -> None:
    """By GitHub's own parser: our `code` is code, everything else is plain text."""
    finding = replace(FINDING, message=message, conditions=(message,), trace=(Step(MADE, "value", message),))
    document = html.fromstring(github_flavored_markdown_to_html(render("markdown", alone(finding)), CMARK_OPT_UNSAFE))

    def letters(text: str) -> str:
        return re.sub(r"[`\s]", "", text)  # our code is shown as code, blanks as a browser shows them

    wanted = letters(printable(message))
    (row,) = document.xpath("//tbody/tr")
    assert letters(row[3].text_content()) == f"{wanted}(when{wanted})"
    (step,) = document.xpath("//details//li")
    assert letters(step.text_content()) == f"src/model.py:3:10:{wanted}"


def test_markdown_of_a_crowd_stays_below_the_limit(crowd: Findings) -> None:
    text = render("markdown", crowd)
    shown = sum(line.startswith("| ") and "LGT101" in line for line in text.splitlines())
    assert f"\n{10_000 - shown} more findings did not fit" in text
    assert text.index("error") < text.index("warning |") if "warning |" in text else True
    assert text.rstrip().endswith("</details>")


def test_junit_counts_what_it_holds() -> None:
    broken = replace(FINDING, code="LGT900", name="invalid-syntax", span=replace(LOSS, path="b.py"), producer=None, trace=(), fix=None)
    root = etree.fromstring(render("junit", Findings((FINDING, broken))).encode())
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("2", "1", "1")
    assert [(suite.get("name"), suite.get("failures"), suite.get("errors")) for suite in root] == [
        ("src/train.py", "1", "0"),
        ("b.py", "0", "1"),
    ]
    failure = root[0][0][0]
    assert "src/model.py:3:10: softmax makes probabilities" in failure.text


def test_junit_of_a_clean_run_has_a_test_that_passes() -> None:
    root = etree.fromstring(render("junit", Findings(())).encode())
    (case,) = root.iter("testcase")
    assert len(case) == 0
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


def test_gitlab_fingerprints_do_not_move_with_the_lines() -> None:
    moved = alone(replace(FINDING, span=replace(LOSS, line=30, end_line=30)))
    before, after = (json.loads(render("gitlab", report))[0] for report in (REPORT, moved))
    assert before["fingerprint"] == after["fingerprint"]
    assert before["location"]["lines"] != after["location"]["lines"]
