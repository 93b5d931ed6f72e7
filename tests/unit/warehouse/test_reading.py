"""Files read by several processes, one of which a file kills."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.common.paths import PROJECT
from pipelines.inbox.register import RawFile
from pipelines.warehouse import reading
from pipelines.warehouse.read_file import ReadItem

LIST = """"SỐ LƯỢNG TẬP THỂ, CÁ NHÂN"
Năm,Tổng số tập thể,Tổng số cá nhân,Lao động trực tiếp,Lãnh đạo,Số hộ gia đình
2019,3,40,30,5,0
"""


class Deadly(RawFile):
    """A file that ends the process it comes to."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


def _item(folder: Path, name: str, kind: type[RawFile] = RawFile) -> ReadItem:
    path = folder / f"{name}.csv"
    path.write_text(LIST, "utf-8")
    source = f"LS-1620/LS-SO-Y-TE/2020-05-02/{path.name}"
    file = kind(source, path, "LS-1620", "LS-SO-Y-TE", date(2020, 5, 2), path.stat().st_size, 0)
    return ReadItem(file, name, name, None, {}, waiting=False)


def test_a_file_that_kills_its_process_is_set_aside_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_FILES", 1)
    monkeypatch.setattr(reading, "FEW", 1)
    monkeypatch.setattr(reading, "FEW_PLAIN", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    items = [_item(tmp_path, "giet", Deadly), _item(tmp_path, "mot"), _item(tmp_path, "hai")]
    chunks = list(reading.read_all(items, PROJECT / "data" / "reference"))
    rows = pl.concat(chunk.tables["submissions"] for chunk in chunks).sort("submission_id")
    assert rows.select("submission_id", "intake", "rule_id").rows() == [
        ("giet", "quarantined", "RD-LOI-DOC"),
        ("hai", "read", None),
        ("mot", "read", None),
    ]
    assert sum(chunk.rows_read for chunk in chunks) == 2


def test_chunks_grow_smaller_and_never_hold_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [_item(tmp_path, f"{number:03d}") for number in range(300)]
    sizes = [len(chunk) for chunk in reading.chunks_of(items, 2)]
    assert (sum(sizes), sizes[0], sizes[-2], sizes[-1]) == (300, 37, 4, 2)
    assert sizes == sorted(sizes, reverse=True)
    monkeypatch.setattr(reading, "MOST_BYTES", 2 * items[0].file.byte_size)
    chunks = list(reading.chunks_of(items, 2))
    assert max(map(len, chunks)) == 2
    assert [item for chunk in chunks for item in chunk] == items
