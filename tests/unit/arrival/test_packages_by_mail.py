"""Zips that come by mail, good ones and those that climb, are locked, hold others, or burst."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipelines.arrival.checking.checkers import Checkers
from pipelines.arrival.journal import Journal
from pipelines.arrival.mailbox.collect import ASIDE, collect
from pipelines.common.paths import PROJECT
from pipelines.inbox.register import scan
from pipelines.night.request import NightRequest
from tests.unit.arrival.mails import Box, mail
from tests.unit.arrival.test_collect import answers, box, certificate, request_, server

__all__ = ["box", "certificate", "request_", "server"]


def packed(*members: tuple[str, bytes], encrypted: bool = False) -> bytes:
    """A zip; with ``encrypted`` its last member says that a password is needed."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    said = bytearray(whole.getvalue())
    if encrypted:
        said[said.rfind(b"PK\x03\x04") + 6] |= 1
        said[said.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(said)


LIST = next((PROJECT / "data" / "raw" / "LS-1620").rglob("danh-sach-khen-thuong-2016.xlsx")).read_bytes()
CLEAR = packed(("Danh sách.xlsx", LIST))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("gói.zip", CLEAR, ""),
        ("leo.zip", packed(("../../../leo.xlsx", LIST), ("/tmp/leo.xlsx", LIST)), ""),
        ("lạ.zip", packed(("a.csv", b"STT,Ten\n")), "Không nhận ra tệp theo biểu mẫu nào"),
        ("khoá.zip", packed(("a.csv", b"1"), ("b.csv", b"2"), encrypted=True), "được đặt mật khẩu"),
        ("lồng.zip", packed(("trong.zip", CLEAR)), "nằm trong một tệp nén khác"),
        ("bom.zip", packed(("bom.csv", b"0" * 400_000_000)), "tệp là gói nén thì giải nén, gửi từng tệp"),
        ("cụt.zip", CLEAR[:-30], "bị hỏng"),
    ],
)
def test_a_package_by_mail_is_taken_and_what_cannot_be_read_is_told_to_both(
    request_: NightRequest, box: Box, checkers: Checkers, name: str, data: bytes, said: str
) -> None:
    """The file is received with a receipt; where it cannot be read sender and officer learn why."""
    box.box.append(mail("gói", (name, data)))
    told: list[str] = []
    collect(request_, told.append, checkers)
    (file,) = scan(request_.raw)
    assert (file.file_name, file.path.read_bytes()) == (name, data)
    (answer,) = answers(request_)
    words = answer.get_body().get_content()
    assert "biên nhận số" in words
    assert said in words
    aside = Journal(request_.home).entries(ASIDE)
    if said:
        assert box.subjects("Cần xem") == ["gói"]
        assert said in aside[0].details["why"]
        assert aside[0].about == "LS-1620/LS-SO-Y-TE"
    else:
        assert box.subjects("Đã nhận") == ["gói"], told
        assert aside == []
    assert not list(request_.raw.parent.rglob("leo.xlsx"))
