"""Nights on a disk that is full or read-only: what was published stays, the operator is told what to do.

``python -m tests.fire.machine HOME RAW --free-kb 500 8000 20000`` (as root: it mounts small file systems).
HOME is a home with a published night; every night works on a copy of it. Each night is one line of figures.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from pipelines.common.paths import Home
from pipelines.night import diary
from pipelines.night.request import today

COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main()"]
SLACK_KB = 400
"""What the file system needs for itself."""


@contextmanager
def small_disk(home: Path, free_kb: int) -> Iterator[Path]:
    """A copy of a home on a file system with so much room left."""
    used = sum(path.stat().st_blocks for path in home.rglob("*") if not path.is_symlink()) // 2
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        size = f"size={used + free_kb + SLACK_KB}k"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            shutil.copytree(home, f"{folder}/home", symlinks=True)
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def published(home: Path) -> str:
    """Digest of the published file."""
    return hashlib.sha256(Home(home).warehouse.read_bytes()).hexdigest()


def night(home: Path, raw: Path, **more: str) -> tuple[int, str]:
    """Run a night of tomorrow; exit code and everything it printed."""
    as_of = (today() + timedelta(days=1)).isoformat()
    command = [*COMMAND, "nightly", "--home", str(home), "--raw", str(raw), "--as-of", as_of]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **more})
    return done.returncode, done.stdout + done.stderr


def faults(home: Path, code: int, told: str, before: str) -> list[str]:
    """What is wrong with how a refused night ended."""
    found = []
    if "Traceback" in told:
        found.append("a traceback")
    if not told.strip().splitlines()[-1].startswith("RESULT "):
        found.append("no RESULT line")
    kept = "published=no" in told
    if (code == 0) == kept:
        found.append(f"exit {code} beside {told.strip().splitlines()[-1]}")
    if kept and published(home) != before:
        found.append("the published file changed")
    status = subprocess.run([*COMMAND, "status", "--home", str(home)], capture_output=True, text=True)
    if "Traceback" in status.stdout + status.stderr or "RESULT status=" not in status.stdout:
        found.append("status says nothing")
    if code and "RESULT status=fresh" in status.stdout and (diary.nights(Home(home)) and "start" not in told):
        found.append("status says all is well")
    return found


def _line(what: str, home: Path, raw: Path, **more: str) -> bool:
    before, begun = published(home), time.monotonic()
    code, told = night(home, raw, **more)
    wrong = faults(home, code, told, before)
    said = next((line for line in told.splitlines() if line.startswith(("Vì sao", "Lý do", "Đêm"))), "")
    print(
        f"{what}: exit {code}, {time.monotonic() - begun:.0f} s, {told.strip().splitlines()[-1]} | {said}",
        flush=True,
    )
    print(*(f"  FAULT {one}" for one in wrong), sep="\n", end="\n" if wrong else "")
    return not wrong


def main() -> None:
    """One night per free size, then one on a read-only disk; exit 1 where one ended wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("raw", type=Path)
    parser.add_argument("--free-kb", type=int, nargs="+", default=[0, 500, 4000, 8000, 16000, 32000])
    asked = parser.parse_args()
    good = []
    for free in asked.free_kb:
        with small_disk(asked.home, free) as disk:
            good.append(_line(f"{free} KB free", disk / "home", asked.raw, TMPDIR=str(disk)))
    with small_disk(asked.home, 4000) as disk:
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        good.append(_line("read-only", disk / "home", asked.raw))
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()
