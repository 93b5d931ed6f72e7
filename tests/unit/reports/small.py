"""A small published file with exactly the tables the reports read, and the raw files it speaks of."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from docx import Document
from openpyxl import Workbook

from pipelines.common.paths import PROJECT
from pipelines.inbox.register import submission_id
from pipelines.reports.published import Published
from pipelines.reports.reading import read_published

AS_OF = date(2020, 6, 5)
REFERENCE = PROJECT / "data" / "reference"
LS, CB = "LS-1620", "CB-2125"
TRANG_DINH, Y_TE, BINH_GIA = "LS-HUYEN-TRANG-DINH", "LS-SO-Y-TE", "LS-HUYEN-BINH-GIA"
MAU_03 = f"{LS}/{TRANG_DINH}/2020-06-04/mau-03.xlsx"
LIST_CSV = f"{LS}/{Y_TE}/2020-06-01/danh-sach.csv"
REPORT_DOCX = f"{LS}/{Y_TE}/2020-06-01/bao-cao.docx"
SCAN_PDF = f"{LS}/{BINH_GIA}/2020-06-02/to-trinh.pdf"

_SCHEMA = """
CREATE SCHEMA marts; CREATE SCHEMA meta;
CREATE TABLE meta.snapshot (as_of DATE, run_id VARCHAR, code_version VARCHAR, input_digest VARCHAR,
    published_at TIMESTAMPTZ);
CREATE TABLE marts.dim_units (unit_code VARCHAR, name VARCHAR, unit_type VARCHAR, parent_code VARCHAR,
    programme_id VARCHAR, official_name VARCHAR, is_usual BOOLEAN, successor_code VARCHAR, valid_to DATE);
CREATE TABLE marts.dim_policies (policy_id VARCHAR, is_default BOOLEAN, text VARCHAR);
CREATE TABLE marts.rpt_units (unit_code VARCHAR, sending VARCHAR);
CREATE TABLE marts.rpt_steps_left (step_id VARCHAR, programme_id VARCHAR, unit_code VARCHAR, cell_id VARCHAR,
    cell_order INTEGER, label_vi VARCHAR, label_of_years_vi VARCHAR, year INTEGER, status VARCHAR,
    last_day DATE, is_before BOOLEAN, citation VARCHAR,
    left_since_on DATE, is_told BOOLEAN, collectives_required INTEGER, collectives_counted INTEGER,
    individuals_required INTEGER, individuals_counted INTEGER, households_required INTEGER,
    households_counted INTEGER, any_required INTEGER, any_counted INTEGER);
CREATE TABLE marts.rpt_phase_coverage (programme_id VARCHAR, cell_id VARCHAR, unit_code VARCHAR,
    status VARCHAR, first_received_on DATE);
CREATE TABLE marts.dim_coverage_cells (cell_id VARCHAR, programme_id VARCHAR, label_vi VARCHAR,
    forms VARCHAR);
CREATE TABLE marts.dim_programmes (programme_id VARCHAR, short_name VARCHAR, title VARCHAR);
CREATE TABLE marts.dim_rules (rule_id VARCHAR, severity VARCHAR, message_vi VARCHAR, short_vi VARCHAR,
    how_to_fix_vi VARCHAR, citation VARCHAR, mends VARCHAR, category VARCHAR);
CREATE TABLE marts.fct_submissions (submission_id VARCHAR, source_file VARCHAR, programme_id VARCHAR,
    unit_code VARCHAR, received_on DATE, form_id VARCHAR, status VARCHAR, reason VARCHAR, rows_read INTEGER);
CREATE TABLE marts.fct_nominations (nomination_id VARCHAR, programme_id VARCHAR, phase_id VARCHAR,
    unit_code VARCHAR, form_id VARCHAR, recipient_kind VARCHAR, recipient_name VARCHAR,
    subject_group VARCHAR, is_complete BOOLEAN, source_file VARCHAR);
CREATE TABLE marts.dim_deadlines (cell_id VARCHAR, unit_type VARCHAR, is_before BOOLEAN);
INSERT INTO marts.dim_deadlines VALUES ('LS-HS', 'LS-HUYEN-TP', true), ('LS-HS', 'LS-SO-NGANH-5', true);
CREATE TABLE marts.fct_findings (finding_id VARCHAR, programme_id VARCHAR, unit_code VARCHAR,
    nomination_id VARCHAR, form_id VARCHAR, rule_id VARCHAR, severity VARCHAR, field VARCHAR,
    recipient_name VARCHAR, cell_id VARCHAR, deadline DATE,
    subject_vi VARCHAR, fact_vi VARCHAR, fix_vi VARCHAR, values_vi VARCHAR, fact_of_years_vi VARCHAR,
    year INTEGER, citation VARCHAR, submission_id VARCHAR,
    source_file VARCHAR, source_sheet VARCHAR,
    source_row INTEGER, source_cell VARCHAR, status VARCHAR, first_seen_on DATE, last_seen_on DATE,
    fixed_on DATE);
"""

RULES = [
    ("CP-LS-DOITUONG", "Ghi một nhóm: Nông dân; Công nhân; Học sinh; Khác.", "unit"),
    ("CP-LS-TOMTAT", "Ghi tóm tắt thành tích.", "unit"),
    ("CP-LS-BIENBAN", "Bổ sung biên bản họp xét của Hội đồng.", "unit"),
    ("CP-LS-XEPLOAI", "Ghi kết quả xếp loại của từng năm.", "unit"),
    ("CP-LS-NGAYSINH", "Ghi lại ngày sinh theo dạng ngày/tháng/năm.", "unit"),
    ("CP-LS-GIADINH", "Sở Nội vụ xem xét, lựa chọn.", "board"),
]

FINDING = {
    "programme_id": LS,
    "unit_code": TRANG_DINH,
    "nomination_id": None,
    "form_id": "LS-M03",
    "severity": "blocking",
    "cell_id": "LS-HS",
    "deadline": date(2020, 6, 9),
    "subject_vi": "Hồ sơ chung",
    "values_vi": "{}",
    "field": None,
    "citation": "Hướng dẫn của tỉnh, mục II.2.2.a",
    "source_file": MAU_03,
    "source_sheet": "Mẫu 03",
    "source_row": None,
    "source_cell": None,
    "status": "new",
    "first_seen_on": AS_OF,
    "last_seen_on": AS_OF,
    "fixed_on": None,
}

FINDINGS: list[dict[str, Any]] = [
    {"finding_id": "f1", "nomination_id": "n1", "rule_id": "CP-LS-DOITUONG", "field": "nhom_doi_tuong",
     "subject_vi": "Nguyễn Văn A", "fact_vi": "chưa ghi nhóm đối tượng",
     "source_row": 9, "source_cell": "D9"},
    {"finding_id": "f2", "nomination_id": "n2", "rule_id": "CP-LS-TOMTAT",
     "subject_vi": "Tập thể B", "fact_vi": "chưa có tóm tắt thành tích",
     "source_row": 11, "source_cell": "E11"},
    {"finding_id": "f3", "rule_id": "CP-LS-BIENBAN",
     "fact_vi": "thiếu biên bản họp xét của Hội đồng"},
    {"finding_id": "f4", "nomination_id": "n1", "rule_id": "CP-LS-XEPLOAI", "severity": "warning",
     "subject_vi": "Nguyễn Văn A", "fact_vi": "thiếu xếp loại năm 2017, 2018",
     "values_vi": '{"missing_years": "2017, 2018"}', "source_row": 9, "source_cell": "F9"},
    {"finding_id": "f5", "rule_id": "CP-LS-GIADINH", "severity": "information",
     "fact_vi": "hướng dẫn chưa quy định số lượng gia đình"},
    {"finding_id": "f6", "unit_code": Y_TE, "form_id": "KT-DS", "rule_id": "CP-LS-NGAYSINH",
     "cell_id": None, "deadline": None,
     "field": "ngay_sinh", "severity": "warning", "source_file": LIST_CSV, "source_sheet": "danh-sach",
     "source_row": 3, "source_cell": "B3", "status": "open", "first_seen_on": date(2020, 6, 2),
     "fact_vi": "ngày sinh “31/02/1980” không có trong lịch; điện thoại 0912345678"},
    {"finding_id": "f7", "unit_code": Y_TE, "form_id": "ND91-TT", "rule_id": "CP-LS-XEPLOAI",
     "source_file": REPORT_DOCX, "source_sheet": "Bảng 1", "source_row": 2,
     "source_cell": "dòng 2, cột 2", "status": "open", "first_seen_on": date(2020, 6, 2),
     "fact_vi": "thiếu xếp loại năm 2016", "values_vi": '{"missing_years": "2016"}'},
    {"finding_id": "f8", "unit_code": BINH_GIA, "form_id": "DOC-TOTRINH", "rule_id": "CP-LS-BIENBAN",
     "source_file": SCAN_PDF, "status": "fixed", "fixed_on": AS_OF, "source_sheet": None,
     "fact_vi": "thiếu biên bản họp xét của Hội đồng"},
    {"finding_id": "f9", "unit_code": BINH_GIA, "form_id": "DOC-TOTRINH", "rule_id": "CP-LS-BIENBAN",
     "source_file": SCAN_PDF, "source_sheet": None, "fact_vi": "tờ trình chưa có chữ ký"},
]  # fmt: skip

NOMINATIONS = [
    ("n1", TRANG_DINH, "ca_nhan", "Nguyễn Văn A", False),
    ("n2", TRANG_DINH, "tap_the", "Tập thể B", False),
    ("n3", TRANG_DINH, "ca_nhan", "Trần Thị C", True),
    ("n4", TRANG_DINH, "ca_nhan", "=HYPERLINK(1)", True),
    ("n5", TRANG_DINH, "gia_dinh", "Gia đình ông D", True),
]


def write_published(
    path: Path, findings: list[dict[str, Any]] | None = None, as_of: date = AS_OF, raw: Path | None = None
) -> Published:
    """Write the published file and read it back; with a raw folder, as read from the files that lie there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(_SCHEMA)
        connection.execute("INSERT INTO meta.snapshot VALUES (?, 'run1234567', '0', 'd', now())", [as_of])
        for code, name in (
            (TRANG_DINH, "Ủy ban nhân dân huyện Tràng Định"),
            (Y_TE, "Sở Y tế"),
            (BINH_GIA, "Ủy ban nhân dân huyện Bình Gia"),
        ):
            connection.execute(
                "INSERT INTO marts.dim_units VALUES (?, ?, 'X', 'LS', ?, ?, ?, NULL, NULL)",
                [code, name, LS, name, code == Y_TE],
            )
            connection.execute("INSERT INTO marts.rpt_units VALUES (?, 'read')", [code])
        connection.execute(
            "INSERT INTO marts.dim_policies VALUES ('POL-A', true, 'Cách đọc mặc định.'), "
            "('POL-B', false, 'Cách đọc đã đổi.')"
        )
        connection.execute("INSERT INTO marts.dim_programmes VALUES (?, 'Lạng Sơn 2016-2020', 't')", [LS])
        connection.execute("INSERT INTO marts.dim_programmes VALUES (?, 'Cao Bằng 2021-2025', 't')", [CB])
        for rule_id, fix, mends in RULES:
            category = "missing_attachment" if rule_id == "CP-LS-BIENBAN" else "missing_field"
            values = [rule_id, "blocking", "m", "s", fix, "c", mends, category]
            connection.execute("INSERT INTO marts.dim_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        for source_file in (MAU_03, LIST_CSV, REPORT_DOCX, SCAN_PDF):
            _, unit, day, _ = source_file.split("/")
            identity = submission_id(source_file, (raw / source_file).read_bytes()) if raw else "s"
            connection.execute(
                "INSERT INTO marts.fct_submissions VALUES (?, ?, ?, ?, ?, 'F', 'accepted', NULL, 5)",
                [identity, source_file, LS, unit, day],
            )
        for number, unit, kind, name, complete in NOMINATIONS:
            connection.execute(
                "INSERT INTO marts.fct_nominations VALUES (?, ?, ?, ?, 'LS-M03', ?, ?, NULL, ?, ?)",
                [number, LS, LS, unit, kind, name, complete, MAU_03],
            )
        for given in FINDINGS if findings is None else findings:
            fixes = {rule_id: fix.removesuffix(".") for rule_id, fix, _ in RULES}
            row = {**FINDING, "fix_vi": fixes.get(given["rule_id"], ""), **given, "submission_id": "s"}
            columns = ", ".join(row)
            marks = ", ".join("?" * len(row))
            connection.execute(
                f"INSERT INTO marts.fct_findings ({columns}) VALUES ({marks})", list(row.values())
            )
    return read_published(path)


def write_raw(raw: Path) -> None:
    """The four files."""
    for source_file in (MAU_03, LIST_CSV, REPORT_DOCX, SCAN_PDF):
        (raw / source_file).parent.mkdir(parents=True, exist_ok=True)
    mau_03(raw / MAU_03)
    (raw / LIST_CSV).write_bytes("STT,Ngày sinh\n1,02/03/1979\n2,31/02/1980\n3,=1+1\n".encode("utf-8-sig"))
    report(raw / REPORT_DOCX)
    (raw / SCAN_PDF).write_bytes(b"%PDF-1.4\n%%EOF\n")


def mau_03(path: Path) -> None:
    """A filled LS-M03 as units send it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Mẫu 03"
    sheet["A4"] = "TÓM TẮT THÀNH TÍCH ĐỀ NGHỊ KHEN THƯỞNG"
    sheet.merge_cells("A4:F4")
    header = ["STT", "Tên tập thể, cá nhân", "Loại", "Nhóm đối tượng", "Tóm tắt thành tích", "Xếp loại"]
    sheet.append([])
    for column, label in enumerate(header, start=1):
        sheet.cell(7, column, label)
    sheet["A9"], sheet["B9"], sheet["C9"], sheet["E9"] = 1, "Nguyễn Văn A", "Cá nhân", "Mô hình trồng hồi"
    sheet["F9"] = "=1+1"
    sheet["A11"], sheet["B11"], sheet["C11"], sheet["D11"] = 2, "Tập thể B", "Tập thể", "Khác"
    sheet.column_dimensions["B"].width = 30
    sheet.column_dimensions["E"].width = 40
    book.create_sheet("Phụ lục")["A1"] = "giữ nguyên"
    book.save(path)


def report(path: Path) -> None:
    """A person's report in Word."""
    document = Document()
    document.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    document.add_paragraph("BÁO CÁO THÀNH TÍCH ĐỀ NGHỊ TẶNG BẰNG KHEN")
    document.add_paragraph("Họ và tên: Lê Thị D")
    table = document.add_table(rows=3, cols=2)
    for row, values in enumerate((("Năm", "Kết quả xếp loại"), ("2016", ""), ("2017", "HTTNV"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    document.save(str(path))
