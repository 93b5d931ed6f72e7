"""Known holes in the locked packages, from advisories carried along."""

from __future__ import annotations

import json
import runpy
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.common.paths import PROJECT

AUDIT = runpy.run_path(str(PROJECT / "deploy" / "audit.py"))
LOCK = """\
some-pkg[extra]==1.10.0 ; python_version < "3.13" \\
    --hash=sha256:00
other_pkg==2.0rc1 \\
    --hash=sha256:00
"""


def record(name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": "PyPI", "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
    }
    return {"id": "PYSEC-1", "modified": "2026-01-01", "aliases": ["CVE-1"], "affected": [affected | more]}


def holes(*known: dict[str, Any]) -> list[str]:
    found: list[str] = AUDIT["holes"](AUDIT["locked"](LOCK), iter(known))[0]
    return found


def test_every_locked_package_is_known_by_name_and_version() -> None:
    assert AUDIT["locked"](LOCK) == {"some-pkg": {"1.10.0"}, "other-pkg": {"2.0rc1"}}
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    assert sum(map(len, AUDIT["locked"](lock).values())) == sum(
        line[:1].isalnum() for line in lock.splitlines()
    )


@pytest.mark.parametrize(
    ("events", "hit"),
    [
        ([{"introduced": "0"}, {"fixed": "1.9"}], False),  # 1.10 is after 1.9
        ([{"introduced": "0"}, {"fixed": "1.10.1"}], True),
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"last_affected": "1.10.0"}], True),
        ([{"introduced": "1.11"}], False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.10"}, {"fixed": "1.10.2"}], True),
    ],
)
def test_ranges(events: list[dict[str, str]], hit: bool) -> None:
    assert holes(record("Some_Pkg", *events)) == (["some-pkg 1.10.0: PYSEC-1 CVE-1"] if hit else [])


def test_listed_versions_and_other_packages() -> None:
    assert holes(record("other.pkg", {"introduced": "9"}, versions=["2.0.rc1"])) == [
        "other-pkg 2.0rc1: PYSEC-1 CVE-1"
    ]
    assert holes(record("third", {"introduced": "0"})) == []


def test_records_come_from_a_folder_or_a_dump(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.yaml").write_text(yaml.safe_dump(record("some-pkg", {"introduced": "0"})))
    (folder / "b.json").write_text(json.dumps(record("x", {"introduced": "0"}) | {"withdrawn": "2026"}))
    (folder / "README.md").write_text("x")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as dump:
        dump.writestr("a.json", json.dumps(record("some-pkg", {"introduced": "0"})))
    for source in (folder, tmp_path / "all.zip"):
        assert [one["id"] for one in AUDIT["records"](source)] == ["PYSEC-1"]
