"""Packages whose parts go by other names, and workbooks locked with the password Excel itself knows."""

import io
from collections.abc import Callable

import docx
import msoffcrypto.format.ooxml
import openpyxl
import pytest
from inbox_makers import only_grid, reason, saved, unzipped, with_part, xlsx, zipped

from pipelines.inbox.archive import is_archive
from pipelines.inbox.document import CellError
from pipelines.inbox.read import read_document
from tests.fire.other_formats import xlsb

Parts = dict[str, bytes | str]


def renamed(data: bytes, names: dict[str, str]) -> bytes:
    """A package whose parts have other names; relations and content types lead to them."""
    parts: Parts = {}
    for name, part in unzipped(data).items():
        text = bytes(part)  # type: ignore[arg-type]
        for old, new in names.items():
            text = text.replace(old.rsplit("/", 1)[-1].encode(), new.rsplit("/", 1)[-1].encode())
        known = next(
            (old for old in names if name == old or name.endswith(f"/{old.rsplit('/')[-1]}.rels")), ""
        )
        parts[name.replace(known, names[known]) if name == known else _rels(name, known, names)] = text
    return zipped(parts)


def _rels(name: str, known: str, names: dict[str, str]) -> str:
    if not known:
        return name
    return name.replace(known.rsplit("/", 1)[-1], names[known].rsplit("/", 1)[-1])


def backslashes(data: bytes) -> bytes:
    """The names of a package as some programs of Windows store them."""
    stored = zipped({name.replace("/", "\\"): part for name, part in unzipped(data).items()})
    assert b"xl\\" in stored or b"word\\" in stored
    return stored


def capitals(data: bytes) -> bytes:
    return zipped({name.upper(): part for name, part in unzipped(data).items()})


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Năm", 2019])
    book.create_sheet("Hai").append(["nữa"])
    return saved(book.save)


def letter() -> bytes:
    paper = docx.Document()
    paper.sections[0].header.paragraphs[0].text = "UBND TỈNH"
    paper.add_paragraph("TỜ TRÌNH")
    return saved(paper.save)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: renamed(data, {"xl/workbook.xml": "xl/workbook2.xml"}),
        lambda data: renamed(data, {"xl/worksheets/sheet1.xml": "xl/worksheets/trang.xml"}),
        lambda data: renamed(data, {"xl/sharedStrings.xml": "xl/chuoi.xml", "xl/workbook.xml": "xl/so.xml"}),
        backslashes,
        capitals,
    ],
)
def test_workbooks_are_read_by_their_relations(change: Callable[[bytes], bytes]) -> None:
    plain = [grid.rows for grid in read_document("a.xlsx", workbook()).grids]
    data = change(workbook())
    assert not is_archive(data)
    assert [grid.rows for grid in read_document("a.xlsx", data).grids] == plain


@pytest.mark.parametrize(
    "change",
    [
        lambda data: renamed(data, {"word/document.xml": "word/document2.xml"}),
        lambda data: renamed(data, {"word/header1.xml": "word/dau.xml"}),
        backslashes,
        capitals,
    ],
)
def test_papers_are_read_by_their_relations(change: Callable[[bytes], bytes]) -> None:
    document = read_document("a.docx", change(letter()))
    assert [line.text for line in document.paragraphs] == ["TỜ TRÌNH"]
    assert [line.text for line in document.header] == ["UBND TỈNH"]


def test_the_main_part_is_the_one_the_package_names() -> None:
    true, old = letter(), docx.Document()
    old.add_paragraph("BẢN CŨ")
    data = renamed(true, {"word/document.xml": "word/document2.xml"})
    stale = unzipped(saved(old.save))["word/document.xml"]
    document = read_document("a.docx", zipped({**unzipped(data), "word/document.xml": stale}))
    assert [line.text for line in document.paragraphs] == ["TỜ TRÌNH"]


def test_parts_of_one_name_are_refused() -> None:
    parts = unzipped(workbook())
    assert reason("a.xlsx", zipped({**parts, "xl\\workbook.xml": b"<x/>"})) == "RD-HONG"


def locked(data: bytes, password: str) -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def test_the_password_excel_itself_knows_is_none() -> None:
    assert only_grid(read_document("a.xlsx", locked(xlsx(["Năm", 2019]), "VelvetSweatshop"))) == [
        ["Năm", 2019]
    ]
    assert reason("a.xlsx", locked(xlsx(["Năm", 2019]), "bi-mat")) == "RD-MAT-KHAU"


def test_binary_workbooks() -> None:
    (grid,) = read_document("a.xlsb", xlsb()).grids
    assert grid.name == "Danh sách"
    assert grid.rows[0] == ["Năm", 2019]
    assert grid.rows[2][1] == CellError("#N/A")
    assert grid.merges == [(0, 1, 1, 1)]
    assert reason("a.xlsb", xlsb()[:-200]) == "RD-HONG"


def test_a_binary_workbook_whose_sheet_ends_too_early_is_damaged() -> None:
    name = "xl/worksheets/sheet1.bin"
    sheet = unzipped(xlsb())[name]
    assert {reason("a.xlsb", with_part(xlsb(), name, sheet[:size])) for size in (1, 40, 100)} == {"RD-HONG"}
