"""Small things every `ref.*` table uses: typed frames, JSON text, citation columns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from pydantic import BaseModel

from pipelines.reference.models.base import Citation
from pipelines.reference.reference import Reference

Schema = dict[str, Any]
CITATION: Schema = dict.fromkeys(("document", "section", "quote", "seed_ref", "citations"), pl.String)


_NUMBERED = re.compile(r"[IVX]+(?:[.,]|$)")


def frame(schema: Schema, rows: Iterable[Sequence[Any]]) -> pl.DataFrame:
    """A frame of rows with exactly these columns and types, also when there are no rows."""
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def json_text(value: Any) -> str:
    """The value as JSON, Vietnamese letters as they are, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def citation_columns(reference: Reference, citations: Sequence[Citation]) -> tuple[str | None, ...]:
    """`document, section, quote, seed_ref` of the first citation and all of them as JSON."""
    if not citations:
        return (None, None, None, None, "[]")
    first = citations[0]
    place = first.seed if first.line is None else f"{first.seed}:{first.line}"
    document = reference.documents[first.seed].short_name
    return (document, first.section, first.quote, place, json_text(citations))


def citation_vi(reference: Reference, citations: Sequence[Citation]) -> str | None:
    """The first citation as people read it: document, section."""
    if not citations:
        return None
    first = citations[0]
    section = f"mục {first.section}" if _NUMBERED.match(first.section) else first.section
    return f"{reference.documents[first.seed].short_name}, {section}"
