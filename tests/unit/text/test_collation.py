"""Lists stand as in a Vietnamese dictionary: Đ after D, tones last, numbers by value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.collation import collation_key


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Huyện Chi Lăng", "Huyện Đình Lập"),
        ("Dương", "Đại"),
        ("Đông", "Em"),
        ("Sở Dân tộc", "Sở Du lịch"),
        ("ma", "mà"),
        ("mà", "mả"),
        ("mả", "mã"),
        ("mã", "má"),
        ("má", "mạ"),
        ("mạ", "man"),
        ("ân", "em"),
        ("quận 3", "quận 10"),
        ("quận 12", "quận Gò Vấp"),
        ("huyện ủy", "huyện Yên"),
    ],
)
def test_before(first: str, then: str) -> None:
    assert collation_key(first) < collation_key(then)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert (collation_key(one) < collation_key(other)) == (collation_key(other) > collation_key(one))
    assert (collation_key(one) == collation_key(other)) == (one == other)
