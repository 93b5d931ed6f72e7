"""How many a trial names so that no minimum is reached."""

from __future__ import annotations

import pytest

from pipelines.common.paths import PROJECT
from pipelines.forms.registry import load_catalogue
from pipelines.generate.people import Kind
from pipelines.programmes.numbers import too_few

FORMS = load_catalogue(PROJECT / "data" / "reference").forms
WITH_KINDS, OF_COLLECTIVES = FORMS["HCM-DSDK"], FORMS["CB-BDK"]


@pytest.mark.parametrize(
    ("wanted", "few"),
    [
        # a kind that nobody asks for: no minimum is reached
        ({"tap_the": 2, "ca_nhan": 3}, {"gia_dinh": 1}),
        ({"ca_nhan": 1, "tap_the": 0}, {"gia_dinh": 1}),
        ({"gia_dinh": 5}, {"ca_nhan": 1}),
        ({"tap_the": 1, "ca_nhan": 1, "gia_dinh": 2}, {"gia_dinh": 1}),
        ({"tap_the": 1, "ca_nhan": 1, "gia_dinh": 1}, {"tap_the": 1}),
    ],
)
def test_where_rows_tell_their_kind(wanted: dict[Kind, int], few: dict[Kind, int]) -> None:
    assert too_few(wanted, WITH_KINDS) == few


@pytest.mark.parametrize(
    ("wanted", "few"),
    [({"tap_the": 3}, {"tap_the": 1}), ({"tap_the": 1}, {}), ({}, {})],
)
def test_where_all_rows_are_of_one_kind(wanted: dict[Kind, int], few: dict[Kind, int]) -> None:
    """Of one who must be named nobody can name fewer in a list that came."""
    assert too_few(wanted, OF_COLLECTIVES) == few
