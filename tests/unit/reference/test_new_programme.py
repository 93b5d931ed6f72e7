"""A programme 2026–2030 is added by writing files only (docs/new-programme.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables

FILES = {
    "programme.yaml": """version: 1
id: LS-2630
short_name: Lạng Sơn 2026-2030
title: Kế hoạch thử 2026 - 2030
issuing_body: Sở Nội vụ
document_type: Kế hoạch
documents: [{id: ls-2630, short_name: Kế hoạch thử, title: Kế hoạch thử 2026 - 2030}]
period:
  {start: '2026-01-01', end: '2030-12-31', label: giai đoạn 2026 - 2030,
   cite: &c {seed: ls-2630, section: I, quote: thử}}
award_year_window: [2026, 2030]
form_phases: [{id: LS-GD1, label: Giai đoạn 1, years: [2026, 2028], cite: *c}]
""",
    "units.csv": """unit_code,name,unit_type,parent_code,programme_id
LS30,Tỉnh Lạng Sơn,TINH,,LS-2630
LS30-XA-A,Xã A,LS30-XA,LS30,LS-2630
LS30-XA-B,Xã B,LS30-XA,LS30,LS-2630
""",
    "unit_types.yaml": """version: 1
unit_types:
  - {id: LS30-XA, programme: LS-2630, name: Các xã, cite: {seed: ls-2630, section: I, quote: thử}}
""",
    "quotas.yaml": """version: 1
quotas:
  - {id: Q-LS30-CN, programme: LS-2630, subject_unit_type: LS30-XA,
     unit_types: [LS30-XA], period_basis: per_year,
     basis: per_year, recipient_kind: ca_nhan, count_kinds: [ca_nhan], min: 2,
     enforcement: minimum_unit_warning,
     cite: {seed: ls-2630, section: II, quote: thử}}
  - {id: Q-LS30-CN-A, programme: LS-2630, subject_unit_type: LS30-XA,
     unit_codes: [LS30-XA-A], period_basis: per_year,
     basis: per_year, recipient_kind: ca_nhan, count_kinds: [ca_nhan], min: 4,
     enforcement: minimum_unit_warning,
     cite: {seed: ls-2630, section: II, quote: thử}}
""",
    "completeness_rules.yaml": """version: 1
rules:
  - {id: CP-LS30-TOMTAT, programme: LS-2630, nomination_kind: mẫu 03, category: missing_field,
     incomplete_when: tom_tat empty,
     judge: {about: nomination, forms: [LS-M03], test: {op: present, field: tom_tat}},
     severity: blocking, message_vi: Đề nghị ghi tóm tắt thành tích.,
     short_vi: chưa có tóm tắt thành tích, how_to_fix_vi: Ghi tóm tắt thành tích., mends: unit,
     cite: {seed: ls-2630, section: III, quote: thử}}
""",
    "coverage.yaml": """version: 1
cells:
  - cell: LS30-DK-{year}
    label_vi: Đăng ký năm {year}
    stage: lua_chon_dang_ky
    years: [2026, 2027]
    expects: {unit_types: [LS30-XA]}
    test: registration_counts
    forms: [HCM-DSDK]
    minima: [Q-LS30-CN, Q-LS30-CN-A]
    deadline: '{year}-03-31'
    deadline_wording: exclusive
    due: end
    cite: {seed: ls-2630, section: II, quote: thử}
""",
}


def test_new_programme_from_files_alone(copy: Path) -> None:
    folder = copy / "programmes" / "LS-2630"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    reference = load_reference(copy)
    tables = reference_tables(reference, Settings())
    cells = tables["deadlines"].filter(pl.col("programme_id") == "LS-2630")
    assert cells["cell_id"].to_list() == ["LS30-DK-2026", "LS30-DK-2027"]
    assert cells["last_day"].to_list() == [date(2026, 3, 30), date(2027, 3, 30)]
    required = tables["coverage_expected"].filter(pl.col("cell_id") == "LS30-DK-2026")
    assert dict(required.select("unit_code", "individuals_required").iter_rows()) == {
        "LS30-XA-A": 4,
        "LS30-XA-B": 2,
    }
    rule = tables["rules"].row(by_predicate=pl.col("rule_id") == "CP-LS30-TOMTAT", named=True)
    assert (rule["document"], rule["section"], rule["mends"]) == ("Kế hoạch thử", "III", "unit")
    phases = tables["phases"].filter(pl.col("programme_id") == "LS-2630")["phase_id"].to_list()
    assert phases == ["LS-2630", "LS-GD1"]


def test_folder_and_id_must_agree(copy: Path) -> None:
    folder = copy / "programmes" / "LS-9999"
    folder.mkdir()
    (folder / "programme.yaml").write_text(FILES["programme.yaml"], encoding="utf-8")
    with pytest.raises(ReferenceError, match="thư mục LS-9999 có chương trình mã LS-2630"):
        load_reference(copy)
