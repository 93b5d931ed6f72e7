"""Books to .xlsx: fast, the same bytes for the same book; A4, Times New Roman 13, one page wide."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from pipelines.generate.shape import (
    BOLD,
    BORDERED,
    CENTRED,
    ITALIC,
    WRAPPED,
    Book,
    Role,
    Sheet,
    Value,
    fitted_lines,
)
from pipelines.generate.writers.package import XML, content_types, custom_properties, pack, relations

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FONT = "Times New Roman"
_LINE = 17  # points a line of size 13 takes
_LISTS = "Danh mục"
_INLINE_LIMIT = 250  # Excel allows 255 characters in a list written into the cell's rule
StyleKey = tuple[Role, str, bool]
"""Role of the row, font, is a date."""


def write(book: Book, macros: bool = False) -> bytes:
    """The .xlsx file of a book; with ``macros`` an .xlsm, which has none in it."""
    main = "application/vnd.ms-excel.sheet.macroEnabled" if macros else f"{_TYPE}.sheet"
    lists: list[tuple[str, ...]] = []
    styles: dict[StyleKey, int] = {("plain", _FONT, False): 0}
    bodies = [_sheet(sheet, styles, lists, n == 0) for n, sheet in enumerate(book.sheets)]
    names = [(sheet.name, sheet.hidden) for sheet in book.sheets]
    if lists:
        bodies.append(_list_sheet(lists))
        names.append((_LISTS, True))
    numbers = range(1, len(bodies) + 1)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(
            [("/xl/workbook.xml", f"{main}.main+xml"), ("/xl/styles.xml", f"{_TYPE}.styles+xml")]
            + [(f"/xl/worksheets/sheet{n}.xml", f"{_TYPE}.worksheet+xml") for n in numbers]
            + [
                (
                    "/docProps/custom.xml",
                    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
                )
            ]
        ),
        "_rels/.rels": relations(
            [
                ("rId1", f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
                ("rId2", f"{_OFFICE}/custom-properties", "docProps/custom.xml"),
            ]
        ),
        "docProps/custom.xml": custom_properties(book.properties),
        "xl/workbook.xml": _workbook(names, book.sheets),
        "xl/_rels/workbook.xml.rels": relations(
            [(f"rId{n}", f"{_OFFICE}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
            + [(f"rId{len(bodies) + 1}", f"{_OFFICE}/styles", "styles.xml")]
        ),
        "xl/styles.xml": _styles(styles),
    }
    for number, body in zip(numbers, bodies, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = body
    return pack(parts)


def column_letter(column: int) -> str:
    """Zero-based column -> letters."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _workbook(names: list[tuple[str, bool]], sheets: list[Sheet]) -> str:
    entries = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" state="{"hidden" if hidden else "visible"}" '
        f'r:id="rId{n}"/>'
        for n, (name, hidden) in enumerate(names, start=1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">{escape(_quoted(sheet.name))}!'
        f"${_header_start(sheet) + 1}:${sheet.fixed_rows()}</definedName>"
        for n, sheet in enumerate(sheets)
        if sheet.fixed_rows()
    )
    defined = f"<definedNames>{titles}</definedNames>" if titles else ""
    return (
        f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets>{defined}</workbook>'
    )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _header_start(sheet: Sheet) -> int:
    return next(n for n, row in enumerate(sheet.rows) if row.role in ("header", "numbering"))


def _sheet(sheet: Sheet, styles: dict[StyleKey, int], lists: list[tuple[str, ...]], first: bool) -> str:
    end = sheet.fixed_rows()
    pane = (
        f'<pane ySplit="{end}" topLeftCell="A{end + 1}" activePane="bottomLeft" state="frozen"/>'
        if end
        else ""
    )
    selected = ' tabSelected="1"' if first else ""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, 1)
    )
    rows = "".join(_row(sheet, n, styles) for n in range(len(sheet.rows)))
    merges = "".join(
        f'<mergeCell ref="{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"/>'
        for top, left, bottom, right in sheet.merges
    )
    orientation = "landscape" if sheet.landscape else "portrait"
    return "".join(
        [
            f'{XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            f'<sheetViews><sheetView workbookViewId="0"{selected}>{pane}</sheetView></sheetViews>',
            f"<cols>{widths}</cols>" if widths else "",
            f"<sheetData>{rows}</sheetData>",
            f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>' if merges else "",
            _validations(sheet, lists),
            '<pageMargins left="0.8" right="0.6" top="0.8" bottom="0.8" header="0.4" footer="0.4"/>',
            f'<pageSetup paperSize="9" orientation="{orientation}" fitToWidth="1" fitToHeight="0"/>',
            "</worksheet>",
        ]
    )


def _row(sheet: Sheet, number: int, styles: dict[StyleKey, int]) -> str:
    row = sheet.rows[number]
    cells = []
    for column, value in enumerate(row.values):
        key = (row.role, sheet.fonts.get((number, column), _FONT), isinstance(value, date))
        style = styles.setdefault(key, len(styles))
        place = f"{column_letter(column)}{number + 1}"
        if formula := sheet.formulas.get((number, column)):
            cells.append(f'<c r="{place}" s="{style}" t="str"><f>{escape(formula)}</f><v></v></c>')
        elif value is not None or row.role in BORDERED:
            cells.append(_cell(place, value, style))
    height = _LINE * fitted_lines(sheet, number) + 2
    return f'<row r="{number + 1}" ht="{height}" customHeight="1">{"".join(cells)}</row>'


def _cell(place: str, value: Value, style: int) -> str:
    if value is None:
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        text = f'<t xml:space="preserve">{escape(value)}</t>'
        return f'<c r="{place}" s="{style}" t="inlineStr"><is>{text}</is></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{style}"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _validations(sheet: Sheet, lists: list[tuple[str, ...]]) -> str:
    if not sheet.choices:
        return ""
    rules = []
    for choice in sheet.choices:
        letter = column_letter(choice.column)
        area = f"{letter}{choice.top + 1}:{letter}{choice.bottom + 1}"
        joined = ",".join(choice.options)
        if len(joined) <= _INLINE_LIMIT and not any("," in option for option in choice.options):
            formula = f'"{joined}"'
        else:
            if choice.options not in lists:
                lists.append(choice.options)
            source = column_letter(lists.index(choice.options))
            formula = f"{_quoted(_LISTS)}!${source}$1:${source}${len(choice.options)}"
        rules.append(
            f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="warning" '
            f'sqref="{area}"><formula1>{escape(formula)}</formula1></dataValidation>'
        )
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'


def _list_sheet(lists: list[tuple[str, ...]]) -> str:
    depth = max(map(len, lists))
    rows = "".join(
        f'<row r="{n + 1}">'
        + "".join(
            _cell(f"{column_letter(c)}{n + 1}", options[n], 0)
            for c, options in enumerate(lists)
            if n < len(options)
        )
        + "</row>"
        for n in range(depth)
    )
    return f'{XML}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _styles(styles: dict[StyleKey, int]) -> str:
    fonts, formats = [], []
    for number, (role, font, is_date) in enumerate(styles):
        size = 14 if role == "title" else 13
        weight = ("<b/>" if role in BOLD else "") + ("<i/>" if role in ITALIC else "")
        fonts.append(f'<font>{weight}<sz val="{size}"/><name val={quoteattr(font)}/></font>')
        horizontal = ' horizontal="center"' if role in CENTRED else ""
        wrap = ' wrapText="1"' if role in WRAPPED else ""
        vertical = "center" if role in ("header", "numbering") else "top"
        border, fill = (1 if role in BORDERED else 0), (2 if role == "header" else 0)
        formats.append(
            f'<xf numFmtId="{164 if is_date else 0}" fontId="{number}" fillId="{fill}" borderId="{border}" '
            f'xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f'<alignment vertical="{vertical}"{horizontal}{wrap}/></xf>'
        )
    edge = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
    return (
        f'{XML}<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF7"/></patternFill></fill></fills>'
        f'<borders count="2"><border/><border>{edge}<diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
