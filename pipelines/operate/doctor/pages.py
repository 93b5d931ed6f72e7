"""The pages for units: where they write, how browsers reach them, whether checks can be cut off."""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import sys
from urllib.parse import urlsplit

from pipelines.common.paths import PROJECT
from pipelines.night.request import NightRequest
from pipelines.operate.doctor.check import LACK, Check, answer, needs
from pipelines.reference.load import load_reference
from pipelines.reference.settings import ReferenceError, load_settings

_CUT = "from pipelines.arrival.checking.fences import cut_network; raise SystemExit(not cut_network())"


def pages(request: NightRequest) -> list[Check]:
    """What `thidua serve` needs; nothing is asked of an installation that has no address for it."""
    try:
        address = load_settings(request.settings, load_reference(request.reference)).arrival.address
    except (ReferenceError, OSError):
        return []  # told by ``post.settings``
    if address is None:
        return [answer("serve", False, LACK)]
    raw = request.raw
    return [
        answer("serve", True, LACK, address=address),
        answer("serve_raw", os.access(raw, os.W_OK | os.X_OK), LACK, path=raw),
        answer("serve_fence", _can_be_cut(), LACK),
        _certificate(address),
    ]


def _can_be_cut() -> bool:
    tried = subprocess.run([sys.executable, "-c", _CUT], cwd=PROJECT, capture_output=True)
    return tried.returncode == 0


def _certificate(address: str) -> Check:
    """The reverse proxy answers under the address, with a certificate that holds."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return answer("serve_tls", False, LACK, address=address, why="http")
    place = (parts.hostname, parts.port or 443)
    try:
        with (
            socket.create_connection(place, timeout=needs()["smtp_seconds"]) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname),
        ):
            return answer("serve_tls", True, LACK, address=address)
    except (OSError, ssl.SSLError) as error:
        return answer("serve_tls", False, LACK, address=address, why=error)
