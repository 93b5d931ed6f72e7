"""Files within a file: a workbook set into a page, a document taken in whole. They are told, not read."""

from __future__ import annotations

from pipelines.inbox.document import Told
from pipelines.inbox.opc import relations
from pipelines.inbox.package import Package

_KINDS = ("package", "oleObject", "aFChunk")
"""Kinds of relations of a page or sheet that lead to other files; those of its charts are none of them."""


def embedded_in(package: Package, part: str) -> list[str]:
    """The parts with other files that a page or sheet shows."""
    return [relation.target for relation in relations(package, part) if relation.kind in _KINDS]


def tell_embedded(parts: list[str]) -> list[Told]:
    """One finding for all of them; none where there are none."""
    return [Told("RD-NHUNG", {"so": str(len(set(parts)))})] if parts else []
