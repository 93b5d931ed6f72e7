"""A deadline is one line of coverage.yaml: moved there, message, letter, mail and page say so."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from docx import Document

from pipelines.common.paths import PROJECT, Home
from pipelines.night.request import NightRequest
from pipelines.night.run import run_night
from pipelines.reference.settings import Recipient, Settings
from pipelines.reports.mail.dispatch import due_mails
from pipelines.reports.mail.memory import Memory
from pipelines.reports.reading import read_published

AS_OF = date(2020, 6, 6)
PROGRAMME, COVERAGE = "LS-1620", "programmes/LS-1620/coverage.yaml"
DOSSIER, REPORT = "LS-HUYEN-CAO-LOC/2020-06-05", "LS-HUYEN-TRANG-DINH/2020-04-06"
# of dossiers, to a day ahead; of mẫu 04, to a day before the one it came on
MOVED = {
    "deadline: '2020-06-10'": "deadline: '2020-06-20'",
    "deadline: '2020-04-10'": "deadline: '2020-04-05'",
}


@dataclass(frozen=True)
class Moved:
    """The night after both deadlines were moved."""

    home: Home
    reference: Path


@pytest.fixture(scope="module")
def moved(shared_folder: Path, without_pictures: None) -> Moved:
    folder = shared_folder
    reference = Path(shutil.copytree(PROJECT / "data" / "reference", folder / "reference"))
    path = reference / COVERAGE
    text = path.read_text(encoding="utf-8")
    for right, wrong in MOVED.items():
        assert text.count(right) == 1
        text = text.replace(right, wrong)
    path.write_text(text, encoding="utf-8")
    raw = folder / "raw"
    for sent in (DOSSIER, REPORT):
        shutil.copytree(PROJECT / "data" / "raw" / PROGRAMME / sent, raw / PROGRAMME / sent)
    request = NightRequest.make(raw, folder / "home", AS_OF, reference, PROJECT / "settings.yml")
    outcome = run_night(request)
    assert outcome.problem is None, outcome.problem
    return Moved(Home(folder / "home"), reference)


def _rows(moved: Moved, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(moved.home.warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_the_mart_has_it(moved: Moved) -> None:
    found = _rows(
        moved,
        "SELECT DISTINCT cell_id, last_day, wording_vi FROM marts.dim_deadlines "
        "WHERE cell_id IN ('LS-HS', 'LS-GT') ORDER BY 1",
    )
    assert found == [
        ("LS-GT", date(2020, 4, 4), "trước ngày 05/04/2020"),
        ("LS-HS", date(2020, 6, 19), "trước ngày 20/06/2020"),
    ]


def test_the_message_and_the_finding_have_it(moved: Moved) -> None:
    late = _rows(
        moved,
        "SELECT message_vi, deadline FROM marts.fct_findings "
        "WHERE cell_id = 'LS-GT' AND message_vi LIKE '%gửi muộn%' AND unit_code LIKE '%TRANG-DINH'",
    )
    assert late
    for message, deadline in late:
        assert "trước ngày 05/04/2020" in str(message)
        assert deadline == date(2020, 4, 4)
    dossier = _rows(moved, "SELECT DISTINCT deadline FROM marts.fct_findings WHERE form_id = 'LS-M03'")
    assert dossier == [(date(2020, 6, 19),)]


def test_the_letter_has_it(moved: Moved) -> None:
    letters = sorted(moved.home.reports(AS_OF).rglob("*CAO-LOC*/*.docx")) + sorted(
        moved.home.reports(AS_OF).rglob("*CAO-LOC*.docx")
    )
    said = "\n".join(p.text for path in letters for p in Document(str(path)).paragraphs)
    assert "hạn gần nhất hết ngày 19/06/2020" in said

    # «trước ngày 05/4»: the last day is the one before
    assert "(hạn: hết ngày 04/04/2020, đã qua)" in said


def test_the_mail_has_it(moved: Moved) -> None:
    published = read_published(moved.home.warehouse)
    settings = Settings(recipients={PROGRAMME: Recipient(units={"LS-HUYEN-CAO-LOC": ("a@don-vi.example",)})})
    reports = moved.home.reports(AS_OF)
    mails = due_mails(published, reports, moved.reference, settings, Memory(moved.home.outbox))
    bodies = [one.body for one in mails if one.audience.endswith("LS-HUYEN-CAO-LOC")]
    assert len(bodies) == 1
    assert "chậm nhất hết ngày 19/06/2020" in bodies[0]


def test_the_pages_have_it_and_no_other(moved: Moved) -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in moved.home.dashboards.rglob("*.html"))
    assert "19/06/2020" in pages
    assert "09/06/2020" not in pages
