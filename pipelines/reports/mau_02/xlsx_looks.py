"""How cells of the printed workbook look, each kind under a name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side

from pipelines.reports.sheets import COUNT

FACE = "Times New Roman"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_ALIGNMENTS = {
    "middle": Alignment(horizontal="center", vertical="center", wrap_text=True),
    "left": Alignment(horizontal="left", vertical="center", wrap_text=True),
    "right": Alignment(horizontal="right", vertical="center", indent=1),
    "top": Alignment(horizontal="center", vertical="top"),
}


@dataclass(frozen=True, slots=True)
class Dress:
    """Size in points, weight, alignment, frame."""

    size: int
    bold: bool = False
    italic: bool = False
    align: str = "middle"
    box: bool = False


class Look(Enum):
    """The kinds of cells."""

    PLAIN = Dress(13)
    BOLD = Dress(13, bold=True)
    BOLD_LEFT = Dress(13, bold=True, align="left")
    ITALIC = Dress(13, italic=True)
    TITLE = Dress(14, bold=True)
    RULE = Dress(8, align="top")
    NOTE = Dress(12, italic=True, align="left")
    RECEIVERS = Dress(12, bold=True, italic=True, align="left")
    RECEIVER = Dress(11, align="left")
    BOX = Dress(12, box=True)
    BOX_LEFT = Dress(12, box=True, align="left")
    BOX_ITALIC_LEFT = Dress(12, box=True, italic=True, align="left")
    BOX_NUMBER = Dress(12, box=True, align="right")
    BOX_BOLD = Dress(12, box=True, bold=True)
    BOX_BOLD_LEFT = Dress(12, box=True, bold=True, align="left")
    BOX_BOLD_NUMBER = Dress(12, box=True, bold=True, align="right")

    __hash__ = object.__hash__  # each is one of a kind; the hash of its name would take longer than the cell

    @property
    def is_boxed(self) -> bool:
        """Whether every cell of a merged range needs its frame."""
        return self.value.box

    def dress(self, cell: Cell) -> None:
        """Give a cell this look."""
        worn = self.value
        cell.font = Font(name=FACE, size=worn.size, bold=worn.bold, italic=worn.italic)
        cell.alignment = _ALIGNMENTS[worn.align]
        if worn.box:
            cell.border = _BOX
        if worn.align == "right":
            cell.number_format = COUNT
