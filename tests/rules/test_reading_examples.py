"""Every example of a reading rule, sent as it is told: one side is without the finding, the other has it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from pipelines.common.bars import bar
from pipelines.common.yaml_files import read_plain
from pipelines.night.request import NightRequest
from pipelines.reference.models.units import Unit
from pipelines.reference.settings import Settings
from pipelines.reference.units import Units
from pipelines.rules.tables import law_tables
from pipelines.sentences.finding import names_in
from pipelines.transform.compiled import build_models
from pipelines.warehouse import read_file, staging
from pipelines.warehouse.intake import take_in
from tests.raw_rows import reference
from tests.rules.made_files import made, put
from tests.rules.world import EXAMPLES

READING: dict[str, Any] = read_plain(EXAMPLES / "reading.yml")
CASES: dict[str, dict[str, Any]] = READING["cases"]
SIDES = ("passes", "fails")
AS_OF, DAY = date(2026, 7, 1), "2020-06-01"
Found = dict[tuple[str, str], dict[str, dict[str, str]]]
QUOTED, TAG = re.compile("«(.+?)»"), re.compile("<[^>]+>")


def _files(side: dict[str, Any]) -> list[dict[str, Any]]:
    return side.get("files", [side])


def _programme(file: dict[str, Any]) -> str:
    of = READING["lists"].get(file.get("of"), {})
    return str(file.get("programme", of.get("programme", "LS-1620")))


def _place(file: dict[str, Any], unit: str) -> str:
    folder = file.get("at", f"{_programme(file)}/{unit}/{file.get('day', DAY)}").format(unit=unit)
    return f"{folder}/{file.get('name', 'danh-sach.' + file.get('as', 'xlsx'))}"


def _sent() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(rule, side, unit, file) of every file."""
    for number, (rule, case) in enumerate(CASES.items()):
        for side in SIDES:
            yield from ((rule, side, f"T{number}-{side}", file) for file in _files(case[side]))


@pytest.fixture(scope="module")
def found(shared_folder: Path) -> Found:
    """(rule, side) → the reading rules told of its files with their values; read in one night."""
    root = shared_folder
    raw, paths = root / "raw", dict[str, tuple[str, str]]()
    units, gone = dict[str, Unit](), list[Path]()
    for rule, side, unit, file in _sent():
        units[unit] = Unit(unit_code=unit, name=unit, unit_type="DN", programme_id=_programme(file))
        path = raw / _place(file, unit)
        put(file, path, made(file, READING["lists"]))
        paths[str(path.relative_to(raw))] = (rule, side)
        gone += [path] if file.get("done") == "taken_away" else []
    told: Found = {place: {} for place in paths.values()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.cpu_count", lambda: 1)
        patch.setattr("pipelines.inbox.office.program", lambda: None)
        patch.setattr(read_file, "read_document", _unforeseen)
        for source, rule, values in _night(NightRequest.make(raw, root / "home", AS_OF), units, gone):
            told[paths[source.partition("!")[0]]][rule] = json.loads(values)
    return told


_read_document = read_file.read_document


def _unforeseen(name: str, data: bytes) -> Any:
    if name == "loi-phan-mem.xlsx":
        raise RuntimeError("nobody thought of this")
    return _read_document(name, data)


def _night(request: NightRequest, units: dict[str, Unit], gone: list[Path]) -> list[tuple[str, str, str]]:
    """(file, rule, values) of what was told of files; ``gone`` vanish after the first night."""
    known = reference()
    tables = law_tables(replace(known, units=Units([*known.units, *units.values()])), Settings())
    with staging.opened(request.home.staging) as connection:
        staging.prepare(connection)
        staging.replace_tables(connection, "ref", tables)
    with bar("") as shown:
        take_in(request, "one", shown)
        for path in gone:
            path.unlink()
        take_in(request, "two", shown)
    with staging.opened(request.home.staging) as connection:
        build_models(connection, ["int_submissions"])
        return connection.execute(
            "SELECT source_file, rule_id, coalesce(intake_params, '{}') FROM intermediate.int_submissions "
            "WHERE rule_id IS NOT NULL UNION "
            "SELECT source_file, f.rule_id, coalesce(f.params, '{}') FROM raw.reading_findings AS f "
            "JOIN raw.submissions AS s USING (submission_id) WHERE f.rule_id LIKE 'RD-%'"
        ).fetchall()


@pytest.mark.parametrize("rule", CASES)
def test_one_side_has_the_finding_and_the_other_has_none(rule: str, found: Found) -> None:
    told = {rule, *CASES[rule]["fails"].get("also", [])}
    assert (found[rule, "passes"], found[rule, "fails"].keys()) == ({}, told)


@pytest.mark.parametrize("rule", CASES)
def test_its_sentences_name_what_is_told(rule: str, found: Found) -> None:
    said = reference().reading_rules[rule]
    assert names_in(f"{said.message_vi} {said.how_to_fix_vi}") <= found[rule, "fails"][rule].keys()


@pytest.mark.parametrize("rule", CASES)
def test_what_is_told_stands_in_the_file(rule: str) -> None:
    """Words that an example quotes are words of the file it is about."""
    for side in SIDES:
        case = CASES[rule][side]
        for quoted in QUOTED.findall(case.get("vi", "")):
            texts = " ".join(_texts(file) for file in _files(case))
            assert quoted in texts, (side, quoted)


def _texts(file: dict[str, Any]) -> str:
    """Where a file lies and all texts in it."""
    data = made(file, READING["lists"])
    parts = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    words = (unescape(TAG.sub("", part) + part) for part in (each.decode(errors="ignore") for each in parts))
    return " ".join([_place(file, "đơn vị"), *words])


def test_every_reading_rule_has_an_example() -> None:
    assert sorted(CASES) == sorted(reference().reading_rules)
