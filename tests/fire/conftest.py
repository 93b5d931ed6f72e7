"""A home that is all attacks, for the tests that look what comes of it."""

from __future__ import annotations

import pytest

from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from tests.conftest import SAMPLE_NIGHT
from tests.fire import attacks


@pytest.fixture(scope="session")
def attacked(sample_home: Home, tmp_path_factory: pytest.TempPathFactory) -> NightRequest:
    """A home whose published file has an attack in every name."""
    home = tmp_path_factory.mktemp("attacked")
    reference, settings = PROJECT / "data" / "reference", PROJECT / "settings.yml"
    request = NightRequest.make(PROJECT / "data" / "raw", home, SAMPLE_NIGHT, reference, settings)
    attacks.attack(sample_home.warehouse, request.home.warehouse)
    return request
