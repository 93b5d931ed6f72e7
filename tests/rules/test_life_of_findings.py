"""A finding is new, open, fixed, reopened, waived: over several nights, on the SQL of fct_findings."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.contracts.raw import KEPT
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import append, prepare, replace_tables
from tests.raw_rows import reference

NIGHTS = [date(2026, 1, day) for day in (1, 2, 3, 4)]
# finding → the nights it was seen on (1-based)
SEEN = {"stays": [1, 2, 3, 4], "new": [4], "fixed": [1, 2], "fixed_tonight": [3]}
SEEN |= {"reopened": [1, 2, 4], "waived": [3, 4], "waiver_over": [3, 4]}


def _status(as_of: date) -> dict[str, tuple[str, date | None]]:
    with in_memory() as connection:
        prepare(connection)
        waivers = [
            ("waived", "hội đồng đồng ý", "Ban", date(2026, 1, 4)),
            ("waiver_over", "đã hết", "Ban", date(2026, 1, 3)),
        ]
        schema = {"finding_id": pl.String, "reason": pl.String, "by": pl.String, "until": pl.Date}
        own = {"waivers": pl.DataFrame(waivers, schema=schema, orient="row")}
        replace_tables(connection, "ref", law_tables(reference(), Settings()) | own)
        columns = list(KEPT["quality.finding_nights"])
        rows = [
            {**dict.fromkeys(columns), "as_of": NIGHTS[night - 1], "finding_id": finding, "row_id": "r"}
            for finding, nights in SEEN.items()
            for night in nights
        ]
        text = dict.fromkeys(columns, pl.String) | {"as_of": pl.Date, "source_row": pl.Int32}
        append(connection, "quality.finding_nights", pl.DataFrame(rows, schema=text))
        for night in NIGHTS:
            connection.execute("INSERT INTO quality.nights VALUES (?, 'x')", [night])
        connection.execute("CREATE OR REPLACE TABLE meta.night AS SELECT ?::DATE AS as_of", [as_of])
        build_models(connection, ["fct_findings"])
        found = connection.execute("SELECT finding_id, status, fixed_on FROM marts.fct_findings").fetchall()
    return {finding: (status, fixed_on) for finding, status, fixed_on in found}


def test_the_fourth_night() -> None:
    assert _status(NIGHTS[3]) == {
        "stays": ("open", None),
        "new": ("new", None),
        "fixed": ("fixed", NIGHTS[2]),
        "fixed_tonight": ("fixed", NIGHTS[3]),
        "reopened": ("reopened", None),
        "waived": ("waived", None),
        "waiver_over": ("open", None),
    }


@pytest.mark.parametrize(("night", "status"), [(0, "new"), (1, "open"), (2, "fixed"), (3, "reopened")])
def test_one_finding_through_its_nights(night: int, status: str) -> None:
    """Later nights are not there yet when an earlier one is counted again."""
    assert _status(NIGHTS[night])["reopened"][0] == status


def test_before_it_was_seen() -> None:
    assert "new" not in _status(NIGHTS[2])
