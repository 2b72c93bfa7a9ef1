"""A fix keeps what stands between the activation and whoever reads it, or there is none.

A softmax over what was picked from the scores is another distribution: over the examples of a batch, or the constant 1.
That such fixes keep the numbers is measured in ``numerics/test_safe_fixes.py``.
"""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.diagnostics import Fix
from logitlint.engine import check
from logitlint.fixing import fix_sources

HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n\n"
#: The rows of a batch, and the action taken in each: an agent reads one probability of every row.
PICKED = {
    "a name with another reader": "def loss(z, y):\n    p = F.softmax(z, dim=-1).gather(1, y)\n    return -torch.log(p).mean(), p\n",
    "a column with another reader": "def loss(z):\n    p = F.softmax(z, dim=-1)[:, 1]\n    print(p)\n    return -torch.log(p).mean()\n",
    "an attribute that is read elsewhere": (
        "class Agent:\n    def step(self, z, y):\n        self.p = F.softmax(z, dim=-1)\n        picked = self.p.gather(1, y)\n"
        "        return -torch.log(picked).mean()\n\n    def last(self):\n        return self.p\n"
    ),
    "a model that is sampled from elsewhere": (
        "class Actor(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.net = nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=-1))\n\n"
        "    def forward(self, x):\n        return self.net(x)\n\n\n"
        "class Agent:\n    def __init__(self):\n        self.actor = Actor()\n\n    def act(self, x):\n"
        "        return torch.multinomial(self.actor(x), 1)\n\n    def loss(self, x, y):\n        p = self.actor(x)\n"
        "        p = p[range(len(p)), y]\n        return -torch.log(p).mean()\n"
    ),
}


@pytest.mark.parametrize("name", PICKED)
def test_no_fix_takes_a_softmax_of_what_was_picked(name: str) -> None:
    report, done = fix_sources({"case.py": (HEAD + PICKED[name]).encode()}, Settings(select=("LGT301",)), unsafe=True)
    assert [each.code for each in report.diagnostics] == ["LGT301"]
    assert done.contents == {}


def test_no_fix_changes_what_is_read_on_a_way_that_is_not_followed() -> None:
    """The weight of a focal loss reads the probability of the true class too."""
    source = (
        "import tensorflow as tf\n\n\ndef focal(x, rows):\n    probs = tf.nn.softmax(x, axis=-1)\n    p = tf.gather_nd(probs, rows)\n"
        "    return tf.reduce_mean(-tf.pow(1.0 - p, 2.0) * tf.math.log(p))\n"
    )
    report, _ = fix_sources({"case.py": source.encode()}, Settings(select=("LGT301",)), unsafe=True)
    assert [(each.code, each.fix) for each in report.diagnostics] == [("LGT301", None)]


#: What happens between the softmax and its logarithm is lost where the logarithm goes back to the scores.
CHANGED = {
    "the scores are added to": "x += w",
    "the scores are stored into": "x[0] = 0",
    "the scores are changed by a method": "x.data.add_(w)",
    "the scores are changed by a function": "F.relu(x, inplace=True)",
    "the scores are trained": "w.optimizer.step()",
    "the probabilities are stored into": "p[w == 0] = 1e-9",
    "the probabilities are stored into in a loop": "for i in range(3):\n        p.data[i] = w[i]",
}


@pytest.mark.parametrize("name", CHANGED)
def test_no_fix_goes_back_to_what_has_been_changed(name: str) -> None:
    source = f"{HEAD}def loss(x, w):\n    p = torch.softmax(x, dim=1)\n    {CHANGED[name]}\n    return torch.log(p)\n"
    assert fixed(source, "LGT301") == source


def fixed(source: str, code: str) -> str:
    """The program after every fix of one rule, which must have found something in it."""
    sources, settings = {"case.py": source.encode()}, Settings(select=(code,))
    assert code in {each.code for each in check(sources, settings).diagnostics}
    return fix_sources(sources, settings, unsafe=True)[1].contents.get("case.py", sources["case.py"]).decode()


#: What a reader must still find in the program: its rule, the program, the lines.
KEPT = {
    "what has no gradient is computed where it was": (
        "LGT301",
        "import torch\n\n\ndef distil(old):\n    with torch.no_grad():\n        target = torch.softmax(old, dim=1)\n"
        "    return torch.log(target).sum()\n",
        "        target = torch.log_softmax(old, dim=1)\n    return target.sum()\n",
    ),
    "an attribute that is read outside of its class": (
        "LGT301",
        f"{HEAD}class Net(nn.Module):\n    def forward(self, x):\n        self.p = torch.softmax(x, 1)\n"
        "        return torch.log(self.p)\n\n\ndef main(x):\n    net = Net()\n    net(x)\n    print(net.p.max())\n",
        "        self.p = torch.softmax(x, 1)\n",
    ),
    "an axis that is None by default": (
        "LGT306",
        "def total(x, dim=None, keepdim=False):\n    return x.exp().sum(dim, keepdim).log()\n",
        "x.exp().sum(dim, keepdim).log()",
    ),
    "axes that nobody counts": (
        "LGT306",
        "def total(x, *where):\n    return x.exp().sum(*where).log()\n",
        "x.exp().sum(*where).log()",
    ),
    "a module that may be another": (
        "LGT403",
        f"{HEAD}def last(name):\n    return nn.Softmax(dim=-1) if name == 'softmax' else nn.ReLU()\n\n\n"
        "class Net(nn.Module):\n    def __init__(self, name):\n        super().__init__()\n"
        "        self.fc, self.last = nn.Linear(4, 1), last(name)\n\n"
        "    def forward(self, x):\n        return self.last(self.fc(x))\n\n\ndef run(x):\n    return Net('softmax')(x), Net('relu')(x)\n",
        "        return self.last(self.fc(x))\n",
    ),
    "an argument that is given by its place": (
        "LGT201",
        "import keras\n\nmodel = keras.Sequential([keras.layers.Dense(3)])\n"
        'model.compile("sgd", keras.losses.CategoricalCrossentropy(False, 0.1))\n',
        "CategoricalCrossentropy(False, 0.1)",
    ),
    "what is predicted is an array of NumPy": (
        "LGT103",
        "import tensorflow as tf\nfrom tensorflow.keras import Sequential, layers\n\n\ndef loss(y, p):\n"
        "    return tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=p)\n\n\n"
        'model = Sequential([layers.Dense(1, activation="sigmoid")])\nmodel.compile("adam", loss=loss)\n'
        "guess = (model.predict([[1.0]]) > 0.5).astype(int)\n",
        "(tf.sigmoid(model.predict([[1.0]])).numpy() > 0.5).astype(int)",
    ),
    "layers that are taken by their place": (
        "LGT101",
        f"{HEAD}model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n\n\ndef loss(x, y):\n"
        "    return F.cross_entropy(model(x), y)\n\n\nhead = model[:-1]\n",
        "model = nn.Sequential(nn.Linear(4, 3), nn.Softmax(dim=1))\n",
    ),
    "whether there is a value": (
        "LGT103",
        f"{HEAD}head = nn.Sequential(nn.Linear(4, 1), nn.Sigmoid())\n\n\ndef train(loader):\n    last = None\n    for x, y in loader:\n"
        "        p = head(x)\n        F.binary_cross_entropy_with_logits(p, y).backward()\n        if last is not None:\n"
        "            print(last > 0.5)\n        last = p\n",
        "        if last is not None:\n",
    ),
    "class numbers are no numbers that the loss takes": (
        "LGT305",
        "import torch\n\n\ndef loss(x, y):\n    y = y.long()\n    p = torch.sigmoid(x)\n"
        "    return -torch.mean(y * torch.log(p) + (1 - y) * torch.log(1 - p))\n",
        "binary_cross_entropy_with_logits(x, y.type_as(x))",
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_fix_keeps_what_others_read(name: str) -> None:
    code, source, kept = KEPT[name]
    assert kept in fixed(source, code)


NET = (
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n\n"
    "    def forward(self, x):\n        return F.softmax(self.fc(x), dim=1)\n\n\n"
)
TRAINED = f"{HEAD}{NET}net = Net()\n\n\ndef train(x, y):\n    return F.cross_entropy(net(x), y)\n\n\n"
#: Readers of the probabilities that take the model over under another name, or that nobody can follow: what the fix says of them.
ESCAPES = {
    "a function that calls it": ("def ev(xs):\n    return list(map(net, xs))\n", "`net` is given to `map`"),
    "a dictionary": ("models = {'a': net}\n\n\ndef ev(x):\n    return models['a'](x).tolist()\n", "`net` is kept in a list or dictionary"),
    "a copy": ("import copy\n\nema = copy.deepcopy(net)\n\n\ndef ev(x):\n    return ema(x).max()\n", "it is perhaps read at case.py:28"),
    "a hook": ("outs = []\nnet.register_forward_hook(lambda m, i, o: outs.append(o))\n", "has a hook"),
    "a model around it": ("full = nn.Sequential(nn.Flatten(), net)\n", "`net` is given to `Sequential`"),
    "a library": ("torch.onnx.export(net, torch.zeros(1, 4), 'net.onnx')\n", "`net` is given to `export`"),
    "an object that keeps it": (
        "class Predictor:\n    def __init__(self, model):\n        self.model = model\n\n    def __call__(self, x):\n"
        "        return self.model(x).numpy()\n\n\npredictor = Predictor(net)\n",
        "it is perhaps read at case.py:27",
    ),
    "one of many": ("nets = [net for _ in range(3)]\n", "`net` is kept in a list or dictionary"),
    "a class that inherits it": (
        "class Sure(Net):\n    def guess(self, x):\n        return super().forward(x).max()\n",
        "it is perhaps read at case.py:24",
    ),
    "another object of the class": ("def ev(x):\n    other = Net()\n    return other(x).max()\n", "it is perhaps read at case.py:24"),
    "a function that gives it": (
        "def make():\n    return net\n\n\ndef ev(x):\n    return make()(x).tolist()\n",
        "it is perhaps read at case.py:27",
    ),
}


def fix_of(source: str, code: str) -> Fix:
    """The one fix that a rule has for a program."""
    (found,) = [each.fix for each in check({"case.py": source.encode()}, Settings(select=(code,))).diagnostics]
    assert found is not None
    return found


def test_a_model_that_only_trains_is_fixed() -> None:
    assert fix_of(TRAINED, "LGT101").applicability == "unsafe"


@pytest.mark.parametrize("name", ESCAPES)
def test_a_model_that_reaches_an_unknown_reader_keeps_its_activation(name: str) -> None:
    reader, said = ESCAPES[name]
    fix = fix_of(TRAINED + reader, "LGT101")
    assert fix.applicability == "suggestion"
    assert said in fix.message


#: Uses of a model that are the same with and without its activation.
CARELESS = {
    "its parameters": "optimizer = torch.optim.SGD(net.parameters(), lr=0.1)\n",
    "a copy on another device": "net = net.to('cuda')\nnet.train()\n",
    "its state": "torch.save(net.state_dict(), 'net.pt')\n",
    "a function that counts": "def count(model):\n    return sum(each.numel() for each in model.parameters())\n\n\nprint(count(net))\n",
    "the class that is best": "def accuracy(model, x, y):\n    return (model(x).argmax(1) == y).sum()\n\n\nprint(accuracy(net, 1, 2))\n",
    "one of several that a function returns": (
        "def restored(model, epoch):\n    return model, epoch\n\n\nbest, epoch = restored(net, 3)\nbest.eval()\n"
    ),
    "one of several that a library prepares": "fast, optimizer = accelerator.prepare(net, optimizer)\nfast.train()\n",
    "one of several in a loop": "for each in (net, nn.Linear(2, 2)):\n    each.eval()\n",
}


@pytest.mark.parametrize("name", CARELESS)
def test_a_use_that_no_activation_changes_is_no_doubt(name: str) -> None:
    assert fix_of(TRAINED + CARELESS[name], "LGT101").applicability == "unsafe"


#: One loss, or one call of a loss, for more than the finding speaks of.
SHARED = {
    "a loss object that is given what nobody knows": (
        "LGT201",
        "bce = nn.BCELoss()\nnet = nn.Linear(3, 1)\n\n\ndef step(x, y):\n    return bce(net(x), y)\n\n\n"
        "def more(p, y):\n    return bce(p, y)\n",
        "what nobody knows at case.py:15",
    ),
    "a loss object that is given probabilities": (
        "LGT201",
        "bce = nn.BCELoss()\nnet = nn.Linear(3, 1)\n\n\ndef step(x, y):\n    return bce(net(x), y)\n\n\n"
        "def more(x, y):\n    return bce(torch.sigmoid(net(x)), y)\n",
        "sigmoid probabilities at case.py:15",
    ),
    "a call that is one of two losses": (
        "LGT101",
        f"{NET}def run(model, loss, x, y):\n    return loss(model(x), y)\n\n\n"
        "def main(x, y):\n    net = Net()\n    return run(net, nn.CrossEntropyLoss(), x, y), run(net, nn.MSELoss(), x, y)\n",
        "where the loss may be `nn.MSELoss`",
    ),
    "a callback of two models": (
        "LGT101",
        f"{NET}def run(model, x, y):\n    out = model(x)\n    print(out.max())\n    return F.cross_entropy(out, y)\n\n\n"
        "def main(x, y):\n    return run(Net(), x, y), run(nn.Linear(4, 3), x, y)\n",
        "where what others make arrives too",
    ),
}


@pytest.mark.parametrize("name", SHARED)
def test_what_is_shared_is_not_changed_for_one(name: str) -> None:
    code, program, said = SHARED[name]
    fix = fix_of(HEAD + program, code)
    assert fix.applicability == "suggestion"
    assert said in fix.message


NET = (
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.out = nn.Linear(4, 2)\n\n"
    "    def forward(self, x):\n        return self.out(x).softmax(dim=1)\n\n\nnet = Net()\n"
)
#: How the program goes on, and what of it becomes of the fix that takes the softmax away.
GOES_ON = {
    "the loss once more where a constant keeps it from being run": (
        "DEBUG = False\n\n\ndef train(x, y):\n    out = net(x)\n    loss = F.cross_entropy(out, y)\n"
        "    if DEBUG:\n        loss = 2 * F.cross_entropy(out, y)\n    return loss\n",
        "loss = 2 * F.cross_entropy(out, y)",
    ),
    "an array that is read later": (
        "def train(x, y):\n    out = net(x)\n    seen = out.cpu().numpy().flatten()\n    print(seen.max())\n"
        "    return F.cross_entropy(out, y)\n",
        "seen = torch.softmax(out, dim=1).cpu().numpy().flatten()",
    ),
    "an array of which only the place of the largest is read": (
        "def train(x, y):\n    out = net(x)\n    print(out.detach().numpy().argmax())\n    return F.cross_entropy(out, y)\n",
        "print(out.detach().numpy().argmax())",
    ),
    "a second softmax before the loss": (
        "def train(x, y):\n    out = net(x)\n    shown = F.softmax(out, dim=1)\n    print(shown)\n    return F.cross_entropy(out, y)\n",
        "shown = torch.softmax(out, dim=1)",
    ),
}


@pytest.mark.parametrize("name", GOES_ON)
def test_what_else_reads_the_value_is_served(name: str) -> None:
    rest, expected = GOES_ON[name]
    _, done = fix_sources({"case.py": f"{HEAD}{NET}\n\n{rest}".encode()}, Settings(select=("LGT1", "LGT4")), unsafe=True)
    text = done.contents["case.py"].decode()
    assert "        return self.out(x)\n" in text
    assert f"    {expected}\n" in text


@pytest.mark.parametrize("taken_of", ["p", "p + 1e-8", "p.clamp(min=1e-8)"])
def test_no_fix_takes_the_logarithm_away_and_leaves_the_probabilities(taken_of: str) -> None:
    source = f"{HEAD}def loss(x, y):\n    p = F.softmax(x, dim=1)\n    return F.cross_entropy(torch.log({taken_of}), y)\n"
    report = check({"case.py": source.encode()}, Settings(select=("LGT102",)))
    assert [(each.code, each.fix) for each in report.diagnostics] == [("LGT102", None)]


#: A second softmax that somebody needs: what becomes of the first one.
NEEDED = {
    "it is applied on request": (
        "def sure(x, hot):\n    if hot:\n        x = F.softmax(x, dim=1)\n    return F.softmax(x, dim=1)\n\n\nsure(net(1), True)\n",
        "        x = F.softmax(x, dim=1)\n    return F.softmax(x, dim=1)\n",
    ),
    "the first one stands in a loop": (
        "def forward(layers, x):\n    for layer in layers:\n        x = F.softmax(layer(x), dim=1)\n    return F.softmax(x, dim=1)\n",
        "        x = F.softmax(layer(x), dim=1)\n    return",
    ),
    "somebody else reads it": (
        "def entropy(x):\n    p = F.softmax(x, dim=1)\n    return -(p * torch.log(p + 1e-6)).sum()\n\n\n"
        "def loss(x):\n    p = F.softmax(net(x), dim=1)\n    return entropy(p) + entropy(net(x)), p.max()\n",
        "    p = net(x)\n    return entropy(p) + entropy(net(x)), F.softmax(p, dim=1).max()\n",
    ),
}


@pytest.mark.parametrize("name", NEEDED)
def test_a_second_softmax_that_scores_need_stays(name: str) -> None:
    program, expected = NEEDED[name]
    assert expected in fixed(f"{HEAD}net = nn.Linear(4, 3)\n\n\n{program}", "LGT404")


def test_what_goes_twice_into_a_formula_loses_its_own_softmax() -> None:
    """To take the formula's softmax away would leave its log-softmax on probabilities."""
    formula = "def entropy(x):\n    return -(F.softmax(x, dim=1) * F.log_softmax(x, dim=1)).sum()\n"
    source = f"{HEAD}net = nn.Linear(4, 3)\n\n\n{formula}\n\ndef loss(x):\n    return entropy(F.softmax(net(x), dim=1))\n"
    assert fixed(source, "LGT404") == source.replace("F.softmax(net(x), dim=1)", "net(x)")


def test_no_fix_where_the_target_is_wrong_too() -> None:
    """`kl_div(softmax(teacher), student)`: the logarithm of the teacher's is no prediction."""
    source = f"{HEAD}net, old = nn.Linear(4, 3), nn.Linear(4, 3)\n\n\ndef loss(x):\n    return F.kl_div(F.softmax(old(x), dim=1), net(x))\n"
    report, done = fix_sources({"case.py": source.encode()}, Settings(select=("LGT2", "LGT4")), unsafe=True)
    assert [(each.code, each.fix) for each in report.diagnostics] == [("LGT203", None), ("LGT408", None)]
    assert done.contents == {}
