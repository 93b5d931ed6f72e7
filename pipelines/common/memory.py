"""The most memory this process had since it was last asked to forget."""

from __future__ import annotations

import resource
from pathlib import Path

_CLEAR = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")
_FORGET_PEAK = "5"  # proc(5): resets the peak resident set size


def forget_peak() -> None:
    """Begin to measure anew; where the system cannot, the peak of the whole process goes on."""
    try:
        _CLEAR.write_text(_FORGET_PEAK)
    except OSError:
        return


def peak_mb() -> float:
    """Peak resident memory in MB since ``forget_peak``, or since the process began."""
    try:
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
