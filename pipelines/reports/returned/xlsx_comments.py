"""Comments of a sheet: ours are added beside the unit's own; ours of an earlier round are taken away."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from lxml import etree

from pipelines.reports.returned.ooxml import OFFICE, Parts, serialise, tag

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FOLLOWERS = (
    "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout>'
)
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
    'width:220pt;height:{height}pt;z-index:{id};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 4, {right}, 40, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ONE_SHAPE = re.compile(r"<v:shape\s.*?</v:shape>", re.DOTALL)
_IDS = re.compile(r'id="_x0000_s(\d{1,6})"')
_FIRST_ID = 1025


def write_comments(
    parts: Parts, sheet_part: str, sheet: etree._Element, author: str, texts: dict[tuple[int, int], str]
) -> set[tuple[int, int]]:
    """Put comments on cells of a sheet.

    Args:
        parts: the file.
        sheet_part: the sheet's part.
        sheet: its root, changed where a drawing must be named.
        author: whose comments they are; his earlier ones are taken away.
        texts: zero-based (row, column) → the comment.

    Returns:
        The cells whose earlier comment of this author was taken away.
    """
    related = dict(parts.relations(sheet_part).values())
    if not texts and "comments" not in related:
        return set()
    comments_part = related.get("comments") or parts.free("xl/comments{n}.xml")
    root = (
        parts.xml(comments_part)
        if comments_part in parts
        else _new_comments(parts, sheet_part, comments_part)
    )
    gone = _drop_author(root, author)
    number = _author(root, author)
    entries = root.find(tag(root, "commentList"))
    if entries is None:
        entries = etree.SubElement(root, tag(root, "commentList"))
    existing = {comment.get("ref"): comment for comment in entries}
    drawn = []
    for (row, column), words in sorted(texts.items()):
        ref = address(row, column)
        if ref in existing:  # the unit's own comment stays; ours follows it
            _run(existing[ref], f"\n{author}: {words}")
        else:
            comment = etree.SubElement(entries, tag(root, "comment"), ref=ref, authorId=str(number))
            etree.SubElement(comment, tag(root, "text"))
            _run(comment, words)
            drawn.append((row, column, words))
    parts.write(comments_part, serialise(root))
    _draw(parts, sheet_part, sheet, drawn, gone)
    return gone


def _new_comments(parts: Parts, sheet_part: str, name: str) -> etree._Element:
    root = etree.Element(f"{{{_MAIN}}}comments", nsmap={None: _MAIN})  # type: ignore[dict-item]
    etree.SubElement(root, f"{{{_MAIN}}}authors")
    parts.declare(name, _COMMENTS_TYPE)
    parts.relate(sheet_part, "comments", name)
    return root


def _author(root: etree._Element, author: str) -> int:
    authors = root.find(tag(root, "authors"))
    if authors is None:
        authors = etree.Element(tag(root, "authors"))
        root.insert(0, authors)
    names = [(entry.text or "") for entry in authors]
    if author not in names:
        etree.SubElement(authors, tag(root, "author")).text = author
        names.append(author)
    return names.index(author)


def _drop_author(root: etree._Element, author: str) -> set[tuple[int, int]]:
    authors = root.find(tag(root, "authors"))
    names = [(entry.text or "") for entry in authors] if authors is not None else []
    gone = set()
    for comment in list(root.iter(tag(root, "comment"))):
        number = str(comment.get("authorId", ""))
        if number.isdecimal() and int(number) < len(names) and names[int(number)] == author:
            gone.add(position(str(comment.get("ref"))))
            parent = comment.getparent()
            assert parent is not None
            parent.remove(comment)
    return gone


def _run(comment: etree._Element, words: str) -> None:
    body = comment.find(tag(comment, "text"))
    assert body is not None
    run = etree.SubElement(body, tag(comment, "r"))
    look = etree.SubElement(run, tag(comment, "rPr"))
    etree.SubElement(look, tag(comment, "sz"), val="10")
    etree.SubElement(look, tag(comment, "rFont"), val="Tahoma")
    text = etree.SubElement(run, tag(comment, "t"))
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words


def _draw(
    parts: Parts,
    sheet_part: str,
    sheet: etree._Element,
    drawn: list[tuple[int, int, str]],
    gone: set[tuple[int, int]],
) -> None:
    """The boxes comments are shown in; an existing drawing is extended as text, it is often no clean XML."""
    named = sheet.find(tag(sheet, "legacyDrawing"))
    relations = parts.relations(sheet_part)
    if named is not None:
        part = relations.get(str(named.get(f"{{{OFFICE}}}id")), ("", ""))[1]
        vml = parts.read(part).decode("utf-8", "replace")
        vml = _ONE_SHAPE.sub(lambda shape: "" if _cell_of(shape[0]) in gone else shape[0], vml)
    else:
        part, vml = parts.free("xl/drawings/vmlDrawing{n}.vml"), _HEAD + "</xml>"
        parts.declare(None, _VML_TYPE, extension="vml")
        element = etree.Element(tag(sheet, "legacyDrawing"))
        element.set(f"{{{OFFICE}}}id", parts.relate(sheet_part, "vmlDrawing", part))
        followers = [child for child in sheet if etree.QName(child).localname in _FOLLOWERS]
        if followers:
            followers[0].addprevious(element)
        else:
            sheet.append(element)
    first = max((int(number) + 1 for number in _IDS.findall(vml)), default=_FIRST_ID)
    shapes = "".join(_shape(number, *one) for number, one in enumerate(drawn, start=first))
    if 'id="_x0000_t202"' not in vml:
        shapes = _TYPE + shapes
    end = vml.rindex("</xml>") if "</xml>" in vml else len(vml)
    parts.write(part, (vml[:end] + shapes + vml[end:]).encode("utf-8"))


def _shape(number: int, row: int, column: int, words: str) -> str:
    lines = 2 + len(words) // 38
    return _SHAPE.format(
        id=number,
        height=15 * lines,
        left=column + 1,
        right=column + 4,
        top=max(row - 1, 0),
        bottom=max(row - 1, 0) + lines,
        row=escape(str(row)),
        column=escape(str(column)),
    )


def _cell_of(shape: str) -> tuple[int, int] | None:
    row, column = (re.search(rf"<x:{name}>(\d+)</x:{name}>", shape) for name in ("Row", "Column"))
    return (int(row[1]), int(column[1])) if row and column and 'ObjectType="Note"' in shape else None


def address(row: int, column: int) -> str:
    """The A1 address of a zero-based row and column."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=1_024)
def column_letters(column: int) -> str:
    """The letters of a zero-based column."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def position(ref: str) -> tuple[int, int]:
    """The zero-based row and column of an A1 address."""
    letters = ref.rstrip("0123456789")
    digits = ref[len(letters) :]
    if not letters.isalpha():  # with signs between: $A$1
        letters = "".join(sign for sign in ref if sign.isalpha())
        digits = "".join(sign for sign in ref if sign.isdecimal())
    return int(digits or 1) - 1, _column(letters.upper())


@lru_cache(maxsize=1_024)
def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
