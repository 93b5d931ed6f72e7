"""A unit's whole way in a real browser, with real nights of one programme and real mail, out and in."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.arrival.accounts.account import Place
from pipelines.arrival.approvals import Approvals
from pipelines.arrival.mailbox import collect as mailbox
from pipelines.arrival.receiving import RECEIVED
from pipelines.arrival.web.office import Office
from pipelines.night.run import run_night
from pipelines.programmes.alone import alone
from pipelines.reference.settings import Settings
from pipelines.reports.mail import delivery
from pipelines.reports.mail.sending import send_reports
from tests.unit.arrival import imap_server
from tests.unit.arrival.mails import Box, mail
from tests.unit.arrival.web import LANG_SON, PASSWORD, account, request_in, served
from tests.unit.reports.conftest import Server, certificate, start_server

__all__ = ["certificate", "start_server"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(imap_server.PROGRAM is None, reason="no Dovecot: apt-get install dovecot-imapd"),
]
SETTINGS = """
arrival: {{approval: needed, check_seconds: 300}}
smtp: {{host: 127.0.0.1, port: {smtp}, security: starttls, from: ban@co-quan.example, ca_file: {ca}}}
imap: {{host: 127.0.0.1, port: {imap}, address: ho-so@co-quan.example, authserv_id: mail.co-quan.example,
        ca_file: {ca}}}
recipients: {{LS-1620: {{board: [ban@co-quan.example], units: {{LS-SO-Y-TE: [van-thu@don-vi.example]}}}}}}
"""
TEMPLATE = "Danh sách khen thưởng (KT-DS).xlsx"
HEADER_ROW, CLASS = 5, 9
ROW = (
    1, "Bà", "Người Thử", "Viên chức", "Phòng Kế hoạch", "Khen thưởng cá nhân", "Lao động tiên tiến", None,
    "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu", None, "5/QĐ-SYT",
    "01/02/2019", 2019,
)  # fmt: skip
MISTAKE = "Người Thử: chưa ghi phân loại đối tượng"


@pytest.fixture(scope="module")
def imap(certificate: tuple[Path, Path]) -> Iterator[int]:
    with imap_server.running(*certificate) as port:
        yield port


@pytest.fixture
def office(
    tmp_path: Path,
    imap: int,
    certificate: tuple[Path, Path],
    start_server: Callable[..., Server],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Office, Server]]:
    out = start_server()
    for name, value in (
        (mailbox.USER, imap_server.USER), (mailbox.PASSWORD, imap_server.PASSWORD),
        (delivery.USER, ""), (delivery.PASSWORD, ""),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    request = request_in(tmp_path, SETTINGS.format(smtp=out.port, imap=imap, ca=certificate[0]))
    reference, _ = alone(LANG_SON.programme_id, request.reference, Settings(), tmp_path / "law")
    one = Office.open(replace(request, reference=reference))
    account(one, "so-y-te", "unit", LANG_SON)
    account(one, "can-bo", "officer", Place(LANG_SON.programme_id))
    yield one, out
    one.checkers.close()


def signed_in(chromium: Any, address: str, login: str) -> Any:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(180_000)
    page.goto(f"{address}/dang-nhap")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("button.go")
    return page


def filled(template: bytes, *, right: bool) -> bytes:
    """The unit's own template with one row, whose class is there or not."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for column, value in enumerate(ROW, 1):
        book.worksheets[0].cell(HEADER_ROW + 1, column, value if right or column != CLASS else None)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(page: Any, address: str, data: bytes) -> str:
    page.goto(f"{address}/gui")
    page.set_input_files("input[type=file]", {"name": "ds-2019.xlsx", "mimeType": "", "buffer": data})
    page.click("button.go")
    return str(page.inner_text("main"))


def test_from_the_template_to_the_mail(
    office: tuple[Office, Server],
    chromium: Any,
    imap: int,
    certificate: tuple[Path, Path],
    without_pictures: None,
) -> None:
    pages, out = office
    with served(pages) as address:
        unit, officer = (signed_in(chromium, address, login) for login in ("so-y-te", "can-bo"))
        unit.goto(f"{address}/mau")
        with unit.expect_download() as got:
            unit.get_by_role("link", name=TEMPLATE).click()
        template = Path(got.value.path()).read_bytes()
        assert "Sở Y tế" in str(openpyxl.load_workbook(io.BytesIO(template)).worksheets[0]["A2"].value)
        # a mistake is told at once with its cell, and sent in all the same
        said = upload(unit, address, filled(template, right=False))
        assert MISTAKE in said
        assert "I6" in said
        unit.click("form button.go")
        assert run_night(pages.request).problem is None
        unit.goto(f"{address}/viec")
        assert MISTAKE in unit.inner_text("main")
        # it is mended under the same name
        said = upload(unit, address, filled(template, right=True))
        assert MISTAKE not in said
        unit.click("form button.go")
        sent = pages.journal.entries(RECEIVED)
        assert len(sent) == 2
        assert sent[1].details["sha256"] in unit.inner_text("main")
        assert run_night(pages.request).problem is None
        unit.goto(f"{address}/viec")
        assert "Người Thử" not in unit.inner_text("main")
        unit.goto(f"{address}/da-gui")
        assert {"Đã dùng", "Bị thay"} <= {cell.inner_text().strip() for cell in unit.locator("td b").all()}
        # the letter goes once it is approved, in the officer's words
        send_reports(pages.request, dry_run=False, approve=Approvals(pages.request).let)
        assert [one for one in out.messages if "van-thu@don-vi.example" in str(one["To"])] == []
        officer.goto(f"{address}/cong-van/{LANG_SON.programme_id}/{LANG_SON.unit_code}")
        officer.fill("#remarks", "Gọi số máy lẻ 12 khi cần.")
        officer.get_by_role("button", name="Duyệt").click()
    assert not send_reports(pages.request, dry_run=False, approve=Approvals(pages.request).let).failed
    (letter,) = [one for one in out.messages if "van-thu@don-vi.example" in str(one["To"])]
    assert letter["Reply-To"] == "ho-so@co-quan.example"
    body = letter.get_body()
    assert body is not None
    assert "Gọi số máy lẻ 12 khi cần." in body.get_content()
    assert "Người Thử" not in body.get_content()
    # and what the unit answers by mail arrives as an upload does
    box = Box(imap, certificate[0])
    box.box.append(mail("Re: hồ sơ", ("so-luong.xlsx", filled(template, right=True) + b"\0")), "INBOX")
    box.box.logout()
    told: list[str] = []
    mailbox.collect(pages.request, told.append, pages.checkers)
    assert len(pages.journal.entries(RECEIVED)) == 3, told
    assert "Biên nhận: Re: hồ sơ" in [str(one["Subject"]) for one in out.messages]
