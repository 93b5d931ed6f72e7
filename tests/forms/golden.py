"""Golden folders ``<form_id>/<case>/``: an input, and ``expected.yml`` with its rows.

The input is a real file ``input.<ext>``, written by other programs than ours, or a file as blocks
in ``input.yml``. Beside a real file ``input.yml`` says where it came in.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.forms.read import read_submission
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.values.reference_values import ReferenceValues, reference_values
from pipelines.inbox.document import Block, CellError, Document, Grid, Paragraph
from pipelines.inbox.read import read_document
from pipelines.reference.load import load_reference
from tests.raw_rows import known_forms

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1] / "data" / "reference"


@lru_cache(maxsize=1)
def reference() -> ReferenceValues:
    """The look-up tables of the project's reference data."""
    return reference_values(load_reference(REFERENCE))


def cases() -> list[Path]:
    """Every golden folder."""
    return sorted(path.parent for path in HERE.glob("*/*/expected.yml"))


def _cell(value: Any) -> Any:
    return (
        CellError(value)
        if isinstance(value, str) and value.startswith("#") and value.endswith("!")
        else value
    )


def build(data: dict[str, Any]) -> Document:
    """The document that ``input.yml`` describes."""
    blocks: list[Block] = []
    number = 0
    kind = data.get("kind", "workbook")
    for item in data["blocks"]:
        if "grid" in item:
            rows = [[_cell(value) for value in row] for row in item["rows"]]
            merges = [tuple(merge) for merge in item.get("merges", [])]
            grid = Grid(
                item["grid"],
                rows,
                merges,
                hidden=item.get("hidden", False),
                has_addresses=kind in ("workbook", "csv"),
                pictures=item.get("pictures", []),
            )
            blocks.append(grid)
        else:
            for line in item["text"].strip("\n").splitlines():
                number += 1
                blocks.append(Paragraph(line, number, picture=item.get("picture", False)))
    return Document(kind, blocks, page_count=data.get("pages"))


def context(data: dict[str, Any]) -> SubmissionContext:
    """The submission that ``input.yml`` describes."""
    received = data.get("received_on", date(2020, 6, 1))
    return SubmissionContext(
        submission_id="S",
        file_name=data.get("file_name", "tep.xlsx"),
        programme_id=data.get("programme", "LS-1620"),
        unit_code=data.get("unit", "LS-SO-TAI-CHINH"),
        received_on=received,
    )


def real_file(folder: Path) -> Path | None:
    """The real file a golden folder holds."""
    return next((path for path in folder.glob("input.*") if path.suffix != ".yml"), None)


def read_case(folder: Path) -> tuple[Document, Reading]:
    """Read the input of a golden folder; raises ``Unreadable`` as the reader does."""
    told = folder / "input.yml"
    data = yaml.safe_load(told.read_text(encoding="utf-8")) if told.exists() else {}
    file = real_file(folder)
    if file:
        data.setdefault("file_name", file.name)
        document = read_document(data["file_name"], file.read_bytes())
    else:
        document = build(data)
    return document, read_submission(document, context(data), known_forms(), reference())
