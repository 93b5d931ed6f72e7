"""A short, seeded run of tests/fire/inputs.py: every broken file has a row and a reason."""

from __future__ import annotations

from pathlib import Path

from pipelines.common.paths import PROJECT
from pipelines.inbox.register import scan
from pipelines.reference.load import load_reference
from pipelines.warehouse.reading import reader_of
from tests.fire import broken_files, inputs


def test_broken_files_have_rows_and_reasons_and_take_little(tmp_path: Path) -> None:
    entries = broken_files.write(tmp_path, 60, seed=20260101)
    files = scan(tmp_path)
    assert len(files) == entries
    figures = inputs.read(files, reader_of(load_reference(PROJECT / "data" / "reference")))
    assert figures.faults == []
    assert figures.files == entries
    assert {told.split()[0] for told in figures.rows} >= {"quarantined", "read", "container"}
