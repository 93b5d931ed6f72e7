"""The ledger balances for every golden file: each part holds what was read, ignored and reported."""

from pathlib import Path

import pytest

from pipelines.forms.ledger.accounting import account
from tests.forms.golden import HERE, read_case
from tests.forms.test_golden import READABLE


@pytest.mark.parametrize("folder", READABLE, ids=lambda path: str(path.relative_to(HERE)))
def test_ledger_of_golden_file_balances(folder: Path) -> None:
    document, reading = read_case(folder)
    if not reading.recognised:
        return
    parts = reading.rows("file_parts")
    wrong = [
        part
        for part in parts
        if part["cells"] != part["cells_read"] + part["cells_ignored"] + part["cells_reported"]
        or min(part["cells_read"], part["cells_ignored"], part["cells_reported"]) < 0
    ]
    assert wrong == []
    unread = {part["part"] for part in parts if part["part_kind"] == "not_read"}
    told = {row["field"] for row in reading.rows("reading_findings") if row["rule_id"] == "RD-CHUA-DOC"}
    assert unread == told
    proved = sum(item.non_empty for item in account(document, reading))
    assert sum(part["cells"] for part in parts) == proved
