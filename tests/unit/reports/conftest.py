"""A home with a published night, a certificate, and SMTP servers to talk to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipelines.common.paths import PROJECT, Home
from pipelines.reports.build import Built, build_reports
from pipelines.reports.mail.memory import Memory
from pipelines.reports.published import Published
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
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert, private


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
