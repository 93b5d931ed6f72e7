import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from inbox_makers import saved, unzipped, with_part
from PIL import Image

from pipelines.inbox.document import Document, Grid, Paragraph
from pipelines.inbox.read import read_document

BOX = (
    "<w:r {0}><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p>"
    "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r>"
    "<w:t>trong khung</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def read(word: object) -> Document:
    return read_document("a.docx", saved(word.save))  # type: ignore[attr-defined]


def element(xml: str) -> object:
    return parse_xml(xml.format(nsdecls("w")))


def picture() -> io.BytesIO:
    return io.BytesIO(saved(lambda stream: Image.new("RGB", (4, 4)).save(stream, "PNG")))


def test_paragraphs_and_tables_in_order() -> None:
    word = docx.Document()
    word.add_paragraph("BÁO CÁO")
    word.add_paragraph("")
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Năm", "Kết quả\nxếp loại"
    paragraph = word.add_paragraph("Họ và tên:")
    paragraph.add_run("\tNguyễn Văn A")
    document = read(word)
    first, grid, last = document.blocks
    assert document.kind == "word"
    assert document.page_count is None  # python-docx notes a page of no words: that of its template
    assert first == Paragraph("BÁO CÁO", 1)
    assert isinstance(grid, Grid)
    assert (grid.name, grid.rows, grid.has_addresses) == ("Bảng 1", [["Năm", "Kết quả\nxếp loại"]], False)
    assert last == Paragraph("Họ và tên:\tNguyễn Văn A", 3)


def test_merged_cells_across_and_down() -> None:
    word = docx.Document()
    table = word.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "ngang"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "dọc"
    table.cell(1, 2).merge(table.cell(2, 3)).text = "cả hai"
    table.cell(3, 3).text = "cuối"
    (grid,) = read(word).grids
    assert grid.merges == [(0, 0, 0, 2), (1, 0, 2, 0), (1, 2, 2, 3)]
    assert grid.rows == [
        ["ngang", "", "", ""], ["dọc", "", "cả hai", ""], ["", "", "", ""], ["", "", "", "cuối"],
    ]  # fmt: skip


def test_old_fonts_of_runs_styles_and_defaults() -> None:
    word = docx.Document()
    style = word.styles.add_style("Cu", 1)
    style.font.name = ".VnTime"
    child = word.styles.add_style("Cu con", 1)
    child.base_style = style
    paragraph = word.add_paragraph()
    paragraph.add_run("TuÊn").font.name = ".VnTime"
    paragraph.add_run(" Đặng à")
    word.add_paragraph("NguyÔn", style="Cu con")
    word.add_paragraph("à", style="Normal")
    table = word.add_table(1, 1)
    table.cell(0, 0).paragraphs[0].add_run("®Æng").font.name = ".VnTimeH"
    document = read(word)
    assert [block.text for block in document.paragraphs] == ["Tuấn Đặng à", "Nguyễn", "à"]
    assert [block.original for block in document.paragraphs] == ["TuÊn Đặng à", "NguyÔn", None]
    assert document.grids[0].rows == [["ĐẶNG"]]
    assert document.grids[0].originals == {(0, 0): "®Æng"}


def test_the_default_font_of_the_file_counts() -> None:
    word = docx.Document()
    word.styles["Normal"].font.name = ".VnTime"
    word.add_paragraph("L¹ng S¬n")
    assert read(word).paragraphs[0].text == "Lạng Sơn"


def test_pictures_mark_their_place() -> None:
    word = docx.Document()
    word.add_paragraph("THỦ TRƯỞNG ĐƠN VỊ")
    word.add_picture(picture())
    table = word.add_table(2, 1)
    table.cell(1, 0).paragraphs[0].add_run().add_picture(picture())
    document = read(word)
    assert [block.picture for block in document.paragraphs] == [False, True]
    assert document.grids[0].pictures == [1]


def test_deletions_are_left_out_insertions_and_boxes_are_kept() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("giữ")
    paragraph._p.append(element("<w:del {0}><w:r><w:delText>bỏ</w:delText></w:r></w:del>"))
    paragraph._p.append(element("<w:ins {0}><w:r><w:t> thêm</w:t></w:r></w:ins>"))
    paragraph._p.append(
        element('<w:r {0}><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:char="D800"/></w:r>')
    )
    paragraph._p.append(element(BOX))
    assert [block.text for block in read(word).paragraphs] == ["giữ thêm\uf0fe", "trong khung"]


def test_content_controls_and_nested_tables_are_not_lost() -> None:
    word = docx.Document()
    body = word.element.body
    control = "<w:sdt {0}><w:sdtContent><w:p><w:r><w:t>trong ô chọn</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    body.insert(0, element(control))
    table = word.add_table(1, 1)
    inner = table.cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = "bảng trong"
    table.cell(0, 0).paragraphs[0].text = "ngoài"
    document = read(word)
    assert document.paragraphs[0].text == "trong ô chọn"
    assert [grid.rows for grid in document.grids] == [[["ngoài"]], [["bảng trong"]]]


def test_a_strict_file_reads_alike() -> None:
    word = docx.Document()
    word.add_paragraph("nội dung")
    data = saved(word.save)
    main = bytes(unzipped(data)["word/document.xml"])  # type: ignore[arg-type]
    strict = main.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    document = read_document("a.docx", with_part(data, "word/document.xml", strict))
    assert document.paragraphs[0].text == "nội dung"


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a"])
def test_the_content_decides_not_the_name(name: str) -> None:
    word = docx.Document()
    word.add_paragraph("x")
    assert read_document(name, saved(word.save)).kind == "word"
