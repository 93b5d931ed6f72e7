"""SIGKILL at random moments: whole nights, send, backup, restore, upload, collect; then one run to the end.

``python -m tests.fire.kills KIND HOME RAW --kills 60``, see ``KINDS``. HOME is a home with a published night
over RAW; the work is done on copies. Publications alone, with readers beside them: ``readers.py``.
"""

from __future__ import annotations

import argparse
import email
import os
import random
import shutil
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.arrival.journal import Journal
from pipelines.common.paths import Home
from pipelines.operate.backup import LIST, UNPACKED
from tests.fire import forked, killed_mails, killed_nights, killed_uploads
from tests.fire.forked import run
from tests.fire.same import tables


@dataclass(slots=True)
class Figures:
    """What was killed, what it cost."""

    kills: int = 0
    finished: int = 0
    """Runs that ended before their moment came."""
    moments: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def killed(command: list[str], after: float, temporary: Path) -> bool:
    """Start a command, kill it after so many seconds; whether it still ran."""
    process = forked.start(command, temporary)
    process.join(after)
    if not process.is_alive():
        return False
    forked.kill(process, alone=False)
    return True


def mails(home: Path) -> list[str]:
    """The Message-IDs in the outbox; a file that is half ends the run."""
    found = []
    for path in sorted(Home(home).outbox.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes())
        if not message["Message-ID"] or message.defects:
            raise ValueError(f"{path.name} is half a mail")
        found.append(str(message["Message-ID"]))
    return found


def disturb(
    command: list[str],
    kills: int,
    seconds: float,
    seed: int,
    temporary: Path,
    look: Callable[[], list[str]],
    again: Callable[[], None],
) -> Figures:
    """Kill a command at random moments.

    Args:
        command: of ``thidua``.
        kills: how many.
        seconds: how long it takes undisturbed.
        seed: of the moments.
        temporary: folder for its temporary files.
        look: what is wrong after a kill.
        again: puts back what a run that ended has used up.
    """
    moments, figures = random.Random(seed), Figures()
    while figures.kills < kills:
        after = moments.uniform(0.05, 1.0) * seconds
        if killed(command, after, temporary):
            figures.kills += 1
            figures.moments.append(after)
        else:
            figures.finished += 1
            again()
        figures.faults += look()
    return figures


def of_sending(home: Path, raw: Path, kills: int, seed: int, folder: Path) -> Figures:
    """No mail is written twice, half or not at all."""
    calm, disturbed = folder / "calm", folder / "disturbed"
    for copy in (calm, disturbed):
        shutil.copytree(home, copy, symlinks=True)
        shutil.rmtree(Home(copy).outbox, ignore_errors=True)
    settings = folder / "settings.yml"
    settings.write_text("arrival: {approval: not_needed}", "utf-8")  # every unit's mail goes
    send = ["send", "--settings", str(settings), "--home"]
    begun = time.monotonic()
    assert run([*send, str(calm)], folder) == 0
    seconds = time.monotonic() - begun

    def again() -> None:
        shutil.rmtree(Home(disturbed).outbox)

    def look() -> list[str]:
        found = mails(disturbed)
        return [] if len(found) == len(set(found)) else ["a mail was written twice"]

    figures = disturb([*send, str(disturbed)], kills, seconds, seed, folder, look, again)
    run([*send, str(disturbed)], folder)
    if sorted(mails(disturbed)) != sorted(mails(calm)):
        figures.faults.append(f"{len(mails(disturbed))} mails instead of {len(mails(calm))}")
    return figures


def of_backups(home: Path, raw: Path, kills: int, seed: int, folder: Path) -> Figures:
    """An archive is there whole or not at all."""
    archive = folder / "saved.tar.gz"
    begun = time.monotonic()
    assert run(["backup", str(archive), "--home", str(home)], folder) == 0
    seconds = time.monotonic() - begun
    archive.unlink()
    command = ["backup", str(archive), "--home", str(home)]

    def look() -> list[str]:
        if not archive.exists():
            return []
        try:
            with tarfile.open(archive) as tar:
                names = tar.getnames()
        except (tarfile.TarError, EOFError, OSError) as error:
            return [f"a half archive: {error}"]
        archive.unlink()
        return [] if LIST in names else ["an archive without its list"]

    figures = disturb(command, kills, seconds, seed, folder, look, lambda: None)
    if run(command, folder) or run(["restore", str(archive), "--home", str(folder / "back")], folder):
        figures.faults.append("the archive after the kills is not whole")
    elif tables(Home(folder / "back").warehouse) != tables(Home(home).warehouse):
        figures.faults.append("restored marts differ")
    elif Journal.is_there(Home(home)):
        told = [Journal(Home(one)).entries() for one in (home, folder / "back")]
        figures.faults += [] if told[0] == told[1] else ["the restored journal differs"]
    figures.faults += [path.name for path in folder.glob(".*.next")]
    return figures


def of_restoring(home: Path, raw: Path, kills: int, seed: int, folder: Path) -> Figures:
    """A home is restored whole, or the same command begins again."""
    archive, back = folder / "saved.tar.gz", folder / "back"
    assert run(["backup", str(archive), "--home", str(home)], folder) == 0
    command = ["restore", str(archive), "--home", str(back)]
    begun = time.monotonic()
    assert run(command, folder) == 0
    seconds, whole = time.monotonic() - begun, tables(Home(home).warehouse)
    shutil.rmtree(back)

    def look() -> list[str]:
        if not back.exists() or not any(back.iterdir()) or (back / UNPACKED).exists():
            return []
        return [] if tables(Home(back).warehouse) == whole else ["a half home looks whole"]

    figures = disturb(command, kills, seconds, seed, folder, look, lambda: shutil.rmtree(back))
    if run(command, folder) or tables(Home(back).warehouse) != whole:
        figures.faults.append("restored marts differ")
    return figures


def nights(home: Path, raw: Path, kills: int, seed: int, folder: Path) -> Figures:
    """Whole nights: see killed_nights.py."""
    seen = killed_nights.run(home, raw, kills, seed, folder)
    print("killed in", dict(seen.kills))
    print(f"{seen.whole} nights to the end; reads {dict(seen.reads)}; left running {dict(+seen.orphans)}")
    return Figures(kills=seen.kills.total(), finished=seen.finished, faults=seen.faults)


def of_uploads(home: Path, raw: Path, kills: int, seed: int, folder: Path) -> Figures:
    """What units send to the pages, in a home and raw folder of its own: see killed_uploads.py."""
    moments, received, faults = killed_uploads.run(kills, seed, folder)
    print(f"{received} files received")
    return Figures(kills=len(moments), moments=moments, faults=faults)


def of_collecting(home: Path, raw: Path, kills: int, seed: int, folder: Path) -> Figures:
    """What units send by mail, in a home and raw folder of its own: see killed_mails.py."""
    moments, received, faults = killed_mails.run(kills, seed, folder)
    print(f"{received} files received")
    return Figures(kills=len(moments), moments=moments, faults=faults)


KINDS = {
    "night": nights,
    "send": of_sending,
    "backup": of_backups,
    "restore": of_restoring,
    "upload": of_uploads,
    "collect": of_collecting,
}
"""What may be killed: its name on the command line, and what does it."""


def main() -> None:
    """Print the figures; exit 1 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("home", type=Path)
    parser.add_argument("raw", type=Path)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    os.environ["THIDUA_RAW"] = str(asked.raw)
    if asked.kind == "night":
        forked.load_models()
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        run(["status", "--home", str(asked.home)], Path(folder))  # all is loaded before anything is timed
        figures = KINDS[asked.kind](asked.home, asked.raw, asked.kills, asked.seed, Path(folder))
    print(f"{asked.kind}: killed {figures.kills}, ended before {figures.finished}")
    print(f"faults {len(figures.faults)}", *figures.faults[:40], sep="\n")
    sys.exit(1 if figures.faults else 0)


if __name__ == "__main__":
    main()
