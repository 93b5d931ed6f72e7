"""One file judged as the night would judge it: the same readers, models and sentences, in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.check.bench import Bench, Counting
from pipelines.check.built import Built
from pipelines.inbox.register import RawFile, fingerprint
from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference
from pipelines.reference.settings import load_settings
from pipelines.rules.tables import law_tables
from pipelines.text.keys import nfc
from pipelines.warehouse.read_file import Outcome, Reader, ReadItem, read_one
from pipelines.warehouse.reading import reader_of

_YEARS = (("award_rows", "award_year"), ("headcount_rows", "year"))
"""Where rows of forms that every programme has say which years they are about."""
UNREADABLE = 2
BLOCKED = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file would be sent: programme and unit, where they were given."""

    programme_id: str | None
    unit_code: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be said of one file."""

    path: Path
    place: Place
    is_read: bool
    reason: str | None
    """Why it was not read or not recognised."""
    forms: list[str]
    """Their labels."""
    form_ids: list[str]
    rows_read: int
    tables: int
    """Tables that the rows stand in."""
    papers: int
    """Of what was read: records and documents, which are no rows."""
    parts: pl.DataFrame
    """As ``raw.file_parts``."""
    findings: pl.DataFrame
    """As ``quality.finding_nights``."""

    @property
    def exit_code(self) -> int:
        """0 clean, 1 blocking findings or nothing read, 2 unreadable or unrecognised."""
        if not self.is_read:
            return UNREADABLE
        blocked = (self.findings["severity"] == "blocking").any()
        return BLOCKED if blocked or not self.rows_read else 0


def check_files(
    files: Sequence[Path], place: Place, today: date, reference_folder: Path, settings_file: Path
) -> list[Checked]:
    """Check files as a unit would send them: those of one programme and unit are one dossier.

    Args:
        files: what a clerk means to send.
        place: programme and unit, if given; else from the file's path, else what its form belongs to.
        today: taken as the day of receipt, unless the path says another.
        reference_folder: the reference data.
        settings_file: the settings.
    """
    return check_by(load_law(reference_folder, settings_file), files, place, today)


@dataclass(frozen=True, slots=True)
class Law:
    """What files are read and judged by; whoever checks many loads it once."""

    reference: Reference
    reader: Reader
    bench: Bench


def load_law(
    reference_folder: Path,
    settings_file: Path,
    counting: Callable[[dict[str, pl.DataFrame]], Counting] = Built,
) -> Law:
    """The law of a folder of reference data and of the settings.

    Args:
        reference_folder: the reference data.
        settings_file: the settings.
        counting: how files are to be counted by it.

    Raises:
        ReferenceError: with every mistake of either.
    """
    reference = load_reference(reference_folder)
    tables = law_tables(reference, load_settings(settings_file, reference))
    return Law(reference, reader_of(reference), Bench(tables, counting(tables)))


def check_by(law: Law, files: Sequence[Path], place: Place, today: date) -> list[Checked]:
    """As ``check_files``, by a law that is loaded already."""
    read = [_read_as_fits(path, place, today, law.reference, law.reader) for path in files]
    _follow_the_others(read, law.reader)
    findings = _findings(read, law.bench)
    return [_checked(one, findings[number], law.reader) for number, one in enumerate(read)]


@dataclass(slots=True)
class _Read:
    """A file as each programme that comes into question would read it."""

    path: Path
    where: Place
    """As given or as the path says."""
    received_on: date
    outcomes: dict[str, Outcome]
    programme_id: str
    """The programme that fits best."""

    @property
    def outcome(self) -> Outcome:
        return self.outcomes[self.programme_id]

    @property
    def submissions(self) -> set[str]:
        return {row["submission_id"] for row in self.outcome.submissions}


def _read_as_fits(path: Path, place: Place, today: date, reference: Reference, reader: Reader) -> _Read:
    where, received_on = _place_of(path, place, today, reference)
    candidates = [where.programme_id] if where.programme_id else list(reference.programmes)
    outcomes = {
        each: _read(path, replace(where, programme_id=each), received_on, reference, reader)
        for each in candidates
    }
    best = max(outcomes, key=lambda each: _fitness(outcomes[each], reader, reference))
    return _Read(path, where, received_on, outcomes, best)


def _follow_the_others(read: list[_Read], reader: Reader) -> None:
    """A paper that any programme may have belongs to the programme of the forms it is sent with."""
    certain = {one.programme_id for one in read if one.where.programme_id or _own(one.outcome, reader)}
    if len(certain) != 1:
        return
    (only,) = certain
    for one in read:
        if not one.where.programme_id and not _own(one.outcome, reader) and one.outcomes[only].readings:
            one.programme_id = only


def _findings(read: list[_Read], bench: Bench) -> list[pl.DataFrame]:
    """The findings on each file: judged with the others of its dossier, alone where one would replace it."""
    dossiers: dict[tuple[str, str], list[_Read]] = {}
    for one in read:
        first = one.outcome.submissions[0]
        dossiers.setdefault((first["programme_id"], first["unit_code"]), []).append(one)
    found: dict[int, pl.DataFrame] = {}
    for together in dossiers.values():
        day = max(one.received_on for one in together)
        names = [name for one in together for name in one.submissions]
        unlike = together if len(set(names)) == len(names) else []
        findings, standing = bench.judged([one.outcome for one in unlike], day) if unlike else (None, set())
        for one in together:
            if findings is None or not one.submissions <= standing:
                found[id(one)], _ = bench.judged([one.outcome], one.received_on)
            else:
                found[id(one)] = findings.filter(pl.col("submission_id").is_in(list(one.submissions)))
    return [found[id(one)] for one in read]


def _checked(one: _Read, findings: pl.DataFrame, reader: Reader) -> Checked:
    outcome, where = one.outcome, Place(one.programme_id, one.where.unit_code)
    if not outcome.readings:
        nothing = pl.DataFrame()
        reason = outcome.submissions[-1]["reason"]
        return Checked(one.path, where, False, reason, [], [], 0, 0, 0, nothing, nothing)
    if one.where.programme_id is None:
        # which programme a list belongs to was not said, so its period is not judged
        findings = findings.filter(pl.col("rule_id") != "KT-NGOAI-KY")
    labels = reader.catalogue.forms
    form_ids = _forms(outcome)
    forms = [labels[form].official_label for form in form_ids]
    parts = Outcome.tables([outcome])["file_parts"]
    tables = sum(tally.tables for reading in outcome.readings for tally in reading.tallies.values())
    papers = sum(
        rows
        for reading in outcome.readings
        for form, rows in zip(
            *(reading.tables["parts"][name] for name in ("form_id", "rows_read")), strict=True
        )
        if labels[form].kind in ("record", "document")
    )
    rows = outcome.rows_read
    return Checked(one.path, where, True, None, forms, form_ids, rows, tables, papers, parts, findings)


def _own(outcome: Outcome, reader: Reader) -> bool:
    """Whether a file is a form that not every programme has."""
    return any(reader.catalogue.forms[form].programmes is not None for form in _forms(outcome))


def _fitness(outcome: Outcome, reader: Reader, reference: Reference) -> tuple[bool, int, bool, float, int]:
    """How well a programme fits a file: read, nothing left unread, a form of its own, years of its phase."""
    parts = [part for reading in outcome.readings for part in reading.rows("file_parts")]
    scores = [score for reading in outcome.readings for score in reading.tables["parts"]["score"]]
    unread = sum(part["part_kind"] == "not_read" for part in parts)
    first, last = reference.programme(outcome.submissions[0]["programme_id"]).award_year_window
    years = [
        year
        for reading in outcome.readings
        for table, column in _YEARS
        for year in reading.tables[table][column]
        if year is not None
    ]
    fitting = sum(first <= year <= last for year in years)
    return bool(outcome.readings), -unread, _own(outcome, reader), max(scores, default=0.0), fitting


def _forms(outcome: Outcome) -> list[str]:
    """The forms of a file, each once; a blank paper has no part, but a form."""
    found = (
        form
        for reading in outcome.readings
        for form in (reading.form_id, *reading.tables["parts"]["form_id"])
        if form
    )
    return list(dict.fromkeys(found))


def _place_of(path: Path, place: Place, today: date, reference: Reference) -> tuple[Place, date]:
    """Programme, unit and day: as given, else as the path within a raw folder says."""
    parts = path.absolute().parts
    received_on = today
    if len(parts) > 3 and parts[-4] in reference.programmes and parts[-3] in reference.units.by_code:
        place = Place(place.programme_id or parts[-4], place.unit_code or parts[-3])
        try:
            received_on = date.fromisoformat(parts[-2])
        except ValueError:
            received_on = today
    return place, received_on


def _read(path: Path, place: Place, received_on: date, reference: Reference, reader: Reader) -> Outcome:
    programme_id = place.programme_id or ""
    unit_code = place.unit_code or _any_unit(reference, programme_id)
    status = path.stat()
    source_file = f"{programme_id}/{unit_code}/{received_on}/{nfc(path.name)}"
    file = RawFile(
        source_file, path, programme_id, unit_code, received_on, status.st_size, status.st_mtime_ns
    )
    hashes = fingerprint(file, {})
    item = ReadItem(
        file=file,
        content_sha256=hashes.content_sha256,
        submission_id=hashes.submission_id,
        problem=None,
        params={},
        waiting=False,
    )
    return read_one(item, reader)


def _any_unit(reference: Reference, programme_id: str) -> str:
    """The programme's top unit: what is checked then depends on no unit's own duties."""
    return next(u.unit_code for u in reference.units if u.programme_id == programme_id and not u.parent_code)
