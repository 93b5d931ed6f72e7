"""The doctor says in plain words what a machine lacks and what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.arrival.checking.job import Ready
from pipelines.cli import app
from pipelines.common.paths import PROJECT
from pipelines.night.request import NightRequest
from pipelines.operate.doctor import pages, places, post, programs
from pipelines.operate.doctor.check import BAD, GOOD, LACK, needs


@pytest.fixture
def request_(tmp_path: Path) -> NightRequest:
    return NightRequest.make(
        PROJECT / "data" / "raw",
        tmp_path / "home",
        None,
        PROJECT / "data" / "reference",
        PROJECT / "settings.yml",
    )


def _set(request: NightRequest, settings: str) -> NightRequest:
    """The request with settings of its own."""
    written = request.home.root.parent / "settings.yml"
    written.write_text(settings, "utf-8")
    return replace(request, settings=written)


def _doctor(home: Path, *more: str) -> tuple[int, str]:
    ran = CliRunner().invoke(
        app,
        ["doctor", "--home", str(home), "--raw", str(PROJECT / "data" / "raw"), "--reference",
         str(PROJECT / "data" / "reference"), "--settings", str(PROJECT / "settings.yml"), *more],
    )  # fmt: skip
    return ran.exit_code, ran.output


def test_this_machine_can_run_nights(tmp_path: Path) -> None:
    code, told = _doctor(tmp_path)
    assert code == 0, told
    assert "0 mục hỏng" in told
    assert "Múi giờ Asia/Ho_Chi_Minh" in told
    assert "Chưa có máy chủ thư" in told


def test_a_missing_raw_folder_stops_nights(tmp_path: Path) -> None:
    code, told = _doctor(tmp_path, "--raw", str(tmp_path / "khong-co"))
    assert code == 1
    assert "[ HỎNG ] Không đọc được" in told
    assert "kiểm tra ổ đã gắn chưa" in told


def test_without_fonts_and_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    assert programs.chromium().state == LACK
    assert "apt install chromium" in programs.chromium().do
    assert [check.state for check in programs.fonts()] == [LACK, LACK]


def test_a_cluster_that_does_not_answer(request_: NightRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "lacking", lambda: None)
    assert programs.engine(request_) == []
    (told,) = programs.engine(_set(request_, 'engine: {kind: spark, master: "spark://127.0.0.1:9"}'))
    assert told.state == BAD
    assert "Không nối được cụm Apache Spark spark://127.0.0.1:9" in told.words


@pytest.mark.parametrize(("cut", "confined"), [(True, True), (False, True), (True, False), (False, False)])
def test_checks_that_cannot_be_fenced_are_told(
    request_: NightRequest, monkeypatch: pytest.MonkeyPatch, *, cut: bool, confined: bool
) -> None:
    """Where there is no address but a mailbox too: what comes by mail is checked as what comes by page."""
    settings = (
        "imap: {host: mail.example, address: ho-so@co-quan.example, authserv_id: mail.example}",
        "arrival: {address: 'http://gui.example'}",
    )
    held = f"Ready(without_network={cut}, confined={confined}).model_dump_json()"
    monkeypatch.setattr(pages, "_FENCE", f"from pipelines.arrival.checking.job import Ready; print({held})")
    for one in settings:
        told = {check.name: check for check in pages.pages(_set(request_, one))}
        assert told["serve_fence"].state == (GOOD if cut else LACK)
        assert told["serve_confined"].state == (GOOD if confined else LACK)
        assert confined or "Landlock" in told["serve_confined"].words
    assert [check.name for check in pages.pages(_set(request_, "{}"))] == ["serve"]


def test_the_fences_of_this_machine_are_tried(request_: NightRequest) -> None:
    with_pages = _set(request_, "arrival: {address: 'http://gui.example'}")
    told = {check.name: check.state for check in pages.pages(with_pages)}
    tried = subprocess.run(
        [sys.executable, "-c", pages._FENCE], cwd=with_pages.settings.parent, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(PROJECT)}, check=True,
    )  # fmt: skip
    stands = Ready.model_validate_json(tried.stdout)
    assert told["serve_fence"] == (GOOD if stands.without_network else LACK)
    assert told["serve_confined"] == (GOOD if stands.confined else LACK)


def test_too_little_space(request_: NightRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(needs(), "free_gb", {"home": 10**9, "temporary": 0})
    home, temporary = places.space(request_.home)
    assert (home.state, temporary.state) == (BAD, GOOD)


def test_versions_that_are_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(needs(), "python", {"at_least": [4, 0], "below": [5, 0]})
    monkeypatch.setitem(needs(), "duckdb", {"at_least": [9, 0], "below": [10, 0]})
    monkeypatch.setitem(needs(), "time_zone", "Asia/Khong_Co")
    assert [check().state for check in (programs.python, programs.warehouse_engine, programs.time_zone)] == [
        BAD, BAD, BAD,
    ]  # fmt: skip
    assert programs.extensions().state == GOOD


def test_open_files_with_names_are_found(request_: NightRequest) -> None:
    request_.home.staging.parent.mkdir(parents=True)
    request_.home.staging.parent.chmod(0o755)
    told = places.modes(request_)
    assert any(str(request_.home.staging.parent) in check.words and "755" in check.words for check in told)


def test_mail_that_cannot_go_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "settings.yml"
    settings.write_text(
        "recipients: {LS-1620: {operator: [truc@vi-du.invalid]}}\n"
        "smtp: {host: 127.0.0.1, port: 9, security: starttls, from: a@vi-du.invalid}\n",
        "utf-8",
    )
    monkeypatch.setenv("THIDUA_SMTP_USER", "a")
    monkeypatch.delenv("THIDUA_SMTP_PASSWORD", raising=False)
    request = NightRequest.make(settings=settings, reference=PROJECT / "data" / "reference", home=tmp_path)
    assert [check.state for check in post.mail(request)] == [GOOD, LACK, LACK]
    assert post.settings(request).state == GOOD
    settings.write_text("khong-co: 1\n", "utf-8")
    assert post.settings(request).state == BAD
