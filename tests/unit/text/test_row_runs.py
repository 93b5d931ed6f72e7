"""Cells as a clerk counts them, and back again."""

import pytest

from pipelines.text.row_runs import cells_in, told_cells, told_runs


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["G8"], "G8"),
        (["G8", "G9", "G10", "G12"], "G8 - G10; G12"),
        (["G9", "H2", "G8"], "G8 - G9; H2"),
        (["dòng 8, cột 7", "dòng 9, cột 7", "dòng 11, cột 7"], "dòng 8 - 9, cột 7; dòng 11, cột 7"),
        (["đoạn 12", "G8"], "G8; đoạn 12"),
    ],
)
def test_cells_are_told_as_runs_and_found_again(cells: list[str], told: str) -> None:
    assert told_cells(cells) == told
    assert sorted(cells_in(told)) == sorted(cells)


def test_more_runs_than_a_message_names_are_not_passed_over() -> None:
    assert told_runs([1, 2, 3, 7]) == "2 - 4, 8"
    assert told_runs([*range(0, 10, 2)]) == "1, 3, 5, 7, 9"
    assert told_runs([*range(0, 12, 2)]) == "1, 3, 5, 7, 9, …"
