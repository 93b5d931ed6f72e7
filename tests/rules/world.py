"""Cases of the rules, made into one small warehouse: each case is a unit of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.common.paths import PROJECT
from pipelines.common.yaml_files import read_plain
from pipelines.contracts.raw import RAW
from pipelines.forms.registry import load_catalogue
from pipelines.reference.load import load_reference
from pipelines.reference.reference import ProgrammeRules
from pipelines.reference.settings import Settings
from pipelines.rules import example_files
from pipelines.rules.tables import law_tables
from pipelines.rules.words import Words
from pipelines.text.keys import match_key
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import append, prepare, replace_tables
from tests.raw_rows import frame, reference, submission

HERE = Path(__file__).parent
EXAMPLES = PROJECT / "data" / "reference" / "examples"
CASES = EXAMPLES / "cases"
BASES: dict[str, list[dict[str, Any]]] = read_plain(EXAMPLES / "bases.yml")
AS_OF = date(2026, 7, 1)


def by_hand() -> list[ProgrammeRules]:
    """The rules that have cases by hand: those of every programme, and the general ones."""
    return reference().all_rules


@lru_cache(maxsize=1)
def words() -> Words:
    """The names of fields, codes and forms."""
    known = reference()
    windows = law_tables(known, Settings())["windows"]
    return Words(known, load_catalogue(known.folder), windows.iter_rows(named=True))


@dataclass
class World:
    """What units sent; ``build`` gives a connection with the models of the first half."""

    as_of: date = AS_OF
    folder: Path | None = None
    """Other reference data than the project's."""
    policies: dict[str, Any] = field(default_factory=dict)
    units: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {name: [] for name in RAW})
    placed: dict[str, int] = field(default_factory=dict)

    def unit(self, programme: str, unit_type: str, ended: date | None = None) -> str:
        """A new unit of a type, which may have ended; returns its code."""
        code = f"{programme}-T{len(self.units) + 1}"
        self.units.append({"unit_code": code, "name": f"Đơn vị {code}", "unit_type": unit_type})
        self.units[-1] |= {"programme_id": programme, "valid_to": ended}
        return code

    def send(self, programme: str, unit: str, file: dict[str, Any], tag: str = "") -> str:
        """One file: ``form``, ``received`` and what it says; see cases and bases.yml."""
        form = file["form"]
        received = file["received"]
        number = f"s{len(self.rows['submissions']) + 1}"
        key = f"{form}|{file.get('name', '')}|{file.get('year', '')}|{file.get('key', '')}"
        self.rows["submissions"].append(submission(number, programme, unit, received, f"{number}.xlsx", form))
        self.rows["parts"].append(
            {
                "submission_id": number,
                "part_no": 1,
                "form_id": form,
                "part_key": key,
                "title": file.get("title"),
            }
            | {
                "document_date": file.get("held"),
                "title_year": file.get("year"),
                "document_year": file.get("year"),
                "source_sheet": "Trang 1",
            }
        )
        is_list = "rows" in file or "facts" in file
        if form in ("LS-DSDN", "KT-DS", "KT-TH"):
            self._award_rows(number, key, file, tag)
            return number
        head = dict(file.get("head", {})) if is_list else dict(file.get("set", {}))
        name = None if is_list else _named(file.get("name"), tag)
        self._record(
            number, form, key, "head", name, file.get("kind"), file.get("year"), head, file.get("items", {})
        )
        for row in file.get("rows", []):
            values = {name: value for name, value in row.items() if name not in ("name", "kind", "year")}
            who, kind = _named(row.get("name"), tag), row.get("kind")
            self._record(number, form, key, "row", who, kind, row.get("year", file.get("year")), values, {})
        for name_of_fact, year, value in file.get("facts", []):
            who = _named(file.get("name"), tag)
            self._record(number, form, key, "row", who, None, year, {name_of_fact: value}, {})
        for name_of_fact, value in file.get("evidence", {}).items():
            proof = {name_of_fact: value, "minh_chung": date(2022, 6, 1)}
            self._record(number, form, key, "row", _named(file.get("name"), tag), None, 2022, proof, {})
        return number

    def _record(
        self,
        number: str,
        form: str,
        key: str,
        record_kind: str,
        name: str | None,
        kind: str | None,
        year: int | None,
        values: dict[str, Any],
        items: dict[str, list[dict[str, Any]]],
    ) -> None:
        self.placed[number] = place = self.placed.get(number, 0) + 1
        record = f"{number}:1:{place}"
        self.rows["records"].append(
            {"record_id": record, "submission_id": number, "part_no": 1, "form_id": form, "part_key": key}
            | {"record_no": place, "record_kind": record_kind, "recipient_kind": kind, "recipient_name": name}
            | {"name_key": match_key(name) if name else None, "record_year": year}
            | {"source_sheet": "Trang 1", "source_row": place + 4, "source_cell": f"B{place + 4}"}
        )
        for field_id, value in values.items():
            self._field(number, record, field_id, 0, value, f"C{place + 4}")
        for field_id, lines in items.items():
            for item, line in enumerate(lines, 1):
                for part, value in line.items():
                    self._field(number, record, f"{field_id}.{part}", item, value, f"D{item}")

    def _field(self, number: str, record: str, field_id: str, item: int, value: Any, cell: str) -> None:
        """A value: a day, a number, a flag, a code (UPPER-CASE or {code: …}), else a text."""
        row = {"record_id": record, "submission_id": number, "field": field_id, "item": item, "cell": cell}
        row |= {"text_raw": str(value), "value_text": str(value)}
        if isinstance(value, bool):
            row["value_code"] = str(value).lower()
        elif isinstance(value, date):
            row["value_date"] = value
        elif isinstance(value, int | float):
            row["value_number"] = float(value)
        elif isinstance(value, dict):
            row |= {"text_raw": value["code"], "value_text": value["code"], "value_code": value["code"]}
        elif value == value.upper() and not value[0].isdigit():
            row["value_code"] = value
        self.rows["fields"].append(row)

    def _award_rows(self, number: str, key: str, file: dict[str, Any], tag: str) -> None:
        """Rows of an award list or of proposals; a row says what its columns say."""
        for place, row in enumerate(file["rows"], 5):
            said = {**row, "name": _named(row.get("name"), tag)}
            name, work, award, group = (said.get(k) for k in ("name", "workplace", "award", "object_class"))
            self.rows["award_rows"].append(
                {
                    "submission_id": number,
                    "part_no": 1,
                    "form_id": file["form"],
                    "part_key": key,
                    "source_sheet": "Trang 1",
                    "source_row": place,
                    "recipient_name": name,
                    "position": said.get("position"),
                    "workplace": work,
                    "kind_raw": said.get("kind"),
                    "recipient_kind": said.get("kind"),
                    "award_raw": award,
                    "award_key": match_key(award) if award else None,
                    "object_class_raw": group,
                    "object_class": group,
                    "decision_no": said.get("decision_no"),
                    "decision_date": said.get("decision_date"),
                    "award_year": said.get("year"),
                    "year_source": "nam" if said.get("year") else None,
                    "name_key": match_key(name) if name else None,
                    "workplace_key": match_key(work) if work else None,
                    "event_key": repr(said),
                    "columns": '{"recipient_name": "C"}',
                }
            )

    def build(self, *models: str) -> duckdb.DuckDBPyConnection:
        """A connection with the named models and what they need."""
        connection = in_memory()
        prepare(connection)
        replace_tables(connection, "ref", self._reference_tables())
        connection.execute("CREATE OR REPLACE TABLE meta.night AS SELECT ?::DATE AS as_of", [self.as_of])
        for table, rows in self.rows.items():
            append(connection, f"raw.{table}", frame(RAW[table], rows))
        build_models(connection, models)
        return connection

    def _reference_tables(self) -> dict[str, pl.DataFrame]:
        """The reference data with the cases' own units in it."""
        from pipelines.reference.models.units import Unit
        from pipelines.reference.units import Units

        known = load_reference(self.folder) if self.folder else reference()
        own = [Unit(**unit) for unit in self.units]
        changed = replace(known, units=Units([*known.units, *own]))
        return law_tables(changed, Settings(policies=self.policies))


def _named(name: str | None, tag: str) -> str | None:
    """Names carry the case's tag, so that no two cases share a person."""
    if name is None:
        return None
    person, comma, rest = name.partition(",")
    return f"{person} {tag}{comma}{rest}".strip()


def opened(files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files with their base put in."""
    return example_files.opened(files, BASES)
