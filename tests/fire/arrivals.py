"""What must hold of files that units sent, wherever a kill fell: bytes, journal and receipts agree."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection

from pipelines.arrival.journal import Journal
from pipelines.arrival.receiving import RECEIVED, RECEIVING
from pipelines.inbox.register import scan
from pipelines.night.request import NightRequest


def digest(data: bytes) -> str:
    """As the journal tells it."""
    return hashlib.sha256(data).hexdigest()


def untrue(request: NightRequest, sent: Collection[str]) -> list[str]:
    """What is wrong while nothing runs and nothing was settled yet.

    Args:
        request: raw folder and home.
        sent: digests of all files that anybody sent.
    """
    journal = Journal(request.home)
    lying = {file.source_file: digest(file.path.read_bytes()) for file in scan(request.raw)}
    received = {entry.details["file"]: entry.details["sha256"] for entry in journal.entries(RECEIVED)}
    begun = {entry.details["file"]: entry.details["sha256"] for entry in journal.unended(RECEIVING)}
    found = [f"a receipt without bytes: {name}" for name in received if lying.get(name) != received[name]]
    found += [f"bytes without a line: {name}" for name in lying.keys() - received.keys() - begun.keys()]
    found += [f"half a file: {name}" for name, told in lying.items() if told not in sent]
    found += [f"a file twice: {told}" for told, times in Counter(lying.values()).items() if times > 1]
    found += [f"{len(begun)} files at once, under one lock"] if len(begun) > 1 else []
    return found


def unsettled(request: NightRequest, sent: Collection[str]) -> list[str]:
    """What is wrong once everybody has come to an end: everything sent lies there with its receipt.

    Args:
        request: raw folder and home.
        sent: digests of all files that were to arrive.
    """
    journal = Journal(request.home)
    receipts = Counter(entry.details["sha256"] for entry in journal.entries(RECEIVED))
    found = untrue(request, sent)
    found += [f"{receipts[one]} receipts of one file" for one in set(sent) if receipts[one] != 1]
    found += ["a line that nothing ended" for _ in journal.unended(RECEIVING)]
    found += [f"left over: {path.name}" for path in request.raw.rglob(".*")]
    return found
