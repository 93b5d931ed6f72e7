import io

import pypdf
from inbox_makers import reason, saved
from reportlab.pdfgen import canvas

from pipelines.inbox.read import read_document


def pdf(*lines: str, pages: int = 1) -> bytes:
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    for _ in range(pages):
        for number, line in enumerate(lines):
            page.drawString(100, 700 - 20 * number, line)
        page.showPage()
    page.save()
    return stream.getvalue()


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("noi dung")))
    writer.encrypt(password, owner_password="chu", algorithm="AES-256")
    return saved(writer.write)


def test_lines_of_the_text_layer() -> None:
    document = read_document("a.pdf", pdf("TO TRINH", "Nam 2020", pages=2))
    assert (document.kind, document.page_count) == ("pdf", 2)
    assert [(block.text, block.within, block.number) for block in document.paragraphs] == [
        ("TO TRINH", "trang 1", 1), ("Nam 2020", "trang 1", 2),
        ("TO TRINH", "trang 2", 1), ("Nam 2020", "trang 2", 2),
    ]  # fmt: skip


def test_without_text_it_is_a_scan() -> None:
    document = read_document("to-trinh.pdf", pdf(pages=3))
    assert (document.kind, document.blocks, document.page_count) == ("scan", [], 3)


def test_passwords() -> None:
    assert reason("a.pdf", encrypted("bi-mat")) == "RD-MAT-KHAU"
    assert read_document("a.pdf", encrypted("")).paragraphs[0].text == "noi dung"


def test_damaged() -> None:
    data = pdf("x")
    assert reason("a.pdf", data[: len(data) // 3]) == "RD-HONG"
    assert reason("a.pdf", b"%PDF-1.7\n%%EOF") == "RD-HONG"
