"""HOME/quarantine: one plain explanation per file that was not accepted, and a list of them all."""

from __future__ import annotations

import shutil

import duckdb

from pipelines.common.file_names import fitting
from pipelines.common.paths import Home
from pipelines.sentences import text
from pipelines.text.printable import one_line

_ENDING = ".txt"


def explain(home: Home) -> int:
    """Write the explanations anew from the published snapshot.

    The folder mirrors the raw folder: ``<source_file>.txt`` says which file, what became of it and
    what to do. Files are only described here, never copied.

    Returns:
        How many files were explained.
    """
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT source_file, status, reason, received_on FROM marts.fct_submissions "
            "WHERE status <> 'accepted' ORDER BY source_file"
        ).fetchall()
    shutil.rmtree(home.quarantine, ignore_errors=True)
    home.quarantine.mkdir(parents=True)
    listing = [text("quarantine.title"), ""]
    for source_file, status, reason, received_on in rows:
        sentence = text(
            "quarantine.file",
            file=one_line(source_file),
            status=text(f"status.{status}"),
            reason=one_line(reason or ""),
            received=received_on.strftime("%d/%m/%Y") if received_on else text("quarantine.no_date"),
        )
        *folders, name = (fitting(part, len(_ENDING)) for part in source_file.replace("!", "/").split("/"))
        target = home.quarantine.joinpath(*folders, name + _ENDING)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(sentence + "\n", "utf-8")
        listing.append(text("quarantine.line", file=one_line(source_file), reason=one_line(reason or "")))
    (home.quarantine / "DANH-SACH.txt").write_text("\n".join(listing) + "\n", "utf-8")
    return len(rows)
