"""What every known API wants and produces.

Names are real module names (``torch.nn.functional.softmax``, ``tensorflow.nn.softmax``). Every lookup follows aliases:
``tensorflow.keras.losses.BinaryCrossentropy`` is the contract ``keras.losses.BinaryCrossentropy``; the caller keeps the
name as it was spelled where the difference matters (the Keras backend).

In a :class:`Contract`, ``init`` and ``call`` have no ``self``; every signature that :func:`method` gives begins with
``self``, which results may name: ``Same["self"]``. A parameter of role ``prediction`` whose ``want`` is None has the
want that the matching ``__init__`` overload ``binds``. A result or an axis may name parameters of ``__init__`` too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from logitlint.catalog._tables import CONSUMERS, PRODUCERS, ROOTS
from logitlint.catalog.contract import OPAQUE, REQUIRED, Contract, Param, Result, Signature
from logitlint.catalog.notation import KIND_OF, function_sort
from logitlint.errors import CatalogError
from logitlint.kinds import Kind, Want

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "OPAQUE",
    "REQUIRED",
    "Contract",
    "Param",
    "Result",
    "Signature",
    "attribute",
    "canonical",
    "configure",
    "constant",
    "consumer_names",
    "extend",
    "find",
    "identifier",
    "is_namespace",
    "kind_of",
    "lookup",
    "members",
    "method",
    "own",
    "own_stems",
    "producer_names",
    "roots",
    "strings",
    "suggest",
]

_Row = tuple[Any, ...]


class _Table(NamedTuple):
    """One library, as it stands in its generated module."""

    contracts: dict[str, _Row]
    aliases: dict[str, str]
    fallbacks: dict[str, tuple[str, ...]]
    identifiers: dict[tuple[str, str], str]
    constants: dict[str, object]
    modules: frozenset[str]


_roots = frozenset(ROOTS)
_consumers = frozenset(CONSUMERS)
_producers = frozenset(PRODUCERS)
_extended: dict[str, _Table] = {}
_own: frozenset[str] = frozenset()
_configured: tuple[object, ...] = ()


@cache
def _table(root: str) -> _Table | None:
    if root in _extended:
        return _extended[root]
    if root not in _roots:
        return None
    module = import_module(f"logitlint.catalog._tables.{root}")
    return _Table(
        dict(module.CONTRACTS),
        dict(module.ALIASES),
        dict(module.FALLBACKS),
        dict(module.IDENTIFIERS),
        dict(module.CONSTANTS),
        frozenset(module.MODULES),
    )


def configure(stubs: Sequence[Path], wrappers: Sequence[tuple[str, str, str]]) -> None:
    """Make the catalogue that of a project: the shipped stubs, its own, its wrappers. Does nothing when that is what it is.

    A wrapper is ``(name, target, place)``; the place begins the message when something is wrong with it.

    Raises:
        CatalogError: a stub that is not in the notation, a target without a contract; file and line are named.
    """
    global _configured
    files = tuple((path, path.stat().st_mtime_ns) for each in stubs for path in sorted(each.rglob("*.pyi")))
    key = (files, tuple(wrappers)) if files or wrappers else ()
    if key != _configured:
        _configured = ()
        extend(*stubs, wrappers=wrappers)
        _configured = key


def extend(*directories: Path, wrappers: Sequence[tuple[str, str, str]] = ()) -> None:
    """Add a project's own stubs and wrappers; what they say of a name replaces what is shipped. Without any only that remains.

    Raises:
        CatalogError: as :func:`configure`.
    """
    global _roots, _consumers, _producers, _own
    _extended.clear()
    _roots, _consumers, _producers, _own = frozenset(ROOTS), frozenset(CONSUMERS), frozenset(PRODUCERS), frozenset()
    _forget()
    if directories:
        _add_stubs(directories)
    if wrappers:
        _add_wrappers(wrappers)


def _forget() -> None:
    _found.clear()
    for cached in (_table, _resolve, identifier, method, attribute):
        cached.cache_clear()


def _add_stubs(directories: Sequence[Path]) -> None:
    global _roots, _consumers, _producers, _own
    from logitlint.catalog import compiler

    libraries = compiler.compile_stubs(compiler.STUBS, *directories)
    modules = {compiler.module_name(path.relative_to(each)) for each in directories for path in each.rglob("*.pyi")}
    roots = {module.partition(".")[0] for module in modules}
    for root in roots:
        library = libraries[root]
        rows = {name: compiler.pack(contract) for name, contract in library.contracts.items()}
        modules_ = frozenset(compiler.namespaces(library))
        _extended[root] = _Table(rows, library.aliases, library.fallbacks, library.identifiers, library.constants, modules_)
    consumers, producers = compiler.names(libraries)
    _roots, _consumers, _producers = _roots | roots, _consumers | consumers, _producers | producers
    _own |= {name for root in roots for name in libraries[root].contracts if name.rpartition(".")[0] in modules}
    _forget()


def _add_wrappers(wrappers: Sequence[tuple[str, str, str]]) -> None:
    global _roots, _consumers, _producers, _own
    from logitlint.catalog import compiler

    found = {name: _wrapper(name, text, place) for name, text, place in wrappers}
    for name, contract in found.items():
        root = name.partition(".")[0]
        old = _table(root) or _Table({}, {}, {}, {}, {}, frozenset())
        parents = {name.rsplit(".", cut)[0] for cut in range(1, name.count(".") + 1)}
        _extended[root] = old._replace(contracts={**old.contracts, name: compiler.pack(contract)}, modules=old.modules | parents)
        _table.cache_clear()
    library = compiler.Library(contracts=dict(found))
    consumers, producers = compiler.names({"": library})
    _roots = _roots | {name.partition(".")[0] for name in found}
    _consumers, _producers, _own = _consumers | consumers, _producers | producers, _own | found.keys()
    _forget()


def _wrapper(name: str, text: str, place: str) -> Contract:
    from logitlint.catalog.wrappers import read_target, wrap

    try:
        if "." not in name or not all(part.isidentifier() for part in name.split(".")):
            raise ValueError("a wrapper is named in full: module.Name")
        target, given = read_target(text)
        contract = find(target)
        if contract is None:
            near = ", ".join(suggest(target))
            raise ValueError(f"no API is known as {target!r}" + (f"; did you mean {near}?" if near else ""))
        return wrap(name, contract, given)
    except ValueError as error:
        raise CatalogError(f"{place}: {name} = {text!r}: {error}") from None


def own() -> frozenset[str]:
    """The full names that the project's stubs and wrappers speak of."""
    return _own


_found: dict[str, Contract | None] = {}


def lookup(name: str) -> Contract | None:
    """The contract of a full name, aliases followed; None when it has none.

    A method is found under its class (``torch.Tensor.softmax``): its ``call`` then begins with ``self``.
    """
    try:
        return _found[name]
    except KeyError:
        pass
    target = _resolve(name)
    contract = None if target is None else _load(target)
    if contract is None:
        contract = _method_contract(name)
    _found[name] = contract
    return contract


def own_stems() -> tuple[bytes, ...]:
    """The last components of :func:`own`, for a filter over the bytes of files."""
    return tuple(sorted({name.rpartition(".")[2].encode() for name in _own}))


#: What people call the modules that they import, nearest first.
_USUAL: dict[str, tuple[str, ...]] = {
    "nn": (
        "torch.nn",
        "flax.linen",
        "paddle.nn",
        "mlx.nn",
        "mindspore.nn",
        "tensorflow.nn",
        "jax.nn",
        "flax.nnx",
        "equinox.nn",
        "mxnet.gluon.nn",
    ),
    "F": ("torch.nn.functional", "paddle.nn.functional"),
    "functional": ("torch.nn.functional",),
    "Tensor": ("torch.Tensor",),
    "dist": ("torch.distributions",),
    "distributions": ("torch.distributions", "tensorflow_probability.distributions"),
    "tf": ("tensorflow",),
    "slim": ("tensorflow.contrib.slim",),
    "tfa": ("tensorflow_addons",),
    "tfp": ("tensorflow_probability",),
    "tfd": ("tensorflow_probability.distributions",),
    "K": ("keras.backend",),
    "layers": ("keras.layers",),
    "losses": ("keras.losses",),
    "metrics": ("keras.metrics",),
    "activations": ("keras.activations",),
    "ops": ("keras.ops",),
    "np": ("numpy",),
    "jnp": ("jax.numpy",),
    "lax": ("jax.lax",),
    "nnx": ("flax.nnx",),
    "linen": ("flax.linen",),
    "hk": ("haiku",),
    "eqx": ("equinox",),
    "smp": ("segmentation_models_pytorch",),
    "sm": ("segmentation_models",),
    "mx": ("mxnet",),
    "gluon": ("mxnet.gluon",),
    "ms": ("mindspore",),
}


def find(name: str) -> Contract | None:
    """As :func:`lookup`, of a name as people write it: ``nn.CrossEntropyLoss``, ``tf.nn.softmax``, a string of Keras (``bce``)."""
    first, _, rest = name.partition(".")
    spelled = [name, *(f"{module}.{rest}" for module in _USUAL.get(first, ()) if rest), *(each for each in _USUAL.get(name, ()))]
    known = [lookup(each) for each in spelled] if "." in name else [identifier(sort, name) for sort in ("loss", "activation", "metric")]
    return next((found for found in (*known, *(lookup(each) for each in spelled)) if found is not None), None)


def canonical(name: str) -> str:
    """The name under which the catalogue keeps ``name``; ``name`` itself when it is unknown."""
    return _resolve(name) or name


def is_namespace(name: str) -> bool:
    """Whether ``name`` is a module of a known library (``torch.nn``, ``tensorflow.keras.losses``) or its root."""
    target = _resolve(name)
    if target is None:
        return False
    table = _table(target.partition(".")[0])
    return table is not None and target in table.modules and target not in table.contracts


def roots() -> frozenset[str]:
    """The first names of the known libraries."""
    return _roots


def kind_of(result: Result) -> Kind | None:
    """The kind that a result names; None for a transfer."""
    return KIND_OF.get(result.op)


@cache
def identifier(sort: str, text: str) -> Contract | None:
    """The contract that a Keras string stands for: ``identifier("loss", "bce")``. Sorts: loss, activation, metric."""
    table = _table("keras")
    target = None if table is None else table.identifiers.get((sort, text))
    return None if target is None else lookup(target)


def constant(name: str) -> object:
    """The value of a constant of a library (``segmentation_models_pytorch.losses.BINARY_MODE``); None for every other name."""
    table = _table(name.partition(".")[0])
    return None if table is None else table.constants.get(name)


def strings(name: str) -> list[tuple[str, str]]:
    """The Keras strings that stand for a contract, as ``(sort, text)``."""
    table = _table("keras")
    found = {} if table is None else table.identifiers
    return sorted(key for key, target in found.items() if _resolve(target) == name)


@cache
def method(name: str, method: str) -> tuple[Signature, ...]:
    """The signatures of a method of a class, inherited ones included; each begins with ``self``. Empty when unknown."""
    contract = lookup(name)
    if contract is None or contract.form != "class":
        return ()
    for each in _lineage(contract):
        for known, signatures in each.methods:
            if known == method:
                return signatures
    if method in {"forward", "call", "__call__", "construct", "hybrid_forward"}:
        self_ = Param("self", "positional")
        return tuple(each._replace(params=(self_, *each.params)) for each in contract.call)
    return ()


@cache
def attribute(name: str, attribute: str) -> Result | None:
    """What reading an attribute of an instance gives (``torch.Tensor.T``), inherited ones included; None when unknown."""
    contract = lookup(name)
    if contract is None:
        return None
    for each in _lineage(contract):
        for known, result in each.attributes:
            if known == attribute:
                return result
    return None


@cache
def heads(name: str) -> tuple[tuple[str, str | int | None], ...]:
    """The attributes of a class under which its last layer stands, each with the place of the layer in what the attribute holds: the
    number in a container, the name of an attribute; None where the attribute is the layer."""
    contract = lookup(name)
    found = [pair for each in _lineage(contract) for pair in each.attributes] if contract is not None else []
    places = ((attribute, result.args[0] if result.args else None) for attribute, result in found if result.op == "Head")
    return tuple((attribute, place) for attribute, place in places if not isinstance(place, Result))


def members() -> Iterable[Contract]:
    """Every contract, by library and name."""
    for root in sorted(_roots):
        table = _table(root)
        if table is not None:
            for name in table.contracts:
                contract = lookup(name)
                if contract is not None:
                    yield contract


def suggest(name: str) -> list[str]:
    """Known names near ``name``: the same last component first, then similar spellings; at most five."""
    import difflib  # slow to import, and only ``explain`` asks

    known = [contract.name for contract in members()]
    last = name.rpartition(".")[2].lower()
    same = [each for each in known if each.rpartition(".")[2].lower() == last]
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.75)
    return list(dict.fromkeys([*near[:1], *same, *near]))[:5]


def consumer_names() -> frozenset[str]:
    """The last components of the names of every loss that judges its prediction."""
    return _consumers


def producer_names() -> frozenset[str]:
    """The last components of the names of every activation and layer."""
    return _producers


def _lineage(contract: Contract) -> Iterator[Contract]:
    yield contract
    for base in contract.bases:
        parent = lookup(base)
        if parent is not None:
            yield from _lineage(parent)


@cache
def _resolve(name: str) -> str | None:
    owner = name.rpartition(".")[0]
    if "." in owner and _resolve(owner) is None:
        return None  # nothing is known of where it would stand
    for candidate in _candidates(name, set()):
        table = _table(candidate.partition(".")[0])
        if table is not None and (candidate in table.contracts or candidate in table.modules):
            return candidate
    return None


_MOST_CANDIDATES = 48  #: modules that re-export each other give a wrong name endless spellings


def _candidates(name: str, seen: set[str]) -> Iterator[str]:
    """``name`` and every other name that aliases and re-exports give it, nearest first."""
    if name in seen or len(seen) > _MOST_CANDIDATES:
        return
    seen.add(name)
    yield name
    table = _table(name.partition(".")[0])
    if table is None:
        return
    prefix, rest = name, ""
    while prefix:
        target = table.aliases.get(prefix)
        if target is not None:
            yield from _candidates(target + rest, seen)
        if rest:
            for source in table.fallbacks.get(prefix, ()):
                yield from _candidates(source + rest, seen)
        prefix, _, last = prefix.rpartition(".")
        rest = f".{last}{rest}"


def _load(name: str) -> Contract | None:
    table = _table(name.partition(".")[0])
    row = None if table is None else table.contracts.get(name)
    return None if row is None else unpack(name, row)


def _method_contract(name: str) -> Contract | None:
    owner, _, last = name.rpartition(".")
    target = _resolve(owner) if "." in owner else None
    parent = None if target is None else _load(target)
    if parent is None or parent.form != "class":
        return None
    signatures = method(parent.name, last)
    if not signatures:
        return None
    if signatures[0].params[:1] and signatures[0].params[0].name == "cls":  # called on the class, which is not handed over
        signatures = tuple(each._replace(params=each.params[1:]) for each in signatures)
    twin = lookup(f"{parent.name.rpartition('.')[0]}.{last}") or parent  # torch.softmax tells of torch.Tensor.softmax
    sort = function_sort(signatures)
    return Contract(f"{parent.name}.{last}", "function", sort, call=signatures, evidence=twin.evidence, doc=twin.doc)


def unpack(name: str, row: _Row) -> Contract:
    """The contract that :func:`logitlint.catalog.compiler.pack` wrote."""
    form, sort, bases, init, call, methods, evidence, doc, attributes = row
    return Contract(
        name,
        form,
        sort,
        bases,
        _signatures(init),
        _signatures(call),
        tuple((each, _signatures(rows)) for each, rows in methods),
        evidence,
        doc,
        tuple((each, result) for each, result in ((each, _result(packed)) for each, packed in attributes) if result is not None),
    )


def _signatures(rows: _Row) -> tuple[Signature, ...]:
    return tuple(
        Signature(tuple(map(_param, params)), _result(result), None if binds is None else Want(binds)) for params, result, binds in rows
    )


def _param(row: _Row) -> Param:
    param = Param(*row)
    return param if param.want is None else param._replace(want=Want(param.want))


def _result(row: _Row | None) -> Result | None:
    if row is None:
        return None
    args: list[str | int | Result] = []
    for each in row[1:]:
        nested = _result(each) if isinstance(each, tuple) else each
        if nested is not None:
            args.append(nested)
    return Result(row[0], tuple(args))


def short(name: str) -> str:
    """A full name as people write it: ``nn.CrossEntropyLoss``, ``F.softmax``, ``tf.nn.softmax``."""
    for prefix, alias in (
        ("torch.nn.functional.", "F."),
        ("torch.nn.", "nn."),
        ("torch.Tensor.", "."),
        ("tensorflow.", "tf."),
        ("jax.numpy.", "jnp."),
        ("flax.linen.", "nn."),
        ("flax.nnx.", "nnx."),
        ("haiku.", "hk."),
        ("equinox.", "eqx."),
        ("tflearn.layers.estimator.", "tflearn."),
        ("tflearn.layers.core.", "tflearn."),
        ("tflearn.layers.conv.", "tflearn."),
    ):
        if name.startswith(prefix):
            return alias + name[len(prefix) :]
    return name
