"""The public names of zhengce.index: each is there, and the examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest
import zhengce.index


@pytest.mark.parametrize("module", ["zhengce.index", "zhengce.index.records.rows"])
def test_the_examples_are_true(module: str) -> None:
    tested = doctest.testmod(importlib.import_module(module))
    assert tested.attempted > 2
    assert not tested.failed


def test_each_public_name_is_there() -> None:
    late = {name for names in zhengce.index._LATE.values() for name in names}
    assert all(hasattr(zhengce.index, name) for name in zhengce.index.__all__)
    assert late <= set(zhengce.index.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        zhengce.index.nothing  # noqa: B018
