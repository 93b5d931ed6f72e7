"""The award list a provincial health service really sent; read where it lies, never copied."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipelines.forms.ledger.accounting import account
from pipelines.forms.read import read_submission
from pipelines.forms.reading import SubmissionContext
from pipelines.inbox.read import read_document
from tests.forms.golden import reference
from tests.raw_rows import known_forms

NAME = "danh-sach-tap-the-lao-dong-tien-tien.xlsx"
PLACES = [parent / "shared/real" / NAME for parent in Path(__file__).resolve().parents]
REAL = next((path for path in PLACES if path.exists()), None)


@pytest.mark.skipif(REAL is None, reason="../shared/real is not beside this checkout")
def test_real_submission_is_read_whole() -> None:
    assert REAL is not None
    document = read_document(NAME, REAL.read_bytes())
    context = SubmissionContext("S", NAME, "LS-1620", "LS-SO-Y-TE", date(2020, 6, 1))
    reading = read_submission(document, context, known_forms(), reference())
    rows = reading.rows("award_rows")
    assert (reading.form_id, reading.rows_read, len(rows)) == ("KT-DS", 386, 386)
    assert {row["recipient_kind"] for row in rows} == {"tap_the"}
    assert {row["award_key"] for row in rows} == {"tập thể lao động tiên tiến"}
    assert {row["award_year"] for row in rows} == {None}
    repeated = [count for count in Counter(row["event_key"] for row in rows).values() if count > 1]
    assert repeated == [2]
    assert all(row["recipient_name"] == row["recipient_name"].strip() for row in rows)
    reasons = {row["source_sheet"]: row["reason"] for row in reading.rows("ignored_cells")}
    assert reasons["Hướng dẫn"] == "trang_tham_chieu"
    assert reasons["HTKT"] == "trang_tham_chieu"
    assert [item for item in account(document, reading) if not item.balanced] == []
