"""A small warehouse made by hand: files, award rows, headcounts, filled tables; then the models."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.common.paths import Home
from pipelines.contracts.raw import RAW
from pipelines.publish.snapshot import publish
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import append, prepare, replace_tables
from tests.raw_rows import frame, reference, submission

MARTS = (
    "rpt_mau_02",
    "rpt_awards_outside_mau_02",
    "rpt_award_totals_by_level",
    "trc_mau_02",
    "dim_units",
    "dim_policies",
    "dim_programmes",
    "int_verdicts_mau_02",
)
COUNT_COLUMNS = ("sl_tap_the", "sl_ca_nhan", "sl_gia_dinh", "cs_tap_the_sl", "cs_ca_nhan_sl")


@lru_cache(maxsize=8)
def ref_tables(policies: tuple[tuple[str, Any], ...]) -> dict[str, pl.DataFrame]:
    return law_tables(reference(), Settings(policies=dict(policies)))


@lru_cache(maxsize=1)
def aliases() -> dict[str, str]:
    """An alias key of each award code."""
    table = ref_tables(())["award_aliases"].filter(~pl.col("city_only"))
    return dict(table.select("award_code", "alias_key").iter_rows())


@dataclass
class World:
    """What units sent; `build` gives a connection with the marts."""

    as_of: date = date(2025, 12, 31)
    policies: dict[str, Any] = field(default_factory=dict)
    law: Reference | None = None
    """Other reference data than the project's."""
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in RAW})

    def file(self, unit: str, form: str, name: str, received: date, programme: str) -> str:
        number = f"s{len(self.rows['submissions']) + 1}"
        self.rows["submissions"].append(submission(number, programme, unit, received, name, form))
        key = programme if form in ("LS-M01", "LS-M02", "LS-M03") else name.rsplit(".", 1)[0]
        self.rows["parts"].append(
            {
                "submission_id": number,
                "part_no": 1,
                "form_id": form,
                "part_key": None if form == "QS" else key,
            }
        )
        return number

    def awards(
        self,
        unit: str,
        *rows: tuple[str | None, str | None, str | None, str | None, int | None],
        name: str = "danh-sach.xlsx",
        received: date = date(2020, 5, 1),
        programme: str = "LS-1620",
    ) -> None:
        """A list: (award code, recipient kind, object class, sub-kind, year) each."""
        number = self.file(unit, "KT-DS", name, received, programme)
        for place, (code, kind, object_class, sub_kind, year) in enumerate(rows, 9):
            text = f"{unit} {name} {place}"
            self.rows["award_rows"].append(
                {
                    "submission_id": number,
                    "part_no": 1,
                    "form_id": "KT-DS",
                    "part_key": name.rsplit(".", 1)[0],
                    "source_sheet": "Danh sách",
                    "source_row": place,
                    "recipient_name": text,
                    "kind_raw": kind,
                    "recipient_kind": kind,
                    "award_raw": code or "danh hiệu lạ",
                    "award_key": aliases()[code] if code else "danh hieu la",
                    "sub_kind": sub_kind,
                    "object_class": object_class,
                    "award_year": year,
                    "name_key": text.lower(),
                    "event_key": text,
                    "columns": '{"recipient_name": "C", "award": "G"}',
                }
            )

    def headcounts(
        self,
        unit: str,
        years: dict[int, tuple[int | None, int | None]],
        programme: str = "LS-1620",
        **file: Any,
    ) -> None:
        """A QS table: year -> (collectives, individuals)."""
        number = self.file(
            unit, "QS", file.get("name", "qs.xlsx"), file.get("received", date(2020, 5, 1)), programme
        )
        for place, (year, (collectives, individuals)) in enumerate(years.items(), 4):
            self.rows["headcount_rows"].append(
                {
                    "submission_id": number,
                    "part_no": 1,
                    "part_key": str(year),
                    "source_sheet": "QS",
                    "source_row": place,
                    "year": year,
                    "collectives": collectives,
                    "individuals": individuals,
                }
            )

    def table(
        self,
        unit: str,
        numbers: dict[str, tuple[int | None, ...]],
        percentages: dict[str, tuple[float | None, float | None]] | None = None,
        programme: str = "LS-1620",
    ) -> None:
        """A filled mẫu 02: row id -> (collectives, individuals, households, grassroots, direct)."""
        number = self.file(unit, "LS-M02", "mau-02.docx", date(2020, 5, 2), programme)
        form_rows = [row.row_id for row in reference().mau_02.rows]
        for place, row_id in enumerate(form_rows):
            values: dict[str, float | None] = dict(zip(COUNT_COLUMNS, numbers.get(row_id, ()), strict=False))
            share = (percentages or {}).get(row_id, (None, None))
            values |= {"cs_tap_the_pct": share[0], "cs_ca_nhan_pct": share[1]}
            record = f"{number}:1:{place + 1}"
            self.rows["records"].append(
                {
                    "record_id": record,
                    "submission_id": number,
                    "part_no": 1,
                    "form_id": "LS-M02",
                    "part_key": programme,
                    "record_no": place + 1,
                    "record_kind": "row",
                    "recipient_name": row_id,
                    "source_sheet": "bảng 1",
                    "source_row": place + 5,
                    "source_cell": f"B{place + 5}",
                }
            )
            for column, (name, value) in enumerate(values.items(), 3):
                if value is not None:
                    self.rows["fields"].append(
                        {
                            "record_id": record,
                            "submission_id": number,
                            "field": name,
                            "item": 0,
                            "text_raw": str(value),
                            "value_number": float(value),
                            "cell": f"dòng {place + 5}, cột {column}",
                        }
                    )

    def build(self, wanted: tuple[str, ...] = MARTS, path: Path | None = None) -> duckdb.DuckDBPyConnection:
        connection = in_memory(path)
        prepare(connection)
        connection.execute(
            "CREATE TABLE meta.night AS SELECT ?::DATE AS as_of, 'run' AS run_id, '0' AS code_version, "
            "'3f9a12c4aa' AS input_digest",
            [self.as_of],
        )
        tables = (
            law_tables(self.law, Settings(policies=self.policies))
            if self.law
            else ref_tables(tuple(sorted(self.policies.items())))
        )
        replace_tables(connection, "ref", tables)
        for table, rows in self.rows.items():
            append(connection, f"raw.{table}", frame(RAW[table], rows))
        build_models(connection, wanted)
        return connection

    def publish(self, root: Path) -> Home:
        """The world's marts as the published snapshot of a home."""
        home = Home(root)
        home.staging.parent.mkdir(parents=True)
        self.build((*MARTS, "dim_awards", "trc_headcounts"), home.staging).close()
        publish(home, "2025-12-31T02:00:00+07:00")
        return home


def counts(
    connection: duckdb.DuckDBPyConnection,
    unit: str,
    scope: str = "own",
    columns: str = "collectives, individuals",
) -> dict[str, tuple[Any, ...]]:
    """Row id -> the asked columns of one unit's table."""
    rows = connection.execute(
        f"SELECT row_id, {columns} FROM marts.rpt_mau_02 "
        "WHERE unit_code = ? AND scope = ? ORDER BY row_order",
        [unit, scope],
    ).fetchall()
    return {row[0]: row[1:] for row in rows}
