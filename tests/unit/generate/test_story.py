"""The stories hold when their files are read: Sở Y tế's mẫu 02 agrees with its lists; old encodings read."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.forms.read import read_submission
from pipelines.forms.reading import SubmissionContext
from pipelines.forms.values.reference_values import reference_values
from pipelines.generate import layouts
from pipelines.inbox.document import Grid
from pipelines.inbox.read import read_document
from pipelines.reference.load import load_reference
from tests.raw_rows import known_forms

ROOT = Path(__file__).parents[3]
RAW = ROOT / "data/raw/LS-1620"
KINDS = ("tap_the", "ca_nhan", "gia_dinh")
IN_TABLE = {a["text"] for a in layouts.read("awards") if a["code"] not in ("CTD-BNG", "BK-BNG")}


def listed(pattern: str) -> list[dict]:
    """Award rows of a unit's lists as the real reader reads them."""
    catalogue, reference = known_forms(), reference_values(load_reference(ROOT / "data/reference"))
    rows = []
    for path in sorted(RAW.glob(pattern)):
        context = SubmissionContext(path.name, path.name, "LS-1620", path.parts[-3], date(2020, 5, 20))
        reading = read_submission(read_document(path.name, path.read_bytes()), context, catalogue, reference)
        assert reading.rows("reading_findings") == []
        rows += reading.rows("award_rows")
    return rows


def line(file: str, label: str) -> list[int]:
    """Collectives, persons and households of a line of a filled mẫu 02."""
    path = RAW / file
    document = read_document(path.name, path.read_bytes())
    grid: Grid = next(g for g in document.grids if any(row[1:2] == [label] for row in g.rows))
    row = next(row for row in grid.rows if row[1:2] == [label])
    return [int(value or 0) for value in row[2:5]]  # type: ignore[arg-type]


def counts(rows: list[dict], award: str) -> list[int]:
    return [sum(r["award_raw"] == award and r["recipient_kind"] == kind for r in rows) for kind in KINDS]


@pytest.mark.parametrize("award", ["Lao động tiên tiến", "Tập thể lao động tiên tiến", "Giấy khen"])
def test_so_y_te_agrees(award):
    rows = listed("LS-SO-Y-TE/*/danh-sach-*")
    assert len(rows) == 110
    assert counts(rows, award) == line("LS-SO-Y-TE/2020-05-20/mau-02-tong-hop.xlsx", award)


def test_the_list_with_sections_and_school_years_is_read_whole():
    rows = listed("LS-SO-GIAO-DUC-VA-DAO-TAO/*/Danh sách*")
    assert len(rows) == 90
    assert {row["award_year"] for row in rows} == set(range(2016, 2021))


def test_its_report_counts_two_awards_more():
    report = "LS-SO-GIAO-DUC-VA-DAO-TAO/2020-05-25/Báo cáo tổng kết (mẫu 01).docx"
    events = [row for row in listed("LS-SO-GIAO-DUC-VA-DAO-TAO/*/Danh sách*") if row["award_raw"] in IN_TABLE]
    assert sum(line(report, "TỔNG CỘNG (I + II + III)")) == len(events) + 2


def test_legacy_fonts_and_code_pages_read_as_unicode():
    for pattern in (
        "LS-SO-NOI-VU/*/DS*.xls",
        "LS-CONG-AN/*/*2016-2020.xlsx",
        "LS-HUYEN-TRANG-DINH/*/danh_sach.csv",
        "LS-CUC-THUE/*/*.csv",
    ):
        kinds = {row["recipient_kind"] for row in listed(pattern)}
        assert kinds <= set(KINDS)
        assert "ca_nhan" in kinds
