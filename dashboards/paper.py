"""A page on paper: HTML to PDF by the Chromium of this machine."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Awaitable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from dashboards.fresh import FreshFolder
from dashboards.pictures import browser

SECONDS = 60
"""Until the browser is given up."""
_LOOK = {"preferCSSPageSize": True, "printBackground": True, "displayHeaderFooter": False}
log = logging.getLogger(__name__)


def print_pages(fresh: FreshFolder, pages: Iterable[str]) -> None:
    """Print pages to PDF files beside them, all by one browser: to begin one takes longer than to print.

    Where there is no Chromium there are none, and fewer where it failed: the pages print by hand.

    Args:
        fresh: the folder being built.
        pages: addresses of pages in it.
    """
    program, wanted = browser(), list(pages)
    if program is None or not wanted:
        return
    try:
        # in a thread of its own: whoever builds pages may have a loop of events running
        with ThreadPoolExecutor(1) as beside:
            beside.submit(_printed, program, fresh, wanted).result()
    except Exception as error:
        # the pages do not depend on it; the night goes on
        log.warning("not all of these are printed: %s: %s", ", ".join(wanted), error)


def _printed(program: str, fresh: FreshFolder, pages: list[str]) -> None:
    asyncio.run(asyncio.wait_for(_print(program, fresh, pages), SECONDS))


async def _print(program: str, fresh: FreshFolder, pages: list[str]) -> None:
    from choreographer import Browser

    async with Browser(path=program) as opened:
        tab = await opened.create_tab("")
        await _result(tab.send_command("Page.enable"))
        for page in pages:
            loaded = tab.subscribe_once("Page.loadEventFired")
            await _result(tab.send_command("Page.navigate", {"url": (fresh.path / page).as_uri()}))
            await loaded
            printed = await _result(tab.send_command("Page.printToPDF", _LOOK))
            fresh.write(Path(page).with_suffix(".pdf").as_posix(), base64.b64decode(printed["data"]))


async def _result(answer: Awaitable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What a browser answers to a command."""
    told = await answer
    if "error" in told:
        raise RuntimeError(told["error"].get("message"))
    result: Mapping[str, Any] = told["result"]
    return result
