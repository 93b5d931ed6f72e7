"""A file that was sent lies in the raw folder, whole and once, and the journal tells of it, wherever a kill
falls."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.arrival import receiving
from pipelines.arrival.accounts.account import Place
from pipelines.arrival.drafts import Drafts
from pipelines.arrival.journal import Journal
from pipelines.arrival.names import LATER, NoneLater, after, safe_name
from pipelines.arrival.receiving import GIVEN_UP, RECEIVED, Receiving, Refused, Sent
from pipelines.common.refusals import as_refusals
from pipelines.forms.tables.award_rows import file_key
from pipelines.inbox.register import scan
from pipelines.night.request import NightRequest
from pipelines.reference.settings import Arrival


@pytest.fixture
def request_(tmp_path: Path) -> NightRequest:
    return NightRequest.make(raw=tmp_path / "raw", home=tmp_path / "home")


def way_in(request_: NightRequest, **limits: int) -> Receiving:
    request_.raw.mkdir(exist_ok=True)
    return Receiving(request_, Arrival(**limits))


def sent(name: str = "Danh sách.xlsx", data: bytes = b"mot", unit: str = "LS-SO-Y-TE") -> Sent:
    return Sent("LS-1620", unit, name, data, "can-bo", "page")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Danh sách.xlsx", "Danh sách.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\An\\mau 03.xlsx", "mau 03.xlsx"),
        ("a/b\\..\\", "tep"),
        ("~$Danh sách.xlsx", "Danh sách.xlsx"),
        ("..an.xlsx", "an.xlsx"),
        ("danh\u202exslx.exe", "danhxslx.exe"),
        ("mau\x00\n03.xlsx", "mau03.xlsx"),
        ("con.xlsx", "tep-con.xlsx"),
        ("LPT1", "tep-LPT1"),
        ('a<b>:"c|d?*.xlsx', "a-b---c-d--.xlsx"),
        ("ten.xlsx. .", "ten.xlsx"),
        ("", "tep"),
        (LATER + LATER + "Danh sách.xlsx", "Danh sách.xlsx"),
        ("\u3000\u2002\u2003\u200a\u2005 Danh sách.xlsx", "Danh sách.xlsx"),
        ("📎 Danh sách.xlsx", "Danh sách.xlsx"),
        ("Danh sa\u0301ch.xlsx", "Danh sách.xlsx"),
    ],
)
def test_a_name_is_never_a_path(written: str, name: str) -> None:
    assert safe_name(written) == name


@given(st.text(max_size=400))
def test_any_name_is_one_part_of_a_path_that_the_night_reads(written: str) -> None:
    name = after(safe_name(written), ["z", "zz"])
    assert len(os.fsencode(name)) <= 255
    assert not {"/", "\\", "\0", "\n"} & set(name)
    assert not safe_name(written).startswith(("~$", "."))
    assert safe_name(safe_name(written)) == safe_name(written)


@given(st.text("Aaâbđ2 .-", min_size=1), st.lists(st.text("AaâĐđz2 .", min_size=1), max_size=8))
def test_the_later_name_sorts_last_and_keeps_its_key(written: str, earlier: list[str]) -> None:
    name, names = safe_name(written), [safe_name(one) for one in earlier]
    last = after(name, names)
    assert all(last.encode() > one.encode() for one in names)
    assert file_key(last) == file_key(name)
    assert safe_name(last) == name


def test_names_of_a_long_day_stay_in_the_order_they_came() -> None:
    lying: list[str] = []
    for number in range(1500):
        lying.append(after(f"{(number * 7919) % 1500:04}.xlsx", lying))
    assert sorted(lying, key=str.encode) == lying
    assert len({file_key(name) for name in lying}) == 1500
    assert max(len(name.encode()) for name in lying) < 40
    with pytest.raises(NoneLater):
        after("a", ["漢字.xlsx"])


def test_a_file_lies_in_the_layout_and_has_a_receipt(request_: NightRequest) -> None:
    receipt = way_in(request_).receive(sent())
    (found,) = scan(request_.raw)
    assert found.source_file == receipt.source_file
    assert (found.programme_id, found.unit_code, found.problem) == ("LS-1620", "LS-SO-Y-TE", None)
    assert found.received_on == receipt.at.date()
    assert found.path.read_bytes() == b"mot"
    assert receipt.night > receipt.at
    assert receipt.night.hour == 2
    assert list(request_.raw.rglob(".*")) == []


def test_the_same_name_again_is_another_file_that_comes_later(request_: NightRequest) -> None:
    door = way_in(request_)
    first, second = door.receive(sent(data=b"mot")), door.receive(sent(data=b"hai"))
    third = door.receive(sent(name="Bang.xlsx", data=b"ba"))  # sorts before, and came last
    names = [first.source_file, second.source_file, third.source_file]
    assert sorted(names, key=str.encode) == names
    assert file_key(Path(second.source_file).name) == file_key("Danh sách.xlsx")
    assert {file.path.read_bytes() for file in scan(request_.raw)} == {b"mot", b"hai", b"ba"}


def test_the_same_bytes_again_give_the_same_receipt(request_: NightRequest) -> None:
    door = way_in(request_)
    first, again = door.receive(sent()), door.receive(sent(name="khac.xlsx"))
    assert (again.number, again.again, first.again) == (first.number, True, False)
    assert len(scan(request_.raw)) == 1
    (request_.raw / first.source_file).unlink()
    assert door.receive(sent()).number > first.number
    assert door.receive(sent(unit="LS-SO-NOI-VU")).again is False


@pytest.mark.parametrize(
    ("limits", "data", "said"),
    [
        ({"file_mb": 1}, b"x" * 1_000_001, "mỗi tệp nhiều nhất 1 MB"),
        ({"files_a_day": 1}, b"x", "đã gửi đủ 1 tệp"),
        ({"mb_a_day": 1}, b"x" * 999_999, "gần hết 1 MB"),
        ({}, b"", "không có nội dung"),
    ],
)
def test_limits_are_told(request_: NightRequest, limits: dict[str, int], data: bytes, said: str) -> None:
    door = way_in(request_, **limits)
    door.receive(sent(name="truoc.xlsx", data=b"truoc"))
    with pytest.raises(Refused, match=said):
        door.receive(sent(data=data))
    assert len(scan(request_.raw)) == 1


class _Killed(BaseException):
    pass


STEPS = ("_lay_down", "os.fsync", "_give_name", "after _give_name", "_on_disk", "_digest", "the last line")


@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_bytes_and_journal_agree(
    request_: NightRequest, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    door = way_in(request_)
    door.receive(sent(name="A.xlsx", data=b"truoc"))

    def killed(*_: object, **__: object) -> None:
        raise _Killed

    with monkeypatch.context() as patch:
        if step == "after _give_name":
            named = receiving._give_name

            def then_killed(fresh: Path, target: Path) -> None:
                named(fresh, target)
                raise _Killed

            patch.setattr(receiving, "_give_name", then_killed)
        elif step == "the last line":
            add = Journal.add

            def last(self: Journal, who: str, what: str, *rest: object, **more: object) -> object:
                if what == RECEIVED:
                    raise _Killed
                return add(self, who, what, *rest, **more)  # type: ignore[arg-type]

            patch.setattr(Journal, "add", last)
        elif step.startswith("os."):
            patch.setattr(receiving.os, step.removeprefix("os."), killed)
        else:
            patch.setattr(receiving, step, killed)
        with pytest.raises(_Killed):
            door.receive(sent(name="B.xlsx", data=b"moi"))
    (ended,) = way_in(request_).settle()
    lying = {file.source_file for file in scan(request_.raw)}
    told = {entry.details["file"] for entry in door.journal.entries(RECEIVED)}
    assert lying == told
    assert (ended.what == RECEIVED) == (ended.details["file"] in lying)
    assert list(request_.raw.rglob(".*")) == []
    assert way_in(request_).settle() == []
    receipt = door.receive(sent(name="B.xlsx", data=b"moi"))
    assert receipt.again == (ended.what == RECEIVED)
    assert (request_.raw / receipt.source_file).read_bytes() == b"moi"


def test_a_full_disk_receives_nothing(request_: NightRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    door = way_in(request_)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(receiving, "_give_name", full)
        with pytest.raises(OSError, match="full"):
            door.receive(sent())
    assert [entry.what for entry in door.journal.entries()] == ["receiving", GIVEN_UP]
    assert scan(request_.raw) == []


def test_where_there_is_no_room_for_the_receipt_nothing_is_received(
    request_: NightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, add = way_in(request_), Journal.add

    def full(self: Journal, who: str, what: str, *rest: object, **more: object) -> object:
        if what == RECEIVED:
            raise OSError(errno.ENOSPC, "full")
        return add(self, who, what, *rest, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "add", full)
        with pytest.raises(OSError, match="full"):
            door.receive(sent())
    assert list(request_.raw.rglob("*.*")) == []
    receipt = door.receive(sent())
    assert not receipt.again
    assert len(scan(request_.raw)) == len(door.journal.entries(RECEIVED)) == 1


def test_a_draft_that_finds_no_room_leaves_nothing(
    request_: NightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(request_.home)
    drafts.keep("a", Place("LS-1620", "LS-SO-Y-TE"), [], [])

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="full"):
        drafts.keep("a", Place("LS-1620", "LS-SO-Y-TE"), [("a.xlsx", b"1")], [])
    (whole,) = (request_.home.arrival / "drafts").iterdir()
    assert not whole.name.startswith(".")


def test_what_sqlite_says_of_the_machine_is_told_as_an_error_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, there_is_room, number in (
        ("database or disk is full", True, errno.ENOSPC),
        ("disk I/O error", False, errno.ENOSPC),
        ("disk I/O error", True, errno.EIO),
        ("attempt to write a readonly database", True, errno.EROFS),
    ):
        monkeypatch.setattr("pipelines.common.refusals.FULL_BYTES", 0 if there_is_room else 1 << 60)
        with (
            pytest.raises(OSError, match=re.escape(os.strerror(number))) as told,
            as_refusals(tmp_path / "x"),
        ):
            raise sqlite3.OperationalError(words)
        assert told.value.errno == number
    with pytest.raises(sqlite3.OperationalError), as_refusals(tmp_path / "x"):
        raise sqlite3.OperationalError("no such table: x")


def test_a_share_without_links_takes_files_too(
    request_: NightRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(receiving.os, "link", no_links)
    receipt = way_in(request_).receive(sent())
    assert (request_.raw / receipt.source_file).read_bytes() == b"mot"


def test_many_at_once_lose_none_and_double_none(request_: NightRequest) -> None:
    def send(number: int) -> None:
        way_in(request_).receive(sent(data=f"tệp {number % 30}".encode(), name=f"{number:02}.xlsx"))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lying = sorted(file.path.read_bytes() for file in scan(request_.raw))
    assert lying == sorted(f"tệp {number}".encode() for number in range(30))
    journal = Journal(request_.home)
    assert len(journal.entries(RECEIVED)) == 30
    assert journal.unended("receiving") == []


def test_nothing_in_the_journal_is_changed_or_removed(request_: NightRequest) -> None:
    journal = Journal(request_.home)
    journal.add("ai đó", "việc gì")
    with sqlite3.connect(request_.home.arrival / "journal.sqlite") as connection:
        for change in ("UPDATE entry SET who = 'khác'", "DELETE FROM entry"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(change)
    assert request_.home.arrival.stat().st_mode & 0o777 == 0o700
