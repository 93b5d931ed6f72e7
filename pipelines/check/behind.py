"""What judging files asks of the models of a night."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.contracts.raw import Table
from pipelines.transform.compiled import with_needs
from pipelines.transform.model import Model

WANTED = ("int_verdicts", "int_submissions")
NIGHT: Table = {"as_of": "DATE", "run_id": "VARCHAR", "code_version": "VARCHAR", "input_digest": "VARCHAR"}
"""The columns of ``meta.night``, which tells the models the day."""
_OF_A_NIGHT = ('"raw"', '"meta"', '"quality"')
"""Schemas that differ from file to file; models that read none of them say what the law says."""


def of_the_law(models: Sequence[Model]) -> set[str]:
    """Names of the models behind what is wanted that read the law alone.

    Args:
        models: all, in an order in which they can be built.
    """
    found: set[str] = set()
    for model in with_needs(models, WANTED):
        reads_files = any(schema in model.sql for schema in _OF_A_NIGHT)
        if not reads_files and set(model.needs) <= found:
            found.add(model.name)
    return found
