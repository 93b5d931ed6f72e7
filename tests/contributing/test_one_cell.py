"""The way of one cell, as docs/contributing.md lists it."""

from __future__ import annotations

import re
from itertools import pairwise
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


def test_each_model_reads_the_one_before_it() -> None:
    """From the table of raw rows to the mart, without a gap."""
    models = [path for path in _way() if path.suffix == ".sql"]
    rows = next(path for path in models if path.stem == "int_award_rows")
    assert "ref('stg_raw__award_rows')" in rows.read_text("utf-8")
    for before, model in pairwise(models):
        assert f"ref('{before.stem}')" in model.read_text("utf-8"), f"{model.stem} reads no {before.stem}"
    assert models[-1].stem == "rpt_mau_02"
