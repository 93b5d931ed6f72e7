"""The sheets of a workbook as calamine lays them out."""

from __future__ import annotations

from io import BytesIO
from typing import cast

import python_calamine as calamine

from pipelines.inbox import limits
from pipelines.inbox.document import CellError, CellValue, Grid, Unreadable
from pipelines.inbox.grids import check_size, trim


def grids_of(data: bytes, measured: set[str]) -> list[Grid]:
    """Every worksheet as a grid.

    Args:
        data: the workbook's bytes.
        measured: names of the sheets whose parts were looked at before.

    Raises:
        Unreadable: RD-HONG, RD-MAT-KHAU or RD-QUA-LON.
    """
    try:
        workbook = calamine.load_workbook(BytesIO(data))
        if len(workbook.sheet_names) > limits.SHEETS:
            raise Unreadable("RD-QUA-LON")
        total = 0
        grids = []
        for sheet in workbook.sheets_metadata:
            if sheet.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.name not in measured:
                raise Unreadable("RD-HONG")  # calamine would open a part that was not looked at
            found = workbook.get_sheet_by_name(sheet.name)
            check_size(found.total_height, found.total_width)
            total += found.total_height * found.total_width
            if total > limits.FILE_CELLS:
                raise Unreadable("RD-QUA-LON")
            grids.append(
                Grid(
                    sheet.name,
                    trim(cast(list[list[CellValue]], found.to_python(skip_empty_area=False))),
                    [(*first, *last) for first, last in found.merged_cell_ranges or ()],
                    hidden=sheet.visible is not calamine.SheetVisibleEnum.Visible,
                )
            )
        return grids
    except calamine.PasswordError as error:
        raise Unreadable("RD-MAT-KHAU") from error
    except (calamine.CalamineError, OSError) as error:  # a part that ends too early; no disk is read here
        raise Unreadable("RD-HONG") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine met what its authors did not expect
            raise Unreadable("RD-HONG") from error
        raise


def put(grid: Grid, row: int, column: int, value: CellError) -> None:
    """Put a value into a grid, which grows where it must."""
    while len(grid.rows) <= row:
        grid.rows.append([])
    cells = grid.rows[row]
    cells.extend([""] * (column + 1 - len(cells)))
    cells[column] = value
