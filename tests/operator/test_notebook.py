"""The starter notebook runs from its first cell to its last, on both published files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT, Home

NOTEBOOK = PROJECT / "notebooks" / "bat-dau.ipynb"
CELLS = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]


@pytest.mark.parametrize("which", ["warehouse", "public_warehouse"])
def test_the_notebook_runs(
    sample_home: Home, which: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    warehouse: Path = getattr(sample_home, which)
    monkeypatch.setenv("THIDUA_KHO", str(warehouse))
    names: dict[str, object] = {}
    try:
        for cell in CELLS:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), cell["id"], "exec"), names)
    finally:
        names["kho"].close()
    told = capfd.readouterr().out
    assert "ngay_so_lieu" in told
    assert not re.search(r"\b0 rows", told)
    assert {bar.name for bar in names["hinh"].data} >= {"LS-1620", "CB-2125"}


def test_the_notebook_is_kept_without_results() -> None:
    """Results would carry names of persons into the repository."""
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in CELLS)
