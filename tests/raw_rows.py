"""What the small warehouses made by hand share: the reference data, a file's row, rows as frames."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from pipelines.common.paths import PROJECT
from pipelines.forms.reading import polars_types
from pipelines.forms.registry import Catalogue, load_catalogue
from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference


def known_forms() -> Catalogue:
    """The project's forms."""
    return load_catalogue(PROJECT / "data" / "reference")


@lru_cache(maxsize=1)
def reference() -> Reference:
    """The project's reference data."""
    return load_reference(PROJECT / "data" / "reference")


def frame(columns: dict[str, str], rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a table of the warehouse's schema; what a row does not say is NULL."""
    return pl.DataFrame(list(rows), schema=polars_types(columns))


def submission(
    number: str, programme: str, unit: str, received: date, name: str, form: str
) -> dict[str, Any]:
    """A file that was read and is there tonight."""
    return {
        "submission_id": number,
        "source_file": f"{programme}/{unit}/{received}/{name}",
        "programme_id": programme,
        "unit_code": unit,
        "received_on": received,
        "file_name": name,
        "content_sha256": number,
        "byte_size": 1,
        "intake": "read",
        "form_id": form,
        "rows_read": 1,
        "is_present": True,
    }
