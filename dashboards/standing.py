"""What need not be drawn tonight: its files are those of the night before, as a digest of what it shows says.

Pages of a unit stand by the digest of its rows (``digests.py``); some others by the marts they asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from dashboards.charts.base import Chart
from dashboards.digests import marts_digest
from dashboards.fresh import FreshFolder
from dashboards.pictures import picture
from dashboards.site import Site

KNOWN = "digests.json"
"""Lies beside the pages, for the next night."""


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that stand or are drawn together."""

    digest: str
    files: Sequence[str]
    pictures: Sequence[str]
    """Charts of it that are also pictures, by their ids."""
    asked: Sequence[str] = ()
    """Marts its digest is of, where it is not a unit's."""


class Standing:
    """What the night before wrote down, and what tonight does."""

    def __init__(
        self, fresh: FreshFolder, site: Site, digests: dict[str, str], shared: str, with_pictures: bool
    ) -> None:
        """Read what is known.

        Args:
            fresh: the folder being built.
            site: the site.
            digests: of the pages of units, by code.
            shared: of what all pages are made with.
            with_pictures: whether pictures are wanted.
        """
        self._fresh, self._site, self._digests, self._shared = fresh, site, digests, shared
        self._with_pictures = with_pictures
        known = json.loads(fresh.read(KNOWN) or "{}")
        self._known_units: dict[str, str] = known.get("units", {})
        self._known = {name: Part(**part) for name, part in known.get("parts", {}).items()}
        self._parts: dict[str, Part] = {}
        self.pictures: list[str] = []
        """Charts of parts that stand, by their ids: their pictures stand too."""

    def stale_units(self) -> set[str]:
        """Units whose pages must be made: new, changed, without pages; the files of the others are kept."""
        stale = set()
        for code, unit in self._site.units.items():
            pages = [unit.page, *([unit.awards_page] if unit.has_awards else [])]
            if self._known_units.get(code) != self._digests[code] or not self._are_there(pages):
                stale.add(code)
            elif unit.parent is None and not self._stands(code, self._digests[code]):
                stale.add(code)  # it has pictures
            else:
                self._fresh.keep(unit.files)
        self._fresh.drop(path for code in stale for path in self._site.units[code].files)
        return stale

    def units_drawn(self, codes: Iterable[str], pictures: dict[str, list[Chart]]) -> None:
        """Note units above all others that were drawn, with the charts of each page that are pictures."""
        for code in codes:
            unit = self._site.units[code]
            charts = [*pictures.get(unit.page, ()), *pictures.get(unit.awards_page, ())]
            self._parts[code] = Part(self._digests[code], (), [chart.id for chart in charts])

    def stands_by_marts(self, name: str) -> bool:
        """Whether other pages show what they did, by the marts they asked then; they are kept if so."""
        known = self._known.get(name)
        return known is not None and self._stands(name, marts_digest(self._site, known.asked, self._shared))

    def drawn_by_marts(self, name: str, files: Iterable[str], charts: Iterable[Chart]) -> None:
        """Note such pages that were drawn, and the marts that the snapshot was asked meanwhile."""
        asked = sorted(self._site.snapshot.asked)
        ids = [chart.id for chart in charts]
        self._parts[name] = Part(marts_digest(self._site, asked, self._shared), sorted(files), ids, asked)

    def note(self) -> None:
        """Write down what the next night is compared with."""
        parts = {name: asdict(part) for name, part in self._parts.items()}
        told = {"units": self._digests, "parts": parts}
        self._fresh.write(KNOWN, json.dumps(told, indent=0, sort_keys=True))

    def _stands(self, name: str, digest: str) -> bool:
        known = self._known.get(name)
        if known is None or known.digest != digest:
            return False
        pictures = [picture(id_) for id_ in known.pictures] if self._with_pictures else []
        if not self._are_there([*known.files, *pictures]):
            return False
        self._fresh.keep(known.files)
        self._parts[name] = known
        self.pictures += known.pictures
        return True

    def _are_there(self, paths: Iterable[str]) -> bool:
        return all(self._fresh.was_there(path) for path in paths)
