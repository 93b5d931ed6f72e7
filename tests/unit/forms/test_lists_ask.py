"""What lists of proposals and headcount tables are asked for, each cause once."""

from datetime import date
from typing import Any

import pytest

from pipelines.common.paths import PROJECT
from pipelines.forms.read import read_submission
from pipelines.forms.reading import SubmissionContext
from pipelines.forms.values.reference_values import reference_values
from pipelines.inbox.document import CellValue, Document, Grid
from pipelines.reference.load import load_reference
from tests.raw_rows import known_forms

CATALOGUE = known_forms()
VALUES = reference_values(load_reference(PROJECT / "data" / "reference"))
PROPOSAL = ["STT", "Tên tập thể/cá nhân/hộ gia đình", "Phân loại khen thưởng",
            "Danh hiệu thi đua/Hình thức khen thưởng", "Năm"]  # fmt: skip
HEADCOUNT = ["Năm", "Tổng số tập thể", "Tổng số cá nhân", "Lao động trực tiếp", "Lãnh đạo", "Số hộ gia đình"]


def told(title: str, *rows: list[Any]) -> list[tuple[str, str | None]]:
    cells: list[list[CellValue]] = [[title], [], *rows]
    context = SubmissionContext("x", "a.xlsx", "LS-1620", "LS", date(2020, 6, 1))
    reading = read_submission(Document("workbook", [Grid("DS", cells)]), context, CATALOGUE, VALUES)
    return [(row["rule_id"], row["source_cell"]) for row in reading.rows("reading_findings")]


def proposals(*rows: tuple[str | None, int | str | None]) -> list[tuple[str, str | None]]:
    lines = [[n, f"Lý Văn {'ABCDE'[n]}", "Khen thưởng cá nhân", *row] for n, row in enumerate(rows)]
    return told("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", PROPOSAL, *lines)


def test_proposals_name_award_and_year() -> None:
    assert proposals(("Lao động tiên tiến", 2019), ("Giấy khen", 2020)) == []
    assert proposals(("014", 2019), ("Lao động tiên tiến", 2019), ("014", 2019)) == [("RD-DN-MA", "D4")]
    assert proposals((None, 2019), (None, 2020)) == [("RD-DN-KHEN", "D4")]
    assert proposals(("Giấy khen", None), ("Giấy khen", 2020), ("Giấy khen", None)) == [("RD-DN-NAM", "E4")]


def headcounts(*rows: tuple[int, ...]) -> list[tuple[str, str | None]]:
    return told("SỐ LƯỢNG TẬP THỂ, CÁ NHÂN CỦA ĐƠN VỊ", HEADCOUNT, *map(list, rows))


RIGHT = [(year, 5, 100, 80, 10, 0) for year in range(2016, 2021)]


@pytest.mark.parametrize(
    ("rows", "findings"),
    [
        (RIGHT, []),
        (RIGHT[:1], []),
        ([*RIGHT[:2], (2017, 5, 90, 80, 5, 0), *RIGHT[3:]], [("RD-QS-TRUNG", "A6"), ("RD-QS-THIEU", None)]),
        ([*RIGHT[:2], *RIGHT[3:]], [("RD-QS-THIEU", None)]),
        ([*RIGHT[:4], (2020, 5, 102, 120, 10, 0)], [("RD-QS-QUA", "D8")]),
        ([*RIGHT[:4], (2020, 5, 102, 95, 10, 0)], [("RD-QS-QUA", "D8")]),
    ],
)
def test_headcounts_fit_together(rows: list[tuple[int, ...]], findings: list[tuple[str, str | None]]) -> None:
    assert headcounts(*rows) == findings
