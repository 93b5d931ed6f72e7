"""Build the dashboards of a published snapshot: a fresh folder, swapped in when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import plotly

from dashboards import theme
from dashboards.charts.base import Chart
from dashboards.downloads import write_downloads
from dashboards.formats import day
from dashboards.pages import awards, checks, coverage, method, operations, overview, quality, rules, units
from dashboards.pages.page import Output, Page
from dashboards.pictures import draw
from dashboards.render import Renderer, script_json
from dashboards.site import Site, make_site
from dashboards.snapshot import opened
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings, load_settings
from pipelines.reference.tables.tables import reference_tables
from pipelines.rules.book import book
from pipelines.sentences import text

ASSETS = Path(__file__).with_name("assets")
LIBRARY = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What was built: pages, pictures, downloads; ``no_pictures`` says why there are none."""

    index: Path
    pages: int
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

    Raises:
        duckdb.Error: the published file is not there or lacks a mart.
    """
    loaded = load_reference(reference)
    in_force = load_settings(settings, loaded) if settings else Settings()
    tables = reference_tables(loaded, in_force)
    fresh = out.with_name(f".{out.name}.next")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    with opened(warehouse, tables) as snapshot:
        site = make_site(snapshot, now)
        site.chapters = book(loaded, in_force, reference)
        if downloads:
            version = str(site.night["code_version"])
            site.downloads = write_downloads(site, warehouse, loaded.mau_02, version, fresh, out)
        charts, count, largest = _write(site, fresh)
        source = text("picture.source", date=day(site.as_of), id=site.night_id)
    _assets(fresh)
    reason, drawn = ("", 0)
    if pictures:
        reason, drawn = draw(charts, fresh / "images", source)
    _swap(fresh, out)
    files = sum(len(paths) for paths in site.downloads.values())
    return BuildResult(out / "index.html", count, drawn, files, largest, reason)


def _write(site: Site, folder: Path) -> tuple[list[Chart], int, int]:
    renderer = Renderer(site, folder, site.night_id)
    charts: dict[str, Chart] = {}
    count = 0
    for output in _outputs(site):
        if isinstance(output, Page):
            renderer.page(output)
            charts |= {chart.id: chart for chart in output.charts if chart.picture and chart.figure}
            count += 1
        else:
            renderer.lists(output)
    renderer.search_index()
    largest = max((path.stat().st_size for path in folder.rglob("*.html")), default=0)
    return list(charts.values()), count, largest


def _outputs(site: Site) -> Iterable[Output]:
    for module in (overview, awards, coverage, quality, units, method, rules, operations, checks):
        yield from module.pages(site)


def _assets(folder: Path) -> None:
    target = folder / "assets"
    target.mkdir()
    shutil.copyfile(LIBRARY, target / "plotly.min.js")
    for path in sorted(ASSETS.iterdir()):
        shutil.copyfile(path, target / path.name)
    sheet = target / "site.css"
    sheet.write_text(theme.css_variables() + sheet.read_text("utf-8"), "utf-8")
    (target / "theme.js").write_text(_theme_script(), "utf-8")


def _theme_script() -> str:
    return f"THIDUA.theme={script_json({'light': theme.LIGHT, 'dark': theme.DARK})};\n"


def _swap(fresh: Path, out: Path) -> None:
    """Two renames: readers see the old pages, then the new ones; old files do not stay behind."""
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        os.replace(out, old)
    os.replace(fresh, out)
    shutil.rmtree(old, ignore_errors=True)
