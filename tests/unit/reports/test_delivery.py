"""Mails against a real SMTP server: encrypted, refused, cut off, tried again, never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.reference.settings import Smtp
from pipelines.reports.digest import Digest
from pipelines.reports.mail import delivery, mail
from pipelines.reports.mail.memory import Memory, Queued
from tests.unit.reports.conftest import Server
from tests.unit.reports.small import AS_OF

NOW = datetime(2020, 6, 5, 3, 0, tzinfo=UTC)
NOTHING = Digest((), (), (), (), ())
Start = Callable[..., Server]


def _smtp(server: Server, certificate: tuple[Path, Path], security: str = "starttls") -> Smtp:
    return Smtp.model_validate(
        {"host": "127.0.0.1", "port": server.port, "security": security, "from": "ban@tdkt.example",
         "ca_file": certificate[0], "timeout_seconds": 10}
    )  # fmt: skip


def _keep(memory: Memory, *to: str, number: int = 1) -> str:
    identifier = mail.message_id("ban@tdkt.example", [str(number)])
    content = mail.compose("ban@tdkt.example", to, "x", "Đề nghị bổ sung", "Nội dung\n", [], identifier, NOW)
    queued = Queued(identifier, "Đề nghị bổ sung", f"{number}.eml", content, to)
    assert memory.enqueue(queued, "a", NOTHING, AS_OF)
    return identifier


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "outbox")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_server_takes_each_mail_once(
    memory: Memory,
    start_server: Start,
    certificate: tuple[Path, Path],
    security: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(delivery.USER, "ban")
    monkeypatch.setenv(delivery.PASSWORD, "mat-khau")
    server = start_server(security, user="ban", password="mat-khau")
    first, second = _keep(memory, "a@x.example"), _keep(memory, "b@x.example", number=2)
    outcomes = delivery.deliver(_smtp(server, certificate, security), memory, NOW)
    assert [one.error for one in outcomes] == ["", ""]
    assert sorted(str(m["Message-ID"]) for m in server.messages) == sorted([first, second])
    assert delivery.deliver(_smtp(server, certificate, security), memory, NOW) == []
    assert len(server.messages) == 2
    assert server.messages[0]["Subject"] == "Đề nghị bổ sung"


def test_a_wrong_password_is_told_and_tried_later(
    memory: Memory,
    start_server: Start,
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(delivery.USER, "ban")
    monkeypatch.setenv(delivery.PASSWORD, "sai")
    server = start_server(user="ban", password="dung")
    smtp = _smtp(server, certificate)
    _keep(memory, "a@x.example")
    (outcome,) = delivery.deliver(smtp, memory, NOW)
    assert "mật khẩu" in outcome.error
    (waiting,) = memory.waiting()
    assert waiting.next_try_at == NOW + timedelta(minutes=5)
    assert delivery.deliver(smtp, memory, NOW + timedelta(minutes=4)) == []
    delivery.deliver(smtp, memory, NOW + timedelta(minutes=6))
    assert memory.waiting()[0].next_try_at == NOW + timedelta(minutes=6 + 15)
    monkeypatch.setenv(delivery.PASSWORD, "dung")
    delivery.deliver(smtp, memory, NOW, regardless=True)
    assert memory.waiting() == []
    assert len(server.messages) == 1


def test_a_refused_reader_does_not_hold_back_the_others(
    memory: Memory, start_server: Start, certificate: tuple[Path, Path]
) -> None:
    server = start_server(refuse=["sai@x.example"])
    smtp = _smtp(server, certificate)
    _keep(memory, "dung@x.example", "sai@x.example")
    _keep(memory, "sai@x.example", number=2)
    outcomes = delivery.deliver(smtp, memory, NOW)
    assert {(one.address, "550" in one.error) for one in outcomes} == {
        ("dung@x.example", False),
        ("sai@x.example", True),
    }
    assert server.readers == [["dung@x.example"]]
    delivery.deliver(smtp, memory, NOW, regardless=True)
    assert server.readers == [["dung@x.example"]]
    assert len(memory.waiting()) == 2


def test_a_connection_cut_in_the_middle_loses_nothing(
    memory: Memory, start_server: Start, certificate: tuple[Path, Path]
) -> None:
    server = start_server(cut=1)
    smtp = _smtp(server, certificate)
    ids = {_keep(memory, "a@x.example"), _keep(memory, "b@x.example", number=2)}
    outcomes = delivery.deliver(smtp, memory, NOW)
    assert sorted(bool(one.error) for one in outcomes) == [False, True]
    assert len(memory.waiting()) == 1
    delivery.deliver(smtp, memory, NOW, regardless=True)
    assert {str(m["Message-ID"]) for m in server.messages} == ids
    assert len(server.messages) == 2


def test_an_unknown_certificate_is_not_trusted(
    memory: Memory, start_server: Start, certificate: tuple[Path, Path]
) -> None:
    server = start_server("tls")
    smtp = _smtp(server, certificate, "tls").model_copy(update={"ca_file": None})
    _keep(memory, "a@x.example")
    (outcome,) = delivery.deliver(smtp, memory, NOW)
    assert "chứng thư" in outcome.error
    assert server.messages == []


def test_a_server_that_is_not_there_is_told(memory: Memory) -> None:
    smtp = Smtp.model_validate(
        {"host": "127.0.0.1", "port": 1, "security": "tls", "from": "ban@tdkt.example"}
    )
    _keep(memory, "a@x.example")
    (outcome,) = delivery.deliver(smtp, memory, NOW)
    assert "không kết nối được" in outcome.error
    assert len(memory.waiting()) == 1
