"""Every template is recognised by the reader as the form it is, and draws no finding about its layout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT
from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.registry import load_catalogue
from pipelines.forms.values.reference_values import reference_values
from pipelines.inbox.read import read_document
from pipelines.reference.load import load_reference

# a template has nothing of its own yet; that is all a reader may say of a blank one
ALLOWED = {"RD-CHUA-DIEN"}


@pytest.fixture(scope="module")
def readings(blanks: dict[str, Path]) -> dict[str, Reading]:
    reference = PROJECT / "data" / "reference"
    values, catalogue = reference_values(load_reference(reference)), load_catalogue()
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
