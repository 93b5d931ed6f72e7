"""The coverage of a type whose units are too many for its programme's page: heat maps on pages of their own.

Nothing here tells of the night, so that the pages stand while the marts do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboards.formats import slug
from dashboards.pages.coverage_heat import MOST_TOGETHER, chunks, heat_map
from dashboards.pages.page import Page
from dashboards.pages.parts import on_first_page, parted
from dashboards.site import Programme, Site
from dashboards.snapshot import Row

POLICIES = ["POL-TRUOC-NGAY", "POL-LATE-SEVERITY", "POL-UNIVERSE"]
Heat = list[dict[str, Any]]


def pages(site: Site) -> Iterator[Page]:
    """The pages of each programme's large types."""
    for programme in site.programmes:
        site.heats[programme.id] = heat = heat_of(site, programme)
        yield from _pages(programme, heat)


def heat_of(site: Site, programme: Programme) -> Heat:
    """The heat maps of a programme, by type of unit."""
    units = site.snapshot.rows(
        "SELECT unit_code, cell_id, status, timing FROM rpt_phase_coverage WHERE programme_id = ? "
        "ORDER BY cell_id, unit_code",
        programme.id,
    )
    return heat_map(site, cells_of(site, programme), units)


def _on_first_page(heat: Heat) -> int:
    return on_first_page([group["count"] for group in heat], MOST_TOGETHER)


def first_heat(programme: Programme, heat: Heat) -> Heat:
    """The heat maps on the programme's page; of many units those furthest behind, with the way to all."""
    most = _on_first_page(heat)
    return [
        group
        | {
            "chunks": chunks(group["rows"][:most]),
            "all": programme.page("coverage", slug(group["type"])) if group["count"] > most else "",
        }
        for group in heat
    ]


def _pages(programme: Programme, heat: Heat) -> Iterator[Page]:
    """The pages of a type whose units are too many for the programme's page."""
    most = _on_first_page(heat)
    for group in (one for one in heat if one["count"] > most):
        parts = parted(programme, "coverage", group["rows"], MOST_TOGETHER, slug(group["type"]))
        for path, rows in parts:
            context = {
                "programme": programme,
                "sentences": [],
                "heat": [group | {"chunks": [rows], "all": ""}],
                "paths": [path for path, _ in parts],
                "policies": POLICIES,
            }
            yield Page(path, "coverage_units.html.j2", context)


def cells_of(site: Site, programme: Programme) -> list[Row]:
    """Cells with their words, in the order of the reference."""
    return site.snapshot.rows(
        """
        SELECT s.*, coalesce(r.label_vi, s.cell_id) AS label, coalesce(r.cell_order, 9999) AS cell_order,
               d.deadline_text_vi, f.official_name AS field_name,
               coalesce(r.is_optional, false) AS is_optional
        FROM rpt_phase_coverage_summary AS s
        LEFT JOIN ref.coverage_cells AS r ON r.cell_id = s.cell_id
        LEFT JOIN (
            SELECT cell_id, max(wording_vi) AS deadline_text_vi FROM dim_deadlines GROUP BY cell_id
        ) AS d ON d.cell_id = s.cell_id
        LEFT JOIN ref.fields AS f ON f.field_id = r.field_id
        WHERE s.programme_id = ? ORDER BY cell_order, s.cell_id
        """,
        programme.id,
    )
