"""The way of one cell, as docs/contributing.md lists it."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.common.paths import PROJECT
from tests.contributing.conftest import PAGE

MOST = 30


def _way() -> list[Path]:
    section = PAGE.read_text("utf-8").split('<a id="one-cell"></a>', 1)[1]
    return [PROJECT / path for path in re.findall(r"^\| \d+ \| `([^`]+)` \|", section, re.MULTILINE)]


def test_it_is_short_and_every_file_is_there() -> None:
    way = _way()
    assert len(way) == len(set(way)) <= MOST
    assert [path for path in way if not path.is_file()] == []


def test_each_model_reads_one_above_it() -> None:
    """From the table of raw rows to the mart: each reads one of those above it."""
    models = [path for path in _way() if path.suffix == ".sql"]
    rows = next(path for path in models if path.stem == "int_listed_awards")
    assert "ref('stg_raw__award_rows')" in rows.read_text("utf-8")
    for number, model in enumerate(models[1:], 1):
        text = model.read_text("utf-8")
        assert any(f"ref('{before.stem}')" in text for before in models[:number]), model.stem
    assert models[-1].stem == "rpt_mau_02"
