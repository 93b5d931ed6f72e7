"""The bundle on a machine without a network: unpacked, installed, its first night run, no interface but lo.

``make bundle && python -m tests.fire.offline build/thidua.tar.gz`` (as root: it makes a network namespace).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

UNIT = Path("LS-1620", "LS-SO-TAI-CHINH")
"""What the first night reads of the sample in the bundle."""


def without_network(command: list[str], **more: object) -> subprocess.CompletedProcess[str]:
    """Run a command where no interface is but a loopback that is down."""
    return subprocess.run(["unshare", "--net", *command], text=True, capture_output=True, **more)  # type: ignore[call-overload]


def main() -> None:
    """Install and run in a new folder; print seconds and the night's last line; exit 1 where it failed."""
    with tempfile.TemporaryDirectory(prefix="thidua-fire-") as folder:
        with tarfile.open(sys.argv[1]) as bundle:
            bundle.extractall(folder, filter="data")
        project = Path(folder) / "thidua"
        shutil.copytree(project / "data" / "raw" / UNIT, project / "raw" / UNIT)
        bare = {"PATH": os.environ["PATH"], "HOME": folder, "THIDUA_RAW": str(project / "raw")}
        for step in ("setup", "nightly"):
            begun = time.monotonic()
            done = without_network(["make", step, f"PYTHON={sys._base_executable}"], cwd=project, env=bare)  # type: ignore[attr-defined]
            print(f"make {step}: exit {done.returncode}, {time.monotonic() - begun:.0f} s")
            print(*done.stdout.splitlines()[-3:], *done.stderr.splitlines()[-3:], sep="\n")
            if done.returncode:
                sys.exit(1)


if __name__ == "__main__":
    main()
