"""A merger of 2025 entered as data: the roll-ups of the night before and of its first day."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from pipelines.common.paths import PROJECT
from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference
from tests.mau_02.world import World

MERGED = ("LS-HUYEN-TRANG-DINH", "LS-HUYEN-VAN-LANG")
COMMUNE = "LS-XA-THAT-KHE"
NEW_LINE = f"{COMMUNE},Xã Thất Khê,LS-DON-VI-CON-LAI,LS,LS-1620,20,,2025-07-01,,,lập từ hai huyện\n"


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Two districts end on 30/06/2025, a commune takes over both: two successors, one more line."""
    folder = tmp_path_factory.mktemp("merger") / "reference"
    shutil.copytree(PROJECT / "data" / "reference", folder)
    path = folder / "programmes/LS-1620/units.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    changed = [
        line.replace("2025-06-30,,", f"2025-06-30,{COMMUNE},") if line.startswith(MERGED) else line
        for line in lines
    ]
    path.write_text("".join(changed) + NEW_LINE, "utf-8")
    return load_reference(folder)


@pytest.mark.parametrize(("as_of", "commune"), [(date(2025, 6, 30), []), (date(2025, 7, 1), [("rollup", 5)])])
def test_roll_ups_before_and_after(law: Reference, as_of: date, commune: list[tuple[str, int]]) -> None:
    world = World(as_of=as_of, law=law)
    for unit, people in zip(MERGED, (2, 3), strict=True):
        world.awards(unit, *[("GK", "ca_nhan", "truc_tiep", None, 2019)] * people)
    rows = world.build().execute(
        "SELECT unit_code, scope, individuals FROM marts.rpt_mau_02 WHERE row_id = 'TC' AND individuals > 0"
    )
    told: dict[str, list[tuple[str, int]]] = {}
    for unit, scope, people in sorted(rows.fetchall()):
        told.setdefault(unit, []).append((scope, people))
    # what a district was awarded stays its own, and the province holds each event once
    assert told == {
        "LS": [("rollup", 5)],
        MERGED[0]: [("own", 2), ("rollup", 2)],
        MERGED[1]: [("own", 3), ("rollup", 3)],
        **({COMMUNE: commune} if commune else {}),
    }
