"""docs/data_dictionary.md, schema.md and marts_signature.txt, written from the contracts of the marts.

``python -m pipelines.publish.data_dictionary`` writes them; a test says when they are out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.common.paths import PROJECT
from pipelines.contracts.metrics import metrics
from pipelines.publish.marts import Table, marts, meta_tables, signature, signature_mark
from pipelines.publish.schema_picture import schema_picture
from pipelines.sentences import text

DICTIONARY = PROJECT / "docs" / "data_dictionary.md"
SCHEMA = PROJECT / "docs" / "schema.md"
SIGNATURE = PROJECT / "docs" / "marts_signature.txt"
CHANGELOG = PROJECT / "CHANGELOG.md"


def dictionary() -> str:
    """The data dictionary as Markdown."""
    tables = [*marts(), *meta_tables()]
    lines = [text("dictionary.title"), "", text("dictionary.intro", mark=signature_mark(marts())), ""]
    lines += [
        f"- [`{table.schema}.{table.name}`](#{table.schema}{table.name}): {table.meaning}" for table in tables
    ]
    lines += ["", *_metrics()]
    for table in tables:
        lines += ["", *_section(table)]
    return "\n".join(lines) + "\n"


def _metrics() -> list[str]:
    """What each figure counts, with the column that holds it."""
    rows = [
        f"| {one.label} | {_cell(one.meaning)} | {one.numerator} | {one.denominator} | `{one.column}` |"
        for one in metrics()
    ]
    return [
        f"## {text('dictionary.metrics')}", "", text("dictionary.metrics_intro"), "",
        text("dictionary.metrics_columns"), "|---|---|---|---|---|", *rows,
    ]  # fmt: skip


def _section(table: Table) -> list[str]:
    head = text("dictionary.columns")
    rows = [
        f"| `{column.name}` | {column.data_type} | {_cell(column.label)} | {_cell(column.meaning)} | "
        f"{column.measure} | {text(f'pii.{column.pii}') if column.pii else ''} |"
        for column in table.columns
    ]
    grain = [text("dictionary.grain", grain=table.grain), ""] if table.grain else []
    return [
        f"## {table.schema}.{table.name}", "", table.meaning, "", *grain, head,
        "|---|---|---|---|---|---|", *rows,
    ]  # fmt: skip


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _made() -> dict[Path, str]:
    """What each file should hold."""
    return {
        DICTIONARY: dictionary(),
        SCHEMA: schema_picture(marts()),
        SIGNATURE: signature(marts()),
    }


def problems() -> list[str]:
    """What is out of date, each with what to do; empty when all is well."""
    found = []
    command = "python -m pipelines.publish.data_dictionary"
    for path, wanted in _made().items():
        if not path.exists() or path.read_text("utf-8") != wanted:
            found.append(f"{path.name} is out of date: run {command}")
    mark = signature_mark(marts())
    if mark not in CHANGELOG.read_text("utf-8"):
        found.append(
            f"columns of the marts changed: say so in {CHANGELOG.name}, in a line that names the mark {mark}"
        )
    return found


def main() -> None:
    """Write the files; say what is left to do by hand."""
    for path, wanted in _made().items():
        path.write_text(wanted, "utf-8")
    for problem in problems():
        sys.stdout.write(problem + "\n")


if __name__ == "__main__":
    main()
