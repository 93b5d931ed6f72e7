"""A home with a published night, a certificate, and SMTP servers to talk to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from pipelines.common.paths import PROJECT, Home
from pipelines.reports.build import Built, build_reports
from pipelines.reports.mail.memory import Memory
from pipelines.reports.published import Published
from tests.unit.certificate import certificate_in
from tests.unit.reports import small


class Server:
    """A running SMTP server and what it has taken."""

    def __init__(self, config: dict[str, Any], folder: Path) -> None:
        self.box = folder / "box"
        self.box.mkdir(parents=True)
        path = folder / "config.json"
        path.write_text(json.dumps({**config, "box": str(self.box)}))
        script = str(Path(__file__).with_name("smtp_server.py"))
        self.process = subprocess.Popen([sys.executable, script, str(path)], stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    @property
    def messages(self) -> list[EmailMessage]:
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[misc]
            for path in sorted(self.box.glob("*.eml"))
        ]

    @property
    def readers(self) -> list[list[str]]:
        return [json.loads(path.read_text()) for path in sorted(self.box.glob("*.json"))]

    def stop(self) -> None:
        # a polite signal may be ignored where a library of another test has its process ignore it
        self.process.kill()
        self.process.wait(10)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate_in(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def start_server(certificate: tuple[Path, Path], tmp_path: Path) -> Iterator[Callable[..., Server]]:
    running: list[Server] = []

    def start(security: str = "starttls", **config: Any) -> Server:
        given = {"security": security, "cert": str(certificate[0]), "key": str(certificate[1]), **config}
        running.append(Server(given, tmp_path / f"server{len(running)}"))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose night of 05/06/2020 was published and whose reports were built."""
    home = Home(tmp_path / "home")
    small.write_raw(tmp_path / "raw")
    build(home, tmp_path / "raw", small.write_published(home.warehouse, raw=tmp_path / "raw"))
    return home


def build(home: Home, raw: Path, published: Published) -> Built:
    return build_reports(
        published,
        home.reports(published.as_of),
        raw,
        small.REFERENCE,
        PROJECT / "settings.yml",
        Memory(home.outbox),
    )
