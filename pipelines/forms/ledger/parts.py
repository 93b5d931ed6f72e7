"""The ledger of a file: what each of its parts is, and where each of its cells ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipelines.forms.ledger.tally import Tally
from pipelines.forms.places import Place, paragraph_address, within
from pipelines.forms.reading import Reading
from pipelines.forms.recognise.fates import rows_of
from pipelines.forms.recognise.matches import Fate, Match, PartKind, Recognition
from pipelines.forms.registry import Words
from pipelines.forms.tables.grids import UNREAD
from pipelines.inbox.document import Document, Grid

REASONS = {
    "reference": "trang_tham_chieu",
    "signature": "chu_ky",
    "notes": "ghi_chu",
}
"""Kind of a part without values -> why its cells are passed over."""


@dataclass(frozen=True, slots=True)
class Text:
    """What became of the running text: paragraphs read as values, named in findings, printed by the form."""

    taken: set[Place]
    told: set[Place]
    printed: dict[Place, tuple[int, str]]


def account_for_text(
    reading: Reading, recognition: Recognition, document: Document, text: Text, words: Words
) -> None:
    """The running text: of records and documents, and around the tables of lists; writes its parts."""
    owned = {place for match in recognition.matches for line in match.lines for place in line.cells()}
    whole = next((match for match in recognition.matches if match.lines), None)
    for name, reason, paragraphs in (
        ("text", "chu_ngoai_bang", document.paragraphs),
        ("header", "dau_trang", document.header),
        ("box", "tieu_de", [each for grid in document.grids for each in grid.margin]),
    ):
        places: set[Place] = {(None, paragraph_address(each)) for each in paragraphs if each.text.strip()}
        left = places - text.taken - text.told
        reasons = Counter(text.printed.get(place, (None, reason)) for place in left)
        for (part_no, why), lines in sorted(reasons.items(), key=str):
            reading.ignore(part_no, None, why, lines)
        told = len((places & text.told) - text.taken)
        tally = Tally(len(places & text.taken), len(left), told)
        own = whole if whole and places & owned else None
        evidence = "; ".join(own.reasons) if own else words.evidence[name]
        kind: PartKind = ("blank" if own.blank else "form") if own else ("not_read" if told else "notes")
        if places:
            form_id = own.form.id if own else None
            _write(reading, words.part_names[name], kind, form_id, evidence, tally.cells, tally)
    for reason, texts in sorted(document.aside.items()):
        count = len(texts)
        reading.ignore(None, None, reason, count)
        evidence = words.evidence["aside"]
        _write(reading, words.part_names[reason], "notes", None, evidence, count, Tally(ignored=count))


def account_for_grids(reading: Reading, recognition: Recognition, taken: set[Place], words: Words) -> None:
    """The sheets and tables without a form: passed over by evidence, or told as not read."""
    for fate in recognition.fates:
        grid = fate.grid
        cells = sum(grid.filled)
        head = within(grid, taken)
        reading.tallies[grid.label].read += head
        if fate.kind == "not_read":
            tell_unread(reading, fate, words)
            reading.tallies[grid.label].reported += cells - head
        elif fate.kind != "blank":
            reading.ignore(None, grid.name, REASONS[fate.kind], cells - head, grid.label)


def tell_unread(reading: Reading, fate: Fate, words: Words) -> None:
    """The finding on a sheet or table that was not read: how many rows, how the first begins, why."""
    rows, first = rows_of(fate.grid, fate.start)
    why, near = fate.why, fate.near
    if near:
        why = words.evidence["near"].format(form=near.form.official_label, lacks="; ".join(near.lacks))
    params = {"noi": fate.grid.label, "so_dong": str(rows), "dong_dau": first, "vi_sao": why}
    reading.find(UNREAD, source_sheet=fate.grid.name, field=fate.grid.label, params=params)


def write_grids(reading: Reading, recognition: Recognition, document: Document, words: Words) -> None:
    """Write the parts that are sheets and tables."""
    fates = {id(fate.grid): fate for fate in recognition.fates}
    owners: dict[int, Match] = {}
    for match in recognition.matches:
        for line in match.lines:
            if line.grid is not None:
                owners.setdefault(id(line.grid), match)
        for grid, _ in match.tables:
            owners[id(grid)] = match
    parts = (part for grid in document.grids for part in recognition.windows.get(id(grid), [grid]))
    for grid in parts:
        _write_grid(reading, grid, fates.get(id(grid)), owners.get(id(grid)), words)


def _write_grid(reading: Reading, grid: Grid, fate: Fate | None, owner: Match | None, words: Words) -> None:
    cells, tally = sum(grid.filled), reading.tallies[grid.label]
    kind: PartKind = "blank"
    form_id, evidence = None, words.evidence["blank"]
    if fate is not None:
        kind, evidence = fate.kind, fate.evidence
    elif owner is not None:
        form_id, evidence = owner.form.id, owner.went_on.get(grid.label, "; ".join(owner.reasons))
        kind = "continuation" if grid.label in owner.went_on else ("blank" if owner.blank else "form")
    _write(reading, grid.label, kind, form_id, evidence, cells, tally)


def _write(
    reading: Reading,
    part: str,
    kind: PartKind,
    form_id: str | None,
    evidence: str | None,
    cells: int,
    tally: Tally,
) -> None:
    reading.add(
        "file_parts",
        submission_id=reading.submission_id,
        part=part,
        part_kind=kind,
        form_id=form_id,
        evidence=evidence,
        cells=cells,
        cells_read=tally.read,
        cells_ignored=tally.ignored,
        cells_reported=tally.reported,
        rows_read=tally.rows,
    )
