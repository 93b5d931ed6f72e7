"""What the reports know: findings, nominations, units, programmes and files of the published night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from pipelines.reports.finding import BY_UNIT, Finding
from pipelines.reports.steps import step_done
from pipelines.text.collation import collation_key

_Row = TypeVar("_Row")


class Nomination(NamedTuple):
    """A person, collective or family proposed."""

    nomination_id: str
    programme_id: str
    unit_code: str
    recipient_kind: str | None
    recipient_name: str | None
    is_complete: bool


class Submission(NamedTuple):
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
    done: dict[str, Sequence[Any]] = field(default_factory=dict)
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
