"""Python, DuckDB, fonts, Chromium, time zone: what must be installed."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from pipelines.inbox import office as converter
from pipelines.night.request import NightRequest
from pipelines.operate.doctor.check import BAD, LACK, Check, answer, needs
from pipelines.operate.engines import lacking
from pipelines.reference.settings import ReferenceError, load_engine
from pipelines.sentences import text
from pipelines.spark.cluster import Unreachable, own_address


def python() -> Check:
    """The version of Python."""
    wanted = needs()["python"]
    fine = tuple(wanted["at_least"]) <= sys.version_info[:2] < tuple(wanted["below"])
    return answer("python", fine, BAD, version=platform.python_version(), wanted=_range(wanted))


def warehouse_engine() -> Check:
    """The version of DuckDB."""
    wanted = needs()["duckdb"]
    version = tuple(int(part) for part in duckdb.__version__.split(".")[:2])
    fine = tuple(wanted["at_least"]) <= version < tuple(wanted["below"])
    return answer("duckdb", fine, BAD, version=duckdb.__version__, wanted=_range(wanted))


def extensions() -> Check:
    """DuckDB's extensions must be inside it: a closed network gives no others."""
    wanted = needs()["duckdb_extensions"]
    with duckdb.connect() as connection:
        loaded = {
            name
            for (name,) in connection.execute(
                "SELECT extension_name FROM duckdb_extensions() WHERE installed OR loaded"
            ).fetchall()
        }
    missing = [name for name in wanted if name not in loaded]
    return answer("extensions", not missing, BAD, names=", ".join(missing or wanted))


def time_zone() -> Check:
    """The zone must be known; the machine's own may be another one."""
    name = needs()["time_zone"]
    try:
        ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return answer("zone", False, BAD, name=name)
    return answer("zone", True, BAD, name=name, own=time.strftime("%Z (%z)"))


def engine(request: NightRequest) -> list[Check]:
    """What a night on Apache Spark needs, where the settings choose it."""
    try:
        chosen = load_engine(request.settings)
    except (ReferenceError, OSError):  # told where the settings are looked at
        return []
    if chosen.kind != "spark":
        return []
    why = lacking()
    if why is None:
        try:
            own_address(chosen.master)
        except Unreachable as error:
            why = str(error)
    return [answer("engine", why is None, BAD, master=chosen.master, why=why)]


def fonts() -> list[Check]:
    """Fonts with Vietnamese letters, for letters and for pictures."""
    wanted = needs()["fonts"]
    families = _families()
    return [
        answer(
            "fonts",
            any(family in families for family in wanted[use]),
            LACK,
            use=text(f"doctor.use.{use}"),
            found=", ".join(family for family in wanted[use] if family in families),
            wanted=", ".join(wanted[use]),
            install=wanted["install"],
        )
        for use in ("pages", "letters")
    ]


def _families() -> set[str]:
    """Families that have Vietnamese letters, as fontconfig knows them."""
    program = shutil.which("fc-list")
    if program is None:
        return set()
    told = subprocess.run(
        [program, ":lang=vi", "family"], capture_output=True, text=True, timeout=60, check=False
    )
    return {name.strip() for line in told.stdout.splitlines() for name in line.split(",")}


def chromium() -> Check:
    """Chromium draws the pictures in reports; pages need none."""
    wanted = needs()["chromium"]
    found = next((path for name in wanted["programs"] if (path := shutil.which(name))), "")
    return answer("chromium", bool(found), LACK, path=found, install=wanted["install"])


def office() -> Check:
    """LibreOffice reads .doc, .rtf and .odt for us; the other formats need none."""
    return answer(
        "office", converter.program() is not None, LACK, path=converter.program() or "",
        install=needs()["office"]["install"],
    )  # fmt: skip


def _range(wanted: dict[str, list[int]]) -> str:
    at_least, below = (".".join(str(part) for part in wanted[name]) for name in ("at_least", "below"))
    return f">= {at_least}, < {below}"
