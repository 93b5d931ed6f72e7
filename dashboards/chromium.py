"""The Chromium of this machine: prints pages and draws charts, begun once and only where it is needed."""

from __future__ import annotations

import asyncio
import base64
import shutil
import tempfile
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import plotly

from dashboards.charts.base import Figure
from dashboards.packing import dumped

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
LIBRARY = Path(plotly.__file__).with_name("package_data") / "plotly.min.js"
SECONDS = 60
"""Until the browser is given up."""
_ON_PAPER = {"preferCSSPageSize": True, "printBackground": True, "displayHeaderFooter": False}


def browser() -> str | None:
    """The Chromium of this machine, None where there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Chromium:
    """A browser with one tab; to begin it costs more than to print or to draw some ten times."""

    def __init__(self, program: str, folder: Path) -> None:
        """Prepare; it begins with the first page or chart.

        Args:
            program: the browser.
            folder: empty, for the page charts are drawn on.
        """
        self._program, self._board = program, folder / "board.html"
        self._board.write_text(f'<!doctype html><script src="{LIBRARY.as_uri()}"></script>', "utf-8")
        # in a thread of its own: whoever builds pages may have a loop of events running
        self._thread, self._loop = ThreadPoolExecutor(1), asyncio.Runner()
        self._opened: Any = None
        self._tab: Any = None
        self._shown: Path | None = None

    def printed(self, page: Path) -> bytes:
        """A page as PDF.

        Raises:
            Exception: the browser failed; the next question begins another.
        """
        return self._done(self._printed(page))

    def drawn(self, figure: Figure, width: int) -> bytes:
        """A figure as PNG, twice as many dots as it is wide and high.

        Raises:
            Exception: as ``printed``.
        """
        return self._done(self._drawn(figure, width))

    def close(self) -> None:
        """End the browser and the thread."""
        self._end()
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()

    def _done(self, work: Coroutine[Any, Any, bytes]) -> bytes:
        try:
            return self._thread.submit(self._loop.run, asyncio.wait_for(work, SECONDS)).result()
        except BaseException:
            self._end()
            raise

    def _end(self) -> None:
        opened, self._opened, self._shown = self._opened, None, None
        if opened is not None:
            with suppress(Exception):  # what was made of it is made
                self._thread.submit(self._loop.run, asyncio.wait_for(opened.close(), SECONDS)).result()

    async def _printed(self, page: Path) -> bytes:
        await self._show(page)
        return base64.b64decode((await self._told("Page.printToPDF", _ON_PAPER))["data"])

    async def _drawn(self, figure: Figure, width: int) -> bytes:
        if self._shown != self._board:
            await self._show(self._board)
        look = {"format": "png", "width": width, "height": figure["layout"]["height"], "scale": 2}
        asked = f"Plotly.toImage({dumped(figure)}, {dumped(look | {'imageDataOnly': True})})"
        how = {"expression": asked, "awaitPromise": True, "returnByValue": True}
        answer = await self._told("Runtime.evaluate", how)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return base64.b64decode(answer["result"]["value"])

    async def _show(self, page: Path) -> None:
        if self._opened is None:
            from choreographer import Browser

            self._opened = Browser(path=self._program)
            await self._opened.open()
            self._tab = await self._opened.create_tab("")
            await self._told("Page.enable")
        loaded = self._tab.subscribe_once("Page.loadEventFired")
        await self._told("Page.navigate", {"url": page.as_uri()})
        await loaded
        self._shown = page

    async def _told(self, command: str, how: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """What the browser answers to a command."""
        told = await self._tab.send_command(command, how)
        if "error" in told:
            raise RuntimeError(told["error"].get("message"))
        result: Mapping[str, Any] = told["result"]
        return result


@contextmanager
def chromium() -> Iterator[Chromium | None]:
    """The browser of this machine, for as long as it is needed; None where there is none."""
    program = browser()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        begun = Chromium(program, Path(folder))
        try:
            yield begun
        finally:
            begun.close()
