"""The workbook on paper: columns of codes are for searching, they neither print nor make rows higher."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from pipelines.reports.findings_workbook import FindingsWorkbooks
from tests.unit.reports import small


def test_codes_take_no_room_on_paper(tmp_path: Path) -> None:
    long = {**small.FINDINGS[2], "finding_id": "|".join(["LS-1620", small.TRANG_DINH, "LS-BC-2020"] * 3)}
    heights, areas = [], []
    for number, findings in enumerate(([small.FINDINGS[2]], [long])):
        published = small.write_published(tmp_path / f"{number}.duckdb", findings)
        FindingsWorkbooks(published).write(tmp_path / f"{number}.xlsx", small.LS)
        sheet = load_workbook(tmp_path / f"{number}.xlsx").worksheets[1]
        heights.append(sheet.row_dimensions[2].height)
        areas.append(sheet.print_area)
        assert sheet.cell(2, 15).value == findings[0]["finding_id"]
        assert [sheet.cell(1, column).value for column in (13, 14, 15)] == [
            "Ngày thấy lần đầu", "Mã quy tắc", "Mã nội dung",
        ]  # fmt: skip
    assert heights[0] == heights[1]
    assert [area.endswith("$A$1:$M$2") for area in areas] == [True, True]


def test_counts_have_the_point_of_thousands(tmp_path: Path) -> None:
    published = small.write_published(tmp_path / "one.duckdb", small.FINDINGS[:3])
    FindingsWorkbooks(published).write(tmp_path / "one.xlsx")
    first, programme = load_workbook(tmp_path / "one.xlsx").worksheets[:2]
    counts = [
        cell for row in (*first.iter_rows(), *programme.iter_rows()) for cell in row if cell.data_type == "n"
    ]
    counts = [cell for cell in counts if cell.value is not None and not cell.is_date]
    assert len(counts) > 8
    assert {cell.number_format for cell in counts} == {'[>=1000000]0"."000"."000;[>=1000]0"."000;0'}
