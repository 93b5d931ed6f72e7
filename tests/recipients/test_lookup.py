"""`thidua lookup`: a name, without diacritics too, to everyone of that name and the time line of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import DBT_PROJECT, PROJECT, Home
from pipelines.reports.lookup.lookup import lookup, name_key
from tests.recipients.world import OTHER, UNIT, awards, person, published
from tests.rules.world import World

DAY = date(2019, 12, 20)
DECISION = {"decision_no": "12/QĐ-SNV", "decision_date": DAY}


@pytest.fixture(scope="module")
def world() -> World:
    world = World()
    awards(
        world,
        UNIT,
        date(2020, 5, 4),
        person("Lý Thị Hà", "Lao động tiên tiến", 2018, "Phòng Một", position="Chuyên viên"),
        person("Lý Thị Hà", "Lao động tiên tiến", 2018, "Phòng Hai"),
        person("Lý Thị Hà", "Chiến sĩ thi đua cơ sở", 2019, "Phòng Một", **DECISION),
        person("Ly Thi Ha", "Giấy khen", 2017, "Phòng Một"),
        person("Nông Văn Ba", "Giấy khen", 2019, "Phòng Ba", position="Lái xe"),
        person("Nông Văn Ba", "Giấy khen", 2019, "Phòng Ba", position="Bảo vệ"),
        person("Vi Công Tư", "Giấy khen", 2019),
    )
    awards(world, OTHER, date(2020, 5, 5), person("Lý Thị Hà", "Giấy khen", 2019, "Phòng Một"))
    world.send(
        "LS-1620",
        UNIT,
        {
            "form": "ND91-TT",
            "received": date(2020, 6, 1),
            "name": "Lý Thị Hà",
            "kind": "ca_nhan",
            "year": 2020,
            "set": {"don_vi_cong_tac": "Phòng Một mới", "ngay_sinh": date(1980, 5, 13)},
            "items": {
                "khen_thuong": [
                    {"award_code": {"code": "CSTD-CS"}, "nam": 2019, "so_qd": "12/QĐ-SNV", "ngay_qd": DAY}
                ],
                "xep_loai": [{"ket_qua": {"code": "HTTNV"}, "nam": 2019}],
            },
        },
    )
    return world


@pytest.fixture(scope="module")
def home(world: World, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return published(world, tmp_path_factory.mktemp("lookup") / "home")


def asked(home: Home, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["lookup", "--home", str(home.root), *arguments])
    return result.exit_code, result.output


def test_people_of_one_name_are_shown_apart_and_candidates_said(home: Home) -> None:
    code, said = asked(home, "ly thi ha")
    assert code == 0
    # Phòng Một of Y tế with its record, Phòng Hai, the one without diacritics, Phòng Một of Nội vụ
    assert said.startswith("«ly thi ha»: 4 trường hợp, để riêng vì chưa có căn cứ coi là một")
    assert "cùng tên, cùng đơn vị gửi, khác nơi công tác" in said
    assert "cùng đơn vị, tên giống nhau khi bỏ dấu" in said
    assert "cùng tên, cùng tên nơi công tác, khác đơn vị gửi" in said
    assert "1980" not in said  # a day of birth joins, and is told to nobody


def test_a_time_line_has_every_award_and_rating_with_file_sheet_and_cell(home: Home) -> None:
    _, said = asked(home, "Lý Thị Hà", "--unit", UNIT)
    first = next(part for part in said.split("\n\n") if "Gộp" in part).splitlines()
    assert "   Gộp 2 cách ghi: cùng tên, cùng quyết định, trong danh sách và hồ sơ của một đơn vị." in first
    events = [[*line.split()[:2], line] for line in first if "  [" in line]
    assert [(year, kind) for year, kind, _ in events] == [
        ("2018", "Khen"),
        ("2019", "Khen"),
        ("2019", "Kê"),
        ("2019", "Xếp"),
        ("2020", "Đề"),
    ]
    assert "QĐ số 12/QĐ-SNV ngày 20/12/2019" in events[1][2]
    assert events[1][2].endswith(f"[LS-1620/{UNIT}/2020-05-04/s1.xlsx, trang “Trang 1”, ô C7]")
    assert "đã có trong danh sách khen" in events[2][2]


def test_who_may_be_two_is_told(home: Home) -> None:
    assert "trong một năm ghi với 2 chức vụ khác nhau" in asked(home, "nong van ba")[1]
    assert "chỉ biết theo tên và đơn vị gửi" in asked(home, "vi cong tu")[1]


def test_a_unit_narrows_and_the_province_holds_its_units(home: Home) -> None:
    assert asked(home, "ly thi ha", "--unit", OTHER)[1].startswith("«ly thi ha»: 1 trường hợp")
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        above = connection.execute(
            "SELECT ancestor_code FROM marts.dim_unit_rollups WHERE unit_code = ? AND ancestor_code <> ?",
            [OTHER, OTHER],
        ).fetchall()
        assert lookup(connection, "ly thi ha", unit_code=above[0][0]).total == 4


def test_exit_codes(home: Home) -> None:
    assert asked(home, "khong ai") == (1, "Không thấy «khong ai» trong số liệu đêm 01/07/2026.\n")
    code, said = asked(home, "ly thi ha", "--unit", "LS-SO-YTE")
    assert (code, said) == (2, "Không có đơn vị mang mã “LS-SO-YTE”; mã gần nhất là LS-SO-Y-TE.\n")
    assert asked(home, " - ")[0] == 2


def test_the_beginning_or_a_part_of_a_name_will_do(home: Home) -> None:
    assert asked(home, "ly thi")[1].startswith("«ly thi»: 4 trường hợp")
    assert asked(home, "ba nong")[1].startswith("«ba nong»: 1 trường hợp")


def test_a_key_is_made_as_the_warehouse_makes_it(home: Home) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT recipient_name, name_search FROM marts.dim_recipient_keys "
            "JOIN marts.dim_recipient_names USING (recipient_id, unit_code)"
        ).fetchall()
    assert dict(rows) == {name: name_key(name) for name, _ in rows}


def test_the_public_file_holds_no_time_line(home: Home) -> None:
    with duckdb.connect(str(home.public_warehouse), read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert not [name for (name,) in tables if "recipient" in name]


def test_what_people_decide_joins_splits_and_can_be_undone(world: World, home: Home, tmp_path: Path) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        found = lookup(connection, "ly thi ha", unit_code=UNIT).recipients
        other = lookup(connection, "ly thi ha", unit_code=OTHER).recipients
        guard = lookup(connection, "nong van ba").recipients
    by_place = {way.workplace: one.recipient_id for one in (*found, *other) for way in one.told}
    decided = {"by": "Nguyễn A", "date": "2026-06-30", "why": "chuyển công tác"}
    decisions = (
        {"join": [found[0].recipient_id, other[0].recipient_id], **decided},
        {"split": guard[0].recipient_id, "positions": ["bảo vệ"], **decided},
        {"apart": ["0123456789abcdef", by_place["Phòng Hai"]], **decided},
    )
    with duckdb.connect(
        str(published(world, tmp_path / "decided", decisions).warehouse), read_only=True
    ) as connection:
        joined = next(
            one
            for one in lookup(connection, "ly thi ha", unit_code=OTHER).recipients
            if any(way.unit_code == UNIT for way in one.told)
        )
        assert joined.recipient_id == found[0].recipient_id  # received first, so its id stays
        assert [(join.decided_by, join.why) for join in joined.joins if join.decided_by] == [
            ("Nguyễn A", "chuyển công tác")
        ]
        assert {event.place.source_file.split("/")[1] for event in joined.events} == {UNIT, OTHER}
        assert lookup(connection, "nong van ba").total == 2
        unseen = connection.execute(
            "SELECT recipient_key FROM marts.rpt_recipient_decisions WHERE NOT is_seen"
        ).fetchall()
        assert unseen == [("0123456789abcdef",)]
    with duckdb.connect(str(published(world, tmp_path / "undone").warehouse), read_only=True) as connection:
        assert lookup(connection, "ly thi ha", unit_code=UNIT).recipients == found


def test_a_later_list_never_takes_an_id_over(world: World, home: Home, tmp_path: Path) -> None:
    later = World(rows={name: list(rows) for name, rows in world.rows.items()}, placed=dict(world.placed))
    # the same list again with one more row, and the person's decision in a unit of another code
    awards(
        later,
        OTHER,
        date(2020, 9, 1),
        person("Lý Thị Hà", "Chiến sĩ thi đua cơ sở", 2019, "Phòng Một", **DECISION),
        name="them",
    )
    with duckdb.connect(str(published(later, tmp_path / "later").warehouse), read_only=True) as connection:
        now = lookup(connection, "ly thi ha", unit_code=OTHER).recipients
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        before = lookup(connection, "ly thi ha", unit_code=UNIT).recipients
    assert now[0].recipient_id in {one.recipient_id for one in before if one.joins}
    assert "decision_workplace" in {join.reason for join in now[0].joins}


def test_the_next_title_is_told_with_its_clause(home: Home) -> None:
    _, said = asked(home, "Lý Thị Hà", "--unit", UNIT)
    line = next(line for line in said.splitlines() if "Bằng khen của bộ, ban, ngành, tỉnh:" in line)
    # one year of the title is told; the unit's lists tell of 2018 without it
    assert (
        "thiếu điều kiện — chưa thấy đủ hai lần liên tục Chiến sĩ thi đua cơ sở (mới thấy 1 trong 2)" in line
    )
    assert "Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 74 khoản 1 điểm d; điều này còn cách khác" in line
    # what the law at hand is silent on is said once
    assert said.splitlines()[-1].startswith("Chưa xét Chiến sĩ tiên tiến, các huân chương")


@pytest.mark.parametrize("mart", ["rpt_recipient_candidates", "rpt_recipient_joins"])
def test_every_reason_that_has_words_may_be_published(mart: str) -> None:
    path = DBT_PROJECT / "models" / "marts" / "recipients" / f"{mart}.yml"
    columns = yaml.safe_load(path.read_text("utf-8"))["models"][0]["columns"]
    (tests,) = (column["data_tests"] for column in columns if column["name"] == "reason")
    (allowed,) = (one["accepted_values"]["arguments"]["values"] for one in tests if "accepted_values" in one)
    said = yaml.safe_load((PROJECT / "pipelines" / "sentences" / "lookup.yml").read_text("utf-8"))
    assert set(said["lookup.reason"]) == set(allowed)
