"""The committed sample is what the generator writes, and holds what it promises."""

import io
import zipfile
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pytest

from pipelines.generate import layouts
from pipelines.generate.sample import sample_files
from pipelines.reference.load import load_reference

ROOT = Path(__file__).parents[3]
RAW = ROOT / "data/raw"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return sample_files(ROOT / "data/reference")


def content(data: bytes) -> object:
    """The bytes; of a zip package its members, since another zlib packs them otherwise."""
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: content(archive.read(name)) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return "truncated"


def test_the_committed_files_are_the_generated_ones(files):
    committed = {
        path.relative_to(RAW).as_posix(): path.read_bytes() for path in RAW.rglob("*") if path.is_file()
    }
    assert sorted(committed) == sorted(files)
    changed = [path for path, data in files.items() if content(committed[path]) != content(data)]
    assert changed == []


def test_it_covers_programmes_and_formats_and_stays_small(files):
    programmes = Counter(path.split("/")[0] for path in files)
    formats = Counter(Path(path).suffix for path in files)
    assert {"BHXH-2125", "LS-1620", "CB-2125", "HCM-2125"} <= set(programmes)
    assert {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".docx", ".pdf", ".zip"} <= set(formats)
    assert len(files) >= 70
    assert sum(map(len, files.values())) < 3_000_000


def test_every_unit_but_the_wrong_ones_is_in_the_list(files):
    listed = load_reference(ROOT / "data/reference").units.by_code
    units = {path.split("/")[1] for path in files}
    assert units - listed.keys() == {"LS-SO-KHONG-CO"}


def test_data_files_hold_rows_of_one_width():
    for form_id in layouts.read("layouts")["tables"]:
        assert all(len(column) == 3 for column in layouts.table(form_id)["columns"])


def test_the_annexes_use_labels_of_the_list():
    known = {label.label_vi for label in load_reference(ROOT / "data/reference").annex}
    book = RAW / "LS-1620/LS-HUYEN-VAN-LANG/2020-05-28/03 Tom tat thanh tich.xlsx"
    letter = RAW / "CB-2125/CB-HUYEN-UY-HA-QUANG/2022-12-20/bieu dang ky GD1.docx"
    rows = [row[1].value for row in openpyxl.load_workbook(book)["Phụ lục"].iter_rows(min_row=4)]
    rows += [row.cells[1].text for row in docx.Document(str(letter)).tables[2].rows[1:]]
    assert len(rows) > 20
    assert set(rows) <= known
