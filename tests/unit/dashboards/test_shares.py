"""The labels at the ends of two lines never stand on each other, however alike their values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from dashboards.charts.shares import APART, HIGHEST, LOWEST, _apart

PERCENT = some.floats(0, 100)


@given(PERCENT, PERCENT)
def test_labels_stand_apart_in_their_order_and_inside(first: float, second: float) -> None:
    one, other = _apart(first, second)
    assert abs(one - other) >= APART - 1e-9
    assert (one >= other) == (first >= second)
    assert min(one, other) >= LOWEST - 1e-9
    assert max(one, other) <= HIGHEST + 1e-9


@given(PERCENT)
def test_labels_of_the_same_value_stand_above_each_other(value: float) -> None:
    one, other = _apart(value, value)
    assert one - other >= APART - 1e-9
