"""Which files are named decides what is reported, never what is found: hooks split and shuffle their arguments."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from cases import Case, read_all
from program import STEP, THREE_FILES, findings, notebook, places, process, program, write

LONE = "import torch.nn.functional as F\n\n\ndef lone(net, x, y):\n    return F.nll_loss(F.softmax(net(x), 1), y)\n"
ACROSS = ("LGT101", "train.py", 8, 9)
OTHER = ("LGT203", "lone.py", 5, 12)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {**THREE_FILES, "lone.py": LONE, "notes.py": "LIMIT = 3\n"})
    return tmp_path


def test_the_whole_folder(project: Path) -> None:
    assert places(findings(project)) == [OTHER, ACROSS]


@pytest.mark.parametrize("name", THREE_FILES)
def test_any_of_the_three_files_shows_the_misuse_between_them(project: Path, name: str) -> None:
    whole = [each for each in findings(project) if each["path"] == "train.py"]
    assert findings(project, name) == whole


def test_a_layer_that_is_the_whole_model_is_reported_where_it_is_built(tmp_path: Path) -> None:
    tie = "from build import network\nfrom steps import step\n\n\ndef main(x, y):\n    return step(network(), x, y)\n"
    build = "from torch import nn\n\n\ndef network():\n    return nn.Linear(20, 1)\n"
    steps = "import torch.nn.functional as F\n\n\ndef step(model, x, y):\n    return F.cross_entropy(model(x), y)\n"
    write(tmp_path, {"build.py": build, "steps.py": steps, "train.py": tie})
    (found,) = findings(tmp_path, "build.py")
    assert (found["code"], found["path"]) == ("LGT411", "steps.py")
    assert ("build.py", 5, "`nn.Linear` is built") in [(step["path"], step["line"], step["message"]) for step in found["trace"]]


def test_a_loss_that_a_trainer_is_given_is_one_step_of_the_trace(tmp_path: Path) -> None:
    source = (
        "from ignite.engine import create_supervised_trainer\nfrom torch import nn\n\n\ndef run(optimizer):\n"
        "    model = nn.Sequential(nn.Linear(8, 4), nn.Softmax(dim=1))\n    criterion = nn.CrossEntropyLoss()\n"
        "    return create_supervised_trainer(model, optimizer, criterion)\n"
    )
    write(tmp_path, {"train.py": source})
    (found,) = findings(tmp_path)
    assert [step["message"] for step in found["trace"] if step["line"] == 7] == ["reaches `nn.CrossEntropyLoss`"]


def test_a_file_that_takes_no_part_shows_nothing(project: Path) -> None:
    assert findings(project, "notes.py") == []
    assert places(findings(project, "lone.py")) == [OTHER]


OFFERS = {
    "offers.py": (
        "import torch.nn.functional as F\n\n\nclass Offers:\n    def fit(self, x, y, smooth=True):\n        scores = self.net(x)\n"
        "        if smooth:\n            scores = F.softmax(scores, 1)\n        return F.cross_entropy(scores, y)\n\n"
        "    def on_classes(self, x, y):\n        return F.cross_entropy(self.net(x), y)\n"
    ),
    "nets.py": (
        "from torch import nn\nfrom offers import Offers\n\n\nclass Chances(Offers):\n    def __init__(self):\n"
        "        self.net = nn.Sequential(nn.Linear(8, 4), nn.Softmax(1))\n"
    ),
    "elsewhere.py": (
        "import torch.nn.functional as F\nfrom somewhere import estimator\n\n\ndef main(x, y, flag):\n"
        "    estimator.fit(x, y, flag)\n    estimator.on_classes(x, y)\n    return F.cross_entropy(estimator.scores(x), y)\n"
    ),
}


@pytest.mark.parametrize("named", [("offers.py",), ("nets.py",), ("elsewhere.py",), ("elsewhere.py", "offers.py"), ()])
def test_who_has_nothing_to_do_with_a_definition_does_not_say_how_it_is_called(tmp_path: Path, named: tuple[str, ...]) -> None:
    write(tmp_path, OFFERS)
    found = [(each["code"], each["path"]) for each in findings(tmp_path, *named)]
    assert found == [("LGT101", "offers.py")] * ("offers.py" in (named or OFFERS))


def test_every_subset_in_every_order_gives_its_part_of_the_whole(project: Path) -> None:
    touched = {ACROSS: set(THREE_FILES), OTHER: {"lone.py"}}
    for names in (("net.py", "lone.py"), ("notes.py", "train.py"), ("losses.py", "net.py", "train.py")):
        expected = [place for place in (OTHER, ACROSS) if touched[place] & set(names)]
        outputs = {program(project, "check", "--output-format", "json", *order).out for order in itertools.permutations(names)}
        assert len(outputs) == 1
        assert places(findings(project, *names)) == expected


def test_repeated_and_differently_spelled_arguments_count_once(project: Path) -> None:
    once = findings(project, "train.py")
    assert findings(project, "train.py", "./train.py", str(project / "train.py"), "../" + project.name + "/train.py") == once
    assert findings(project, ".", "train.py", str(project)) == findings(project)


@pytest.mark.parametrize("output_format", ["concise", "full", "json", "github", "sarif", "markdown"])
def test_repeated_runs_print_the_same_bytes(project: Path, output_format: str) -> None:
    write(project, {"step.py": STEP, "deep/er/again.py": STEP})
    orders: tuple[list[str], ...] = ([], ["."], ["step.py", "."], [".", "deep"])
    runs = [process(project, "check", "--output-format", output_format, *order, seed=seed) for seed, order in enumerate(orders)]
    assert len({(run.status, run.out, run.err) for run in runs}) == 1
    assert runs[0].status == 1


def test_findings_come_by_path_and_line(project: Path) -> None:
    write(project, {"b.py": STEP + "\n\n" + STEP.replace("step", "again"), "a/z.py": STEP})
    order = [(path, line) for _, path, line, _ in places(findings(project, "train.py", "b.py", "a", "lone.py"))]
    assert order == sorted(order)
    assert len(order) == 5


def test_the_producer_stays_out_of_a_file_that_merely_imports_the_model(project: Path) -> None:
    write(project, {"show.py": "from net import Net\n\nprint(Net())\n"})
    assert findings(project, "show.py") == []


def test_a_package_with_relative_imports_named_by_one_module(tmp_path: Path) -> None:
    package = {
        f"src/orchard/{name}": text.replace("from losses", "from .losses").replace("from net", "from .net")
        for name, text in THREE_FILES.items()
    }
    write(tmp_path, {**package, "src/orchard/__init__.py": ""})
    for name in THREE_FILES:
        (found,) = findings(tmp_path, f"src/orchard/{name}")
        assert (found["path"], found["producer"]["path"]) == ("src/orchard/train.py", "src/orchard/net.py")


@pytest.mark.parametrize("marker", ["pyproject.toml", "setup.py"])
@pytest.mark.parametrize("named", [(), ("study/train.py",), ("study",), ("study/train.py", "library"), ("study/train.py", "notes.py")])
def test_a_package_that_another_folder_installs(tmp_path: Path, marker: str, named: tuple[str, ...]) -> None:
    library = {
        f"library/src/orchard/{name}": text.replace("from net", "from .net") for name, text in THREE_FILES.items() if name != "train.py"
    }
    train = THREE_FILES["train.py"].replace("from losses", "from orchard.losses").replace("from net", "from orchard.net")
    write(tmp_path, {**library, "library/src/orchard/__init__.py": "", "study/train.py": train, "notes.py": "", ".git/HEAD": ""})
    assert findings(tmp_path, *named) == []
    write(tmp_path, {f"library/{marker}": ""})
    (found,) = findings(tmp_path, *named)
    assert (found["path"], found["producer"]["path"]) == ("study/train.py", "library/src/orchard/net.py")


def test_the_working_directory_may_be_inside_the_project(project: Path) -> None:
    write(project, {"models/net.py": THREE_FILES["net.py"], "train.py": THREE_FILES["train.py"].replace("from net", "from models.net")})
    (found,) = findings(project / "models", "net.py")
    assert found["producer"]["path"] == "net.py"
    assert found["path"] == (project / "train.py").as_posix()
    assert findings(project / "models") == [found]
    assert found in findings(project / "models", "..")
    assert {each["path"] for each in findings(project / "models", "..", "net.py")} == {
        each["path"] for each in findings(project / "models", "..")
    }


def test_relative_imports_out_of_the_working_directory(tmp_path: Path) -> None:
    train = THREE_FILES["train.py"].replace("from losses", "from ..losses").replace("from net", "from ..models.net")
    files = {"lab/losses.py": THREE_FILES["losses.py"], "lab/models/net.py": THREE_FILES["net.py"], "lab/runs/train.py": train}
    write(tmp_path, {**files, "lab/__init__.py": "", "lab/models/__init__.py": "", "lab/runs/__init__.py": ""})
    top = findings(tmp_path)
    assert len(top) == 1
    for folder in ("lab", "lab/runs", "lab/models"):
        inside = findings(tmp_path / folder, *(str(tmp_path / name) for name in files))
        assert [(each["line"], each["column"], each["fingerprint"]) for each in inside] == [(8, 9, top[0]["fingerprint"])]
        assert (tmp_path / folder / inside[0]["path"]).resolve() == (tmp_path / "lab/runs/train.py").resolve()


def test_isolated_never_looks_above_the_working_directory(project: Path) -> None:
    write(project, {"models/net.py": THREE_FILES["net.py"], "train.py": THREE_FILES["train.py"].replace("from net", "from models.net")})
    assert findings(project / "models", "--isolated", "net.py") == []


def test_an_excluded_file_still_explains_the_findings_of_others(project: Path) -> None:
    (found,) = findings(project, "--exclude", "net.py", "train.py")
    assert found["producer"]["path"] == "net.py"
    assert places(findings(project, "--exclude", "train.py,lone.py")) == [ACROSS]


def test_a_keras_backend_that_another_file_sets_counts_whatever_is_named(tmp_path: Path) -> None:
    model = """\
import keras
from keras import layers


def build():
    model = keras.Sequential([layers.Dense(3, activation="softmax")])
    model.compile("adam", loss=keras.losses.CategoricalCrossentropy(from_logits=True))
    return model
"""
    write(tmp_path, {"model.py": model, "environment.py": 'import os\n\nos.environ["KERAS_BACKEND"] = "tensorflow"\n'})
    (named,) = findings(tmp_path, "model.py")
    (whole,) = findings(tmp_path)
    assert named == whole
    assert whole["level"] == "warning"


LOOP = """\

def main(loader):
    net, criterion = {net}(), {losses}()
    for x, y in loader:
        criterion(net(x), y).backward()
"""
IMPORTS = {
    "a name that the package passes on": ("from lab import Net\nimport losses\n", "Net", "losses.make_criterion"),
    "stars": ("from lab.net import *\nfrom losses import *\n", "Net", "make_criterion"),
    "plain imports": ("import lab.net\nimport losses as terms\n", "lab.net.Net", "terms.make_criterion"),
    "modules of a package": ("from lab import net as nets\nimport losses\n", "nets.Net", "losses.make_criterion"),
    "brackets": ("from lab.net import (  # the model\n    Net,\n)\nfrom losses import (\n    make_criterion as make,\n)\n", "Net", "make"),
}


@pytest.mark.parametrize("imports", IMPORTS.values(), ids=IMPORTS)
@pytest.mark.parametrize("user", ["train.py", "study.ipynb"])
def test_whatever_form_the_imports_take(tmp_path: Path, imports: tuple[str, str, str], user: str) -> None:
    text, net, losses = imports
    text += LOOP.format(net=net, losses=losses)
    files = {
        "lab/net.py": THREE_FILES["net.py"],
        "losses.py": THREE_FILES["losses.py"],
        user: text if user == "train.py" else notebook(text),
    }
    write(tmp_path, {**files, "lab/__init__.py": "from .net import Net\n"})
    whole = findings(tmp_path)
    assert [(each["code"], each["path"], each["producer"]["path"]) for each in whole] == [("LGT101", user, "lab/net.py")]
    for name in files:
        assert findings(tmp_path, name) == whole


def test_two_projects_in_one_run_share_nothing(tmp_path: Path) -> None:
    """Neither a module, nor who calls a function, nor a Keras backend reaches from one project into another."""
    model = """\
import keras
from keras import layers
from b.net import Net


def build(activation="softmax"):
    model = keras.Sequential([layers.Dense(3, activation=activation)])
    model.compile("adam", loss=keras.losses.CategoricalCrossentropy(from_logits=True))
    return model
"""
    caller = 'import os\nfrom model import build\n\nos.environ["KERAS_BACKEND"] = "tensorflow"\nbuild(None)\n'
    write(tmp_path / "a", {"model.py": model, "train.py": THREE_FILES["train.py"].replace("from net", "from b.net")})
    write(tmp_path / "a", {"losses.py": THREE_FILES["losses.py"]})
    write(tmp_path / "b", {**THREE_FILES, "call.py": caller})
    alone = [findings(tmp_path, name) for name in ("a", "b")]
    assert [[each["code"] for each in found] for found in alone] == [["LGT101"], ["LGT101"]]
    assert [each["level"] for found in alone for each in found] == ["error", "error"]
    both = findings(tmp_path, "b", "a")
    assert both == alone[0] + alone[1]
    assert findings(tmp_path) == both


def test_a_project_inside_of_a_named_one_belongs_to_it(tmp_path: Path) -> None:
    write(tmp_path, {"net.py": THREE_FILES["net.py"], "losses.py": THREE_FILES["losses.py"]})
    write(tmp_path / "examples/flowers", {"train.py": THREE_FILES["train.py"]})
    assert places(findings(tmp_path)) == [("LGT101", "examples/flowers/train.py", 8, 9)]


#: Of one framework: how files are found is the same for all.
SEVERAL_FILES = [
    case for case in read_all() if case.forms and len(case.blocks) > 1 and case.marked("expect") and case.page.parent.name == "torch"
]


@pytest.mark.parametrize("case", SEVERAL_FILES, ids=lambda case: case.id)
def test_every_file_that_has_a_part_in_it_reports_a_misuse_alone(case: Case) -> None:
    from logitlint.config import Settings
    from logitlint.engine import check

    settings = Settings(confidence="possible")
    sources = case.sources()
    whole = {each.fingerprint: each for each in check(sources, settings).diagnostics}
    for path in (block.path for block in case.blocks if block.is_python):
        part = {print_ for print_, each in whole.items() if path in {each.span.path, *(step.span.path for step in each.trace)}}
        assert {each.fingerprint for each in check(sources, settings, [path]).diagnostics} == part, path


@pytest.mark.parametrize("tie", ["main.py", "main.ipynb"])
@pytest.mark.parametrize("only", ["net.py", "criterion.py", "main"])
def test_three_files_of_which_one_is_named(tmp_path: Path, tie: str, only: str) -> None:
    main = "from criterion import criterion\nfrom net import Net\n\nnet = Net()\nfor x, y in loader:\n    criterion(net(x), y).backward()\n"
    files = {
        "net.py": THREE_FILES["net.py"],
        "criterion.py": "from torch import nn\n\ncriterion = nn.CrossEntropyLoss()\n",
        tie: notebook(*main.split("\n\n")) if tie.endswith(".ipynb") else main,
    }
    write(tmp_path, files)
    (found,) = findings(tmp_path, tie if only == "main" else only)
    assert (found["code"], found["path"], found["producer"]["path"]) == ("LGT101", tie, "net.py")
    assert {step["path"] for step in found["trace"]} == set(files)


def test_what_an_import_may_spend_does_not_depend_on_what_was_named(tmp_path: Path) -> None:
    labour = "".join(f"    table[{i}] = len(names) + {i}\n" for i in range(600))
    net = (
        "from torch import nn\n\n\ndef build(names):\n    table = {}\n"
        + labour
        + "    return nn.Sequential(nn.Linear(8, 4), nn.Softmax(dim=1))\n\n\nnet = build([1, 2])\n"
    )
    train = "import torch.nn.functional as F\nfrom net import net\n\n\ndef train(x, y):\n    return F.cross_entropy(net(x), y)\n"
    write(tmp_path, {"net.py": net, "train.py": train})
    assert [each["code"] for each in findings(tmp_path)] == ["LGT101"]
    assert findings(tmp_path, "train.py") == findings(tmp_path, "net.py") == findings(tmp_path)
