"""Two hundred uploads at once over a real socket: none lost, none doubled, nobody sees another's."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import httpx2

from pipelines.arrival.accounts.account import Place
from pipelines.arrival.journal import Journal
from pipelines.arrival.receiving import RECEIVED, RECEIVING
from pipelines.inbox.register import scan
from tests.unit.arrival.web import PASSWORD, TOKEN, account, in_own_loop, office_in, served

UNITS, FILES = 10, 20


async def _send_all(address: str, login: str, place: Place) -> list[str]:
    """Sign in once, then send all files at once; the numbers of the receipts."""
    limits = httpx2.Limits(max_connections=FILES)
    async with httpx2.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        token = _token((await client.get("/dang-nhap")).text)
        form = {"token": token, "login": login, "password": PASSWORD}
        assert (await client.post("/dang-nhap", data=form)).status_code == 303
        token = _token((await client.get("/gui")).text)

        async def send(number: int) -> str:
            file = ("files", (f"{login}-{number}.xlsx", f"{login} {number}".encode()))
            where = f"/gui/{place.programme_id}/{place.unit_code}"
            checked = await client.post(where, data={"token": token}, files=[file])
            assert checked.status_code == 303, checked.text
            sent = await client.post(f"{checked.headers['location']}/gui", data={"token": token})
            assert sent.status_code == 303, sent.text
            return str(sent.headers["location"]).rsplit("/", 1)[-1]

        return list(await asyncio.gather(*(send(number) for number in range(FILES))))


def _token(page: str) -> str:
    found = TOKEN.search(page)
    assert found
    return found[1]


def test_two_hundred_at_once(tmp_path: Path) -> None:
    office = office_in(tmp_path)
    units = [one for one in office.reference.units if one.programme_id == "HCM-2125"][:UNITS]
    places = [Place(one.programme_id, one.unit_code) for one in units]
    for number, place in enumerate(places):
        account(office, f"don-vi-{number}", "unit", place)

    async def everybody(address: str) -> list[list[str]]:
        each = (_send_all(address, f"don-vi-{number}", place) for number, place in enumerate(places))
        return list(await asyncio.gather(*each))

    with served(office) as address:
        receipts = in_own_loop(everybody(address))
    numbers = {number for several in receipts for number in several}
    assert len(numbers) == UNITS * FILES
    assert all(re.fullmatch(r"\d+", number) for number in numbers)
    journal = Journal(office.home)
    assert {str(entry.number) for entry in journal.entries(RECEIVED)} == numbers
    assert journal.unended(RECEIVING) == []
    found = scan(office.request.raw)
    assert len(found) == UNITS * FILES
    for file in found:
        said = file.path.read_bytes().decode()
        assert file.unit_code == places[int(said.split()[0].removeprefix("don-vi-"))].unit_code
    assert list((office.home.arrival / "drafts").iterdir()) == []
