"""One number, one meaning: every figure on every page that names its column is what that column holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pypdf
import pytest

from dashboards.figures import shown
from dashboards.formats import number, percent
from dashboards.snapshot import Row
from pipelines.common.paths import PROJECT, Home
from pipelines.sentences import text

pytestmark = pytest.mark.browser
COLLECT = """async ([words, night]) => {
  const before = new TextEncoder().encode(words), size = before.length;
  const stored = Uint8Array.from([0, size & 255, size >> 8, ~size & 255, ~size >> 8 & 255]);
  for (const part of document.querySelectorAll('[data-packed]')) {
    const bytes = Uint8Array.from(atob(part.dataset.packed), letter => letter.charCodeAt(0));
    const stream = new Blob([stored, before, bytes]).stream();
    const whole = await new Response(stream.pipeThrough(new DecompressionStream('deflate-raw'))).blob();
    part.innerHTML = JSON.parse(await whole.slice(size).text());
  }
  for (const one of document.querySelectorAll('[data-night]'))
    one.textContent = night[one.dataset.keys][one.dataset.column];
  const own = (table, row) => row.dataset.row.includes('=') ? row.dataset.row
    : `${table.dataset.rowKey}=${row.dataset.row}`;
  const keys = (...parts) => parts.filter(Boolean).join(';');
  const said = cell => cell.textContent.trim();
  const alone = [...document.querySelectorAll('span[data-mart]')].map(one =>
    [one.dataset.mart, one.dataset.keys, one.dataset.column, said(one)]);
  const cells = [...document.querySelectorAll('table[data-columns]')].flatMap(table =>
    [...table.querySelectorAll('tr[data-row]')].flatMap(row => {
      const names = table.dataset.columns.split(',');
      const last = [...row.cells].slice(-names.length);
      return names.map((name, at) => [name, last[at]]).filter(([name]) => name).map(([name, cell]) =>
        [table.dataset.mart, keys(table.dataset.keys, own(table, row)), name, said(cell)]);
    }));
  const across = [...document.querySelectorAll('table[data-across]')].flatMap(table => {
    const heads = [...table.tHead.rows[0].cells].slice(1, -1).map(said);
    return [...table.querySelectorAll('tr[data-row]')].flatMap(row => {
      const mine = keys(table.dataset.keys, own(table, row)), { mart, column, across } = table.dataset;
      return [...row.cells].slice(1).map((cell, at) =>
        [mart, keys(mine, at < heads.length && `${across}=${heads[at]}`), column, said(cell)]);
    });
  });
  return [...alone, ...cells, ...across];
}"""
"""After what is packed and what is said of the night are set in: figures that stand alone, cells of tables
whose columns are named once, and tables of one column over two keys with its sum at the end of each row."""
MEASURE = """() => {
  const page = document.documentElement;
  page.classList.add('js');
  return [page.scrollHeight, page.scrollWidth - innerWidth];
}"""
"""How long a page is, and how far it goes beyond the edge; menus are folded as with scripts."""
EIGHT_SCREENS = 8 * 844
Figure = tuple[str, str, str, str]
MARTS = {
    "meta.night_stages",
    "meta.night_times",
    "rpt_award_totals_by_level",
    "rpt_check_suites",
    "rpt_checks",
    "rpt_awards_by_period",
    "rpt_awards_outside_mau_02",
    "rpt_field_coverage",
    "rpt_findings_by_night",
    "rpt_findings_by_rule",
    "rpt_headlines",
    "rpt_mau_02",
    "rpt_phase_coverage",
    "rpt_phase_coverage_summary",
    "rpt_programme_goals",
    "rpt_rule_confirmations",
    "rpt_unit_types",
    "rpt_units",
}
"""Where the figures of the pages are from."""


def _differing(connection: duckdb.DuckDBPyConnection, figures: list[Figure]) -> list[tuple[Figure, str]]:
    """Figures that are not what their column holds, with what it holds."""
    held = _held(connection, figures)
    return [
        (figure, held[figure[:3]]) for figure in figures if figure[3] != held[figure[:3]]
    ]  # fmt: skip


def _held(connection: duckdb.DuckDBPyConnection, figures: list[Figure]) -> dict[tuple[str, str, str], str]:
    """What each column holds, as it is to be printed, by mart, keys and column."""
    rows: dict[tuple[str, str], list[Row]] = {}
    for mart, keys in {figure[:2] for figure in figures}:
        pairs = [pair.split("=", 1) for pair in keys.split(";") if pair]
        where = " AND ".join(f'"{name}"::VARCHAR = ?' for name, _ in pairs)
        cursor = connection.execute(
            f"SELECT * FROM {_table(mart)} WHERE {where}", [value for _, value in pairs]
        )
        names = [column[0] for column in cursor.description or []]
        rows[mart, keys] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {(mart, keys, column): _said(rows[mart, keys], mart, column) for mart, keys, column, _ in figures}


def _table(mart: str) -> str:
    """What is no mart has its schema before its name."""
    return mart if "." in mart else f"marts.{mart}"


def _said(rows: list[Row], mart: str, column: str) -> str:
    if mart == "rpt_award_totals_by_level":  # a year without an award has no row; the last cell is the sum
        return number(sum(row[name] for row in rows for name in column.split("+")))
    assert len(rows) == 1, (mart, column, len(rows))
    if mart == "rpt_mau_02" and column.endswith("_pct"):  # as the form has them
        return percent(rows[0][column], 2)
    return shown(rows[0], column)


@dataclass(frozen=True)
class Seen:
    """A page as a phone shows it, without charts: their places are kept free."""

    figures: list[Figure]
    height: int
    sideways: int


@pytest.fixture(scope="module")
def seen(chromium: Any, sample_home: Home) -> dict[Path, Seen]:
    """Every page of the sample."""
    context = chromium.new_context(offline=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.route("**/*.js*", lambda route: route.abort())  # figures stand in the HTML: quick without charts
    texts = (sample_home.dashboards / "assets" / "texts.js").read_text("utf-8")
    words = json.loads(texts.split("window.THIDUA_WORDS=")[1].rstrip().rstrip(";"))
    told = (sample_home.dashboards / "dem.js").read_text("utf-8")
    night = json.loads(told.removeprefix("THIDUA.night(").rstrip().removesuffix(");"))["figures"]
    found = {}
    for path in sorted(sample_home.dashboards.rglob("*.html")):
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        figures = [tuple(one) for one in page.evaluate(COLLECT, [words, night])]
        found[path] = Seen(figures, *page.evaluate(MEASURE))
    context.close()
    assert len(found) > 200
    return found


def test_every_figure_is_what_its_column_holds(
    seen: dict[Path, Seen], published: duckdb.DuckDBPyConnection
) -> None:
    figures = [figure for page in seen.values() for figure in page.figures]
    marts = Counter(figure[0] for figure in figures)
    assert set(marts) == MARTS
    assert min(marts.values()) > 2, marts
    assert _differing(published, figures) == []


def test_every_page_fits_a_phone(seen: dict[Path, Seen], open_page: Callable[..., Any]) -> None:
    """No page is longer than eight screens, none goes sideways; the longest are also seen with charts."""
    assert {path.name: page.sideways for path, page in seen.items() if page.sideways > 0} == {}
    assert {path.name: page.height for path, page in seen.items() if page.height > EIGHT_SCREENS} == {}
    longest = sorted(seen, key=lambda path: seen[path].height)[-3:]
    for path in longest:
        page = open_page(path, 390)
        height, sideways = page.evaluate(MEASURE)
        assert sideways <= 0, path.name
        assert height < EIGHT_SCREENS, path.name
        assert abs(height - seen[path].height) < 400, path.name  # what was measured without charts holds


def test_what_is_folded_is_reached_without_scripts_and_printed(
    chromium: Any, open_page: Callable[..., Any], sample_home: Home, tmp_path: Path
) -> None:
    path = sample_home.dashboards / "don-vi" / "bhxh-nghe-an.html"
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    last = page.locator("#viec .todo > li").last
    assert not last.is_visible()
    page.locator("#viec > details > summary").click()
    assert last.is_visible()
    fact = last.locator("b").inner_text()
    context.close()
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(open_page(path).pdf(prefer_css_page_size=True))
    printed = " ".join(" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(pdf).pages)
    assert fact in printed


def test_a_figure_counted_otherwise_is_seen(published: duckdb.DuckDBPyConnection) -> None:
    row = published.execute("SELECT nominations FROM marts.rpt_headlines WHERE programme_id = 'LS-1620'")
    (nominations,) = row.fetchall()[0]
    right = ("rpt_headlines", "programme_id=LS-1620", "nominations", number(nominations))
    wrong = (*right[:3], number(nominations + 1))
    assert _differing(published, [right, wrong]) == [(wrong, number(nominations))]


def test_briefs_are_one_sheet_and_linked(open_page: Callable[..., Any], sample_home: Home) -> None:
    briefs = sorted((sample_home.dashboards / "tom-tat").glob("*.html"))
    assert len(briefs) == len(list((PROJECT / "data" / "reference" / "programmes").glob("*/programme.yaml")))
    for path in briefs:
        page = open_page(path)
        pdf: bytes = page.pdf(prefer_css_page_size=True)
        assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page>") == 1, path.name
        assert page.locator(".five tbody tr").count() == 5
        printed = path.with_suffix(".pdf")
        assert printed.read_bytes()[:4] == b"%PDF"
    first = open_page(sample_home.dashboards / "index.html")
    link = first.locator(".decide a.action").first.get_attribute("href")
    assert (sample_home.dashboards / Path(link)).exists()


def test_the_middle_of_a_type_is_set_in_when_a_page_is_opened(
    open_page: Callable[..., Any], chromium: Any, sample_home: Home
) -> None:
    path = sample_home.dashboards / "don-vi" / "bhxh-nghe-an.html"
    page = open_page(path)
    part = page.locator("#so-sanh-bhxh-nghe-an")
    part.locator("summary").first.click()
    middles = part.locator("td:last-child").all_inner_texts()
    ticks = page.evaluate("document.querySelector('#so-sanh-bhxh-nghe-an .plot').data.at(-1).x")
    assert [float(one.replace("%", "").replace(",", ".")) for one in middles] == ticks
    assert text("site.not_read") not in part.text_content()
    alone = chromium.new_context(offline=True).new_page()
    alone.route("**/dem.js*", lambda route: route.abort())
    alone.goto(path.as_uri())
    alone.wait_for_selector("#so-sanh-bhxh-nghe-an .plot svg")
    assert text("site.not_read") in alone.locator("#so-sanh-bhxh-nghe-an h2").inner_text()
    alone.context.close()
