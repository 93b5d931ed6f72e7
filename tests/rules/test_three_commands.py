"""A new programme by three commands: its folder written from answers, checked, tried."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import PROJECT
from pipelines.programmes.alone import alone
from pipelines.programmes.answers import Answers, Clause, Part
from pipelines.programmes.new import write_programme
from pipelines.programmes.trial import try_programme
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from tests.rules.guide_rows import lay_in_rows_of_the_guide

REFERENCE = PROJECT / "data" / "reference"
ANSWERS = PROJECT / "docs" / "huong-dan" / "tra-loi-vi-du.yaml"
TITLE = ("Kế hoạch thử", "Lạng Sơn 2026–2030", "UBND tỉnh", "", "2026-2030", "Tỉnh Lạng Sơn")
"""Title, short name, body, number, years, head."""
UNITS = (
    # types, units of each, fields, leads
    *("Các sở, ban, ngành; Các xã", "Sở Nội vụ; Sở Y tế", "Xã Một; Xã Hai"),
    *("Chuyển đổi số; Y tế", "", "Sở Y tế"),
)
ASKED = (
    *TITLE,
    *UNITS,
    # no phases; registration, no form of its own, collectives, persons, households, either
    *("", "trước 31/3", "", "ít nhất 01", "Các sở, ban, ngành: từ 01 đến 03; Các xã: 2", "", ""),
    # plan, parts of a year, year, interim, final
    *("2026-03-31", "quý I: trước 25/3; 6 tháng đầu năm: chậm nhất 15/6", "chậm nhất 15/01 năm sau"),
    *("2028-09-30", "trước 30/6/2030"),
    # dossier: most, of a unit, leaders, direct, years rated, award
    *("06-30", "không quá 10", "2", "không quá 20%", "từ 60% trở lên", "2", "Gương sáng"),
    # clauses of units, fields, plan, registration, parts of a year, report, interim, final, dossier
    *("I: các sở", "II: hai lĩnh vực", "III.1: trước ngày 31/3/2026", "III.2: trước 31/3", "III.3: quý I"),
    *("III.4: báo cáo năm", "III.5: sơ kết", "III.6: tổng kết", "IV: hồ sơ"),
    # most, of a unit, leaders, direct, years rated, award: as the dossier
    *("", "", "", "", "", ""),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference data without the example."""
    copied = Path(shutil.copytree(REFERENCE, tmp_path_factory.mktemp("three") / "reference"))
    shutil.rmtree(copied / "programmes" / "VD-2630")
    return copied


def _run(*words: str, folder: Path, told: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["programme", *words, "--reference", str(folder)], input=told)
    return result.exit_code, result.output


def test_new_from_a_file_of_answers(folder: Path) -> None:
    code, told = _run("new", "VD-2630", "--answers", str(ANSWERS), folder=folder)
    assert code == 0, told
    assert "programmes/VD-2630/coverage.yaml" in told
    # its form as the columns are printed
    assert "programmes/VD-2630/forms/VD-DSDK/form.yml" in told
    code, told = _run("check", "VD-2630", folder=folder)
    assert (code, "không có lỗi" in told) == (0, True), told


def test_new_by_questions(folder: Path) -> None:
    code, told = _run("new", "LS-2630", folder=folder, told="\n".join(ASKED) + "\n")
    assert code == 0, told
    rules = load_reference(folder).programmes["LS-2630"]
    cells = {cell.cell: (cell.deadline, cell.deadline_wording) for cell in rules.cells if cell.deadline}
    assert cells == {
        "LS26-KH": ("2026-03-31", "exclusive"),
        "LS26-DK-{year}": ("{year}-03-31", "exclusive"),
        "LS26-BC-QUY-I-{year}": ("{year}-03-25", "exclusive"),
        "LS26-BC-6-THANG-DAU-NAM-{year}": ("{year}-06-15", "inclusive"),
        "LS26-BC-{year}": ("{next_year}-01-15", "inclusive"),
        "LS26-LV-B-{year}": ("{next_year}-01-15", "inclusive"),
        "LS26-SK": ("2028-09-30", "inclusive"),
        "LS26-TK": ("2030-06-30", "exclusive"),
        "LS26-HS-{year}": ("{year}-06-30", "exclusive"),
    }
    numbers = {
        quota.id: (quota.min, quota.max, quota.min_percent, quota.max_percent) for quota in rules.quotas
    }
    assert numbers == {
        "Q-LS26-TT": (1, None, None, None),
        "Q-LS26-LS-LOAI-1-CN": (1, 3, None, None),
        "Q-LS26-LS-LOAI-2-CN": (2, None, None, None),
        "Q-LS26-TRAN": (None, 10, None, None),
        "Q-LS26-TRAN-DV": (None, 2, None, None),
        "Q-LS26-LANHDAO": (None, None, None, 20),
        "Q-LS26-TRUCTIEP": (None, None, 60, None),
    }
    code, told = _run("check", "LS-2630", folder=folder)
    assert code == 0, told


def test_a_wrong_answer_is_asked_again_at_once(folder: Path) -> None:
    """Days as people write them are taken; what is none is asked again, and no answer is lost."""
    told = [*ASKED]
    wrongs = {
        "2026-03-31": "31/02/2026",
        "chậm nhất 15/01 năm sau": "khoảng tháng 1",
        "ít nhất 01": "một vài",
        "2026-2030": "2026",
        "Các sở, ban, ngành: từ 01 đến 03; Các xã: 2": "Các phường: 2",
        "I: các sở": "các sở",
    }
    for given, wrong in wrongs.items():
        told.insert(told.index(given), wrong)
    told[told.index("2026-03-31")] = "trước ngày 31/3/2026"
    told[told.index("Gương sáng")] = "Gương sáng của LT"
    code, said = _run("new", "LT-2630", folder=folder, told="\n".join(told) + "\n")
    assert code == 0, said
    assert all(f"Không đọc được «{wrong}»" in said for wrong in wrongs.values())
    cells = {cell.cell: cell for cell in load_reference(folder).programmes["LT-2630"].cells}
    assert str(cells["LT26-KH"].deadline) == "2026-03-31"
    shutil.rmtree(folder / "programmes" / "LT-2630")


ALONE = {
    "nothing": {},
    "a plan": {"plan": "trước 31/3/2026"},
    "a registration": {"registration": {"deadline": "03-31"}},
    "a registration of persons": {"registration": {"deadline": "03-31", "numbers": [{"individuals": 2}]}},
    "a registration of either": {
        "registration": {"deadline": "03-31", "numbers": [{"either": "từ 1 đến 2"}]}
    },
    "a registration by phase": {
        "phases": [{"name": "Giai đoạn 1", "years": [2026, 2028], "registration": "trước 30/6/2026"}],
        "registration": {"form": "XX-BDK", "columns": ["STT", "Họ và tên", "Giải pháp*"]},
    },
    "a form without a year": {
        "registration": {
            "form": "XX-DK",
            "form_title": "Danh sách",
            "deadline": "03-31",
            "columns": ["Họ và tên"],
        }
    },
    "reports of parts of a year": {
        "periodic": [{"of": "quý I", "deadline": "03-25"}, {"of": "tháng 11", "deadline": "chậm nhất 05/12"}]
    },
    "a report": {"report": "trước 15/12"},
    "reviews": {"interim": "30/9/2028", "final": "trước 30/6/2030"},
    "dossiers": {"dossier": {"deadline": "06-30"}},
    "dossiers with a cap": {"dossier": {"deadline": "06-30", "most": 3}},
    "dossiers with shares": {"dossier": {"deadline": "06-30", "leaders": "không quá 20%", "direct": 60}},
    "dossiers with a list of their own": {
        "dossier": {"deadline": "06-30", "form": "XX-DN", "columns": ["Họ và tên", "Năm", "Thành tích*"]}
    },
    "dossiers with years": {"dossier": {"deadline": "06-30", "years_rated": 3, "papers": []}},
}


@pytest.mark.parametrize("name", ALONE)
def test_whatever_a_plan_has_its_folder_has_no_mistake(name: str, folder: Path) -> None:
    """Each thing a plan may ask for, without the others; units from the list of communes."""
    code = f"XX-{2600 + list(ALONE).index(name)}"
    units = {"id": f"{code}-XA", "name": "Các xã, phường", "from_list": "units_cao_bang_communes_2025.csv"}
    said = {"id": code, "short_name": "Thử", "title": "Thử", "issuing_body": "UBND", "years": [2026, 2030]}
    clauses = {"clauses": {part: {"section": "I", "quote": "thử"} for part in get_args(Part)}}
    answers = Answers.model_validate({**said, "head": "Tỉnh Thử", "units": [units], **ALONE[name], **clauses})
    write_programme(answers, folder)
    try:
        reference = load_reference(folder)
    finally:
        shutil.rmtree(folder / "programmes" / code)
    assert len([unit for unit in reference.units if unit.programme_id == code]) == 56 + 1


PLANS = sorted((Path(__file__).parent / "new_programme" / "plans").glob("*.yaml"))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_a_plan_of_another_kind(plan: Path, folder: Path) -> None:
    """Of a ministry by phases, of a city by fields: nothing is left to fill in, all of it can come about."""
    code, told = _run("new", plan.stem, "--answers", str(plan), folder=folder)
    assert code == 0, told
    try:
        code, told = _run("check", plan.stem, folder=folder)
        assert (code, "không có lỗi" in told) == (0, True), told
    finally:
        shutil.rmtree(folder / "programmes" / plan.stem)


def test_a_folder_that_is_there_is_left_alone(folder: Path) -> None:
    code, told = _run("new", "LS-1620", "--answers", str(ANSWERS), folder=folder)
    assert (code, "ghi mã VD-2630" in told) == (2, True)
    code, told = _run("new", "CB-2125", folder=folder, told="\n".join(ASKED) + "\n")
    assert (code, "đã có thư mục" in told) == (2, True)


def test_wrong_answers_are_told_in_words(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "tra-loi.yaml"
    wrong.write_text(ANSWERS.read_text("utf-8").replace("report: trước 15/12", "reprt: trước 15/12"), "utf-8")
    code, told = _run("new", "VD-2631", "--answers", str(wrong), folder=folder)
    assert code == 2
    assert "«reprt»" in told
    assert "có phải «report»?" in told


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("plan: trước 31/3/2026", "plan: sau 31/3/2026", "không rõ «sau» tính cả ngày ấy hay không"),
        ("report: trước 15/12", "report: trước 31/02", "không phải một ngày của hằng năm"),
        ("collectives: ít nhất 01", "collectives: khoảng 01", "không đọc được thành số lượng"),
        ("lead: Sở Y tế", "lead: Sở Yté", "có phải «Sở Y tế»?"),
        ("- {collectives:", "- {of: [VD-SOO], collectives:", "có phải «VD-SO»?"),
        ("  units: {section: I,", "  unts: {section: I,", "có phải «units»?"),
        ("issuing_body: UBND tỉnh Ví Dụ", "issuing_body: ĐIỀN", "«issuing_body» chưa điền"),
    ],
)
def test_a_wrong_answer_of_a_file_has_its_line(
    right: str, wrong: str, said: str, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tra-loi.yaml"
    assert right in ANSWERS.read_text("utf-8")
    file.write_text(ANSWERS.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    line = next(n for n, one in enumerate(file.read_text("utf-8").splitlines(), 1) if wrong in one)
    code, told = _run("new", "VD-2631", "--answers", str(file), folder=folder)
    assert (code, said in told) == (2, True), told
    assert any(one.startswith("tra-loi.yaml:") for one in told.splitlines())
    assert f"tra-loi.yaml:{line}:" in told or right.startswith("- {") or "lead" in right, told


def test_a_form_without_names_is_told(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "tra-loi.yaml"
    file.write_text(ANSWERS.read_text("utf-8").replace("'Tên tập thể, cá nhân', ", ""), "utf-8")
    code, told = _run("new", "VD-2630", "--answers", str(file), folder=folder)
    assert (code, "không có cột ghi tên" in told or "đã có thư mục" in told) == (2, True), told


def test_a_list_without_names_is_told(folder: Path, tmp_path: Path) -> None:
    told = ANSWERS.read_text("utf-8").replace("VD-2630", "VD-2632")
    told = told.replace("VD-DSDK", "VD-DSDK2")
    at = told.index("    units: [Phường Trung Tâm")
    for file in ("khong-co.csv", "provinces_63_to_34.csv"):
        wrong = tmp_path / file.replace(".csv", ".yaml")
        wrong.write_text(told[:at] + f"    from_list: {file}\n" + told[told.index("fields:") :], "utf-8")
        code, said = _run("new", "VD-2632", "--answers", str(wrong), folder=folder)
        assert (code, file in said) == (2, True), said
    assert not (folder / "programmes" / "VD-2632").exists()


def test_bodies_are_addressed_and_fields_counted_as_people_do(folder: Path) -> None:
    said = {
        "id": "XX-2700",
        "short_name": "Thử",
        "title": "Thử",
        "issuing_body": "UBND",
    }
    units = [
        {"id": "XX-XA", "name": "Các xã", "from_list": "provinces_34_2025.csv"},
        {"id": "XX-HU", "name": "Khác", "units": ["Huyện uỷ Bảo Lâm", "Xã Một", "Thành phố Mới", "Sở Y tế"]},
    ]
    fields = [{"name": f"Lĩnh vực {number}"} for number in range(6)]
    answers = Answers.model_validate(
        {**said, "years": [2026, 2030], "head": "Tỉnh Ví Dụ", "units": units, "fields": fields}
    )
    clause = Clause(section="I", quote="thử")
    write_programme(answers.model_copy(update={"clauses": {"units": clause, "fields": clause}}), folder)
    try:
        reference = load_reference(folder)
    finally:
        shutil.rmtree(folder / "programmes" / "XX-2700")
    named = {unit.name: unit.official_name for unit in reference.units if unit.programme_id == "XX-2700"}
    assert named["Huyện uỷ Bảo Lâm"] is named["Sở Y tế"] is None
    assert (named["Xã Một"], named["Thành phố Mới"]) == ("UBND xã Một", "UBND thành phố Mới")
    assert named["Tỉnh Ví Dụ"] == "UBND tỉnh Ví Dụ"
    codes = [one.code for one in reference.fields.values() if one.programme == "XX-2700"]
    assert codes == [*"abcdđe"]


@pytest.mark.parametrize("programme", sorted(path.name for path in (REFERENCE / "programmes").glob("[!_]*")))
def test_every_folder_stands_alone(programme: str, tmp_path: Path) -> None:
    """What a programme needs lies in its folder or in what all share: nothing of another's is missed."""
    reference, _ = alone(programme, REFERENCE, Settings(), tmp_path)
    assert list(load_reference(reference).programmes) == [programme]


@pytest.mark.parametrize("plan", ["VD-2630", "TL-2630", "ND-2630"])
def test_try_tells_right_from_wrong(plan: str, folder: Path) -> None:
    """Every rule and cell for which files can be made up comes out as it should: by years, by phases.

    With the criteria that the guide says how to write; what only a paper or the council tells is not tried.
    """
    untold: list[str] = []
    reference = REFERENCE
    if not (REFERENCE / "programmes" / plan).exists():
        reference, answers = folder, PLANS[0].with_stem(plan)
        assert _run("new", plan, "--answers", str(answers), folder=folder)[0] == 0
    if plan == "ND-2630":
        untold = lay_in_rows_of_the_guide(folder / "programmes" / plan, "ND26")
    tried = {one.id: one for one in try_programme(plan, reference, PROJECT / "settings.yml")}
    assert [one for one in tried.values() if one.is_right is False] == []
    assert [name for name, one in tried.items() if one.is_right is None] == untold
