"""A reader that loses, moves or spoils what it read is caught by the night's check of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import duckdb
import pytest

from benchmarks.losses.cases import PROGRAMMES, Base
from expectations.adapter import run_checkpoint
from expectations.measures import Ground, checks_of
from expectations.suite import expectations_of
from pipelines.forms.read import read_submission
from pipelines.forms.reading import Columns, Reading, SubmissionContext, frames
from pipelines.generate.writers import write_book
from pipelines.inbox.read import read_document
from tests.forms.golden import reference
from tests.raw_rows import known_forms

TEXTS = ("recipient_name", "workplace", "award_raw", "decision_no", "kind_raw", "text_raw")
Break = Callable[[Columns, int, Random], None]


def loses_a_row(columns: Columns, length: int, chance: Random) -> None:
    """One row is not written."""
    lost = chance.randrange(length)
    for cells in columns.values():
        if cells:
            del cells[lost]


def empties_a_value(columns: Columns, length: int, chance: Random) -> None:
    """One text is lost."""
    places = [(name, n) for name in TEXTS for n, text in enumerate(columns.get(name) or []) if text]
    name, number = chance.choice(places)
    columns[name][number] = None


def takes_another_cell(columns: Columns, length: int, chance: Random) -> None:
    """One text is that of another cell."""
    places = [(name, n) for name in TEXTS for n, text in enumerate(columns.get(name) or []) if text]
    name, number = chance.choice(places)
    columns[name][number] = "Chữ của ô khác"


def names_another_row(columns: Columns, length: int, chance: Random) -> None:
    """Rows are said to stand one row below theirs."""
    columns["source_row"] = [row + 1 for row in columns["source_row"]]
    columns["cells"] = [None] * len(columns["cells"])


def read(form: str, suffix: str, variant: int) -> Reading:
    base = Base(form, variant)
    name = f"danh-sach{suffix}"
    context = SubmissionContext("S", name, PROGRAMMES[form], "U", date(2025, 6, 1))
    document = read_document(name, write_book(base.book(), suffix))
    return read_submission(document, context, known_forms(), reference())


def failing(reading: Reading) -> int:
    """How many parts the night's check of the ledger finds unbalanced."""
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA raw")
    parts = frames([reading])["file_parts"]
    connection.register("parts", parts)
    connection.execute("CREATE TABLE raw.file_parts AS FROM parts")
    (ledger,) = (one for one in expectations_of("reading") if one.id == "ledger_balances")
    assert ledger.blocking
    failed = run_checkpoint("reading", checks_of(Ground(connection, date(2025, 6, 1)), ledger))
    return sum(map(len, failed.values()))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "change",
    [loses_a_row, empties_a_value, takes_another_cell, names_another_row],
    ids=lambda each: each.__name__,
)
def test_a_list_read_wrongly_does_not_balance(
    change: Break, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(f"{change.__name__}:{seed}")
    form, suffix, variant = (
        chance.choice(("KT-DS", "LS-DSDN")),
        chance.choice((".xlsx", ".ods", ".docx")),
        seed % 3,
    )
    assert failing(read(form, suffix, variant)) == 0
    whole = Reading.extend

    def broken(self: Reading, table: str, columns: Columns, length: int) -> None:
        before = len(self.tables[table]["submission_id"])
        whole(self, table, columns, length)
        if table == "award_rows":
            written = {name: cells[before:] for name, cells in self.tables[table].items()}
            change(written, length, chance)
            for name, cells in written.items():
                self.tables[table][name][before:] = cells

    monkeypatch.setattr(Reading, "extend", broken)
    assert failing(read(form, suffix, variant)) == 1


@pytest.mark.parametrize("form", ["BHXH-DSDK", "LS-M03", "HCM-DSDK"])
def test_records_read_wrongly_do_not_balance(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failing(read(form, ".xlsx", 1)) == 0
    chance = Random(form)
    whole = Reading.add

    def broken(self: Reading, table: str, **values: Any) -> None:
        if table == "fields" and values["cell"] and chance.random() < 0.2:
            values["text_raw"] = "Chữ của ô khác"
        whole(self, table, **values)

    monkeypatch.setattr(Reading, "add", broken)
    assert failing(read(form, ".xlsx", 1)) == 1
