"""Answers as people write them: rounds, numbers where text is wanted, how many of each kind, who signs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.common.paths import PROJECT
from pipelines.programmes.answers import Answers, read_answers
from pipelines.programmes.new import write_programme
from pipelines.programmes.own_form import NoColumn, SameForm

REFERENCE = PROJECT / "data" / "reference"
PLAN = """
id: XX-2630
short_name: Thử
title: Thử
issuing_body: {body}
years: {years}
head: Tổng công ty Mẫu
units: [{{id: XX-CTY, name: Các công ty, units: [Công ty Một]}}]
dossier: {{{dossier}}}
clauses:
  units: {{section: {section}, quote: 2026}}
"""


def _answers(
    folder: Path,
    dossier: str = "deadline: trước 20/4",
    section: str = "1",
    years: str = "[2026, 2030]",
    body: str = "Công đoàn Mẫu",
) -> Answers:
    file = folder / "tra-loi.yaml"
    file.write_text(PLAN.format(body=body, years=years, dossier=dossier, section=section), "utf-8")
    return read_answers(file)


def _written(answers: Answers, folder: Path) -> dict[str, Any]:
    """The files written, in a reference folder with links to what is there already."""
    reference = folder / "reference"
    reference.mkdir()
    for path in REFERENCE.iterdir():
        if path.name != "programmes":
            (reference / path.name).symlink_to(path)
    (reference / "programmes").mkdir()
    for path in (REFERENCE / "programmes").iterdir():
        (reference / "programmes" / path.name).symlink_to(path)
    files = write_programme(answers, reference).files
    return {path.name: yaml.safe_load(path.read_text("utf-8")) for path in files if path.suffix != ".csv"}


@pytest.mark.parametrize(
    ("section", "said"), [("1", "1"), ("2.10", "2.10"), ("'03'", "03"), ("II.1", "II.1"), ("1.0", "1.0")]
)
def test_a_number_is_text_as_it_is_written(section: str, said: str, tmp_path: Path) -> None:
    clause = _answers(tmp_path, section=section).clauses["units"]
    assert (clause.section, clause.quote) == (said, "2026")


@pytest.mark.parametrize("years", ["[2026, 2030]", "['2026', 2030]", "2026-2030", "2026 – 2030"])
def test_years(years: str, tmp_path: Path) -> None:
    assert _answers(tmp_path, years=years).years == (2026, 2030)


def test_rounds_of_a_year(tmp_path: Path) -> None:
    """The last round is the cell, whose lateness is told; those before it are days to remind of."""
    written = _written(_answers(tmp_path, "deadline: [trước 20/10, chậm nhất 20/4]"), tmp_path)
    coverage = written["coverage.yaml"]
    assert [(one["cell"], one["label_vi"], one["deadline"]) for one in coverage["cells"]] == [
        ("XX26-HS-{year}", "Hồ sơ đề nghị năm {year}, đợt 2", "{year}-10-20")
    ]
    [first] = coverage["deadlines"]
    assert (first["cell"], first["deadline"], first["deadline_wording"]) == (
        "XX26-HS-D1-{year}",
        "{year}-04-20",
        "inclusive",
    )


def test_rounds_of_one_day_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="hai đợt ghi cùng một ngày"):
        _answers(tmp_path, "deadline: [20/4, chậm nhất 20/4]")


OWN = "deadline: 20/4, form: XX-DN, columns: [Họ và tên, {columns}]"


def test_how_many_of_each_kind_and_unit(tmp_path: Path) -> None:
    dossier = (
        "deadline: 20/4, most: 25, unit_most: {individuals: không quá 05, collectives: 02, households: 1}"
    )
    dossier += ", unit_leaders: không quá 20%, direct: 60"
    written = _written(_answers(tmp_path, dossier), tmp_path)
    quotas = {one["id"].removeprefix("Q-XX26-"): one for one in written["quotas.yaml"]["quotas"]}
    numbers = {name: one.get("max", one.get("max_percent")) for name, one in quotas.items()}
    assert numbers == {
        "TRAN-DV": 5, "TRAN-DV-TT": 2, "TRAN-DV-HO": 1, "TRAN": 25, "LANHDAO-DV": 20, "TRUCTIEP": None,
    }  # fmt: skip
    assert quotas["LANHDAO-DV"]["unit_types"] == ["XX-CTY"]
    assert quotas["TRUCTIEP"]["scope"] == "rollup"


@pytest.mark.parametrize(
    ("columns", "more", "lacks"),
    [
        ("Loại", "unit_leaders: 20", "object_class"),
        ("Chức danh", "direct: 60", "object_class"),
        ("Chức danh", "unit_most: {individuals: 5, collectives: 2}", "loai"),
        ("Chức danh", "most: {either: 5}", "loai"),
    ],
)
def test_what_no_column_tells_is_refused(columns: str, more: str, lacks: str, tmp_path: Path) -> None:
    answers = _answers(tmp_path, f"{OWN.format(columns=columns)}, {more}")
    with pytest.raises(NoColumn) as found:
        _written(answers, tmp_path)
    assert (str(found.value), found.value.column) == ("XX-DN", lacks)
    assert not (tmp_path / "reference" / "programmes" / "XX-2630").exists()


PLAN_OF_ONE_FORM = """
registration: {{deadline: 31/3, form: XX-M1, form_title: Danh sách gương sáng, columns: [Họ và tên, Việc*]}}
dossier: {{deadline: 20/4, form: XX-M1{title}}}
"""


def _of_one_form(folder: Path, title: str) -> Answers:
    file = folder / "mot-bieu.yaml"
    told = PLAN.format(body="Công đoàn Mẫu", years="2026-2030", dossier="", section="1")
    file.write_text(told.replace("dossier: {}", PLAN_OF_ONE_FORM.format(title=title)), "utf-8")
    return read_answers(file)


def test_one_form_for_registrations_and_proposals(tmp_path: Path) -> None:
    """Written as two, told apart by their titles: the shorter one is no part of the longer."""
    answers = _of_one_form(tmp_path, ", form_title: Danh sách gương sáng đề nghị khen")
    written = _written(answers, tmp_path)
    forms = {one["form"]: one["kind"] for one in written["nominations.yaml"]["forms"]}
    assert forms == {"XX-M1": "dang_ky", "XX-M1-DN": "de_nghi"}
    folder = tmp_path / "reference" / "programmes" / "XX-2630" / "forms"
    first, second = (yaml.safe_load((folder / name / "form.yml").read_text("utf-8")) for name in forms)
    assert first["tables"][0]["columns"] == second["tables"][0]["columns"]
    assert first["title"]["none"] == second["title"]["all"]


@pytest.mark.parametrize("title", ["", ", form_title: Danh sách gương sáng …"])
def test_one_form_of_one_title_is_refused(title: str, tmp_path: Path) -> None:
    with pytest.raises(SameForm) as found:
        _written(_of_one_form(tmp_path, title), tmp_path)
    assert "XX-M1" in found.value.sentence
    assert not (tmp_path / "reference" / "programmes" / "XX-2630").exists()


def test_a_folder_that_cannot_be_written_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_text

    def full(path: Path, content: str, **options: Any) -> int:
        if path.name == "letter.yaml":
            raise OSError(28, "No space left on device")
        return write(path, content, **options)

    answers = _answers(tmp_path)
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        _written(answers, tmp_path)
    assert not (tmp_path / "reference" / "programmes" / "XX-2630").exists()


def test_least_numbers_of_proposals_have_a_rule(tmp_path: Path) -> None:
    """«từ 02 đến 08»: both ends are judged."""
    written = _written(_answers(tmp_path, "deadline: 20/4, unit_most: {individuals: từ 02 đến 08}"), tmp_path)
    limits = {one["id"]: one["judge"].get("limit") for one in written["completeness_rules.yaml"]["rules"]}
    assert (limits["CP-XX26-SAN-DV"], limits["CP-XX26-TRAN-DV"]) == ("min", "max")


def test_criteria_are_about_whom_is_proposed(tmp_path: Path) -> None:
    dossier = f"{OWN.format(columns='Việc làm')}, unit_most: {{collectives: 2}}, years_rated: 2"
    written = _written(_answers(tmp_path, dossier), tmp_path)
    assert written["criteria.yaml"]["groups"][0]["applies"]["kinds"] == ["tap_the"]


def test_shares_are_counted_in_a_form_with_classes(tmp_path: Path) -> None:
    dossier = f"{OWN.format(columns='Diện = Phân loại đối tượng')}, unit_leaders: 20, direct: 60"
    form = _written(_answers(tmp_path, dossier), tmp_path)["form.yml"]
    assert {*form["choices"]["object_class"]} == {"lanh_dao_phong", "truc_tiep"}


@pytest.mark.parametrize(
    ("body", "agency"),
    [("UBND tỉnh Mẫu", "Ban Thi đua - Khen thưởng"), ("Công đoàn Mẫu", "ĐIỀN"), ("Tỉnh ủy Mẫu", "ĐIỀN")],
)
def test_who_signs_is_known_of_committees_alone(body: str, agency: str, tmp_path: Path) -> None:
    assert _written(_answers(tmp_path, body=body), tmp_path)["letter.yaml"]["agency"] == agency
