"""Lists and records of people over years, made by hand, published as a night publishes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from pipelines.common.paths import Home
from pipelines.contracts.raw import RAW
from pipelines.publish import public
from pipelines.publish.snapshot import publish
from pipelines.reference.models.recipients import RecipientDecision
from pipelines.reference.settings import Settings
from pipelines.rules.tables import law_tables
from pipelines.transform.compiled import build_models, in_memory
from pipelines.warehouse.staging import append, prepare, replace_tables
from tests.raw_rows import frame, reference
from tests.rules.world import World

MARTS = (
    "dim_recipients",
    "dim_recipient_names",
    "rpt_recipient_joins",
    "rpt_recipient_steps",
    "rpt_recipient_decisions",
    "fct_awards",
    "dim_awards",
    "dim_award_gaps",
    "dim_codes",
    "dim_programmes",
    "dim_units",
    "dim_unit_rollups",
)
UNIT, OTHER = "LS-SO-Y-TE", "LS-SO-NOI-VU"


def person(
    name: str, award: str, year: int | None, workplace: str | None = None, **more: Any
) -> dict[str, Any]:
    """A row of a list of awards."""
    return {"name": name, "kind": "ca_nhan", "award": award, "year": year, "workplace": workplace, **more}


def awards(world: World, unit: str, received: date, *rows: dict[str, Any], name: str = "ds") -> None:
    """A list of awards of Lạng Sơn."""
    world.send(
        "LS-1620",
        unit,
        {"form": "KT-DS", "received": received, "name": name, "key": name, "rows": list(rows)},
    )


def published(
    world: World,
    root: Path,
    decisions: tuple[dict[str, Any], ...] = (),
    more: tuple[str, ...] = (),
    read: Mapping[str, pl.DataFrame] = MappingProxyType({}),
) -> Home:
    """The world's marts as the published files of a home.

    Args:
        world: what units sent.
        root: of the home.
        decisions: entries of ``recipient_decisions.yaml``.
        more: models beside the marts of recipients.
        read: raw tables of files that were read, beside what the world has.
    """
    home = Home(root)
    home.staging.parent.mkdir(parents=True)
    law = replace(
        reference(), recipient_decisions=tuple(RecipientDecision.model_validate(one) for one in decisions)
    )
    with in_memory(home.staging) as connection:
        prepare(connection)
        replace_tables(connection, "ref", law_tables(law, Settings(policies=world.policies)))
        connection.execute(
            "CREATE OR REPLACE TABLE meta.night AS SELECT ?::DATE AS as_of, 'run' AS run_id, "
            "'0' AS code_version, '3f9a12c4aa' AS input_digest",
            [world.as_of],
        )
        for table, rows in world.rows.items():
            append(connection, f"raw.{table}", frame(RAW[table], rows))
            if table in read:
                append(connection, f"raw.{table}", read[table])
        build_models(connection, (*MARTS, *more))
    public.publish(home, publish(home, "2026-07-01T02:00:00+07:00"))
    return home
