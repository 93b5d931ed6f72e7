"""Build the dashboards of a published snapshot: a fresh folder, swapped in when it is whole.

What did not change is taken over from the folder that was there: pages of units by a digest of what they
show (they are not even drawn), everything else by its bytes. What is said of the night stands in one file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import plotly

from dashboards import theme
from dashboards.charts.base import Chart
from dashboards.digests import unit_digests
from dashboards.downloads import FOLDER, write_downloads
from dashboards.formats import day
from dashboards.fresh import FreshFolder
from dashboards.pages import (
    awards,
    brief,
    checks,
    coverage,
    method,
    operations,
    overview,
    quality,
    rules,
    units,
)
from dashboards.pages.page import Output, Page
from dashboards.paper import print_pages
from dashboards.pictures import browser, draw
from dashboards.render import Renderer, script_json
from dashboards.site import Site, make_site
from dashboards.snapshot import opened
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings, load_settings
from pipelines.reference.tables.tables import reference_tables
from pipelines.rules.book import book
from pipelines.sentences import text

DIGESTS = "digests.json"
"""What the pages of each unit were made of, kept beside them for the next night."""
ASSETS = Path(__file__).with_name("assets")
LIBRARY = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built: pages, pictures, downloads; ``no_pictures`` says why there are none."""

    index: Path
    pages: int
    pages_drawn: int
    """Those that were not taken over."""
    pictures: int
    downloads: int
    largest_page: int
    no_pictures: str = ""


def build(
    warehouse: Path,
    out: Path,
    now: datetime,
    reference: Path,
    settings: Path | None = None,
    pictures: bool = True,
    downloads: bool = True,
    total: Callable[[int], None] = lambda units: None,
    advance: Callable[[], None] = lambda: None,
) -> BuildResult:
    """Build all pages and put them in place of the old ones.

    Args:
        warehouse: the published DuckDB file.
        out: the folder of the dashboards; what was there goes.
        now: the time printed as the time of building.
        reference: the folder of reference data the night ran with.
        settings: settings.yml of the installation; without it the default policies are shown where the
            snapshot has none.
        pictures: whether to draw pictures where a Chromium is at hand.
        downloads: whether to write mẫu 02 as .xlsx and .docx beside the pages.
        total: told how many units have pages to make.
        advance: called after each of them.

    Raises:
        duckdb.Error: the published file is not there or lacks a mart.
    """
    loaded = load_reference(reference)
    in_force = load_settings(settings, loaded) if settings else Settings()
    fresh = FreshFolder(out)
    with opened(warehouse, reference_tables(loaded, in_force)) as snapshot:
        site = make_site(snapshot, now)
        site.chapters = book(loaded, in_force, reference)
        digests = unit_digests(site, units.compared(site))
        known: dict[str, str] = json.loads(fresh.read(DIGESTS) or "{}")
        site.draw_only(_stale(site, digests, known, out))
        for unit in site.units.values():
            if unit.code not in site.stale:
                fresh.keep(unit.files)
        if downloads:
            site.downloads = write_downloads(site, warehouse, loaded.mau_02, fresh.folder(FOLDER))
        _assets(fresh)
        total(len(site.stale))
        site.prints = pictures and browser() is not None
        charts, drawn_pages = _write(site, fresh, advance)
        if site.prints:
            briefs = [programme.brief for programme in site.programmes]
            print_pages(fresh, [path for path in briefs if (fresh.path / path).exists()])
        source = text("picture.source", date=day(site.as_of), id=site.night_id)
    fresh.write(DIGESTS, json.dumps(digests, indent=0, sort_keys=True))
    reason, drawn = ("", 0)
    if pictures:
        reason, drawn = draw(charts, fresh, source)
    pages = [path.stat().st_size for path in fresh.path.rglob("*.html")]
    fresh.swap()
    files = sum(len(paths) for paths in site.downloads.values())
    largest = max(pages, default=0)
    return BuildResult(out / "index.html", len(pages), drawn_pages, drawn, files, largest, reason)


def _stale(site: Site, digests: dict[str, str], known: dict[str, str], out: Path) -> set[str]:
    """Units whose pages must be made: new, changed, without pages, or above all others (with pictures)."""
    return {
        code
        for code, unit in site.units.items()
        if unit.parent is None
        or known.get(code) != digests[code]
        or not (out / unit.page).exists()
        or (unit.has_awards and not (out / unit.awards_page).exists())
    }


def _write(site: Site, fresh: FreshFolder, advance: Callable[[], None]) -> tuple[list[Chart], int]:
    renderer = Renderer(site, fresh)
    charts: dict[str, Chart] = {}
    count = 0
    for output in _outputs(site):
        if isinstance(output, Page):
            renderer.page(output)
            charts |= {chart.id: chart for chart in output.charts if chart.picture and chart.figure}
            count += 1
            if output.path.startswith("don-vi/"):
                advance()
        else:
            renderer.lists(output)
    renderer.search_index()
    renderer.night()
    return list(charts.values()), count


def _outputs(site: Site) -> Iterable[Output]:
    for module in (overview, brief, awards, coverage, quality, units, method, rules, operations, checks):
        yield from module.pages(site)


def _assets(fresh: FreshFolder) -> None:
    fresh.copy("assets/plotly.min.js", LIBRARY)
    for path in sorted(ASSETS.iterdir()):
        if path.name != "site.css":
            fresh.copy(f"assets/{path.name}", path)
    fresh.write("assets/site.css", theme.css_variables() + (ASSETS / "site.css").read_text("utf-8"))
    fresh.write(
        "assets/theme.js", f"THIDUA.theme={script_json({'light': theme.LIGHT, 'dark': theme.DARK})};\n"
    )
