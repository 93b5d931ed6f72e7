"""A short, seeded run of tests/fire/readers.py, and the folder that changes as a whole."""

from __future__ import annotations

from pathlib import Path

from pipelines.common.paths import Home
from pipelines.common.two_folders import show, unseen
from tests.fire import readers


def test_readers_never_fail_while_nights_are_published_and_killed(tmp_path: Path) -> None:
    figures = readers.run(Home(tmp_path), publications=4, reads=20, kills=2, seed=20260101)
    assert figures.failed == []
    assert figures.kills >= 2


def test_a_folder_changes_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for night in range(4):
        fresh = unseen(folder)
        assert list(fresh.iterdir()) == []
        (fresh / f"{night}.html").write_text(str(night))
        seen = folder.resolve()
        before = sorted(path.name for path in seen.iterdir()) if night else []
        show(fresh, folder)
        assert [path.name for path in folder.iterdir()] == [f"{night}.html"]
        assert not night or sorted(path.name for path in seen.iterdir()) == before, "who resolved it keeps it"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".pages.a", ".pages.b", "pages"]


def test_a_folder_of_an_earlier_version_becomes_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "parquet"
    folder.mkdir()
    (folder / "old.parquet").touch()
    (tmp_path / ".parquet.link").symlink_to("nowhere")  # left by a killed night
    fresh = unseen(folder)
    (fresh / "new.parquet").touch()
    show(fresh, folder)
    assert [path.name for path in folder.iterdir()] == ["new.parquet"]
    assert folder.is_symlink()
    assert not (tmp_path / ".parquet.old").exists()
