"""One number, one meaning: every figure on every page that names its column is what that column holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboards.figures import shown
from dashboards.formats import number, percent
from dashboards.snapshot import Row
from pipelines.common.paths import Home

pytestmark = pytest.mark.browser
COLLECT = """() => [
  ...[...document.querySelectorAll('[data-mart][data-column]')].map(one =>
    [one.dataset.mart, one.dataset.keys, one.dataset.column, one.textContent.trim()]),
  ...[...document.querySelectorAll('table[data-mart]')].flatMap(table =>
    [...table.querySelectorAll('tr[data-row]')].flatMap(row => {
      const names = table.dataset.columns.split(',');
      const cells = [...row.cells].slice(-names.length);
      const own = `${table.dataset.rowKey}=${row.dataset.row}`;
      const keys = [table.dataset.keys, own].filter(Boolean).join(';');
      return names.map((name, at) => [table.dataset.mart, keys, name, cells[at].textContent.trim()]);
    })),
]"""
"""Figures that stand alone, and cells of tables whose columns are named once."""
Figure = tuple[str, str, str, str]


def _differing(connection: duckdb.DuckDBPyConnection, figures: list[Figure]) -> list[tuple[Figure, str]]:
    """Figures that are not what their column holds, with what it holds."""
    wrong = []
    for mart, rows in _rows(connection, figures).items():
        for figure in (one for one in figures if one[0] == mart):
            _, keys, column, said = figure
            expected = _said(rows[keys], column)
            if said != expected:
                wrong.append((figure, expected))
    return wrong


def _rows(connection: duckdb.DuckDBPyConnection, figures: list[Figure]) -> dict[str, dict[str, Row]]:
    """The rows of the marts that figures name, by mart and keys."""
    found: dict[str, dict[str, Row]] = {}
    for mart, keys in {(mart, keys) for mart, keys, _, _ in figures}:
        pairs = [pair.split("=", 1) for pair in keys.split(";") if pair]
        where = " AND ".join(f'"{name}" = ?' for name, _ in pairs)
        cursor = connection.execute(
            f'SELECT * FROM marts."{mart}" WHERE {where}', [value for _, value in pairs]
        )
        names = [column[0] for column in cursor.description or []]
        rows = cursor.fetchall()
        assert len(rows) == 1, (mart, keys, len(rows))
        found.setdefault(mart, {})[keys] = dict(zip(names, rows[0], strict=True))
    return found


def _said(row: Row, column: str) -> str:
    if "/" in column:
        part, whole = column.split("/")
        return f"{number(row[part])}/{number(row[whole])}" if row[whole] else "-"
    if column.endswith("_pct") and "row_id" in row:
        return percent(row[column], 2)
    return shown(row, column)


def test_every_figure_is_what_its_column_holds(
    chromium: Any, sample_home: Home, published: duckdb.DuckDBPyConnection
) -> None:
    pages = sorted(sample_home.dashboards.rglob("*.html"))
    assert len(pages) > 200
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.route("**/*.js*", lambda route: route.abort())  # figures stand in the HTML: quick without charts
    figures: list[Figure] = []
    for path in pages:
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        figures += [tuple(one) for one in page.evaluate(COLLECT)]
    context.close()
    marts = Counter(figure[0] for figure in figures)
    assert set(marts) >= {"rpt_headlines", "rpt_mau_02", "rpt_units", "rpt_phase_coverage_summary"}
    assert min(marts.values()) > 40, marts
    assert _differing(published, figures) == []


def test_a_figure_counted_otherwise_is_seen(published: duckdb.DuckDBPyConnection) -> None:
    row = published.execute("SELECT nominations FROM marts.rpt_headlines WHERE programme_id = 'LS-1620'")
    (nominations,) = row.fetchall()[0]
    right = ("rpt_headlines", "programme_id=LS-1620", "nominations", number(nominations))
    wrong = (*right[:3], number(nominations + 1))
    assert _differing(published, [right, wrong]) == [(wrong, number(nominations))]


def test_briefs_are_one_sheet_and_linked(open_page: Callable[..., Any], sample_home: Home) -> None:
    briefs = sorted((sample_home.dashboards / "tom-tat").glob("*.html"))
    assert len(briefs) == 4
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
