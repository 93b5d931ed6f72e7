"""A page on paper: HTML to PDF by the Chromium of this machine."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterable
from pathlib import Path

from dashboards.fresh import FreshFolder
from dashboards.pictures import browser
from pipelines.common.processes import temporary_folder

_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--no-pdf-header-footer", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
SECONDS = 60
log = logging.getLogger(__name__)


def print_pages(fresh: FreshFolder, pages: Iterable[str]) -> list[str]:
    """Print pages to PDF files beside them.

    Args:
        fresh: the folder being built.
        pages: addresses of pages in it.

    Returns:
        The files printed; none where there is no Chromium, fewer where it failed: the pages print by hand.
    """
    program = browser()
    printed = []
    for page in pages if program else ():
        target = Path(page).with_suffix(".pdf").as_posix()
        with temporary_folder() as profile:
            out = profile / "out.pdf"
            command = [program, *_QUIET, f"--user-data-dir={profile}", f"--print-to-pdf={out}"]
            try:
                subprocess.run(
                    [*map(str, command), (fresh.path / page).as_uri()],
                    check=True, capture_output=True, timeout=SECONDS,
                )  # fmt: skip
            except (OSError, subprocess.SubprocessError) as error:
                log.warning("%s is not printed: %s", page, error)
                continue
            if out.exists():
                fresh.write(target, out.read_bytes())
                printed.append(target)
    return printed
