"""Blank templates, written once for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT
from pipelines.templates import file_name, write_templates
from pipelines.templates.options import plan

REFERENCE = PROJECT / "data" / "reference"


@pytest.fixture(scope="session")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Form, or for papers record, → its blank file; the index is not among them."""
    folder = tmp_path_factory.mktemp("templates")
    write_templates(folder, REFERENCE, PROJECT / "settings.yml")
    books = {entry["form"]: folder / file_name(entry, ".xlsx") for entry in plan()["workbooks"]}
    letters = {entry["record"]: folder / file_name(entry, ".docx") for entry in plan()["letters"]}
    return books | letters
