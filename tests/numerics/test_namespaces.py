"""What the installed libraries offer by now: a new loss, activation, metric or distribution is decided on, not overlooked."""

from __future__ import annotations

import pytest
from namespaces import INSTALLED, public, undecided


@pytest.mark.parametrize("namespace", sorted(INSTALLED))
def test_every_public_name_is_decided(namespace: str) -> None:
    names = public(namespace)
    assert len(names) > 3
    assert list(undecided(namespace, names)) == []
