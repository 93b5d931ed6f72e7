"""``thidua send``: who gets what, when, and how often."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from pipelines.reports.mail.memory import Memory
from pipelines.reports.mail.sending import CannotSend, send_reports
from tests.unit.reports import small
from tests.unit.reports.conftest import Server, build

SETTINGS = PROJECT / "settings.yml"


def _request(home: Home, settings: Path = SETTINGS) -> NightRequest:
    return NightRequest(home.root / "raw", home, small.AS_OF, small.REFERENCE, settings)


def _eml(home: Home) -> dict[str, EmailMessage]:
    """The .eml files by the name of their reader."""
    paths = sorted(home.outbox.glob("*.eml"))
    read = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return {_reader(path): message for path, message in zip(paths, read, strict=True)}  # type: ignore[misc]


def _reader(path: Path) -> str:
    """The name of the group a file is for, as RFC 2047 has it; `policy.default` keeps needless blanks."""
    words = message_from_bytes(path.read_bytes())["To"].removesuffix(":;")
    return str(make_header(decode_header(words))).strip()


def _text(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return str(body.get_content())


def _names(message: EmailMessage) -> list[str | None]:
    return [part.get_filename() for part in message.iter_attachments()]


def test_without_a_server_complete_files_are_written_once(home: Home) -> None:
    sent = send_reports(_request(home), dry_run=False)
    assert not sent.failed
    mails = _eml(home)
    assert set(mails) == {
        "Ban Thi đua - Khen thưởng, Lạng Sơn 2016-2020",
        "Sở Y tế",
        "Ủy ban nhân dân huyện Bình Gia",
        "Ủy ban nhân dân huyện Tràng Định",
    }
    board = mails["Ban Thi đua - Khen thưởng, Lạng Sơn 2016-2020"]
    assert board["Subject"] == "[TĐKT Lạng Sơn] 05/06/2020: 8 nội dung mới"
    assert "- Nguyễn Văn A: chưa ghi nhóm đối tượng (mau-03.xlsx, ô D9)." in _text(board)
    assert _names(board)[0] == "noi-dung-can-bo-sung-2020-06-05.xlsx"
    assert len(_names(board)) == 4
    before = sorted(path.name for path in home.outbox.glob("*.eml"))
    again = send_reports(_request(home), dry_run=False)
    assert again.lines == ["Không có nội dung mới và chưa đến kỳ nhắc; không gửi thư."]
    assert sorted(path.name for path in home.outbox.glob("*.eml")) == before


def test_where_a_mailbox_is_collected_every_answer_goes_there(home: Home, tmp_path: Path) -> None:
    settings = tmp_path / "settings.yml"
    settings.write_text(
        SETTINGS.read_text("utf-8")
        + "\nimap: {host: mail.example, address: ho-so@co-quan.example, authserv_id: mail.example}\n",
        "utf-8",
    )
    send_reports(_request(home, settings), dry_run=False)
    answered = {str(one["Reply-To"]) for one in _eml(home).values()}
    assert answered == {"ho-so@co-quan.example"}


def test_a_unit_gets_its_own_letter_and_files_only(home: Home) -> None:
    send_reports(_request(home), dry_run=False)
    mails = _eml(home)
    y_te = mails["Sở Y tế"]
    assert _names(y_te) == ["cong-van-LS-SO-Y-TE.docx", "bao-cao.docx", "danh-sach.xlsx"]
    assert _names(mails["Ủy ban nhân dân huyện Bình Gia"]) == ["cong-van-LS-HUYEN-BINH-GIA.docx"]
    whole = y_te.as_bytes() + b"".join(part.get_content() for part in y_te.iter_attachments())
    assert "Nguyễn Văn A" not in _text(y_te)
    assert "Tràng Định".encode() not in whole


def test_a_finding_seen_in_another_units_file_does_not_show_it(home: Home) -> None:
    seen_elsewhere = {**small.FINDINGS[0], "nomination_id": None, "recipient_name": None,
                      "unit_code": small.BINH_GIA, "fact_vi": "lĩnh vực chưa đủ số lượng"}  # fmt: skip
    _night(home, [seen_elsewhere], small.AS_OF)
    send_reports(_request(home), dry_run=False)
    mails = _eml(home)
    unit = mails["Ủy ban nhân dân huyện Bình Gia"]
    assert _names(unit) == ["cong-van-LS-HUYEN-BINH-GIA.docx"]
    assert "mau-03.xlsx" not in _text(unit)
    assert "mau-03.xlsx" in _text(mails["Ban Thi đua - Khen thưởng, Lạng Sơn 2016-2020"])


def test_a_dry_run_changes_nothing(home: Home) -> None:
    sent = send_reports(_request(home), dry_run=True)
    assert sent.lines[-1] == "4 thư sẽ được gửi."
    assert not home.outbox.exists()


def _night(home: Home, findings: list[dict[str, Any]], as_of: date) -> None:
    build(home, home.root / "raw", small.write_published(home.warehouse, findings, as_of))


def _changed(**states: str) -> list[dict[str, Any]]:
    rows = []
    for given in small.FINDINGS:
        state = states.get(given["finding_id"], "fixed" if given.get("status") == "fixed" else "open")
        rows.append({**given, "status": state})
    return rows


def test_the_next_night_says_only_what_changed_and_reminders_follow_the_schedule(home: Home) -> None:
    send_reports(_request(home), dry_run=False)
    for path in home.outbox.glob("*.eml"):
        path.unlink()
    _night(home, _changed(), date(2020, 6, 5))
    assert send_reports(_request(home), dry_run=False).lines[-1].startswith("Không có nội dung mới")

    _night(home, _changed(f1="fixed"), date(2020, 6, 6))  # three days before the deadline of 09/06/2020
    send_reports(_request(home), dry_run=False)
    board = _eml(home)["Ban Thi đua - Khen thưởng, Lạng Sơn 2016-2020"]
    assert board["Subject"] == "[TĐKT Lạng Sơn] 06/06/2020: 1 đã xử lý, 7 từ trước chưa xử lý"
    assert "ĐẾN KỲ NHẮC (6)" in _text(board)
    assert "MỚI" not in _text(board)

    for path in home.outbox.glob("*.eml"):
        path.unlink()
    _night(home, _changed(f1="fixed"), date(2020, 6, 7))
    assert send_reports(_request(home), dry_run=False).lines[-1].startswith("Không có nội dung mới")

    _night(home, _changed(f1="reopened"), date(2020, 6, 8))
    send_reports(_request(home), dry_run=False)
    mails = _eml(home)
    assert "1 nội dung mới" in str(mails["Ban Thi đua - Khen thưởng, Lạng Sơn 2016-2020"]["Subject"])
    assert set(mails) == {"Ban Thi đua - Khen thưởng, Lạng Sơn 2016-2020", "Ủy ban nhân dân huyện Tràng Định"}


def _settings(path: Path, server: Server, certificate: tuple[Path, Path], **more: Any) -> Path:
    path.write_text(
        yaml.safe_dump(
            {
                "smtp": {
                    "host": "127.0.0.1",
                    "port": server.port,
                    "security": "starttls",
                    "from": "ban@tdkt.example",
                    "ca_file": str(certificate[0]),
                },
                "recipients": {small.LS: {"board": ["ban@ls.example"]}},
                **more,
            }
        )
    )
    return path


def test_a_kill_between_sending_and_noting_repeats_the_same_mail(
    home: Home, tmp_path: Path, start_server: Callable[..., Server], certificate: tuple[Path, Path]
) -> None:
    pid = tmp_path / "pid"
    server = start_server(kill=str(pid))
    settings = _settings(tmp_path / "settings.yml", server, certificate)
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "send"]
    arguments = ["--home", str(home.root), "--reference", str(small.REFERENCE), "--settings", str(settings)]
    killed = subprocess.Popen(command + arguments, cwd=PROJECT)
    pid.write_text(str(killed.pid))
    assert killed.wait(60) == -9
    assert len(server.messages) == 1
    second = start_server()
    settings = _settings(tmp_path / "settings.yml", second, certificate)
    sent = send_reports(_request(home, settings), dry_run=False)
    assert not sent.failed
    assert [str(m["Message-ID"]) for m in second.messages] == [str(server.messages[0]["Message-ID"])]
    assert second.messages[0].as_bytes() == server.messages[0].as_bytes()
    send_reports(_request(home, settings), dry_run=False)
    time.sleep(0.1)
    assert len(second.messages) == 1


def test_failures_are_shown_and_give_exit_code_1(
    home: Home, tmp_path: Path, start_server: Callable[..., Server], certificate: tuple[Path, Path]
) -> None:
    server = start_server(refuse=["ban@ls.example"])
    free = {"arrival": {"approval": "not_needed"}}
    settings = _settings(tmp_path / "settings.yml", server, certificate, **free)
    arguments = ["--home", str(home.root), "--reference", str(small.REFERENCE), "--settings", str(settings)]
    result = CliRunner().invoke(app, ["send", *arguments])
    assert result.exit_code == 1
    assert "CHƯA GỬI ĐƯỢC ban@ls.example" in result.output
    assert "550 5.1.1 no such mailbox" in result.output
    assert "Chưa có địa chỉ của Sở Y tế" in result.output
    assert Memory(home.outbox).told(f"{small.LS}/unit/{small.Y_TE}") == {}


def test_settings_that_cannot_be_used_are_named(home: Home, tmp_path: Path) -> None:
    wrong = tmp_path / "settings.yml"
    wrong.write_text(yaml.safe_dump({"recipients": {small.LS: {"board": ["a@x\nBcc: b@x"]}}}))
    with pytest.raises(CannotSend, match="Địa chỉ thư"):
        send_reports(_request(home, wrong), dry_run=True)
    with pytest.raises(CannotSend, match="Chưa có số liệu"):
        send_reports(_request(Home(tmp_path / "none")), dry_run=True)
