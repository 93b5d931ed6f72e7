"""Letters to .docx: the same bytes for the same letter; A4, Times New Roman."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from pipelines.generate.shape import BOLD, BORDERED, CENTRED, ITALIC, Letter, Row, Sheet, Text, Value
from pipelines.generate.writers.package import XML, content_types, custom_properties, pack, relations

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument"
_A4 = (11906, 16838)  # twentieths of a point
_MARGINS = (1134, 851, 1134, 1701)  # top, right, bottom, left: Nghị định 30/2020/NĐ-CP, Phụ lục I


def write(letter: Letter) -> bytes:
    """The .docx file of a letter."""
    short, long = _A4
    width, height = (long, short) if letter.landscape else (short, long)
    top, right, bottom, left = _MARGINS
    room = width - left - right
    body = "".join(_text(b) if isinstance(b, Text) else _table(b, room) for b in letter.blocks)
    orientation = ' w:orient="landscape"' if letter.landscape else ""
    document = (
        f'{XML}<w:document xmlns:w="{_MAIN}"><w:body>{body}<w:sectPr>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orientation}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    app = (
        f'{XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Pages>{letter.pages}</Pages></Properties>"
    )
    return pack(
        {
            "[Content_Types].xml": content_types(
                [
                    ("/word/document.xml", f"{_TYPE}.wordprocessingml.document.main+xml"),
                    ("/word/styles.xml", f"{_TYPE}.wordprocessingml.styles+xml"),
                    ("/docProps/app.xml", f"{_TYPE}.extended-properties+xml"),
                    ("/docProps/custom.xml", f"{_TYPE}.custom-properties+xml"),
                ]
            ),
            "_rels/.rels": relations(
                [
                    ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                    ("rId2", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
                    ("rId3", f"{_OFFICE}/custom-properties", "docProps/custom.xml"),
                ]
            ),
            "docProps/app.xml": app,
            "docProps/custom.xml": custom_properties(letter.properties),
            "word/document.xml": document,
            "word/styles.xml": _STYLES,
            "word/_rels/document.xml.rels": relations([("rId1", f"{_OFFICE}/styles", "styles.xml")]),
        }
    )


_STYLES = (
    f'{XML}<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" '
    'w:eastAsia="Times New Roman"/><w:sz w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    "</w:styles>"
)


def _text(text: Text) -> str:
    return _paragraph(text.text, text.bold, text.italic, text.align, text.size, text.font)


def _paragraph(text: str, bold: bool, italic: bool, align: str, size: int, font: str) -> str:
    weight = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    fonts = f"<w:rFonts w:ascii={quoteattr(font)} w:hAnsi={quoteattr(font)} w:cs={quoteattr(font)}/>"
    run = (
        f'<w:r><w:rPr>{fonts}{weight}<w:sz w:val="{size * 2}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{run if text else ""}</w:p>'


def _table(sheet: Sheet, room: int) -> str:
    count = sheet.width()
    shares = (sheet.widths or [1.0] * count)[:count]
    least = sum(shares) / (22 if count > 9 else 14)  # a column takes a word
    shares = [max(share, least) for share in shares]
    widths = [int(room * share / sum(shares)) for share in shares]
    bordered = any(row.role in BORDERED for row in sheet.rows)
    kind = "single" if bordered else "nil"
    edges = "".join(
        f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(sheet, n, row, widths) for n, row in enumerate(sheet.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        + _paragraph("", False, False, "left", 6, "Times New Roman")
    )


def _row(sheet: Sheet, number: int, row: Row, widths: list[int]) -> str:
    repeat = "<w:trPr><w:tblHeader/></w:trPr>" if row.role == "header" else ""
    cells, column = [], 0
    values = row.values + [None] * (len(widths) - len(row.values))
    while column < len(widths):
        top, right = number, column
        for merge in sheet.merges:
            if merge[0] <= number <= merge[2] and merge[1] == column:
                top, right = merge[0], merge[3]
                break
        tall = any(m[0] <= number <= m[2] and m[1] == column and m[2] > m[0] for m in sheet.merges)
        merged = ('<w:vMerge w:val="restart"/>' if top == number else "<w:vMerge/>") if tall else ""
        span = f'<w:gridSpan w:val="{right - column + 1}"/>' if right > column else ""
        width = sum(widths[column : right + 1])
        shown = values[column] if top == number else None
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}</w:tcPr>'
            f"{_cell(shown, row, sheet.fonts.get((number, column)), len(widths) > 9)}</w:tc>"
        )
        column = right + 1
    return f"<w:tr>{repeat}{''.join(cells)}</w:tr>"


def _cell(value: Value, row: Row, font: str | None, narrow: bool) -> str:
    text = as_text(value)
    size = 10 if narrow else 12 if row.role in BORDERED or row.role == "head" else 13
    align = "center" if row.role in CENTRED else "left"
    return "".join(
        _paragraph(line, row.role in BOLD, row.role in ITALIC, align, size, font or "Times New Roman")
        for line in text.split("\n")
    )


def as_text(value: Value) -> str:
    """A value as a clerk types it: dates dd/mm/yyyy, decimal comma."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return str(value)
