"""A folder is what was written and taken over, whatever the nights before, or a killed one, left there."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dashboards.fresh import FreshFolder

NAMES = [f"{folder}/{number}" for folder in ("assets", "don-vi", "images") for number in range(4)]


def _shown(out: Path) -> dict[str, str]:
    return {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", range(20))
def test_a_folder_is_what_was_made_tonight(tmp_path: Path, seed: int) -> None:
    out, chance, before = tmp_path / "pages", Random(seed), dict[str, str]()
    for night in range(8):
        fresh, wanted = FreshFolder.begun(out), dict[str, str]()
        for name in chance.sample(NAMES, 9):
            match chance.choice(["keep", "same", "other", "elsewhere"]):
                case "keep" if name in before:
                    assert fresh.keep([name]) == 1
                    wanted[name] = before[name]
                case "same" if name in before:
                    fresh.write(name, before[name])
                    wanted[name] = before[name]
                case "elsewhere":  # another process makes it
                    fresh.drop([name])
                    FreshFolder(out).write(name, f"{night} {name}")
                    wanted[name] = f"{night} {name}"
                case _:
                    fresh.write(name, f"{night} {name}")
                    wanted[name] = f"{night} {name}"
        assert _shown(out) == before, "what is shown does not change meanwhile"
        if chance.random() < 0.3:  # killed
            continue
        fresh.swap()
        assert _shown(out) == wanted
        before = wanted


def test_what_stands_is_neither_written_nor_linked_again(tmp_path: Path) -> None:
    out = tmp_path / "pages"
    for night in range(4):
        fresh = FreshFolder.begun(out)
        before = fresh.folder("don-vi").stat().st_mtime_ns
        if night:
            assert fresh.keep(["don-vi/1"]) == 1
        else:
            fresh.write("don-vi/1", "one")
        assert (fresh.folder("don-vi").stat().st_mtime_ns == before) == (night > 1)
        fresh.swap()
    assert (out / "don-vi" / "1").stat().st_nlink == 2


def test_a_folder_holds_nothing_older_once_it_is_said_to_be_whole(tmp_path: Path) -> None:
    """A picture that is to be drawn anew is not there before it is: its drawing may fail."""
    out = tmp_path / "pages"
    for _ in range(2):
        fresh = FreshFolder.begun(out)
        fresh.write("images/1", "old")
        fresh.write("images/2", "old")
        fresh.swap()
    fresh = FreshFolder.begun(out)
    fresh.keep(["images/1"])
    fresh.drop_rest("images")
    assert [path.name for path in (fresh.path / "images").iterdir()] == ["1"]
