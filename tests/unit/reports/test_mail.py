"""Messages: headers hold against hostile data, attachments keep their names, ids are stable."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reports.mail import mail

AT = datetime(2020, 6, 5, tzinfo=UTC)
FROM = "ban@tdkt.example"


def _read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_no_text_from_data_makes_a_header(words: str) -> None:
    hostile = f"{words}\r\nBcc: x@evil.example\n\nbody"
    content = mail.compose(
        FROM,
        [],
        hostile,
        hostile.encode("utf-8", "replace").decode(),
        "Thân thư",
        [mail.Attachment(hostile.encode("utf-8", "replace").decode(), b"PK")],
        mail.message_id(FROM, ["x"]),
        AT,
    )
    read = _read(content)
    assert read["Bcc"] is None
    assert set(read) <= {
        "From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "Content-Language", "MIME-Version",
        "Content-Type",
    }  # fmt: skip


_WORDS = st.sampled_from(
    [
        "Đề nghị",
        "bổ sung",
        "hồ",
        "sơ",
        "Ủy ban nhân dân",
        "huyện",
        "Tràng Định",
        "(đợt 2)",
        "2025",
        "–",
        "thưởng",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=60))
def test_long_subjects_and_names_keep_their_blanks(several: list[str]) -> None:
    words = " ".join(several)
    content = mail.compose(FROM, [], words, words, "Thân thư", [], "<1@x.example>", AT)
    plain = message_from_bytes(content)
    assert str(make_header(decode_header(plain["Subject"]))) == words
    assert str(make_header(decode_header(plain["To"].removesuffix(":;")))).strip() == words
    assert _read(content)["Subject"] == words
    assert max(map(len, content.split(b"\r\n\r\n")[0].splitlines())) <= 76


@pytest.mark.parametrize(
    "written", ["a@x.example\r\nBcc: b@x", "a@x.example, b@x.example", "không-có", "A <a@x.example>", ""]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(mail.BadAddress):
        mail.address(written)


def test_attachments_keep_their_names_and_bytes() -> None:
    files = [mail.Attachment("Mẫu 03 – Tràng Định.xlsx", b"PK\x03"), mail.Attachment("../a\\b.csv", b"\xff")]
    read = _read(mail.compose(FROM, ["a@x.example"], "g", "s", "b", files, "<1@x>", AT))
    assert [part.get_filename() for part in read.iter_attachments()] == [
        "Mẫu 03 – Tràng Định.xlsx",
        "-a-b.csv",
    ]
    assert [part.get_payload(decode=True) for part in read.iter_attachments()] == [b"PK\x03", b"\xff"]


def test_the_same_parts_give_the_same_id() -> None:
    assert mail.message_id(FROM, ["a", "b"]) == mail.message_id(FROM, ["a", "b"])
    assert mail.message_id(FROM, ["a", "b"]) != mail.message_id(FROM, ["ab", ""])
    assert mail.message_id(FROM, ["a"]).endswith("@tdkt.example>")
