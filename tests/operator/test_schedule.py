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
    Definitions,
    RunRequest,
    SkipReason,
    build_schedule_context,
    build_sensor_context,
    define_asset_job,
)

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
