"""A page on paper: HTML to PDF by the Chromium of this machine."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from dashboards.chromium import Chromium
from dashboards.fresh import FreshFolder

log = logging.getLogger(__name__)


def print_pages(fresh: FreshFolder, pages: Iterable[str], chromium: Chromium) -> None:
    """Print pages to PDF files beside them; where the browser fails there are fewer: they print by hand.

    Args:
        fresh: the folder being built.
        pages: addresses of pages in it.
        chromium: the browser.
    """
    wanted = list(pages)
    try:
        for page in wanted:
            fresh.write(Path(page).with_suffix(".pdf").as_posix(), chromium.printed(fresh.path / page))
    except Exception as error:
        # the pages do not depend on it; the night goes on
        log.warning("not all of these are printed: %s: %s", ", ".join(wanted), error)
