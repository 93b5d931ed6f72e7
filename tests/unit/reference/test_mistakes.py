"""Mistakes people make in a programme's data: all of one copy are told at once, each in a sentence."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.reference.errors import Problem, Problems, ReferenceError
from pipelines.reference.forms import CATALOGUE, form_files, read_forms
from pipelines.reference.load import load_reference
from pipelines.reference.yaml_lines import YamlProblem, read_yaml
from tests.unit.reference.conftest import REFERENCE, Edit

LIST = "programmes/LS-1620/units.csv"

BH, LS, CB, HCM = (f"programmes/{name}" for name in ("BHXH-2125", "LS-1620", "CB-2125", "HCM-2125"))


@dataclass(frozen=True)
class Mistake:
    """What stands in a file, what somebody writes instead, and the words that must tell it."""

    file: str
    right: str
    wrong: str
    told: str
    line_of: str | None = None
    """Where the mistake stands, when not at the last line of what was written."""


MISTAKES = {
    "a misspelt key of a criterion's check": Mistake(
        f"{LS}/criteria.yaml", "min_rating: HTXSNV", "min_ratng: HTXSNV", "khóa «min_ratng» không dùng ở đây"
    ),
    "a misspelt key of a letterhead": Mistake(
        f"{CB}/letter.yaml", "place: Cao Bằng", "plce: Cao Bằng", "có phải «place»?"
    ),
    "a deadline before its start": Mistake(
        f"{CB}/coverage.yaml",
        "deadline: '2022-09-30'",
        "deadline: '2021-09-30'",
        "trước ngày đầu kỳ 01/01/2022",
    ),
    "a day that no month has": Mistake(
        f"{LS}/coverage.yaml", "deadline: '2020-03-31'", "deadline: '2020-02-30'", "không có trong lịch"
    ),
    "a day of every year that no month has": Mistake(
        f"{BH}/coverage.yaml", "deadline: '{year}-07-31'", "deadline: '{year}-02-30'", "không có trong lịch"
    ),
    "a value that no finding of the rule has": Mistake(
        f"{BH}/completeness_rules.yaml",
        "short_vi: chưa ghi giới tính",
        "short_vi: chưa ghi {hann}",
        "có phải «{han}»?",
    ),
    "a brace that is not closed": Mistake(
        f"{HCM}/completeness_rules.yaml",
        "short_vi: chưa ghi lĩnh vực\n",
        "short_vi: chưa ghi {read\n",
        "không thành cặp",
    ),
    "two fields of one letter": Mistake(
        f"{HCM}/fields.yaml",
        "code: b\n    official_name: Điển hình",
        "code: a\n    official_name: Điển hình",
        "cũng là cách gọi của HCM-a",
        "phát triển sản xuất - kinh doanh, lao động giỏi",
    ),
    "a key twice": Mistake("recipients.yaml", "version: 1\n", "version: 1\nversion: 2\n", "ghi hai lần"),
    "a column that the form lacks": Mistake(
        f"{BH}/completeness_rules.yaml", "field: gioi_tinh", "field: gioi_tin", "có phải «gioi_tinh»?"
    ),
    "a group without a citation": Mistake(
        f"{HCM}/criteria.yaml",
        "  - id: G-HCM-K\n",
        "  - id: G-HCM-K0\n    programme: HCM-2125\n"
        "    applies_to: field k\n    logic: {all: [HCM-DT]}\n    text: x\n  - id: G-HCM-K\n",
        "thiếu khóa «cite»",
        "- id: G-HCM-K0",
    ),
    "an unknown form of a judge": Mistake(
        f"{CB}/completeness_rules.yaml",
        "judge: {about: count, forms: [CB-BDK]",
        "judge: {about: count, forms: [CB-BKD]",
        "không có biểu «CB-BKD» – có phải «CB-BDK»?",
    ),
    "an unknown form of a requirement": Mistake(
        f"{CB}/coverage.yaml", "{form: DOC-SOKET", "{form: DOC-SOKT", "có phải «DOC-SOKET»?"
    ),
    "an unknown form of a cell": Mistake(
        f"{HCM}/coverage.yaml", "forms: [HCM-DSDK]", "forms: [HCM-DSKD]", "có phải «HCM-DSDK»?"
    ),
    "an unknown form that nominates": Mistake(
        f"{LS}/nominations.yaml", "{form: LS-M04, ", "{form: LS-MO4, ", "có phải «LS-M04»?"
    ),
    "a form that nominates twice": Mistake(
        "programmes/VD-2630/nominations.yaml",
        "- {form: LS-DSDN,",
        "- {form: VD-DSDK,",
        "biểu VD-DSDK ghi hai lần",
    ),
    "an unknown class of a form's own words": Mistake(
        "programmes/VD-2630/forms/VD-DSDK/form.yml",
        "{id: ghi_chu, type: text, labels: [Ghi chú]}\n",
        "{id: object_class, type: object_class, labels: [Ghi chú]}\n"
        "choices: {object_class: {lanh_dao_phog: [Lãnh đạo]}}\n",
        "có phải «lanh_dao_phong»?",
    ),
    "an unknown window": Mistake(
        f"{LS}/criteria.yaml", "window: LS_EVAL_YEARS", "window: LS_EVAL_YEAR", "có phải «LS_EVAL_YEARS»?"
    ),
    "a dossier rule that names a form": Mistake(
        f"{LS}/completeness_rules.yaml",
        "judge: {about: dossier, forms: [LS-HOSO]",
        "judge: {about: dossier, forms: [LS-M03]",
        "không có hồ sơ (family của biểu có dossier) «LS-M03»",
    ),
    "a yes or no that does not say which": Mistake(
        f"{BH}/criteria.yaml",
        "field: union_activity_confirmed\n          equals: true",
        "field: union_activity_confirmed",
        "thiếu khóa «equals»",
    ),
    "a type of units that holds itself": Mistake(
        "unit_types.yaml", "includes: []", "includes: [TINH]", "gồm chính nó"
    ),
    "a minimum below none": Mistake(
        f"{CB}/quotas.yaml", "    min: 3\n", "    min: -3\n", "nhỏ nhất 0", "min: -3"
    ),
    "something that travels with a cell and is no form": Mistake(
        f"{LS}/coverage.yaml", "travels: [LS-HOSO,", "travels: [LS-HSO,", "có phải «LS-HOSO»?"
    ),
    "al for all": Mistake(
        f"{BH}/criteria.yaml", "      all:\n", "      al:\n", "khóa «al» không dùng ở đây – có phải «all»?"
    ),
    "a misspelt placeholder": Mistake(
        f"{CB}/coverage.yaml", "cell: CB-BC-{year}", "cell: CB-BC-{yaer}", "không có chỗ điền «{yaer}»"
    ),
    "a percentage as text": Mistake(
        f"{CB}/criteria.yaml", "min_exclusive: 70", "min_exclusive: 70%", "«min_exclusive» phải là"
    ),
    "an unknown unit of a cell": Mistake(
        f"{HCM}/coverage.yaml", "units: [HCM-SO-Y-TE]", "units: [HCM-SO-YTE]", "có phải «HCM-SO-Y-TE»?"
    ),
    "a phase that no form declares": Mistake(
        f"{CB}/coverage.yaml", "phase: CB-GD2", "phase: CB-GD3", "không có giai đoạn của biểu «CB-GD3»"
    ),
    "an unknown operator": Mistake(
        f"{HCM}/criteria.yaml", "op: award_count", "op: award_cout", "có phải «award_count»?"
    ),
    "an unknown value of a policy": Mistake(
        "policies.yaml", "default_value: exclusive", "default_value: before", "«before» không thuộc"
    ),
    "a case that its policy has not": Mistake(
        f"{LS}/criteria.yaml",
        "'>=2 CTD-TINH only':",
        "'>=2 CTD-TINH onli':",
        "không có giá trị của POL-LS-2CO-TROLEN «>=2 CTD-TINH onli»",
    ),
    "a window of a phase that no form declares": Mistake(
        f"{CB}/nominations.yaml",
        "{by_phase: {CB-GD1:",
        "{by_phase: {CB-GD9:",
        "không có giai đoạn của biểu «CB-GD9»",
    ),
    "a key of years that its policy has not": Mistake(
        f"{BH}/coverage.yaml", "key: unit", "key: unti", "có phải «unit»?"
    ),
    "a thing of another kind under a name that is known": Mistake(
        f"{LS}/nominations.yaml",
        "until_cell: LS-HS}",
        "until_cell: LS-BC}",
        "không có việc có hạn vào một ngày «LS-BC» – có phải «LS-HS»?",
    ),
    "years the wrong way round": Mistake(
        f"{BH}/completeness_rules.yaml",
        "window: [2021, 2025]",
        "window: [2025, 2021]",
        "khung năm [2025, 2021] ngược",
    ),
    "a step that a ladder has not": Mistake(
        "object_classes.yaml", "step: lanh_dao_phong", "step: lanh_dao_fong", "không có bậc «lanh_dao_fong»"
    ),
    "a day as people write it": Mistake(
        f"{LS}/coverage.yaml",
        "deadline: '2020-04-10'",
        "deadline: '10/04/2020'",
        "«deadline»: ngày «10/04/2020»",
    ),
    "an unknown type of sender": Mistake(
        f"{LS}/completeness_rules.yaml",
        "unit_types: [LS-SO-NGANH-5, LS-NGANH-GDDT",
        "unit_types: [LS-SO-NGANH-6, LS-NGANH-GDDT",
        "có phải «LS-SO-NGANH-5»?",
    ),
    "a whole number as text": Mistake(
        f"{LS}/quotas.yaml", "    max: 2\n", "    max: 'hai'\n", "phải là một số nguyên", "max: 'hai'"
    ),
}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int], list[Problem]]:
    """One copy with every mistake, the line of each, and what is said of it all."""
    folder = Path(shutil.copytree(REFERENCE, tmp_path_factory.mktemp("mistakes") / "reference"))
    for mistake in MISTAKES.values():
        path = folder / mistake.file
        text = path.read_text(encoding="utf-8")
        assert mistake.right in text, mistake
        path.write_text(text.replace(mistake.right, mistake.wrong, 1), encoding="utf-8")
    header = (folder / LIST).read_text(encoding="utf-8")
    assert "unit_type" in header
    lines = {}
    for name, mistake in MISTAKES.items():
        text = (folder / mistake.file).read_text(encoding="utf-8")
        wanted = mistake.line_of or mistake.wrong.rstrip("\n").splitlines()[-1]
        lines[name] = next(n for n, line in enumerate(text.splitlines(), 1) if wanted.strip() in line)
    with pytest.raises(ReferenceError) as raised:
        load_reference(folder)
    return folder, lines, raised.value.problems


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_is_told_where_it_stands(
    spoilt: tuple[Path, dict[str, int], list[Problem]], name: str
) -> None:
    _, lines, problems = spoilt
    mistake = MISTAKES[name]
    here = [one for one in problems if one.file == mistake.file]
    assert any(mistake.told in one.text and abs(one.line - lines[name]) <= 1 for one in here), here


def test_no_word_of_a_programmer_is_said(spoilt: tuple[Path, dict[str, int], list[Problem]]) -> None:
    for problem in spoilt[2]:
        assert not re.search(r"Input should|valid|pydantic|dict|tuple|NoneType|Error", problem.text), problem
        assert "\n" not in problem.text


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("    min: 3", "\t min: 3", "thụt dòng bằng phím Tab"),
        ("subject_unit_type: CB", "subject_unit_type: 'CB", "dấu nháy"),
        ("named_units: []", "named_units: [", "dấu ngoặc"),
        ("    recipient_kind: tap_the", "   recipient_kind: tap_the", "thụt dòng không thẳng hàng"),
        ("basis: per_phase (", "basis: per_phase: (", "dấu hai chấm giữa câu"),
    ],
)
def test_a_file_that_is_no_yaml(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    path = tmp_path / "quotas.yaml"
    text = (REFERENCE / CB / "quotas.yaml").read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(YamlProblem) as raised:
        read_yaml(path)
    assert told in raised.value.text, raised.value.text
    assert not re.search(r"[a-z]+ed|expected|found|token", raised.value.text)


def test_one_id_twice_in_a_file_is_told_once(edit: Edit) -> None:
    folder = edit(f"{BH}/completeness_rules.yaml", "- id: CP-BH-TLKK", "- id: CP-BH-NAM")
    with pytest.raises(ReferenceError) as raised:
        load_reference(folder)
    [problem] = raised.value.problems
    assert "mã CP-BH-NAM ghi hai lần" in problem.text


def test_a_header_of_units_is_blamed_itself(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(REFERENCE, tmp_path / "reference"))
    path = folder / LIST
    path.write_text(path.read_text(encoding="utf-8").replace("unit_type", "unit_tpe", 1), encoding="utf-8")
    with pytest.raises(ReferenceError) as raised:
        load_reference(folder)
    first = raised.value.problems
    assert any(one.file == LIST and one.line == 1 and "«unit_type»" in one.text for one in first)
    assert not any(one.file == LIST and one.line > 1 for one in first)


@pytest.mark.parametrize(
    ("form", "right", "wrong", "told"),
    [
        ("KT-DS", "row_needs:", "row_neds:", "có phải «row_needs»?"),
        ("KT-DS", "{id: stt, type: ordinal, labels:", "{id: stt, type: ordinal, lables:", "«lables»"),
        ("KT-DS", "{id: decision_date, type: date,", "{id: decision_date, type: dat,", "có phải «date»?"),
        ("LS-M03", "name: ten", "name: tn", "dẫn cột «tn»"),
        ("LS-M04", "kind_field: recipient_kind", "kindfield: recipient_kind", "có phải «kind_field»?"),
        ("BHXH-M03", "required: true", "required: 'yes'", "phải là true hoặc false"),
    ],
)
def test_a_mistake_of_a_form(tmp_path: Path, form: str, right: str, wrong: str, told: str) -> None:
    folder, reference = tmp_path / "catalogue", tmp_path / "reference"
    shutil.copytree(CATALOGUE, folder)
    shutil.copytree(REFERENCE, reference)
    path = next(path for path in form_files(reference, folder) if path.parent.name == form)
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    line = 1 + text[: text.index(right)].count("\n")
    problems = Problems(tmp_path)
    read_forms(folder, problems, reference, {}, [])
    assert any(told in one.text and abs(one.line - line) <= 8 for one in problems.found), problems.found
