from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logitlint.diagnostics import Diagnostic, Edit, Fix, Span, Step
from logitlint.reporters import REPORTERS, TEXT_FORMATS
from logitlint.reporters import audit as audit_table
from logitlint.reporters.text import printable

TRAIN = 'def step(batch):\n    out = model(batch)\n    return F.cross_entropy(out, batch["é😀"])\n'
MODEL = "class Net(nn.Module):\n\tdef forward(self, x):\n\t\treturn torch.softmax(x, 1)\n"


@dataclass
class Source:
    path: str
    lines: list[str]
    cells: tuple[int, ...] = ()  # the first line of each cell
    physical: Mapping[tuple[int | None, int], int] = field(default_factory=dict)

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        starts = [(number, first) for number, first in enumerate(self.cells, 1) if first <= line]
        number, first = starts[-1] if starts else (None, 1)
        return Span(self.path, line - first + 1, column, end_line - first + 1, end_column, number)

    def original(self, line: int) -> str:
        return self.lines[line - 1].rstrip("\r\n")

    def physical_line(self, cell: int | None, line: int) -> int:
        return self.physical[cell, line]


@dataclass
class Findings:
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source] = field(default_factory=dict)
    messages: tuple[str, ...] = ()
    failed: bool = False


LOSS = Span("src/train.py", 3, 12, 3, 45)
MADE = Span("src/model.py", 3, 10, 3, 29)
FINDING = Diagnostic(
    code="LGT101",
    name="softmax-into-logits-loss",
    group="correctness",
    level="error",
    confidence="certain",
    message="softmax probabilities reach cross_entropy, which applies softmax itself",
    span=LOSS,
    producer=MADE,
    conditions=("activation == 'softmax'",),
    trace=(Step(MADE, "value", "softmax makes probabilities"), Step(LOSS, "loss", "cross_entropy expects logits")),
    fix=Fix("unsafe", "remove the softmax", (Edit(MADE, "x"),)),
    anchor="cross_entropy(out)|softmax(x)",
)
REPORT = Findings(
    (FINDING,), {path: Source(path, text.splitlines(keepends=True)) for path, text in (("src/train.py", TRAIN), ("src/model.py", MODEL))}
)


def render(name: str, report: Findings, *, color: bool = False, width: int = 100) -> str:
    return REPORTERS[name](report, color=color, width=width)


def alone(diagnostic: Diagnostic) -> Findings:
    return Findings((diagnostic,))


def test_concise_is_one_line_per_finding() -> None:
    assert (
        render("concise", REPORT) == "src/train.py:3:12: LGT101 softmax probabilities reach cross_entropy, which applies softmax itself\n"
    )


def test_concise_names_the_cell_of_a_notebook() -> None:
    line = render("concise", alone(replace(FINDING, span=Span("nb.ipynb", 12, 9, 12, 20, cell=4))))
    assert line.startswith("nb.ipynb:cell 4:12:9: LGT101 ")


def test_full_tells_the_way_with_both_ends_underlined() -> None:
    assert render("full", REPORT) == (
        "src/train.py:3:12: LGT101 softmax probabilities reach cross_entropy, which applies softmax itself\n"
        " --> src/model.py:3:10\n"
        "  |\n"
        "3 |         return torch.softmax(x, 1)\n"
        "  |                ^^^^^^^^^^^^^^^^^^^ 1. softmax makes probabilities\n"
        "  |\n"
        " --> src/train.py:3:12\n"
        "  |\n"
        '3 |     return F.cross_entropy(out, batch["é😀"])\n'
        "  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2. cross_entropy expects logits\n"
        "  |\n"
        "  = error: softmax-into-logits-loss\n"
        "  = when: activation == 'softmax'\n"
        "  = help: logitlint explain LGT101\n"
        "  = fix (unsafe): remove the softmax\n"
        " --> src/model.py:3:10\n"
        "  |\n"
        "3 | -         return torch.softmax(x, 1)\n"
        "3 | +         return x\n"
        "  |\n"
        "\n"
    )


def test_full_works_without_sources() -> None:
    lines = render("full", alone(FINDING)).splitlines()
    assert lines[1:5] == [" --> src/model.py:3:10", "  |", "  | 1. softmax makes probabilities", "  |"]
    assert "  = help: logitlint explain LGT101" in lines


def test_full_shows_both_ends_where_the_trace_does_not() -> None:
    text = render("full", replace(REPORT, diagnostics=(replace(FINDING, trace=(), fix=None),)))
    assert "  |                ^^^^^^^^^^^^^^^^^^^ the value is made here\n" in text
    assert '3 |     return F.cross_entropy(out, batch["é😀"])\n  |            ^^^^' in text


def test_full_keeps_hops_of_a_file_together_and_marks_what_lies_between() -> None:
    lines = ["def train():\n", "    loss = Loss()\n", "    q = p\n", "    for x in y:\n", "        loss(soft(x))\n"]
    steps = (
        Step(Span("a.py", 5, 14, 5, 21), "value", "soft makes probabilities"),
        Step(Span("a.py", 2, 12, 2, 18), "loss", "the loss is Loss"),
        Step(Span("a.py", 3, 9, 3, 10), "value", "is renamed"),
        Step(Span("a.py", 5, 9, 5, 22), "loss", "reaches Loss"),
    )
    finding = replace(FINDING, span=steps[-1].span, producer=steps[0].span, trace=steps, conditions=(), fix=None, message="m")
    shown = render("full", Findings((finding,), {"a.py": Source("a.py", lines)})).splitlines()[1:-3]
    assert shown == [
        " --> a.py:5:14",
        "  |",
        "5 |         loss(soft(x))",
        "  |              ^^^^^^^ 1. soft makes probabilities",
        "...",
        "2 |     loss = Loss()",
        "  |            ------ 2. the loss is Loss",
        "3 |     q = p",
        "  |         - 3. is renamed",
        "...",
        "5 |         loss(soft(x))",
        "  |         ^^^^^^^^^^^^^ 4. reaches Loss",
        "  |",
    ]


def test_full_marks_two_ranges_of_a_line_below_one_another() -> None:
    steps = (Step(Span("a.py", 1, 9, 1, 13), "value", "made"), Step(Span("a.py", 1, 5, 1, 14), "value", "used"))
    finding = replace(FINDING, span=steps[1].span, producer=steps[0].span, trace=steps, fix=None)
    text = render("full", Findings((finding,), {"a.py": Source("a.py", ["y = log(p(x))\n"])}))
    assert "1 | y = log(p(x))\n  |         ^^^^ 1. made\n  |     ^^^^^^^^^ 2. used\n" in text


def test_full_lists_the_steps_of_one_place_below_it() -> None:
    steps = tuple(Step(Span("a.py", 1, 5, 1, 9), "loss", words) for words in ("the loss is Loss", "reaches Loss"))
    finding = replace(FINDING, span=steps[0].span, producer=None, trace=steps, fix=None)
    text = render("full", Findings((finding,), {"a.py": Source("a.py", ["y = Loss(p)\n"])}))
    assert "1 | y = Loss(p)\n  |     ^^^^\n  |     1. the loss is Loss\n  |     2. reaches Loss\n" in text


def test_full_shows_the_first_line_only_of_a_long_call_on_the_way() -> None:
    lines = ["model.compile(\n", "    optimizer,\n", "    loss,\n", ")\n"]
    steps = (Step(Span("a.py", 1, 1, 4, 2), "value", "is what the model gives"), Step(Span("a.py", 3, 5, 3, 9), "loss", "reaches the loss"))
    finding = replace(FINDING, span=steps[1].span, producer=None, trace=steps, fix=None)
    text = render("full", Findings((finding,), {"a.py": Source("a.py", lines)}))
    assert (
        "1 | model.compile(\n  | -------------- 1. is what the model gives\n...\n3 |     loss,\n  |     ^^^^ 2. reaches the loss\n" in text
    )


def test_full_puts_words_below_the_marks_where_there_is_no_room_beside_them() -> None:
    line = "loss = criterion(" + "x" * 30 + ")\n"
    step = Step(Span("a.py", 1, 8, 1, 49), "loss", "reaches a loss with a long name")
    finding = replace(FINDING, span=step.span, producer=None, trace=(step,), fix=None)
    text = render("full", Findings((finding,), {"a.py": Source("a.py", [line])}), width=60)
    assert f"  |        {'^' * 41}\n  |        reaches a loss with a long name\n" in text


@pytest.mark.parametrize("width", [1, 40, 60, 79, 200])
def test_full_fits_the_terminal(width: int) -> None:
    """Words break between words; a place is never broken, so that it can be clicked."""
    long = "    value = " + "f(" * 60 + "softmax(x)" + ")" * 60 + "\n"
    column = long.index("softmax(x)") + 1
    span = Span("a.py", 1, column, 1, column + 10)
    fix = Fix("safe", "use the logarithm of softmax, which does not underflow", (Edit(span, "log_softmax(x)"),))
    steps = (Step(span, "value", "makes probabilities that sum to 1"), Step(Span("a.py", 1, 1, 1, 130), "loss", "reaches the loss"))
    finding = replace(FINDING, span=span, producer=None, trace=steps, fix=fix, message="a message of many short words " * 5)
    lines = render("full", Findings((finding,), {"a.py": Source("a.py", [long])}), width=width).splitlines()
    assert max(map(len, lines)) <= max(width, len("    = error: softmax-into-logits-loss"))
    assert any("softmax(x)" in line for line in lines)


def test_full_counts_the_columns_of_wide_characters_and_tabs() -> None:
    line = '\tn = f("漢字é", p)\n'
    column = line.index("p)") + 1
    finding = replace(FINDING, span=Span("a.py", 1, column, 1, column + 1), producer=None, trace=(), fix=None)
    rows = render("full", Findings((finding,), {"a.py": Source("a.py", [line])})).splitlines()
    # four columns for the tab, two for each of the wide characters, none for the combining accent
    assert rows[3:5] == ['1 |     n = f("漢字é", p)', "  | " + " " * (4 + len('n = f("') + 5 + len('", ')) + "^"]


FIXES = {
    "an import is added and a call changed": (
        ["import torch\n", "\n", "\n", "y = torch.log(torch.softmax(x, 1))\n"],
        (Edit(Span("a.py", 2, 1, 2, 1), "import torch.nn.functional as F\n"), Edit(Span("a.py", 4, 5, 4, 35), "F.log_softmax(x, 1)")),
        ["2 | + import torch.nn.functional as F", "4 | - y = torch.log(torch.softmax(x, 1))", "5 | + y = F.log_softmax(x, 1)"],
    ),
    "a line is deleted": (
        ["a\n", "b\n", "c\n"],
        (Edit(Span("a.py", 2, 1, 3, 1), ""),),
        ["2 | - b"],
    ),
    "the last line is deleted": (
        ["a\n", "b\n"],
        (Edit(Span("a.py", 2, 1, 3, 1), ""),),
        ["2 | - b"],
    ),
    "lines become one": (
        ["y = f(\n", "    softmax(x),\n", ")\n"],
        (Edit(Span("a.py", 1, 7, 3, 1), "x"),),
        ["1 | - y = f(", "2 | -     softmax(x),", "3 | - )", "1 | + y = f(x)"],
    ),
    "two edits of a line": (
        ["p = softmax(x); q = softmax(y)\n"],
        (Edit(Span("a.py", 1, 21, 1, 31), "y"), Edit(Span("a.py", 1, 5, 1, 15), "x")),
        ["1 | - p = softmax(x); q = softmax(y)", "1 | + p = x; q = y"],
    ),
}


@pytest.mark.parametrize(("lines", "edits", "expected"), FIXES.values(), ids=FIXES)
def test_full_shows_a_fix_as_a_diff(lines: list[str], edits: tuple[Edit, ...], expected: list[str]) -> None:
    finding = replace(FINDING, span=Span("a.py", 1, 1, 1, 2), producer=None, trace=(), fix=Fix("safe", "mend", edits))
    text = render("full", Findings((finding,), {"a.py": Source("a.py", lines)}))
    shown = text.split("fix (safe): mend\n")[1].splitlines()
    assert [line for line in shown if line[:1].isdigit() and line[4:5] in ("+", "-")] == expected


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(Span("gone.py", 1, 1, 1, 2), ""),),
        (Edit(Span("a.py", 9, 1, 9, 2), ""),),
        (Edit(Span("a.py", 1, 1, 1, 3), ""), Edit(Span("a.py", 1, 2, 1, 4), "")),
    ],
    ids=["no source", "no such line", "overlapping"],
)
def test_full_names_a_fix_that_it_cannot_show(edits: tuple[Edit, ...]) -> None:
    finding = replace(FINDING, span=Span("a.py", 1, 1, 1, 2), producer=None, trace=(), fix=Fix("unsafe", "mend", edits))
    text = render("full", Findings((finding,), {"a.py": Source("a.py", ["abcdef\n"])}))
    assert text.endswith("= fix (unsafe): mend\n\n")


def test_full_of_a_long_range_shows_its_ends() -> None:
    lines = [f"    argument_{number}=1,\n" for number in range(1, 21)]
    span = Span("a.py", 2, 5, 19, 8)
    text = render("full", Findings((replace(FINDING, span=span, producer=None),), {"a.py": Source("a.py", lines)}))
    shown = [number for number in range(1, 21) if f"argument_{number}=" in text]
    assert shown == [2, 3, 19]
    assert "\n...\n" in text


def test_full_cuts_long_lines_around_the_range() -> None:
    line = "x = [" + "0, " * 400 + "f(p)" + ", 0" * 400 + "]\n"
    column = line.index("f(p)") + 1
    span = Span("a.py", 1, column, 1, column + 4)
    finding = replace(FINDING, span=span, producer=None, conditions=(), trace=(), fix=None, message="m")
    text = render("full", Findings((finding,), {"a.py": Source("a.py", [line])}), width=60)
    assert max(map(len, text.splitlines())) <= 60
    source, marks = text.splitlines()[3:5]
    assert source[marks.index("^") : marks.rindex("^") + 1] == "f(p)"


def test_full_reads_the_right_cell() -> None:
    source = Source("nb.ipynb", ["a = 1\n", "b = 2\n", "loss = f(p)\n"], cells=(1, 2))
    finding = replace(FINDING, span=Span("nb.ipynb", 2, 8, 2, 12, cell=2), producer=None)
    text = render("full", Findings((finding,), {"nb.ipynb": source}))
    assert "2 | loss = f(p)\n  |        ^^^^\n" in text


@pytest.mark.parametrize("span", [Span("a.py", 9, 1, 9, 4), Span("a.py", 1, 90, 1, 95), Span("a.py", 1, 1, 1, 1), Span("a.py", 2, 1, 1, 1)])
def test_full_survives_a_range_outside_the_text(span: Span) -> None:
    text = render("full", Findings((replace(FINDING, span=span, producer=None),), {"a.py": Source("a.py", ["x = 1\n", "y\n"])}))
    assert "explain LGT101" in text


def test_colour_changes_nothing_but_escapes() -> None:
    for name in ("concise", "full"):
        colored = render(name, REPORT, color=True)
        assert "\x1b[" in colored
        assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render(name, REPORT)


@pytest.mark.parametrize("width", [1, 40, 60, 100])
def test_colour_changes_no_line_break(width: int) -> None:
    long = replace(REPORT, diagnostics=(replace(FINDING, message="a message of *many* `short` words " * 6),))
    colored = render("full", long, color=True, width=width)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render("full", long, width=width)


def test_machine_formats_have_no_colour() -> None:
    for name in set(REPORTERS) - TEXT_FORMATS:
        assert render(name, REPORT, color=True) == render(name, REPORT)


@given(path=st.text(min_size=1), message=st.text())
def test_no_path_or_message_breaks_a_text_format(path: str, message: str) -> None:
    evil = Span(path, 1, 1, 1, 2)
    report = alone(
        replace(FINDING, span=evil, producer=evil, message=message, conditions=(message,), trace=(Step(evil, "value", message),), fix=None)
    )
    concise = render("concise", report)
    assert len(concise.splitlines()) == 1
    assert all(re.match(r" *(-->|\||=) ?|", line) for line in render("full", report).split("\n"))
    for text in (concise, render("full", report)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
        text.encode()
    github = render("github", report)
    assert all(line.startswith(("::error ", "::notice ")) for line in github.splitlines())
    [loaded] = json.loads(render("json", report).encode())
    assert (loaded["path"], loaded["message"]) == (path, message)


@pytest.mark.parametrize("path", ["::error::gotcha.py", " ::stop-commands::x.py", "##[error]a.py"])
def test_a_path_is_no_workflow_command(path: str) -> None:
    line = render("concise", alone(replace(FINDING, span=replace(LOSS, path=path))))
    assert line.startswith(f"./{path}:3:12: LGT101")


@pytest.mark.parametrize("name", ["concise", "full", "azure", "github", "markdown"])
def test_nothing_that_is_read_becomes_a_command_of_azures_agent(name: str) -> None:
    """It looks for its commands anywhere in a line, and a pull request writes names, conditions and lines of source."""
    evil = "x ##vso[task.setvariable variable=PATH]/tmp ##VSO[task.complete]"
    span = Span(f"{evil}.py", 1, 1, 1, 2)
    finding = replace(FINDING, span=span, producer=None, message=evil, conditions=(evil,), trace=(Step(span, "value", evil),), fix=None)
    text = render(name, Findings((finding,), {span.path: Source(span.path, [evil + "\n"])}))
    commands = re.findall(r"##vso\[\S+", text, re.IGNORECASE)
    assert commands == (["##vso[task.logissue"] if name == "azure" else [])


def test_printable_keeps_what_people_write() -> None:
    assert printable("mein Ordner, 100 %/é😀.py") == "mein Ordner, 100 %/é😀.py"
    assert printable("a\nb\x1b[31m\u202e") == "a\\nb\\x1b[31m\\u202e"


def test_json_has_every_field_of_the_format() -> None:
    [loaded] = json.loads(render("json", REPORT))
    loss = {"path": "src/train.py", "line": 3, "column": 12, "end_line": 3, "end_column": 45, "cell": None}
    made = {"path": "src/model.py", "line": 3, "column": 10, "end_line": 3, "end_column": 29, "cell": None}
    assert loaded == {
        "code": "LGT101",
        "name": "softmax-into-logits-loss",
        "group": "correctness",
        "level": "error",
        "confidence": "certain",
        "message": FINDING.message,
        **loss,
        "producer": made,
        "conditions": ["activation == 'softmax'"],
        "trace": [
            {**made, "role": "value", "message": "softmax makes probabilities"},
            {**loss, "role": "loss", "message": "cross_entropy expects logits"},
        ],
        "fix": {"applicability": "unsafe", "message": "remove the softmax", "edits": [{**made, "content": "x"}]},
        "fingerprint": FINDING.fingerprint,
        "url": FINDING.url,
    }


def test_json_of_a_clean_run_is_an_empty_array() -> None:
    assert json.loads(render("json", Findings(()))) == []


def test_json_of_a_path_that_is_not_utf8_can_be_encoded() -> None:
    text = render("json", alone(replace(FINDING, span=replace(LOSS, path="a\udcff.py"))))
    assert json.loads(text.encode())[0]["path"] == "a\udcff.py"


def test_github_annotates_the_loss_and_the_producer() -> None:
    assert render("github", REPORT) == (
        "::error title=logitlint (LGT101),file=src/train.py,line=3,col=12,endLine=3,endColumn=45::"
        "src/train.py:3:12: LGT101 softmax probabilities reach cross_entropy, which applies softmax itself"
        "%0A  when activation == 'softmax'%0A  src/model.py:3:10: softmax makes probabilities"
        "%0A  src/train.py:3:12: cross_entropy expects logits\n"
        "::notice title=logitlint (LGT101),file=src/model.py,line=3,col=10,endLine=3,endColumn=29::"
        "softmax makes probabilities; it reaches src/train.py:3:12: "
        "LGT101 softmax probabilities reach cross_entropy, which applies softmax itself\n"
    )


def test_github_escapes_paths_and_messages() -> None:
    span = Span("50%, a:b/c.py", 1, 2, 1, 3)
    [line] = render("github", alone(replace(FINDING, span=span, producer=None, message="100 %", conditions=(), trace=()))).splitlines()
    assert (
        line == "::error title=logitlint (LGT101),file=50%25%2C a%3Ab/c.py,line=1,col=2,endLine=1,endColumn=3"
        "::50%25, a:b/c.py:1:2: LGT101 100 %25"
    )


def test_github_leaves_out_columns_of_a_range_over_lines() -> None:
    line = render("github", alone(replace(FINDING, span=Span("a.py", 3, 12, 5, 2), producer=None)))
    assert "file=a.py,line=3,endLine=5::" in line


def test_github_points_into_the_file_of_a_notebook() -> None:
    source = Source("nb.ipynb", ["loss = f(p)\n"], cells=(1,), physical={(4, 12): 77, (4, 13): 78})
    finding = replace(FINDING, span=Span("nb.ipynb", 12, 9, 13, 2, cell=4), producer=None)
    line = render("github", Findings((finding,), {"nb.ipynb": source}))
    assert "file=nb.ipynb,line=77,endLine=78::nb.ipynb:cell 4:12:9: LGT101" in line


def test_github_shows_the_gravest_ten_and_counts_the_rest() -> None:
    notes = [replace(FINDING, level="note", span=replace(LOSS, line=line, end_line=line), producer=None) for line in range(1, 13)]
    errors = [replace(FINDING, span=replace(LOSS, line=line, end_line=line)) for line in range(1, 15)]
    lines = render("github", Findings((*notes, *errors))).splitlines()
    kinds = [line.split(" ")[0] for line in lines]
    assert kinds.count("::error") == 10
    assert kinds.count("::notice") == 10
    assert lines[-1] == "::notice title=logitlint::7 more findings, see the log"
    assert kinds[0] == "::error"


@dataclass
class Site:
    span: Span
    loss: str
    expects: str
    verdict: str
    kind: str
    reason: str


def test_audit_lists_what_is_unresolved() -> None:
    rows = [
        Site(LOSS, "F.cross_entropy", "logits_cat", "ok", "scores", ""),
        Site(MADE, "nll_loss", "logprob_cat", "unresolved", "unknown", "unknown call"),
    ]
    assert audit_table.text(rows, color=False) == (
        "src/train.py:3:12: ok F.cross_entropy: expects logits_cat, is given scores\n"
        "src/model.py:3:10: unresolved nll_loss: expects logprob_cat, is given unknown (unknown call)\n"
    )
    twice = [*rows, *(replace(rows[1], reason=f"the result of `{name}` is not known") for name in ("head", "tail"))]
    assert audit_table.summary(twice).splitlines() == [
        "4 loss sites: 1 ok, 0 finding, 3 unresolved; 25 % resolved.",
        "  2 unresolved: the result of … is not known",
        "  1 unresolved: unknown call",
    ]
    assert audit_table.summary([]) == "0 loss sites: 0 ok, 0 finding, 0 unresolved."
    assert audit_table.summary(twice, 2).endswith("\n  2 places were not read to the end, and may hold more: `--verbose` names them")
    assert audit_table.summary([], 1).endswith("\n  1 place was not read to the end, and may hold more: `--verbose` names it")
    first, _ = json.loads(audit_table.array(rows))
    assert first == {
        "path": "src/train.py", "line": 3, "column": 12, "cell": None, "loss": "F.cross_entropy", "expects": "logits_cat",
        "verdict": "ok", "kind": "scores", "reason": "",
    }  # fmt: skip
