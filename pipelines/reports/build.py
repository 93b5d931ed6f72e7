"""HOME/reports/<as_of>: the workbook for Ban TĐKT, and per unit its letter and its files given back.

What a unit was told before in the same words is not written again: its letter and files are taken over.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.common.refusals import refusal_of
from pipelines.common.retention import outdated
from pipelines.reports import told
from pipelines.reports.data_files import read_data
from pipelines.reports.digest import Digest, digest
from pipelines.reports.earlier import Earlier
from pipelines.reports.findings_workbook import FindingsWorkbooks
from pipelines.reports.hands import Place, Tools, all_made
from pipelines.reports.letters.letterhead import load_letterhead
from pipelines.reports.mail.memory import Memory
from pipelines.reports.mail.reminders import load_reminders
from pipelines.reports.mail.text import board_subject, board_text
from pipelines.reports.places import letter_path, report_folder, workbook_path
from pipelines.reports.published import Published
from pipelines.reports.returned.give_back import RawFiles
from pipelines.sentences import text
from pipelines.text.printable import printable


@dataclass(frozen=True, slots=True)
class Built:
    """What a night's folder holds."""

    folder: Path
    letters: int
    """Written tonight."""
    files: int
    """Given back tonight."""
    units_taken_over: int
    """Units with nothing new to tell: their letter and files are those of an earlier night."""
    without: tuple[str, ...] = ()
    """Units whose letter or files could not be made, each with why; the others have theirs."""


def build_reports(
    published: Published,
    reports: Path,
    raw: Path,
    reference: Path,
    settings: Path,
    memory: Memory,
    advance: Callable[[], None] = lambda: None,
) -> Built:
    """Write the folder of a night; nights beyond the retention of snapshots go.

    Args:
        published: the published night.
        reports: ``HOME/reports/<as_of>``; replaced only when the new folder is whole.
        raw: the raw folder, read only.
        reference: the reference folder, for letterheads.
        settings: settings.yml, for the addresses of the board.
        memory: what readers were told so far; only read.
        advance: called after each unit.
    """
    chosen = read_data(settings)
    fresh, old = (reports.with_name(f".{reports.name}.{name}") for name in ("next", "old"))
    for leftover in reports.parent.glob(".????-??-??.*"):  # of a night that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    workbooks = FindingsWorkbooks(published)
    workbooks.write(workbook_path(fresh, published.as_of))
    heads = {
        programme_id: load_letterhead(reference, programme_id, name, board_addresses(chosen, programme_id))
        for programme_id, name in sorted(published.programmes.items())
    }
    shared = {one: told.of_programme(published, head) for one, head in heads.items()}
    earlier = Earlier(reports, fresh)
    due: list[Place] = []
    without: list[str] = []
    taken_over = 0
    for place in ((one, unit) for one in heads for unit in published.units_to_write_to(one)):
        try:
            if earlier.take_over("/".join(place), shared[place[0]] + told.of_unit(published, *place)):
                taken_over += 1
                advance()
            else:
                due.append(place)
        except Exception as error:
            if refusal_of(error):  # the machine's trouble is everyone's
                raise
            without.append(_cannot(earlier, place, f"{type(error).__name__}: {error}"))
            advance()
    letters = files = 0
    for made in all_made(published, Tools(RawFiles(raw), heads, fresh), due, advance):
        letters, files = letters + made.letters, files + made.files
        if made.trouble:
            without.append(_cannot(earlier, made.place, made.trouble))
    for programme_id, head in heads.items():
        news = board_news(published, programme_id, memory, reference)
        if published.of(programme_id):
            report_folder(fresh, programme_id).mkdir(exist_ok=True)
            workbooks.write(workbook_path(fresh, published.as_of, programme_id), programme_id)
        if news.is_due:
            subject = board_subject(head, news, published.as_of)
            body = board_text(published, news, letters_due(published, fresh, programme_id, news))
            words = printable(text("mail.file", subject=subject, body=body))
            (report_folder(fresh, programme_id) / text("mail.file_name")).write_text(
                printable(words), "utf-8"
            )
    earlier.note()
    if reports.exists():
        reports.rename(old)
    fresh.rename(reports)
    shutil.rmtree(old, ignore_errors=True)
    for folder in outdated(reports.parent.glob("????-??-??")):
        shutil.rmtree(folder)
    return Built(reports, letters, files, taken_over, tuple(without))


def board_addresses(settings: dict[str, Any], programme_id: str) -> tuple[str, ...]:
    """Where the board of a programme gets its mail, as settings.yml has it."""
    recipients = (settings.get("recipients") or {}).get(programme_id) or {}
    return tuple(recipients.get("board") or ())


def board_news(published: Published, programme_id: str, memory: Memory, reference: Path) -> Digest:
    """What Ban TĐKT has not been told yet of one programme."""
    heard = memory.told(f"{programme_id}/board")
    known = [*published.of(programme_id), *published.steps_done(heard)]
    return digest(known, heard, load_reminders(reference), published.as_of)


def letters_due(published: Published, reports: Path, programme_id: str, news: Digest) -> list[str]:
    """Units whose letter goes with Ban TĐKT's mail: those with something new or to be reminded."""
    touched = {f.unit_code for f in (*news.new, *news.reminded) if f.unit_code}
    return [
        code
        for code in published.units_to_write_to(programme_id)
        if code in touched and letter_path(reports, programme_id, code).exists()
    ]


def _cannot(earlier: Earlier, place: Place, why: str) -> str:
    """A unit whose reports could not be made: tried again next time."""
    name = "/".join(place)
    earlier.forget(name)
    return f"{name} ({why})"
