"""PDF files: the lines of their text layer; without one they are scans."""

from __future__ import annotations

import io
import logging

import pypdf
from pypdf.errors import FileNotDecryptedError, PdfReadError

from pipelines.inbox import limits
from pipelines.inbox.document import Block, Document, Paragraph, Unreadable

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports each oddity of each file


def read_pdf(data: bytes) -> Document:
    """Read the text of a PDF file, a line a paragraph.

    Args:
        data: the file's bytes.

    Returns:
        A document of kind ``pdf``, or ``scan`` without blocks when there is no text layer.

    Raises:
        Unreadable: RD-MAT-KHAU, RD-HONG, RD-QUA-LON.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("RD-MAT-KHAU")
        pages = len(reader.pages)
        if pages > limits.PDF_PAGES:
            raise Unreadable("RD-QUA-LON")
        blocks = _lines(reader)
    except Unreadable:
        raise
    except FileNotDecryptedError as error:
        raise Unreadable("RD-MAT-KHAU") from error
    except (PdfReadError, RecursionError, MemoryError) as error:
        raise Unreadable("RD-HONG") from error
    except Exception as error:  # pypdf trusts what objects claim to be; a damaged file raises anything
        raise Unreadable("RD-HONG") from error
    return Document("pdf" if blocks else "scan", blocks, page_count=pages)


def _lines(reader: pypdf.PdfReader) -> list[Block]:
    blocks: list[Block] = []
    characters = 0
    for page_number, page in enumerate(reader.pages, start=1):
        text = page.extract_text().encode("utf-8", "replace").decode()  # no half pairs of UTF-16
        characters += len(text)
        if characters > limits.PDF_CHARACTERS:
            raise Unreadable("RD-QUA-LON")
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                blocks.append(Paragraph(line.strip(), number, within=f"trang {page_number}"))
    return blocks
