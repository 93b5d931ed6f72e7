"""What one printed mẫu 02 says: its rows, its notes, its annex, read from the published snapshot."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.common.yaml_files import read_plain
from pipelines.reference.models.awards import Mau02
from pipelines.reports.mau_02.numbers import whole

ARMED_FORCES = "POL-LLVT-MAP"
DENOMINATOR = "POL-PCT-DENOM"
SIBLING = "POL-M02-SIBLING"
UNKNOWN = "POL-UNKNOWN-IN-PCT"


class CannotPrint(Exception):
    """The table asked for is not there; ``key`` and ``values`` make the sentence of texts/vi.yml."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form with its numbers."""

    row_id: str
    number: str | None
    label: str
    row_type: str
    collectives: int
    individuals: int
    households: int
    grassroots_collectives: int
    grassroots_collectives_pct: float | None
    direct_individuals: int
    direct_individuals_pct: float | None
    leader_individuals: int | None
    leader_individuals_pct: float | None
    unknown_class_collectives: int | None
    unknown_class_individuals: int | None
    award_rate_collectives_pct: float | None
    award_rate_individuals_pct: float | None
    number_source: str


@dataclass(frozen=True, slots=True)
class Outside:
    """An award without a line in mẫu 02."""

    award_code: str
    award_name: str
    collectives: int
    individuals: int
    households: int
    grassroots_collectives: int
    direct_individuals: int
    leader_individuals: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything one print needs."""

    unit: str
    superior: str | None
    first_year: int
    last_year: int
    lines: tuple[Line, ...]
    outside: tuple[Outside, ...]
    notes_in_force: tuple[str, ...]
    """How the numbers were counted: scope, denominator, armed forces."""
    annex_notes: tuple[str, ...]
    denominator: str
    """Of the percentages of the printed table (POL-PCT-DENOM)."""
    night: str
    """Of which night the numbers are: a file that is kept says where that stands, a printed one says it."""


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words of the print (words.yml)."""
    loaded: dict[str, Any] = read_plain(Path(__file__).with_name("words.yml"))
    return loaded


Place = tuple[str, str, str]
"""Programme, unit and scope."""


def read_content(
    connection: duckdb.DuckDBPyConnection,
    form: Mau02,
    unit_code: str,
    programme_id: str | None,
    scope: str,
) -> Content:
    """Read one unit's table from a published snapshot.

    Args:
        connection: the snapshot.
        form: the form as the reference data describe it.
        unit_code: the unit.
        programme_id: None where the unit has a table in one programme only.
        scope: ``own`` or ``rollup``.

    Raises:
        CannotPrint: for an unknown unit, a unit without a table, or an open choice of programme.
    """
    known = connection.execute("SELECT 1 FROM marts.dim_units WHERE unit_code = ?", [unit_code]).fetchone()
    if known is None:
        raise CannotPrint("mau02.no_unit", unit=unit_code)
    programme_id = find_programme(connection, unit_code, programme_id)
    place = (programme_id, unit_code, scope)
    return read_contents(connection, form, [place])[place]


def read_contents(
    connection: duckdb.DuckDBPyConnection, form: Mau02, places: Sequence[Place]
) -> dict[Place, Content]:
    """Read many tables in a few questions.

    Args:
        connection: the snapshot.
        form: the form as the reference data describe it.
        places: programme, unit and scope of tables that are there.

    Returns:
        Their contents by place, without a word about the night: equal numbers make equal papers.
    """
    wanted = pl.DataFrame(
        list(places), schema=dict.fromkeys(("programme_id", "unit_code", "scope"), pl.String), orient="row"
    )
    connection.register("wanted", wanted.to_arrow())
    try:
        lines = _many(connection, Line, "marts.rpt_mau_02", "row_order")
        outside = _many(connection, Outside, "marts.rpt_awards_outside_mau_02", "award_code")
        units = dict(_rows(connection, _UNITS))
        years = dict(_rows(connection, _YEARS))
        heads = dict(_rows(connection, _HEADS))
        merged = _merged(connection, form)
        usual = dict(_rows(connection, _USUAL))
    finally:
        connection.unregister("wanted")
    policies = {
        policy: _policy(connection, policy) for policy in (DENOMINATOR, ARMED_FORCES, SIBLING, UNKNOWN)
    }
    out = {}
    for place in places:
        programme_id, unit_code, scope = place
        first, last = years[programme_id]
        said: dict[str, object] = {
            "first": first,
            "last": last,
            "collectives": _known(heads[place][0]),
            "individuals": _known(heads[place][1]),
            "merged": whole(merged.get(place, 0)),
            "usual": whole(usual[place]),
        }
        notes = _notes(policies, scope, said)
        out[place] = Content(
            unit=units[unit_code][0],
            superior=units[unit_code][1],
            first_year=first,
            last_year=last,
            lines=tuple(lines[place]),
            outside=tuple(outside.get(place, ())),
            notes_in_force=tuple(notes.values()),
            denominator=policies[DENOMINATOR],
            annex_notes=(
                *_annex_notes(policies, notes, heads[place], said),
                *([words()["annex"][f"usual_{_BELOW[scope]}"].format_map(said)] if usual[place] else ()),
            ),
            night=words()["annex"]["night_of_page"],
        )
    return out


_UNITS = """
    SELECT units.unit_code, (units.official_name, parents.official_name) FROM marts.dim_units AS units
    LEFT JOIN marts.dim_units AS parents ON units.parent_code = parents.unit_code
    WHERE units.unit_code IN (SELECT unit_code FROM wanted)
"""
_USUAL = """
    SELECT (wanted.programme_id, wanted.unit_code, wanted.scope),
        count(DISTINCT units.unit_code) FILTER (WHERE units.is_usual)
    FROM wanted
    LEFT JOIN marts.dim_unit_rollups AS below
        ON wanted.scope = 'rollup' AND wanted.unit_code = below.ancestor_code
    LEFT JOIN marts.dim_units AS units ON coalesce(below.unit_code, wanted.unit_code) = units.unit_code
    GROUP BY ALL
"""
_BELOW = {"own": "own", "rollup": "below"}
_YEARS = "SELECT programme_id, (first_award_year, last_award_year) FROM marts.dim_programmes"
_HEADS = """
    SELECT (programme_id, unit_code, scope), (max(unit_collectives), max(unit_individuals))
    FROM marts.rpt_mau_02 SEMI JOIN wanted USING (programme_id, unit_code, scope)
    GROUP BY programme_id, unit_code, scope
"""


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Any]:
    return connection.execute(sql).fetchall()


def _many(
    connection: duckdb.DuckDBPyConnection, kind: type[Any], table: str, order: str
) -> dict[Place, list[Any]]:
    columns = ", ".join(kind.__slots__)
    out: dict[Place, list[Any]] = defaultdict(list)
    for programme_id, unit_code, scope, *values in _rows(
        connection,
        f"SELECT programme_id, unit_code, scope, {columns} FROM {table} "
        "SEMI JOIN wanted USING (programme_id, unit_code, scope) "
        f"ORDER BY programme_id, unit_code, scope, {order}",
    ):
        out[programme_id, unit_code, scope].append(kind(*values))
    return out


def night_line(connection: duckdb.DuckDBPyConnection) -> str:
    """The night a paper is printed from, for one printed on demand."""
    (row,) = _rows(connection, "SELECT as_of, input_digest FROM meta.snapshot")
    as_of, digest = row
    said: str = words()["annex"]["source_line"]
    return said.format(as_of=as_of.strftime("%d/%m/%Y"), digest=str(digest)[:8])


def find_programme(connection: duckdb.DuckDBPyConnection, unit_code: str, programme_id: str | None) -> str:
    """The programme asked for, or the only one in which the unit has a table.

    Raises:
        CannotPrint: where there is none, or more than one to choose from.
    """
    there = [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT programme_id FROM marts.rpt_mau_02 WHERE unit_code = ? ORDER BY ALL", [unit_code]
        ).fetchall()
    ]
    if not there or (programme_id and programme_id not in there):
        raise CannotPrint("mau02.no_table", unit=unit_code, programme=programme_id or "")
    if programme_id is None and len(there) > 1:
        raise CannotPrint("mau02.which_programme", unit=unit_code, programmes=", ".join(there))
    return programme_id or str(there[0])


def _known(number: int | None) -> str:
    return words()["no_number"] if number is None else whole(number)


def _policy(connection: duckdb.DuckDBPyConnection, policy_id: str) -> str:
    row = connection.execute(
        "SELECT value FROM marts.dim_policies WHERE policy_id = ?", [policy_id]
    ).fetchone()
    if row is None:
        raise KeyError(policy_id)
    value = json.loads(row[0])
    return str(value) if value is not False else "off"


def _merged(connection: duckdb.DuckDBPyConnection, form: Mau02) -> dict[Place, int]:
    """Awards of the armed forces counted in each table: those a policy puts on a line of another award."""
    members = [member for member in form.policy_members if member.policy == ARMED_FORCES]
    found = connection.execute(
        "SELECT (programme_id, unit_code, scope), sum(amount) FROM marts.trc_mau_02 "
        "SEMI JOIN wanted USING (programme_id, unit_code, scope) "
        "WHERE list_contains(?, row_id) AND list_contains(?, award_code) "
        "AND column_name IN ('collectives', 'individuals', 'households') "
        "GROUP BY programme_id, unit_code, scope",
        [[member.row_id for member in members], [member.award_code for member in members]],
    ).fetchall()
    return {place: int(amount) for place, amount in found}


def _notes(policies: Mapping[str, str], scope: str, said: dict[str, object]) -> dict[str, str]:
    """How the numbers were counted, by policy; some are only named where they are not the default."""
    chosen = {"": words()["scope"][scope]}
    for policy_id, name in (
        (DENOMINATOR, "denominator"),
        (ARMED_FORCES, "llvt"),
        (SIBLING, "sibling"),
        (UNKNOWN, "unknown"),
    ):
        sentence = words()[name].get(policies[policy_id])
        if sentence:
            chosen[policy_id] = sentence.format_map(said)
    return chosen


def _annex_notes(
    policies: Mapping[str, str], notes: dict[str, str], heads: tuple[Any, ...], said: dict[str, object]
) -> tuple[str, ...]:
    annex = words()["annex"]
    rate = "rate_missing" if heads == (None, None) else "rate_line"
    return (
        *notes.values(),
        annex[rate].format_map(said),
        annex["unknown"][policies[UNKNOWN]],
        *annex["policy_lines"],
    )
