"""A dbt model as plain SQL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Model:
    """One model: where its rows go and how they are made."""

    schema: str
    name: str
    is_view: bool
    sql: str
    needs: tuple[str, ...]
    """Names of the models it reads."""
