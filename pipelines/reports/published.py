"""What the reports know: findings, nominations, units, programmes and files of the published snapshot."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from pipelines.reports.deadlines import Deadline
from pipelines.reports.finding import BY_UNIT, Finding
from pipelines.reports.privacy import without_personal_data
from pipelines.reports.steps import STEPS_DONE, STEPS_LEFT, step_done, steps_left
from pipelines.sentences import text
from pipelines.text.collation import collation_key

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Nomination:
    """A person, collective or family proposed."""

    nomination_id: str
    programme_id: str
    unit_code: str
    recipient_kind: str | None
    recipient_name: str | None
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that a unit sent."""

    source_file: str
    received_on: date | None
    status: str
    submission_id: str = ""
    """Of its bytes and its path."""


@dataclass(frozen=True, slots=True)
class Published:
    """The published night."""

    as_of: date
    run_id: str
    findings: tuple[Finding, ...]
    nominations: dict[str, Nomination] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    """Unit code → name."""
    addressed: dict[str, str] = field(default_factory=dict)
    """Unit code → as letters address it: ``UBND huyện Tràng Định``."""
    sending: dict[str, str] = field(default_factory=dict)
    """Unit code → ``none`` (sent nothing), ``unread`` (nothing that could be read) or ``read``."""
    usual: frozenset[str] = frozenset()
    """Codes of units that only the usual list has: nobody has confirmed them."""
    programme_of: dict[str, str] = field(default_factory=dict)
    """Unit code → the programme it belongs to."""
    programmes: dict[str, str] = field(default_factory=dict)
    """Programme id → short name."""
    submissions: dict[str, Submission] = field(default_factory=dict)
    code_version: str = ""
    forms_of_cell: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Step of a plan → the forms it asks for."""
    changed_readings: tuple[str, ...] = ()
    """What settings made other than the default, each in one sentence."""
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Steps of the plan that are whole, by step id: rows of ``STEPS_DONE``."""
    _of_programme: dict[str, list[Finding]] = field(init=False, repr=False, compare=False)
    _of_unit: dict[tuple[str, str | None], list[Finding]] = field(init=False, repr=False, compare=False)
    _proposed: dict[tuple[str, str], list[Nomination]] = field(init=False, repr=False, compare=False)
    _files: dict[tuple[str, str], list[str]] = field(init=False, repr=False, compare=False)
    _to_write_to: dict[str, list[str]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """By programme, once it was asked for."""

    def __post_init__(self) -> None:
        """Sort findings, nominations and files by unit once: thousands of units ask for theirs."""
        of_programme: dict[str, list[Finding]] = defaultdict(list)
        of_unit: dict[tuple[str, str | None], list[Finding]] = defaultdict(list)
        for finding in self.findings:
            of_programme[finding.programme_id].append(finding)
            of_unit[finding.programme_id, finding.unit_code].append(finding)
        proposed: dict[tuple[str, str], list[Nomination]] = defaultdict(list)
        for nomination in self.nominations.values():
            proposed[nomination.programme_id, nomination.unit_code].append(nomination)
        object.__setattr__(self, "_of_programme", of_programme)
        object.__setattr__(self, "_of_unit", of_unit)
        object.__setattr__(self, "_proposed", proposed)
        files: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in self.submissions:
            folders = name.split("/", 2)
            if len(folders) > 2:
                files[folders[0], folders[1]].append(name)
        object.__setattr__(self, "_files", files)

    def about(self, places: Iterable[tuple[str, str]]) -> Published:
        """What the letters and marked files of some units tell, and no more: to be handed to a process.

        Args:
            places: programme and unit of each.
        """
        wanted = set(places)
        codes = {unit_code for _, unit_code in wanted}
        findings = [one for place in wanted for one in self._of_unit.get(place, ())]
        proposed = {one.nomination_id for place in wanted for one in self._proposed.get(place, ())}
        files = {name for place in wanted for name in self._files.get(place, ())}
        return replace(
            self,
            findings=tuple(findings),
            nominations=_only(self.nominations, proposed.union(f.nomination_id or "" for f in findings)),
            units=_only(self.units, codes),
            addressed=_only(self.addressed, codes),
            sending=_only(self.sending, codes),
            usual=self.usual & codes,
            programme_of=_only(self.programme_of, codes),
            submissions=_only(self.submissions, files.union(f.source_file or "" for f in findings)),
            done={},
        )

    def unit_name(self, code: str | None) -> str:
        """A unit's name; its code where the list does not name it, empty for none."""
        return self.units.get(code or "", code or "")

    def of(self, programme_id: str, unit_code: str | None = None) -> list[Finding]:
        """Findings of a programme, or of one unit in it."""
        if unit_code is None:
            return list(self._of_programme.get(programme_id, ()))
        return list(self._of_unit.get((programme_id, unit_code), ()))

    def steps_done(self, told: Mapping[str, object]) -> list[Finding]:
        """Steps that are whole now, of those a reader was told of.

        Args:
            told: by finding or step id.
        """
        return [step_done(self.done[id_], self.as_of) for id_ in told if id_ in self.done]

    def proposed_by(self, programme_id: str, unit_code: str) -> list[Nomination]:
        """Nominations of a unit in a programme."""
        return list(self._proposed.get((programme_id, unit_code), ()))

    def files_of(self, programme_id: str, unit_code: str) -> int:
        """How many files lie in a unit's folder, whatever became of them."""
        return len(self._files.get((programme_id, unit_code), ()))

    def for_unit(self, programme_id: str, unit_code: str) -> list[Finding]:
        """What a unit itself has to mend now; of files another unit sent it learns nothing."""
        return [
            finding if finding.sent_by in (None, unit_code) else finding.without_place()
            for finding in self.of(programme_id, unit_code)
            if finding.present and finding.mends == BY_UNIT
        ]

    def units_to_write_to(self, programme_id: str) -> list[str]:
        """Codes of the programme's own units that have something to mend, or let a day pass; by name.

        A step without a day of its own is told beside others, and is no cause to write.
        """
        if programme_id not in self._to_write_to:
            codes = {
                f.unit_code or ""
                for f in self._of_programme.get(programme_id, ())
                if f.present and f.mends == BY_UNIT and (f.deadline or not f.is_step)
            }
            own = {code for code in codes if self.programme_of.get(code) == programme_id}
            ordered = sorted(own, key=lambda code: (collation_key(self.unit_name(code)), code))
            self._to_write_to[programme_id] = ordered
        return self._to_write_to[programme_id]


def _only(known: Mapping[str, _Row], wanted: Iterable[str]) -> dict[str, _Row]:
    return {key: known[key] for key in wanted if key in known}


class NothingPublished(Exception):
    """The home has no published snapshot yet."""


def _addressed(unit: dict[str, Any]) -> str:
    """Whom a letter is to: of a body that has ended whoever took its tasks over."""
    if not unit["has_ended"]:
        return str(unit["official_name"])
    if unit["successor"]:
        return text("letter.to_successor", unit=unit["successor"], old=unit["official_name"])
    return text("letter.to_whoever_followed", old=unit["official_name"])


def read_published(path: Path) -> Published:
    """Read the published file.

    Args:
        path: ``HOME/warehouse/thidua.duckdb``.

    Raises:
        NothingPublished: when there is no such file.
    """
    if not path.exists():
        raise NothingPublished(str(path))
    with duckdb.connect(str(path), read_only=True) as connection:
        as_of, run_id, code_version = connection.execute(
            "SELECT as_of, run_id, code_version FROM meta.snapshot"
        ).fetchone() or (None, "", "")
        units = _rows(
            connection,
            "SELECT u.unit_code, u.name, u.official_name, u.programme_id, u.is_usual, "
            "u.valid_to < ? AS has_ended, s.official_name AS successor "
            "FROM marts.dim_units AS u LEFT JOIN marts.dim_units AS s ON u.successor_code = s.unit_code",
            [as_of],
        )
        nominations = {
            row["nomination_id"]: Nomination(**row)
            for row in _rows(
                connection,
                "SELECT nomination_id, programme_id, unit_code, recipient_kind, recipient_name, "
                "coalesce(is_complete, false) AS is_complete FROM marts.fct_nominations",
            )
        }
        steps = steps_left(connection.execute(STEPS_LEFT).fetchall(), as_of)
        changed = _rows(
            connection, "SELECT text FROM marts.dim_policies WHERE NOT is_default ORDER BY policy_id"
        )
        return Published(
            as_of=as_of,
            run_id=str(run_id),
            findings=(*_findings(connection, nominations), *steps),
            code_version=str(code_version),
            nominations=nominations,
            units={row["unit_code"]: row["name"] for row in units},
            usual=frozenset(row["unit_code"] for row in units if row["is_usual"]),
            addressed={row["unit_code"]: _addressed(row) for row in units},
            sending={
                row["unit_code"]: row["sending"]
                for row in _rows(connection, "SELECT unit_code, sending FROM marts.rpt_units")
            },
            forms_of_cell={
                row["cell_id"]: tuple(json.loads(row["forms"] or "[]"))
                for row in _rows(connection, "SELECT cell_id, forms FROM marts.dim_coverage_cells")
            },
            programme_of={row["unit_code"]: row["programme_id"] for row in units},
            programmes={
                row["programme_id"]: row["short_name"]
                for row in _rows(connection, "SELECT programme_id, short_name FROM marts.dim_programmes")
            },
            submissions={
                row["source_file"]: Submission(**row)
                for row in _rows(
                    connection,
                    "SELECT source_file, received_on, status, submission_id FROM marts.fct_submissions",
                )
            },
            changed_readings=tuple(row["text"] for row in changed),
            done={row["step_id"]: row for row in _rows(connection, STEPS_DONE)},
        )


_FINDINGS = """
    SELECT f.finding_id, f.programme_id, f.unit_code, f.form_id, f.nomination_id, f.rule_id, f.severity,
           f.field, f.subject_vi AS subject, f.fact_vi AS fact, f.fix_vi AS fix, f.values_vi AS values,
           f.fact_of_years_vi AS fact_of_years, f.year,
           f.citation, f.source_file, f.source_sheet, f.source_row, f.source_cell, f.status,
           f.first_seen_on, f.fixed_on, coalesce(r.mends, 'unit') AS mends, r.category, f.recipient_name,
           f.cell_id, f.deadline, coalesce(d.is_before, false) AS is_before
    FROM marts.fct_findings AS f
    LEFT JOIN marts.dim_rules AS r ON r.rule_id = f.rule_id
    LEFT JOIN (SELECT DISTINCT cell_id, is_before FROM marts.dim_deadlines) AS d ON d.cell_id = f.cell_id
    ORDER BY f.programme_id, f.unit_code, f.source_file, f.source_row, f.finding_id
"""


def _findings(
    connection: duckdb.DuckDBPyConnection, nominations: Mapping[str, Nomination]
) -> Iterator[Finding]:
    for row in _rows(connection, _FINDINGS):
        nomination = nominations.get(row["nomination_id"] or "")
        row["recipient_name"] = (nomination.recipient_name if nomination else None) or row["recipient_name"]
        for words in ("fact", "fact_of_years"):
            row[words] = row[words] and without_personal_data(row[words], row["field"])
        row["values"] = _told_values(row["values"] or "{}")
        day, is_before = row.pop("deadline"), row.pop("is_before")
        row["deadline"] = _deadline(day, is_before) if day else None
        yield Finding(**row)


_deadline = lru_cache(maxsize=4_096)(Deadline)


@lru_cache(maxsize=4_096)
def _told_values(values: str) -> frozenset[str]:
    return frozenset(json.loads(values).values())


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: list[Any] | None = None
) -> list[dict[str, Any]]:
    found = connection.execute(query, values or [])
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
