"""The server of the pages killed while units send: they go on where an answer failed, as people do.

Only the check of a file is left out (it would take most of the time and leaves nothing behind).
"""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx2

from pipelines.arrival import serving
from pipelines.arrival.accounts.account import Place
from pipelines.arrival.accounts.store import Accounts
from pipelines.arrival.drafts import KEPT_SECONDS, Drafts
from pipelines.arrival.journal import Journal
from pipelines.arrival.receiving import RECEIVED
from pipelines.arrival.web import office
from pipelines.night.request import TIME_ZONE, NightRequest
from tests.fire import arrivals, forked
from tests.unit.arrival.web import TOKEN, Nobody, request_in

SETTINGS = "arrival: {files_a_day: 100000, mb_a_day: 100000, checkers: 1}\n"
UNITS = ("LS-SO-Y-TE", "LS-SO-TAI-CHINH", "LS-SO-NOI-VU", "LS-HUYEN-VAN-LANG")
NAMES = ("Danh sách.xlsx", "Tờ trình.docx", "Quân số.csv")
LONGEST_BYTES = 300_000
ALIVE_SECONDS = 1.5
"""How long a server may answer before it is killed; a part of them die before they listen."""


def serve(request: NightRequest, port: int) -> None:
    """``thidua serve``, with nobody to check what is sent."""
    office.Checkers = lambda *_: Nobody()  # type: ignore[misc, assignment]
    serving.run(request, port, lambda _: None)


class Unit(threading.Thread):
    """Somebody who sends one file after the other and does not rest before each has its receipt."""

    def __init__(self, place: Place, address: str, cookie: str, seed: int) -> None:
        """Sign in beforehand."""
        super().__init__(daemon=True)
        self._way = f"/gui/{place.programme_id}/{place.unit_code}"
        self._client = httpx2.Client(base_url=address, timeout=20, cookies={"thidua": cookie})
        self._random = random.Random(seed)
        self.over = threading.Event()
        self.sent: set[str] = set()
        """Digests of what left this unit, whether it arrived or not."""
        self.answered: dict[str, int] = {}
        """The receipt that each digest was answered with."""
        self.faults: list[str] = []

    def run(self) -> None:
        """Until told that it is over, and the file in hand has arrived."""
        number = 0
        while not self.over.is_set():
            number += 1
            data = f"{self._way} {number} ".encode() + self._random.randbytes(
                self._random.randrange(LONGEST_BYTES)
            )
            self.sent.add(arrivals.digest(data))
            while not self._arrived(self._random.choice(NAMES), data):
                time.sleep(0.1)

    def _arrived(self, name: str, data: bytes) -> bool:
        with suppress(httpx2.TransportError):  # the server is gone
            form = {"token": self._token("/gui")}
            checked = self._client.post(self._way, data=form, files=[("files", (name, data))])
            if checked.status_code == 429:  # thirty checks a minute
                return False
            return self._sent(checked.headers.get("location", ""), checked.status_code, data)
        return False

    def _sent(self, draft: str, status: int, data: bytes) -> bool:
        if status != 303 or "/ban-nhap/" not in draft:
            self.faults.append(f"checked: {status} {draft}")
            return False
        for _ in range(30):  # the same draft again, once the server is back
            with suppress(httpx2.TransportError):
                sent = self._client.post(f"{draft}/gui", data={"token": self._token("/gui")})
                if sent.status_code == 404:  # it had arrived, only the answer had not
                    return False
                if sent.status_code != 303:
                    self.faults.append(f"sent: {sent.status_code}")
                    return False
                self.answered[arrivals.digest(data)] = int(
                    sent.headers["location"].rsplit("/", 1)[-1].strip("l")
                )
                return True
            time.sleep(0.2)
        return False

    def _token(self, page: str) -> str:
        shown = self._client.get(page)
        found = TOKEN.search(shown.text)
        if found is None:
            self.faults.append(f"{page}: {shown.status_code}")
            raise httpx2.TransportError("no token")
        return found[1]


class Street:
    """A home with pages, and units that send to it."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Open accounts and begin to send, while nobody listens yet."""
        self.request = request_in(folder, SETTINGS)
        self._temporary = folder / "tmp"
        self._temporary.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = int(free.getsockname()[1])
        accounts, now = Accounts(self.request.home), datetime.now(TIME_ZONE)
        self.units = []
        for number, code in enumerate(UNITS):
            place, login = Place("LS-1620", code), f"don-vi-{number}"
            accounts.invite(login, login, "unit", [place], now)
            cookie = accounts.begin_session(login, now)
            address = f"http://127.0.0.1:{self._port}"
            self.units.append(Unit(place, address, cookie, seed + number))
        for unit in self.units:
            unit.start()

    def open(self) -> BaseProcess:
        """Start a server."""
        return forked.start_other(serve, (self.request, self._port), self._temporary)

    def wait(self) -> None:
        """Until it listens."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=1):
                return
            time.sleep(0.02)
        raise TimeoutError("nobody listens")

    def sent(self) -> set[str]:
        """What left the units."""
        return set().union(*(unit.sent for unit in self.units))

    def untrue(self) -> list[str]:
        """What is wrong after a kill."""
        receipts = {
            entry.number: entry.details["sha256"] for entry in Journal(self.request.home).entries(RECEIVED)
        }
        answered = {number: one for unit in self.units for one, number in [*unit.answered.items()]}
        found = arrivals.untrue(self.request, self.sent())
        found += [
            f"answered with receipt {number}, which is of something else"
            for number, one in answered.items()
            if receipts.get(number) != one
        ]
        return found

    def close(self) -> list[str]:
        """Let everybody come to an end; what is wrong then."""
        server = self.open()
        self.wait()
        for unit in self.units:
            unit.over.set()
        for unit in self.units:
            unit.join(60)
        found = [fault for unit in self.units for fault in unit.faults]
        found += ["a unit still waits" for unit in self.units if unit.is_alive()]
        server.terminate()
        server.join(20)
        if server.exitcode is None:
            found.append("the server does not end")
            forked.kill(server, alone=False)
        found += arrivals.unsettled(self.request, self.sent())
        found += [f"left over: {path.name}" for path in self._temporary.iterdir()]
        return [*found, *self.untrue(), *_drafts_left(self.request)]


def _drafts_left(request: NightRequest) -> list[str]:
    """Drafts that nobody sent in lie for a day, then the next visit removes them, half ones too."""
    folder = request.home.arrival / "drafts"
    old = time.time() - timedelta(seconds=KEPT_SECONDS + 60).total_seconds()
    for path in folder.iterdir():
        os.utime(path, (old, old))
    drafts = Drafts(request.home)
    drafts.forget(drafts.keep("x", Place("LS-1620", UNITS[0]), [], []))
    return [f"a draft stays: {path.name}" for path in folder.iterdir()]


def run(kills: int, seed: int, folder: Path) -> tuple[list[float], int, list[str]]:
    """Kill so many servers.

    Args:
        kills: how many.
        seed: of the moments and files.
        folder: for home and raw folder.

    Returns:
        The moments, how many files were received, what is wrong.
    """
    rng, street = random.Random(seed), Street(folder, seed)
    begun = time.monotonic()
    server = street.open()
    street.wait()
    start_seconds = time.monotonic() - begun
    moments, faults = [], list[str]()
    for number in range(kills):
        if number:
            server = street.open()
        after = rng.uniform(0, start_seconds + ALIVE_SECONDS)
        time.sleep(after)
        forked.kill(server, alone=rng.random() < 0.5)
        moments.append(after)
        faults += street.untrue()
    faults += street.close()
    return moments, len(Journal(street.request.home).entries(RECEIVED)), faults
