"""The catalogue against what is known of the real libraries: ``data/contracts.tsv`` holds 555 facts, one a line.

What the catalogue does not follow is named in ``EXCEPTIONS`` with its reason; nothing that was verified numerically may stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest

from logitlint import catalog
from logitlint.catalog import OPAQUE, REQUIRED, Contract, Param, Result, Signature
from logitlint.kinds import Want

TABLE = Path(__file__).parent / "data" / "contracts.tsv"

EXCEPTIONS = {
    **dict.fromkeys(
        [f"{root}.layers.{name}" for root in ("keras", "tf_keras") for name in ("LSTM", "GRU", "SimpleRNN")],
        "recurrent layers end in tanh by design, and gates bend what other activations make: nothing is said of their output",
    ),
    "keras.activations.glu,tensorflow.keras.activations.glu,keras.ops.glu": "one half of the input is multiplied by the sigmoid of the "
    "other: the result is bounded on no side",
}
#: Members of a family whose last convolution is rectified, in front of a pooling: nothing is said of what they make together.
RECTIFIED = {"torchvision.models.squeezenet1_0", "torchvision.models.squeezenet1_1"}


class Fact(NamedTuple):
    role: str
    names: str
    evidence: str
    argument: str = ""
    kind: str = ""
    flags: str = ""
    string: str = ""

    def contracts(self) -> Iterator[Contract]:
        for name in self.names.split(","):
            contract = catalog.lookup(name)
            assert contract is not None, f"{name} has no contract"
            yield contract


FACTS = [Fact(*line.split("\t")) for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def of(*roles: str) -> list[object]:
    return [pytest.param(fact, id=fact.names.split(",")[0]) for fact in FACTS if fact.role in roles and fact.names not in EXCEPTIONS]


def by_default(signatures: tuple[Signature, ...]) -> Signature:
    """The overload of a call that gives no flags."""
    for signature in signatures:
        if all(param.default in (REQUIRED, *param.literals) for param in signature.params if param.role == "flag"):
            return signature
    raise AssertionError("no overload holds by default")


def judged(contract: Contract) -> list[Param]:
    return [param for param in by_default(contract.call).params if param.role == "prediction"]


def wanted(contract: Contract) -> set[str]:
    """What the first judged argument may be wanted as: by default, or by each value of a flag that must be given."""
    (param, *_) = judged(contract)
    if param.want is not None:
        return {param.want.value}
    flags = [each for each in contract.init[0].params if each.literals and each.default == REQUIRED]
    overloads = [each for each in contract.init if flags and holds(each)] or [by_default(contract.init)]
    return {each.binds.value for each in overloads if each.binds is not None}


def holds(signature: Signature) -> bool:
    """Whether an overload can be chosen without naming a flag that has a default."""
    return all(param.default in (REQUIRED, *param.literals) for param in signature.params if param.role == "flag")


def test_there_are_555_facts_and_few_exceptions() -> None:
    assert len(FACTS) == 555
    assert len(EXCEPTIONS) <= 10
    assert EXCEPTIONS.keys() <= {fact.names for fact in FACTS if fact.evidence != "V"}


@pytest.mark.parametrize("fact", of("loss", "metric"))
def test_a_loss_wants_what_is_known(fact: Fact) -> None:
    for contract in fact.contracts():
        assert contract.sort == fact.role.capitalize()
        assert wanted(contract) == set(fact.kind.split("|"))


@pytest.mark.parametrize("fact", of("loss", "metric"))
def test_the_judged_argument_stands_where_it_is_known_to(fact: Fact) -> None:
    name, position = fact.argument.split("@")
    contract = next(fact.contracts())
    (param, *_) = judged(contract)
    params = by_default(contract.call).params
    offset = params[0].name == "self"
    assert param.name == name
    if position.isdigit():
        assert params.index(param) - offset == int(position)
    elif position == "self":
        assert params[0].role == "prediction"


def switches() -> Sequence[object]:
    """Every value of every flag: the fact, the flag, its value as text, the kind that it makes the loss want."""
    found = []
    for fact in FACTS:
        if fact.role not in ("loss", "metric"):
            continue
        for flag in filter(None, fact.flags.split(";")):
            place, _, cases = flag.partition("=")
            for case in cases.split(","):
                value, _, kind = case.partition(":")
                name = fact.names.split(",")[0]
                found.append(pytest.param(fact, place, value, kind, id=f"{name}-{place}-{value}"))
    return found


@pytest.mark.parametrize(("fact", "place", "value", "kind"), switches())
def test_a_flag_switches_what_is_wanted(fact: Fact, place: str, value: str, kind: str) -> None:
    flag, position = place.split("@")
    first = next(fact.contracts())
    for contract in fact.contracts():
        overloads = contract.init if contract.form == "class" else contract.call
        assert overloads
        names = [param.name for param in overloads[0].params]
        assert flag in names
        if position.isdigit() and contract.form == first.form:
            assert names.index(flag) == int(position)
        admitting = [each for each in overloads if admits(each, flag, value.rstrip("*")) and rest_holds(each, flag)]
        named = [each for each in admitting if any(param.name == flag and param.literals for param in each.params)]
        wants = {each.binds or first_want(each) for each in named or admitting}
        assert {want.value for want in wants if want is not None} <= set(kind.split("|"))
        assert wants


def first_want(signature: Signature) -> Want | None:
    return next((param.want for param in signature.params if param.role == "prediction"), None)


def admits(signature: Signature, flag: str, text: str) -> bool:
    (param,) = [each for each in signature.params if each.name == flag]
    return not param.literals or any(text == str(each) for each in param.literals)


def rest_holds(signature: Signature, flag: str) -> bool:
    return holds(signature._replace(params=tuple(param for param in signature.params if param.name != flag)))


TRANSFERS = {"apply": "Apply", "same": "Same", "exp": "Exp"}
#: What a transfer makes of scores, where the fact speaks of them.
OF_SCORES = {"Normalised": "scores"}


@pytest.mark.parametrize("fact", of("activation"))
def test_an_activation_makes_what_is_known(fact: Fact) -> None:
    for contract in fact.contracts():
        result = by_default(contract.call).result
        assert result is not None
        assert made(result) in {TRANSFERS.get(kind, kind) for kind in fact.kind.split("|")}
    if fact.string:
        named = catalog.identifier("activation", fact.string)
        assert named is not None
        assert named.name == next(fact.contracts()).name


def made(result: Result) -> str:
    known = catalog.kind_of(result)
    return OF_SCORES.get(result.op, result.op) if known is None else known.value


@pytest.mark.parametrize("fact", of("density"))
def test_a_distribution_takes_its_arguments_in_the_known_order(fact: Fact) -> None:
    (contract,) = fact.contracts()
    init = contract.init[0].params
    assert [param.name for param in init if param.mode == "plain"][: len(fact.argument.split())] == fact.argument.split()
    wants = {param.name: param.want.value for param in init if param.want is not None}
    assert wants == dict(each.split(":") for each in fact.kind.split())


@pytest.mark.parametrize("fact", of("sampler"))
def test_a_sampler_takes_what_is_known(fact: Fact) -> None:
    for contract in fact.contracts():
        (param, *_) = judged(contract)
        assert param.name == fact.argument
        assert param.want is not None
        assert param.want.value == fact.kind


@pytest.mark.parametrize("fact", of("family"))
def test_every_member_of_a_family_makes_what_is_known(fact: Fact) -> None:
    members = [each for each in family(fact.names) if not each.name.rpartition(".")[2].startswith("_")]
    assert len(members) > 3
    for contract in members:
        flag = [param for param in contract.init[0].params if param.name == fact.argument]
        assert bool(flag) == bool(fact.argument), contract.name
        assert fact.kind in outcome(contract), contract.name


def family(patterns: str) -> list[Contract]:
    globs = [f"{catalog.canonical(each.rpartition('.')[0])}.{each.rpartition('.')[2]}" for each in patterns.split(",")]
    found = [
        each
        for each in catalog.members()
        if any(fnmatchcase(each.name, glob) and each.name.count(".") == glob.count(".") for glob in globs)
    ]
    return [each for each in found if each.form == "class" and each.call and each.name not in RECTIFIED]


def outcome(contract: Contract) -> set[str]:
    """The kinds that a call may give, of the attribute ``logits`` where it gives an object."""
    found = set()
    for signature in contract.call:
        result = signature.result
        if result is not None and result.op == "Object":
            result = catalog.attribute(str(result.args[0]), "logits")
        if result is not None:
            found.add("apply" if result.op == "Apply" or "activation" in {param.name for param in signature.params} else made(result))
    return found


@pytest.mark.parametrize("fact", of("identifier"))
def test_a_string_of_compile_wants_what_is_known(fact: Fact) -> None:
    for pair in fact.flags.split(","):
        text, _, kind = pair.partition(":")
        contract = catalog.identifier(fact.names, text)
        if kind == "by_shape":  # chosen by compile() from the output's shape, never by name
            assert contract is None
            continue
        assert contract is not None, text
        assert wanted(contract) == {kind}, text


def test_opaque_defaults_are_never_flags() -> None:
    """A flag whose default cannot be read would leave every plain call without an overload."""
    for contract in catalog.members():
        for signature in (*contract.init, *contract.call):
            assert not [param.name for param in signature.params if param.literals and param.default == OPAQUE], contract.name
