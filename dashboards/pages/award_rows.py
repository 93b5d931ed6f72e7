"""The rows behind the numbers of mẫu 02: a unit's own award rows; for a roll-up, the units it holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from dashboards.formats import in_folder, place, slug
from dashboards.pages.page import MOST, Lists
from dashboards.site import Site
from dashboards.snapshot import Row
from pipelines.sentences import text

KINDS = {"collectives": "tap_the", "individuals": "ca_nhan", "households": "gia_dinh"}
FLAGS = {
    "grassroots_collectives": ("tap_the", "is_direct", True),
    "direct_individuals": ("ca_nhan", "is_direct", True),
    "leader_individuals": ("ca_nhan", "is_leader", True),
    "unknown_class_collectives": ("tap_the", "is_direct", None),
    "unknown_class_individuals": ("ca_nhan", "is_direct", None),
}


_COLUMNS = ", ".join((*KINDS, *FLAGS))


@cache
def _columns(kind: str, is_direct: bool | None, is_leader: bool | None) -> tuple[str, ...]:
    """The columns of the form in which such an award counts."""
    flags = {"is_direct": is_direct, "is_leader": is_leader}
    told = (column for column, (of, flag, wanted) in FLAGS.items() if of == kind and flags[flag] is wanted)
    return (*(column for column, of in KINDS.items() if of == kind), *told)


def form_lines(site: Site) -> dict[str, Any]:
    """What all tables of mẫu 02 share: their lines in order, and what a column counts."""
    rows = site.snapshot.rows(
        "SELECT row_id, row_type, number, label FROM ref.mau_02_rows ORDER BY row_order"
    )
    return {
        "lines": [[row["row_id"], row["row_type"], row["number"] or "", row["label"]] for row in rows],
        "columns": {column: text(f"awards.col.{column}") for column in (*KINDS, *FLAGS)},
    }


def own_lists(site: Site) -> Iterator[Lists]:
    """One file of rows per unit that sent lists; at most fifty rows behind a number."""
    awards, written = _first_awards(site), _written_cells(site)
    for unit_code, lines in _numbers(site, "own").items():
        lists = Lists(
            f"m02-{slug(unit_code)}-own",
            [
                (text("drill.name"), "text"),
                (text("drill.workplace"), "text"),
                (text("drill.award"), "text"),
                (text("drill.year"), "short"),
                (text("drill.decision"), "short"),
                (text("site.file"), "file"),
                (text("site.where"), "text"),
            ],
            _table(site, unit_code, "own"),
        )
        placed: dict[str, int] = {}
        found = awards.get(unit_code, {})
        for line in lines:
            rows = found.get(line["row_id"], {})
            for column in (*KINDS, *FLAGS):
                if not line[column]:
                    continue
                shown = [_put(lists, placed, award) for award in rows.get(column, ())]
                shown = shown or [
                    _put_cell(lists, cell) for cell in written[(unit_code, line["row_id"], column)]
                ]
                note = "" if rows else text("drill.table_note")
                lists.count(line["row_id"], column, line[column], shown, line[column], note)
        yield lists


def _table(site: Site, unit_code: str, scope: str) -> dict[str, str]:
    return {"unit": site.unit_name(unit_code), "code": unit_code, "scope": scope}


def _put(lists: Lists, placed: dict[str, int], award: Row) -> int:
    """Add an award row once."""
    key = award["award_id"]
    if key not in placed:
        placed[key] = lists.add(
            [
                award["recipient_name"] or "",
                award["workplace"] or "",
                award["award_name"] or "",
                str(award["award_year"] or ""),
                award["decision_no"] or "",
                lists.file(in_folder(award["source_file"], award["programme_id"], award["unit_code"])),
                place(award["source_sheet"], award["source_row"], award["source_cell"]),
            ]
        )
    return placed[key]


def _put_cell(lists: Lists, cell: Row) -> int:
    """A cell of the filled form that a unit sent instead of lists."""
    where = place(cell["source_sheet"], None, cell["source_cell"])
    return lists.add(
        [
            cell["label"] or "",
            "",
            "",
            "",
            "",
            lists.file(in_folder(cell["source_file"], cell["programme_id"], cell["unit_code"])),
            where,
        ]
    )


def _written_cells(site: Site) -> dict[tuple[str, str, str], list[Row]]:
    """Cells of filled forms that give numbers, by unit, row and column."""
    out: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in site.snapshot.rows(
        "SELECT * FROM trc_mau_02_cells WHERE unit_code IN (FROM stale_units) "
        "ORDER BY unit_code, row_id, source_row, label"
    ):
        out[(row["unit_code"], row["row_id"], row["column_name"])].append(row)
    return out


def _first_awards(site: Site) -> dict[str, dict[str, dict[str, list[Row]]]]:
    """By unit, row and column of the form: its first fifty awards."""
    members = site.snapshot.rows("SELECT award_code, row_id, sub_kind FROM dim_mau_02_members ORDER BY ALL")
    lines: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for member in members:
        lines[member["award_code"]].append((member["row_id"], member["sub_kind"]))
    # an award counts in several lines: it is read once, and of awards that count alike no more than are shown
    awards = site.snapshot.rows(
        f"""
        SELECT a.award_id, a.programme_id, a.unit_code, a.award_code, a.sub_kind, a.recipient_kind,
               a.is_direct, a.is_leader, a.recipient_name, a.workplace, a.award_year, a.decision_no,
               a.source_file, a.source_sheet, a.source_row, a.source_cell,
               coalesce(d.official_name, a.award_code) AS award_name
        FROM fct_awards AS a
        JOIN dim_programmes AS p ON p.programme_id = a.programme_id
            AND a.award_year BETWEEN p.first_award_year AND p.last_award_year
            AND a.unit_code IN (FROM stale_units)
        SEMI JOIN dim_mau_02_members AS m ON m.award_code = a.award_code
        LEFT JOIN dim_awards AS d ON d.award_code = a.award_code
        QUALIFY row_number() OVER (
            PARTITION BY a.unit_code, a.award_code, a.sub_kind, a.recipient_kind, a.is_direct, a.is_leader
            ORDER BY a.award_year, a.source_file, a.source_row, a.award_id) <= {MOST}
        ORDER BY a.unit_code, a.award_year, a.source_file, a.source_row, a.award_id
        """
    )
    out: dict[str, dict[str, dict[str, list[Row]]]] = defaultdict(dict)
    for award in awards:
        of_unit, sub_kind = out[award["unit_code"]], award["sub_kind"]
        columns = _columns(award["recipient_kind"], award["is_direct"], award["is_leader"])
        for row_id, wanted in lines[award["award_code"]]:
            if wanted is None or wanted == sub_kind:
                of_line = of_unit.setdefault(row_id, {})
                for column in columns:
                    shown = of_line.setdefault(column, [])
                    if len(shown) < MOST:
                        shown.append(award)
    return out


def _numbers(site: Site, scope: str) -> dict[str, list[Row]]:
    """Rows of the form with at least one number, of the units that are made now."""
    out: dict[str, list[Row]] = defaultdict(list)
    for row in site.snapshot.rows(
        f"SELECT unit_code, row_id, {_COLUMNS} FROM rpt_mau_02 "
        "WHERE unit_code IN (FROM stale_units) AND scope = ? AND collectives + individuals + households > 0 "
        "ORDER BY unit_code, row_order",
        scope,
    ):
        out[row["unit_code"]].append(row)
    return out


def rollup_lists(site: Site) -> Iterator[Lists]:
    """One file per unit with units below it: behind a number, the units it is made of, most first."""
    behind = _units_behind(site)
    for unit_code, lines in _numbers(site, "rollup").items():
        parts = behind.get(unit_code, {})
        if {part["unit_code"] for of_number in parts.values() for part in of_number} == {unit_code}:
            continue  # its own table says the same
        lists = Lists(
            f"m02-{slug(unit_code)}-rollup",
            [(text("drill.unit"), "link"), (text("drill.number"), "number")],
            _table(site, unit_code, "rollup"),
        )
        for line in lines:
            for column in (*KINDS, *FLAGS):
                if line[column]:
                    _list_units(site, lists, line, column, parts.get((line["row_id"], column), []))
        yield lists


def _units_behind(site: Site) -> dict[str, dict[tuple[str, str], list[Row]]]:
    """By unit, row and column of the form: the first fifty units its number is made of, most first."""
    held = site.snapshot.rows(
        "SELECT DISTINCT unit_code FROM dim_unit_rollups WHERE ancestor_code IN (FROM stale_units)"
    )
    site.place_units("held_units", (row["unit_code"] for row in held))
    out: dict[str, dict[tuple[str, str], list[Row]]] = defaultdict(dict)
    for row in site.snapshot.rows(
        f"""
        WITH own AS (
            SELECT unit_code, h.rowid AS place, row_id, {_COLUMNS}
            FROM rpt_mau_02 JOIN held_units AS h USING (unit_code)
            WHERE scope = 'own' AND collectives + individuals + households > 0
        ),
        parts AS (UNPIVOT own ON {_COLUMNS} INTO NAME column_name VALUE counted)
        SELECT r.ancestor_code, p.row_id, p.column_name, count(*) AS units,
               arg_min({{'unit_code': p.unit_code, 'counted': p.counted}}, (-p.counted, p.place), {MOST})
               AS shown
        FROM parts AS p JOIN dim_unit_rollups AS r ON r.unit_code = p.unit_code
        WHERE p.counted > 0 AND r.ancestor_code IN (FROM stale_units)
        GROUP BY ALL
        """
    ):
        shown = [part | {"units": row["units"]} for part in row["shown"]]
        out[row["ancestor_code"]][row["row_id"], row["column_name"]] = shown
    return out


def _list_units(site: Site, lists: Lists, line: Row, column: str, parts: list[Row]) -> None:
    """The units a number is made of."""
    row_id = line["row_id"]
    shown = [
        lists.add(
            [
                [
                    site.unit_name(part["unit_code"]),
                    f"khen-thuong/{slug(part['unit_code'])}.html#so={row_id}|{column}",
                ],
                part["counted"],
            ]
        )
        for part in parts
    ]
    units = parts[0]["units"] if parts else 0
    lists.count(row_id, column, line[column], shown, units, text("drill.units_note"))
