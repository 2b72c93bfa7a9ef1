"""``explain`` answers for every contract of the catalogue, under every name that people write it with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from program import program

from logitlint import catalog
from logitlint.catalog import Contract, compiler
from logitlint.kinds import Want
from logitlint.reporters import contract as pages

FACTS = Path(__file__).parent / "data" / "contracts.tsv"


def page(name: str) -> str:
    found = catalog.find(name)
    assert found is not None, name
    return pages.markdown(name, found)


def data(name: str) -> dict[str, Any]:
    found = catalog.find(name)
    assert found is not None, name
    value: dict[str, Any] = json.loads(pages.document(name, found))
    return value


def by_root() -> dict[str, list[Contract]]:
    found: dict[str, list[Contract]] = {}
    for each in catalog.members():
        found.setdefault(each.name.partition(".")[0], []).append(each)
    return found


@pytest.mark.parametrize("root", sorted(compiler.compile_stubs()))
def test_every_contract_has_a_page(root: str) -> None:
    for contract in by_root().get(root, []):
        text = pages.markdown(contract.name, contract)
        assert text.startswith(f"# {contract.name}\n")
        assert "Evidence: " in text
        assert ("## Produces" in text) == bool(pages.productions(contract)), contract.name
        assert "  " not in text.replace("\n", ""), contract.name
        wants = {each.want for each in pages.expectations(contract)}
        if contract.sort in ("Loss", "Distribution") and wants - {Want.ANY}:
            assert "## Expects" in text, contract.name
            assert "## Common misuse" in text, contract.name


@pytest.mark.parametrize("root", sorted(compiler.compile_stubs()))
def test_every_contract_is_data(root: str) -> None:
    for contract in by_root().get(root, []):
        found = json.loads(pages.document(contract.name, contract))
        assert found["name"] == contract.name
        assert found["evidence"]
        assert len(found["expects"]) == len(pages.expectations(contract))
        assert all(each["text"] and "{" not in each["text"] for each in found["produces"]), contract.name


def test_every_judged_contract_names_the_rules_that_judge_it() -> None:
    silent = [
        contract.name
        for contract in catalog.members()
        if contract.sort == "Loss" and {each.want for each in pages.expectations(contract)} - {Want.ANY} and not pages.rules(contract)
    ]
    assert silent == []


def facts() -> list[str]:
    rows = [line.split("\t") for line in FACTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [name for row in rows if row[0] not in ("identifier", "transfer", "family") for name in row[1].split(",")]


def test_every_known_fact_is_explained() -> None:
    assert [name for name in facts() if catalog.find(name) is None] == []


def test_every_alias_is_explained() -> None:
    """``from … import a as b`` and ``b = a`` in a stub; names of modules have no page."""
    for library in compiler.compile_stubs().values():
        for name in library.aliases:
            if not catalog.is_namespace(name):
                assert page(name), name


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("nn.CrossEntropyLoss", "torch.nn.CrossEntropyLoss"),
        ("F.cross_entropy", "torch.nn.functional.cross_entropy"),
        ("tf.keras.losses.BinaryCrossentropy", "keras.losses.BinaryCrossentropy"),
        ("tf.nn.softmax", "tensorflow.nn.softmax"),
        ("K.categorical_crossentropy", "keras.backend.categorical_crossentropy"),
        ("jnp.log", "jax.numpy.log"),
        ("layers.Dense", "keras.layers.Dense"),
        ("smp.losses.DiceLoss", "segmentation_models_pytorch.losses.DiceLoss"),
        ("Tensor.softmax", "torch.Tensor.softmax"),
        ("nn.Dense", "flax.linen.Dense"),
        ("bce", "keras.losses.binary_crossentropy"),
        ("torch.nn.modules.loss.CrossEntropyLoss", "torch.nn.CrossEntropyLoss"),
    ],
)
def test_the_names_that_people_write(spelled: str, name: str) -> None:
    text = page(spelled)
    assert text.startswith(f"# {name}\n")
    assert f"`{spelled}` is another name of it." in text or f'the string `"{spelled}"`' in text
    assert (data(spelled)["name"], data(spelled)["spelled"]) == (name, spelled)


def test_a_flag_switches_what_is_expected() -> None:
    text = page("keras.losses.CategoricalCrossentropy")
    assert "as softmax makes them, when `from_logits=False` (the default)" in text
    assert "softmax is applied inside, when `from_logits=True`" in text
    assert "When `from_logits=True`: a model that ends in softmax" in text
    expects = data("keras.losses.CategoricalCrossentropy")["expects"]
    assert [(each["kind"], each["when"], each["default"]) for each in expects] == [
        ("prob_cat", {"from_logits": [False]}, True),
        ("logits_cat", {"from_logits": [True]}, False),
    ]


def test_what_does_not_depend_on_a_flag_is_said_once() -> None:
    expects = data("torch.nn.KLDivLoss")["expects"]
    assert [(each["parameter"], each["kind"], each["when"]) for each in expects] == [
        ("input", "logprob_cat", {}),
        ("target", "target_prob", {}),
    ]
    assert len(data("torch.nn.KLDivLoss")["produces"]) == 1
    assert data("torch.nn.KLDivLoss")["signatures"][1] == "KLDivLoss(…)(input, target)"


def test_the_page_of_an_activation() -> None:
    text = page("torch.nn.functional.softmax")
    assert "probabilities that sum to one along `dim`" in text
    assert "LGT405" in text
    assert "In front of a loss that applies softmax itself" in text
    assert "LGT405" not in page("jax.nn.softmax")


def test_an_object_of_a_library_tells_what_is_in_it() -> None:
    assert "whose `logits` is raw scores" in page("transformers.BertForSequenceClassification")


def test_a_model_tells_where_its_last_layer_stands() -> None:
    assert "put in the place of `classifier[6]`" in page("torchvision.models.vgg16")
    assert "put in the place of `heads.head`" in page("torchvision.models.vit_b_16")
    assert "put in the place of" not in page("torchvision.models.squeezenet1_0")


# -- the command


def test_the_command(tmp_path: Path) -> None:
    done = program(tmp_path, "explain", "F.cross_entropy", "--output-format", "json")
    assert done.status == 0
    found = json.loads(done.out)
    assert found["name"] == "torch.nn.functional.cross_entropy"
    assert {"code", "name", "summary"} == set(found["rules"][0])
    done = program(tmp_path, "explain", "LGT101", "--output-format", "json")
    assert json.loads(done.out)["name"] == "softmax-into-logits-loss"


@pytest.mark.parametrize(("wrong", "near"), [("nn.CrossEntropyLos", "torch.nn.CrossEntropyLoss"), ("F.softmaxx", "softmax")])
def test_an_unknown_name_gets_the_nearest(tmp_path: Path, wrong: str, near: str) -> None:
    done = program(tmp_path, "explain", wrong)
    assert (done.status, done.out) == (2, b"")
    assert near in done.err


def test_the_projects_own_names_are_explained(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.logitlint.wrappers]\n"mylib.FocalCE" = "nn.CrossEntropyLoss"\n', encoding="utf-8")
    done = program(tmp_path, "explain", "mylib.FocalCE")
    assert done.status == 0
    assert "Declared to behave as torch.nn.CrossEntropyLoss." in done.text
    assert program(tmp_path, "explain", "mylib.FocalCE", "--isolated").status == 2
