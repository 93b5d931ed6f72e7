"""``thidua check`` on files as clerks make them: every cause once, nothing untrue, nothing impossible."""

from __future__ import annotations

from datetime import date
from typing import Any

import openpyxl
import pytest

from pipelines.check.check import Checked, Place, check_files
from pipelines.check.report import report
from pipelines.common.paths import PROJECT

AWARDS = (
    "STT", "Tên gọi (Ông/Bà/Chức danh)", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác",
    "Phân loại khen thưởng", "Danh hiệu thi đua/Hình thức khen thưởng", "Loại khen", "Phân loại đối tượng",
    "Lĩnh vực hoạt động", "Số quyết định", "Ngày quyết định", "Năm",
)  # fmt: skip
HEADCOUNT = ("Năm", "Tổng số tập thể", "Tổng số cá nhân", "Lao động trực tiếp", "Lãnh đạo", "Số hộ gia đình")
REGISTRATION = (
    "STT", "Tên tập thể, cá nhân, hộ gia đình", "Loại", "Lĩnh vực", "Năm", "Giải pháp xây dựng, nhân rộng",
    "Ghi chú",
)  # fmt: skip


def award(name: str, **other: Any) -> list[Any]:
    row = {
        "kind": "Khen thưởng cá nhân", "award": "Lao động tiên tiến", "sub": None, "class": "Doanh nhân",
        "no": "5/QĐ-VP", "day": "01/02/2019", "year": 2019, "post": "Giám đốc doanh nghiệp",
    } | other  # fmt: skip
    first = [1, None, name, row["post"], "Công ty A", row["kind"], row["award"]]
    return [*first, row["sub"], row["class"], None, row["no"], row["day"], row["year"]]


LISTS: dict[str, tuple[str, tuple[str, ...], list[list[Any]]]] = {
    "nam-hai-so": ("DANH SÁCH KHEN THƯỞNG", AWARDS, [
        award("Nguyễn Một", year="18", day=None), award("Nguyễn Hai", year="18", day=None),
        award("Nguyễn Ba", year="17", day=None),
    ]),
    "ho-gd": ("DANH SÁCH KHEN THƯỞNG", AWARDS, [award("Hộ ông Bốn", kind="Hộ GĐ", **{"class": None})]),
    "trong-lop": ("DANH SÁCH KHEN THƯỞNG", AWARDS, [award("Nguyễn Năm", post=None, **{"class": None})]),
    "khong-ten": ("DANH SÁCH KHEN THƯỞNG", AWARDS, [award("Nguyễn Sáu"), award("")]),
    "lop-tap-the": ("DANH SÁCH KHEN THƯỞNG", AWARDS, [
        award("Nguyễn Bảy", **{"class": "Tập thể ở cơ sở, lao động trực tiếp"}),
        award("Nguyễn Tám", **{"class": "Loại gì đó"}),
    ]),
    "ngay-sai": ("DANH SÁCH KHEN THƯỞNG", AWARDS, [award("Nguyễn Chín", day="31/02/2019")]),
    "trung": ("DANH SÁCH KHEN THƯỞNG", AWARDS, [award("Nguyễn Mười"), award("Nguyễn Mười")]),
    "so-luong": ("SỐ LƯỢNG TẬP THỂ, CÁ NHÂN", HEADCOUNT, [
        [2016, 5, 100, 60, 10, 0], [2017, 5, "102 người", 120, 10, 0], [2017, 5, "một trăm", 60, 10, 0],
        [2019, 5, 100, 60, 10, 0], [2020, 5, 100, 60, 10, 0],
    ]),
    "dang-ky": ("DANH SÁCH ĐĂNG KÝ XÂY DỰNG ĐIỂN HÌNH TIÊN TIẾN", REGISTRATION, [
        [1, "Trần Một", "Cá nhân", "n", 2023, "Nêu gương", None],
        [2, "Tổ dân phố Hai", "Tập thể", "b", 2026, "Nêu gương", None],
        [3, "Trần Ba", "Cá nhân", "b", "2022-2023", "Nêu gương", None],
        [4, "Trần Bốn", "Cá nhân", "b", 2023, None, None],
        [5, "Trần Năm", "Cá nhân", "b", 2023, None, None],
    ]),
    "rong": ("DANH SÁCH KHEN THƯỞNG", AWARDS, []),
}  # fmt: skip


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Checked]:
    """Every list checked in two goes, as a clerk checks a dossier."""
    folder = tmp_path_factory.mktemp("check")
    for name, (title, header, rows) in LISTS.items():
        book = openpyxl.Workbook()
        book.active.append([title])
        for row in (header, *rows):
            book.active.append(list(row))
        book.save(folder / f"{name}.xlsx")
    settings, reference = PROJECT / "settings.yml", PROJECT / "data" / "reference"
    city = [folder / "dang-ky.xlsx"]
    # papers of any programme would follow the registration, whose form only one programme has
    others = sorted({*folder.iterdir()} - {*city})
    return {
        one.path.stem: one
        for files in (others, city)
        for one in check_files(files, Place(None, None), date(2020, 6, 1), reference, settings)
    }


@pytest.fixture(scope="module")
def told(checked: dict[str, Checked]) -> dict[str, str]:
    return {name: report(one) for name, one in checked.items()}


def test_a_year_nobody_can_read_is_one_message_with_its_cells(told: dict[str, str]) -> None:
    assert "1 nội dung: 1 bắt buộc" in told["nam-hai-so"]
    assert "ô M3 - M5" in told["nam-hai-so"]
    assert "“18”" in told["nam-hai-so"]
    assert "“17”" in told["nam-hai-so"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ho-gd", "Hộ ông Bốn: chưa rõ là tập thể, cá nhân hay gia đình (đã ghi “Hộ GĐ”)"),
        ("trong-lop", "Nguyễn Năm: chưa ghi phân loại đối tượng"),
        ("khong-ten", "Chưa ghi tên."),
        ("ngay-sai", "không đọc được ngày «31/02/2019» (lịch không có ngày này)"),
        ("trung", "trùng với dòng đã có trong danh sách"),
    ],
)
def test_one_cause_is_one_message(told: dict[str, str], name: str, says: str) -> None:
    assert "\n1 nội dung: " in told[name]
    assert says in told[name]


def test_a_class_of_collectives_on_a_person_is_not_called_unknown(told: dict[str, str]) -> None:
    assert (
        "«Tập thể ở cơ sở, lao động trực tiếp» là của tập thể, dòng này lại ghi là cá nhân"
        in told["lop-tap-the"]
    )
    assert "«Loại gì đó» không có trong danh mục" in told["lop-tap-the"]
    assert "Người trực tiếp công tác, lao động" in told["lop-tap-the"]  # what may be written is named


def test_no_instruction_names_a_column_that_the_file_lacks(told: dict[str, str]) -> None:
    for name in set(LISTS) - {"dang-ky"}:
        assert "Ghi chú" not in told[name], name
        assert "cột «Loại»" not in told[name], name
        assert "thả xuống" not in told[name], name


def test_a_headcount_tells_what_contradicts_and_what_is_missing(told: dict[str, str]) -> None:
    # without a programme named, its years say whose phase it is: 2018 is missing of 2016-2020
    assert "«một trăm»" in told["so-luong"]
    assert "năm 2017 nhiều lần" in told["so-luong"]
    assert "(120) nhiều hơn tổng số cá nhân (102)" in told["so-luong"]
    assert "còn thiếu năm 2018" in told["so-luong"]


def test_a_registration_tells_unknown_fields_years_and_empty_columns(told: dict[str, str]) -> None:
    assert "(đã ghi “n”)" in told["dang-ky"]
    assert "«2026» (dòng 4)" in told["dang-ky"]
    assert "«2022-2023» (dòng 5)" in told["dang-ky"]
    assert "«Giải pháp xây dựng, nhân rộng»: 2 dòng để trống (dòng 6 - 7)" in told["dang-ky"]


def test_nothing_read_is_never_clean(checked: dict[str, Checked], told: dict[str, str]) -> None:
    assert "Đã đọc 0 dòng" in told["rong"]
    assert checked["rong"].exit_code == 1
    assert all("Không thấy nội dung nào" not in text for text in told.values())
