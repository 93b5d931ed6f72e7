"""The desk in a real browser: without script, both widths, the keyboard alone, every page seen by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.arrival.accounts.account import Place
from pipelines.arrival.mailbox.collect import ASIDE
from pipelines.arrival.receiving import Sent
from pipelines.arrival.rulings import WAIVED
from pipelines.arrival.web.app import PAGES
from pipelines.arrival.web.office import Office
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from tests.browser.test_serve import WIDTHS, fits, press, serious
from tests.unit.arrival.web import LANG_SON, PASSWORD, Nobody, account, served

pytestmark = pytest.mark.browser
STRAY = f"{LANG_SON.programme_id}/CB-HUYEN-UY-HA-LANG"
REFERENCE = PROJECT / "data" / "reference"


@pytest.fixture
def office(sample_home: Home, tmp_path: Path) -> Office:
    """The sample night; a unit that has sent something since, and an officer."""
    settings = tmp_path / "settings.yml"
    settings.write_text("{}", "utf-8")
    request = NightRequest.make(tmp_path / "raw", tmp_path / "home", None, REFERENCE, settings)
    home = request.home
    home.warehouse.parent.mkdir(parents=True)
    home.warehouse.hardlink_to(sample_home.warehouse)
    (home.root / "reports").symlink_to(sample_home.root / "reports")
    office = Office.open(request, Nobody())  # type: ignore[arg-type]
    office.receiving.receive(
        Sent(LANG_SON.programme_id, LANG_SON.unit_code, "Danh sách.xlsx", b"PK", "don-vi", "page")
    )
    office.journal.add(
        "la@noi-khac.example", ASIDE, "", mail="hop/1", name="Hồ sơ bổ sung", why="Người gửi lạ."
    )
    account(office, "don-vi", "unit", LANG_SON)
    account(office, "can-bo", "officer", Place(LANG_SON.programme_id))
    return office


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    with served(office) as address:
        yield address


def signed_in(page: Any, address: str, login: str) -> Any:
    page.goto(f"{address}/dang-nhap")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("button.go")
    return page


def asked(office: Office, query: str, *values: str) -> str:
    with duckdb.connect(str(office.home.warehouse), read_only=True) as connection:
        ((found,),) = connection.execute(query, values).fetchall()
    return str(found)


def lacking(office: Office) -> str:
    """The unit of the programme with most to mend."""
    query = "SELECT mode(unit_code) FROM marts.fct_findings WHERE is_open AND programme_id = ?"
    return asked(office, query, LANG_SON.programme_id)


def addresses(office: Office) -> list[str]:
    """Every page of the desk that shows something, with a thing to show."""
    finding = "SELECT min(finding_id) FROM marts.fct_findings WHERE is_open AND unit_code = ?"
    recipient = "SELECT min(recipient_id) FROM marts.fct_recipient_events WHERE unit_code = ?"
    unit = lacking(office)
    filled = {
        "{programme}": LANG_SON.programme_id, "{unit}": unit,
        "{chapter}": LANG_SON.programme_id,
        "{finding}": asked(office, finding, unit),
        "{recipient}": asked(office, recipient, LANG_SON.unit_code),
    }  # fmt: skip
    shown = [
        path
        for method, path, answer in PAGES
        if method == "GET" and answer.__module__.rpartition(".")[2] in ("desk", "history", "rulings")
    ]
    for name, value in filled.items():
        shown = [path.replace(name, value) for path in shown]
    return [path for path in shown if "{" not in path and path != "/quy-tac"]  # which shows its first chapter


def test_every_page_fits_and_axe_finds_nothing_serious(office: Office, address: str, chromium: Any) -> None:
    """Without scripts for the width; axe is one, so it has a browser of its own."""
    plain = chromium.new_context(java_script_enabled=False, reduced_motion="reduce")
    scripted = chromium.new_context(bypass_csp=True, reduced_motion="reduce")
    without, page = (signed_in(one.new_page(), address, "can-bo") for one in (plain, scripted))
    shown = addresses(office)
    assert len(shown) > 9
    faults: list[str] = []
    for path in shown:
        for one in (without, page):
            answer = one.goto(address + path)
            assert answer.status == 200, path
        fits(without)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            faults += serious(page)
    page.goto(f"{address}/quy-tac/{LANG_SON.programme_id}")
    _all_open(page, faults)
    page.goto(f"{address}/ban")
    assert "Hồ sơ bổ sung" in page.inner_text("main")
    assert STRAY in page.inner_text("main")
    _all_open(page, faults)
    page.goto(f"{address}/noi-dung/{STRAY}")
    fits(page)
    faults += serious(page)
    page.goto(f"{address}/tra-cuu")
    for name, said in (("Nguyễn", "Đơn vị"), ("Không Ai Tên Thế", "Không Ai Tên Thế")):
        page.fill("#ten", name)
        page.click("form.ask-form button.go")
        assert said in page.inner_text("main")
        fits(page)
        faults += serious(page)
    plain.close()
    scripted.close()
    assert not faults


def _all_open(page: Any, faults: list[str]) -> None:
    """What axe and the width say once everything that unfolds is unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    fits(page)
    faults.extend(serious(page))


def test_an_officers_day_with_the_keyboard_alone(office: Office, address: str, chromium: Any) -> None:
    """Letters approved and held, units that are silent, a look-up, an invitation, the journal."""
    context = chromium.new_context(java_script_enabled=False, reduced_motion="reduce")
    page = signed_in(context.new_page(), address, "can-bo")
    decided = (("Duyệt", "Đã duyệt (can-bo)"), ("Giữ lại", "Giữ lại (can-bo)"))
    for number, (button, said) in enumerate(decided):
        press(page, "Công văn")
        press(page, page.locator("main tbody th a").nth(number).inner_text(), 60)
        _reach(page, "greeting")
        page.keyboard.press("Control+A")
        page.keyboard.type("Kính gửi đồng chí Văn thư,")
        _reach(page, "remarks")
        page.keyboard.type("Gọi số máy lẻ 12 khi cần.")
        press(page, button)
        assert said in page.inner_text("main")
    press(page, "Bàn làm việc")
    _open(page, "đơn vị chưa gửi tệp nào")
    silent = page.locator("details[open] li a").first.inner_text()
    press(page, silent, 3)
    assert silent in page.inner_text("h1")
    press(page, "Bàn làm việc")
    press(page, STRAY)
    assert "Tệp nằm nhầm thư mục" in page.inner_text("main")
    press(page, "Tra cứu")
    _reach(page, "ten")
    page.keyboard.type("Nguyễn")
    press(page, "Tìm")
    found = page.locator("main tbody th a").first.inner_text()
    press(page, found)
    assert found in page.inner_text("main")
    press(page, "Tài khoản")
    for field, written in (("login", "so-moi"), ("name", "Sở Mới")):
        _reach(page, field)
        page.keyboard.type(written)
    _reach(page, "places")
    page.keyboard.press("ArrowDown")
    press(page, "Mời")
    assert "/moi/" in page.inner_text("main")
    press(page, "Nhật ký")
    told = page.inner_text("main")
    for line in ("Duyệt thư: Gọi số máy lẻ 12 khi cần.", "Giữ thư lại", "Tra cứu: Nguyễn", "Mời: so-moi"):
        assert line in told
    fits(page)
    context.close()


def _open(page: Any, words: str) -> None:
    """Go on to what unfolds under such words, and unfold it."""
    for _ in range(200):
        page.keyboard.press("Tab")
        tag, said = page.evaluate("[document.activeElement.tagName, document.activeElement.textContent]")
        if tag == "SUMMARY" and words in said:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to «{words}» on {page.url}")


def test_an_officer_lets_a_finding_pass_and_confirms_a_rule_with_the_keyboard_alone(
    office: Office, address: str, chromium: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False, reduced_motion="reduce")
    page = signed_in(context.new_page(), address, "can-bo")
    page.goto(f"{address}/noi-dung/{LANG_SON.programme_id}/{lacking(office)}")
    press(page, "Miễn nội dung này", 80, starts=True)
    _reach(page, "reason")
    page.keyboard.type("Công văn 5/UBND")
    _reach(page, "until")
    page.keyboard.type((office.now().date().replace(day=28)).strftime("%m%d") + str(office.now().year + 1))
    press(page, "Miễn")
    (waived,) = office.journal.entries(WAIVED)
    assert waived.details["reason"] == "Công văn 5/UBND"
    assert "Công văn 5/UBND" in page.inner_text("main")
    page.goto(f"{address}/quy-tac/{LANG_SON.programme_id}")
    _open(page, "Xác nhận")
    press(page, "Xác nhận", 5)
    assert "can-bo" in page.inner_text("main")
    fits(page)
    context.close()


def _reach(page: Any, field: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            return
    raise AssertionError(f"no way to {field} on {page.url}")
