"""How fast files are checked and received: ``python -m benchmarks.arrival [--units 10] [--rounds 3]``.

Ten units check a list of 200 rows each, one after the other, then at once and again; then files are received
as fast as they are taken, ten at a time (the way into the raw folder alone). Prints figures; the folder is
thrown away.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl

from pipelines.arrival.checking.checkers import Checkers
from pipelines.arrival.journal import Journal
from pipelines.arrival.receiving import RECEIVED, Receiving, Sent
from pipelines.common.paths import PROJECT
from pipelines.inbox.register import scan
from pipelines.night.request import NightRequest, today
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Arrival

HEADER = (
    "STT", "Tên gọi (Ông/Bà/Chức danh)", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác",
    "Phân loại khen thưởng", "Danh hiệu thi đua/Hình thức khen thưởng", "Loại khen", "Phân loại đối tượng",
    "Lĩnh vực hoạt động", "Số quyết định", "Ngày quyết định", "Năm",
)  # fmt: skip
DIRECT = "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu"
PLACE = ("LS-1620", "LS-SO-Y-TE")


def award_list(rows: int, mark: int) -> bytes:
    """A list of awards, every tenth row without its class."""
    book = openpyxl.Workbook()
    book.active.append(["DANH SÁCH KHEN THƯỞNG"])
    book.active.append(HEADER)
    for row in range(rows):
        kind = DIRECT if row % 10 else None
        book.active.append(
            [row + 1, "Ông", f"Người thử {mark} {row}", "Viên chức", "Phòng Kế hoạch", "Khen thưởng cá nhân",
             "Lao động tiên tiến", None, kind, None, f"{row}/QĐ-SYT", "01/02/2019", 2019]
        )  # fmt: skip
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=200)
    parser.add_argument("--uploads", type=int, default=500)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw, home = Path(folder) / "raw", Path(folder) / "home"
        request = NightRequest.make(raw, home, None, PROJECT / "data/reference", PROJECT / "settings.yml")
        request.raw.mkdir()
        _checks(request, told.units, told.rounds, told.rows)
        _uploads(request, told.uploads, told.units)


def _checks(request: NightRequest, units: int, rounds: int, rows: int) -> None:
    checkers = Checkers(request, Arrival())
    programme, _ = PLACE
    codes = [
        one.unit_code for one in load_reference(request.reference).units if one.programme_id == programme
    ]
    lists = [award_list(rows, number) for number in range(units)]

    def check(number: int) -> float:
        begun = time.perf_counter()
        checkers.check([(f"ds-{number}.xlsx", lists[number])], programme, codes[-number - 1], today())
        return time.perf_counter() - begun

    check(0)
    alone = [check(number) for number in range(units)]
    with ThreadPoolExecutor(units) as pool:
        at_once = [seconds for _ in range(rounds) for seconds in pool.map(check, range(units))]
    checkers.close()
    print(f"check of {rows} rows: alone median {statistics.median(alone):.2f} s")
    print(f"{units} units at once: median {statistics.median(at_once):.2f} s, p95 {_p95(at_once):.2f} s")


def _uploads(request: NightRequest, uploads: int, units: int) -> None:
    door = Receiving(request, Arrival(files_a_day=uploads))

    def send(number: int) -> float:
        begun = time.perf_counter()
        door.receive(Sent(*PLACE, f"ds-{number:04}.xlsx", b"PK" + number.to_bytes(4, "big"), "thử", "page"))
        return time.perf_counter() - begun

    begun = time.perf_counter()
    with ThreadPoolExecutor(units) as pool:
        took = list(pool.map(send, range(uploads)))
    whole = time.perf_counter() - begun
    lying, receipts = len(scan(request.raw)), len(Journal(request.home).entries(RECEIVED))
    print(f"{uploads} uploads: {whole:.1f} s, p95 {_p95(took):.2f} s, {lying} files, {receipts} receipts")


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    main()
