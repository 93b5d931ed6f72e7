"""The reform of 2025 on files of the sample: the last night of Cao Bằng's districts, and one after."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from pipelines.common.paths import PROJECT
from pipelines.generate.content.reports import document
from pipelines.generate.stories.folder import Files, Folder
from pipelines.night.request import NightRequest
from pipelines.programmes.alone import alone
from pipelines.programmes.night import Night, night_of
from pipelines.reference.settings import Settings

RAW = PROJECT / "data" / "raw"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 12, 31)
FOLLOWED, DISSOLVED, STAYS = "CB-HUYEN-UY-HA-QUANG", "CB-HUYEN-UY-BAO-LAM", "CB-DANG-UY-CONG-AN"
SUCCESSOR = "CB-DANG-UY-XA-TRUONG-HA"
ENTERED = f"{SUCCESSOR},Đảng uỷ xã Trường Hà,CB-HUYEN-UY-3,CB,CB-2125,04,,2025-07-01,,,thử,,,,\n"
FINAL, OF_2025 = "CB-TK", "CB-BC-2025"
SENT_LATER = date(2025, 8, 1)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Cao Bằng as shipped; that one commune's committee takes over from Hà Quảng's is entered as data."""
    folder = tmp_path_factory.mktemp("reform")
    reference, settings = alone("CB-2125", PROJECT / "data" / "reference", Settings(), folder)
    units = reference / "programmes" / "CB-2125" / "units.csv"
    listed = units.read_text("utf-8").splitlines(keepends=True)
    followed = [
        line.replace("2025-06-30,,", f"2025-06-30,{SUCCESSOR},") if line.startswith(FOLLOWED) else line
        for line in listed
    ]
    units.write_text("".join(followed) + ENTERED, "utf-8")
    return reference, settings


@pytest.fixture(scope="module")
def night(law: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The night of a day: some of the sample's files, and one for a committee that is no more."""
    files: Files = {
        path.relative_to(RAW).as_posix(): path.read_bytes()
        for unit in (FOLLOWED, DISSOLVED, STAYS)
        for path in (RAW / "CB-2125" / unit).rglob("*")
        if path.is_file()
    }
    late = Folder(files, "CB-2125", DISSOLVED, "Huyện uỷ Bảo Lâm")
    report = document(
        late.rng, "DOC-BCNAM", late.name, "kết quả năm 2024", 2024,
        day=SENT_LATER, signed_by=(None, late.chief),
    )  # fmt: skip
    late.put(SENT_LATER.isoformat(), "bao-cao-2024.docx", report)

    @cache
    def of(day: date) -> Night:
        home = tmp_path_factory.mktemp("home")
        return night_of(files, NightRequest.make(home / "raw", home, day, *law))

    return of


def _expected(night: Night, cell: str) -> set[str]:
    return {unit for (of, unit), _ in night.statuses.items() if of == cell}


def test_who_is_expected(night) -> None:  # type: ignore[no-untyped-def]
    """What is due on 31/12/2025 is asked of who is there then, on whatever night one looks."""
    for day in (BEFORE, AFTER):
        assert {SUCCESSOR, STAYS} <= _expected(night(day), FINAL)
        assert FOLLOWED not in _expected(night(day), FINAL)


def test_the_dissolved_are_not_blamed(night) -> None:  # type: ignore[no-untyped-def]
    """Nobody came after it: what was due while it stood is its own, nothing later is told of it."""
    assert night(AFTER).statuses["CB-BC-2023", DISSOLVED] == "none"
    later = {rule for rule, units in night(AFTER).findings.items() if DISSOLVED in units} - {
        rule for rule, units in night(BEFORE).findings.items() if DISSOLVED in units
    }
    assert later == {"CP-ALL-DON-VI-CU"}


def test_deeds_count_for_the_successor(night) -> None:  # type: ignore[no-untyped-def]
    """The final report of 10/06/2025 is Hà Quảng's; the committee that took over owes it no more."""
    assert night(AFTER).statuses[FINAL, SUCCESSOR] == "covered"
    assert night(AFTER).statuses[OF_2025, SUCCESSOR] == "none"


def test_a_file_for_an_abolished_body_is_taken_and_told(night) -> None:  # type: ignore[no-untyped-def]
    assert DISSOLVED not in night(BEFORE).findings.get("CP-ALL-DON-VI-CU", set())
    assert night(AFTER).findings["CP-ALL-DON-VI-CU"] == {DISSOLVED}
    assert [night(day).statuses["CB-BC-2024", DISSOLVED] for day in (BEFORE, AFTER)] == ["none", "covered"]
