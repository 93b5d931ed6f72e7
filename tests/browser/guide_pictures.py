"""Pictures of the guides and the READMEs, anew: ``python -m tests.browser.guide_pictures HOME [NAME …]``.

HOME is that of a night over data/raw (no real person is in it). Pages are photographed as they are; what a
command prints is set as text on a page first.
"""

from __future__ import annotations

import html
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from dashboards.chromium import browser
from pipelines.common.paths import PROJECT

FOLDER = PROJECT / "docs" / "huong-dan" / "hinh"
PICTURES = PROJECT / "docs" / "pictures"
COLOURS = 96
TERMINAL = (
    "<body style='margin:0'><pre style='margin:0;padding:14px;background:#1d2327;color:#e6e6e6;"
    'font:14px/1.45 "Liberation Mono",monospace;white-space:pre-wrap\'>{}</pre>'
)
PAGES = {
    "lanh-dao": ("tong-quan-ls-1620.html", 1000, 900),
    "lanh-dao-dien-thoai": ("tong-quan-ls-1620.html", 390, 780),
    "can-bo": ("chat-luong-ls-1620.html", 1000, 900),
    "don-vi-trang": ("don-vi/ls-so-y-te.html", 1000, 800),
}
"""Picture → page, width, height."""
README = {
    "tong-quan": ("tong-quan-ls-1620.html", 1440, 1500),
    "tong-quan-390": ("tong-quan-ls-1620.html", 390, 844),
    "khen-thuong-mau-02": ("khen-thuong-ls-1620.html", 1440, 1300),
    "khen-thuong-dong": ("khen-thuong-ls-1620.html", 1440, 900),
}
"""The same, of docs/pictures."""
TOUCHED = {"khen-thuong-dong": (".m02 tbody tr.r-total button.n", "dialog tbody a, dialog tbody button")}
"""What is touched, one after another, before the picture is taken."""
UNIT_FILE = "data/raw/CB-2125/CB-HUYEN-UY-TRUNG-KHANH/2022-12-26/Biểu đăng ký.xlsx"
COMMANDS = {
    "van-hanh": (["status"], 30),
    "don-vi": (["check", UNIT_FILE], 34),
    "phan-tich": (["trace", "--unit", "LS-SO-Y-TE", "--row", "III.1", "--column", "individuals"], 8),
}
"""Picture → command, lines shown."""


def main() -> None:
    """Take every picture, or those named."""
    home, wanted = Path(sys.argv[1]).resolve(), sys.argv[2:] or [*PAGES, *README, *COMMANDS]
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as programs:
        chromium = programs.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        for folder, pages in ((FOLDER, PAGES), (PICTURES, README)):
            for name, (page, width, height) in pages.items():
                if name in wanted:
                    address = (home / "dashboards" / page).as_uri()
                    _shoot(chromium, folder / f"{name}.png", address, width, height)
        for name, (command, lines) in COMMANDS.items():
            if name not in wanted:
                continue
            written = FOLDER / f"{name}.html"
            written.write_text(TERMINAL.format(html.escape(_said(command, home, lines))), "utf-8")
            _shoot(chromium, FOLDER / f"{name}.png", written.as_uri(), 900, None)
            written.unlink()
        chromium.close()


def _said(command: list[str], home: Path, lines: int) -> str:
    place = [] if command[0] == "check" else ["--home", str(home)]
    run = [sys.executable, "-c", "from pipelines.cli import main; main()", *command, *place]
    told = subprocess.run(run, cwd=PROJECT, capture_output=True, text=True).stdout.replace(
        str(home), "/srv/thidua/home"
    )
    shown = told.splitlines()
    more = ["…"] if len(shown) > lines else []
    return "\n".join([f"$ thidua {' '.join(command)}", *shown[:lines], *more])


def _shoot(chromium: Any, path: Path, address: str, width: int, height: int | None) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height or 60}, reduced_motion="reduce")
    page.goto(address)
    page.wait_for_timeout(1500)
    for touched in TOUCHED.get(path.stem, ()):
        page.locator(touched).first.click()
        page.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=height is None)))
    picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    page.close()


if __name__ == "__main__":
    main()
