"""What became of a file: the journal tells what came, the published night what for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb

from pipelines.arrival.receiving import RECEIVED, Receiving, Sent
from pipelines.arrival.states import sent_files
from pipelines.night.request import NightRequest
from pipelines.reference.settings import Arrival


def test_each_file_has_the_state_of_the_published_night(tmp_path: Path) -> None:
    request = NightRequest.make(raw=tmp_path / "raw", home=tmp_path / "home")
    door = Receiving(request, Arrival())
    states = ("accepted", "superseded", "duplicate", "quarantined", "unrecognised", None)
    receipts = [
        door.receive(Sent("LS-1620", "LS-SO-Y-TE", f"{number}.xlsx", str(number).encode(), "a", "page"))
        for number in range(len(states))
    ]
    entries, warehouse = door.journal.entries(RECEIVED), request.home.warehouse
    assert {one.state for one in sent_files(entries, warehouse, receipts[0].at)} == {"waiting"}
    after = receipts[0].night + timedelta(minutes=1)
    assert {one.state for one in sent_files(entries, warehouse, after)} == {"received"}
    warehouse.parent.mkdir()
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("CREATE SCHEMA marts")
        connection.execute(
            "CREATE TABLE marts.fct_submissions "
            "(source_file VARCHAR, status VARCHAR, reason VARCHAR, rows_read INT)"
        )
        for receipt, state in zip(receipts, states, strict=True):
            if state:
                connection.execute(
                    "INSERT INTO marts.fct_submissions VALUES (?, ?, 'vì sao', 9)",
                    [receipt.source_file, state],
                )
    told = sent_files(entries, warehouse, after)
    assert [one.state for one in told] == ["received", "unread", "unread", "replaced", "replaced", "used"]
    assert told[-1].rows == 9
    assert sent_files(entries, warehouse, receipts[0].at)[0].state == "waiting"
