"""The catalogue: the stubs compile, the shipped tables are theirs, and what they say is what was measured."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from logitlint import catalog
from logitlint.catalog import OPAQUE, REQUIRED, Contract, Param, Result, compiler
from logitlint.catalog.notation import KIND_OF, TRANSFERS
from logitlint.errors import CatalogError
from logitlint.kinds import Kind, Want


def found(name: str) -> Contract:
    contract = catalog.lookup(name)
    assert contract is not None, f"{name} has no contract"
    return contract


@pytest.fixture
def stubs(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    catalog.extend()


def write(directory: Path, **modules: str) -> Path:
    for module, text in modules.items():
        (directory / f"{module}.pyi").write_text(text, encoding="utf-8")
    return directory


# --- the shipped tables


def test_tables_are_what_the_stubs_compile_to() -> None:
    """Run ``python -m logitlint.catalog.compiler`` after a stub was changed."""
    files = compiler.render(compiler.compile_stubs())
    shipped = {path.name: path.read_text(encoding="utf-8") for path in compiler.TABLES.glob("*.py")}
    assert shipped.keys() == files.keys()
    assert [name for name in files if shipped[name] != files[name]] == []


def test_a_table_gives_back_what_was_compiled() -> None:
    for library in compiler.compile_stubs().values():
        for name, contract in library.contracts.items():
            assert catalog.unpack(name, compiler.pack(contract)) == contract


def test_importing_the_catalogue_loads_no_table_and_no_compiler() -> None:
    code = "import sys, logitlint.catalog; print([m for m in sys.modules if m.startswith('logitlint.catalog.') or m == 'ast'])"
    loaded = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": _source()})
    assert "_tables.torch" not in loaded.stdout
    assert "compiler" not in loaded.stdout


def _source() -> str:
    return str(compiler.HERE.parents[1])


def test_every_result_is_in_the_vocabulary() -> None:
    for contract in catalog.members():
        for signature in (*contract.call, *(each for _, signatures in contract.methods for each in signatures)):
            if signature.result is not None:
                assert_known(signature.result)


def assert_known(result: Result) -> None:
    assert result.op in KIND_OF or result.op in TRANSFERS or result.op == "None"
    for argument in result.args:
        if isinstance(argument, Result):
            assert_known(argument)


def test_every_loss_says_what_it_wants_and_which_argument_is_the_prediction() -> None:
    base_classes = {"keras.losses.Loss"}
    silent = [
        contract.name
        for contract in catalog.members()
        if contract.sort == "Loss" and contract.name not in base_classes and not _judges(contract)
    ]
    assert silent == ["tensorflow.compat.v1.losses.get_total_loss"]


def _judges(contract: Contract) -> bool:
    bound = all(signature.binds is not None for signature in contract.init) and bool(contract.init)
    predictions = [[param for param in signature.params if param.role == "prediction"] for signature in contract.call]
    return bool(predictions) and all(any(param.want is not None or bound for param in params) for params in predictions)


def test_evidence_is_one_of_three_letters() -> None:
    assert {contract.evidence for contract in catalog.members()} == {"V", "S", "R"}


def test_families_of_apis_have_contracts() -> None:
    for name in (
        "keras.applications.ResNet50",
        "tf_keras.applications.VGG16",
        "tensorflow.keras.applications.resnet50.ResNet50",
        "segmentation_models_pytorch.Unet",
        "transformers.AutoModelForSequenceClassification",
        "keras_hub.models.TextClassifier",
        "torchvision.models.resnet18",
        "torchvision.models.resnet.resnet50",
        "torchmetrics.functional.binary_accuracy",
        "torchmetrics.functional.classification.multiclass_auroc",
        "timm.create_model",
    ):
        found(name)


# --- positions, which decide what an argument without a name is


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("torch.nn.functional.cross_entropy", "input target weight size_average ignore_index reduce reduction label_smoothing"),
        ("torch.nn.functional.kl_div", "input target size_average reduce reduction log_target"),
        ("torch.nn.functional.softmax", "input dim _stacklevel dtype"),
        ("keras.losses.categorical_crossentropy", "y_true y_pred from_logits label_smoothing axis"),
        ("keras.losses.sparse_categorical_crossentropy", "y_true y_pred from_logits ignore_class axis"),
        ("tensorflow.nn.softmax_cross_entropy_with_logits", "labels logits axis name dim"),
        ("tensorflow.compat.v1.nn.softmax_cross_entropy_with_logits", "labels logits dim name axis"),
        ("tf_slim.losses.softmax_cross_entropy", "logits onehot_labels weights label_smoothing scope"),
        ("optax.softmax_cross_entropy", "logits labels axis where"),
        ("torch.nn.functional.gumbel_softmax", "logits tau hard eps dim"),
        ("torch.Tensor.log_softmax", "self dim dtype"),
        ("torch.nn.CTCLoss", "log_probs targets input_lengths target_lengths"),
    ],
)
def test_parameters_of_a_call_stand_in_their_real_order(name: str, call: str) -> None:
    assert [param.name for param in found(name).call[0].params] == call.split()


@pytest.mark.parametrize(
    ("name", "init"),
    [
        ("torch.nn.CrossEntropyLoss", "weight size_average ignore_index reduce reduction label_smoothing"),
        ("torch.nn.BCEWithLogitsLoss", "weight size_average reduce reduction pos_weight"),
        ("torch.nn.Linear", "in_features out_features bias device dtype"),
        ("keras.losses.BinaryFocalCrossentropy", "apply_class_balancing alpha gamma from_logits label_smoothing axis reduction name dtype"),
        ("torch.distributions.Categorical", "probs logits validate_args"),
        ("distrax.Categorical", "logits probs dtype"),
        ("monai.losses.HausdorffDTLoss", "alpha include_background to_onehot_y sigmoid softmax other_act reduction batch"),
        ("mxnet.gluon.loss.SoftmaxCrossEntropyLoss", "axis sparse_label from_logits weight batch_axis kwargs"),
    ],
)
def test_parameters_of_a_constructor_stand_in_their_real_order(name: str, init: str) -> None:
    assert [param.name for param in found(name).init[0].params] == init.split()


def test_class_axes() -> None:
    def axis(name: str) -> int | str | None:
        return next(param.axis for param in found(name).call[0].params if param.role == "prediction")

    assert axis("torch.nn.CrossEntropyLoss") == 1
    assert axis("torch.nn.CTCLoss") == -1
    assert axis("keras.losses.CategoricalCrossentropy") == "axis"


def test_layers_name_the_size_of_their_class_axis() -> None:
    assert found("torch.nn.Linear").call[0].result == Result("Scores", (-1, "out_features"))
    assert found("torch.nn.Conv2d").call[0].result == Result("Scores", (1, "out_channels"))
    assert found("keras.layers.Dense").call[0].result == Result("Apply", ("activation", Result("Scores", (-1, "units"))))


def test_flags_choose_the_overload() -> None:
    binds = {overload.params[0].literals: overload.binds for overload in found("keras.losses.CategoricalCrossentropy").init}
    assert binds == {(False,): Want.PROB_CAT, (True,): Want.LOGITS_CAT}
    inverted = {overload.params[2].literals: overload.binds for overload in found("mxnet.gluon.loss.SoftmaxCELoss").init}
    assert inverted == {(False,): Want.LOGITS_CAT, (True,): Want.LOGPROB_CAT}


def test_a_call_may_depend_on_how_the_object_was_built() -> None:
    for overload in found("torch.nn.KLDivLoss").call:
        (flag,) = [param for param in overload.params if param.role == "flag"]
        (target,) = [param for param in overload.params if param.role == "target"]
        assert (flag.name, flag.mode, flag.default) == ("log_target", "keyword", REQUIRED)
        assert target.want is (Want.TARGET_PROB if flag.literals == (False,) else None)


# --- names


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("torch.nn.modules.loss.CrossEntropyLoss", "torch.nn.CrossEntropyLoss"),
        ("torch.functional.softmax", "torch.softmax"),
        ("torch.nn.NLLLoss2d", "torch.nn.NLLLoss"),
        ("tensorflow.keras.losses.BinaryCrossentropy", "keras.losses.BinaryCrossentropy"),
        ("tensorflow.python.keras.losses.BinaryCrossentropy", "keras.losses.BinaryCrossentropy"),
        ("tensorflow.compat.v2.keras.layers.Dense", "keras.layers.Dense"),
        ("tf_keras.layers.Dense", "keras.layers.Dense"),
        ("keras.src.layers.Dense", "keras.layers.Dense"),
        ("keras.api.layers.Dense", "keras.layers.Dense"),
        ("keras.layers.core.Dense", "keras.layers.Dense"),
        ("keras.layers.Convolution2D", "keras.layers.Conv2D"),
        ("keras.metrics.binary_crossentropy", "keras.losses.binary_crossentropy"),
        ("tensorflow.losses.softmax_cross_entropy", "tensorflow.compat.v1.losses.softmax_cross_entropy"),
        ("tensorflow.losses.CategoricalCrossentropy", "keras.losses.CategoricalCrossentropy"),
        ("tensorflow.compat.v1.nn.relu", "tensorflow.nn.relu"),
        ("tensorflow.compat.v1.log", "tensorflow.log"),
        ("tensorflow.contrib.slim.fully_connected", "tf_slim.layers.fully_connected"),
        ("tensorflow.contrib.layers.fully_connected", "tf_slim.layers.fully_connected"),
        ("optax.softmax_cross_entropy", "optax.losses.softmax_cross_entropy"),
        ("fastai.vision.all.CrossEntropyLossFlat", "fastai.losses.CrossEntropyLossFlat"),
    ],
)
def test_aliases_lead_to_one_contract(spelled: str, name: str) -> None:
    assert catalog.canonical(spelled) == name
    assert found(spelled).name == name


def test_unknown_names() -> None:
    for name in ("torch.nn.NoSuchLoss", "numpty.log", "", "torch.", ".torch", "torch.nn.Linear.no_such_method"):
        assert catalog.lookup(name) is None
        assert catalog.canonical(name) == name


def test_namespaces() -> None:
    for name in ("torch", "torch.nn", "torch.utils", "tensorflow.keras", "tensorflow.keras.losses", "jax.numpy"):
        assert catalog.is_namespace(name), name
    for name in ("torch.nn.Linear", "torch.nn.nothing", "os", "torch.Tensor"):
        assert not catalog.is_namespace(name), name
    assert {"torch", "keras", "tensorflow", "jax", "optax", "flax"} <= catalog.roots()


def test_identifiers_are_the_strings_of_keras() -> None:
    spellings = ("bce", "BCE", "binary_crossentropy", "BinaryCrossentropy")
    assert {catalog.canonical(found_identifier("loss", text).name).lower().replace("_", "") for text in spellings} == {
        "keras.losses.binarycrossentropy"
    }
    assert found_identifier("activation", "softmax").name == "keras.activations.softmax"
    assert found_identifier("metric", "binary_accuracy").name == "keras.metrics.binary_accuracy"
    assert catalog.identifier("loss", "cce") is None
    assert catalog.identifier("activation", "Softmax") is None


def test_constants_of_libraries_have_their_value() -> None:
    assert catalog.constant("segmentation_models_pytorch.losses.MULTICLASS_MODE") == "multiclass"
    assert catalog.constant("segmentation_models_pytorch.losses.DiceLoss") is None
    assert catalog.constant("nowhere.MODE") is None


def found_identifier(sort: str, text: str) -> Contract:
    contract = catalog.identifier(sort, text)
    assert contract is not None
    return contract


def test_methods_are_inherited_and_begin_with_self() -> None:
    (to,) = catalog.method("torch.nn.CrossEntropyLoss", "to")
    assert to.params[0].name == "self"
    assert to.result == Result("Same", ("self",))
    (forward,) = catalog.method("torch.nn.Linear", "forward")
    assert [param.name for param in forward.params] == ["self", "input"]
    assert catalog.method("torch.nn.Linear", "no_such_method") == ()
    assert catalog.method("torch.softmax", "forward") == ()


def test_in_place_methods_share_their_signature() -> None:
    assert catalog.method("torch.Tensor", "sigmoid_") == catalog.method("torch.Tensor", "sigmoid")


def test_a_method_is_an_activation_of_its_object() -> None:
    contract = found("torch.Tensor.softmax")
    assert contract.sort == "Activation"
    assert contract.evidence == "V"
    assert contract.call[0].params[0].role == "input"


def test_attributes() -> None:
    assert catalog.attribute("torch.Tensor", "T") == Result("Permute", ("self", 0, 1))
    assert catalog.attribute("torch.distributions.OneHotCategoricalStraightThrough", "probs") == Result("ProbCat", (-1,))
    assert catalog.attribute("torch.Tensor", "no_such_attribute") is None
    assert catalog.attribute("torch.nothing", "T") is None


def test_consumers_and_producers_by_last_name() -> None:
    assert {"CrossEntropyLoss", "cross_entropy", "binary_crossentropy", "SoftmaxCELoss", "kld"} <= catalog.consumer_names()
    assert {"softmax", "Softmax", "Linear", "Dense", "dense", "sigmoid_", "expit"} <= catalog.producer_names()
    assert not {"Flatten", "view", "cat", "Dropout", "softmax"} & catalog.consumer_names()
    assert not {"MSELoss", "mean_squared_error", "Precision", "Normal"} & catalog.consumer_names()  # nothing is wrong there
    assert not {"Flatten", "view", "cat", "Dropout", "zeros"} & catalog.producer_names()


def test_suggestions() -> None:
    assert catalog.suggest("torch.nn.CrossEntropyLos")[0] == "torch.nn.CrossEntropyLoss"
    assert catalog.suggest("log_softmax")[0] == "torch.log_softmax"
    assert catalog.suggest("zzzzzzzz") == []


def test_kind_of_a_result() -> None:
    assert catalog.kind_of(Result("ProbCat", ("dim",))) is Kind.PROB_CAT
    assert catalog.kind_of(Result("Same", ("x",))) is None


# --- the compiler


def test_a_stub_is_read(stubs: Path) -> None:
    write(
        stubs,
        mine='''"""S"""
from torch.nn import Module as Module

class Focal(Loss[K], Module):
    """V Measured."""
    T: Permute["self"]
    @overload
    def __init__(self: Focal[LogitsEl], gamma=2.0, *, logits: Literal[True] = True, reduction=...): ...
    @overload
    def __init__(self: Focal[ProbEl], gamma=2.0, *, logits: Literal[False] = True, reduction=...): ...
    def __call__(self, x: K[1], /, y: Target, *rest, **more) -> LossValue: ...
    def half(self) -> Same["self"]: ...
    half_ = half

def act(x: Logits, dim=-1) -> ProbCat["dim"]: ...
sharp = act
''',
    )
    library = compiler.compile_stubs(compiler.STUBS, stubs)["mine"]
    focal = library.contracts["mine.Focal"]
    assert (focal.form, focal.sort, focal.evidence, focal.doc) == ("class", "Loss", "V", "Measured.")
    assert focal.bases == ("torch.nn.Module",)
    assert [overload.binds for overload in focal.init] == [Want.LOGITS_EL, Want.PROB_EL]
    assert focal.init[0].params == (
        Param("gamma", "plain", 2.0),
        Param("logits", "keyword", True, "flag", None, None, (True,)),
        Param("reduction", "keyword", OPAQUE),
    )
    x, y, rest, more = focal.call[0].params
    assert x == Param("x", "positional", REQUIRED, "prediction", None, 1)
    assert (y.role, rest.mode, more.mode) == ("target", "*", "**")
    assert dict(focal.methods)["half_"] == dict(focal.methods)["half"]
    assert focal.attributes == (("T", Result("Permute", ("self",))),)
    assert library.contracts["mine.act"].sort == "Activation"
    assert library.aliases["mine.sharp"] == "mine.act"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("def f(x: LogitCat): ...", 1, "unknown annotation LogitCat"),
        ("def f(x) -> ProbKat: ...", 1, "unknown kind or transfer 'ProbKat'"),
        ("\ndef f(x) -> Same: ...", 2, "Same needs 1 argument"),
        ("def f(x) -> Same['y']: ...", 1, "f has no parameter 'y'"),
        ("def f(x: ProbCat['axis']) -> LossValue: ...", 1, "f has no parameter 'axis'"),
        ("def f(x: K) -> LossValue: ...", 1, "K outside a class"),
        ("def f(x) -> ProbCat[1.5]: ...", 1, "1.5 is neither"),
        ("def f(x) -> 'Same': ...", 1, "a return annotation must be"),
        ("def f(x):\n    '''Nobody knows.'''", 1, "begins with its evidence"),
        ("class C(Loss[Wrong]): ...", 1, "unknown kind"),
        ("class C(Loss[K]):\n    def __init__(self: C): ...", 2, "self must name the kind"),
        ("class C(Nowhere): ...", None, "no stub for the base class mine.Nowhere"),
        ("class C: ...\nclass C: ...", 2, "mine.C is defined twice"),
        ("class C:\n    a_ = a", 1, "there is no method a"),
        ("class C:\n    for x in y: ...", 2, "has no For statement"),
        ("if True: ...", 1, "has no If statement"),
        ("x = 3", 1, "an assignment gives a second name to a name"),
        ("x: int = 3", 1, "an identifier is written"),
        ("x = nowhere.at_all", None, "no stub for nowhere.at_all"),
        ("x: Identifier['loss'] = nowhere.at_all", None, "no stub for nowhere.at_all"),
        ("def f(:", 1, ""),
    ],
)
def test_a_wrong_stub_is_named_with_its_line(stubs: Path, text: str, line: int | None, message: str) -> None:
    write(stubs, mine=text)
    with pytest.raises(CatalogError) as caught:
        compiler.compile_stubs(stubs)
    assert message in str(caught.value)
    if line is not None:
        assert str(caught.value).startswith(f"{stubs / 'mine.pyi'}:{line}: ")


def test_import_cycles_end(stubs: Path) -> None:
    write(stubs, one="from two import *\nfrom two import ghost as ghost", two="from one import *\nfrom one import ghost as ghost")
    with pytest.raises(CatalogError, match="ghost"):
        compiler.compile_stubs(stubs)


def test_user_stubs_extend_and_replace(stubs: Path) -> None:
    nothing = found("torch.nn.BCELoss").doc
    write(
        stubs,
        torch='"""R"""\ndef softmax(input, dim) -> Unknown: ...\n',
        mylib="\n".join(
            (
                "def my_loss(p: ProbCat[1], t: Target) -> LossValue: ...",
                "MODE: Literal['plain']",
                "class MyHead(Layer):",
                "    def __call__(self, x) -> Scores[-1]: ...",
            )
        ),
    )
    catalog.extend(stubs)
    assert found("mylib.my_loss").call[0].params[0].want is Want.PROB_CAT
    assert found("torch.softmax").call[0].result == Result("Unknown")
    assert found("torch.nn.BCELoss").doc == nothing
    assert "my_loss" in catalog.consumer_names()
    assert "MyHead" in catalog.producer_names()
    assert catalog.constant("mylib.MODE") == "plain"
    assert "mylib" in catalog.roots()
    catalog.extend()
    assert catalog.lookup("mylib.my_loss") is None
    assert found("torch.softmax").sort == "Activation"
    assert "my_loss" not in catalog.consumer_names()


def test_the_command_reports_a_wrong_stub(stubs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    write(stubs, mine="def f(x) -> Nonsense: ...")
    monkeypatch.setattr(compiler, "STUBS", stubs)
    monkeypatch.setattr(compiler, "TABLES", stubs / "tables")
    assert compiler.main() == 2
    assert "mine.pyi:1" in capsys.readouterr().err
    assert not (stubs / "tables").exists()


def test_the_command_writes_tables_and_removes_old_ones(stubs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(stubs, mine='"""R"""\ndef f(x) -> Same["x"]: ...')
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "gone.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(compiler, "STUBS", stubs)
    monkeypatch.setattr(compiler, "TABLES", tables)
    assert compiler.main() == 0
    assert sorted(path.name for path in tables.iterdir()) == ["__init__.py", "mine.py"]
