"""Nights over a share that fails while it is read: what was published stays, the operator is told what to do.

``python -m tests.fire.share HOME RAW`` (as root, with ``pip install mfusepy`` and Debian's ``fuse3``). RAW is
shown through a file system that fails as asked; HOME is a home with a published night of an earlier state of
RAW, so that there is something to read. Each night is one line; pauses between tries are cut to nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fire import forked
from tests.fire.machine import copied, faults, line, night, published

QUICK = (
    "from dataclasses import replace; import pipelines.assets.retries as r; s = r.load_schedule(); "
    "r.load_schedule = lambda: replace(s, retry_after_seconds=[0, 0, 0]); "
    "from pipelines.cli import main; main()"
)
"""The command line without pauses before a step is tried again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """How the share fails."""

    number: int
    """errno of what fails; 0: the process that serves the share is killed."""
    after: int = 0
    """So many reads are well before."""
    only: str = ""
    """Files with this in their name fail, no other."""
    once: bool = False
    """Each read fails once and is well when it is tried again."""


KINDS = {
    "all is well": Trouble(errno.EIO, after=1 << 30),
    "EIO from the first read": Trouble(errno.EIO),
    "EIO from the fifth read": Trouble(errno.EIO, after=5),
    "stale from the fifth read": Trouble(errno.ESTALE, after=5),
    "the server dies at the fifth read": Trouble(0, after=5),
    "one file has bad sectors": Trouble(errno.EIO, only="Quân số"),
    "EINTR before each read": Trouble(errno.EINTR, once=True),
}
PUBLISHES = {"all is well", "one file has bad sectors", "EINTR before each read"}


def serve(source: Path, mountpoint: Path, trouble: Trouble) -> None:
    """Show a folder elsewhere, read-only, with trouble; returns when it is unmounted."""
    import mfusepy  # type: ignore[import-not-found]

    class Share(mfusepy.Operations):  # type: ignore[misc]
        use_ns = True

        def __init__(self) -> None:
            self.reads = 0
            self.failed: set[tuple[str, int]] = set()

        def _real(self, path: str) -> str:
            return f"{source}{path}"

        def _gone(self) -> bool:
            return not trouble.only and not trouble.once and self.reads > trouble.after

        def _fail(self) -> None:
            if trouble.number == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            raise mfusepy.FuseOSError(trouble.number)

        def getattr(self, path: str, fh: int | None = None) -> dict[str, object]:
            if self._gone():
                self._fail()
            try:
                told = os.lstat(self._real(path))
            except OSError as error:
                raise mfusepy.FuseOSError(error.errno) from error
            names = ("st_mode", "st_nlink", "st_size", "st_uid", "st_gid", "st_ino")
            return {**{name: getattr(told, name) for name in names}, "st_mtime": told.st_mtime_ns}

        def readdir(self, path: str, fh: int) -> list[str]:
            if self._gone():
                self._fail()
            return [".", "..", *os.listdir(self._real(path))]

        def open(self, path: str, flags: int) -> int:
            if self._gone():
                self._fail()
            return os.open(self._real(path), os.O_RDONLY)

        def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
            self.reads += 1
            if self._gone() or (trouble.only and trouble.only in path):
                self._fail()
            if trouble.once and (path, offset) not in self.failed:
                self.failed.add((path, offset))
                self._fail()
            return os.pread(fh, size, offset)

        def release(self, path: str, fh: int) -> int:
            os.close(fh)
            return 0

    mfusepy.FUSE(
        Share(), str(mountpoint), foreground=True, nothreads=True, ro=True, entry_timeout=0, attr_timeout=0,
        direct_io=True,
    )  # fmt: skip


@contextmanager
def mounted(source: Path, trouble: Trouble) -> Iterator[Path]:
    """A folder shown through the failing file system."""
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        words = f"{trouble.number},{trouble.after},{trouble.only!r},{trouble.once}"
        places = f"Path({str(source)!r}), Path({folder!r})"
        code = f"from tests.fire.share import *; serve({places}, Trouble({words}))"
        server = subprocess.Popen([sys.executable, "-c", code])
        try:
            until = time.monotonic() + 60
            while not os.path.ismount(folder):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the file system was not mounted")
                time.sleep(0.1)
            yield Path(folder)
        finally:
            ctypes.CDLL(None).umount2(folder.encode(), 2)  # MNT_DETACH, whatever still holds it
            server.kill()
            server.wait()


def main() -> None:
    """One night per trouble; exit 1 where one ended wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("raw", type=Path)
    parser.add_argument("--troubles", nargs="*", choices=KINDS, default=list(KINDS))
    asked = parser.parse_args()
    good = True
    forked.load_models()
    for name in asked.troubles:
        trouble = KINDS[name]
        with copied(asked.home) as home:
            before = published(home)
            with mounted(asked.raw, trouble) as share:
                code, told = night(home, share, program=QUICK)
            wrong = faults(home, code, told, before)
            if (code == 0) != (name in PUBLISHES):
                wrong.append(f"exit {code}")
            line(name, code, told, wrong)
            good &= not wrong
            if code:  # the share is back: the next night does the work
                code, told = night(home, asked.raw, program=QUICK)
                line(f"{name}: the night after", code, told, [f"exit {code}"] if code else [])
                good &= not code
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
