"""Nights in one home, one after the other: published, repeated, held back, excluded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.common.paths import PROJECT, Home
from pipelines.night import diary, run
from pipelines.night.request import AnotherNight, NightRequest, exclusive
from pipelines.night.run import Outcome, run_night
from pipelines.night.summary import summary
from pipelines.operate.status import FAILED, status_of
from pipelines.operate.status_text import status_lines
from pipelines.text.keys import match_key

REAL = PROJECT.parent / "shared" / "real" / "danh-sach-tap-the-lao-dong-tien-tien.xlsx"
HEADER = (
    "STT,Tên tập thể/cá nhân/hộ gia đình,Đơn vị công tác,Phân loại khen thưởng,"
    "Danh hiệu thi đua/Hình thức khen thưởng,Phân loại đối tượng,Năm"
)
DIRECT = '"Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu"'


def _list(rows: int) -> str:
    lines = [
        f"{n},Phạm Văn {n},Phòng {n},Khen thưởng cá nhân,Lao động tiên tiến,{DIRECT},2019"
        for n in range(1, rows + 1)
    ]
    return "\n".join([HEADER, *lines])


@dataclass
class Story:
    """One home and what its nights came to."""

    raw: Path
    home: Home
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    marts: dict[str, dict[str, list[tuple[object, ...]]]] = field(default_factory=dict)
    reads: int = 0
    read_errors: list[str] = field(default_factory=list)

    def request(self, as_of: date) -> NightRequest:
        return NightRequest.make(
            self.raw, self.home.root, as_of, PROJECT / "data" / "reference", PROJECT / "settings.yml"
        )

    def night(self, name: str, as_of: date) -> None:
        self.outcomes[name] = run_night(self.request(as_of))
        with duckdb.connect(str(self.home.warehouse), read_only=True) as connection:
            tables = connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts'"
            ).fetchall()
            self.marts[name] = {
                table: connection.execute(f'FROM marts."{table}"').fetchall() for (table,) in tables
            }

    def keep_reading(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                with duckdb.connect(str(self.home.warehouse), read_only=True) as connection:
                    connection.execute("SELECT count(*) FROM marts.fct_awards").fetchall()
                self.reads += 1
            except duckdb.Error as error:
                self.read_errors.append(str(error))
            stop.wait(0.05)


@pytest.fixture(scope="module")
def story(shared_folder: Path, without_pictures: None) -> Story:
    """First night; the same again while others read; an emptied folder."""
    root = shared_folder
    told = Story(root / "raw", Home(root / "home"))
    folder = told.raw / "LS-1620" / "LS-SO-TAI-CHINH" / "2020-05-02"
    folder.mkdir(parents=True)
    (folder / "danh-sach.csv").write_text(_list(30), "utf-8")
    (told.raw / "lac.csv").write_text("không đúng chỗ", "utf-8")
    stray = told.raw / "LS-1620" / "LS-SO-KHONG-CO" / "2020-05-02"
    stray.mkdir(parents=True)
    (stray / "danh-sach.csv").write_text(_list(1), "utf-8")
    if REAL.exists():
        _send_real(told.raw)
    told.night("first", date(2020, 6, 1))
    stop = threading.Event()
    reader = threading.Thread(target=told.keep_reading, args=(stop,))
    reader.start()
    told.night("again", date(2020, 6, 1))
    stop.set()
    reader.join()
    shutil.rmtree(told.raw)
    told.raw.mkdir()
    told.night("emptied", date(2020, 6, 2))
    return told


def _send_real(raw: Path) -> None:
    """The real submission as one unit's, and with a year column added as another's."""
    as_sent = raw / "LS-1620" / "LS-SO-Y-TE" / "2020-05-03"
    with_year = raw / "LS-1620" / "LS-SO-NOI-VU" / "2020-05-03"
    for folder in (as_sent, with_year):
        folder.mkdir(parents=True)
    shutil.copy(REAL, as_sent / REAL.name)
    book = openpyxl.load_workbook(REAL)
    sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
    header = next(sheet.iter_rows(max_row=1))
    labels = {match_key(str(cell.value)): cell.column for cell in header if cell.value}
    name = labels[match_key("Tên tập thể/cá nhân/hộ gia đình")]
    column = 1 + max(labels.values())
    sheet.cell(1, column, "Năm")
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, name).value:
            sheet.cell(row, column, 2019)
    book.save(with_year / REAL.name)


def test_the_first_night_is_published(story: Story) -> None:
    outcome = story.outcomes["first"]
    assert outcome.published
    told = summary(story.request(date(2020, 6, 1)), outcome)
    assert told.startswith("Đêm 01/06/2020: ĐÃ CÔNG BỐ")
    assert told.splitlines()[-1].startswith("RESULT published=yes as_of=2020-06-01")
    awards = [row for row in story.marts["first"]["fct_awards"] if "LS-SO-TAI-CHINH" in row]
    assert len(awards) == 30


def test_a_file_in_the_wrong_place_is_set_aside_and_explained(story: Story) -> None:
    (row,) = [row for row in story.marts["first"]["fct_submissions"] if row[1] == "lac.csv"]
    assert "quarantined" in row
    explained = story.home.quarantine / "lac.csv.txt"
    assert "cách ly" in explained.read_text("utf-8")


def test_an_unknown_unit_is_asked_for(story: Story) -> None:
    by_unit = {(row[2], row[6]) for row in story.marts["first"]["fct_findings"] if "CP-ALL-DON-VI" in row}
    assert by_unit == {("LS-SO-KHONG-CO", "CP-ALL-DON-VI")}


def test_the_same_night_again_gives_the_same_marts_row_for_row(story: Story) -> None:
    assert story.outcomes["again"].published
    assert story.outcomes["again"].log.figures["files_read"] == 0
    assert story.marts["again"] == story.marts["first"]


def test_readers_are_never_locked_out(story: Story) -> None:
    assert story.reads > 20
    assert story.read_errors == []


def test_an_emptied_folder_is_held_back_and_the_snapshot_stays(story: Story) -> None:
    outcome = story.outcomes["emptied"]
    assert outcome.problem is not None
    assert outcome.problem.step == "gate.award_events_drop"
    assert "Lượt khen thưởng giảm" in outcome.problem.why
    assert story.marts["emptied"] == story.marts["first"]
    told = summary(story.request(date(2020, 6, 2)), outcome)
    assert "CHƯA CÔNG BỐ. Mọi người vẫn thấy số liệu đêm 01/06/2020." in told
    assert told.splitlines()[-1].startswith("RESULT published=no")


def test_the_night_held_back_is_what_status_tells(story: Story) -> None:
    (night,) = [told for told in diary.nights(story.home) if told.began.as_of == "2020-06-02"]
    assert night.ended is not None
    assert (night.ended.published, night.ended.step) == (False, "gate.award_events_drop")
    status = status_of(story.home)
    assert status.state == FAILED
    assert night in status.failures
    assert "Lượt khen thưởng giảm" in "\n".join(status_lines(story.home, status))


def test_older_clients_can_open_the_published_file(story: Story) -> None:
    header = story.home.warehouse.read_bytes()[:20]
    # bytes 12-19 hold the storage version; 64 is what DuckDB 1.0 and later read
    assert int.from_bytes(header[12:20], "little") == 64


@pytest.mark.skipif(not REAL.exists(), reason="../shared/real is not here")
def test_the_real_file_loses_nothing_and_guesses_nothing(story: Story) -> None:
    files = {row[3]: row for row in story.marts["first"]["fct_submissions"] if REAL.name in str(row[1])}
    assert {row[-1] for row in files.values()} == {386}
    awards = story.marts["first"]["fct_awards"]
    sent = [row for row in awards if "LS-SO-Y-TE" in row]
    dated = [row for row in awards if "LS-SO-NOI-VU" in row]
    assert len(sent) == len(dated) == 385
    assert {row[15] for row in sent} == {None}
    assert {row[15] for row in dated} == {2019}
    findings = [row for row in story.marts["first"]["fct_findings"] if "LS-SO-Y-TE" in row]
    by_rule = {rule: [row for row in findings if rule in row] for rule in ("KT-NAM", "CP-ALL-TRUNG")}
    assert len(by_rule["CP-ALL-TRUNG"]) == 1
    assert len(by_rule["KT-NAM"]) == 1
    assert not [
        row for row in story.marts["first"]["fct_findings"] if "LS-SO-NOI-VU" in row and "KT-NAM" in row
    ]


def _thidua(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("thidua")), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=PROJECT,
        env={**os.environ, **(env or {})},
        check=False,
    )


def test_another_night_in_the_same_home_is_named(tmp_path: Path) -> None:
    request = NightRequest.make(home=tmp_path, as_of=date(2020, 6, 1))
    with exclusive(request):
        refused = _thidua("nightly", "--home", str(tmp_path), "--as-of", "2020-06-02")
    assert refused.returncode == 1
    assert "Một đêm khác đang chạy" in refused.stdout
    assert "2020-06-01" in refused.stdout
    assert str(os.getpid()) in refused.stdout


def test_a_night_begun_at_the_same_moment_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = NightRequest.make(home=tmp_path, as_of=date(2020, 6, 1))
    looks = iter([nullcontext()])  # the other one takes the home just after the first look
    monkeypatch.setattr(run, "exclusive", lambda asked: next(looks, None) or exclusive(asked))
    with exclusive(request), pytest.raises(AnotherNight):
        run_night(request)


@pytest.mark.parametrize(
    "arguments",
    [("--as-of", "hôm nay"), ("--raw", "khong-co-thu-muc"), ("--settings", "khong-co.yml"), ("--khong-co",)],
)
def test_unusable_arguments_end_with_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert _thidua("nightly", "--home", str(tmp_path), *arguments).returncode == 2


def test_a_broken_reference_names_file_and_line_and_keeps_the_snapshot(story: Story, tmp_path: Path) -> None:
    reference = tmp_path / "reference"
    shutil.copytree(PROJECT / "data" / "reference", reference)
    units = reference / "programmes/LS-1620/units.csv"
    units.write_text(
        units.read_text("utf-8") + "LS-X,Đơn vị X,KHONG-CO-LOAI,LS,LS-1620,20,,,,,thử\n", "utf-8"
    )
    before = story.home.warehouse.stat().st_mtime_ns
    ended = _thidua(
        "nightly", "--raw", str(story.raw), "--home", str(story.home.root),
        "--reference", str(reference), "--as-of", "2020-06-03", env={"LC_ALL": "C"},
    )  # fmt: skip
    assert ended.returncode == 1
    assert "units.csv:" in ended.stdout
    assert "KHONG-CO-LOAI" in ended.stdout
    assert story.home.warehouse.stat().st_mtime_ns == before
