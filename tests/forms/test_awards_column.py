"""A list may have a column of awards: each award that a cell names is one, with its year and decision."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipelines.forms.read import read_submission
from pipelines.forms.registry import load_catalogue
from tests.forms.golden import REFERENCE, build, context, reference

FORM = "programmes/VD-2630/forms/VD-DSDK/form.yml"
HEADER = [
    "STT",
    "Tên tập thể, cá nhân",
    "Loại",
    "Lĩnh vực",
    "Năm",
    "Giải pháp",
    "Địa chỉ nhân rộng",
    "Đã khen",
]
GIVEN = (
    "Chiến sĩ thi đua cơ sở năm 2024 (Quyết định số 12/QĐ-UBND ngày 01/02/2025); "
    "Bằng khen của Thủ tướng Chính phủ năm 2023"
)


def test_the_awards_of_a_cell(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
    path = folder / FORM
    column = "{id: ghi_chu, type: text, labels: [Ghi chú]}"
    assert column in path.read_text("utf-8")
    path.write_text(
        path.read_text("utf-8").replace(column, "{id: khen, type: awards, labels: [Đã khen]}"), "utf-8"
    )
    row = [1, "Nguyễn Văn Thử", "Cá nhân", "a", 2026, "x", "y", GIVEN]
    nobody = [2, "Trần Thị Thử", "Cá nhân", "a", 2026, "x", "y", None]
    data = {
        "programme": "VD-2630",
        "unit": "VD26-SO-Y-TE",
        "blocks": [{"grid": "S", "rows": [["DANH SÁCH ĐĂNG KÝ ĐIỂN HÌNH TIÊN TIẾN"], HEADER, row, nobody]}],
    }
    reading = read_submission(build(data), context(data), load_catalogue(folder), reference())
    fields = reading.tables["fields"]
    told = [
        (field, item, code or number, cell)
        for field, item, code, number, cell in zip(
            *(fields[name] for name in ("field", "item", "value_code", "value_number", "cell")), strict=True
        )
        if field in ("khen.award_code", "khen.nam")
    ]
    assert told == [
        ("khen.award_code", 1, "CSTD-CS", "H3"),
        ("khen.nam", 1, 2024, "H3"),
        ("khen.award_code", 2, "BK-TTCP", "H3"),
        ("khen.nam", 2, 2023, "H3"),
    ]
