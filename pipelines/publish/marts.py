"""What a published column means, of which measure it is and whom it may name: read from the dbt project."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.common.paths import DBT_PROJECT
from pipelines.common.yaml_files import read_plain

MARTS = DBT_PROJECT / "models" / "marts"
_HERE = Path(__file__).parent
_GRAIN = " Mỗi dòng: "


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the published file."""

    name: str
    data_type: str
    label: str
    meaning: str
    measure: str
    """Unit of measure; empty for text and yes or no."""
    pii: str
    """Kind of personal data (dbt meta ``pii``); empty for none."""
    is_key: bool = False
    """Whether it alone names a row."""
    refers_to: str = ""
    """The mart it leads to, by the column of the same meaning; empty for none."""

    @property
    def comment(self) -> str:
        """Label, meaning and unit, as the published file carries them."""
        described = f"{self.label} — {self.meaning}" if self.meaning else self.label
        said = "đơn vị: " in self.meaning
        return f"{described}. Đơn vị tính: {self.measure}" if self.measure and not said else described


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the published file."""

    schema: str
    name: str
    meaning: str
    grain: str
    columns: tuple[Column, ...]
    subject: str = ""
    """The folder of marts it stands in; empty for the facts and what they are told by."""
    key: tuple[str, ...] = ()
    """The columns that together name a row; empty where rows have no name of their own."""

    @property
    def comment(self) -> str:
        """Meaning and grain."""
        return f"{self.meaning} Mỗi dòng: {self.grain}" if self.grain else self.meaning


def marts() -> list[Table]:
    """Every mart as its contract in the dbt project declares it, by name.

    Raises:
        KeyError: a model or column without name, type or description.
    """
    return list(_marts())


@lru_cache(maxsize=1)
def _marts() -> tuple[Table, ...]:
    """Read once a process: a night asks for them four times."""
    found = []
    for path in sorted(MARTS.rglob("*.yml")):
        for model in read_plain(path).get("models", []):
            meaning, _, grain = model["description"].partition(_GRAIN)
            columns = tuple(_column(column) for column in model["columns"])
            folder = path.relative_to(MARTS).parent.name
            found.append(Table("marts", model["name"], meaning, grain, columns, folder, _key(model, columns)))
    return tuple(sorted(found, key=lambda table: table.name))


def meta_tables() -> list[Table]:
    """The tables that tell of nights, as meta.yml declares them."""
    loaded = read_plain(_HERE / "meta.yml")
    return [
        Table(
            "meta",
            name,
            table["description"],
            "",
            tuple(
                _column({"name": column, "data_type": "", "description": words})
                for column, words in table["columns"].items()
            ),
        )
        for name, table in loaded.items()
    ]


def signature(tables: list[Table]) -> str:
    """Names and types of all columns, one per line: what a reader's query relies on."""
    return "".join(
        f"{table.schema}.{table.name}.{column.name} {column.data_type}\n"
        for table in tables
        for column in table.columns
    )


def signature_mark(tables: list[Table]) -> str:
    """Short mark of a signature, to be named in the changelog."""
    return hashlib.sha256(signature(tables).encode()).hexdigest()[:10]


def _key(model: dict[str, Any], columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns whose being unique together is tested, else the one that is alone."""
    for test in model.get("data_tests", []):
        if isinstance(test, dict) and "unique_together" in test:
            return tuple(test["unique_together"]["arguments"]["columns"])
    return tuple(column.name for column in columns if column.is_key)[:1]


def _referred(test: Any) -> str:
    """The mart a test of a column compares it with."""
    if not isinstance(test, dict) or "relationships" not in test:
        return ""
    told = re.fullmatch(r"ref\('(\w+)'\)", test["relationships"]["arguments"]["to"])
    return told[1] if told else ""


def _column(declared: dict[str, Any]) -> Column:
    label, _, meaning = declared["description"].partition(" — ")
    meta = {**declared.get("meta", {}), **declared.get("config", {}).get("meta", {})}
    kind = str(declared["data_type"])
    tests = declared.get("data_tests", [])
    return Column(
        name=declared["name"],
        data_type=kind,
        label=label.rstrip("."),
        meaning=meaning.rstrip("."),
        measure="" if kind in {"varchar", "boolean"} else measure(declared["name"]),
        pii=str(meta.get("pii", "")),
        is_key="unique" in tests,
        refers_to=next(filter(None, map(_referred, tests)), ""),
    )


@lru_cache(maxsize=1)
def _measures() -> list[tuple[re.Pattern[str], str]]:
    loaded = read_plain(_HERE / "measures.yml")
    return [(re.compile(entry["pattern"]), entry["unit"]) for entry in loaded]


def measure(column: str) -> str:
    """The unit of a column by its name; empty where measures.yml knows none."""
    return next((unit for pattern, unit in _measures() if pattern.search(column)), "")
