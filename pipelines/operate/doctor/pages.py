"""The pages for units: where they write, how browsers reach them, whether checks can be cut off."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from contextlib import closing
from http.client import HTTPException, HTTPSConnection
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
    """The proxy answers under the address with a certificate that holds, and says that it was https."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return answer("serve_tls", False, LACK, address=address, why="http")
    try:
        asked = HTTPSConnection(
            parts.hostname,
            parts.port or 443,
            timeout=needs()["smtp_seconds"],
            context=ssl.create_default_context(),
        )
        with closing(asked):
            asked.request("GET", "/dang-nhap")
            told = asked.getresponse()
            is_ours = told.status == 200 and "__Host-" in (told.getheader("set-cookie") or "")
    except (OSError, HTTPException) as error:
        return answer("serve_tls", False, LACK, address=address, why=error)
    if not is_ours:
        return answer("serve_proxy", False, LACK, address=address)
    return answer("serve_tls", True, LACK, address=address)
