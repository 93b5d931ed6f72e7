"""The pictures of thidua serve in docs/huong-dan, anew: ``python -m tests.browser.serve_pictures HOME``.

HOME is that of a night over data/raw; it is copied, for accounts and a file sent in are added.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from dashboards.chromium import browser
from pipelines.arrival.accounts.account import Place
from pipelines.arrival.web.office import Office
from pipelines.common.paths import PROJECT
from pipelines.night.request import NightRequest
from tests.browser.guide_pictures import COLOURS, FOLDER, UNIT_FILE
from tests.unit.arrival.web import CAO_BANG, PASSWORD, account, served


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(sys.argv[1], Path(folder) / "home", symlinks=True))
        reference, settings = PROJECT / "data" / "reference", PROJECT / "settings.yml"
        raw = Path(folder) / "raw"
        office = Office.open(NightRequest.make(raw, home, None, reference, settings))
        account(office, "trung-khanh", "unit", CAO_BANG)
        account(office, "can-bo", "officer", Place(CAO_BANG.programme_id))
        with served(office) as address, sync_playwright() as programs:
            chromium = programs.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
            unit = _signed_in(chromium, address, "trung-khanh")
            unit.set_input_files("input[type=file]", PROJECT / UNIT_FILE)
            unit.click("button.go")
            _shoot(unit, "gui-tep-kiem-tra", 1000, 760)
            unit.click("button.go")
            _shoot(unit, "gui-tep-bien-nhan", 390, 780)
            officer = _signed_in(chromium, address, "can-bo")
            _shoot(officer, "ban-lam-viec", 1000, 760)
            for page, words, name in (
                ("/cong-van", f"/cong-van/{CAO_BANG.programme_id}/", "cong-van"),
                (f"/noi-dung/{CAO_BANG.programme_id}/{CAO_BANG.unit_code}", "/mien/", "mien-noi-dung"),
                (f"/quy-tac/{CAO_BANG.programme_id}", "", "quy-tac"),
            ):
                officer.goto(f"{address}{page}")
                if words:
                    officer.click(f"main a[href^='{words}'] >> nth=0")
                _shoot(officer, name, 1000, 700)
            chromium.close()
        office.checkers.close()


def _signed_in(chromium: Any, address: str, login: str) -> Any:
    page = chromium.new_context(java_script_enabled=False, locale="vi-VN").new_page()
    page.goto(f"{address}/dang-nhap")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("button.go")
    return page


def _shoot(page: Any, name: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
