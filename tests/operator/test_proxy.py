"""The configurations of ``deploy/proxy`` with the real programs in front of the real server, on loopback."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from pipelines.arrival.web.office import Office
from pipelines.common.paths import PROJECT
from pipelines.operate.doctor.check import GOOD
from pipelines.operate.doctor.pages import pages
from tests.unit.arrival.web import LANG_SON, PASSWORD, TOKEN, Nobody, account, request_in, served_as_installed
from tests.unit.certificate import certificate_in

DEPLOYED = PROJECT / "deploy" / "proxy"
PROGRAMS = {name: shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in ("nginx", "caddy")}


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def nginx(folder: Path, cert: Path, key: Path, tls: int, plain: int, to: int) -> list[str]:
    """As an administrator edits it: name, certificate, ports; below the main file a distribution has."""
    words = (DEPLOYED / "nginx.conf").read_text("utf-8")
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"), ("listen 443 ", f"listen 127.0.0.1:{tls} "),
        ("gui.co-quan.example", "127.0.0.1"), ("/etc/thidua/chung-thu.pem", str(cert)),
        ("/etc/thidua/khoa.pem", str(key)), ("127.0.0.1:8443", f"127.0.0.1:{to}"),
    ):  # fmt: skip
        assert old in words, old
        words = words.replace(old, new)
    (folder / "thidua.conf").write_text(words, "utf-8")
    bodies = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    http = f"{bodies}\naccess_log {folder}/log;\ninclude {folder}/thidua.conf;"
    main = f"pid {folder}/pid;\nevents {{}}\nhttp {{\n{http}\n}}"
    (folder / "nginx.conf").write_text(("user root;\n" if os.geteuid() == 0 else "") + main, "utf-8")
    start = [str(PROGRAMS["nginx"]), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]
    return [*start, "-g", "daemon off;"]


def caddy(folder: Path, cert: Path, key: Path, tls: int, plain: int, to: int) -> list[str]:
    words = (DEPLOYED / "Caddyfile").read_text("utf-8")
    for old, new in (
        ("gui.co-quan.example {", f"https://127.0.0.1:{tls} {{\n\ttls {cert} {key}"),
        ("127.0.0.1:8443", f"127.0.0.1:{to}"), ("/var/log/caddy/thidua.log", f"{folder}/log"),
    ):  # fmt: skip
        assert old in words, old
        words = words.replace(old, new)
    kept = f"storage file_system {folder}/kept"
    first = f"{{\n\tadmin off\n\thttp_port {plain}\n\tskip_install_trust\n\t{kept}\n}}\n"
    (folder / "Caddyfile").write_text(first + words, "utf-8")
    return [str(PROGRAMS["caddy"]), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


@dataclass(frozen=True)
class Front:
    """Pages behind a proxy."""

    office: Office
    address: str
    plain: str
    log: Path
    trusts: Path

    def session(self) -> requests.Session:
        one = requests.Session()
        one.verify = str(self.trusts)
        one.trust_env = False  # or certificates the machine is told to trust would stand instead
        return one


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda one: str(one.__name__))
def front(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    configure: Callable[..., list[str]] = request.param
    name = configure.__name__
    if PROGRAMS[name] is None:
        pytest.skip(f"no {name} here; it comes with: apt-get install {name}")
    folder = tmp_path_factory.mktemp(name)
    tls, plain = free(), free()
    settings = f"arrival: {{address: 'https://127.0.0.1:{tls}', file_mb: 5}}"
    office = Office.open(request_in(folder / "office", settings), Nobody())  # type: ignore[arg-type]
    account(office, "so-y-te", "unit", LANG_SON)
    cert, key = certificate_in(folder)
    with served_as_installed(office) as to:
        command = configure(folder, cert, key, tls, plain, to)
        with (folder / "said").open("wb") as said:
            program = subprocess.Popen(
                command, stdout=said, stderr=said, env=os.environ | {"HOME": str(folder)}
            )
        one = Front(office, f"https://127.0.0.1:{tls}", f"http://127.0.0.1:{plain}", folder / "log", cert)
        try:
            _wait(one, program, folder)
            yield one
        finally:
            program.terminate()
            program.wait(20)


def _wait(front: Front, program: subprocess.Popen[bytes], folder: Path) -> None:
    why: object = None
    for _ in range(100):
        assert program.poll() is None, (folder / "said").read_text("utf-8", "replace")
        try:
            front.session().get(f"{front.address}/dang-nhap", timeout=30)
        except requests.ConnectionError as error:
            why = error
            time.sleep(0.3)
        else:
            return
    raise AssertionError(why)


def sign_in(
    front: Front, one: requests.Session, password: str = PASSWORD, **headers: str
) -> requests.Response:
    token = TOKEN.search(one.get(f"{front.address}/dang-nhap", timeout=30).text)
    assert token
    sent = {"token": token[1], "login": "so-y-te", "password": password}
    address = f"{front.address}/dang-nhap"
    return one.post(address, sent, timeout=60, headers=headers, allow_redirects=False)


def test_the_pages_know_that_it_is_https(front: Front) -> None:
    answer = front.session().get(f"{front.address}/dang-nhap", timeout=30)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["set-cookie"].startswith("__Host-thidua=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "uvicorn" not in answer.headers.get("server", "")


def test_plain_http_leads_to_https(front: Front) -> None:
    answer = requests.get(f"{front.plain}/gui", timeout=30, allow_redirects=False)
    assert answer.status_code in (301, 308)
    assert answer.headers["location"].startswith("https://127.0.0.1")


def test_a_unit_signs_in_and_sends_a_file(front: Front) -> None:
    one = front.session()
    assert sign_in(front, one).status_code == 303
    token = TOKEN.search(one.get(f"{front.address}/gui", timeout=30).text)
    assert token
    name = "danh sách.xlsx"
    files = {"files": (name, b"PK" + b"x" * 3_000_000)}
    path = f"{front.address}/gui/{LANG_SON.programme_id}/{LANG_SON.unit_code}"
    answer = one.post(path, {"token": token[1]}, files=files, timeout=60)
    assert answer.status_code == 200
    assert name in answer.text


def test_nobody_writes_his_own_address(front: Front) -> None:
    """Who tries passwords is noted as where the proxy saw him."""
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    assert sign_in(front, front.session(), "sai mật khẩu rồi", **forged).status_code == 401
    assert front.office.journal.entries("sign_in_failed")[-1].who == "127.0.0.1"


def _answer_while_sending(line: ssl.SSLSocket, megabytes: int) -> bytes | None:
    """What is answered while a body is sent, or after so much of it; None: the line was cut."""
    try:
        for _ in range(megabytes):
            line.settimeout(30)
            line.sendall(b"x" * 1_000_000)
            line.settimeout(0)
            with suppress(ssl.SSLWantReadError):
                return line.recv(4096) or None
        line.settimeout(30)
        return line.recv(4096) or None
    except TimeoutError:
        raise
    except OSError:
        return None


def test_what_is_too_large_is_stopped_before_it_comes(front: Front) -> None:
    one = front.session()
    with socket.create_connection(("127.0.0.1", int(front.address.rsplit(":", 1)[1]))) as plain:
        context = ssl.create_default_context(cafile=str(front.trusts))
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as line:
            head = "POST /gui/LS-1620/LS-SO-Y-TE HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            line.sendall(head.encode() + b"Content-Length: 300000000\r\n\r\n")
            answer = _answer_while_sending(line, megabytes=105)  # the limit is 101
    # who hangs up at once may do so before his answer has arrived; where the pages refuse the length first,
    # Caddy may tell 502
    assert answer is None or answer.split(b"\r\n")[0].split(b" ")[1] in (b"413", b"502")
    assert one.get(f"{front.address}/dang-nhap", timeout=30).status_code == 200


def test_tls_is_new_enough_and_invitations_stay_out_of_the_log(front: Front) -> None:
    secret = front.office.accounts.invite("moi", "Mới", "unit", [LANG_SON], front.office.now())
    assert front.session().get(f"{front.address}/moi/{secret}", timeout=30).status_code == 200
    assert front.session().get(f"{front.address}/dang-nhap?dau=vet", timeout=30).status_code == 200
    for _ in range(50):
        if "dau=vet" in front.log.read_text("utf-8", "replace"):
            break
        time.sleep(0.1)
    log = front.log.read_text("utf-8", "replace")
    assert "dau=vet" in log
    assert secret not in log
    assert not re.search(r"__Host-thidua=|Cookie\"?:\s*\[\"_", log)


def test_the_doctor_finds_the_proxy_well(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(front.trusts))
    found = {one.name: one for one in pages(front.office.request)}
    assert found["serve_tls"].state == GOOD, found["serve_tls"].words
    monkeypatch.delenv("SSL_CERT_FILE")
    assert {one.name: one for one in pages(front.office.request)}[
        "serve_tls"
    ].state != GOOD  # nobody's certificate


def test_the_doctor_sees_a_proxy_that_does_not_say_https(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then cookies would go over plain lines too."""
    if PROGRAMS["nginx"] is None:
        pytest.skip("no nginx here; it comes with: apt-get install nginx")
    tls = free()
    settings = f"arrival: {{address: 'https://127.0.0.1:{tls}'}}"
    office = Office.open(request_in(tmp_path / "office", settings), Nobody())  # type: ignore[arg-type]
    cert, key = certificate_in(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    with served_as_installed(office) as to:
        command = nginx(tmp_path, cert, key, tls, free(), to)
        path = tmp_path / "thidua.conf"
        path.write_text(
            path.read_text("utf-8").replace("proxy_set_header X-Forwarded-Proto https;", ""), "utf-8"
        )
        program = subprocess.Popen(command)
        try:
            front = Front(office, f"https://127.0.0.1:{tls}", "", tmp_path / "log", cert)
            (tmp_path / "said").touch()
            _wait(front, program, tmp_path)
            found = {one.name for one in pages(office.request) if one.state != GOOD}
        finally:
            program.terminate()
            program.wait(20)
    assert "serve_proxy" in found
