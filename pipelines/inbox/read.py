"""Any file a unit may send, told by its content, read into a Document."""

from __future__ import annotations

from pipelines.inbox import limits
from pipelines.inbox.csv import read_csv
from pipelines.inbox.document import Document, Unreadable
from pipelines.inbox.docx import read_docx
from pipelines.inbox.ods import read_ods
from pipelines.inbox.package import Package
from pipelines.inbox.xls import read_xls
from pipelines.inbox.xlsx import read_xlsx
from pipelines.inbox.xlsx_details import WORKBOOK

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<div")
_OTHER_OFFICE = (b"<?xml", b"{\\rtf")
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_OFFICE_NAMES = (".xlsx", ".xlsm", ".docx", ".ods")
_PDF_WITHIN = 1024


def read_document(name: str, data: bytes) -> Document:
    """Read one file, or one member of a zip archive.

    Args:
        name: its file name; the extension decides only where the content does not.
        data: its bytes.

    Raises:
        Unreadable: with a rule id of data/reference/reading_rules.yml.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("RD-RONG")
    if len(data) > limits.FILE_BYTES:
        raise Unreadable("RD-QUA-LON")
    try:
        return _dispatch(name, data)
    except (MemoryError, RecursionError) as error:
        raise Unreadable("RD-QUA-LON") from error


def is_zip(data: bytes) -> bool:
    """Whether a file is a zip container of any kind."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def _dispatch(name: str, data: bytes) -> Document:
    extension = name[name.rfind(".") :].lower() if "." in name else ""
    if is_zip(data):
        return _read_package(data, extension)
    if data.startswith(_OLE):
        return _read_ole(data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        from pipelines.inbox.pdf import read_pdf  # its library takes as long to load as all others

        return read_pdf(data)
    head = data[:_PDF_WITHIN].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_HTML) or (extension in (".xls", ".xlsx", ".doc") and b"<html" in head):
        raise Unreadable("RD-HTML")
    if data.startswith(_BIFF) and extension == ".xls":
        return read_xls(data)
    if head.startswith(_OTHER_OFFICE):
        raise Unreadable("RD-DINH-DANG-CU")
    if extension in _TEXT_NAMES:
        return read_csv(name.replace("\\", "/").rsplit("/", 1)[-1], data)
    raise Unreadable("RD-HONG" if extension in (*_OFFICE_NAMES, ".pdf") else "RD-DINH-DANG")


def _read_package(data: bytes, extension: str) -> Document:
    package = Package(data)
    names = package.names
    if WORKBOOK in names:
        return read_xlsx(data, package)
    if "word/document.xml" in names:
        return read_docx(package)
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" in package.read("mimetype"):
            return read_ods(package)
        raise Unreadable("RD-DINH-DANG-CU")
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise Unreadable("RD-DINH-DANG-CU")
    raise Unreadable("RD-HONG" if extension in _OFFICE_NAMES else "RD-ZIP-LONG")


def _read_ole(data: bytes) -> Document:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("RD-MAT-KHAU")
    if "WordDocument".encode("utf-16-le") in data:
        raise Unreadable("RD-DINH-DANG-CU")
    if any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book", "WORKBOOK", "BOOK")):
        return read_xls(data)
    raise Unreadable("RD-HONG")
