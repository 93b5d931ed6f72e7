"""Visitors of the pages in tests: signed in or not, with the tokens their forms need."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from starlette.testclient import TestClient

from pipelines.arrival.accounts import passwords
from pipelines.arrival.accounts.account import Place, Role
from pipelines.arrival.checking.job import Ready
from pipelines.arrival.serving import server_of
from pipelines.arrival.web.app import make_app
from pipelines.arrival.web.office import Office
from pipelines.common.paths import PROJECT
from pipelines.night.request import TIME_ZONE, NightRequest

PASSWORD = "bốn con chim sẻ trên cây"
LANG_SON = Place("LS-1620", "LS-SO-Y-TE")
CAO_BANG = Place("CB-2125", "CB-HUYEN-UY-TRUNG-KHANH")
TOKEN = re.compile(r'name="token" value="([^"]+)"')
T = TypeVar("T")


def in_own_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine gives, run on a thread of its own: a browser test leaves its loop on the worker's."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def request_in(folder: Path, settings: str = "{}") -> NightRequest:
    for name in ("raw", "home"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = folder / "settings.yml"
    written.write_text(settings, "utf-8")
    return NightRequest.make(folder / "raw", folder / "home", None, PROJECT / "data" / "reference", written)


class Nobody:
    """Checks nothing: for tests that are about something else."""

    ready = Ready(without_network=True, confined=True)

    def check(self, *_: Any) -> Any:
        from pipelines.arrival.checking.checkers import CannotCheck

        raise CannotCheck("chưa kiểm tra")

    def close(self) -> None:
        pass


def office_in(folder: Path, checkers: Any = None, settings: str = "{}") -> Office:
    return Office.open(request_in(folder, settings), checkers or Nobody())


class Visitor:
    """A browser."""

    def __init__(self, office: Office, host: str = "http://localhost", **more: Any) -> None:
        self.office = office
        self.client = TestClient(
            make_app(office, ("localhost",)), base_url=host, follow_redirects=False, **more
        )

    def token(self, page: str = "/dang-nhap") -> str:
        found = TOKEN.search(self.client.get(page).text)
        assert found, page
        return found[1]

    def post(self, path: str, page: str = "/dang-nhap", **sent: Any) -> Any:
        data = {"token": self.token(page)} | sent.pop("data", {})
        return self.client.post(path, data=data, **sent)

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def sign_in(self, login: str, password: str = PASSWORD) -> Any:
        return self.post("/dang-nhap", data={"login": login, "password": password})


_HASHED: list[str] = []


def account(office: Office, login: str, role: Role = "unit", *places: Place) -> str:
    """An open account with the tests' password; argon2 is asked once for all."""
    if not _HASHED:
        _HASHED.append(passwords.hashed(PASSWORD))
    now = datetime.now(TIME_ZONE)
    link = office.accounts.invite(login, login, role, places, now)
    office.accounts.set_password(link, _HASHED[0], now)
    return login


def visitor(office: Office, login: str, role: Role = "unit", *places: Place, **more: Any) -> Visitor:
    account(office, login, role, *places)
    one = Visitor(office, **more)
    assert one.sign_in(login).status_code == 303
    return one


@contextmanager
def served(office: Office) -> Iterator[str]:
    """The address of the pages, served for a real browser."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(office, ("127.0.0.1",)), log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def served_as_installed(office: Office) -> Iterator[int]:
    """The port of the pages, served as ``thidua serve`` does for a proxy in front of it."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = server_of(office)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join(10)
