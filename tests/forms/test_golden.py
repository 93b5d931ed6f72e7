from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.forms.accounting import account
from tests.forms.golden import HERE, cases, read_case

TABLES = ("parts", "award_rows", "headcount_rows", "records", "fields", "reading_findings", "ignored_cells")


def _subset(row: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in wanted}


@pytest.mark.parametrize("folder", cases(), ids=lambda path: str(path.relative_to(HERE)))
def test_golden_folder_reads_to_expected_rows(folder: Path) -> None:
    expected = yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("folder", cases(), ids=lambda path: str(path.relative_to(HERE)))
def test_every_cell_of_golden_folder_is_accounted_for(folder: Path) -> None:
    document, reading = read_case(folder)
    if reading.recognised:
        assert [item for item in account(document, reading) if not item.balanced] == []
