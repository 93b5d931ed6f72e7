"""A new programme by three commands: its folder written from answers, checked, tried."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.common.paths import PROJECT
from pipelines.programmes.alone import alone
from pipelines.programmes.answers import Answers
from pipelines.programmes.new import write_programme
from pipelines.programmes.trial import try_programme
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings

REFERENCE = PROJECT / "data" / "reference"
ANSWERS = PROJECT / "docs" / "huong-dan" / "tra-loi-vi-du.yaml"
ASKED = (
    # title, short name, body, number, years, head, types, units of each, fields, leads
    *("Kế hoạch thử", "Lạng Sơn 2026–2030", "UBND tỉnh", "", "2026-2030", "Tỉnh Lạng Sơn"),
    *(
        "Các sở, ban, ngành; Các xã",
        "Sở Nội vụ; Sở Y tế",
        "Xã Một; Xã Hai",
        "Chuyển đổi số; Y tế",
        "",
        "Sở Y tế",
    ),
    # plan, report, interim, final, registration with numbers, dossier with the most, years rated
    *("2026-03-31", "12-15", "2028-09-30", "2030-06-30", "03-31", "1", "2", "06-30", "10", "2"),
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
    # its form is the only thing nobody can write for it
    shutil.copytree(REFERENCE / "programmes/VD-2630/forms", folder / "programmes/VD-2630/forms")
    code, told = _run("check", "VD-2630", folder=folder)
    assert code == 0, told
    assert all("chưa ghi mục và trích dẫn" in line for line in told.splitlines()[:-1])


def test_new_by_questions(folder: Path) -> None:
    code, told = _run("new", "LS-2630", folder=folder, told="\n".join(ASKED) + "\n")
    assert code == 0, told
    rules = load_reference(folder).programmes["LS-2630"]
    assert {cell.cell for cell in rules.cells} >= {
        "LS26-KH",
        "LS26-DK-{year}",
        "LS26-BC-{year}",
        "LS26-SK",
        "LS26-TK",
    }
    assert {quota.id: (quota.min, quota.max, quota.scope) for quota in rules.quotas} == {
        "Q-LS26-TT": (1, None, "own"),
        "Q-LS26-CN": (2, None, "own"),
        "Q-LS26-TRAN": (None, 10, "rollup"),
    }
    code, told = _run("check", "LS-2630", folder=folder)
    assert code == 0, told


def test_a_wrong_answer_is_asked_again_at_once(folder: Path) -> None:
    """Days as people write them are taken; what is none is asked again, and no answer is lost."""
    told = [*ASKED]
    wrongs = {"2026-03-31": "31/02/2026", "12-15": "2026-12-15", "1": "một", "2026-2030": "2026"}
    for given, wrong in wrongs.items():
        told.insert(told.index(given), wrong)
    told[told.index("2026-03-31")], told[told.index("12-15")] = "31/3/2026", "15/12"
    code, said = _run("new", "LT-2630", folder=folder, told="\n".join(told) + "\n")
    assert code == 0, said
    assert all(f"Không đọc được «{wrong}»" in said for wrong in wrongs.values())
    cells = {cell.cell: cell for cell in load_reference(folder).programmes["LT-2630"].cells}
    assert str(cells["LT26-KH"].deadline) == "2026-03-31"
    shutil.rmtree(folder / "programmes" / "LT-2630")


ALONE = {
    "nothing": {},
    "a plan": {"plan_deadline": "2026-03-31"},
    "a registration": {"registration": {"deadline": "03-31"}},
    "a registration of persons": {"registration": {"deadline": "03-31", "individuals": 2}},
    "a report": {"report_deadline": "12-15"},
    "reviews": {"interim_deadline": "2028-09-30", "final_deadline": "2030-06-30"},
    "dossiers": {"dossier": {"deadline": "06-30"}},
    "dossiers with a cap": {"dossier": {"deadline": "06-30", "most": 3}},
    "dossiers with years": {"dossier": {"deadline": "06-30", "years_rated": 3, "papers": []}},
}


@pytest.mark.parametrize("name", ALONE)
def test_whatever_a_plan_has_its_folder_has_no_mistake(name: str, folder: Path) -> None:
    """Each thing a plan may ask for, without the others; units from the list of communes."""
    code = f"XX-{2600 + list(ALONE).index(name)}"
    units = {"id": f"{code}-XA", "name": "Các xã, phường", "from_list": "units_cao_bang_communes_2025.csv"}
    said = {"id": code, "short_name": "Thử", "title": "Thử", "issuing_body": "UBND", "years": [2026, 2030]}
    answers = Answers.model_validate({**said, "head": "Tỉnh", "units": [units], **ALONE[name]})
    write_programme(answers, folder)
    try:
        reference = load_reference(folder)
    finally:
        shutil.rmtree(folder / "programmes" / code)
    assert len([unit for unit in reference.units if unit.programme_id == code]) == 56 + 1


def test_a_folder_that_is_there_is_left_alone(folder: Path) -> None:
    code, told = _run("new", "LS-1620", "--answers", str(ANSWERS), folder=folder)
    assert (code, "ghi mã VD-2630" in told) == (2, True)
    code, told = _run("new", "CB-2125", folder=folder, told="\n".join(ASKED) + "\n")
    assert (code, "đã có thư mục" in told) == (2, True)


def test_wrong_answers_are_told_in_words(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "tra-loi.yaml"
    wrong.write_text(
        ANSWERS.read_text("utf-8").replace("report_deadline: 12-15", "report_dedline: 12-15"), "utf-8"
    )
    code, told = _run("new", "VD-2631", "--answers", str(wrong), folder=folder)
    assert code == 2
    assert "report_dedline" in told
    assert "report_deadline" in told


def test_a_list_without_names_is_told(folder: Path, tmp_path: Path) -> None:
    told = ANSWERS.read_text("utf-8").replace("VD-2630", "VD-2632")
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
    write_programme(answers, folder)
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


def test_try_tells_right_from_wrong(without_pictures: None) -> None:
    """The example: every rule and cell for which files can be made up comes out as it should, both ways."""
    tried = {one.id: one for one in try_programme("VD-2630", REFERENCE, PROJECT / "settings.yml")}
    assert [one for one in tried.values() if one.is_right is False] == []
    assert {name for name, one in tried.items() if one.is_right is None} == {
        "VD26-HS-{year}",
        "VD26-TRAN-{year}",
    }
    assert tried["CP-VD26-DIACHI"].bad_got == "báo"
