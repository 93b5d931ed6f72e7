"""Build the dashboards of a published snapshot: a fresh folder, swapped in when it is whole.

What did not change is taken over from the folder that was there: pages of units by a digest of what they
show (they are not even drawn), everything else by its bytes. What is said of the night stands in one file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

from dashboards import theme
from dashboards.charts.base import Chart
from dashboards.chromium import LIBRARY, browser, chromium
from dashboards.digests import shared_digest, unit_digests
from dashboards.formats import day
from dashboards.fresh import FreshFolder
from dashboards.hands import Hand, Work, are_few, others_made
from dashboards.list_files import workbook_model
from dashboards.packing import shared_words
from dashboards.pages import (
    alike,
    award_table,
    awards,
    brief,
    checks,
    comparison,
    coverage,
    coverage_units,
    method,
    operations,
    overview,
    quality,
    rules,
    units,
)
from dashboards.pages.page import Download, Page
from dashboards.paper import print_pages
from dashboards.pictures import draw
from dashboards.render import Renderer, script_json, surroundings
from dashboards.site import Site, make_site
from dashboards.snapshot import opened
from dashboards.standing import Standing
from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings, load_settings
from pipelines.rules.book import book
from pipelines.rules.tables import law_tables
from pipelines.sentences import listed, text

MODULES = (
    overview,
    brief,
    awards,
    coverage_units,
    coverage,
    quality,
    units,
    comparison,
    method,
    rules,
    operations,
    checks,
)
"""Whose pages are not a unit's alone. Heat maps of large types come before pages that show parts of them."""
BY_MARTS = (comparison, coverage_units)
"""Those that show what marts have, whatever the night: they stand while their marts do."""
TEXTS = {
    "loading": "site.loading",
    "load_failed": "site.load_failed",
    "more": "site.more_rows",
    "trace": "site.trace",
    "chart_failed": "site.chart_failed",
    "none": "site.search_none",
    "one": "site.search_one",
    "many": "site.search_many",
    "drag": "site.drag",
    "close": "site.close",
    "open": "site.open",
    "search": "site.search",
    "search_hint": "site.search_hint",
    "save": "site.save",
}
"""Sentences the scripts of all pages say, by the name they know them by; {n} is filled in by them."""
LISTS = ("names", "todo", "steps")
"""Lists of lines a page can save, by their class; ``site.list.<class>`` has the words above their columns."""
ASSETS = Path(__file__).with_name("assets")


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
    decided: Callable[[Reference, Settings], tuple[Reference, Settings]] = lambda *law: law,
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
        decided: adds what officers decided elsewhere, e.g. on their desk, as the night took it.
        total: told how many units have pages to make.
        advance: called after each of them.

    Raises:
        duckdb.Error: the published file is not there or lacks a mart.
    """
    loaded = load_reference(reference)
    loaded, in_force = decided(loaded, load_settings(settings, loaded) if settings else Settings())
    fresh = FreshFolder.begun(out)
    tables = law_tables(loaded, in_force)
    with opened(warehouse, tables) as snapshot:
        site = make_site(snapshot, now)
        site.chapters = book(loaded, tables, reference)
        _assets(fresh, shared_words(site))
        work = Work(warehouse, out, now, tables, loaded.mau_02, downloads)
        hand = Hand(site, fresh, work)
        shared = shared_digest(site)
        digests = unit_digests(site, alike.compared(hand.others.types), shared)
        standing = Standing(fresh, site, digests, shared, pictures)
        stale = standing.stale_units()
        total(len(stale))
        above = sorted(code for code in stale if site.units[code].parent is None)
        site.prints = pictures and browser() is not None
        # few are made here, all at once; of many this process makes only those with pictures
        here = sorted(stale) if are_few(stale) else above
        with others_made(work, sorted(stale.difference(here)), advance) as counts:
            charts, drawn_pages = _shared_pages(site, fresh, hand.renderer, standing)
            of_units = hand.make(here)
            for _ in here:
                advance()
        source = text("picture.source", date=day(site.as_of), id=site.night_id)
        standing.units_drawn(above, of_units)
        standing.note()
    charts += [chart for of_page in of_units.values() for chart in of_page]
    reason, drawn = ("", 0)
    if pictures:
        # a unit's page and the first page of its programme may show the same chart: it is drawn once
        once = list({chart.id: chart for chart in charts}.values())
        briefs = [programme.brief for programme in site.programmes]
        with chromium() as program:
            if program is not None:
                print_pages(fresh, [path for path in briefs if (fresh.path / path).exists()], program)
            reason, drawn = draw(once, standing.pictures, fresh, source, program)
    pages = fresh.sizes(".html")
    fresh.swap()
    return BuildResult(
        out / "index.html",
        len(pages),
        drawn_pages + len(of_units) + sum(counts),
        drawn,
        sum(len(paths) for paths in site.downloads.values()),
        max(pages, default=0),
        reason,
    )


def _shared_pages(
    site: Site, fresh: FreshFolder, renderer: Renderer, standing: Standing
) -> tuple[list[Chart], int]:
    """All that is not a unit's alone; returns the charts that are also pictures, and how many pages."""
    charts: list[Chart] = []
    count = 0
    for module in MODULES:
        if module not in BY_MARTS:
            found, pages = _module_pages(module, site, fresh, renderer)
        elif standing.stands_by_marts(module.__name__):
            continue
        else:
            site.snapshot.asked.clear()
            before = len(fresh.written)
            found, pages = _module_pages(module, site, fresh, renderer)
            standing.drawn_by_marts(module.__name__, fresh.written[before:], found)
        charts, count = charts + found, count + pages
    renderer.shared_lists()
    renderer.night()
    return charts, count


def _module_pages(
    module: ModuleType, site: Site, fresh: FreshFolder, renderer: Renderer
) -> tuple[list[Chart], int]:
    charts: list[Chart] = []
    count = 0
    for output in module.pages(site):
        if isinstance(output, Page):
            renderer.page(output)
            charts += output.pictures
            count += 1
        elif isinstance(output, Download):
            fresh.write(output.path, output.content)
        else:
            renderer.lists(output)
    return charts, count


def _assets(fresh: FreshFolder, words: str) -> None:
    fresh.copy("assets/plotly.min.js", LIBRARY)
    for path in sorted(ASSETS.iterdir()):
        if path.name not in ("site.css", "save.js"):
            fresh.copy(f"assets/{path.name}", path)
    fresh.write("assets/site.css", theme.css_variables() + (ASSETS / "site.css").read_text("utf-8"))
    texts = script_json(
        {name: text(key, n="{n}") for name, key in TEXTS.items()}
        | {"lists": {name: listed(f"site.list.{name}") for name in LISTS}}
        | surroundings("../")
        | {"columns": award_table.COLUMNS}
    )
    fresh.write(
        "assets/texts.js", f"window.THIDUA_TEXTS={texts};\nwindow.THIDUA_WORDS={script_json(words)};\n"
    )
    model = [[name, content] for name, content in workbook_model()]
    fresh.write(
        "assets/save.js", (ASSETS / "save.js").read_text("utf-8") + f"THIDUA.workbook={script_json(model)};\n"
    )
    fresh.write(
        "assets/theme.js", f"THIDUA.theme={script_json({'light': theme.LIGHT, 'dark': theme.DARK})};\n"
    )
    fresh.drop_rest("assets")
