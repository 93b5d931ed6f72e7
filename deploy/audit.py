"""Known holes in the locked packages: ``python deploy/audit.py [RECORDS]``.

RECORDS is a folder or a .zip of advisories in the OSV format, JSON or YAML: OSV's own dump of PyPI, or a copy
of pypa/advisory-database, carried to a machine without a network. Without it, pip-audit asks the index.

Exit 0: no hole is known; 1: holes, one a line; 3: nobody could be asked, which is not the same as no hole.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

LOCKS = sorted(Path(__file__).parents[1].glob("requirements*.lock"))
HOLES, NOBODY_ASKED = 1, 3
SECONDS = 300
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def locked(text: str) -> dict[str, set[str]]:
    """Package → versions of a lock file."""
    found: dict[str, set[str]] = {}
    for name, version in _PINNED.findall(text):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def records(source: Path) -> Iterator[dict[str, Any]]:
    """The advisories of a folder or a .zip."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.suffix in (".json", ".yaml", ".yml"):
                yield from _record(path.name, path.read_bytes())
    else:
        with zipfile.ZipFile(source) as archive:
            for name in archive.namelist():
                yield from _record(name, archive.read(name))


def _record(name: str, content: bytes) -> Iterator[dict[str, Any]]:
    if name.endswith(".json"):
        loaded = json.loads(content)
    elif name.endswith((".yaml", ".yml")):
        loaded = yaml.load(content, _Loader)  # noqa: S506 -- a safe loader, in C where there is one
    else:
        return
    if isinstance(loaded, dict) and "affected" in loaded and "withdrawn" not in loaded:
        yield loaded


def holes(lock: dict[str, set[str]], known: Iterator[dict[str, Any]]) -> tuple[list[str], int, str]:
    """The holes in locked packages; how many advisories were looked at, and when the newest was changed."""
    found, count, newest = [], 0, ""
    for record in known:
        count += 1
        newest = max(newest, str(record.get("modified", "")))
        for affected in record["affected"]:
            package = affected.get("package", {})
            if package.get("ecosystem") != "PyPI":
                continue
            name = canonicalize_name(package["name"])
            found += [
                f"{name} {version}: {record['id']} {' '.join(record.get('aliases', []))}".strip()
                for version in sorted(lock.get(name, ()))
                if _affects(affected, Version(version))
            ]
    return sorted(set(found)), count, newest


def _affects(affected: dict[str, Any], version: Version) -> bool:
    if version in {one for told in affected.get("versions", []) if (one := _version(told))}:
        return True
    return any(
        _within(events["events"], version)
        for events in affected.get("ranges", [])
        if events["type"] == "ECOSYSTEM"
    )


def _within(events: list[dict[str, str]], version: Version) -> bool:
    """Whether a version lies after the last ``introduced`` that is not followed by a ``fixed`` before it."""
    inside = False
    marks = [(kind, _version(told)) for event in events for kind, told in event.items()]
    for kind, mark in sorted(((k, m) for k, m in marks if m is not None), key=lambda one: one[1]):
        if kind == "introduced" and version >= mark:
            inside = True
        elif (kind == "fixed" and version >= mark) or (kind == "last_affected" and version > mark):
            inside = False
    return inside


def _version(told: str) -> Version | None:
    try:
        return Version(told)
    except InvalidVersion:
        return None


def asked_index() -> int:
    """Let pip-audit ask the index."""
    command = [str(Path(sys.executable).with_name("uvx")), "pip-audit", "--disable-pip", "--no-deps"]
    told, listed = "no answer", []
    try:
        done = subprocess.run(
            [*command, "-f", "json", *(f"--requirement={lock}" for lock in LOCKS)],
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        told = (done.stderr.strip().splitlines() or [told])[-1]
        listed = json.loads(done.stdout)["dependencies"]
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError):
        pass  # no uv, no network, no answer: nobody could be asked
    known = [one for one in listed if "vulns" in one]
    for one in known:
        for hole in one["vulns"]:
            print(f"{one['name']} {one['version']}: {hole['id']}")
    if any(one["vulns"] for one in known):
        return HOLES
    if len(known) < len(listed) or not listed:
        print(
            f"not audited: the index tells nothing of {len(listed) - len(known) or 'any'} packages ({told})"
        )
        return NOBODY_ASKED
    return 0


def main() -> int:
    """Print what is known; the exit code."""
    if len(sys.argv) < 2:
        return asked_index()
    lock = locked("\n".join(lock.read_text("utf-8") for lock in LOCKS))
    found, count, newest = holes(lock, records(Path(sys.argv[1])))
    print(*found, f"{len(lock)} packages, {count} advisories, the newest of {newest}", sep="\n")
    if not count:
        return NOBODY_ASKED
    return HOLES if found else 0


if __name__ == "__main__":
    sys.exit(main())
