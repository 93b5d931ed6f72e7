"""A check before sending says what ``thidua check`` says, in a process that can reach and fill nothing."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipelines.arrival.checking.checkers import CannotCheck, Checkers, _Checker
from pipelines.arrival.checking.job import Ready
from pipelines.arrival.receiving import Receiving, Sent
from pipelines.check.check import Place, _read_as_fits, check_files, load_law
from pipelines.check.report import report
from pipelines.common.paths import PROJECT
from pipelines.inbox.office import program
from pipelines.night.request import NightRequest, today
from pipelines.reference.settings import Arrival
from tests.unit.arrival.web import request_in

FILE = next((PROJECT / "data/raw/CB-2125/CB-HUYEN-UY-TRUNG-KHANH/2022-12-26").glob("*.xlsx"))
PROGRAMME, UNIT, DAY = "CB-2125", "CB-HUYEN-UY-TRUNG-KHANH", date(2022, 12, 26)


def test_it_says_what_the_command_says_and_gives_the_file_back(checkers: Checkers) -> None:
    ((one),) = checkers.check([(FILE.name, FILE.read_bytes())], PROGRAMME, UNIT, DAY)
    reference, settings = PROJECT / "data" / "reference", PROJECT / "settings.yml"
    printed = report(check_files([FILE], Place(PROGRAMME, UNIT), DAY, reference, settings)[0])
    for sentence in (one.told.read, one.told.total):
        assert sentence in printed
    assert one.told.messages
    for message in one.told.messages:
        assert message.where in printed
        assert all(fix in printed for fix in message.fixes)
    assert one.told.due == ("Đăng ký giai đoạn 1 (2021 - 2023): gửi chậm nhất hết ngày 29/12/2022.",)
    assert one.told.marked == FILE.name
    assert one.marked is not None
    book = openpyxl.load_workbook(io.BytesIO(one.marked))
    assert any(cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)


def test_one_law_serves_many_files(checkers: Checkers) -> None:
    """What was judged before changes nothing: each judging is taken back."""
    files = [(FILE.name, FILE.read_bytes())]
    first = checkers.check(files, PROGRAMME, UNIT, DAY)[0].told
    checkers.check([("rác.xlsx", b"PK\x03\x04 nothing")], PROGRAMME, UNIT, DAY)
    assert checkers.check(files, PROGRAMME, UNIT, DAY)[0].told == first


def test_what_is_no_form_is_told(checkers: Checkers) -> None:
    for data in (b"%PDF-1.4 nothing", b"\x00" * 100, b"PK\x03\x04" + b"\xff" * 500):
        (one,) = checkers.check([("la.bin", data)], PROGRAMME, UNIT, DAY)
        assert one.told.exit_code == 2
        assert "la.bin" in one.told.read
        assert one.marked is None


def test_a_process_that_hangs_or_dies_is_replaced(
    checkers: Checkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hangs(self: _Checker, job: object, seconds: int) -> bytes:
        raise TimeoutError

    def lies(self: _Checker, job: object, seconds: int) -> bytes:
        return b'{"files": [{"file": 1}]}'

    files = [(FILE.name, FILE.read_bytes())]
    for behaviour, said in ((hangs, "Kiểm tra quá 60 giây"), (lies, "Không kiểm tra được")):
        with monkeypatch.context() as patch:
            patch.setattr(_Checker, "ask", behaviour)
            with pytest.raises(CannotCheck, match=said):
                checkers.check(files, PROGRAMME, UNIT, DAY)
    assert checkers.check(files, PROGRAMME, UNIT, DAY)[0].told.exit_code == 1


def test_the_night_takes_what_came_last_on_a_day_for_the_last(tmp_path: Path) -> None:
    """A list sent again under its name, and a headcount whose name would sort before the one it corrects."""
    from benchmarks.arrival import award_list

    request = NightRequest.make(raw=tmp_path / "raw", home=tmp_path / "home")
    door, place = Receiving(request, Arrival()), ("LS-1620", "LS-SO-Y-TE")
    sent = [
        ("Danh sách.xlsx", award_list(2, 1)),
        ("số lượng.xlsx", headcount(100)),
        ("Danh sách.xlsx", award_list(2, 2)),
        ("Bảng mới.xlsx", headcount(101)),
    ]
    files = [door.receive(Sent(*place, name, data, "a", "page")).source_file for name, data in sent]
    law = load_law(PROJECT / "data" / "reference", PROJECT / "settings.yml")
    read = [
        _read_as_fits(request.raw / file, Place(*place), today(), law.reference, law.reader) for file in files
    ]
    assert all(one.outcome.readings for one in read)
    _, standing = law.bench.judged([one.outcome for one in read], today())
    assert [one.submissions <= standing for one in read] == [False, False, True, True]


def headcount(persons: int) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["SỐ LƯỢNG TẬP THỂ, CÁ NHÂN"])
    header = "Năm|Tổng số tập thể|Tổng số cá nhân|Lao động trực tiếp|Lãnh đạo|Số hộ gia đình"
    book.active.append(header.split("|"))
    for year in range(2016, 2021):
        book.active.append([year, 5, persons, 60, 10, 0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FENCED = """
import socket, resource
from pipelines.arrival.checking import fences
cut = fences.cut_network()
fences.limit(600)
fences.limit_processor(1)
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=2)
    print("connected")
except OSError:
    print("no network" if cut else "cannot be cut here")
try:
    bytearray(900_000_000)
    print("memory")
except MemoryError:
    print("no memory")
while True:
    pass
"""


@pytest.fixture
def port() -> Iterator[int]:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_fences_hold(port: int, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FENCED.format(port=port)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    told = ran.stdout.splitlines()
    assert told[0] in ("no network", "cannot be cut here")
    assert told[1] == "no memory"
    assert ran.returncode < 0  # the system ended it after its second of work


def test_the_log_names_the_fences_that_are_lacking_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Bare:
        """A process that could put up no fence against the disk."""

        def __init__(self, *_: object) -> None:
            pass

        def told(self, _: int) -> bytes:
            return Ready(without_network=True, confined=False).model_dump_json().encode()

        def end(self) -> None:
            pass

    monkeypatch.setattr("pipelines.arrival.checking.checkers._Checker", Bare)
    several = Checkers(request_in(tmp_path), Arrival(checkers=1))
    several._idle.get(timeout=30)  # the first, begun on a thread of its own
    several._start(as_successor=False)
    assert several.ready is not None
    assert several.ready.lacking == ("serve_confined",)
    assert [line for line in caplog.messages if "Landlock" in line] == caplog.messages
    assert len(caplog.messages) == 1


CONFINED = """
import os, subprocess, sys
from pathlib import Path
from pipelines.arrival.checking import fences
given, own, others = map(Path, sys.argv[1:])
if not fences.confine((given,), own):
    print("cannot be confined here")
    sys.exit()
print((given / "a").read_text(), open("/dev/null", "w").write("x"), (own / "new").write_text("y"))
for wrong in (
    lambda: (others / "secret").read_text(),
    lambda: os.listdir(others),
    lambda: (others / "new").write_text("z"),
    lambda: (given / "a").write_text("z"),
    lambda: (own / "link").symlink_to(others / "secret") or (own / "link").read_text(),
    lambda: os.rename(own / "new", others / "new"),
    lambda: subprocess.run(["cat", others / "secret"], capture_output=True, check=True),
):
    try:
        print("done:", wrong())
    except (OSError, subprocess.CalledProcessError):
        print("refused")
"""


def test_nothing_else_on_the_disk_is_opened(tmp_path: Path) -> None:
    for name in ("given", "own", "others"):
        (tmp_path / name).mkdir()
    (tmp_path / "given" / "a").write_text("law")
    (tmp_path / "others" / "secret").write_text("another's")
    folders = [str(tmp_path / name) for name in ("given", "own", "others")]
    ran = subprocess.run(
        [sys.executable, "-c", CONFINED, *folders],
        cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert ran.stdout.splitlines() in (["cannot be confined here"], ["law 1 1", *["refused"] * 7])
    assert [path.name for path in (tmp_path / "others").iterdir()] == ["secret"]


def test_a_process_that_did_enough_serves_until_the_next_is_ready(
    checkers: Checkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [(FILE.name, FILE.read_bytes())]
    first = checkers.check(files, PROGRAMME, UNIT, DAY)[0].told
    (serving,) = checkers._all
    monkeypatch.setattr("pipelines.arrival.checking.checkers.JOBS", serving.jobs + 1)
    for _ in range(200):
        assert checkers.check(files, PROGRAMME, UNIT, DAY)[0].told == first
        if serving not in checkers._all:
            break
    assert serving._process.poll() is not None
    assert checkers.check(files, PROGRAMME, UNIT, DAY)[0].told == first
    assert len(checkers._all) == 1


def test_a_law_that_was_changed_holds_for_the_next_check(tmp_path: Path) -> None:
    """Laid beside and renamed, as editors do."""
    settings = tmp_path / "settings.yml"
    settings.write_text((PROJECT / "settings.yml").read_text("utf-8"), "utf-8")
    request = NightRequest.make(
        tmp_path / "raw", tmp_path / "home", None, PROJECT / "data/reference", settings
    )
    several = Checkers(request, Arrival(checkers=1))
    try:
        several.check([(FILE.name, FILE.read_bytes())], PROGRAMME, UNIT, DAY)
        (before,) = several._all
        beside = tmp_path / "beside.yml"
        beside.write_text(settings.read_text("utf-8") + "\n", "utf-8")
        beside.rename(settings)
        assert several.check([(FILE.name, FILE.read_bytes())], PROGRAMME, UNIT, DAY)[0].told.messages
        assert before not in several._all
    finally:
        several.close()


OFFICE = """
import os, sys
from pathlib import Path
from pipelines.arrival.checking import fences
from pipelines.inbox import office
os.chdir(sys.argv[1])
fences.limit(2000)
print(fences.cut_network() and fences.own_tmp() and fences.confine((), fences.TMP))
print(os.listdir("/tmp"))
made = office.as_docx(rb"{\\rtf1 Danh s\\'e1ch}", ".rtf")
print(made is not None and made[:2])
"""


@pytest.mark.skipif(program() is None, reason="there is no LibreOffice here")
def test_old_formats_are_converted_within_the_fences(tmp_path: Path) -> None:
    """LibreOffice wants to write in /tmp; there it has the folder of the check."""
    ran = subprocess.run(
        [sys.executable, "-c", OFFICE, str(tmp_path)],
        cwd=PROJECT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    confined, lies_there, made = ran.stdout.splitlines()
    assert made == "b'PK'"
    assert confined == "False" or lies_there == "[]"
