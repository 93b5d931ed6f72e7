"""Old and other text formats (.doc, .rtf, .odt) through LibreOffice, where the machine has it.

A converted file is hostile until parsed like any other. The program runs in a profile of its own that is
thrown away, without macros, without the network where the machine allows to cut it off, and within bounds
of time and memory.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from pipelines.inbox import limits

PROGRAMS = ("soffice", "libreoffice")
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_NO_WAY_OUT = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


@lru_cache(maxsize=1)
def program() -> str | None:
    """LibreOffice's program; ``None``: the machine has none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@lru_cache(maxsize=1)
def cut_off() -> tuple[str, ...]:
    """What runs a program without any network; empty where the machine does not allow it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--user", "--map-root-user", "--net")
    tried = subprocess.run([*command, "true"], capture_output=True, timeout=20, check=False)
    return command if tried.returncode == 0 else ()


def as_docx(data: bytes, suffix: str) -> bytes | None:
    """A text file of another format as .docx.

    Args:
        data: the file's bytes.
        suffix: ``.doc``, ``.rtf`` or ``.odt``, as its content says.

    Returns:
        The bytes of the .docx; ``None`` where there is no LibreOffice or it could not do it in its bounds.
    """
    soffice = program()
    if soffice is None:
        return None
    with tempfile.TemporaryDirectory(prefix=f"thidua-{os.getpid()}-") as folder:
        place = Path(folder)
        source = place / f"in{suffix}"
        source.write_bytes(data)
        profile = place / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            *cut_off(), soffice, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
            "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML",
            "--outdir", str(place / "out"), str(source),
        ]  # fmt: skip
        if not _run(command, place):
            return None
        made = place / "out" / "in.docx"
        if not made.is_file() or made.stat().st_size > limits.FILE_BYTES:
            return None
        return made.read_bytes()


def _run(command: list[str], home: Path) -> bool:
    """Run a program in its bounds; it and all it started end with it."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(home), "LANG": "C.UTF-8", **_NO_WAY_OUT}
    with subprocess.Popen(
        command, cwd=home, env=environment, start_new_session=True, preexec_fn=_bound,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            return process.wait(limits.OFFICE_SECONDS) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.OFFICE_BYTES, limits.OFFICE_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.OFFICE_SECONDS, limits.OFFICE_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.UNPACKED_BYTES, limits.UNPACKED_BYTES))
