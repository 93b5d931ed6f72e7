"""A record template that a clerk fills in comes back with exactly what was written, field by field."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import pytest

from pipelines.common.paths import PROJECT
from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.values.reference_values import ReferenceValues, reference_values
from pipelines.forms.values.typed import FILLED
from pipelines.inbox.read import read_document
from pipelines.reference.load import load_reference
from tests.raw_rows import known_forms

REFERENCE = PROJECT / "data" / "reference"
RECORDS = {
    "BHXH-M01": ("BHXH-2125", 12),
    "BHXH-M02": ("BHXH-2125", 11),
    "LS-M01": ("LS-1620", 29),
    "LS-M04": ("LS-1620", 20),
    "ND91-TT-CN": ("LS-1620", 6),
    "ND91-TT-TT": ("LS-1620", 4),
}
"""Template -> its programme and how many places it has to fill in."""
_OPEN = re.compile(r":\s*(?=;|$|\s{3})")
_BIRTH = re.compile(r"(ngày, tháng, năm(?: sinh)?): \S+", re.IGNORECASE)


@pytest.fixture(scope="module")
def values() -> ReferenceValues:
    return reference_values(load_reference(REFERENCE))


def _fill(path: Path, target: Path) -> int:
    """Write ``ghi-1``, ``ghi-2``, … behind each label with a colon and on each blank line; how many."""
    document = docx.Document(str(path))
    written = 0
    body, text = False, ""
    for paragraph in document.paragraphs:
        above, text = text, paragraph.text
        body = body or text.startswith(("Nêu khái quát", "I. "))
        if text.startswith(("III. KẾT QUẢ XẾP LOẠI", "Phụ lục")):
            break
        if not body:
            continue
        parts = _OPEN.split(text)
        filled = "".join(f"{part}: ghi-{written + number}" for number, part in enumerate(parts[:-1], start=1))
        written += len(parts) - 1
        if above.strip() and not text.strip():
            written += 1
            filled = f"ghi-{written}"
        if filled:
            whole = _BIRTH.sub(r"\1: 05/02/1980", filled + parts[-1])
            paragraph.clear()
            paragraph.add_run(whole)
    document.save(str(target))
    return written


def _read(path: Path, programme: str, values: ReferenceValues) -> Reading:
    context = SubmissionContext("x", path.name, programme, "U", date(2020, 6, 1))
    document = read_document(path.name, path.read_bytes())
    return read_submission(document, context, known_forms(), values)


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_written_comes_back(
    name: str, blanks: dict[str, Path], tmp_path: Path, values: ReferenceValues
) -> None:
    programme, places = RECORDS[name]
    filled = tmp_path / blanks[name].name
    assert _fill(blanks[name], filled) == places
    reading = _read(filled, programme, values)
    fields = reading.rows("fields")
    told = {row["text_raw"]: row["cell"] for row in fields if row["text_raw"].startswith("ghi-")}
    dated = [row["value_date"] for row in fields if row["field"] == "ngay_sinh"]
    # of what no rule needs only that it was filled in is kept
    filled_in = [row for row in fields if row["text_raw"] == FILLED]
    assert len(told) + len(dated) + len(filled_in) == places
    assert all(told.values())
    assert dated == ([date(1980, 2, 5)] if dated else [])
    assert reading.rows("reading_findings") == []
