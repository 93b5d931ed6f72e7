"""``thidua templates``: a blank, fillable file of each form."""

from __future__ import annotations

from pathlib import Path

from pipelines.generate.writers import write_book, write_letter
from pipelines.templates import letters, workbooks
from pipelines.templates.options import Options, plan

__all__ = ["write_templates"]


def write_templates(folder: Path, reference: Path) -> list[Path]:
    """Write the templates.

    Args:
        folder: where to; made if it is not there, files of the same names are replaced.
        reference: the reference data, for award names and the labels of the annex.

    Returns:
        The files, in the order of ``templates.yml``.
    """
    options = Options(reference)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for entry in plan()["workbooks"]:
        path = folder / f"{entry['form']}.xlsx"
        path.write_bytes(write_book(workbooks.book(entry, options), ".xlsx"))
        written.append(path)
    for entry in plan()["letters"]:
        path = folder / f"{entry.get('file', entry['form'])}.docx"
        path.write_bytes(write_letter(letters.letter(entry, options)))
        written.append(path)
    return written
