"""Small cases made by hand, from cells of workbooks to the time line; see by_hand.yml."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import docx
import duckdb
import openpyxl
import pytest
import yaml

from pipelines.common.paths import Home
from pipelines.forms.registry import load_words
from pipelines.inbox.register import scan
from pipelines.reports.lookup.lookup import search
from pipelines.reports.lookup.recipient import Recipient, recipients
from pipelines.warehouse.read_file import Outcome, ReadItem, read_one
from pipelines.warehouse.reading import reader_of
from tests.raw_rows import reference
from tests.recipients.world import OTHER, UNIT, published
from tests.rules.world import World

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("by_hand.yml").read_text("utf-8"))
PLAIN = load_words().rows.without_address
UNITS = {"Y": UNIT, "N": OTHER}
KINDS = {"CN": "Khen thưởng cá nhân", "TT": "Khen thưởng tập thể", "GD": "Khen thưởng hộ gia đình"}
TITLE = "DANH SÁCH KHEN THƯỞNG"
HEADER = [
    "STT",
    "Tên gọi (Ông/Bà/Chức danh)",
    "Tên tập thể/cá nhân/hộ gia đình",
    "Chức vụ",
    "Đơn vị công tác",
    "Phân loại khen thưởng",
    "Danh hiệu thi đua/Hình thức khen thưởng",
    "Số quyết định",
    "Ngày quyết định",
    "Năm",
    "Ghi chú",
]


def _lists(raw: Path) -> None:
    """The lists of all cases as workbooks, one a case and unit."""
    for number, case in enumerate(CASES):
        for unit, rows in case.get("lists", {}).items():
            _list(raw / "LS-1620" / UNITS[unit] / "2020-05-04" / f"ds-{number}.xlsx", TITLE, rows)
        for unit, (title, rows) in case.get("revoked", {}).items():
            _list(raw / "LS-1620" / UNITS[unit] / "2020-05-04" / f"thu-hoi-{number}.xlsx", title, rows)
        for unit, paragraphs in case.get("decided", {}).items():
            _decision(raw / "LS-1620" / UNITS[unit] / "2020-05-04" / f"{_decided(number)}.docx", paragraphs)


def _decided(number: int) -> str:
    return f"quyet-dinh-thu-hoi-{number}"


def _decision(path: Path, paragraphs: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = docx.Document()
    for line in ("SỞ Y TẾ", "Số: 88/QĐ-SYT", "Lạng Sơn, ngày 05 tháng 3 năm 2020", "QUYẾT ĐỊNH", *paragraphs):
        document.add_paragraph(line)
    document.save(str(path))


def _list(path: Path, title: str, rows: list[list[Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in ([title], [], HEADER):
        sheet.append(line)
    for place, row in enumerate(rows, 1):
        said = [*row, *[None] * (len(HEADER) - 1 - len(row))]
        said[4] = KINDS[said[4]]
        sheet.append([place, *said])
    book.save(path)


def _records(world: World) -> None:
    for number, case in enumerate(CASES):
        for unit, records in case.get("records", {}).items():
            for one in records:
                lines = [
                    {"award_code": {"code": code}, "nam": year, "so_qd": decision, "ngay_qd": day}
                    for code, year, decision, day in one["awards"]
                ]
                sent = {
                    "form": "ND91-TT",
                    "received": date(2020, 6, 1),
                    "name": one["name"],
                    "key": f"{number}{one.get('key', '')}",
                    "kind": "ca_nhan",
                    "year": 2020,
                    "set": {"don_vi_cong_tac": one["workplace"], "ngay_sinh": one["born"]},
                    "items": {"khen_thuong": lines},
                }
                world.send("LS-1620", UNITS[unit], sent)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root = tmp_path_factory.mktemp("by-hand")
    _lists(root / "raw")
    reader = reader_of(reference())
    outcomes = [
        read_one(ReadItem(file, file.source_file, file.source_file, None, {}, waiting=False), reader)
        for file in scan(root / "raw")
    ]
    world = World()
    _records(world)
    return published(world, root / "home", more=("int_verdicts",), read=Outcome.tables(outcomes))


def _found(home: Home, case: dict[str, Any]) -> tuple[Recipient, ...]:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        return recipients(connection, search(connection, case["ask"], PLAIN(case["ask"])[1]))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_who_is_who(home: Home, case: dict[str, Any]) -> None:
    found = _found(home, case)
    lines = [
        [
            f"{event.year} {event.label}"
            + (f" «{event.withdrawn}»" if event.withdrawn else "")
            + (f", thu hồi: {event.revoked_no}" if event.is_revoked else "")
            for event in one.events
            if event.kind in ("award", "award_told")
        ]
        for one in found
    ]
    assert sorted(lines) == sorted(case["found"])
    alike = {candidate.reason for one in found for candidate in one.candidates}
    assert alike == set(case.get("alike", ()))
    told = {name for one in found for name in ("births", "positions") if getattr(one, name) > 1}
    assert told == set(case.get("remarks", ()))


@pytest.mark.parametrize("case", [case for case in CASES if "told" in case], ids=lambda case: case["case"])
def test_what_is_told(home: Home, case: dict[str, Any]) -> None:
    names = {way.name for one in _found(home, case) for way in one.told}
    with duckdb.connect(str(home.staging), read_only=True) as connection:
        rows = connection.execute(
            "SELECT rule_id, recipient_name FROM intermediate.int_verdicts WHERE verdict = 'fail'"
        ).fetchall()
    told = Counter(rule for rule, name in rows if name in names)
    assert {rule: told[rule] for rule in case["told"]} == case["told"]


@pytest.mark.parametrize("case", [case for case in CASES if "asked" in case], ids=lambda case: case["case"])
def test_what_a_decision_leaves_open(home: Home, case: dict[str, Any]) -> None:
    with duckdb.connect(str(home.staging), read_only=True) as connection:
        rows = connection.execute(
            "SELECT rule_id FROM intermediate.int_verdicts WHERE verdict = 'fail' AND source_file LIKE ?",
            [f"%{_decided(CASES.index(case))}.docx"],
        ).fetchall()
    assert sorted(rule for (rule,) in rows) == case["asked"]
