"""A small warehouse made by hand: what units sent, what is held back, then the marts of coverage."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import polars as pl

from pipelines.contracts.raw import KEPT, RAW
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.text.keys import match_key
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import append, prepare, replace_tables
from tests.raw_rows import frame, reference, submission

MARTS = (
    "rpt_phase_coverage",
    "rpt_phase_coverage_summary",
    "rpt_unit_life_cycle",
    "rpt_field_coverage",
    "rpt_programme_goals",
    "dim_coverage_cells",
    "trc_phase_coverage",
)
# (kind, name) and more columns of the record or fields of the row
Nominee = tuple[str | None, str | None] | tuple[str | None, str | None, dict[str, Any]]


@lru_cache(maxsize=8)
def ref_tables(policies: str) -> dict[str, pl.DataFrame]:
    return law_tables(reference(), Settings(policies=literal_eval(policies)))


@dataclass
class World:
    """What units sent; `build` gives a connection with the marts of one night."""

    policies: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in RAW})
    blocks: list[dict[str, Any]] = field(default_factory=list)
    units: dict[str, list[str]] = field(default_factory=dict)
    """Cell -> the units it expects, to narrow the reference list to an example's."""
    earlier_nights: list[date] = field(default_factory=list)
    congress: dict[str, date] = field(default_factory=dict)
    """Unit -> date of its Party congress."""

    def part(self, unit: str, form: str, received: date, key: str | None = None, **part: Any) -> str:
        """A file with one form; gives the submission's id."""
        number = f"s{len(self.rows['submissions']) + 1:06}"
        programme = part.pop("programme", None) or next(
            one.programme_id for one in reference().units if one.unit_code == unit
        )
        name = part.pop("name", f"{form}-{number}.docx")
        self.rows["submissions"].append(submission(number, programme, unit, received, name, form))
        self.rows["parts"].append(
            {"submission_id": number, "part_no": 1, "form_id": form, "part_key": key, "rows_read": 1} | part
        )
        return number

    def document(self, unit: str, form: str, received: date, **part: Any) -> str:
        """A document; its year is the title's, else that of its receipt."""
        year = part.get("title_year") or received.year
        key = part.pop("key", f"{form}|{year}")
        return self.part(unit, form, received, key, document_year=year, **part)

    def nominees(
        self,
        unit: str,
        form: str,
        received: date,
        nominees: Iterable[Nominee],
        key: str | None = None,
        **part: Any,
    ) -> str:
        """A form with a row per nominee."""
        year = part.pop("year", None)
        number = self.part(unit, form, received, key, **part)
        for place, (kind, name, *more) in enumerate(nominees, 1):
            values = dict(more[0]) if more else {}
            row_year = values.pop("year", year)
            record = f"{number}:1:{place}"
            self.rows["records"].append(
                {
                    "record_id": record,
                    "submission_id": number,
                    "part_no": 1,
                    "form_id": form,
                    "part_key": key or (str(row_year) if row_year else None),
                    "record_no": place,
                    "record_kind": "head" if form in ("BHXH-M01", "BHXH-M02", "LS-M04") else "row",
                    "recipient_kind": kind,
                    "recipient_name": name,
                    "name_key": match_key(name) if name else None,
                    "record_year": row_year,
                    "source_sheet": "Biểu",
                    "source_row": place + 8,
                }
            )
            for column, value in values.items():
                self.rows["fields"].append(
                    {
                        "record_id": record,
                        "submission_id": number,
                        "field": column,
                        "item": 0,
                        "text_raw": value,
                        "value_text": value,
                        "value_code": value,
                    }
                )
        return number

    def report(self, unit: str, form: str, received: date, name: str, year: int) -> str:
        """BHXH's mẫu 01 or mẫu 02: one nominee each."""
        kind = {"BHXH-M01": "ca_nhan", "BHXH-M02": "tap_the"}[form]
        return self.nominees(unit, form, received, [(kind, name)], key=f"{name}|{year}", year=year)

    def block(
        self,
        submission: str,
        rule: str,
        nominee: int | None = None,
        row: int | None = None,
        on: date | None = None,
    ) -> None:
        """A blocking finding, tonight or ``on``: of the form, its n-th nominee, or a row of the sheet."""
        part = next(one for one in self.rows["parts"] if one["submission_id"] == submission)
        file = next(one for one in self.rows["submissions"] if one["submission_id"] == submission)
        self.blocks.append(
            {
                "finding_id": f"f{len(self.blocks)}",
                "programme_id": file["programme_id"],
                "unit_code": file["unit_code"],
                "form_id": part["form_id"],
                "nomination_id": f"{submission}:1:{nominee}" if nominee else None,
                "rule_id": rule,
                "severity": "blocking",
                "submission_id": submission,
                "source_sheet": "Biểu" if row else None,
                "source_row": row,
                "as_of": on,
            }
        )

    def build(self, as_of: date, wanted: tuple[str, ...] = MARTS) -> duckdb.DuckDBPyConnection:
        connection = in_memory()
        prepare(connection)
        connection.execute("CREATE TABLE meta.night AS SELECT ?::DATE AS as_of, 'x' AS run_id", [as_of])
        replace_tables(connection, "ref", ref_tables(repr(dict(sorted(self.policies.items())))))
        for cell, units in self.units.items():
            connection.execute(
                "DELETE FROM ref.coverage_expected WHERE cell_id = ? AND NOT list_contains(?, unit_code)",
                [cell, units],
            )
        for unit, day in self.congress.items():
            connection.execute(
                "UPDATE ref.coverage_expected SET deadline_of_unit = ? "
                "WHERE cell_id = 'LS-HN' AND unit_code = ?",
                [day, unit],
            )
        for table, rows in self.rows.items():
            append(connection, f"raw.{table}", frame(RAW[table], rows))
        build_models(connection, ["int_nominations"])
        nominations = dict(
            connection.execute("SELECT record_id, nomination_id FROM intermediate.int_nominations").fetchall()
        )
        found = [
            block
            | {
                "as_of": block["as_of"] or as_of,
                "nomination_id": block["nomination_id"] and nominations[block["nomination_id"]],
            }
            for block in self.blocks
        ]
        append(connection, "quality.finding_nights", frame(KEPT["quality.finding_nights"], found))
        append(
            connection,
            "quality.nights",
            frame(KEPT["quality.nights"], [{"as_of": day} for day in (*self.earlier_nights, as_of)]),
        )
        build_models(connection, wanted)
        return connection


def row(
    connection: duckdb.DuckDBPyConnection, cell: str, unit: str, columns: str = "status"
) -> tuple[Any, ...]:
    """The asked columns of one cell and unit."""
    found = connection.execute(
        f"SELECT {columns} FROM marts.rpt_phase_coverage WHERE cell_id = ? AND unit_code = ?", [cell, unit]
    ).fetchone()
    assert found is not None, f"{cell} does not expect {unit}"
    return tuple(found)


def status(connection: duckdb.DuckDBPyConnection, cell: str, unit: str) -> str:
    return str(row(connection, cell, unit)[0])


def summary(connection: duckdb.DuckDBPyConnection, cell: str, columns: str = "*") -> tuple[Any, ...]:
    """The asked columns of a cell's summary."""
    found = connection.execute(
        f"SELECT {columns} FROM marts.rpt_phase_coverage_summary WHERE cell_id = ?", [cell]
    ).fetchone()
    assert found is not None
    return tuple(found)


def many(kind: str, count: int, prefix: str = "", **values: Any) -> list[Nominee]:
    """So many nominees of a kind, each with a name of its own."""
    return [(kind, f"{prefix}{kind} số {number}", dict(values)) for number in range(1, count + 1)]
