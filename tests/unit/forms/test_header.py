from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.forms.tables.header import best_binding, headers_of
from pipelines.inbox.document import CellValue, Grid
from tests.raw_rows import known_forms

CATALOGUE = known_forms()
LAYOUT = CATALOGUE.forms["KT-DS"].tables[0]


def bound(
    rows: list[list[CellValue]], merges: list[tuple[int, int, int, int]] | None = None
) -> dict[str, int]:
    headers = list(headers_of(Grid("S", rows, merges or []), CATALOGUE.vocabulary))
    binding = best_binding(LAYOUT, headers)
    return binding.columns if binding else {}


@settings(max_examples=25, deadline=None)
@given(st.permutations(LAYOUT.columns), st.integers(0, 4))
def test_columns_are_found_in_any_order_below_any_number_of_title_rows(columns, titles) -> None:
    rows: list[list[CellValue]] = [["tiêu đề"] for _ in range(titles)]
    rows.append([column.label for column in columns])
    assert bound(rows) == {column.id: place for place, column in enumerate(columns)}


def test_group_cells_of_a_file_without_merges_spread_to_the_right() -> None:
    rows: list[list[CellValue]] = [
        ["TT", "Họ và tên", "Phân loại khen thưởng", "Danh hiệu thi đua", "Quyết định", None],
        [None, None, None, None, "Số", "Ngày"],
        [1, "A", "CANHAN", "LĐTT", "5", "1/1/2019"],
    ]
    assert bound(rows)["decision_no"] == 4
    assert bound(rows)["decision_date"] == 5


def test_label_broken_over_two_rows_is_one_label() -> None:
    rows: list[list[CellValue]] = [
        ["Họ và tên", "Phân loại", "Danh hiệu thi đua/"],
        [None, "khen thưởng", "Hình thức khen thưởng"],
    ]
    assert bound(rows) == {"recipient_name": 0, "kind": 1, "award": 2}


def test_second_column_of_one_label_is_refused() -> None:
    rows: list[list[CellValue]] = [["Họ và tên", "Phân loại khen thưởng", "Danh hiệu thi đua", "Năm", "Năm"]]
    headers = list(headers_of(Grid("S", rows), CATALOGUE.vocabulary))
    binding = best_binding(LAYOUT, headers)
    assert binding is not None
    assert binding.duplicates == (("year", 4),)
