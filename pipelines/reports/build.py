"""HOME/reports/<as_of>: the workbook for Ban TĐKT, and per unit its letter and its files given back.

What a unit was told before in the same words is not written again: its letter and files are taken over.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipelines.common.refusals import refusal_of
from pipelines.common.retention import outdated
from pipelines.reports.data_files import read_data
from pipelines.reports.digest import Digest, digest
from pipelines.reports.earlier import Earlier
from pipelines.reports.findings_workbook import write_findings_workbook
from pipelines.reports.letters.content import letter_content
from pipelines.reports.letters.letterhead import Letterhead, load_letterhead
from pipelines.reports.letters.letters import write_letter
from pipelines.reports.mail.memory import Memory
from pipelines.reports.mail.reminders import load_reminders
from pipelines.reports.mail.text import board_subject, board_text
from pipelines.reports.published import Published
from pipelines.reports.returned.give_back import RawFiles, give_back, told_in_files
from pipelines.sentences import text


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


def report_folder(reports: Path, programme_id: str, unit_code: str | None = None) -> Path:
    """The folder of a programme, or of a unit in it, below HOME/reports/<as_of>."""
    folder = reports / programme_id
    return folder / unit_code if unit_code else folder


def workbook_path(reports: Path, as_of: date, programme_id: str | None = None) -> Path:
    """The workbook of all programmes, or of one."""
    name = text("mail.workbook_name", date=as_of.isoformat())
    return (reports / programme_id if programme_id else reports) / name


def letter_path(reports: Path, programme_id: str, unit_code: str) -> Path:
    """A unit's letter."""
    return report_folder(reports, programme_id, unit_code) / text("mail.letter_name", unit=unit_code)


def returned_folder(reports: Path, programme_id: str, unit_code: str) -> Path:
    """The unit's marked files, by day of receipt."""
    return report_folder(reports, programme_id, unit_code) / text("returned.folder")


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
    write_findings_workbook(workbook_path(fresh, published.as_of), published)
    raw_files = RawFiles(raw)
    earlier = Earlier(reports, fresh)
    letters = files = taken_over = 0
    without: list[str] = []
    for programme_id in sorted(published.programmes):
        names = published.programmes[programme_id]
        head = load_letterhead(reference, programme_id, names, board_addresses(chosen, programme_id))
        for unit_code in published.units_to_write_to(programme_id):
            place = f"{programme_id}/{unit_code}"
            try:
                told = _told(published, programme_id, unit_code, head)
                if earlier.take_over(place, told):
                    taken_over += 1
                else:
                    folder = returned_folder(fresh, programme_id, unit_code)
                    returned = give_back(published, programme_id, unit_code, raw_files, folder)
                    files += len(returned)
                    letters += _letter(fresh, published, programme_id, unit_code, head, len(returned))
            except Exception as error:
                if refusal_of(error):  # the machine's trouble is everyone's
                    raise
                earlier.forget(place)
                shutil.rmtree(report_folder(fresh, programme_id, unit_code), ignore_errors=True)
                without.append(f"{place} ({type(error).__name__}: {error})")
            advance()
        news = board_news(published, programme_id, memory, reference)
        if published.of(programme_id):
            report_folder(fresh, programme_id).mkdir(exist_ok=True)
            path = workbook_path(fresh, published.as_of, programme_id)
            write_findings_workbook(path, published, [programme_id])
        if news.is_due:
            subject = board_subject(head, news, published.as_of)
            body = board_text(published, news, letters_due(published, fresh, programme_id, news))
            words = text("mail.file", subject=subject, body=body)
            (report_folder(fresh, programme_id) / text("mail.file_name")).write_text(words, "utf-8")
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


def _told(published: Published, programme_id: str, unit_code: str, head: Letterhead) -> str:
    """Everything a unit's letter and marked files say, whatever the night."""
    letter = letter_content(published, programme_id, unit_code, head, files=1)
    files = told_in_files(published, programme_id, unit_code)
    return repr((published.code_version, published.as_of.year, head, letter, files))


def board_news(published: Published, programme_id: str, memory: Memory, reference: Path) -> Digest:
    """What Ban TĐKT has not been told yet of one programme."""
    told = memory.told(f"{programme_id}/board")
    return digest(published.of(programme_id), told, load_reminders(reference), published.as_of)


def letters_due(published: Published, reports: Path, programme_id: str, news: Digest) -> list[str]:
    """Units whose letter goes with Ban TĐKT's mail: those with something new or to be reminded."""
    touched = {f.unit_code for f in (*news.new, *news.reminded) if f.unit_code}
    return [
        code
        for code in published.units_to_write_to(programme_id)
        if code in touched and letter_path(reports, programme_id, code).exists()
    ]


def _letter(
    reports: Path,
    published: Published,
    programme_id: str,
    unit_code: str,
    head: Letterhead,
    files: int,
) -> bool:
    content = letter_content(published, programme_id, unit_code, head, files)
    if content is None:
        return False
    path = letter_path(reports, programme_id, unit_code)
    path.parent.mkdir(parents=True, exist_ok=True)
    midnight = datetime.combine(published.as_of, datetime.min.time())
    write_letter(path, content, head, published.as_of.year, midnight)
    return True
