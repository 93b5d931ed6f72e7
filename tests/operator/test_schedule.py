"""When nights start: the schedule's tick, the sensor's patience, and who may wait."""

from __future__ import annotations

import json
import os
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    Definitions,
    RunRequest,
    SkipReason,
    build_schedule_context,
    build_sensor_context,
    define_asset_job,
)

from pipelines.assets.post import forget_old, post
from pipelines.assets.sensor import folder_state, new_files
from pipelines.night.request import TIME_ZONE, NightRequest
from pipelines.night.schedule import load_schedule


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    from pipelines.assets.night_resource import Night
    from pipelines.common.paths import Home
    from pipelines.definitions import make_definitions

    root = tmp_path_factory.mktemp("home")
    return make_definitions(Home(root), Night(home=str(root)))


def test_the_schedule_asks_for_one_night_at_two(definitions: Definitions) -> None:
    schedule = definitions.resolve_schedule_def("every_night")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * * *", "Asia/Ho_Chi_Minh")
    at = datetime(2026, 1, 5, 2, 0, tzinfo=TIME_ZONE)
    with DagsterInstance.ephemeral() as instance:
        tick = schedule.evaluate_tick(build_schedule_context(instance, scheduled_execution_time=at))
    assert len(tick.run_requests or []) == 1


@pytest.mark.parametrize(
    ("name", "settings", "published", "runs"),
    [
        ("collect_mails", "{}", True, False),
        (
            "collect_mails",
            "imap: {host: a.example, address: a@b.example, authserv_id: a.example}",
            False,
            True,
        ),
        ("collect_mails", "imap: {host: [", False, False),
        ("send_mails", "{}", False, False),
        ("send_mails", "{}", True, True),
    ],
)
def test_the_post_runs_on_time_where_there_is_something_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    settings: str,
    published: bool,
    runs: bool,
) -> None:
    """And never beside a run of its own that is not done."""
    (tmp_path / "settings.yml").write_text(settings, "utf-8")
    request = NightRequest.make(tmp_path, tmp_path / "home", settings=tmp_path / "settings.yml")
    if published:
        request.home.warehouse.parent.mkdir(parents=True)
        request.home.warehouse.touch()
    jobs, schedules = post(request)
    (job,) = [one for one in jobs if one.name == name]
    (on_time,) = [one for one in schedules if one.job_name == name]
    assert on_time.execution_timezone == "Asia/Ho_Chi_Minh"
    assert [one.cron_schedule for one in schedules] == ["*/10 * * * *", "*/15 * * * *"]
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        tick = on_time.evaluate_tick(build_schedule_context(instance))
        assert len(tick.run_requests or []) == runs
        assert runs or tick.skip_message
        run = instance.create_run_for_job(job, status=DagsterRunStatus.STARTED)
        beside = on_time.evaluate_tick(build_schedule_context(instance))
        assert not beside.run_requests
        monkeypatch.setattr("pipelines.assets.post.KEPT", timedelta(seconds=-1))
        assert forget_old(instance) == 0  # it is not done
        instance.report_run_failed(run, "over")
        assert forget_old(instance) == 1
        assert not instance.get_runs()


def test_the_post_does_what_the_commands_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its jobs are run, not only made; what cannot be done fails and says why."""
    (tmp_path / "settings.yml").write_text("{}", "utf-8")
    request = NightRequest.make(tmp_path, tmp_path / "home", settings=tmp_path / "settings.yml")
    collecting, sending = post(request)[0]
    for job, why in ((collecting, "Chưa có hộp thư"), (sending, "")):
        result = job.execute_in_process(raise_on_error=False)
        assert not result.success
        (failed,) = [event for event in result.all_events if event.is_step_failure]
        assert why in str(failed.step_failure_data.error)
    asked: list[str] = []
    monkeypatch.setattr("pipelines.assets.post.collect", lambda request, say: asked.append("collect"))
    assert collecting.execute_in_process().success
    assert asked == ["collect"]


def test_lineage_goes_from_the_files_to_the_reports(definitions: Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert {"raw_files", "raw/submissions", "marts/fct_awards", "published_snapshot"} <= keys
    (snapshot,) = [key for key in graph.get_all_asset_keys() if key.to_user_string() == "published_snapshot"]
    above = {key.to_user_string() for key in graph.get_ancestor_asset_keys(snapshot)}
    assert {"raw_files", "reference_files", "quality/finding_nights"} <= above
    assert graph.get(snapshot).freshness_policy is not None
    (reports,) = [key for key in graph.get_all_asset_keys() if key.to_user_string() == "quality_reports"]
    assert snapshot in graph.get_ancestor_asset_keys(reports)


def test_the_sensor_waits_until_the_folder_is_quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr("pipelines.assets.sensor.time.time", lambda: clock[0])
    quiet = load_schedule().quiet_seconds
    (tmp_path / "a.csv").write_text("1")
    job = define_asset_job("nightly")
    sensor = new_files(job, NightRequest.make(raw=tmp_path, home=tmp_path / "home"))
    cursor = ""

    def look(later: float) -> object:
        nonlocal cursor
        clock[0] += later
        context = build_sensor_context(cursor=cursor)
        answer = sensor(context)
        cursor = context.cursor or cursor
        return answer

    assert isinstance(look(0), SkipReason)  # seen for the first time
    assert isinstance(look(quiet - 10), SkipReason)
    (tmp_path / "b.csv").write_text("2")  # another one arrives: the wait begins anew
    assert isinstance(look(20), SkipReason)
    assert isinstance(look(quiet - 10), SkipReason)
    asked = look(20)
    assert isinstance(asked, RunRequest)
    assert isinstance(look(quiet * 3), SkipReason)  # once
    assert json.loads(cursor)["ran"] == folder_state(tmp_path)


def test_the_state_of_the_folder_sees_names_and_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("1")
    states = [folder_state(tmp_path)]
    (tmp_path / "~$a.csv").write_text("lock of Office")
    assert folder_state(tmp_path) == states[0]
    file.rename(tmp_path / "b.csv")
    states.append(folder_state(tmp_path))
    os.utime(tmp_path / "b.csv", (0, 0))
    states.append(folder_state(tmp_path))
    assert len(set(states)) == 3


def test_a_night_is_due_only_after_its_grace() -> None:
    schedule = load_schedule()
    two = datetime(2026, 1, 5, 2, 0, tzinfo=TIME_ZONE)
    grace = timedelta(minutes=schedule.grace_minutes)
    assert schedule.last_due(two + grace - timedelta(minutes=1)) == two - timedelta(days=1)
    assert schedule.last_due(two + grace) == two
    assert schedule.deadline_cron == "0 4 * * *"


def test_the_sensor_takes_no_lock(tmp_path: Path) -> None:
    """A look at the folder goes on while a night runs."""
    from pipelines.night.request import exclusive

    request = NightRequest.make(raw=tmp_path, home=tmp_path / "home")
    done: list[object] = []

    def look() -> None:
        done.append(new_files(define_asset_job("nightly"), request)(build_sensor_context()))

    with exclusive(request):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join(30)
    assert len(done) == 1
