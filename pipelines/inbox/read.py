"""Any file a unit may send, told by its content, read into a Document."""

from __future__ import annotations

import re

from pipelines.inbox import limits
from pipelines.inbox.csv import is_text, looks_like_a_table, read_csv
from pipelines.inbox.document import Document, Unreadable
from pipelines.inbox.docx import read_docx
from pipelines.inbox.locked import streams, unlocked
from pipelines.inbox.lost_letters import look_for_lost_letters
from pipelines.inbox.ods import read_ods
from pipelines.inbox.office import as_docx
from pipelines.inbox.opc import usual
from pipelines.inbox.package import Package
from pipelines.inbox.xls import read_xls
from pipelines.inbox.xlsb import WORKBOOK as BINARY_WORKBOOK
from pipelines.inbox.xlsb import read_xlsb
from pipelines.inbox.xlsx import read_xlsx
from pipelines.inbox.xlsx_details import WORKBOOK

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<div")
_RTF = b"{\\rtf"
_TEXT_NAMES = (".csv", ".txt", ".tsv")
_OFFICE_NAMES = (".xlsx", ".xlsm", ".xlsb", ".docx", ".ods", ".odt")
_PDF_WITHIN = 1024
_SPREADSHEET, _TEXT_BODY = re.compile(rb":spreadsheet[\s/>]"), re.compile(rb"office:text[\s/>]")


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
        document = _dispatch(name, data)
        look_for_lost_letters(document)
        return document
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
        return _read_ole(name, data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        from pipelines.inbox.pdf import read_pdf  # its library takes as long to load as all others

        return read_pdf(data)
    if data.startswith(_BIFF) and extension == ".xls":
        return read_xls(data)
    if data.startswith(_RTF):
        return _converted(data, ".rtf")
    return _read_text(name, extension, data)


def _read_text(name: str, extension: str, data: bytes) -> Document:
    """Text, whatever its name says: exports name their tables .xls."""
    head = data[:_PDF_WITHIN].replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_HTML) or (extension in (".xls", ".xlsx", ".doc") and b"<html" in head):
        raise Unreadable("RD-HTML")
    if head.startswith(b"<?xml"):
        raise Unreadable("RD-DINH-DANG-CU")
    if extension in _TEXT_NAMES or looks_like_a_table(data):
        return read_csv(name.replace("\\", "/").rsplit("/", 1)[-1], data)
    if is_text(data):
        raise Unreadable("RD-VAN-BAN", duoi=extension or "không có đuôi")
    raise Unreadable("RD-HONG" if extension in (*_OFFICE_NAMES, ".xls", ".doc", ".pdf") else "RD-DINH-DANG")


def _read_package(data: bytes, extension: str) -> Document:
    data, package = usual(data, Package(data))
    if WORKBOOK in package:
        return read_xlsx(data, package)
    if BINARY_WORKBOOK in package:
        return read_xlsb(data, package)
    if "word/document.xml" in package:
        return read_docx(package)
    if "content.xml" in package and ("mimetype" in package or "META-INF/manifest.xml" in package):
        content = package.read("content.xml")
        if _SPREADSHEET.search(content):
            return read_ods(package)
        if _TEXT_BODY.search(content):
            return _converted(data, ".odt")
        raise Unreadable("RD-DINH-DANG-CU")
    if "[Content_Types].xml" in package or "mimetype" in package:
        raise Unreadable("RD-DINH-DANG-CU")
    raise Unreadable("RD-HONG" if extension in _OFFICE_NAMES else "RD-ZIP-LONG")


def _read_ole(name: str, data: bytes) -> Document:
    held = streams(data)
    if "EncryptedPackage" in held:
        return _dispatch(name, unlocked(data))
    if {name.casefold() for name in held} & {"workbook", "book"}:
        return read_xls(data)
    if "WordDocument" in held:
        return _converted(data, ".doc")
    raise Unreadable("RD-DINH-DANG-CU" if held else "RD-HONG")


def _converted(data: bytes, suffix: str) -> Document:
    """A text file of another format, through LibreOffice where the machine has it."""
    converted = as_docx(data, suffix)
    if converted is None:
        raise Unreadable("RD-DINH-DANG-CU")
    return _read_package(converted, ".docx")
