"""A real Chromium without a network; without one the tests are skipped by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards.chromium import browser as program
from tests.unit.dashboards.conftest import empty, hostile, tiny

__all__ = ["empty", "hostile", "tiny"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
    # pages of one context share a process, and what it made of the library of charts: most of a page's cost
    "--process-per-site",
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


@pytest.fixture(scope="session")
def offline(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A context without a network; its first page stays open, so that the process of its pages lives on."""
    context = chromium.new_context(offline=True, reduced_motion="reduce")
    first = tmp_path_factory.mktemp("first-page") / "trang.html"
    first.write_text("<html></html>", "utf-8")
    context.new_page().goto(first.as_uri())
    yield context
    context.close()


@pytest.fixture
def open_page(offline: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page from its file, offline; the test fails on any message of the console."""
    pages: list[Any] = []
    messages: list[str] = []

    def opened(path: Path, width: int = 1440, fragment: str = "") -> Any:
        page = offline.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: messages.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("request", lambda request: _only_files(request.url, messages))
        page.goto(path.as_uri() + fragment)
        page.wait_for_function(
            "[...document.querySelectorAll('.plot')].every(p => !p.clientWidth || p.querySelector('svg'))"
        )
        return page

    yield opened
    for page in pages:
        page.close()
    assert messages == []


def _only_files(address: str, messages: list[str]) -> None:
    if not address.startswith(("file:", "data:", "blob:")):
        messages.append(f"asked the network for {address}")
