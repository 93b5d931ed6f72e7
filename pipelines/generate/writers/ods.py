"""Books to .ods (LibreOffice Calc)."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from pipelines.generate.shape import BOLD, BORDERED, CENTRED, ITALIC, WRAPPED, Book, Role, Sheet, Value
from pipelines.generate.writers.package import XML, pack

_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_NS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
        ("fo", "xsl-fo-compatible"), ("number", "datastyle"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_ROLES: tuple[Role, ...] = (
    "title", "subtitle", "note", "sign", "header", "numbering", "section", "body", "total", "plain", "head",
)  # fmt: skip


def write(book: Book) -> bytes:
    """The .ods file of a book."""
    widths = sorted({width for sheet in book.sheets for width in sheet.widths})
    tables = "".join(_table(sheet, widths) for sheet in book.sheets)
    content = (
        f'{XML}<office:document-content {_NS} office:version="1.2"><office:automatic-styles>'
        f"{_styles(widths)}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": _MIME, "META-INF/manifest.xml": manifest, "content.xml": content}
    return pack(parts, stored=frozenset({"mimetype"}))


def _styles(widths: list[float]) -> str:
    columns = "".join(
        f'<style:style style:name="co{n}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 2.3:.1f}mm"/></style:style>'
        for n, width in enumerate(widths)
    )
    return columns + _DATE + "".join(_style(role) for role in _ROLES)


_DATE = (
    '<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    "</number:date-style>"
)


def _style(role: Role) -> str:
    border = ' fo:border="0.5pt solid #000000"' if role in BORDERED else ""
    wrap = ' fo:wrap-option="wrap"' if role in WRAPPED else ""
    text = (' fo:font-weight="bold"' if role in BOLD else "") + (
        ' fo:font-style="italic"' if role in ITALIC else ""
    )
    align = '<style:paragraph-properties fo:text-align="center"/>' if role in CENTRED else ""
    return "".join(
        f'<style:style style:name="{role}{suffix}" style:family="table-cell"{data}>'
        f'<style:table-cell-properties style:vertical-align="top"{border}{wrap}/>{align}'
        f'<style:text-properties style:font-name="Times New Roman" fo:font-family="Times New Roman" '
        f'fo:font-size="13pt"{text}/></style:style>'
        for suffix, data in (("", ""), ("-date", ' style:data-style-name="N1"'))
    )


def _table(sheet: Sheet, widths: list[float]) -> str:
    columns = "".join(f'<table:table-column table:style-name="co{widths.index(w)}"/>' for w in sheet.widths)
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
    covered = {
        (r, c)
        for top, left, bottom, right in sheet.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
    } - set(spans)
    rows = []
    for n, row in enumerate(sheet.rows):
        cells = [
            "<table:covered-table-cell/>" if (n, c) in covered else _cell(value, row.role, spans.get((n, c)))
            for c, value in enumerate(row.values)
        ]
        rows.append(f"<table:table-row>{''.join(cells) or '<table:table-cell/>'}</table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.name)}>{columns}{''.join(rows)}</table:table>"


def _cell(value: Value, role: Role, span: tuple[int, int] | None) -> str:
    spanned = (
        f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    )
    style = f' table:style-name="{role}{"-date" if isinstance(value, date) else ""}"'
    if value is None:
        return f"<table:table-cell{style}{spanned}/>"
    if isinstance(value, date):
        kind, shown = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"', f"{value:%d/%m/%Y}"
    elif isinstance(value, str):
        kind, shown = 'office:value-type="string"', value
    else:
        kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell{style} {kind}{spanned}>{lines}</table:table-cell>"
