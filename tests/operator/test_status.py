"""What the operator is told of a home, on screen, by exit code and by mail."""

from __future__ import annotations

import email
import email.policy
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import psutil
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import Home
from pipelines.night import diary
from pipelines.night.request import STARTED_AS, TIME_ZONE
from pipelines.operate import operator_mail
from pipelines.operate.status import EXIT, FAILED, FRESH, NONE, STALE, status_of
from pipelines.operate.status_text import status_lines

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=TIME_ZONE)
LAST_NIGHT = NOW.replace(hour=2, minute=4)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def publish(home: Home, at: datetime) -> None:
    home.warehouse.parent.mkdir(parents=True, exist_ok=True)
    home.warehouse.unlink(missing_ok=True)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute("CREATE SCHEMA meta; CREATE SCHEMA marts")
        connection.execute(
            "CREATE TABLE meta.snapshot AS SELECT ?::DATE AS as_of, 'run-0' AS run_id, "
            "'0.1.0+abc' AS code_version, '0123456789abcdef' AS input_digest, ?::TIMESTAMPTZ AS published_at",
            [at.date(), at],
        )
        connection.execute(
            "CREATE TABLE marts.fct_submissions AS "
            "SELECT DATE '2026-01-02' AS received_on, 'accepted' AS status"
        )


def night(home: Home, run_id: str, at: datetime, step: str | None = "", published: bool = True) -> None:
    """A night in the diary; step None leaves it without an end."""
    began = diary.Entry("began", run_id, at.date().isoformat(), at.isoformat(), raw="raw")
    diary.write(home, began)
    if step is not None:
        ended = (at + timedelta(minutes=2)).isoformat()
        why = "Lượt khen thưởng giảm từ 12.480 còn 3.112" if step else ""
        entry = diary.Entry("ended", run_id, at.date().isoformat(), ended, "raw", published, step, why, "")
        diary.write(home, entry)


def said(home: Home, now: datetime = NOW) -> str:
    return "\n".join(status_lines(home, status_of(home, now)))


def test_nothing_published(home: Home) -> None:
    assert status_of(home, NOW).state == NONE
    assert EXIT[NONE] == 2
    assert "Chưa có số liệu nào" in said(home)


def test_fresh(home: Home) -> None:
    publish(home, LAST_NIGHT)
    night(home, "a", LAST_NIGHT.replace(minute=0))
    status = status_of(home, NOW)
    assert (status.state, EXIT[status.state], status.silent) == (FRESH, 0, False)
    assert "đêm 05/01/2026, lúc 02:04 05/01/2026" in said(home)
    assert "1 tệp, tệp mới nhất nhận ngày 02/01/2026; dấu vân tay 0123456789ab" in said(home)


def test_a_night_that_did_not_happen(home: Home) -> None:
    publish(home, LAST_NIGHT - timedelta(days=1))
    before_grace = NOW.replace(hour=3, minute=59)
    assert status_of(home, before_grace).state == FRESH
    status = status_of(home, NOW)
    assert (status.state, EXIT[status.state], status.silent) == (STALE, 1, True)
    assert "KHÔNG CÓ ĐÊM NÀO CHẠY  lẽ ra bắt đầu lúc 02:00 05/01/2026; đã đợi đến 04:00 05/01/2026" in said(
        home
    )


def test_a_failed_night_is_told_until_one_goes_well(home: Home) -> None:
    publish(home, LAST_NIGHT - timedelta(days=1))
    night(home, "a", LAST_NIGHT, step="gate.award_events_drop", published=False)
    status = status_of(home, NOW)
    assert (status.state, EXIT[status.state], status.silent) == (FAILED, 1, False)
    assert "bước gate.award_events_drop: Lượt khen thưởng giảm" in said(home)
    assert "RESULT status=failed as_of=2026-01-04" in said(home)
    night(home, "b", LAST_NIGHT.replace(hour=7))
    publish(home, LAST_NIGHT.replace(hour=7, minute=5))
    assert status_of(home, NOW).state == FRESH


def test_a_night_that_was_killed(home: Home) -> None:
    publish(home, LAST_NIGHT - timedelta(days=1))
    night(home, "a", LAST_NIGHT, step=None)
    assert status_of(home, NOW).state == FAILED
    assert "BỊ NGẮT GIỮA CHỪNG" in said(home)
    with home.diary.open("a") as stream:
        stream.write('{"event": "ended", "run')  # the line the power failure cut
    assert status_of(home, NOW).state == FAILED


def test_a_running_night_is_no_failure(home: Home) -> None:
    publish(home, LAST_NIGHT - timedelta(days=1))
    night(home, "a", LAST_NIGHT, step=None)
    started = datetime.fromtimestamp(psutil.Process().create_time(), TIME_ZONE) + timedelta(seconds=2)
    holder = {"as_of": "2026-01-05", "started": started.strftime(STARTED_AS), "pid": str(os.getpid())}
    home.lock.with_suffix(".json").write_text(json.dumps(holder), "utf-8")
    status = status_of(home, NOW)
    assert (status.failures, status.silent) == ((), False)
    assert "Đang chạy đêm 05/01/2026" in said(home)


def test_a_night_without_its_raw_folder_is_told_by_status_and_by_mail(home: Home, tmp_path: Path) -> None:
    """A share that is not mounted when the night should begin."""
    settings = tmp_path / "settings.yml"
    settings.write_text("recipients: {LS-1620: {operator: [truc@vi-du.invalid]}}\n", "utf-8")
    publish(home, LAST_NIGHT)
    night(home, "a", LAST_NIGHT)
    raw = tmp_path / "chua-gan"
    line = ["nightly", "--raw", str(raw), "--home", str(home.root), "--settings", str(settings)]
    ran = CliRunner().invoke(app, [*line, "--as-of", "2026-01-05"])
    assert ran.exit_code == 2
    assert ran.output.splitlines()[-1] == "RESULT published=no as_of=2026-01-05 step=paths"
    status = status_of(home, NOW)
    assert (status.state, status.running) == (FAILED, None)
    assert f"bước paths: Không có {raw}" in said(home)
    assert [mail["Subject"] for mail in mails(home)] == ["[TĐKT] Đêm 05/01/2026 chưa công bố"]
    night(home, "b", LAST_NIGHT.replace(hour=7))
    assert status_of(home, NOW).state == FRESH


def test_a_night_that_could_not_begin_hides_none_that_did(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines.assets import night_resource
    from pipelines.night.request import NightRequest

    publish(home, LAST_NIGHT)
    night(home, "a", LAST_NIGHT)
    refused = diary.Entry(diary.REFUSED, "r", "2026-01-05", NOW.isoformat(), step="paths", why="vì thế")
    diary.write(home, refused)
    request = NightRequest.make(home=home.root)
    monkeypatch.setattr(night_resource, "undo", lambda *_: pytest.fail("nothing is to be undone"))
    night_resource._undo_last_if_unpublished(request)
    night(home, "b", NOW, step=None)
    diary.write(home, replace(refused, run_id="s"))
    started = datetime.fromtimestamp(psutil.Process().create_time(), TIME_ZONE) + timedelta(seconds=2)
    holder = {"as_of": "2026-01-05", "started": started.strftime(STARTED_AS), "pid": str(os.getpid())}
    home.lock.with_suffix(".json").write_text(json.dumps(holder), "utf-8")
    running = status_of(home, NOW).running
    assert running is not None
    assert running.began.run_id == "b"


def mails(home: Home) -> list[email.message.EmailMessage]:
    policy = email.policy.default
    paths = sorted(home.outbox.glob("*.eml"))
    return [email.message_from_bytes(path.read_bytes(), policy=policy) for path in paths]  # type: ignore[misc]


def test_mail_on_failure_and_on_silence_once_each(home: Home, tmp_path: Path) -> None:
    settings = tmp_path / "settings.yml"
    # an unknown key stops every night; the mail that says so goes out all the same
    settings.write_text(
        "khong-co-khoa-nay: 1\n"
        "recipients: {LS-1620: {operator: [truc@vi-du.invalid, truc@vi-du.invalid, hỏng]}}\n",
        "utf-8",
    )
    publish(home, LAST_NIGHT - timedelta(days=1))
    assert operator_mail.tell(home, settings, LAST_NIGHT.replace(hour=1)) == []
    night(home, "a", LAST_NIGHT, step="gate.award_events_drop", published=False)
    for _ in range(2):
        operator_mail.tell(home, settings, NOW)
    (first,) = mails(home)
    assert first["To"] == "truc@vi-du.invalid"
    assert first["Subject"] == "[TĐKT] Đêm 05/01/2026 chưa công bố"
    body = first.get_content()
    assert "Lượt khen thưởng giảm" in body
    assert "Công bố   số liệu đêm 04/01/2026" in body
    for _ in range(2):
        operator_mail.tell(home, settings, NOW + timedelta(days=1))
    assert [mail["Subject"] for mail in mails(home) if "không chạy" in mail["Subject"]] == [
        "[TĐKT] Đêm 06/01/2026 không chạy"
    ]
    assert len(mails(home)) == 2


@pytest.mark.parametrize(("prepare", "code"), [(lambda home: None, 2), (lambda home: publish(home, NOW), 1)])
def test_exit_codes_of_the_command(home: Home, prepare: Callable[[Home], None], code: int) -> None:
    prepare(home)
    home.root.mkdir(parents=True, exist_ok=True)
    ran = CliRunner().invoke(app, ["status", "--home", str(home.root)])
    assert ran.exit_code == code, ran.output


def test_dead_runs_are_buried(home: Home) -> None:
    from dagster import DagsterInstance, DagsterRunStatus
    from dagster._core.test_utils import create_run_for_test

    from pipelines.assets.watch import bury
    from pipelines.night.request import NightRequest

    with DagsterInstance.ephemeral() as instance:
        run = create_run_for_test(instance, status=DagsterRunStatus.STARTED)
        request = NightRequest.make(home=home.root)
        assert bury(instance, request) == []  # it may be starting just now
        later = "pipelines.assets.watch.datetime"

        class Later(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return datetime.now(UTC) + timedelta(hours=1)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(later, Later)
            assert bury(instance, request) == [run.run_id]
        ended = instance.get_run_by_id(run.run_id)
        assert ended is not None
        assert ended.status == DagsterRunStatus.FAILURE


def test_the_slowest_stage_stands_beside_its_median(home: Home) -> None:
    publish(home, LAST_NIGHT)
    for number, seconds in enumerate((2.0, 4.0, 3.0, 30.5)):
        at = (LAST_NIGHT - timedelta(days=3 - number)).isoformat()
        stages = {"intake": 1.0, "dashboards": seconds} if number else {}
        diary.write(home, diary.Entry("began", f"n{number}", at[:10], at))
        diary.write(home, diary.Entry("ended", f"n{number}", at[:10], at, published=True, stages=stages))
    assert "31,5 giây; bước lâu nhất dashboards: 30,5 giây (mọi khi 3,5 giây)" in said(home)


def test_a_diary_of_an_earlier_version_is_read(home: Home) -> None:
    publish(home, LAST_NIGHT)
    night(home, "a", LAST_NIGHT)
    lines = [json.loads(line) for line in home.diary.read_text("utf-8").splitlines()]
    for line in lines:
        del line["stages"]
    home.diary.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert [told.ended is not None for told in diary.nights(home)] == [True]
    assert status_of(home, NOW).slowest is None
