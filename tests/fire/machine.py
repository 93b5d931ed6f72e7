"""Nights on a machine that refuses: disks full at each stage, read-only, clocks, a second night.

``python -m tests.fire.machine HOME RAW`` (as root: it mounts small file systems; the clock needs Debian's
``faketime``). HOME is a home with a published night; every night works on a copy of it and is one line.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from pipelines.common.paths import Home
from pipelines.night import diary
from pipelines.night.request import today
from tests.fire import forked, night_stages

PROGRAM = "from pipelines.cli import main; main()"
COMMAND = [sys.executable, "-c", PROGRAM]
TEMPORARY = Path(tempfile.gettempdir())
SLACK_KB = 400
"""What the file system needs for itself."""
ROOM_KB = 400_000
"""Room for a whole night, where the disk fills up at some stage."""
STAGES = (
    "reference", "raw_tables", "dbt_first_half", "findings", "dbt_second_half", "gate_checks",
    "published_snapshot", "dashboards", "quality_reports",
)  # fmt: skip
BEFORE_PUBLICATION = STAGES[:6]


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """A copy of a home."""
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        yield Path(shutil.copytree(home, f"{folder}/home", symlinks=True))


@contextmanager
def disk_of(kilobytes: int) -> Iterator[Path]:
    """An empty file system of its own."""
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        size = f"size={kilobytes}k"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def small_disk(home: Path, free_kb: int) -> Iterator[Path]:
    """A copy of a home on a file system with so much room left."""
    used = sum(path.stat().st_blocks for path in home.rglob("*") if not path.is_symlink()) // 2
    with disk_of(used + free_kb + SLACK_KB) as folder:
        shutil.copytree(home, folder / "home", symlinks=True)
        yield folder


@contextmanager
def filled_at(disk: Path, home: Path, stage: str) -> Iterator[None]:
    """Fill the disk as soon as the night of the body is in a stage; the room is given back at the end."""
    before, over = night_stages.runs(Home(home)), threading.Event()
    filler = disk / "filler"

    def fill() -> None:
        while not over.is_set():
            now = night_stages.stage_of(Home(home), before, list(STAGES))
            if now in STAGES and STAGES.index(now) >= STAGES.index(stage):
                _fill(filler, over)
                return
            time.sleep(0.01)

    thread = threading.Thread(target=fill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        filler.unlink(missing_ok=True)


def _fill(filler: Path, over: threading.Event) -> None:
    """Take all room, also what is given back meanwhile."""
    with filler.open("ab", buffering=0) as stream:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    stream.write(b"\0" * size)
            except OSError:
                continue
        while not over.is_set():
            try:
                stream.write(b"\0" * (1 << 12))
            except OSError:
                time.sleep(0.01)


def published(home: Path) -> str:
    """Digest of the published file."""
    return hashlib.sha256(Home(home).warehouse.read_bytes()).hexdigest()


def night(
    home: Path, raw: Path, *before: str, program: str = PROGRAM, temporary: Path = TEMPORARY
) -> tuple[int, str]:
    """Run a night to its end; exit code and everything it printed, the RESULT line last.

    Args:
        home: where.
        raw: what it reads.
        before: what stands before the command; then it is of today, as a schedule runs it, else of tomorrow.
        program: Python's text of the command.
        temporary: the folder for temporary files.
    """
    words = ["nightly", "--home", str(home), "--raw", str(raw)]
    if before:
        command = [*before, sys.executable, "-c", program, *words]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stderr + done.stdout
    return forked.told([*words, "--as-of", (today() + timedelta(days=1)).isoformat()], temporary, program)


def faults(home: Path, code: int, told: str, before: str) -> list[str]:
    """What is wrong with how a refused night ended."""
    found = []
    if "Traceback" in told:
        found.append("a traceback")
    if not told.strip().splitlines()[-1].startswith("RESULT "):
        found.append("no RESULT line")
    kept = "published=no" in told
    if code == 0 and kept:
        found.append(f"exit {code} beside {told.strip().splitlines()[-1]}")
    if code and ("Làm gì" not in told or "Vì sao" not in told):
        found.append("not told why or what to do")
    if kept and published(home) != before:
        found.append("the published file changed")
    status = subprocess.run([*COMMAND, "status", "--home", str(home)], capture_output=True, text=True)
    if "Traceback" in status.stdout + status.stderr or "RESULT status=" not in status.stdout:
        found.append("status says nothing")
    began = diary.nights(Home(home))
    never_began = "step=start" in told or "step=clock" in told
    if code and "RESULT status=fresh" in status.stdout and not (began and never_began):
        found.append("status says all is well")
    return found


def line(what: str, code: int, told: str, wrong: list[str]) -> None:
    """Print one night."""
    lines = told.strip().splitlines()
    said = " / ".join(one for one in lines if one.startswith(("Vì sao", "Làm gì")))
    print(f"{what}: exit {code}, {lines[-1]} | {said}", flush=True)
    print(*(f"  FAULT {one}" for one in wrong), sep="\n", end="\n" if wrong else "", flush=True)


def _looked_at(what: str, home: Path, before: str, code: int, told: str, *more: str) -> bool:
    wrong = [*faults(home, code, told, before), *more]
    line(what, code, told, wrong)
    return not wrong


def full_from_the_start(home: Path, raw: Path, free_kb: int) -> bool:
    """One night on a disk with little room."""
    with small_disk(home, free_kb) as disk:
        before = published(disk / "home")
        code, told = night(disk / "home", raw, temporary=disk)
        return _looked_at(f"{free_kb} KB free", disk / "home", before, code, told)


def full_at(home: Path, raw: Path, stage: str) -> bool:
    """One night whose disk fills up at a stage, and the night after, with room again."""
    with small_disk(home, ROOM_KB) as disk:
        place = disk / "home"
        before = published(place)
        with filled_at(disk, place, stage):
            code, told = night(place, raw, temporary=disk)
        more = []
        if stage in BEFORE_PUBLICATION and published(place) != before:
            more.append("it was published all the same")
        if code == 0:
            more.append("it went well")
        good = _looked_at(f"full at {stage}", place, before, code, told, *more)
        code, told = night(place, raw, temporary=disk)
        line(f"full at {stage}: the night after", code, told, [f"exit {code}"] if code else [])
        return good and not code


def read_only(home: Path, raw: Path) -> bool:
    """A night in a home that cannot be written."""
    with small_disk(home, ROOM_KB) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = published(disk / "home")
        code, told = night(disk / "home", raw)
        return _looked_at("read-only", disk / "home", before, code, told, *([] if code else ["exit 0"]))


def clock_set_back(home: Path, raw: Path) -> bool:
    """A night, as a schedule runs it, of a machine whose clock says last month."""
    with copied(home) as place:
        before = published(place)
        code, told = night(place, raw, "faketime", "-f", "-30d")
        more = [] if code else ["exit 0"]
        if published(place) != before:
            more.append("it was published over a later night")
        good = _looked_at("clock a month behind", place, before, code, told, *more)
        status = subprocess.run(
            ["faketime", "-f", "-30d", *COMMAND, "status", "--home", str(place)],
            capture_output=True,
            text=True,
        )
        print("  status:", *status.stdout.splitlines()[-2:])
        return good and "status=failed" in status.stdout


def two_at_once(home: Path, raw: Path) -> bool:
    """Two nights started together in one home: one runs, the other says so."""
    with copied(home) as place:
        ends: list[tuple[int, str]] = []
        threads = [threading.Thread(target=lambda: ends.append(night(place, raw))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        codes = sorted(code for code, _ in ends)
        wrong = [] if codes == [0, 1] else [f"exits {codes}"]
        for code, told in ends:
            line("two at once", code, told, [*wrong, *(["a traceback"] if "Traceback" in told else [])])
        return not wrong


OTHERS = {"read-only": read_only, "clock": clock_set_back, "two": two_at_once}
"""What else is refused, by its name on the command line."""


def main() -> None:
    """One night after the other; exit 1 where one ended wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("raw", type=Path)
    parser.add_argument("--free-kb", type=int, nargs="*", default=[0, 500, 4000, 16000])
    parser.add_argument("--stages", nargs="*", choices=STAGES, default=STAGES)
    parser.add_argument("--others", nargs="*", choices=OTHERS, default=list(OTHERS))
    asked = parser.parse_args()
    home, raw = asked.home, asked.raw
    forked.load_models()
    good = [full_from_the_start(home, raw, free) for free in asked.free_kb]
    good += [full_at(home, raw, stage) for stage in asked.stages]
    good += [OTHERS[name](home, raw) for name in asked.others]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
