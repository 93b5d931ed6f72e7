"""Reading 500 award lists of 200 rows × 13 columns: bare calamine against ``read_document`` and typed rows.

Run: ``.venv/bin/python -m benchmarks.reading [--files N]``. Prints seconds and ratios, the best of five
rounds each, the two ways in turn: cells alone on one core and on all of them, then the whole way to typed
rows (the night's own ``read_all``, its processes started and stopped in every round) against bare calamine
in this process.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import python_calamine

from pipelines.common.paths import PROJECT
from pipelines.inbox.read import read_document
from pipelines.inbox.register import RawFile
from pipelines.warehouse.read_file import ReadItem

ROWS, ROUNDS = 200, 5
HEADER = (
    "STT", "Tên gọi (Ông/Bà/Chức danh)", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác",
    "Phân loại khen thưởng", "Danh hiệu thi đua/Hình thức khen thưởng", "Loại khen", "Phân loại đối tượng",
    "Lĩnh vực hoạt động", "Số quyết định", "Ngày quyết định", "Năm",
)  # fmt: skip
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Nông", "Lý", "Vi")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Thu", "Quốc")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hòa", "Hương", "Khánh", "Lan", "Quý", "Thúy", "Tuấn")
AWARDS = ("Bằng khen của Chủ tịch UBND tỉnh", "Chiến sĩ thi đua cơ sở", "Lao động tiên tiến", "Giấy khen")


def make_file(job: tuple[str, int]) -> None:
    """Write one award list with invented names."""
    import openpyxl  # not for the processes that read, which import this module too

    path, seed = job
    chance = random.Random(seed)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"DANH SÁCH KHEN THƯỞNG NĂM {2016 + seed % 5}"])
    sheet.merge_cells("A1:M1")
    sheet.append([])
    sheet.append(list(HEADER))
    for number in range(1, ROWS + 1):
        name = f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
        sheet.append(
            [number, "Ông", name, "Chuyên viên", f"Phòng {chance.randrange(40)}, Sở Y tế",
             "Khen thưởng cá nhân",
             chance.choice(AWARDS), "Thường xuyên", "Các cấp lãnh đạo khác", "Y tế",
             f"{chance.randrange(3000)}/QĐ-UBND", f"{chance.randrange(1, 29):02d}/06/2019", 2019]
        )  # fmt: skip
    book.save(path)


def bare(path: str) -> int:
    """What calamine alone does: open, lay out every sheet, list its rows."""
    book = python_calamine.load_workbook(io.BytesIO(Path(path).read_bytes()))
    return sum(
        len(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
    )


def ours(path: str) -> int:
    """What the intake does before forms are recognised."""
    document = read_document(Path(path).name, Path(path).read_bytes())
    return sum(len(grid.rows) for grid in document.grids)


def best(*ways: Callable[[], Iterable[int]]) -> list[float]:
    """Seconds of the fastest round of each way; they take turns, so that both meet the same machine."""
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, seconds in zip(ways, times, strict=True):
            start = time.perf_counter()
            assert sum(way())
            seconds.append(time.perf_counter() - start)
    return [min(seconds) for seconds in times]


def main() -> None:
    """Make the files, time both ways, print the ratios."""
    from pipelines.warehouse.reading import read_all  # as above

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    files = parser.parse_args().files
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(cores) as pool:
        paths = [str(Path(folder, f"{number:04d}.xlsx")) for number in range(files)]
        list(pool.map(make_file, [(path, seed) for seed, path in enumerate(paths)], chunksize=20))
        print(f"{files} files of {ROWS} rows x {len(HEADER)} columns, {cores} cores")
        for label, run in (
            ("1 core", lambda function: map(function, paths)),
            (f"{cores} cores", lambda function: pool.map(function, paths, chunksize=25)),
        ):
            bare_s, ours_s = best(lambda run=run: run(bare), lambda run=run: run(ours))
            print(f"{label:8} bare {bare_s:.2f} s  read_document {ours_s:.2f} s  ratio {ours_s / bare_s:.2f}")
        items = [_item(path) for path in paths]
        reference = PROJECT / "data" / "reference"
        bare_s, typed_s = best(
            lambda: map(bare, paths), lambda: [chunk.rows_read for chunk in read_all(items, reference)]
        )
        ratio = typed_s / bare_s
        print(f"typed rows: bare {bare_s:.2f} s  read_all {typed_s:.2f} s  ratio {ratio:.2f} (at most 1.60)")


def _item(path: str) -> ReadItem:
    status = os.stat(path)
    file = RawFile(
        f"LS-1620/LS-SO-Y-TE/2020-05-02/{Path(path).name}",
        Path(path),
        "LS-1620",
        "LS-SO-Y-TE",
        date(2020, 5, 2),
        status.st_size,
        status.st_mtime_ns,
    )
    return ReadItem(file, path, path, None, {}, waiting=False)


if __name__ == "__main__":
    main()
