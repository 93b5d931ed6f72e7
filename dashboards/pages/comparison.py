"""So sánh: the units of a programme beside each other, and over the years beside those of their type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dashboards.figures import SMALL
from dashboards.formats import number, percent, slug
from dashboards.list_files import Value, comma_separated, workbook
from dashboards.pages.page import Download, Page
from dashboards.site import Programme, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

COLUMNS = ("name", "type", "rate", "awarded", "people", "direct", "direct_n", "coverage", "complete")
"""Columns of the list; each has its words in the sentences, ``comparison.column.<name>``."""
POLICIES = ["POL-UNIT-HISTORY", "POL-PCT-DENOM"]
FEWEST_ALIKE = 3
"""Fewer units of a type have no middle worth telling."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed, what it is sorted by, and a word where it rests on few."""

    shown: str
    key: float | str
    note: str = ""


def pages(site: Site) -> Iterator[Page | Download]:
    """One page a programme, with its list as files."""
    for programme in site.programmes:
        rows = _rows(site, programme)
        name = slug(programme.id)
        files = {kind: f"danh-sach/so-sanh-{name}.{kind}" for kind in ("xlsx", "csv")}
        header = [text(f"comparison.column.{column}") for column in COLUMNS]
        listed = [_values(row) for row in rows]
        if rows:
            yield Download(files["xlsx"], workbook(text("nav.comparison"), header, listed))
            yield Download(files["csv"], comma_separated(header, listed))
        context = {
            "programme": programme,
            "sentences": _sentences(rows),
            "header": list(zip(COLUMNS, header, strict=True)),
            "rows": [(row, _cells(row)) for row in rows],
            "files": files if rows else {},
            "types": _years(site, programme),
            "policies": POLICIES,
        }
        yield Page(programme.page("comparison"), "comparison.html.j2", context)


def _rows(site: Site, programme: Programme) -> list[Row]:
    return site.snapshot.rows(_UNITS, programme.id)


_UNITS = """
    SELECT
        u.unit_code, d.name, coalesce(t.name, d.unit_type) AS type_name,
        f.individuals, f.direct_individuals,
        m.unit_individuals AS people, 10 * m.award_rate_individuals_pct AS rate, f.direct_individuals_pct,
        f.cells_due, f.cells_covered, f.cells_covered_pct, f.nominations, f.incomplete_nominations,
        f.complete_nominations_pct
    FROM (SELECT unit_code FROM dim_units WHERE programme_id = ?) AS u
    JOIN dim_units AS d USING (unit_code)
    JOIN rpt_units AS f USING (unit_code)
    LEFT JOIN ref.unit_types AS t ON d.unit_type = t.unit_type
    LEFT JOIN rpt_mau_02 AS m ON u.unit_code = m.unit_code AND m.scope = 'own' AND m.row_type = 'total'
    WHERE f.files_used > 0
    ORDER BY d.name
"""


def _values(row: Row) -> list[Value]:
    return [
        row["name"],
        row["type_name"],
        row["rate"],
        row["individuals"],
        row["people"],
        row["direct_individuals_pct"],
        row["direct_individuals"],
        row["cells_covered_pct"],
        row["complete_nominations_pct"],
    ]


def _cells(row: Row) -> list[Cell]:
    """The row's figures, each with of how many it is, and a word where they are few."""
    few = text("comparison.few")
    nominations = row["nominations"] or 0
    return [
        Cell(row["type_name"] or "", row["type_name"] or ""),
        _rate(row["rate"], row["people"], few),
        Cell(number(row["individuals"]), _key(row["individuals"])),
        Cell(number(row["people"]), _key(row["people"])),
        _share(row["direct_individuals_pct"], row["direct_individuals"], row["individuals"], few),
        Cell(number(row["direct_individuals"]), _key(row["direct_individuals"])),
        _share(row["cells_covered_pct"], row["cells_covered"], row["cells_due"], few),
        _share(
            row["complete_nominations_pct"],
            nominations - (row["incomplete_nominations"] or 0),
            nominations,
            few,
        ),
    ]


def _key(value: float | None) -> float:
    """What is not known sorts below all that is."""
    return -1.0 if value is None else float(value)


def _rate(value: float | None, people: int | None, few: str) -> Cell:
    shown = "-" if value is None else format_number(value, 1)
    return Cell(shown, _key(value), few if people is not None and people < SMALL else "")


def _share(value: float | None, part: int | None, whole: int | None, few: str) -> Cell:
    if not whole:
        return Cell("-", -1.0)
    return Cell(
        text("comparison.share", share=percent(value), part=number(part), whole=number(whole)),
        _key(value),
        few if whole < SMALL else "",
    )


def _sentences(rows: list[Row]) -> list[str]:
    if not rows:
        return [text("comparison.empty")]
    known = sum(row["rate"] is not None for row in rows)
    return [
        text("comparison.lead", units=number(len(rows)), known=number(known)),
        text("comparison.few_means", few=text("comparison.few"), n=number(SMALL)),
    ]


@dataclass(frozen=True, slots=True)
class Type:
    """The units of one type over the years, the middle first."""

    name: str
    years: tuple[int, ...]
    middle: tuple[Cell, ...]
    units: tuple[tuple[str, tuple[Cell, ...]], ...]
    """Code of each unit, a cell a year."""


def _years(site: Site, programme: Programme) -> list[Type]:
    found = site.snapshot.rows(_YEARS, programme.id)
    by_type: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        by_type[row["type_name"]].append(row)
    out = []
    for name, rows in sorted(by_type.items()):
        years = tuple(sorted({row["award_year"] for row in rows}))
        per_year = {row["award_year"]: row for row in rows}
        units: dict[str, dict[int, Row]] = defaultdict(dict)
        for row in rows:
            units[row["unit_code"]][row["award_year"]] = row
        out.append(
            Type(
                name,
                years,
                tuple(_middle(per_year[year]) for year in years),
                tuple(
                    (code, tuple(_of_year(mine.get(year)) for year in years)) for code, mine in units.items()
                ),
            )
        )
    return out


_YEARS = """
    SELECT y.*, coalesce(t.name, y.unit_type) AS type_name
    FROM rpt_unit_years AS y
    JOIN dim_units AS d USING (unit_code)
    LEFT JOIN ref.unit_types AS t ON y.unit_type = t.unit_type
    WHERE y.programme_id = ? ORDER BY d.name, y.award_year
"""


def _middle(row: Row) -> Cell:
    alike = row["units_with_direct"] or 0
    if alike < FEWEST_ALIKE:
        return Cell(text("comparison.no_middle", n=number(alike)), -1.0)
    shown = text("comparison.middle", share=percent(row["median_direct_individuals_pct"]), n=number(alike))
    return Cell(shown, _key(row["median_direct_individuals_pct"]))


def _of_year(row: Row | None) -> Cell:
    if row is None:
        return Cell("-", -1.0)
    few = text("comparison.few")
    share = _share(row["direct_individuals_pct"], row["direct_individuals"], row["individuals"], few)
    if row["awards_per_thousand"] is None:
        return share
    rate = text("comparison.per_thousand", rate=format_number(row["awards_per_thousand"], 1))
    return Cell(f"{share.shown}; {rate}", share.key, share.note)
