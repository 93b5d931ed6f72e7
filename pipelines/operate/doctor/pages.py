"""The pages for units: where they write, how browsers reach them, whether checks can be cut off."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import tempfile
from contextlib import closing
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from pipelines.arrival.checking.job import FENCES, Ready
from pipelines.common.paths import PROJECT
from pipelines.night.request import NightRequest
from pipelines.operate.doctor.check import LACK, Check, answer, needs
from pipelines.reference.load import load_reference
from pipelines.reference.settings import ReferenceError, load_settings

_FENCE = """
from pipelines.arrival.checking.fences import cut_network, shut_in
from pipelines.arrival.checking.job import Ready
print(Ready(without_network=cut_network(), confined=shut_in(())).model_dump_json())
"""


def pages(request: NightRequest) -> list[Check]:
    """What `thidua serve` needs; nothing is asked of an installation that has no address for it."""
    try:
        settings = load_settings(request.settings, load_reference(request.reference))
    except (ReferenceError, OSError):
        return []  # told by ``post.settings``
    address = settings.arrival.address
    if address is None:  # the mailbox has files checked too
        return [answer("serve", False, LACK), *(_fences() if settings.imap else ())]
    raw = request.raw
    return [
        answer("serve", True, LACK, address=address),
        answer("serve_raw", os.access(raw, os.W_OK | os.X_OK), LACK, path=raw),
        *_fences(),
        _certificate(address),
    ]


def _fences() -> list[Check]:
    """What a process that checks may be kept from on this machine, tried by one that ends at once."""
    with tempfile.TemporaryDirectory() as folder:
        tried = subprocess.run(
            [sys.executable, "-c", _FENCE],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            capture_output=True,
        )
    lacking = Ready.model_validate_json(tried.stdout).lacking if tried.returncode == 0 else FENCES
    return [answer(name, name not in lacking, LACK) for name in FENCES]


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
