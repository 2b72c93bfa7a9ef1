"""What the catalogue knows of an API, as Markdown."""

from __future__ import annotations

from logitlint.catalog.contract import OPAQUE, REQUIRED, Contract, Param, Result, Signature

_EVIDENCE = {"V": "verified numerically", "S": "read in the installed source", "R": "recalled from documentation"}


def markdown(name: str, contract: Contract) -> str:
    """What the API ``name`` expects and produces, overload by overload, and how we know."""
    lines = [f"# {contract.name}", ""]
    if name != contract.name:
        lines += [f"`{name}` is another name of it.", ""]
    if contract.doc:
        lines += [contract.doc, ""]
    lines.append(f"{contract.sort or 'API'} ({contract.form}).")
    calls = [(contract.name, contract.init), (f"{contract.name}(…)" if contract.form == "class" else contract.name, contract.call)]
    calls += [(f"{contract.name}.{method}", signatures) for method, signatures in contract.methods]
    for callee, signatures in calls:
        for signature in signatures:
            lines.append("")
            lines.append(f"- `{callee}({', '.join(_param(param) for param in signature.params)})`")
            lines += [f"  - {fact}" for fact in _facts(signature)]
    lines += ["", f"Evidence: {_EVIDENCE.get(contract.evidence, contract.evidence)}."]
    return "\n".join(lines) + "\n"


def _param(param: Param) -> str:
    stars = param.mode if param.mode in {"*", "**"} else ""
    if stars or param.default == REQUIRED:
        return f"{stars}{param.name}"
    return f"{param.name}={'…' if param.default == OPAQUE else repr(param.default)}"


def _facts(signature: Signature) -> list[str]:
    facts = []
    for param in signature.params:
        if param.want is not None:
            facts.append(f"expects `{param.name}` as {param.want.value}" + ("" if param.axis is None else f" over axis {param.axis}"))
        if param.literals:
            facts.append(f"when `{param.name}` is {' or '.join(repr(each) for each in param.literals)}")
    if signature.binds is not None:
        facts.append(f"its calls expect {signature.binds.value}")
    if signature.result is not None:
        facts.append(f"produces {_result(signature.result)}")
    return facts


def _result(result: Result) -> str:
    args = ", ".join(str(each) if isinstance(each, (str, int)) else _result(each) for each in result.args)
    return f"{result.op}[{args}]" if args else str(result.op)
