"""Who has had what, on the desk: signed in, in the own programmes, every look-up in the journal."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from pipelines.arrival.accounts.account import Place
from pipelines.arrival.web.office import Office
from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from tests.recipients.world import OTHER, UNIT, awards, person, published
from tests.rules.world import World
from tests.unit.arrival.web import LANG_SON, Nobody, Visitor, office_in, visitor

LS, CB = Place("LS-1620"), Place("CB-2125")
PAGE = "/tra-cuu"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published night with two of one name, one of another."""
    world = World()
    rows = (
        person("Lý Thị Hà", "Lao động tiên tiến", 2018, "Phòng Một"),
        person(
            "Lý Thị Hà", "Giấy khen", 2019, "Phòng Một", decision_no="=1+1", decision_date=date(2019, 3, 4)
        ),
        person("Nông Văn <b>Ba</b>", "Giấy khen", 2019, "Phòng Ba"),
    )
    awards(world, UNIT, date(2020, 5, 4), *rows)
    awards(world, OTHER, date(2020, 5, 5), person("Lý Thị Hà", "Giấy khen", 2017, "Phòng Một"))
    return published(world, tmp_path_factory.mktemp("history") / "home")


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Office:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "warehouse").symlink_to(home.warehouse.parent)
    reference, settings = PROJECT / "data" / "reference", PROJECT / "settings.yml"
    request = NightRequest.make(tmp_path / "raw", tmp_path / "home", None, reference, settings)
    return Office.open(request, Nobody())  # type: ignore[arg-type]


def found(who: Visitor, name: str, unit: str = "") -> str:
    """What a name leads to: the page, or where the visitor is sent."""
    answer = who.post(PAGE, PAGE, data={"name": name, "unit": unit})
    return str(answer.headers.get("location") or answer.text)


def test_a_name_leads_to_all_who_bear_it_and_one_to_its_time_line(office: Office) -> None:
    officer = visitor(office, "can-bo", "officer", LS)
    listed = found(officer, "ly thi ha")
    assert "2 trường hợp" in listed
    assert "Sở Y tế" in listed
    assert "2018–2019" in listed
    assert "2 lượt khen" in listed
    path = found(officer, "Ông Lý Thị Hà", "noi vu")  # a part of the unit's name will do
    assert path.startswith("/tra-cuu/")
    page = officer.get(path).text
    assert "Giấy khen" in page
    assert "s2.xlsx" in page
    assert "cùng tên, cùng tên nơi công tác, khác đơn vị gửi" in page
    assert "Chưa xét" in page  # of which titles the law is not at hand
    notes = [(line.what, line.details.get("name")) for line in office.journal.entries()]
    assert notes[-3:] == [("looked_up", "ly thi ha"), ("looked_up", "Ông Lý Thị Hà"), ("history_read", None)]


def test_what_names_hold_is_no_markup_and_files_hold_no_formula(office: Office) -> None:
    officer = visitor(office, "can-bo", "officer", LS)
    page = officer.get(found(officer, "nong van")).text
    assert "Nông Văn &lt;b&gt;Ba&lt;/b&gt;" in page
    path = found(officer, "ly thi ha", UNIT)
    sheet = openpyxl.load_workbook(BytesIO(officer.get(f"{path}/xlsx").content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in rows] == ["Năm", "2018", "2019"]
    assert rows[2][3] == "=1+1"
    assert sheet["D3"].data_type == "s"
    text = officer.get(f"{path}/csv").content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(text), delimiter=";"))[2][3] == "'=1+1"
    assert officer.get(f"{path}/pdf").status_code == 404


def test_nobody_and_nothing(office: Office) -> None:
    officer = visitor(office, "can-bo", "officer", LS)
    assert "Không thấy «khong ai ca»" in found(officer, "khong ai ca")
    assert "Ghi tên cần tìm" in found(officer, " - ")
    assert "Không có đơn vị nào" in found(officer, "ly thi ha", "sở trên trời")
    assert officer.get("/tra-cuu/0123456789abcdef").status_code == 404


def test_each_in_the_own_programmes_and_no_unit(office: Office) -> None:
    path = found(visitor(office, "can-bo", "officer", LS), "nong van")
    other = visitor(office, "cao-bang", "officer", CB)
    assert "Không thấy" in found(other, "nong van")
    assert other.get(path).status_code == other.get(f"{path}/csv").status_code == 404
    leader = visitor(office, "lanh-dao", "leader", LS)
    assert leader.get(path).status_code == 200
    assert leader.get("/nhat-ky").status_code == 404
    unit = visitor(office, "y-te", "unit", LANG_SON)
    for page in (PAGE, path, f"{path}/csv"):
        assert unit.get(page).status_code == 404
    assert unit.post(PAGE, "/gui", data={"name": "nong van"}).status_code == 404
    assert Visitor(office).get(path).headers["location"] == "/dang-nhap"


def test_before_the_first_night_it_says_so(tmp_path: Path) -> None:
    officer = visitor(office_in(tmp_path), "can-bo", "officer", LS)
    assert "Chưa có đêm nào" in found(officer, "ly thi ha")
