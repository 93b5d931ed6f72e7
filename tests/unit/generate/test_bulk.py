"""``thidua generate``: layout, numbers, reference list, repeatability."""

import csv
from pathlib import Path

import pytest

from pipelines.generate import bulk, generate

REFERENCE = Path(__file__).parents[3] / "data/reference"


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_same_seed_same_files_and_another_seed_other_people(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate(9, 12, seed, tmp_path / name, REFERENCE)
    first, again, other = (tree(tmp_path / name) for name in "abc")
    assert first == again
    assert first.keys() == other.keys()
    assert first != other


def test_units_are_listed_and_lists_have_the_rows(tmp_path):
    generate(8, 25, 3, tmp_path, REFERENCE)
    listed = {}
    for path in (tmp_path / "reference/programmes").glob("*/units.csv"):
        with path.open(encoding="utf-8-sig", newline="") as source:
            listed |= {row["unit_code"]: row for row in csv.DictReader(source)}
    folders = list((tmp_path / "raw").glob("*/*"))
    assert len(folders) == 8
    assert all(listed[path.name]["programme_id"] == path.parent.name for path in folders)
    lists = list((tmp_path / "raw").rglob("khen-thuong.csv"))
    assert lists
    text = lists[0].read_text(encoding="utf-8-sig").splitlines()
    assert len(text) == 3 + 25


def test_it_writes_over_nothing(tmp_path):
    (tmp_path / "raw").mkdir()
    with pytest.raises(FileExistsError):
        generate(1, 1, 1, tmp_path, REFERENCE)
    with pytest.raises(ValueError, match="at least 1"):
        generate(0, 1, 1, tmp_path / "x", REFERENCE)


def test_one_list_of_eight_is_imperfect_each_in_its_own_way(tmp_path):
    generate(64, 4, 3, tmp_path, REFERENCE)
    spoilt = [number for number in range(1, 65) if bulk._imperfection(number)]
    assert len(spoilt) == 8
    assert len({bulk._imperfection(number) for number in spoilt}) == len(bulk._WAYS)
    lists = sorted((tmp_path / "raw").rglob("khen-thuong.*"))
    assert len(lists) == 64
    assert {path.suffix for path in lists} == {".csv", ".xlsx"}
