"""The marked files of one unit: each under exactly its name, so that sent again it replaces the old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from pipelines.common.file_names import fitting
from pipelines.inbox.archive import members
from pipelines.inbox.document import Unreadable
from pipelines.inbox.register import found_at, raise_if_gone, scan, submission_id
from pipelines.reports.finding import Finding
from pipelines.reports.places import returned_folder
from pipelines.reports.published import Published
from pipelines.reports.returned.copies import xlsx_copy
from pipelines.reports.returned.docx import mark_docx
from pipelines.reports.returned.marks import Mark, marks_of
from pipelines.reports.returned.ooxml import Parts
from pipelines.reports.returned.xlsx import mark_xlsx
from pipelines.reports.years import told_once

WORKBOOKS, TABLES, WORD = (".xlsx", ".xlsm"), (".xls", ".ods", ".csv"), (".docx",)


class RawFiles:
    """The files of the raw folder by the name the warehouse knows them under; read only."""

    def __init__(self, raw: Path) -> None:
        """Nothing is looked at yet."""
        self._raw = raw

    @cached_property
    def _paths(self) -> Mapping[str, Path]:
        """All files: of a country's one by one, so only where a name is not the one on the disk."""
        found = scan(self._raw) if self._raw.is_dir() else []
        return {file.source_file: file.path for file in found if not file.problem}

    def _lying(self, source_file: str) -> Path | None:
        file = found_at(self._raw, source_file)
        return file.path if file and not file.problem else None

    def _found(self, source_file: str) -> tuple[Path, str] | None:
        """Where a file lies, and which member of it is meant; the sign may stand in its own name."""
        container, _, member = source_file.partition("!")
        for known in (self._lying, lambda name: self._paths.get(name)):
            for name, inside in dict.fromkeys(((source_file, ""), (container, member))):
                if path := known(name):
                    return path, inside
        return None

    def read(self, source_file: str) -> bytes | None:
        """A file's bytes, or a zip member's; None where it is no longer there.

        Raises:
            OSError: the disk or share is gone.
        """
        path = self._raw / source_file
        try:
            found = self._found(source_file)
            if found is None:
                return None
            path, member = found
            data = path.read_bytes()
            if not member:
                return data
            return next((one.data for one in members(data) if one.name == member and not one.problem), None)
        except OSError as error:
            raise_if_gone(error, path, self._raw)
            return None
        except Unreadable:
            return None


def give_back(
    published: Published,
    programme_id: str,
    unit_code: str,
    raw: RawFiles,
    folder: Path,
) -> list[Path]:
    """Write the unit's files with marks.

    Args:
        published: the night.
        programme_id: the programme.
        unit_code: the unit; only its own files and findings are touched.
        raw: the raw folder.
        folder: the unit's own; in it the files go to a folder of their day of receipt.

    Returns:
        The files written. What cannot be marked (PDF, locked, damaged, replaced meanwhile) is not there: the
        letter names it.
    """
    by_file, homeless = _to_mark(published, programme_id, unit_code)
    written = []
    for source_file, found in sorted(by_file.items()):
        name = PurePosixPath(source_file.rsplit("!", 1)[-1]).name
        # the first file that has sheets holds what stands in none
        added = homeless if name.lower().endswith((*WORKBOOKS, *TABLES)) else []
        marks = [mark for finding in (*found, *added) for mark in marks_of(finding)]
        data = raw.read(source_file)
        submission = published.submissions[source_file]
        if data is None or submission_id(source_file, data) != submission.submission_id:
            continue  # replaced since it was read: its cells are others
        result = marked(name, data, marks)
        if result is None:
            continue
        if added:
            homeless = []
        target = _free(returned_folder(folder, submission.received_on), fitting(result[0]))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(result[1])
        written.append(target)
    return written


def _to_mark(
    published: Published, programme_id: str, unit_code: str
) -> tuple[dict[str, list[Finding]], list[Finding]]:
    """The unit's findings by the file they stand in, and those that stand in none."""
    findings = published.for_unit(programme_id, unit_code)
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        submission = published.submissions.get(finding.source_file or "")
        if submission is not None and submission.status == "accepted":
            by_file[submission.source_file].append(finding)
    return by_file, told_once(finding for finding in findings if not finding.source_file)


def _free(folder: Path, name: str) -> Path:
    """Where a file of this name goes; files of one name (of several archives) get folders of their own."""
    target, number = folder / name, 2
    while target.exists():
        target, number = folder / str(number) / name, number + 1
    return target


def marked(name: str, data: bytes, marks: list[Mark]) -> tuple[str, bytes] | None:
    """The name and bytes of the marked file, or None where only the letter can say it.

    Args:
        name: the file's.
        data: its bytes.
        marks: what is written on it.
    """
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix in WORKBOOKS:
            return name, mark_xlsx(Parts.opened(data), marks)
        if suffix in WORD:
            return name, mark_docx(Parts.opened(data), marks)
        if suffix in TABLES:
            return f"{PurePosixPath(name).stem}.xlsx", mark_xlsx(xlsx_copy(name, data), marks)
    except Exception:  # outsiders' files: whatever one of them is made of, the others are still given back
        return None
    return None
