"""Files a unit may take away: its mẫu 02, its letter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb

from pipelines.arrival.accounts.account import Place
from pipelines.common.paths import Home
from pipelines.common.processes import temporary_folder
from pipelines.reports.mau_02.content import CannotPrint, night_line, read_content
from pipelines.reports.mau_02.docx import write_docx
from pipelines.reports.mau_02.form import load_form
from pipelines.reports.mau_02.xlsx import write_xlsx
from pipelines.reports.places import letter_path

FORMATS = {"xlsx": write_xlsx, "docx": write_docx}


def mau_02(home: Home, place: Place, kind: str) -> bytes | None:
    """A unit's own table of the published night; None where it has none."""
    if not home.warehouse.exists():
        return None
    form = load_form()
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        try:
            found = read_content(connection, form, place.unit_code, place.programme_id, "own")
        except CannotPrint:
            return None
        content = replace(found, night=night_line(connection))
    with temporary_folder() as folder:
        path = folder / f"mau-02.{kind}"
        FORMATS[kind](content, form, path)
        return path.read_bytes()


def letter(home: Home, place: Place) -> Path | None:
    """The letter of the published night to a unit; None where there is none."""
    if not home.warehouse.exists():
        return None
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        ((as_of,),) = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()
    path = letter_path(home.reports(as_of), place.programme_id, place.unit_code)
    return path if path.is_file() else None
