"""One set of checking processes for all tests of this folder: each takes seconds to begin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.arrival.checking.checkers import Checkers
from pipelines.common.paths import PROJECT
from pipelines.night.request import NightRequest
from pipelines.reference.settings import Arrival


@pytest.fixture(scope="session")
def checkers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkers]:
    home = tmp_path_factory.mktemp("checkers")
    reference, settings = PROJECT / "data" / "reference", PROJECT / "settings.yml"
    request = NightRequest.make(home=home, reference=reference, settings=settings)
    several = Checkers(request, Arrival(checkers=1))
    yield several
    several.close()
