"""Remembered results: what a dict takes for the same is not the same."""

from __future__ import annotations

import pytest

from pipelines.text.memo import Memo


@pytest.mark.parametrize("values", [[1, True, 0, False], [True, 1, False, 0]])
def test_true_is_not_one(values: list[int]) -> None:
    memo = Memo(repr)
    assert memo.map(values) == [repr(value) for value in values]
    assert memo.map(values) == [repr(value) for value in values]
