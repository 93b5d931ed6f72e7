"""Old and other text formats go through LibreOffice where the machine has it; else the unit is told."""

import docx
import pytest
from inbox_makers import reason, saved

from pipelines.inbox import office
from pipelines.inbox.read import read_document

RTF = (
    rb"{\rtf1\ansi\uc1 T\u7900?TR\u204?NH\par "
    rb"\trowd\cellx2000\cellx4000 STT\intbl\cell T\u234?n\intbl\cell\row"
    rb"\trowd\cellx2000\cellx4000 1\intbl\cell An\intbl\cell\row \par}"
)


@pytest.mark.skipif(office.program() is None, reason="no LibreOffice on this machine")
def test_rich_text_is_read() -> None:
    document = read_document("a.doc", RTF)
    assert "TR" in document.paragraphs[0].text
    assert [row[:2] for row in document.grids[0].rows] == [["STT", "Tên"], ["1", "An"]]


def test_without_the_program_the_unit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    assert reason("a.rtf", RTF) == "RD-DINH-DANG-CU"


def test_a_program_that_fails_or_hangs_ends_in_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "cut_off", tuple)
    monkeypatch.setattr(office.limits, "OFFICE_SECONDS", 1)
    monkeypatch.setattr(office, "program", lambda: "/bin/false")
    assert office.as_docx(b"x", ".doc") is None
    monkeypatch.setattr(office, "program", lambda: "/usr/bin/yes")
    assert office.as_docx(b"x", ".doc") is None


def test_its_result_is_parsed_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    paper = docx.Document()
    paper.add_paragraph("BIÊN BẢN")
    monkeypatch.setattr("pipelines.inbox.read.as_docx", lambda data, suffix: saved(paper.save))
    assert read_document("a.rtf", RTF).paragraphs[0].text == "BIÊN BẢN"
    monkeypatch.setattr("pipelines.inbox.read.as_docx", lambda data, suffix: b"PK\x03\x04 hong")
    assert reason("a.rtf", RTF) == "RD-HONG"
