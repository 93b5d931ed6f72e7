"""Answers as people write them: rounds, numbers where text is wanted, how many of each kind, who signs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.common.paths import PROJECT
from pipelines.programmes.answers import Answers, read_answers
from pipelines.programmes.new import write_programme
from pipelines.programmes.own_form import NoColumn

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


@pytest.mark.parametrize(
    ("body", "agency"),
    [("UBND tỉnh Mẫu", "Ban Thi đua - Khen thưởng"), ("Công đoàn Mẫu", "ĐIỀN"), ("Tỉnh ủy Mẫu", "ĐIỀN")],
)
def test_who_signs_is_known_of_committees_alone(body: str, agency: str, tmp_path: Path) -> None:
    assert _written(_answers(tmp_path, body=body), tmp_path)["letter.yaml"]["agency"] == agency
