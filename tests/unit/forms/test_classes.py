"""The class of a row of records: a class of its kind, the form's own words, or a finding for a person."""

from __future__ import annotations

import pytest

from pipelines.forms.values.classes import classed
from pipelines.forms.values.reference_values import reference_values
from pipelines.forms.values.typed import Value
from tests.raw_rows import reference

KNOWN = reference_values(reference())
OWN = {"lãnh đạo": "lanh_dao_phong", "trực tiếp": "truc_tiep"}


@pytest.mark.parametrize(
    ("text", "kind", "code", "problem"),
    [
        ("Các cấp lãnh đạo từ phó phòng trở lên", "ca_nhan", "lanh_dao_phong", None),
        ("Lãnh đạo", "ca_nhan", "lanh_dao_phong", None),
        ("TRỰC TIẾP", "ca_nhan", "truc_tiep", None),
        ("Tổ trưởng", "ca_nhan", None, "RD-DOI-TUONG"),
        # a class that only collectives have
        ("Tập thể ở cơ sở, lao động trực tiếp", "ca_nhan", None, "RD-DOI-TUONG-KHAC"),
        ("Tập thể ở cơ sở, lao động trực tiếp", "tap_the", "tap_the_co_so", None),
        ("Văn phòng", "tap_the", "tap_the_khac", None),
        ("Tổ trưởng", None, None, None),
    ],
)
def test_class(text: str, kind: str | None, code: str | None, problem: str | None) -> None:
    found = classed(Value(text, text=text), kind, OWN, KNOWN)
    assert (found.code, found.problem, found.text) == (code, problem, text)
