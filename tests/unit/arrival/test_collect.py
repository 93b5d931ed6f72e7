"""``thidua collect`` against a real IMAP server over TLS: what is taken, and what is set aside."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from pipelines.arrival.journal import Journal
from pipelines.arrival.mailbox import collect as module
from pipelines.arrival.mailbox.collect import CannotCollect, collect
from pipelines.arrival.receiving import RECEIVED
from pipelines.inbox.register import scan
from pipelines.night.request import NightRequest
from tests.unit.arrival import imap_server
from tests.unit.arrival.mails import OWN, SETTINGS, Box, mail
from tests.unit.arrival.web import Nobody, request_in
from tests.unit.reports.conftest import certificate

__all__ = ["certificate"]
if imap_server.PROGRAM is None:
    pytest.skip("no Dovecot here; it comes with: apt-get install dovecot-imapd", allow_module_level=True)


@pytest.fixture(scope="module")
def server(certificate: tuple[Path, Path]) -> Iterator[int]:
    with imap_server.running(*certificate) as port:
        yield port


@pytest.fixture
def box(server: int, certificate: tuple[Path, Path]) -> Iterator[Box]:
    one = Box(server, certificate[0])
    yield one
    for folder in ("INBOX", "Đã nhận", "Cần xem"):
        if one.box.folder.exists(folder):
            one.box.folder.set(folder)
            one.box.delete([mail.uid for mail in one.box.fetch(mark_seen=False) if mail.uid])
    one.box.logout()


@pytest.fixture
def request_(
    server: int, certificate: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> NightRequest:
    monkeypatch.setenv(module.USER, imap_server.USER)
    monkeypatch.setenv(module.PASSWORD, imap_server.PASSWORD)
    return request_in(tmp_path, SETTINGS.format(port=server, certificate=certificate[0]))


def run(request: NightRequest) -> list[str]:
    said: list[str] = []
    collect(request, said.append, Nobody())  # type: ignore[arg-type]
    return said


def answers(request: NightRequest) -> list[Any]:
    return [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted(request.home.outbox.glob("*.eml"))
    ]


def test_files_of_a_unit_are_taken_and_answered(request_: NightRequest, box: Box) -> None:
    box.box.append(mail("Hồ sơ", ("Danh sách.xlsx", b"mot"), ("../../tờ trình.docx", b"hai")))
    said = run(request_)
    assert said == ["Đã nhận 2 tệp của Sở Y tế (van-thu@don-vi.example)"]
    found = scan(request_.raw)
    assert {(file.unit_code, file.file_name) for file in found} == {
        ("LS-SO-Y-TE", "Danh sách.xlsx"),
        ("LS-SO-Y-TE", "tờ trình.docx"),
    }
    assert (box.subjects("INBOX"), box.subjects("Đã nhận")) == ([], ["Hồ sơ"])
    (answer,) = answers(request_)
    assert str(answer["To"]) == "van-thu@don-vi.example"
    assert str(answer["Reply-To"]) == "ho-so@co-quan.example"
    words = answer.get_body().get_content()
    assert "biên nhận số" in words
    assert "chưa kiểm tra" in words
    assert run(request_) == []
    assert len(answers(request_)) == 1


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (mail("lạ", ("a.xlsx", b"1"), sender="la@noi-khac.example"), "không thuộc đơn vị nào"),
        (mail("chung", ("a.xlsx", b"1"), sender="chung@don-vi.example"), "thuộc nhiều đơn vị"),
        (mail("không tệp"), "không có tệp đính kèm"),
        (mail("nhiều", *((f"{n}.xlsx", b"%d" % n) for n in range(4))), "có 4 tệp đính kèm"),
        (mail("lớn", ("a.xlsx", b"x" * 4_000_000)), "thư lớn quá 3 MB"),
        (mail("tệp lớn", ("a.xlsx", b"x" * 1_200_000)), "mỗi tệp nhiều nhất 1 MB"),
        (mail("máy", ("a.xlsx", b"1"), Auto_Submitted="auto-replied"), "do máy tự gửi"),
        (mail("danh sách", ("a.xlsx", b"1"), List_Id="<x.example>"), "do máy tự gửi"),
        (b"From: \xff\xfe<>\r\nSubject: =?utf-99?b?!!?=\r\nContent-Type: x;;=\r\n\r\n\xff", "Để riêng thư"),
        (mail("không lời", ("a.xlsx", b"1"), Authentication_Results=None), "không xác nhận người gửi"),
        (
            mail("lời người khác", ("a.xlsx", b"1"), Authentication_Results="evil.example; dmarc=pass"),
            "không xác nhận người gửi",
        ),
        (
            mail("giả", ("a.xlsx", b"1"), Authentication_Results=f"{OWN}; spf=pass; dmarc=fail"),
            "có thể là giả",
        ),
        (
            mail("chỉ spf", ("a.xlsx", b"1"), Authentication_Results=f"{OWN}; spf=pass"),
            "có thể là giả",
        ),
    ],
)
def test_what_is_not_sure_is_set_aside(request_: NightRequest, box: Box, message: bytes, said: str) -> None:
    box.box.append(message)
    (told,) = run(request_)
    assert said in told
    assert scan(request_.raw) == []
    assert box.subjects("INBOX") == []
    assert len(box.subjects("Cần xem")) == 1
    # only a unit whose own files were refused gets an answer; strangers learn nothing
    assert len(answers(request_)) == ("tệp lớn" in box.subjects("Cần xem"))


def carrying(*parts: tuple[str, str, bytes]) -> bytes:
    """A mail without text whose parts are of kinds that clients make by themselves."""
    message = message_from_bytes(mail("kèm"), policy=policy.SMTP)
    message.clear_content()
    for kind, name, data in parts:
        main, sub = kind.split("/")
        if kind == "message/rfc822":
            message.add_attachment(message_from_bytes(data, policy=policy.SMTP))
        else:
            message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return bytes(message.as_bytes())


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORWARDED = mail("bên trong", ("trong.xlsx", b"mot"), sender="ai-do@noi-khac.example")


@pytest.mark.parametrize(
    ("message", "taken", "left"),
    [
        (carrying((XLSX, "a.xlsx", b"1")), ["a.xlsx"], ""),
        (carrying(("message/rfc822", "", FORWARDED)), ["trong.xlsx"], ""),
        (carrying(("application/ms-tnef", "winmail.dat", b"x")), [], "dạng riêng của Outlook"),
        (carrying(("application/octet-stream", "Winmail.dat", b"x")), [], "dạng riêng của Outlook"),
        (carrying(("application/pkcs7-mime", "smime.p7m", b"x")), [], "mã hóa"),
        (
            carrying(("application/x-pkcs7-signature", "smime.p7s", b"x"), (XLSX, "a.xlsx", b"1")),
            ["a.xlsx"],
            "",
        ),
        (carrying((XLSX, "a.xlsx", b"1"), ("image/jpeg", "QĐ 5.jpg", b"x")), ["a.xlsx"], "ảnh «QĐ 5.jpg»"),
        (carrying((XLSX, "a.xlsx", b"")), [], "«a.xlsx» không có nội dung"),
        (carrying((XLSX, f"{'danh sách ' * 60}.xlsx", b"1")), [f"{'danh sách ' * 60}.xlsx"[:20]], ""),
    ],
)
def test_whatever_a_mail_carries_is_taken_or_told(
    request_: NightRequest, box: Box, message: bytes, taken: list[str], left: str
) -> None:
    """What clients make of a file by themselves is no reason for silence; the sender learns what to do."""
    box.box.append(message)
    run(request_)
    assert [file.file_name[:20] for file in scan(request_.raw)] == [name[:20] for name in taken]
    (answer,) = answers(request_)
    words = answer.get_body().get_content()
    assert left in words
    assert box.subjects("Cần xem" if left else "Đã nhận") == ["kèm"]


class _Killed(BaseException):
    pass


@pytest.mark.parametrize("step", ["receive", "received", "enqueue", "enqueued", "move", "hand_over"])
def test_cut_off_anywhere_loses_and_doubles_nothing(
    request_: NightRequest, box: Box, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    box.box.append(mail("một", ("a.xlsx", b"mot"), ("b.xlsx", b"hai")))
    box.box.append(mail("hai", ("c.xlsx", b"ba")))

    def killed(*_: Any, **__: Any) -> Any:
        raise _Killed

    def then_killed(what: Any) -> Any:
        def done(*given: Any, **more: Any) -> None:
            what(*given, **more)
            raise _Killed

        return done

    with monkeypatch.context() as patch:
        if step.startswith("receive"):
            whole = module.Receiving.receive
            patch.setattr(module.Receiving, "receive", killed if step == "receive" else then_killed(whole))
        elif step.startswith("enqueue"):
            patch.setattr(module, "enqueue", killed if step == "enqueue" else then_killed(module.enqueue))
        elif step == "move":
            patch.setattr(module.MailBox, "move", killed)
        else:
            patch.setattr(module, "hand_over", killed)
        with pytest.raises(_Killed):
            run(request_)
    run(request_)
    run(request_)
    assert sorted(file.path.read_bytes() for file in scan(request_.raw)) == [b"ba", b"hai", b"mot"]
    assert (box.subjects("INBOX"), box.subjects("Đã nhận")) == ([], ["hai", "một"])
    assert len(answers(request_)) == 2
    journal = Journal(request_.home)
    assert len(journal.entries(RECEIVED)) == 3
    assert sorted(entry.details["name"] for entry in journal.entries(module.TAKEN)) == ["hai", "một"]
    words = [answer.get_body().get_content() for answer in answers(request_)]
    assert not [one for one in words if "giống hệt" in one], "it is the first answer to this mail"


def test_cut_off_before_it_moves_a_mail_is_set_aside_and_told_once(
    request_: NightRequest, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.box.append(mail("lạ", ("a.xlsx", b"1"), sender="la@noi-khac.example"))

    def killed(*_: Any) -> None:
        raise _Killed

    with monkeypatch.context() as patch:
        patch.setattr(module.MailBox, "move", killed)
        with pytest.raises(_Killed):
            run(request_)
    run(request_)
    box.box.append(mail("lạ", ("a.xlsx", b"1"), sender="la@noi-khac.example"))  # sent once more: another mail
    run(request_)
    assert box.subjects("Cần xem") == ["lạ", "lạ"]
    assert len(Journal(request_.home).entries(module.ASIDE)) == 2


def test_cut_off_between_copying_and_deleting_a_mail_lies_once(
    request_: NightRequest, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.box.append(mail("một", ("a.xlsx", b"mot")))
    box.box.append(mail("một", ("b.xlsx", b"hai")))  # another mail, though it bears the same Message-ID
    box.box.append(mail("lạ", ("a.xlsx", b"1"), sender="la@noi-khac.example", Message_ID=None))

    def copied(one: Any, uid: str, folder: str) -> None:
        one.copy(uid, folder)
        raise _Killed

    for _ in range(3):
        with monkeypatch.context() as patch:
            patch.setattr(module.MailBox, "move", copied)
            with pytest.raises(_Killed):
                run(request_)
    run(request_)
    assert box.subjects("INBOX") == []
    assert box.subjects("Đã nhận") == ["một", "một"]
    assert box.subjects("Cần xem") == ["lạ"]
    assert len(Journal(request_.home).entries(RECEIVED)) == 2


def test_a_mailbox_that_cannot_be_read_is_told(
    request_: NightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(module.PASSWORD, "sai")
    with pytest.raises(CannotCollect, match="Không đọc được hộp thư"):
        run(request_)
    monkeypatch.delenv(module.PASSWORD)
    with pytest.raises(CannotCollect, match="Thiếu tên hoặc mật khẩu"):
        run(request_)
    request_.settings.write_text("{}", "utf-8")
    with pytest.raises(CannotCollect, match="Chưa có hộp thư"):
        run(request_)
