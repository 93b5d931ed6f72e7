"""Why a cell has its status: what was counted, what was not and why, and the clause."""

from __future__ import annotations

from datetime import date

from pipelines.reports.trace.trace_cell import cells_of, told, trace_cell
from tests.coverage.world import MARTS, World, many

TRACED = (*MARTS, "dim_units")


def test_a_status_names_what_counts_what_does_not_and_the_clause() -> None:
    unit, world = "CB-DANG-UY-CONG-AN", World()
    rows = [*many("tap_the", 2, "Đội "), ("ca_nhan", "Nguyễn Văn Một"), ("ca_nhan", "Nguyễn Văn Hai")]
    number = world.nominees(unit, "CB-BDK", date(2022, 12, 31), rows, "CB-GD1")
    world.block(number, "CP-CB-GP-CN", nominee=4)
    night = world.build(date(2023, 1, 15), TRACED)
    found = trace_cell(night, "CB-DK1", unit)
    assert found is not None
    assert [(one.kind, one.required, one.counted) for one in found.amounts] == [
        ("collectives", 2, 2),
        ("individuals", 2, 1),
    ]
    lines = told(found).splitlines()
    assert lines[0].startswith("CB-DK1 — Đăng ký giai đoạn 1")
    assert lines[1].endswith(": Còn thiếu, muộn")
    assert "III.2.1" in lines[2]
    assert "trước ngày 30/12/2022 (theo mẫu gửi kèm)" in lines[2]
    assert lines[3] == "Hạn      30/12/2022 (trước ngày 30/12/2022)"
    assert "Chỉ tiêu cá nhân: đã tính 1, phải có ít nhất 2" in lines
    held_back = next(line for line in lines if "Nguyễn Văn Hai" in line)
    assert "còn nội dung bắt buộc chưa bổ sung [CP-CB-GP-CN]" in held_back
    assert "dòng 12" in held_back
    assert sum("Được tính" in line for line in lines) == 3


def test_nothing_came_and_nothing_is_expected() -> None:
    night = World().build(date(2022, 6, 1), TRACED)
    found = trace_cell(night, "LS-HS", "LS-HUYEN-CHI-LANG")
    assert found is not None
    lines = told(found).splitlines()
    assert lines[-1] == "Chưa nhận được gì cho ô này."
    assert "Trần     cá nhân: đã đề nghị 0, không quá 3" in lines
    assert trace_cell(night, "LS-HNT", "LS-SO-Y-TE") is None
    assert cells_of(night, "LS-SO-Y-TE") == ["LS-HN", "LS-GT", "LS-BC", "LS-HS"]


def test_rows_of_other_units_are_named_with_their_unit() -> None:
    front, world = "HCM-UY-BAN-MAT-TRAN-TO-QUOC-VIET-NAM", World()
    world.nominees(
        "HCM-QUAN-1", "HCM-DSDK", date(2022, 9, 1), many("ca_nhan", 1, linh_vuc="HCM-i"), year=2022
    )
    night = world.build(date(2022, 12, 31), TRACED)
    found = trace_cell(night, "HCM-LV-i-2022", front)
    assert found is not None
    assert "của UBND quận 1" in told(found)
