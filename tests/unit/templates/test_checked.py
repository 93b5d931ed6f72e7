"""Every template is recognised by the reader as the form it is, and draws no finding about its layout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.losses.cases import Base
from pipelines.check.check import Place, check_files
from pipelines.check.report import report
from pipelines.common.paths import PROJECT
from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.values.reference_values import reference_values
from pipelines.generate.writers import write_book
from pipelines.inbox.read import read_document
from pipelines.reference.load import load_reference
from tests.raw_rows import known_forms

REFERENCE, TODAY = PROJECT / "data" / "reference", date(2026, 6, 1)
# a template has nothing of its own yet; that is all a reader may say of a blank one
ALLOWED = {"RD-CHUA-DIEN"}


@pytest.fixture(scope="module")
def readings(blanks: dict[str, Path]) -> dict[str, Reading]:
    reference = PROJECT / "data" / "reference"
    values, catalogue = reference_values(load_reference(reference)), known_forms()
    found = {}
    for name, path in blanks.items():
        form = catalogue.forms[_form_of(name)]
        programme = sorted(form.programmes)[0] if form.programmes else "LS-1620"
        context = SubmissionContext("x", path.name, programme, "LS", date(2020, 6, 1))
        document = read_document(path.name, path.read_bytes())
        found[name] = read_submission(document, context, catalogue, values)
    return found


def _form_of(name: str) -> str:
    return "ND91-TT" if name.startswith("ND91-TT") else name


def test_a_template_is_recognised_as_its_form(readings: dict[str, Reading]) -> None:
    assert len(readings) >= 20
    assert {name: r.form_id for name, r in readings.items()} == {name: _form_of(name) for name in readings}


def test_a_template_draws_no_finding_about_its_layout(readings: dict[str, Reading]) -> None:
    found = {
        (name, row["rule_id"], row["source_cell"])
        for name, reading in readings.items()
        for row in reading.rows("reading_findings")
        if row["rule_id"] not in ALLOWED
    }
    assert found == set()


def test_a_blank_template_is_never_clean(readings: dict[str, Reading]) -> None:
    for name, reading in readings.items():
        told = [row["rule_id"] for row in reading.rows("reading_findings")]
        assert len(told) == 1, (name, told)
        assert told[0] in ALLOWED, (name, told)
        assert reading.rows_read == 0, name
        # without a part of its own it replaces nothing and covers nothing
        assert not _own_parts(reading), name


def _own_parts(reading: Reading) -> set[str]:
    return {row["form_id"] for row in reading.rows("parts")} - {"PL-TC"}


def test_a_blank_paper_is_told_and_leaves_nothing_to_count(readings: dict[str, Reading]) -> None:
    papers = {
        name
        for name in readings
        if name.startswith(("DOC-", "ND91", "BHXH-M01", "BHXH-M02", "LS-M01", "LS-M04"))
    }
    assert len(papers) == 13
    for name in papers:
        reading = readings[name]
        assert [row["rule_id"] for row in reading.rows("reading_findings")].count("RD-CHUA-DIEN") == 1, name
        assert {row["form_id"] for row in reading.rows("parts")} <= {"PL-TC"}, name
        assert not [row for row in reading.rows("records") if row["form_id"] != "PL-TC"], name
        assert reading.rows_read == 0
        assert "blank" in {row["part_kind"] for row in reading.rows("file_parts")}


def test_a_clerk_checks_a_blank_template(blanks: dict[str, Path]) -> None:
    # one of each kind: a list, mẫu 02, a register of two tables, a record, a document
    for name in ("KT-DS", "LS-M02", "CB-BDK", "LS-M04", "DOC-TOTRINH"):
        (checked,) = check_files(
            [blanks[name]], Place(None, None), TODAY, REFERENCE, PROJECT / "settings.yml"
        )
        assert checked.exit_code == 1, name
        assert set(checked.findings["rule_id"]) == {"RD-CHUA-DIEN"}, name
        assert "Đã đọc 0 dòng" in report(checked), name


@pytest.mark.parametrize(
    ("form", "programme", "read"),
    [
        ("KT-DS", "LS-1620", "8 dòng ở 1 bảng"),
        ("QS", "LS-1620", "5 dòng ở 1 bảng"),
        ("LS-M02", "LS-1620", "43 dòng ở 1 bảng"),
        ("BHXH-DSDK", "BHXH-2125", "2 dòng ở 1 bảng"),
        ("HCM-DSDK", "HCM-2125", "3 dòng ở 1 bảng"),
        ("CB-BDK", "CB-2125", "2 dòng ở 2 bảng"),
    ],
)
def test_a_clerk_checks_a_filled_template(form: str, programme: str, read: str, tmp_path: Path) -> None:
    path = tmp_path / f"{form}.xlsx"
    path.write_bytes(write_book(Base(form, 1).book(), ".xlsx"))
    (checked,) = check_files([path], Place(None, None), TODAY, REFERENCE, PROJECT / "settings.yml")
    assert checked.place.programme_id == programme or form in ("KT-DS", "QS")
    assert read in report(checked)
    # the example of Cao Bằng's register is not signed
    assert set(checked.findings["rule_id"]) == ({"CP-CB-KY"} if form == "CB-BDK" else set())
