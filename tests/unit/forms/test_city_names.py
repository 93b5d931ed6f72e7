"""«Thành phố» reads as «tỉnh» for units of a city under central government alone, in records as in lists."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.forms.read import read_submission
from pipelines.forms.reading import SubmissionContext
from pipelines.forms.values.reference_values import reference_values
from pipelines.inbox.document import Document, Grid
from tests.raw_rows import known_forms, reference
from tests.rules.world import World

NAME = "Bằng khen của Chủ tịch UBND Thành phố"
UNITS = {"HCM-SO-Y-TE": ("HCM-2125", "BK-CTUBND-TINH"), "LS-SO-Y-TE": ("LS-1620", None)}


@pytest.mark.parametrize("unit", UNITS)
def test_of_a_record(unit: str) -> None:
    programme, code = UNITS[unit]
    rows = [
        ["BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ KHEN THƯỞNG"],
        ["Họ và tên: Lý Văn Thử"],
        [],
        ["Năm", "Danh hiệu thi đua/Hình thức khen thưởng", "Số quyết định", "Ngày quyết định"],
        [2019, NAME, "7/QĐ-UBND", "20/12/2019"],
    ]
    context = SubmissionContext("S", "bc.xlsx", programme, unit, date(2020, 5, 1))
    document = Document("workbook", [Grid("Báo cáo", rows)])
    reading = read_submission(document, context, known_forms(), reference_values(reference()))
    assert reading.form_id == "ND91-TT"
    told = [row["value_code"] for row in reading.rows("fields") if row["field"].endswith("award_code")]
    assert told == [code]


@pytest.mark.parametrize("unit", UNITS)
def test_of_a_list(unit: str) -> None:
    programme, code = UNITS[unit]
    world = World()
    row = {"name": "Lý Văn Thử", "kind": "ca_nhan", "award": NAME.lower(), "year": 2019}
    for form in ("KT-DS", "LS-DSDN"):
        world.send(programme, unit, {"form": form, "received": date(2020, 5, 1), "key": form, "rows": [row]})
    with world.build("int_listed_awards", "int_award_rows") as connection:
        told = connection.execute("SELECT award_code FROM intermediate.int_listed_awards").fetchall()
    assert told == [(code,), (code,)]
