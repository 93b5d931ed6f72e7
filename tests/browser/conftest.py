"""A real Chromium without a network; without one the tests are skipped by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards.pictures import browser as program
from tests.unit.dashboards.conftest import empty, hostile, tiny

__all__ = ["empty", "hostile", "tiny"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of this machine."""
    found = program()
    if found is None:
        pytest.skip("no Chromium on this machine; it comes with: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page from its file, offline; the test fails on any message of the console."""
    contexts: list[Any] = []
    messages: list[str] = []

    def opened(path: Path, width: int = 1440, fragment: str = "", **options: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, offline=True, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: _only_files(request.url, messages))
        page.goto(path.as_uri() + fragment)
        page.wait_for_function(
            "[...document.querySelectorAll('.plot')].every(p => !p.clientWidth || p.querySelector('svg'))"
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert messages == []


def _only_files(address: str, messages: list[str]) -> None:
    if not address.startswith(("file:", "data:", "blob:")):
        messages.append(f"asked the network for {address}")
