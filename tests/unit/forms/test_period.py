"""What a report's title says of its time: only a whole year makes it a report of the year."""

from __future__ import annotations

import pytest

from pipelines.forms.recognise.period import period_of
from pipelines.forms.registry import load_words

PERIODS = load_words().periods


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Báo cáo tổng kết công tác tuyên giáo năm 2024", 2024),
        ("BÁO CÁO kết quả thực hiện Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị năm 2024", 2024),
        ("Báo cáo kết quả năm 2023, thực hiện Kế hoạch giai đoạn 2021 - 2025", 2023),
        ("Báo cáo kết quả năm 2023 và phương hướng, nhiệm vụ năm 2024", 2023),
        ("Báo cáo công tác quý IV và năm 2024", 2024),
        ("Báo cáo công tác tháng 12 và cả năm 2024", 2024),
        ("Báo cáo công tác năm 2024, nhiệm vụ trọng tâm quý I năm 2025", 2024),
        ("Báo cáo 12 tháng năm 2024", 2024),
        ("Báo cáo năm", None),
        ("Báo cáo năm 2023 và năm 2024", None),
    ],
)
def test_of_a_year(title: str, year: int | None) -> None:
    period = period_of(PERIODS, title)
    assert (period.is_year, period.is_part, period.year) == (True, False, year)


@pytest.mark.parametrize(
    "title",
    [
        "Báo cáo giá thị trường tháng 7 năm 2024",
        "Báo cáo công tác tháng 11, 12 năm 2024",
        "Báo cáo kết quả quý II năm 2024",
        "Báo cáo kết quả quý III/2024",
        "Báo cáo quý I, II năm 2024",
        "BÁO CÁO KẾT QUẢ 6 THÁNG ĐẦU NĂM 2024",
        "Báo cáo công tác 6 tháng cuối năm",
        "Báo cáo sáu tháng đầu năm, phương hướng sáu tháng cuối năm 2024",
        "Báo cáo 9 tháng năm 2024",
        "Báo cáo từ tháng 1 đến tháng 6 năm 2024",
        "Báo cáo tuần 32 năm 2024",
        "Báo cáo nửa đầu năm 2024",
        "Báo cáo từ đầu năm 2024 đến nay",
    ],
)
def test_of_a_part_of_a_year(title: str) -> None:
    period = period_of(PERIODS, title)
    assert (period.is_part, period.year) == (True, None)


@pytest.mark.parametrize(
    "title",
    [
        "Báo cáo sơ kết giai đoạn 2021-2023",
        "Báo cáo tổng kết 5 năm (2021 - 2025)",
        "Báo cáo tổng kết 05 năm thực hiện Kế hoạch giai đoạn 2021 đến năm 2025",
        "Báo cáo sơ kết giai đoạn 2021 - 2023, phương hướng đến hết năm 2025",
    ],
)
def test_of_a_phase(title: str) -> None:
    period = period_of(PERIODS, title)
    assert period.kinds == {"phase"}
