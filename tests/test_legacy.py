"""Programs that only Python 2 reads, or a Python without `async`, are followed like any other; what they print is no matter."""

from __future__ import annotations

import ast
import json

import pytest
from cases import Checker
from hypothesis import given
from hypothesis import strategies as st

from logitlint.engine import check
from logitlint.fixing import fix_sources
from logitlint.legacy import may_be_legacy, modern

#: What Python 2 (or 3.6) reads -> what stands in its place, as long.
IN_PLACE = {
    "print 'a', b\n": "pass        \n",
    "print\n": "print\n",
    "print >>log, 'a'; x = 1\n": "pass            ; x = 1\n",
    "if x: print x\nelse: print {1: 2}, x[1:2]\n": "if x: pass   \nelse: pass                \n",
    "print 'a' \\\n    % b; c = 1e-05\n": "pass      \\\n       ; c = 1e-05\n",
    "print '''a\nb''', f(1,\n  2)\n": "pass      \n          \n    \n",
    "print 'a\\\n b' \\\n  % c\n": "pass     \n     \n     \n",
    "exec 'x = 1' in names\n": "pass                 \n",
    "try:\n    f()\nexcept (A, B), e:\n    g(e)\n": "try:\n    f()\nexcept (A, B)   :\n    g(e)\n",
    "raise ValueError, 'no'\n": "raise ValueError      \n",
    "x = 0644 + 10L + 0x1fL + 00 + 1.05 <> `y`\n": "x =  644 + 10  + 0x1f  + 00 + 1.05 !=  y \n",
    "x = ur'\\d' + u'a'\n": "x =  r'\\d' + u'a'\n",
    "y = x.cuda(async=True, **options)\n": "y = x.cuda(sync_=True, **options)\n",
    "print (a), b\nx = 'print 1'  # print 2\n": "print (a), b\nx = 'print 1'  # print 2\n",
}


@pytest.mark.parametrize("old", IN_PLACE)
def test_every_other_character_keeps_its_place(old: str) -> None:
    assert modern(old) == IN_PLACE[old]
    ast.parse(modern(old))


@given(st.text(alphabet="print async=except,:\n'\"()[]\\ \t\r0Lu`<>x;#"))
def test_any_text_keeps_its_length_and_its_lines(text: str) -> None:
    made = modern(text)
    assert len(made) == len(text)
    assert [i for i, each in enumerate(made) if each in "\r\n"] == [i for i, each in enumerate(text) if each in "\r\n"]


LEGACY = """\
import torch.nn as nn
import torch.nn.functional as F


def train(net, loader):
    criterion = nn.CrossEntropyLoss()
    for x, y in loader:
        y = y.cuda(async=True)
        out = F.softmax(net(x), dim=1)
        loss = criterion(out, y)
        print 'loss', loss.data[0]
"""


def test_a_program_for_python_2_is_followed(check: Checker) -> None:
    found = check({"train.py": LEGACY})
    assert [(each.code, each.span.line, each.span.column) for each in found] == [("LGT900", 8, 20), ("LGT101", 10, 16)]
    assert found[0].message.endswith("(followed all the same, as an older Python)")


def test_so_is_one_in_a_notebook(check: Checker) -> None:
    cells = [{"cell_type": "code", "source": text, "metadata": {}, "outputs": []} for text in ("%matplotlib inline\nprint 'a'", LEGACY)]
    found = check({"train.ipynb": json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})})
    assert [(each.code, each.span.cell, each.span.line) for each in found] == [("LGT900", 1, 2), ("LGT900", 2, 8), ("LGT101", 2, 10)]


def test_what_is_broken_otherwise_is_told_as_ever(check: Checker) -> None:
    found = check({"train.py": f"{LEGACY}        print (\n"})
    told = [(each.code, each.span.line) for each in found]
    assert told == [("LGT900", 8), ("LGT101", 10)], "the first that Python refuses, not what is left"


def test_a_fix_leaves_the_old_lines_as_they_were() -> None:
    text = LEGACY.replace("criterion(out, y)", "criterion(F.log_softmax(net(x), dim=1), y)").replace("        out =", "        _ =")
    _, done = fix_sources({"train.py": text.encode()}, unsafe=True)
    assert done.contents["train.py"].decode() == text.replace("F.log_softmax(net(x), dim=1)", "net(x)")


@pytest.mark.parametrize(
    "text", ["x = 'print 1'\n", "print(1)\nprint('a', b)\n", "def printed():\n    raise ValueError\n", "async def f():\n    pass\n"]
)
def test_the_rest_is_not_asked_twice(text: str) -> None:
    assert not may_be_legacy(text)


def test_a_call_that_no_tensorflow_takes_is_unresolved() -> None:
    """The names of an odd wrapper, or of a release that nobody remembers: the audit says so, and nothing falls over."""
    calls = ("sigmoid_cross_entropy_with_logits(y, z, odd=1)", "ctc_loss(labels=y, scores=z)")
    for call in calls:
        (row,) = check({"main.py": f"import tensorflow as tf\n\n\ndef step(y, z):\n    return tf.nn.{call}\n".encode()}).audit
        assert (row.verdict, row.reason) == ("unresolved", "it is called with arguments that it does not take")
