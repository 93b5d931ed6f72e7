"""The signed-ready files of mẫu 02 beside the pages, for the units that have numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboards.formats import slug
from dashboards.site import Site

Maker = Callable[[str, str, str, Path], None]
"""unit code, scope, ``xlsx`` or ``docx``, where to write."""

FORMATS = ("xlsx", "docx")


def write_downloads(site: Site, folder: Path, make: Maker | None) -> dict[tuple[str, str], list[str]]:
    """Write the files; returns their addresses by unit and scope, none where there is no maker.

    Args:
        site: the site whose units are asked for.
        folder: the folder of the first page.
        make: writes one file.
    """
    if make is None:
        return {}
    (folder / "mau-02").mkdir()
    out: dict[tuple[str, str], list[str]] = {}
    for row in site.snapshot.rows(
        "SELECT DISTINCT unit_code, scope FROM rpt_mau_02 "
        "WHERE row_type = 'total' AND collectives + individuals + households > 0 ORDER BY ALL"
    ):
        unit, scope = row["unit_code"], row["scope"]
        for kind in FORMATS:
            address = f"mau-02/{slug(unit)}-{scope}.{kind}"
            make(unit, scope, kind, folder / address)
            out.setdefault((unit, scope), []).append(address)
    return out
