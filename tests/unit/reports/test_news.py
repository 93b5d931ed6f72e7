"""Reports of the next night: what has nothing new to say is taken over, the rest is written."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipelines.common.paths import Home
from pipelines.common.retention import outdated
from pipelines.reports import hands
from pipelines.reports.places import letter_path, returned_files
from pipelines.reports.published import Published
from pipelines.reports.reading import read_published
from tests.unit.reports import small
from tests.unit.reports.conftest import build


def at(published: Published, night: date) -> Published:
    """The same findings, seen one night later: those that were new are open."""
    findings = [
        one._replace(status="open" if one.status == "new" else one.status) for one in published.findings
    ]
    return replace(published, as_of=night, findings=tuple(findings))


def units(home: Home, night: date) -> dict[str, set[tuple[str, int]]]:
    """Files of each unit's folder, with their inodes."""
    folder = home.reports(night) / small.LS
    return {
        unit.name: {
            (path.relative_to(unit).as_posix(), path.stat().st_ino)
            for path in unit.rglob("*")
            if path.is_file()
        }
        for unit in folder.iterdir()
        if unit.is_dir()
    }


def parts(package: Path) -> dict[str, bytes]:
    """A Word file without the second it was saved in, which its comments tell too."""
    with zipfile.ZipFile(package) as found:
        return {name: found.read(name) for name in found.namelist() if name != "word/comments.xml"}


def test_another_date_alone_writes_no_letter_and_no_file(home: Home, tmp_path: Path) -> None:
    first = read_published(home.warehouse)
    night = first.as_of + timedelta(days=1)
    build(home, tmp_path / "raw", at(first, night))
    before = units(home, first.as_of)
    assert before
    assert units(home, night) == before


def test_a_folder_for_all_days_is_still_read(home: Home, tmp_path: Path) -> None:
    """As nights before had it: `tep-tra-lai/<day>/`."""
    first = read_published(home.warehouse)
    written = returned_files(home.reports(first.as_of), small.LS, small.TRANG_DINH)
    for day in {path.parent for path in written}:
        before = day.with_name("tep-tra-lai")
        before.mkdir(exist_ok=True)
        day.rename(before / day.name.removeprefix("tep-tra-lai-"))
    night = first.as_of + timedelta(days=1)
    build(home, tmp_path / "raw", at(first, night))
    assert units(home, night) == units(home, first.as_of)
    taken = returned_files(home.reports(night), small.LS, small.TRANG_DINH)
    assert [path.name for path in taken] == [path.name for path in written] != []


def test_one_new_finding_writes_the_files_of_its_unit_alone(home: Home, tmp_path: Path) -> None:
    first = read_published(home.warehouse)
    night = first.as_of + timedelta(days=1)
    later = at(first, night)
    changed = [
        one._replace(fact="chưa ghi tóm tắt, chưa ghi năm") if one.finding_id == "f2" else one
        for one in later.findings
    ]
    build(home, tmp_path / "raw", replace(later, findings=tuple(changed)))
    before, after = units(home, first.as_of), units(home, night)
    assert {unit for unit in after if after[unit] != before[unit]} == {small.TRANG_DINH}
    # what is written for the changed unit is what a whole build writes
    whole = Home(tmp_path / "whole")
    build(whole, tmp_path / "raw", replace(later, findings=tuple(changed)))
    letter = letter_path(home.reports(night), small.LS, small.TRANG_DINH)
    assert parts(letter) == parts(letter_path(whole.reports(night), small.LS, small.TRANG_DINH))
    assert {name for name, _ in after[small.TRANG_DINH]} == {
        name for name, _ in units(whole, night)[small.TRANG_DINH]
    }


def test_a_finding_that_is_gone_takes_the_letter_with_it(home: Home, tmp_path: Path) -> None:
    first = read_published(home.warehouse)
    night = first.as_of + timedelta(days=1)
    left = tuple(one for one in at(first, night).findings if one.unit_code != small.Y_TE)
    build(home, tmp_path / "raw", replace(first, as_of=night, findings=left))
    assert small.Y_TE in units(home, first.as_of)
    assert small.Y_TE not in units(home, night)


def test_several_processes_write_the_same(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = read_published(home.warehouse)
    monkeypatch.setattr(hands, "MANY", 1)
    shared = Home(tmp_path / "shared")
    built = build(shared, tmp_path / "raw", published)
    assert not built.without
    one, several = (
        {path.relative_to(folder).as_posix(): parts(path) for path in sorted(folder.rglob("*.docx"))}
        for folder in (home.reports(published.as_of), shared.reports(published.as_of))
    )
    assert several
    assert several == one


def test_nights_are_kept_like_snapshots() -> None:
    nights = [Path(f"{date(2025, 1, 1) + timedelta(days=n)}") for n in range(100)]
    gone = outdated(nights)
    kept = [path.stem for path in nights if path not in gone]
    assert kept[:2] == ["2025-01-31", "2025-02-28"]
    assert len(kept) == 32
    assert outdated(nights[:30]) == []
