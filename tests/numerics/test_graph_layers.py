"""The layers of ``torch_geometric`` on a graph of random numbers give what their stubs say: scores of that many units, or a mixture.

``NOT_RUN`` names those that want companions which do not install here, or other arguments.
"""

from __future__ import annotations

from typing import Any

import pytest

from logitlint import catalog
from logitlint.catalog import Contract, Result, Signature
from numerics.arrays import Array, plain
from numerics.installed import locate, module

NODES, EDGES, IN, OUT, EDGE = 20, 60, 6, 5, 4
LIBRARY = "torch_geometric.nn"

NOT_RUN = {
    *("DynamicEdgeConv", "GravNetConv", "SplineConv", "XConv"),  # pyg-lib, torch-cluster
    *("HEATConv", "PANConv", "HypergraphConv"),  # torch-sparse; an incidence matrix
    *("LightGCN", "LINKX"),  # learn an embedding of every node
    *("MLP", "PNA"),  # take what decides by other names
    "_BasicGNN",  # the base of others, by a name of our own
}


def tensor(*size: int) -> Any:
    return module("torch").randn(*size) * 5


def whole(most: int, *size: int) -> Any:
    return module("torch").randint(0, most, size)


def arguments(contract: Contract) -> tuple[dict[str, Any], dict[str, Any]]:
    """What any layer may be built and called with, by the name of the parameter; some names mean several things."""
    torch, last = module("torch"), contract.name.rpartition(".")[2]
    built = dict.fromkeys(("K", "num_layers", "depth", "groups", "num_timesteps"), 2) | dict.fromkeys(("num_relations", "num_types"), 3)
    sizes = {"in_channels": IN, "out_channels": OUT, "hidden_channels": 8, "kernel_size": 3, "alpha": 0.5, "first_aggr": True}
    inner = {"NNConv": (EDGE, IN * OUT), "EdgeConv": (2 * IN, OUT)}.get(last, (IN, OUT))
    network = {} if last == "FiLMConv" else {"nn": torch.nn.Linear(*inner)}
    own: dict[str, dict[str, Any]] = {
        "EGConv": {"num_heads": 1},
        "GCN2Conv": {"channels": IN},
        "GMMConv": {"dim": 2},
        "PNAConv": {"aggregators": ["mean", "max"], "scalers": ["identity"], "deg": whole(5, 9) + 1},
        **{name: {"edge_dim": EDGE} for name in ("AttentiveFP", "NNConv", "PDNConv")},
    }
    conditions = {each.name: each.literals[0] for each in contract.call[0].params if each.role == "flag" and each.mode == "keyword"}
    edges = ("edge_index", "pos_edge_index", "neg_edge_index")
    called = {name: whole(NODES, 2, EDGES) for name in edges} | dict.fromkeys(("batch", "index"), torch.arange(NODES) // 2)
    called |= {"edge_type": whole(3, EDGES), "type_vec": whole(3, NODES), "adj": whole(2, 2, NODES, NODES).float()}
    called |= {"x": tensor(2, NODES, IN) if last.startswith("Dense") else tensor(NODES, IN), "x_0": tensor(NODES, IN)}
    called |= {"pos": tensor(NODES, 3)}
    if last in ("AttentiveFP", "GMMConv", "NNConv", "PDNConv"):
        called["edge_attr"] = torch.rand(EDGES, 2 if last == "GMMConv" else EDGE)
    return {**built, **sizes, **network, **own.get(last, {}), **conditions}, called


def wanted(signature: Signature, values: dict[str, Any]) -> dict[str, Any]:
    return {each.name: values[each.name] for each in signature.params if each.name in values}


def cases(*operations: str) -> list[str]:
    """The layers of which a call by default gives one of these."""
    found = []
    for contract in catalog.members():
        space, _, last = contract.name.rpartition(".")
        result = contract.call[0].result if contract.call else None
        if space == LIBRARY and contract.form == "class" and result is not None and result.op in operations and last not in NOT_RUN:
            found.append(last)
    return sorted(found)


def run(last: str, **others: Any) -> tuple[Array, Result, dict[str, Any]]:
    contract = catalog.lookup(f"{LIBRARY}.{last}")
    assert contract is not None
    call = contract.call[0]
    assert call.result is not None
    built, called = arguments(contract)
    built = wanted(contract.init[0], built)
    layer = locate(contract.name)(**built)
    for parameter in layer.parameters():
        module("torch").nn.init.normal_(parameter)
    return plain(layer(**wanted(call, {**called, **others}))), call.result, built


@pytest.mark.parametrize("last", [*cases("Scores"), "GINConv", "DenseGINConv", "EdgeConv"])
def test_scores_are_unbounded_and_of_that_many_units(last: str) -> None:
    module("torch").manual_seed(0)
    y, result, built = run(last)
    assert y.min() < -1
    assert y.max() > 1
    if result.op == "Scores" and len(result.args) > 1:
        assert y.shape[-1] == built[str(result.args[1])]


@pytest.mark.parametrize("last", ["AGNNConv", "MeanAggregation"])
def test_a_mean_of_probabilities_is_one(last: str) -> None:
    assert last in cases("Mean")
    y, _, _ = run(last, x=module("torch").softmax(tensor(NODES, IN), dim=1))
    assert (y >= 0).all()
    assert y.sum(axis=1) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("last", cases("Normalised"))
def test_sums_and_norms_keep_scores_unbounded(last: str) -> None:
    module("torch").manual_seed(0)
    y, _, _ = run(last)
    assert y.min() < -0.5
    assert y.max() > 0.5


def test_an_activation_that_is_there_by_default() -> None:
    y, _, _ = run("ARMAConv")
    assert (y >= 0).all()


def test_a_decoder_gives_probabilities_unless_it_is_told() -> None:
    z, edges = tensor(NODES, IN), whole(NODES, 2, EDGES)
    for decode in (locate(f"{LIBRARY}.InnerProductDecoder")(), locate(f"{LIBRARY}.GAE")(module("torch").nn.Identity()).decode):
        p, scores = plain(decode(z, edges)), plain(decode(z, edges, sigmoid=False))
        assert (p >= 0).all()
        assert (p <= 1).all()
        assert scores.min() < -1
        assert scores.max() > 1


def test_what_is_not_run_is_there() -> None:
    names = {each.name.rpartition(".")[2] for each in catalog.members() if each.name.startswith(f"{LIBRARY}.")}
    assert NOT_RUN - names == set()
