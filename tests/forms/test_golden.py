from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.forms.ledger.accounting import account
from pipelines.inbox.document import Unreadable
from tests.forms.golden import HERE, cases, read_case, real_file


def expected_of(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8"))


READABLE = [folder for folder in cases() if "unreadable" not in expected_of(folder)]
UNREADABLE = [folder for folder in cases() if folder not in READABLE]
TABLES = ("parts", "award_rows", "headcount_rows", "records", "fields", "reading_findings", "ignored_cells")


def _subset(row: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in wanted}


@pytest.mark.parametrize("folder", READABLE, ids=lambda path: str(path.relative_to(HERE)))
def test_golden_folder_reads_to_expected_rows(folder: Path) -> None:
    expected = expected_of(folder)
    _, reading = read_case(folder)
    assert reading.form_id == expected.get("form_id")
    assert reading.rows_read == expected.get("rows_read", 0)
    assert reading.nearest_form == expected.get("nearest_form")
    assert list(reading.nearest_lacks) == expected.get("nearest_lacks", [])
    for table in TABLES:
        if table not in expected:
            continue
        wanted = expected[table]
        rows = reading.rows(table)
        if table == "fields":
            names = {item["field"] for item in wanted}
            rows = [row for row in rows if row["field"] in names] if wanted else rows
        assert [_subset(row, item) for row, item in zip(rows, wanted, strict=False)] == wanted
        assert len(rows) == len(wanted)
    if "reading_findings" not in expected:
        assert reading.rows("reading_findings") == []


@pytest.mark.parametrize("folder", READABLE, ids=lambda path: str(path.relative_to(HERE)))
def test_every_cell_of_golden_folder_is_accounted_for(folder: Path) -> None:
    document, reading = read_case(folder)
    accounts = account(document, reading)
    if reading.recognised:
        assert [item for item in accounts if not item.balanced] == []
    if real_file(folder):  # counted by hand: a cell the reader loses is missed by no account of its own
        cells = expected_of(folder).get("cells", {})  # ``null``: lines of running text, if counted
        counted = {item.sheet: item.non_empty for item in accounts if item.sheet or None in cells}
        assert counted == cells


@pytest.mark.parametrize("folder", UNREADABLE, ids=lambda path: str(path.relative_to(HERE)))
def test_broken_golden_file_is_refused_with_its_reason(folder: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read_case(folder)
    assert refused.value.rule_id == expected_of(folder)["unreadable"]
