"""The columns of a form of a programme's own: what is known of them by their labels."""

from __future__ import annotations

import pytest

from pipelines.common.paths import PROJECT
from pipelines.programmes.answers import Answers, OwnForm
from pipelines.programmes.columns import SameLabel, UnknownMeaning
from pipelines.programmes.own_form import FormOf, NoNameColumn, form_of

REFERENCE = PROJECT / "data" / "reference"
ANSWERS = Answers.model_validate(
    {"id": "XX-2630", "short_name": "Thử", "title": "Thử", "issuing_body": "Thử", "years": [2026, 2030]}
    | {"head": "Tỉnh", "units": [{"id": "XX-SO", "name": "Các sở", "units": ["Sở Một"]}]}
)


def _form(*columns: str) -> FormOf:
    return form_of(OwnForm(form="XX-DK", columns=columns), ANSWERS, REFERENCE)


@pytest.mark.parametrize(
    ("columns", "known", "kept"),
    [
        (("STT", "Họ và tên", "Loại"), ["stt", "ten", "loai"], []),
        # what stands in brackets, «hay» for «/», words in another order
        (
            ("Tên điển hình (tập thể, cá nhân, hộ)", "Tập thể hay cá nhân", "Năm đăng ký"),
            ["ten", "loai", "nam"],
            [],
        ),
        # as it is printed, and what it means
        (("Họ và tên", "Loại hình = Loại", "Cách làm = Giải pháp*"), ["ten", "loai", "giai_phap"], []),
        # the first of two that say who it is holds the names
        (("Tập thể, cá nhân", "Tập thể hay cá nhân"), ["ten", "loai"], []),
        (("Họ tên người đứng đầu mô hình", "Loại"), ["ten", "loai"], []),
        # one of two that are known as one; what nobody knows
        (("Họ và tên", "Giải pháp", "Biện pháp"), ["ten", "giai_phap", "bien_phap"], ["Biện pháp"]),
        (("Họ và tên", "Chức danh"), ["ten", "chuc_danh"], ["Chức danh"]),
    ],
)
def test_columns(columns: tuple[str, ...], known: list[str], kept: list[str]) -> None:
    form = _form(*columns)
    assert [one.id for one in form.columns] == known
    assert form.kept_as_text == kept
    assert form.has_kinds == ("loai" in known)
    labels = [label.lower() for one in form.columns for label in one.labels]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    "column", ["Kiểu* = Loại", "Kiểu = Loại*", "*Kiểu = Loại", "Kiểu (*) = Loại", "Kiểu=Loại *"]
)
def test_a_star_on_either_side(column: str) -> None:
    one = _form("Họ và tên", column).columns[1]
    assert (one.id, one.labels[0], one.must) == ("loai", "Kiểu", True)


def test_a_sum_in_brackets_means_nothing() -> None:
    assert _form("Họ và tên", "Tổng (3 = 1 + 2)").kept_as_text == ["Tổng (3 = 1 + 2)"]


def test_a_meaning_nobody_knows_is_told() -> None:
    with pytest.raises(UnknownMeaning, match="«Phân loại đối tượng của ngành»"):
        _form("Họ và tên", "Diện = Phân loại đối tượng của ngành")
    with pytest.raises(UnknownMeaning, match="có phải «Loại đối tượng»"):
        _form("Họ và tên", "Kiểu = Loại đối tượngg")


def test_without_names() -> None:
    with pytest.raises(NoNameColumn):
        _form("STT", "Năm", "Giải pháp")


@pytest.mark.parametrize(
    ("columns", "codes"),
    [
        # brackets, signs, digits first
        (("Tập thể (Có/Không)", "Nghề [bậc thợ]; ghi chú?"), ["tap_the_co_khong", "nghe_bac_tho_ghi_chu"]),
        (("2025", "…%"), ["cot_2025", "cot"]),
        # the same letters without marks; the same without blanks
        (("Điểm thi", "Diễm thi"), ["diem_thi", "diem_thi_2"]),
        (("Điểm số", "Đi ểm số"), ["diem_so", "di_em_so_2"]),
        # what reads like a known column without its marks is none
        (("Nam", "Nữ", "Loài"), ["cot_nam", "nu", "cot_loai"]),
        # of «Nội dung», a column of the annex, nobody knows what it means here
        (("Nội dung",), ["noi_dung"]),
    ],
)
def test_codes_are_safe_and_stay_apart(columns: tuple[str, ...], codes: list[str]) -> None:
    form = _form("Họ và tên", *columns)
    assert [one.id for one in form.columns[1:]] == codes
    assert form.kept_as_text == [*columns]


def test_columns_of_the_same_words_are_refused() -> None:
    with pytest.raises(SameLabel, match="Kết quả"):
        _form("Họ và tên", "Kết quả", "Kết quả (*)")


def test_a_column_of_classes() -> None:
    form = _form("Họ và tên", "Đối tượng (LĐ/TT) = Phân loại đối tượng", "Loại")
    assert [(one.id, one.type) for one in form.columns[1:]] == [
        ("object_class", "object_class"),
        ("loai", "recipient_kind"),
    ]
