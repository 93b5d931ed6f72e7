"""Who takes part in a new programme: ``units.csv`` from the names, or from a list of organisation/."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pipelines.programmes.addressed import official_name
from pipelines.programmes.answers import Answers, UnitGroup
from pipelines.programmes.codes import code_of
from pipelines.programmes.refused import Refused

HEAD = "TINH"
COLUMNS = (
    "unit_code", "name", "unit_type", "parent_code", "programme_id", "valid_from", "valid_to",
    "successor_code", "agency_code", "official_name",
)  # fmt: skip


class NoList(Refused):
    """A list of units is not there, or has no names; the text is its file."""

    key = "programme.no_list"


def units_of(answers: Answers, start: str, reference: Path) -> list[dict[str, str]]:
    """The rows of ``units.csv``: the head, then the units of each type.

    Args:
        answers: of the programme.
        start: what its codes begin with.
        reference: the reference folder.

    Raises:
        NoList: a list of units is not there, or has no column of names.
    """
    units = (row for group in answers.units for row in _units(answers, group, start, reference))
    return [_head(answers, start), *units]


def _head(answers: Answers, start: str) -> dict[str, str]:
    return {
        "unit_code": start, "name": answers.head, "unit_type": HEAD, "programme_id": answers.id,
        "official_name": official_name(answers.head),
    }  # fmt: skip


def _units(answers: Answers, group: UnitGroup, start: str, reference: Path) -> Iterator[dict[str, str]]:
    names = [(name, "") for name in group.units]
    if group.from_list:
        path = reference / "organisation" / group.from_list
        if not path.is_file():
            raise NoList(group.from_list)
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.DictReader(handle))
        if not rows or "ten" not in rows[0]:
            raise NoList(group.from_list)
        names += [(" ".join(row["ten"].split()), row.get("valid_from", "")) for row in rows]
    for name, since in names:
        yield {
            "unit_code": code_of(start, name),
            "name": name,
            "unit_type": group.id,
            "parent_code": start,
            "programme_id": answers.id,
            "valid_from": since,
            "official_name": official_name(name),
        }


def as_csv(rows: list[dict[str, str]]) -> str:
    """The text of ``units.csv``."""
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()
