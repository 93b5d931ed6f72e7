"""Remarks that take a row out of its list, typed with diacritics or without."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.forms.registry import load_catalogue

REFERENCE = Path(__file__).parents[3] / "data" / "reference"
ROWS = load_catalogue(REFERENCE).words.rows


@pytest.mark.parametrize("header", ["Ghi chú", "GHI CHU", "Ghi chu", "Kết quả xét", "Ket qua xet"])
def test_columns_for_remarks(header: str) -> None:
    assert ROWS.is_for_remarks(header)


@pytest.mark.parametrize("header", ["Họ và tên", "Ho va ten", "Đơn vị", "Ghita"])
def test_other_columns(header: str) -> None:
    assert not ROWS.is_for_remarks(header)


@pytest.mark.parametrize(
    "remark", ["Bãi bỏ", "Bai bo", "Khong du dieu kien", "Khong khen nam nay", "De nghi rut"]
)
def test_remarks_that_withdraw(remark: str) -> None:
    assert ROWS.withdraws(remark, remarks=True)


@pytest.mark.parametrize("remark", ["Huy Hoang", "Huy", "Khen chuyen de", "Dat", "Cho A"])
def test_remarks_that_do_not(remark: str) -> None:
    assert not ROWS.withdraws(remark, remarks=True)
