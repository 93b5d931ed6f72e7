"""A disk that is full when units send: nothing is half received, they are told, with room again it goes on.

``python -m tests.fire.full_arrivals`` (as root: it mounts small file systems; the mailbox needs Dovecot).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.arrival.journal import Journal
from pipelines.common.refusals import refusal_of
from tests.fire import arrivals
from tests.fire.killed_mails import Post
from tests.fire.machine import disk_of
from tests.unit.arrival import imap_server
from tests.unit.arrival.web import CAO_BANG, office_in, visitor
from tests.unit.certificate import certificate_in

DISK_KB = 12_000
FREE_KB = (0, 4, 16, 40, 64, 100, 200)
"""Room that is left when something comes: for nothing, for a line of the journal, for a part of the file."""
FILE_BYTES = 150_000
TOLD = "Tệp chưa được nhận"


@contextmanager
def filled(disk: Path, free_kb: int) -> Iterator[None]:
    """All room but so much is taken."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"\0" * 4096)
        except OSError:
            stream.truncate(max(0, stream.tell() - free_kb * 1024) // 4096 * 4096)
    try:
        yield
    finally:
        filler.unlink()


def uploaded(free_kb: int) -> list[str]:
    """What is wrong where a unit sends while the disk is full."""
    data = os.urandom(FILE_BYTES)
    with disk_of(DISK_KB) as disk:
        office = office_in(disk)
        unit = visitor(office, "a", "unit", CAO_BANG, raise_server_exceptions=False)
        way, form = f"/gui/{CAO_BANG.programme_id}/{CAO_BANG.unit_code}", {"token": unit.token("/gui")}
        checked = unit.client.post(way, data=form, files=[("files", ("a.xlsx", data))])
        found = [] if checked.status_code == 303 else [f"checked: {checked.status_code}"]
        draft = checked.headers["location"]
        with filled(disk, free_kb):
            tried = [
                unit.client.post(f"{draft}/gui", data=form),
                unit.get("/gui"),
                unit.client.post(way, data=form, files=[("files", ("b.xlsx", data + b"b"))]),
            ]
            for answer in tried:
                if answer.status_code not in (200, 303, 507) or (
                    answer.status_code == 507 and TOLD not in answer.text
                ):
                    found.append(f"{free_kb} KB: {answer.status_code} {answer.text[:80]}")
            was_received = tried[0].status_code == 303
            lies = [path for path in office.request.raw.rglob("*.xlsx") if path.name[0] != "."]
            if bool(lies) != was_received:
                found.append(f"{free_kb} KB: answered {tried[0].status_code}, {len(lies)} files lie")
        again = unit.client.post(f"{draft}/gui", data=form)
        if not was_received and again.status_code != 303:
            found.append(f"{free_kb} KB: with room again {again.status_code}")
        return [*found, *arrivals.unsettled(office.request, {arrivals.digest(data)})]


def collected(free_kb: int, port: int, certificate: Path, seed: int) -> list[str]:
    """What is wrong where a mailbox is collected while the disk is full."""
    with disk_of(DISK_KB) as disk:
        post = Post(port, certificate, disk, seed)
        post.deliver()
        Journal(post.request.home)
        found = []
        with filled(disk, free_kb):
            try:
                post.collect_here()
            except OSError as error:
                if refusal_of(error) != "full":
                    found.append(f"{free_kb} KB: {error!r}")
        found += post.untrue()
        post.collect_here()
        found += post.unsettled()
        post.empty()
        return found


def run() -> tuple[int, list[str]]:
    """Everything at each room; how many times, what is wrong."""
    found = [fault for free in FREE_KB for fault in uploaded(free)]
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        certificate, key = certificate_in(Path(folder))
        with imap_server.running(certificate, key) as port:
            for seed, free in enumerate(FREE_KB):
                found += collected(free, port, certificate, seed)
    return 2 * len(FREE_KB), found


def main() -> None:
    """Print what was seen; exit 1 where something is wrong."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    times, found = run()
    print(f"full disks {times}, faults {len(found)}", *found, sep="\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
