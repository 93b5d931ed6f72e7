"""``thidua collect`` killed over a real mailbox: no mail is lost, none is taken, told or answered twice.

Only the check of a file is left out, as in ``killed_uploads.py``. Needs Dovecot.
"""

from __future__ import annotations

import email
import os
import random
import time
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path

from pipelines.arrival.journal import Journal
from pipelines.arrival.mailbox import collect as module
from pipelines.arrival.receiving import RECEIVED
from pipelines.night.request import NightRequest
from tests.fire import arrivals, forked
from tests.unit.arrival import imap_server
from tests.unit.arrival.mails import SETTINGS, Box, mail
from tests.unit.arrival.web import Nobody, request_in
from tests.unit.certificate import certificate_in

INBOX, TAKEN, ASIDE = "INBOX", "Đã nhận", "Cần xem"
LONGEST_BYTES = 60_000
WHOLE = 6
"""One run of so many is left to itself."""


def collect(request: NightRequest) -> None:
    """``thidua collect``, with nobody to check what is sent."""
    os.environ |= {module.USER: imap_server.USER, module.PASSWORD: imap_server.PASSWORD}
    module.collect(request, lambda _: None, Nobody())  # type: ignore[arg-type]


class Post:
    """A mailbox, what was put into it, and a home that collects it."""

    def __init__(self, port: int, certificate: Path, folder: Path, seed: int) -> None:
        """Begin with an empty mailbox."""
        settings = SETTINGS.replace("arrival: {{", "arrival: {{files_a_day: 100000, mb_a_day: 100000, ")
        self.request = request_in(folder, settings.format(port=port, certificate=certificate))
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self._port, self._certificate, self._random = port, certificate, random.Random(seed)
        self.mails: dict[str, str] = {}
        """Where each mail must lie in the end, by its subject."""
        self.files: set[str] = set()
        """Digests of all files that must arrive."""

    def deliver(self) -> None:
        """One to three new mails: of a unit, of a stranger, or with a forged sender."""
        box = Box(self._port, self._certificate)
        for _ in range(self._random.choice((1, 2, 3))):
            subject, rng = f"thư {len(self.mails)}", self._random
            names = rng.sample(("Danh sách.xlsx", "Tờ trình.docx", "Quân số.csv"), rng.choice((1, 2, 3)))
            files = [
                (name, f"{subject} {name} ".encode() + rng.randbytes(rng.randrange(LONGEST_BYTES)))
                for name in names
            ]
            kind = rng.choice(("unit", "unit", "unit", "stranger", "forged"))
            if kind == "unit":
                box.box.append(mail(subject, *files))
                self.files |= {arrivals.digest(data) for _, data in files}
            elif kind == "stranger":
                box.box.append(mail(subject, *files, sender="la@noi-khac.example"))
            else:
                box.box.append(mail(subject, *files, Authentication_Results=None))
            self.mails[subject] = TAKEN if kind == "unit" else ASIDE
        box.box.logout()

    def collect(self, after: float | None = None, *, alone: bool = True) -> tuple[BaseProcess, bool]:
        """Collect, killed after so many seconds or left to itself; whether it was killed."""
        process = forked.start_other(collect, (self.request,), self.temporary)
        process.join(after)
        if killed := process.is_alive():
            forked.kill(process, alone=alone)
        return process, killed

    def collect_here(self) -> None:
        """Collect in this process."""
        collect(self.request)

    def empty(self) -> None:
        """Throw all mails away."""
        box = Box(self._port, self._certificate).box
        for folder in (INBOX, TAKEN, ASIDE):
            if box.folder.exists(folder):
                box.folder.set(folder)
                box.delete([one.uid for one in box.fetch(mark_seen=False) if one.uid])
        box.logout()

    def _lie(self) -> Counter[tuple[str, str]]:
        box = Box(self._port, self._certificate)
        lie = Counter(
            (subject, folder) for folder in (INBOX, TAKEN, ASIDE) for subject in box.subjects(folder)
        )
        box.box.logout()
        return lie

    def untrue(self) -> list[str]:
        """What is wrong after a kill."""
        lie = self._lie()
        found = []
        for subject, target in self.mails.items():
            where = [folder for folder in (INBOX, TAKEN, ASIDE) for _ in range(lie[subject, folder])]
            if where not in ([INBOX], [target], [INBOX, target]):  # moving is copying and deleting
                found.append(f"{subject} lies in {where}")
        told = Counter(
            entry.details["name"] for entry in Journal(self.request.home).entries(module.TAKEN, module.ASIDE)
        )
        found += [f"{name}: told {number} times" for name, number in told.items() if number > 1]
        answers = Counter(self._answers())
        found += [f"{subject}: {number} answers" for subject, number in answers.items() if number > 1]
        return [*found, *arrivals.untrue(self.request, self.files)]

    def _answers(self) -> list[str]:
        return [
            str(email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Subject"])
            for path in self.request.home.outbox.glob("*.eml")
        ]

    def unsettled(self) -> list[str]:
        """What is wrong once a run came to its end."""
        lie = self._lie()
        found = [f"{subject} is not in {folder}" for subject, folder in self.mails.items()
                 if lie[subject, folder] != 1]  # fmt: skip
        answered = sorted(self._answers())
        if answered != sorted(f"Biên nhận: {name}" for name, where in self.mails.items() if where == TAKEN):
            found.append(f"{len(answered)} answers")
        told = Journal(self.request.home).entries(module.TAKEN, module.ASIDE)
        if sorted(entry.details["name"] for entry in told) != sorted(self.mails):
            found.append(f"{len(told)} lines of {len(self.mails)} mails")
        found += [f"left over: {path.name}" for path in self.request.home.outbox.glob(".*.next")]
        found += [f"left over: {path.name}" for path in self.temporary.iterdir()]
        return [*found, *self.untrue(), *arrivals.unsettled(self.request, self.files)]


def run(kills: int, seed: int, folder: Path) -> tuple[list[float], int, list[str]]:
    """Kill so many runs over a mailbox into which mails go on coming.

    Args:
        kills: how many.
        seed: of the moments and mails.
        folder: for home and raw folder.

    Returns:
        The moments, how many files were received, what is wrong.
    """
    rng, moments, faults = random.Random(seed), list[float](), list[str]()
    certificate, key = certificate_in(folder)
    with imap_server.running(certificate, key) as port:
        post = Post(port, certificate, folder, seed)
        post.collect()  # all is loaded before anything is timed
        seconds, runs = 0.0, 0
        while len(moments) < kills:
            post.deliver()
            begun, after = time.monotonic(), rng.uniform(0, seconds) if runs % WHOLE else None
            process, killed = post.collect(after, alone=rng.random() < 0.5)
            runs += 1
            if killed and after is not None:
                moments.append(after)
            else:
                seconds = time.monotonic() - begun
                faults += [f"exit {process.exitcode}"] if process.exitcode else []
            faults += post.untrue()
        for _ in range(2):
            process, _ = post.collect()
            faults += [f"exit {process.exitcode}"] if process.exitcode else []
        faults += post.unsettled()
        return moments, len(Journal(post.request.home).entries(RECEIVED)), faults
