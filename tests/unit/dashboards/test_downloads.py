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

FORM = load_reference(REFERENCE).mau_02


@pytest.fixture
def site(sample_home: Home) -> Iterator[Site]:
    with opened(sample_home.warehouse, reference_tables(load_reference(REFERENCE), Settings())) as snapshot:
        yield make_site(snapshot, NOW)


def test_only_what_changed_is_printed_and_all_is_offered(
    site: Site, sample_home: Home, tmp_path: Path
) -> None:
    everything = downloads.offered(site)
    first, second, *_ = everything
    site.draw_only([first[1]])
    offered = downloads.offered_by_unit(site)
    downloads.Papers(sample_home.warehouse, FORM, tmp_path).print(site)
    written = {f"mau-02/{path.name}": path.read_bytes() for path in tmp_path.iterdir()}
    assert set(written) == {
        path for place in everything if place[1] == first[1] for path in everything[place]
    }
    assert all(content[:2] == b"PK" for content in written.values())
    assert offered[second[1], second[2]]


def test_of_very_many_tables_only_those_that_add_up_are_files(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "MOST", 3)
    holding = downloads.offered(site)
    assert holding
    assert {unit for _, unit, scope in holding if scope == "rollup"} == {unit for _, unit, _ in holding}
