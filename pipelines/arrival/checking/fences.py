"""What a process that reads strangers' files may not: reach a network, open what else lies on the disk, fill
memory or disk, work for ever.
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from pipelines.common.paths import DBT_PROJECT, PROJECT

_LIBC = ctypes.CDLL(None, use_errno=True)
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""unshare(2): CLONE_NEWUSER, CLONE_NEWNET."""
_NEW_MOUNTS, _BIND, _ALL_BELOW, _PRIVATE = 0x20000, 0x1000, 0x4000, 0x40000
"""unshare(2), mount(2)."""
TMP = Path("/tmp")  # noqa: S108 the place itself is meant
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Landlock's calls, the same on every processor."""
_NO_NEW_PRIVILEGES = 38
"""prctl(2)."""
_RIGHTS_OF_FIRST, _RIGHTS_SINCE = 13, {2: 14, 3: 15, 5: 16}
"""How many rights over files Landlock knows, by its version."""
_TO_READ = 0b1101
"""Execute, read a file, read a folder."""
_OF_THE_SYSTEM = (
    "/usr", "/bin", "/lib", "/lib64", "/etc", "/opt", "/proc", "/sys", "/dev",
    "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig",
)  # fmt: skip
_MB = 1_000_000
FILE_MB = 300
OPEN_FILES = 256


def cut_network() -> bool:
    """Leave every network but an empty one; to be called before the process has threads.

    Returns:
        Whether the system lets us: root may always, others where users may have name spaces of their own.
    """
    unshare = getattr(_LIBC, "unshare", None)
    if unshare is None:
        return False
    return unshare(_NEW_NET) == 0 or unshare(_NEW_USER | _NEW_NET) == 0


def own_tmp() -> bool:
    """Make the working folder the one that programs find as ``/tmp``, for this thread and what it starts.

    Whatever lies in ``/tmp`` is out of reach then, the software too; so it must not lie there.

    Returns:
        Whether the system lets us, as in ``cut_network``, which comes first.
    """
    if any(Path(where).resolve().is_relative_to(TMP) for where in (PROJECT, sys.prefix, sys.base_prefix)):
        return False
    unshare = getattr(_LIBC, "unshare", None)
    if unshare is None or unshare(_NEW_MOUNTS) != 0:
        return False
    if _LIBC.mount(None, b"/", None, _ALL_BELOW | _PRIVATE, None) != 0:
        return False
    if _LIBC.mount(os.fsencode(Path.cwd()), os.fsencode(TMP), None, _BIND, None) != 0:
        return False
    os.chdir(TMP)
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = str(TMP)
    return True


def shut_in(readable: Iterable[Path]) -> bool:
    """Leave a process that checks nothing to write in but its working folder, and to read but what it needs.

    Args:
        readable: as in ``confine``.

    Returns:
        Whether the system can both.
    """
    # LibreOffice does nothing where it cannot write in /tmp
    return own_tmp() and confine(readable, TMP)


def confine(readable: Iterable[Path], own: Path) -> bool:
    """Open nothing from now on but programs, these paths, and one folder to write in.

    It holds for this thread and what it starts.

    Args:
        readable: files and folders, besides those of the system, of Python and of the software.
        own: may be written in.

    Returns:
        Whether the system can (Landlock, Linux 5.13).
    """
    version = _LIBC.syscall(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return False
    known = max(count for since, count in {1: _RIGHTS_OF_FIRST, **_RIGHTS_SINCE}.items() if since <= version)
    all_rights = ctypes.c_uint64(2**known - 1)
    rules = _LIBC.syscall(_CREATE_RULESET, ctypes.byref(all_rights), ctypes.sizeof(all_rights), 0)
    software = (PROJECT / "pipelines", PROJECT / "expectations", DBT_PROJECT)
    system = (*_OF_THE_SYSTEM, sys.prefix, sys.base_prefix)
    to_read = {*map(Path, system), *software, *readable}
    for path, rights in [
        *((path, _TO_READ) for path in to_read),
        (own, all_rights.value),
        (Path("/dev/null"), 0b110),
    ]:
        _allow(rules, path, rights)
    _LIBC.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    held = _LIBC.syscall(_RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return held


def _allow(rules: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    if not path.is_dir():
        rights &= 0b111  # the others are of folders
    beneath = struct.pack("=Qi", rights, opened)
    _LIBC.syscall(_ADD_RULE, rules, 1, beneath, 0)
    os.close(opened)


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
