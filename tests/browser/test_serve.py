"""A unit's way in a real browser: no script, both widths, the keyboard alone, no serious fault for axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from pipelines.arrival.checking.checkers import Checked
from pipelines.arrival.checking.job import FileTold, MessageTold, Ready
from pipelines.arrival.receiving import RECEIVED
from pipelines.arrival.web.office import Office
from tests.unit.arrival.web import CAO_BANG, PASSWORD, account, office_in, served

pytestmark = pytest.mark.browser
WIDTHS = (1440, 390)


class Told:
    """Says of every file that a cell is empty; what is really said is tested without a browser."""

    ready = Ready(without_network=True, confined=True)

    def check(self, files: list[tuple[str, bytes]], *_: Any) -> list[Checked]:
        message = MessageTold(
            severity="blocking",
            lines=("Tập thể B: chưa có tóm tắt thành tích.",),
            where="trang “Mẫu 03”, ô E11",
            fixes=("Ghi tóm tắt thành tích.",),
            bases=(("Hướng dẫn của tỉnh, mục II.2.2.a", "CP-LS-TOMTAT"),),
        )
        return [
            Checked(
                FileTold(
                    file=name,
                    exit_code=1,
                    read=f"{name}: mẫu 03. Đã đọc 6 dòng ở 1 bảng.",
                    total="1 nội dung: 1 bắt buộc.",
                    messages=(message,),
                    marked=name,
                ),
                data,
            )
            for name, data in files
        ]

    def close(self) -> None:
        pass


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return office_in(tmp_path, Told())


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    with served(office) as address:
        yield address


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(java_script_enabled=False, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def fits(page: Any) -> None:
    """At both widths nothing sticks out to the side."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        whole = page.evaluate("document.documentElement.scrollWidth")
        assert whole <= width, (page.url, width, whole)


def press(page: Any, name: str, times: int = 40, *, starts: bool = False) -> None:
    """Go on with the tabulator until a control of this name has the focus, then press it.

    Args:
        page: where.
        name: what stands on it; with ``starts`` what that begins with.
        times: how often the tabulator is pressed at most.
        starts: whether more may follow the name, for those who hear the page.
    """
    for _ in range(times):
        page.keyboard.press("Tab")
        shown = page.evaluate("document.activeElement.textContent").strip()
        if shown == name or (starts and shown.startswith(name)):
            if name.startswith("Tải"):
                page.keyboard.press("Enter")
            else:
                with page.expect_navigation():
                    page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to «{name}» on {page.url}")


def test_a_unit_comes_through_with_the_keyboard_alone(
    office: Office, address: str, page: Any, tmp_path: Path
) -> None:
    link = office.accounts.invite("trung-khanh", "Huyện uỷ", "unit", [CAO_BANG], office.now())
    page.goto(f"{address}/moi/{link}")
    fits(page)
    for field in ("password", "again"):
        page.focus(f"#{field}")
        page.keyboard.type(PASSWORD)
    press(page, "Đặt mật khẩu")
    page.focus("#login")
    page.keyboard.type("trung-khanh")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/gui")
    fits(page)
    file = tmp_path / "mau-03.xlsx"
    file.write_bytes(b"PK")
    page.set_input_files("input[type=file]", file)
    press(page, "Kiểm tra")
    assert "ô E11" in page.inner_text("main")
    fits(page)
    with page.expect_download() as got:
        press(page, "Tải tệp đã đánh dấu")
    assert got.value.suggested_filename == "mau-03.xlsx"
    press(page, "Vẫn gửi đi")
    (entry,) = office.journal.entries(RECEIVED)
    assert entry.details["sha256"] in page.inner_text("main")
    fits(page)
    for way, said in (
        ("Đã gửi", "Đang chờ đêm"),
        ("Việc còn lại", "Chưa có đêm nào"),
        ("Mẫu trống", "KT-DS"),
    ):
        press(page, way)
        assert said in page.inner_text("main")
        fits(page)
    press(page, "Đăng xuất")
    assert page.url.endswith("/dang-nhap")


def test_axe_finds_nothingserious(office: Office, address: str, chromium: Any, tmp_path: Path) -> None:
    """With scripts allowed, for axe is one; the pages have none."""
    account(office, "a", "unit", CAO_BANG)
    context = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/dang-nhap")
    found = [serious(page)]
    page.fill("#login", "a")
    page.fill("#password", PASSWORD)
    page.click("button.go")
    file = tmp_path / "mau-03.xlsx"
    file.write_bytes(b"PK")
    found.append(serious(page))
    page.set_input_files("input[type=file]", file)
    page.click("button.go")
    found.append(serious(page))
    page.click("button.go")
    for path in ("", "/da-gui", "/viec", "/mau", "/khong-co"):
        if path:
            page.goto(address + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found.append(serious(page))
    context.close()
    assert not [fault for faults in found for fault in faults]


def serious(page: Any) -> list[str]:
    """What axe finds on a page that keeps somebody out."""
    response = Axe().run(page).response
    return [
        f"{page.url}: {one['id']} {[node['html'] for node in one['nodes']][:3]}"
        for one in response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
