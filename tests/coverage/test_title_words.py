"""Words that a title must hold are whole words: «quý I» is not in «quý II»."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.reference.tables.coverage import title_pattern


@pytest.mark.parametrize(
    ("names", "title", "meets"),
    [
        (("quý I",), "báo cáo quý i năm 2026", True),
        (("quý I",), "báo cáo quý ii năm 2026", False),
        (("quý I",), "báo cáo quý iii/2026", False),
        (("quý I",), "báo cáo quý i/2026", True),
        (("quý I",), "báo cáo quý i", True),
        (("tháng 1",), "báo cáo tháng 11 năm 2026", False),
        (("tháng 1",), "báo cáo tháng 1/2026", True),
        (("điển hình tiên tiến",), "nhân điển hình tiên tiến.", True),
        (("hội nghị",), "biên bản (hội nghị)", True),
        (("2021 - 2025",), "giai đoạn 2021-2025", True),
        (("2021 - 2025",), "từ năm 2021 đến năm 2025", True),
        (("2021 - 2025",), "giai đoạn 2021-20256", False),
        (("quý II", "quý 2"), "báo cáo quý 2 năm 2026", True),
    ],
)
def test_whole_words(names: tuple[str, ...], title: str, meets: bool) -> None:
    asked = "SELECT regexp_matches(?, ?)"
    assert duckdb.execute(asked, [title, title_pattern(names)]).fetchall() == [(meets,)]
