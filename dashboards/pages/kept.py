"""Lists kept whole beside a page, as .xlsx and .csv: where it shows a part of them, or figures in words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.formats import slug
from dashboards.list_files import Value, comma_separated, workbook
from dashboards.pages.page import Download
from dashboards.site import Programme

FOLDER = "danh-sach"
Files = dict[str, str]
"""Address of each kind of file, from the first page; none of an empty list."""
Kept = tuple[Files, tuple[Download, ...]]
"""Where the files lie, and the files."""


def kept(
    name: str, programme: Programme, title: str, header: Sequence[str], rows: Sequence[Sequence[Value]]
) -> Kept:
    """A list of a programme as files.

    Args:
        name: of the files, before the programme's.
        programme: whose list it is.
        title: of the sheet.
        header: the columns.
        rows: as wide as the header; shares as numbers, whole and part in columns of their own.
    """
    if not rows:
        return {}, ()
    path = f"{FOLDER}/{name}-{slug(programme.id)}"
    files = {"xlsx": f"{path}.xlsx", "csv": f"{path}.csv"}
    return files, (
        Download(files["xlsx"], workbook(title, header, rows)),
        Download(files["csv"], comma_separated(header, rows)),
    )
