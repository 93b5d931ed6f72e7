"""Who has sent what and who is silent, against each deadline: the published night, and what came since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from pipelines.common.paths import Home

AHEAD = timedelta(days=60)
"""Deadlines so near are shown before they pass."""
BACK = timedelta(days=400)
"""Deadlines long past are on the dashboards."""
_CELLS = """
    SELECT c.cell_id, c.period, c.unit_code, c.status, d.label_vi, d.last_day
    FROM marts.rpt_phase_coverage AS c
    JOIN marts.dim_units AS u ON u.unit_code = c.unit_code
    JOIN marts.dim_deadlines AS d ON d.programme_id = c.programme_id AND d.cell_id = c.cell_id
        AND d.period = c.period AND d.unit_type = u.unit_type
    WHERE c.programme_id = ? AND d.last_day BETWEEN ? AND ?
    GROUP BY ALL
    ORDER BY d.last_day DESC, c.cell_id, c.unit_code
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A deadline of a programme and how its units stand."""

    label: str
    last_day: date
    expected: int
    silent: tuple[str, ...]
    """Codes of units of which there is nothing."""
    partial: tuple[str, ...]
    """Codes of units of which something is missing."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Of one programme."""

    as_of: date | None
    steps: tuple[Step, ...] = ()
    never: tuple[str, ...] = ()
    """Codes of expected units that never sent anything."""


def silence_of(home: Home, programme_id: str, today: date, sent_since: Iterable[str]) -> Silence:
    """Who is silent.

    Args:
        home: whose published night tells.
        programme_id: the programme.
        today: deadlines around this day.
        sent_since: codes of units whose files wait for a night; they are not silent.
    """
    if not home.warehouse.exists():
        return Silence(None)
    since = set(sent_since)
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        ((as_of,),) = connection.execute("SELECT as_of FROM meta.snapshot").fetchall()
        cells = connection.execute(_CELLS, [programme_id, today - BACK, today + AHEAD]).fetchall()
        never = connection.execute(
            "SELECT unit_code FROM marts.rpt_units WHERE programme_id = ? AND is_expected "
            "AND sending = 'none' ORDER BY unit_code",
            [programme_id],
        ).fetchall()
    stand: dict[tuple[date, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _, period, unit, status, label, last_day in cells:
        name = label if period in label or len(period) != 4 else f"{label} {period}"
        stand[last_day, name][status].add(unit)
    steps = tuple(
        Step(
            name,
            last_day,
            sum(map(len, by_status.values())),
            tuple(sorted((by_status["none"] | by_status["not_due"]) - since)),
            tuple(sorted(by_status["partial"])),
        )
        for (last_day, name), by_status in stand.items()
    )
    return Silence(as_of, steps, tuple(code for (code,) in never if code not in since))
