"""What a configuration says holds as long as nobody who is not followed may change it.

Each program trains a network that ends in softmax if its configuration says so, which it does: that is found. One change more, and
nobody knows what the configuration says.
"""

from __future__ import annotations

import pytest

from logitlint.config import Settings
from logitlint.engine import check

NET = """
from torch import nn


class Net(nn.Module):
    def __init__(self, softmax):
        super().__init__()
        self.out, self.softmax = nn.Linear(8, 4), softmax

    def forward(self, x):
        x = self.out(x)
        return x.softmax(dim=1) if self.softmax else x


def run(softmax, loader):
    net = Net(softmax)
    for x, y in loader:
        nn.CrossEntropyLoss()(net(x), y).backward()
"""
EASY = (
    "import sys\nimport yaml\nfrom easydict import EasyDict\nfrom net import run\n"
    "cfg = EasyDict(net=EasyDict(softmax=True))\n{}run(cfg.net.softmax, load())\n"
)
OMEGA = (
    "import sys\nfrom omegaconf import OmegaConf\nfrom net import run\n"
    "cfg = OmegaConf.create({{'net': {{'softmax': True}}}})\n{}run(cfg.net.softmax, load())\n"
)
FILE = "import json\nimport os\nimport pathlib\nfrom net import run\n{}cfg = json.load(open('cfg.json'))\nrun(cfg['softmax'], load())\n"
CLICK = (
    "import click\nfrom net import run\n@click.command()\n@click.option('--softmax', default=True{})\ndef main(softmax):\n"
    "    run(softmax, load())\nmain()\n"
)
HYDRA = (
    "import hydra\nfrom net import run\n@hydra.main(config_path='conf', config_name='train')\ndef main(cfg):\n"
    "    run(cfg.net.softmax, load())\nmain()\n"
)
CHANGES = {
    "a function merges a file into it": (
        EASY,
        "def merge(own, base):\n    for key, value in own.items():\n        base[key] = value\n"
        "merge(yaml.safe_load(open(sys.argv[1])), cfg)\n",
    ),
    "a part by an unknown name": (EASY, "cfg[sys.argv[1]].update(softmax=False)\n"),
    "a method that nobody knows": (OMEGA, "cfg.merge_with(sys.argv[1])\n"),
    "a setting by its path": (OMEGA, "OmegaConf.update(cfg, 'net.softmax', False)\n"),
    "words of a list": (OMEGA, "cfg = OmegaConf.merge(cfg, OmegaConf.from_dotlist(['net.softmax=false']))\n"),
    "the program writes the file": (FILE, "pathlib.Path('cfg.json').write_text('{}')\n"),
    "the program reads another": (FILE, "os.chdir('elsewhere')\n"),
    "a callback": (CLICK, ", callback=lambda ctx, param, value: False"),
}


def codes(sources: dict[str, str]) -> set[str]:
    report = check({path: text.encode() for path, text in {"net.py": NET, "cfg.json": '{"softmax": true}', **sources}.items()}, Settings())
    return {each.code for each in report.diagnostics}


@pytest.mark.parametrize("name", CHANGES)
def test_a_configuration_that_others_may_change_is_not_known(name: str) -> None:
    program, change = CHANGES[name]
    assert codes({"train.py": program.format("")}) == {"LGT101"}
    assert codes({"train.py": program.format(change)}) == set()


#: What the files of Hydra say, beside ``conf/train.yaml``.
COMPOSED = {
    "a package of its own": {"conf/net/own.yaml": "# @package _global_\nnet:\n  softmax: false\n"},
    "a choice of another group": {"conf/net/own.yaml": "defaults:\n  - override /net: other\nsoftmax: true\n"},
    "a file that nobody has": {},
    "what is interpolated": {"conf/net/own.yaml": "softmax: ${act}\n"},
}


@pytest.mark.parametrize("name", COMPOSED)
def test_what_hydra_would_compose_is_known_or_nothing_is(name: str) -> None:
    train = "defaults:\n  - _self_\n  - net: own\nnet:\n  softmax: true\n"
    assert codes({"train.py": HYDRA, "conf/train.yaml": train, "conf/net/own.yaml": "{}"}) == {"LGT101"}
    assert codes({"train.py": HYDRA, "conf/train.yaml": train, **COMPOSED[name]}) == set()
