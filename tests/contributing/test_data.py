"""Tasks that are data alone: a form, a list of awards, a programme, a deadline."""

from __future__ import annotations

from pipelines.common.paths import PROJECT
from tests.contributing.conftest import ProjectCopy

FORM = """id: LS-GTM
official_label: Phiếu giới thiệu mô hình mới
citation: docs/contract.md#forms
kind: table
programmes: [LS-1620]
part_key: row_year
title: {all: [PHIẾU GIỚI THIỆU MÔ HÌNH MỚI], required: true}
tables:
- id: danh_sach
  target: records
  row_needs: [ten]
  any_row: true
  name: ten
  kind: loai
  year: nam
  columns:
  - {id: stt, type: ordinal, labels: [STT]}
  - {id: ten, type: text, required: true, labels: [Tên mô hình]}
  - {id: loai, type: recipient_kind, labels: [Loại]}
  - {id: nam, type: year, labels: [Năm]}
  - {id: giai_phap, type: long_text, labels: [Cách làm hay]}
"""
CASE = """programme: LS-1620
kind: workbook
blocks:
- grid: Trang 1
  rows:
  - [PHIẾU GIỚI THIỆU MÔ HÌNH MỚI]
  - [STT, Tên mô hình, Loại, Năm, Cách làm hay]
  - [1, Tổ tự quản A, Tập thể, 2019, Mỗi nhà một hố rác]
"""
EXPECTED = """form_id: LS-GTM
rows_read: 1
records: [{recipient_kind: tap_the, recipient_name: Tổ tự quản A, record_year: 2019}]
fields: [{field: giai_phap, value_text: Mỗi nhà một hố rác, cell: E3}]
"""


def test_a_form(copy: ProjectCopy) -> None:
    copy.write("data/reference/programmes/LS-1620/forms/LS-GTM/form.yml", FORM)
    copy.write("tests/forms/LS-GTM/good/input.yml", CASE)
    copy.write("tests/forms/LS-GTM/good/expected.yml", EXPECTED)
    reports = "pipelines/sentences/reports.yml"
    copy.replace(reports, "  LS-M01: mẫu 01\n", "  LS-M01: mẫu 01\n  LS-GTM: phiếu giới thiệu mô hình\n")
    nominees = "  - {form: LS-M04, kind: gioi_thieu, family: LS-M04, records: head}\n"
    own = nominees + "  - {form: LS-GTM, kind: gioi_thieu, family: LS-GTM, records: row}\n"
    copy.replace("data/reference/programmes/LS-1620/nominations.yaml", nominees, own)
    copy.follows("form")
    told = copy.run("""
import json
from tests.forms import golden, test_golden
from pipelines.sentences import named
case = golden.HERE / "LS-GTM" / "good"
test_golden.test_golden_folder_reads_to_expected_rows(case)
test_golden.test_every_cell_of_golden_folder_is_accounted_for(case)
print(json.dumps([golden.read_case(case)[1].form_id, named("form_names", "LS-GTM")]))
""")
    assert told == ["LS-GTM", "phiếu giới thiệu mô hình"]


AWARD_LIST = """id: VINH-DANH
official_label: Danh sách vinh danh
citation: docs/contract.md#forms
kind: table
contents: awards
programmes: '*'
part_key: file_name
title: {all: [DANH SÁCH VINH DANH], required: true}
tables_of: KT-DS
"""


def test_a_second_list_of_awards_is_one_folder(compiled: None, copy: ProjectCopy) -> None:
    """It is read to award rows, and its rows are award events, without a word in code or SQL."""
    copy.write("pipelines/forms/catalogue/VINH-DANH/form.yml", AWARD_LIST)
    copy.follows("award-list")
    form, award, events = copy.run("""
import json
from datetime import date
from pipelines.forms.read import read_submission
from tests.forms.golden import build, context, reference
from tests.raw_rows import known_forms
from tests.rules.world import World
rows = [["DANH SÁCH VINH DANH NĂM 2020"],
        ["STT", "Họ và tên", "Phân loại khen thưởng", "Hình thức khen thưởng", "Năm"],
        [1, "Người thử", "Cá nhân", "Bằng khen của Chủ tịch UBND tỉnh", 2020]]
data = {"blocks": [{"grid": "Trang 1", "rows": rows}]}
reading = read_submission(build(data), context(data), known_forms(), reference())
world = World()
unit = world.unit("LS-1620", "LS-HUYEN-TP")
row = {"name": "Người thử", "kind": "ca_nhan", "award": "Bằng khen của Chủ tịch UBND tỉnh", "year": 2020}
world.send("LS-1620", unit, {"form": "KT-DS", "received": date(2020, 6, 1), "rows": [row]})
for table in ("submissions", "parts", "award_rows"):
    world.rows[table][0]["form_id"] = reading.form_id
with world.build("int_award_events") as connection:
    events = connection.execute("SELECT count(*) FROM intermediate.int_award_events").fetchone()[0]
print(json.dumps([reading.form_id, reading.rows("award_rows")[0]["award_key"], events]))
""")
    assert (form, events) == ("VINH-DANH", 1)
    assert award == "bằng khen của chủ tịch ubnd tỉnh"


def test_a_programme(copy: ProjectCopy) -> None:
    """It loads, with its rules and deadlines; tests/rules/test_new_programme.py runs its whole night."""
    folder = PROJECT / "tests" / "rules" / "new_programme" / "LS-2630"
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            inside = path.relative_to(folder).as_posix()
            copy.write(f"data/reference/programmes/LS-2630/{inside}", path.read_text("utf-8"))
    copy.follows("programme")
    rules, cells = copy.run("""
import json
from pathlib import Path
from pipelines.reference.load import load_reference
rules = load_reference(Path("data/reference")).programmes["LS-2630"]
print(json.dumps([[rule.id for rule in rules.completeness], len(rules.cells)]))
""")
    assert "CP-LS30-GIAIPHAP" in rules
    assert cells


def test_a_deadline(compiled: None, copy: ProjectCopy) -> None:
    """One day moved in one file: the finding, and the table all others read, follow."""
    coverage = "data/reference/programmes/LS-1620/coverage.yaml"
    copy.replace(coverage, "deadline: '2020-04-10'", "deadline: '2020-04-20'")
    case = "days: {2020-04-09: none, 2020-04-10: information, 2020-04-11: warning}"
    moved = "days: {2020-04-19: none, 2020-04-20: information, 2020-04-21: warning}"
    copy.replace("tests/rules/deadlines.yml", case, moved)
    copy.follows("deadline")
    judged, listed = copy.run("""
import json
from tests.rules import test_deadlines as module
from tests.rules.world import World
case = module.DEADLINES["late"]["LS-GT"]
told = {}
world = World()
for day in case["days"]:
    told[day] = world.unit("LS-1620", case["unit_type"])
    file = {"form": "LS-M04", "year": 2020, "name": "Người thử", "kind": "ca_nhan", "received": day}
    world.send("LS-1620", told[day], file, tag=told[day])
with world.build("int_verdicts", "dim_deadlines") as connection:
    found = dict(connection.execute(
        "SELECT unit_code, coalesce(v.severity, r.severity) FROM intermediate.int_verdicts AS v "
        "JOIN ref.rules AS r USING (rule_id) WHERE rule_id = ?", [case["rule"]]).fetchall())
    listed = connection.execute(
        "SELECT DISTINCT last_day::TEXT FROM marts.dim_deadlines WHERE cell_id = 'LS-GT'").fetchall()
print(json.dumps([[found.get(told[day], "none") == wanted for day, wanted in case["days"].items()], listed]))
""")
    assert judged == [True, True, True]
    assert listed == [["2020-04-19"]]
