"""Files that cannot be taken: wrong folders, broken files, files nobody asked for."""

from __future__ import annotations

from datetime import date

from pipelines.generate import imperfections as spoil
from pipelines.generate.content import awards
from pipelines.generate.content.awards import award_list
from pipelines.generate.shape import Book, Letter, Row, Sheet, Text
from pipelines.generate.stories.folder import Files, Folder
from pipelines.generate.writers import write_book, write_letter


def tell(files: Files, names: dict[str, str]) -> None:
    """Put the files."""
    unit = Folder(files, "LS-1620", "LS-SO-CONG-THUONG", names["LS-SO-CONG-THUONG"])
    events = awards.draw_events(unit.rng, unit.name, range(2016, 2020), 12, date(2020, 4, 30))
    book = Book([award_list(events)])
    good = write_book(book, ".xlsx")
    unit.put("2020-05-08", "danh sach khen thuong.xlsx", spoil.truncated(good))
    unit.put("2020-05-08", "~$danh sach khen thuong.xlsx", b"\x05admin")
    duty = [
        Row(["LỊCH TRỰC CƠ QUAN"], "title"),
        Row(["Ngày", "Người trực"], "header"),
        Row(["02/5/2020", "Tổ 1"]),
    ]
    unit.put("2020-05-08", "lich truc.xlsx", Sheet("Lịch", duty, widths=[14, 20]))
    files["LS-1620/LS-SO-CONG-THUONG/thang 5/danh sach.xlsx"] = good  # no day in its path
    files["LS-1620/CB-HUYEN-UY-HA-LANG/2020-05-09/danh sach.csv"] = write_book(
        book, ".csv"
    )  # another programme's
    files["LS-1620/LS-SO-KHONG-CO/2020-05-09/danh sach.csv"] = write_book(book, ".csv")  # unknown unit
    files["LS-2125/LS-SO-NOI-VU/2022-05-09/danh sach.csv"] = write_book(book, ".csv")  # unknown programme
    note = Letter([Text("Kính gửi Sở Nội vụ, đơn vị xin gửi báo cáo sau.")])
    files["LS-1620/LS-SO-XAY-DUNG/2020-05-15/cong van.docx"] = write_letter(note)
    files["LS-1620/LS-SO-XAY-DUNG/2020-05-15/trang.xlsx"] = b""
