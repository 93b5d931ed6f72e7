"""The date `--as-of` moved along a programme's life, and units that sent nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.transform.compiled import compiled_models
from tests.coverage.world import World, many, row, status

DAY = timedelta(days=1)
# the first day on which each cell is due: the day its document names, else the end or the start of its period
DUE = {
    "BHXH-KH": date(2021, 9, 30),
    "BHXH-SK": date(2023, 6, 11),
    "BHXH-TK": date(2025, 3, 31),
    **{f"BHXH-{step}-{year}": date(year, 1, 1) for step in ("PH", "BD") for year in range(2021, 2025)},
    **{f"BHXH-GT-{year}": date(year, 12, 31) for year in range(2021, 2025)},
    **{f"BHXH-KC-{year}": date(year, 7, 31) for year in range(2022, 2025)},
    "LS-HNX": date(2020, 1, 31),
    "LS-HNT": date(2020, 3, 31),
    "LS-HN": date(2016, 1, 1),
    "LS-GT": date(2020, 4, 10),
    "LS-BC": date(2016, 1, 1),
    "CB-KH": date(2022, 9, 30),
    "CB-DK1": date(2022, 12, 30),
    "CB-SK1": date(2023, 12, 31),
    **{f"CB-BC-{year}": date(year, 12, 31) for year in range(2022, 2026)},
    "CB-DK2": date(2023, 1, 1),
    "CB-TK": date(2025, 12, 31),
    "HCM-DK": date(2021, 12, 31),
    **{
        f"HCM-LV-{letter}-{year}": date(year, 12, 31)
        for letter in "abcdđeghiklm"
        for year in range(2022, 2026)
    },
    "HCM-SK": date(2023, 3, 31),
    "HCM-DV": date(2025, 12, 31),
    "HCM-TK": date(2025, 3, 31),
}
LATER_MODELS = ("int_coverage_status", "rpt_phase_coverage")


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    return World().build(date(2015, 1, 1), ("rpt_phase_coverage",))


def _move(connection: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, set[str]]:
    """Another night of a warehouse into which nothing came: cell -> statuses of its units."""
    connection.execute("UPDATE meta.night SET as_of = ?", [as_of])
    for model in compiled_models():
        if model.name in LATER_MODELS:
            connection.execute(f"CREATE OR REPLACE TABLE {model.schema}.{model.name} AS {model.sql}")
    found: dict[str, set[str]] = {}
    for cell, one in connection.execute(
        "SELECT DISTINCT cell_id, status FROM marts.rpt_phase_coverage"
    ).fetchall():
        found.setdefault(cell, set()).add(one)
    return found


def test_nothing_received_turns_from_not_due_to_none_on_the_day(empty: duckdb.DuckDBPyConnection) -> None:
    days = sorted({day + step for day in DUE.values() for step in (-DAY, 0 * DAY, DAY)})
    for day in days:
        found = _move(empty, day)
        assert found.pop("LS-HS") == {"not_due"}, "no unit has to propose"
        found = {cell: states for cell, states in found.items() if not cell.startswith("VD26-")}
        assert found == {cell: {"none" if due <= day else "not_due"} for cell, due in DUE.items()}, day


def test_the_film_of_one_unit_of_cao_bang() -> None:
    unit, world = "CB-HUYEN-UY-BAO-LAM", World()
    full = [*many("tap_the", 3), *many("ca_nhan", 3)]
    world.document(unit, "DOC-KEHOACH", date(2022, 9, 1))
    world.nominees(unit, "CB-BDK", date(2022, 12, 20), full[:-1], "CB-GD1")
    world.nominees(unit, "CB-BDK", date(2023, 1, 5), full, "CB-GD1")
    film = {
        date(2022, 8, 31): ("not_due", "not_due", None),
        date(2022, 9, 1): ("covered", "not_due", None),
        date(2022, 12, 29): ("covered", "not_due", None),  # something came, but it is not due yet
        date(2022, 12, 30): ("covered", "partial", False),
        date(2023, 1, 4): ("covered", "partial", False),
        date(2023, 1, 5): ("covered", "covered", False),
    }
    for day, (plan, registration, on_time) in film.items():
        night = world.build(day, ("rpt_phase_coverage",))
        assert status(night, "CB-KH", unit) == plan, day
        assert row(night, "CB-DK1", unit, "status, on_time") == (registration, on_time), day


def test_life_cycle_is_covered_over_due() -> None:
    unit, world = "CB-HUYEN-UY-BAO-LAM", World()
    world.document(unit, "DOC-KEHOACH", date(2022, 9, 1))
    columns = "cells_expected, cells_due, cells_covered, coverage_pct, cells_covered_early, cells_none"
    query = f"SELECT {columns} FROM marts.rpt_unit_life_cycle WHERE unit_code = ?"
    early = world.build(date(2022, 9, 10), ("rpt_unit_life_cycle",))
    assert early.execute(query, [unit]).fetchone() == (9, 0, 0, None, 1, 0)
    later = world.build(date(2022, 12, 31), ("rpt_unit_life_cycle",))
    # due: the plan, the registration of phase 1, the report of 2022
    found = later.execute(query, [unit]).fetchone()
    assert found is not None
    assert found[:3] == (9, 3, 1)
    assert found[3] == pytest.approx(100 / 3)


UNITS = [
    "BHXH-LANG-SON",
    "CB-HUYEN-UY-HA-QUANG",
    "HCM-QUAN-1",
    "HCM-SO-Y-TE",
    "LS-SO-Y-TE",
    "LS-HUYEN-CHI-LANG",
]
FORMS = [
    "DOC-KEHOACH",
    "DOC-SOKET",
    "DOC-TONGKET",
    "DOC-HOINGHI",
    "HCM-DSDK",
    "CB-BDK",
    "BHXH-DSDK",
    "LS-M03",
]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    sent=st.lists(
        st.tuples(st.sampled_from(UNITS), st.sampled_from(FORMS), st.integers(0, 12), st.booleans()),
        max_size=8,
    )
)
def test_units_without_submissions_are_never_covered(sent: list[tuple[str, str, int, bool]]) -> None:
    world = World()
    for unit, form, count, held_back in sent:
        if form.startswith("DOC"):
            number = world.document(unit, form, date(2020 + count % 6, 3, 1))
        else:
            rows = [
                *many("tap_the", count, linh_vuc="HCM-c"),
                *many("ca_nhan", count, nhom_doi_tuong="nong_dan"),
            ]
            number = world.nominees(
                unit, form, date(2022, 3, 1), rows, "CB-GD1" if form == "CB-BDK" else None, year=2022
            )
        if held_back:
            world.block(number, "RD-CHU-KY")
    night = world.build(date(2025, 12, 31))
    senders = {unit for unit, *_ in sent}
    rows_ = night.execute("SELECT cell_id, unit_code, status FROM marts.rpt_phase_coverage").fetchall()
    for cell, unit, one in rows_:
        # field i and d of TP.HCM may be met by the rows of others
        if unit not in senders and not cell.startswith(("HCM-LV-i", "HCM-LV-d")):
            assert one in ("none", "not_due"), (cell, unit)
    counted = Counter(cell for cell, _, one in rows_ if one == "covered")
    sums = night.execute(
        "SELECT cell_id, units_covered, coverage_pct FROM marts.rpt_phase_coverage_summary"
    ).fetchall()
    assert {cell: covered for cell, covered, _ in sums if covered} == counted
    assert all(pct is None or 0 <= pct <= 100 for *_, pct in sums)
