"""What is printed can be read again: the same rows and numbers, no annex taken for the form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.check.check import Place, check_files
from pipelines.reports.mau_02.content import read_content
from pipelines.reports.mau_02.docx import write_docx
from pipelines.reports.mau_02.form import load_form
from pipelines.reports.mau_02.xlsx import write_xlsx
from tests.mau_02.golden import UNIT, golden_world

# the golden list has awards without a sub-kind: one person is in II.4 and in none of its sub-lines
EXPECTED = {("CP-LS-M02-PHANBO", 2)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("printed")
    home = golden_world().publish(folder / "home")
    form = load_form()
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        content = read_content(connection, form, UNIT, None, "own")
    files = [folder / "mau-02.xlsx", folder / "mau-02.docx"]
    write_xlsx(content, form, files[0])
    write_docx(content, form, files[1])
    return files


def test_printed_files_are_read_as_the_form_and_found_right(printed: list[Path]) -> None:
    place = Place("LS-1620", UNIT)
    for checked in check_files(
        printed, place, date(2020, 6, 5), Path("data/reference"), Path("settings.yml")
    ):
        assert checked.is_read
        assert checked.rows_read == 43
        counted = checked.findings.group_by("rule_id").len()
        assert set(counted.iter_rows()) == EXPECTED
