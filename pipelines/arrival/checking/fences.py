"""What a process that reads strangers' files may not: reach a network, fill memory or disk, work for ever."""

from __future__ import annotations

import ctypes
import os
import resource

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""unshare(2): CLONE_NEWUSER, CLONE_NEWNET."""
_MB = 1_000_000
FILE_MB = 300
OPEN_FILES = 256


def cut_network() -> bool:
    """Leave every network but an empty one; to be called before the process has threads.

    Returns:
        Whether the system lets us: root may always, others where users may have name spaces of their own.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    unshare = getattr(libc, "unshare", None)
    if unshare is None:
        return False
    return unshare(_NEW_NET) == 0 or unshare(_NEW_USER | _NEW_NET) == 0


def limit(memory_mb: int) -> None:
    """Bound memory, the size of files and their number, for this process and those it starts."""
    bounds = {
        resource.RLIMIT_DATA: memory_mb * _MB,
        resource.RLIMIT_FSIZE: FILE_MB * _MB,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in bounds.items():
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def limit_processor(seconds: int) -> None:
    """Let the processor work so long for what comes now; then the system ends the process."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(sum(os.times()[:2])) + seconds + 1, hard))
