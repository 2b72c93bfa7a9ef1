"""What the catalogue knows of an API, in words and as data: what it expects, what it gives, what goes wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product, zip_longest
from typing import Any, NamedTuple

from logitlint import catalog
from logitlint.catalog.contract import OPAQUE, REQUIRED, Contract, Param, Result, Signature
from logitlint.kinds import Kind, Want, judge
from logitlint.reporters.machine import dumps
from logitlint.reporters.phrases import EVIDENCE, MISUSE, OF_OPERATION, OF_PRODUCT, OPERATIONS, PRODUCTS, SORTS, WANTS
from logitlint.rules.forms import MEASURED
from logitlint.rules.table import RULES

_SIGNATURE = Signature(())
_CONSUMERS = ("Loss", "Metric", "Distribution", "Sampler")


class Expectation(NamedTuple):
    """What one argument must hold, and under which flags. ``method`` names the method that takes it, "" for the call or constructor."""

    param: str
    want: Want
    axis: int | str | None
    when: tuple[tuple[str, tuple[object, ...]], ...]
    default: bool  #: whether this holds when no flag is given
    method: str = ""


class Production(NamedTuple):
    """What a call gives, and under which flags."""

    result: Result
    when: tuple[tuple[str, tuple[object, ...]], ...]
    default: bool
    method: str = ""


def markdown(name: str, contract: Contract) -> str:
    """The page of the API ``name``, which may be another name of the contract."""
    lines = [f"# {contract.name}", ""]
    if name != contract.name:
        known = any(text == name for _, text in catalog.strings(contract.name))
        lines += [f'To Keras, the string `"{name}"` means this.' if known else f"`{name}` is another name of it.", ""]
    if contract.doc:
        lines += [contract.doc, ""]
    expected, made = expectations(contract), productions(contract)
    lines.append(f"**{SORTS.get(contract.sort, 'API')}** ({contract.form}). Evidence: {EVIDENCE[contract.evidence]}.")
    lines += _section("Expects", [_expects(each) for each in expected] or _expects_input(contract))
    lines += _section("Produces", [*(_produces(each) for each in made), *_replaced(contract)])
    lines += _section("Common misuse", misuse(contract))
    lines += _section("Rules", [f"{rule.code} `{rule.name}`: {rule.summary}" for rule in rules(contract)])
    strings = catalog.strings(contract.name)
    lines += _section("Strings of Keras", [f'`"{text}"` ({sort})' for sort, text in strings])
    lines += _section("Signatures", [f"`{each}`" for each in signatures(contract)])
    return "\n".join(lines) + "\n"


def document(name: str, contract: Contract) -> str:
    """The same as one JSON object."""
    return dumps(
        {
            "name": contract.name,
            "spelled": name,
            "form": contract.form,
            "sort": contract.sort.lower() or "api",
            "doc": contract.doc,
            "evidence": EVIDENCE[contract.evidence],
            "expects": [
                {"parameter": each.param, "kind": each.want.value, "axis": each.axis, **_conditions(each), "method": each.method or None}
                for each in expectations(contract)
            ],
            "produces": [
                {"kind": kind_name(each.result), "text": phrase(each.result), **_conditions(each), "method": each.method or None}
                for each in productions(contract)
            ],
            "misuse": misuse(contract),
            "rules": [{"code": rule.code, "name": rule.name, "summary": rule.summary} for rule in rules(contract)],
            "strings": [{"sort": sort, "text": text} for sort, text in catalog.strings(contract.name)],
            "signatures": signatures(contract),
        }
    )


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {line}" for line in lines)] if lines else []


def _conditions(each: Expectation | Production) -> dict[str, Any]:
    return {"when": {flag: list(values) for flag, values in each.when}, "default": each.default}


# -- facts --------------------------------------------------------------------------------------------------------------------


def expectations(contract: Contract) -> list[Expectation]:
    """Every judged argument: of the constructor, of the call, and of other methods where the call has none."""
    found = []
    for init in contract.init:
        found += [Expectation(p.name, p.want, p.axis, flags(init), usual(init)) for p in init.params if _judged(p) and p.want is not None]
    found += _called(contract, contract.call, "")
    if not found:
        for method, calls in contract.methods:
            found += _called(contract, calls, method)
    same = {
        (each.param, each.method): len({(other.want, other.axis) for other in found if other.param == each.param}) == 1 for each in found
    }
    return list(dict.fromkeys(each._replace(when=(), default=True) if same[each.param, each.method] else each for each in found))


def _called(contract: Contract, calls: Iterable[Signature], method: str) -> Iterator[Expectation]:
    for init, call in product(contract.init or (_SIGNATURE,), calls):
        joined = _joined(init, call)
        if joined is None:
            continue
        when, default = joined
        for param in call.params:
            want = param.want or init.binds
            if _judged(param) and want is not None:
                yield Expectation(param.name, want, param.axis, when, default, method)


def _judged(param: Param) -> bool:
    return param.role == "prediction" or param.want is Want.TARGET_PROB


def productions(contract: Contract) -> list[Production]:
    """What calls give; for a class without a call, what its methods and attributes give."""
    found = []
    for init, call in product(contract.init or (_SIGNATURE,), contract.call):
        joined = _joined(init, call)
        if joined is not None and call.result is not None:
            found.append(Production(call.result, tuple(pair for pair in joined[0] if pair in flags(call)), joined[1]))
    if not contract.call:
        found += [Production(each.result, (), True, method) for method, calls in contract.methods for each in calls[:1] if each.result]
        found += [Production(result, (), True, name) for name, result in contract.attributes]
    kept: dict[tuple[object, ...], Production] = {}
    for each in found:
        key = (each.result, each.when, each.method)
        kept[key] = each if key not in kept or each.default else kept[key]
    made = list(kept.values())
    if contract.call and len({each.result for each in made}) == 1:
        return [made[0]._replace(when=(), default=True)]
    return made


def flags(signature: Signature) -> tuple[tuple[str, tuple[object, ...]], ...]:
    return tuple((param.name, param.literals) for param in signature.params if param.literals)


def usual(signature: Signature) -> bool:
    """Whether an overload holds when no flag is given."""
    return all(param.default in param.literals for param in signature.params if param.literals)


def _joined(init: Signature, call: Signature) -> tuple[tuple[tuple[str, tuple[object, ...]], ...], bool] | None:
    """The flags of a constructor and a call together; None where the two contradict each other.

    A flag of the call that is a parameter of the constructor, too, is no argument: it speaks of how the object was built.
    """
    built = {param.name: param for param in init.params}
    when = dict(flags(init))
    default = usual(init)
    for param in call.params:
        if not param.literals:
            continue
        given = built.get(param.name) if param.mode == "keyword" and param.default == REQUIRED else None
        if given is not None and given.literals and not set(given.literals) & set(param.literals):
            return None
        default = default and (param if given is None else given).default in param.literals
        when[param.name] = param.literals
    return tuple(when.items()), default


def rules(contract: Contract) -> list[Any]:
    """The rules that can speak of an API, in the order of the table."""
    wants = {each.want for each in expectations(contract)}
    codes: set[str] = set()
    if contract.sort == "Loss":
        codes |= {code for want in wants for kind in Kind if (code := judge(kind, want)) is not None}
        codes |= {"LGT406", "LGT411"} if wants & {Want.LOGITS_CAT, Want.LOGPROB_CAT} else set()
        codes |= {"LGT408", "LGT409"} if wants - {Want.ANY} else set()
    elif wants - {Want.ANY, Want.TARGET_PROB}:
        codes.add(("LGT201" if contract.name in MEASURED else "LGT502") if contract.sort == "Metric" else "LGT501")
    for each in productions(contract):
        codes |= set(OF_PRODUCT.get(kind_name(each.result), ())) if contract.sort in ("Activation", "Layer", "Output", "") else set()
        codes |= {code for op in _operations(each.result) for code in OF_OPERATION.get(op, ())}
    torch_dim = any(param.name == "dim" and param.default is None for call in (*contract.init, *contract.call) for param in call.params)
    if not (torch_dim and contract.name.startswith("torch.")):
        codes.discard("LGT405")
    return [rule for rule in RULES if rule.code in codes]


def _operations(result: Result) -> Iterator[str]:
    yield result.op
    for argument in result.args:
        if isinstance(argument, Result):
            yield from _operations(argument)


def misuse(contract: Contract) -> list[str]:
    """A few sentences on what goes wrong most often: the first of every flag's value, then the second."""
    found: list[list[str]] = []
    if contract.sort in _CONSUMERS:
        sort = "Distribution" if contract.sort == "Sampler" else "Measured" if contract.name in MEASURED else contract.sort
        for expected in sorted(expectations(contract), key=lambda each: not each.default):
            lines = MISUSE.get((sort, expected.want), ())
            prefix = "" if expected.default or not expected.when else f"When{_when(expected).removeprefix(' when')}: "
            found.append([prefix + (line[0].lower() + line[1:] if prefix else line) for line in lines])
    else:
        found = [list(MISUSE.get(("", kind_name(each.result)), ())) for each in productions(contract)]
    ordered = [line for lines in zip_longest(*found) for line in lines if line is not None]
    return list(dict.fromkeys(ordered))[:3]


# -- words --------------------------------------------------------------------------------------------------------------------


def _expects(each: Expectation) -> str:
    axis = "" if each.axis is None else f" along {_axis(each.axis)}"
    method = f"`{each.method}` takes " if each.method else ""
    return f"{method}`{each.param}`: {WANTS[each.want].format(axis)}{_separated(_when(each))}"


def _separated(text: str) -> str:
    return f",{text}" if text else ""


def _expects_input(contract: Contract) -> list[str]:
    names = dict.fromkeys(param.name for call in contract.call for param in call.params if param.role == "input")
    return [f"`{name}`: raw scores; of an activated value it makes an activation of an activation" for name in names]


def _axis(axis: int | str) -> str:
    return f"`{axis}`" if isinstance(axis, str) else f"axis {axis}"


def _when(each: Expectation | Production) -> str:
    if not each.when:
        return ""
    texts = [f"`{flag}={'` or `'.join(repr(value) for value in values)}`" for flag, values in each.when]
    return f" when {' and '.join(texts)}{' (the default)' if each.default else ''}"


def _produces(each: Production) -> str:
    return (f"`{each.method}`: " if each.method else "") + phrase(each.result) + _separated(_when(each))


def _replaced(contract: Contract) -> list[str]:
    """What becomes of a model whose last layer stands under a name."""
    heads = catalog.heads(contract.name)
    texts = [
        attribute if place is None else f"{attribute}.{place}" if isinstance(place, str) else f"{attribute}[{place}]"
        for attribute, place in heads
    ]
    return [f"what another layer gives that is put in the place of `{'` or `'.join(texts)}`"] if texts else []


def kind_name(result: Result) -> str:
    """The kind in the words of the reports (``prob_cat``); for a transfer its stub name (``Same``)."""
    kind = catalog.kind_of(result)
    return result.op if kind is None or result.op in ("MetricValue", "Sample") else kind.value


def phrase(result: Result) -> str:
    """What a call gives, in words."""
    if result.op == "Object":
        return _object(str(result.args[0]))
    if result.op in OPERATIONS:
        return _operation(result)
    text = PRODUCTS.get(kind_name(result), result.op)
    return text + _along(result)


def _along(result: Result) -> str:
    if not result.args or isinstance(result.args[0], Result):
        return ""
    return f" along {_axis(result.args[0])}" + (f", whose size is `{result.args[1]}`" if len(result.args) > 1 else "")


def _object(name: str) -> str:
    contract = catalog.lookup(name)
    if contract is None:
        return f"an object of `{name}`"
    parts = [f"`{attribute}` is {phrase(result)}" for attribute, result in contract.attributes]
    return f"a `{contract.name.rpartition('.')[2]}`" + (f", whose {', whose '.join(parts)}" if parts else "")


def _operation(result: Result) -> str:
    arguments = [phrase(each) if isinstance(each, Result) else f"`{each}`" for each in result.args]
    template = OPERATIONS[result.op]
    return template.format(*arguments, *["" for _ in range(4)], first=arguments[0] if arguments else "", all=" and ".join(arguments))


def signatures(contract: Contract) -> list[str]:
    """Every overload as it would be written."""
    last = contract.name.rpartition(".")[2]
    built = {param.name for each in contract.init for param in each.params}
    call = [each._replace(params=tuple(param for param in each.params if not _built(param, built))) for each in contract.call]
    calls: list[tuple[str, Iterable[Signature]]] = [(last, contract.init), (f"{last}(…)" if contract.form == "class" else last, call)]
    calls += [(f"{last}.{method}", found) for method, found in contract.methods]
    texts = [f"{callee}({', '.join(map(_param, found.params))})" for callee, overloads in calls for found in overloads]
    return list(dict.fromkeys(texts))


def _built(param: Param, built: set[str]) -> bool:
    """Whether a parameter of a call speaks of how the object was built, and is no argument."""
    return bool(param.literals) and param.mode == "keyword" and param.default == REQUIRED and param.name in built


def _param(param: Param) -> str:
    stars = param.mode if param.mode in {"*", "**"} else ""
    if stars or param.default == REQUIRED:
        return f"{stars}{param.name}"
    return f"{param.name}={'…' if param.default == OPAQUE else repr(param.default)}"
