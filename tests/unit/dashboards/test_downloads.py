"""mẫu 02 beside the pages, from the real sample night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards import downloads
from dashboards.site import Site, make_site
from dashboards.snapshot import opened
from pipelines.common.paths import Home
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables
from tests.unit.dashboards.conftest import NOW
from tests.unit.dashboards.published_file import REFERENCE


@pytest.fixture
def site(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    reference = load_reference(REFERENCE)
    wanted = downloads._wanted
    monkeypatch.setattr(downloads, "_wanted", lambda site: wanted(site)[:2])
    with opened(sample_home.warehouse, reference_tables(reference, Settings())) as snapshot:
        yield make_site(snapshot, NOW)


def test_files_are_written_once_per_change(site: Site, sample_home: Home, tmp_path: Path) -> None:
    form = load_reference(REFERENCE).mau_02

    def write(old: str, new: str, version: str) -> downloads.Downloads:
        (tmp_path / new).mkdir()
        return downloads.write_downloads(
            site, sample_home.warehouse, form, version, tmp_path / new, tmp_path / old
        )

    offered = write("none", "first", "1")
    files = [address for addresses in offered.values() for address in addresses]
    assert len(files) == 4
    assert all((tmp_path / "first" / address).read_bytes()[:2] == b"PK" for address in files)
    for address in files:
        (tmp_path / "first" / address).write_bytes(b"taken over")
    assert write("first", "second", "1") == offered
    assert (tmp_path / "second" / files[0]).read_bytes() == b"taken over"
    write("second", "third", "2")
    assert (tmp_path / "third" / files[0]).read_bytes()[:2] == b"PK"
