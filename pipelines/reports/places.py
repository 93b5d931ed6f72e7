"""Where things lie below ``HOME/reports/<as_of>``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipelines.sentences import text


def report_folder(reports: Path, programme_id: str, unit_code: str | None = None) -> Path:
    """The folder of a programme, or of a unit in it."""
    folder = reports / programme_id
    return folder / unit_code if unit_code else folder


def workbook_path(reports: Path, as_of: date, programme_id: str | None = None) -> Path:
    """The workbook of all programmes, or of one."""
    name = text("mail.workbook_name", date=as_of.isoformat())
    return (reports / programme_id if programme_id else reports) / name


def letter_path(reports: Path, programme_id: str, unit_code: str) -> Path:
    """A unit's letter."""
    return report_folder(reports, programme_id, unit_code) / text("mail.letter_name", unit=unit_code)


def returned_folder(unit_folder: Path, received_on: date | None) -> Path:
    """Where a unit's marked files of one day of receipt lie: its name tells the day.

    One level, not one for all days and in it one of each: every folder costs each night 4 KB and its making.
    """
    name = text("returned.folder")
    return unit_folder / (f"{name}-{received_on.isoformat()}" if received_on else name)


def returned_files(reports: Path, programme_id: str, unit_code: str) -> list[Path]:
    """The unit's marked files of all days; also of a night before the days stood in the folders' names."""
    folder = report_folder(reports, programme_id, unit_code)
    return sorted(path for path in folder.glob(f"{text('returned.folder')}*/**/*") if path.is_file())
