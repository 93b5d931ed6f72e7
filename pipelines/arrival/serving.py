"""The server of the pages, on loopback: whoever is not this machine reaches it through a reverse proxy."""

from __future__ import annotations

import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import uvicorn

from pipelines.arrival.web.app import make_app
from pipelines.arrival.web.office import Office
from pipelines.night.request import NightRequest
from pipelines.sentences import text

LOOPBACK = "127.0.0.1"
AT_ONCE = 400
"""Connections; more are told to come back."""
IDLE_SECONDS = 15


class AddressTaken(Exception):
    """Another program listens at this port."""


def server_of(office: Office) -> uvicorn.Server:
    """The server; of a proxy's headers it believes only one on this machine."""
    address = office.settings.arrival.address
    hosts = (LOOPBACK, "localhost", *([urlsplit(address).hostname or ""] if address else []))
    config = uvicorn.Config(
        make_app(office, hosts),
        proxy_headers=True,
        forwarded_allow_ips=LOOPBACK,
        server_header=False,
        log_level="warning",
        access_log=False,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=IDLE_SECONDS,
        h11_max_incomplete_event_size=32_768,
    )
    return uvicorn.Server(config)


def run(request: NightRequest, port: int, say: Callable[[str], None]) -> None:
    """Serve until stopped.

    Args:
        request: raw folder, home, reference data, settings.
        port: on loopback.
        say: told where the pages are.

    Raises:
        AddressTaken: the port is in use.
        ReferenceError: reference data or settings cannot be read.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((LOOPBACK, port))
        except OSError as error:
            raise AddressTaken(port) from error
        office = Office.open(request)
        try:
            address = office.settings.arrival.address
            say(text("serve.ready", address=address or f"http://{LOOPBACK}:{port}"))
            if not office.accounts.all():
                say(text("serve.no_account"))
            server_of(office).run([listening])
        finally:
            office.checkers.close()
