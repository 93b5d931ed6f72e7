"""What the pages of a unit are made of, as one digest: pages whose digest stands are taken over, not drawn.

A unit's pages show rows of its own, rows of the units it holds, and words that all pages share. The digest
covers every mart with a unit's code, so that a page may show more of them without a word being said here.
Only a few large ones that nothing asks are left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from dashboards.site import Site

_SAID_OF_THE_NIGHT: dict[str, dict[str, str | None]] = {
    # That a finding is new, and was seen tonight too, is said of the night; pages of units do not show it.
    "fct_findings": {"last_seen_on": None, "status": "CASE status WHEN 'new' THEN 'open' ELSE status END"},
    # The middle of a type moves with any of its units; pages of units have its place only (pages/alike.py).
    "rpt_unit_years": dict.fromkeys(
        (
            "units_with_rate",
            "median_awards_per_thousand",
            "units_with_direct",
            "median_direct_individuals_pct",
            "units_with_nominations",
            "median_complete_nominations_pct",
            "units_with_steps",
            "median_cells_covered_pct",
        )
    ),
}
_OF_ALL = ("dim_units", "dim_unit_rollups")
"""Marts with a unit's code that all pages rest on: whose unit is called what, and held by whom."""
NOT_SHOWN = (
    "dim_recipients", "dim_recipient_keys", "dim_recipient_names", "fct_recipient_events", "rpt_statistics"
)  # fmt: skip
"""Large marts with a unit's code of which pages, lists and papers of units have nothing: a test looks."""
_AWARDS = ("fct_awards", "rpt_mau_02", "trc_mau_02_cells")
"""What a unit shows of the units it holds."""


def marts_digest(site: Site, marts: Iterable[str], shared: str) -> str:
    """The digest of whole marts and of what all pages share, for pages that are no unit's alone.

    Args:
        site: the site.
        marts: all that the pages asked.
        shared: of ``shared_digest``.
    """
    told = _marts(site, marts)
    return _mark(shared, repr(site.programmes), repr(list(site.units.values())), *told)


def unit_digests(site: Site, compared: Mapping[tuple[str, str], str], shared: str) -> dict[str, str]:
    """The digest of what the pages, lists and papers of each unit show.

    Args:
        site: the site.
        compared: what units are compared by, by programme and type of unit.
        shared: of ``shared_digest``.

    Returns:
        By unit code. Equal digests, equal files; the reverse need not hold.
    """
    left_out = {*_OF_ALL, *NOT_SHOWN}
    own = {table: _by_unit(site, table) for table in _tables(site, "unit_code") if table not in left_out}
    held = _held(site, [own[table] for table in _AWARDS if table in own])
    passed = _deadlines_passed(site)
    return {
        code: _mark(
            shared,
            str(passed.get(unit.programme_id, 0)),
            compared.get((unit.programme_id, unit.unit_type), ""),
            held.get(code, ""),
            *(rows.get(code, "") for rows in own.values()),
        )
        for code, unit in site.units.items()
    }


def _tables(site: Site, *columns: str) -> list[str]:
    """The published tables that have all these columns."""
    return [
        row["table_name"]
        for row in site.snapshot.rows(
            "SELECT table_name FROM duckdb_columns() SEMI JOIN (SELECT table_oid FROM duckdb_tables()) "
            "USING (table_oid) WHERE database_name = 'published' AND schema_name = 'marts' "
            "GROUP BY table_name HAVING list_has_all(list(column_name), ?) ORDER BY 1",
            list(columns),
        )
    ]


def _by_unit(site: Site, table: str) -> dict[str, str]:
    """A digest of each unit's rows of a mart, whatever their order."""
    said = _SAID_OF_THE_NIGHT.get(table, {})
    left_out = ", ".join(column for column, instead in said.items() if instead is None)
    instead = ", ".join(f"{value} AS {column}" for column, value in said.items() if value)
    chosen = (
        "*" + (f" EXCLUDE ({left_out})" if left_out else "") + (f" REPLACE ({instead})" if instead else "")
    )
    rows = site.snapshot.rows(
        f"SELECT unit_code, count(*) || '.' || sum(hash(one)) AS digest "
        f'FROM (SELECT {chosen} FROM published.marts."{table}") AS one '
        f"WHERE unit_code IS NOT NULL GROUP BY unit_code"
    )
    return {row["unit_code"]: row["digest"] for row in rows}


def _held(site: Site, parts: list[dict[str, str]]) -> dict[str, str]:
    """For each unit that holds others, a digest of their awards."""
    below: dict[str, int] = {}
    for row in site.snapshot.rows(
        "SELECT ancestor_code, unit_code FROM dim_unit_rollups WHERE ancestor_code <> unit_code"
    ):
        told = tuple(part.get(row["unit_code"], "") for part in parts)
        below[row["ancestor_code"]] = below.get(row["ancestor_code"], 0) + _number(row["unit_code"], *told)
    return {code: f"{total:x}" for code, total in below.items()}


def _mark(*told: str) -> str:
    """A short mark of what is told, the same in every process."""
    return hashlib.blake2b("\0".join(told).encode(), digest_size=12).hexdigest()


def _number(*told: str) -> int:
    return int(_mark(*told), 16)


def shared_digest(site: Site) -> str:
    """Of the words, rules, policies, units and code every page is made with; not of rows of a unit's own."""
    own = set(_tables(site, "unit_code")).difference(_OF_ALL)
    dimensions = [name for name in _tables(site) if name.startswith("dim_") and name not in own]
    law = [row["table_name"] for row in site.snapshot.rows(_REFERENCE)]
    told = [*_marts(site, dimensions), *(_whole(site, f'ref."{name}"') for name in law)]
    return f"{_number(str(site.night['code_version']), *dimensions, *law, *told):x}"


def _marts(site: Site, names: Iterable[str]) -> list[str]:
    """What the rows of marts come to: as the file says it of itself, else as they are counted here."""
    said = {row["table_name"]: row["state"] for row in site.snapshot.rows("FROM published.meta.row_states")}
    return [said.get(f"marts.{name}") or _whole(site, f'published.marts."{name}"') for name in names]


def _whole(site: Site, table: str) -> str:
    count = f"SELECT count(*) || '.' || coalesce(sum(hash(one)), 0) AS digest FROM {table} AS one"
    return str(site.snapshot.row(count)["digest"])


_REFERENCE = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'ref' ORDER BY 1"


def _deadlines_passed(site: Site) -> dict[str, int]:
    """How many last days of a programme are behind the night: which one comes next is told on pages."""
    rows = site.snapshot.rows(
        """
        WITH days AS (
            SELECT programme_id, deadline AS last_day FROM rpt_phase_coverage
            UNION SELECT programme_id, last_day FROM dim_deadlines
        )
        SELECT programme_id, count(*) FILTER (last_day < ?) AS passed FROM days GROUP BY 1
        """,
        site.as_of,
    )
    return {row["programme_id"]: row["passed"] for row in rows}
