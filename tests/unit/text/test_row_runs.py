"""Cells as a clerk counts them, and back again."""

import pytest

from pipelines.text.row_runs import cells_in, told_cells


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
