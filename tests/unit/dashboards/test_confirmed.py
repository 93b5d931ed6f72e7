"""«n/m quy tắc đã được xác nhận» is a figure of the night: the mart, the book and the pages say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from dashboards.confirmed import confirmed
from dashboards.snapshot import Snapshot
from pipelines.common.paths import PROJECT
from pipelines.reference.load import load_reference
from pipelines.reference.models.confirmations import Confirmation
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.rules.book import Chapter, book
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import prepare, replace_tables

REFERENCE = PROJECT / "data" / "reference"
CONFIRMED = ("CP-LS-DOITUONG", "G-HCM-FIELD", "POL-PCT-DENOM", "Q-LS-CONG-AN-TT", "RD-COT-GAN")


@pytest.fixture(scope="module")
def known() -> Reference:
    reference = load_reference(REFERENCE)
    said = {rule: Confirmation(rule=rule, by="Phòng Nghiệp vụ", on=date(2026, 3, 5)) for rule in CONFIRMED}
    return replace(reference, confirmations=said)


@pytest.fixture(scope="module")
def counted(known: Reference) -> duckdb.DuckDBPyConnection:
    connection = in_memory()
    prepare(connection)
    replace_tables(connection, "ref", law_tables(known, Settings()))
    build_models(connection, ["rpt_rule_confirmations"])
    connection.execute("USE thidua.marts")
    return connection


@pytest.fixture(scope="module")
def chapters(known: Reference) -> list[Chapter]:
    return book(known, law_tables(known, Settings()), REFERENCE)


def test_the_mart_counts_what_the_book_holds(
    counted: duckdb.DuckDBPyConnection, chapters: list[Chapter]
) -> None:
    marts = counted.execute(
        "SELECT chapter_id, rules, confirmed FROM rpt_rule_confirmations WHERE kind = 'all'"
    ).fetchall()
    parts = counted.execute(
        "SELECT chapter_id, sum(rules), sum(confirmed) FROM rpt_rule_confirmations WHERE kind <> 'all' "
        "GROUP BY chapter_id"
    ).fetchall()
    assert sorted(parts) == sorted(row for row in marts if row[0] != "all")
    held = Counter({chapter.id: len(chapter.entries) for chapter in chapters})
    done = Counter({chapter.id: chapter.confirmed for chapter in chapters})
    assert {chapter: (rules, sure) for chapter, rules, sure in marts} == {
        name: (held[name], done[name]) for name in held
    } | {"all": (held.total(), done.total())}
    assert done.total() == len(CONFIRMED)


def test_pages_print_the_mart(counted: duckdb.DuckDBPyConnection, chapters: list[Chapter]) -> None:
    snapshot = Snapshot(counted)
    total = f"{sum(len(chapter.entries) for chapter in chapters):,}".replace(",", ".")
    said = confirmed(snapshot).striptags()
    assert said == f"{len(CONFIRMED)}/{total} quy tắc đã được xác nhận."
    policies = next(chapter for chapter in chapters if chapter.id == "policies")
    said = confirmed(snapshot, "policies").striptags()
    assert said == f"1/{len(policies.entries)} quy tắc đã được xác nhận."
