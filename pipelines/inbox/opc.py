"""Office packages by their relationships: which part is the main one, and all parts under their usual names.

Office programs find a part by what ``_rels`` says, not by its name: Word Online writes
``word/document2.xml``. The readers here, and calamine, go by the usual names; a package that uses others
is laid out anew under them, once, before it is read.

Source: ISO/IEC 29500-2, Open Packaging Conventions, «Relationships».
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from pipelines.inbox.package import Package
from pipelines.inbox.safe_xml import local, parse

_ROOT = "_rels/.rels"
_MAIN = "officeDocument"
_USUAL = {
    "document": {
        _MAIN: "word/document.xml",
        "styles": "word/styles.xml",
        "header": "word/header{n}.xml",
        "footer": "word/footer{n}.xml",
        "footnotes": "word/footnotes.xml",
        "endnotes": "word/endnotes.xml",
    },
    "workbook": {
        _MAIN: "xl/workbook.xml",
        "worksheet": "xl/worksheets/sheet{n}.xml",
        "sharedStrings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
    },
}
"""Root of the main part -> kind of relation -> the usual name of the part it leads to."""
_ROOT_TAG = re.compile(rb"<(?:\w+:)?(document|workbook)[\s>]")
_FAST = 1


class Relation(NamedTuple):
    """One relation of a part."""

    id: str
    kind: str
    """The last word of its type, e.g. ``worksheet``."""
    target: str
    """Name of the part it leads to, as stored in the package."""


def relations(package: Package, part: str) -> list[Relation]:
    """The relations of a part to other parts that are there; ``""``: those of the package itself."""
    return package.once(f"relations of {part}", lambda: _relations(package, part))


def _relations(package: Package, part: str) -> list[Relation]:
    rels = relations_name(part)
    if rels not in package:
        return []
    folder = posixpath.dirname(part)
    found = []
    for relation in parse(package.read(rels)):
        if local(relation) != "Relationship" or relation.get("TargetMode") == "External":
            continue
        target = package.actual(target_name(folder, relation.get("Target", "")))
        if target is not None:
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found.append(Relation(relation.get("Id", ""), kind, target))
    return found


def relations_name(part: str) -> str:
    """Name of the part that holds the relations of a part."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def target_name(folder: str, target: str) -> str:
    """The part a target names, seen from a folder; some programs write ``xl/…`` without a slash before it."""
    path = target.replace("\\", "/")
    rooted = path.startswith(("/", "xl/"))
    return posixpath.normpath(posixpath.join("/", path if rooted else posixpath.join(folder, path))).lstrip(
        "/"
    )


def usual(data: bytes, package: Package) -> tuple[bytes, Package]:
    """The package under the usual names; as it is where it has them already.

    Args:
        data: the file's bytes.
        package: the same file, opened.

    Raises:
        Unreadable: RD-HONG, RD-BOM-NEN or RD-XML-THUC-THE.
    """
    main = next((each.target for each in relations(package, "") if each.kind == _MAIN), None)
    if main is None or main.endswith(".bin"):
        return data, package
    root = _ROOT_TAG.search(package.read(main)[:4000])
    if root is None:
        return data, package
    wanted = _USUAL[root[1].decode()]
    names = {main: wanted[_MAIN]}
    for relation in relations(package, main):
        if relation.kind in wanted and relation.target not in names:
            names[relation.target] = _usual_name(relation.target, wanted[relation.kind], names)
    if package.is_plain and all(old == new for old, new in names.items()):
        return data, package
    laid_out = _lay_out(package, names)
    return laid_out, Package(laid_out)


def _usual_name(name: str, pattern: str, names: dict[str, str]) -> str:
    """The part's own name where it is of the usual kind, else the first free one of the pattern."""
    taken = set(names.values())
    beginning, _, ending = pattern.partition("{n}")
    if name == pattern or (ending and name.startswith(beginning) and name.endswith(ending)):
        return name if name not in taken else _free(pattern, taken)
    return pattern if "{n}" not in pattern else _free(pattern, taken)


def _free(pattern: str, taken: set[str]) -> str:
    number = 1001  # beyond the numbers Office programs give
    while pattern.format(n=number) in taken:
        number += 1
    return pattern.format(n=number)


def _lay_out(package: Package, names: dict[str, str]) -> bytes:
    """The same parts under other names; relations lead to them by their whole names."""
    taken = {name.casefold() for name in names.values()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as archive:
        for old in package.names:
            new = names.get(old, old)
            if old not in names and new.casefold() in taken:
                continue  # a left-over part that no relation leads to stands under the name of the true one
            if old.casefold().endswith(".rels"):
                continue
            archive.writestr(new, package.read(old))
            rels = relations_name(old)
            if rels in package:
                archive.writestr(relations_name(new), _renamed(package, rels, old, names))
        archive.writestr(_ROOT, _renamed(package, _ROOT, "", names))
    return out.getvalue()


def _renamed(package: Package, rels: str, part: str, names: dict[str, str]) -> bytes:
    root = parse(package.read(rels))
    folder = posixpath.dirname(part)
    for relation in root:
        if local(relation) == "Relationship" and relation.get("TargetMode") != "External":
            named = target_name(folder, relation.get("Target", ""))
            target = package.actual(named) or named
            relation.set("Target", "/" + names.get(target, target))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
