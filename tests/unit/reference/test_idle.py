"""What is right and can never come about: each kind once, all in one copy, told with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.reference.errors import Problem
from pipelines.reference.programme_check import warnings
from pipelines.reference.settings import Settings
from tests.unit.reference.conftest import REFERENCE

LS, CB, HCM, BHXH, VD = (
    f"programmes/{name}" for name in ("LS-1620", "CB-2125", "HCM-2125", "BHXH-2125", "VD-2630")
)

IDLE = {
    # file, from which id on, right, wrong, what is said
    "a lead agency that ended before the period": (
        f"{HCM}/units.csv",
        "HCM-SO-Y-TE",
        "HCM-2125,79,,,,,",
        "HCM-2125,79,,,2020-01-01,,",
        "đơn vị HCM-SO-Y-TE đã kết thúc ngày 01/01/2020",
    ),
    "a number that binds nobody": (
        f"{CB}/quotas.yaml",
        "id: Q-CB-HAIQUAN",
        "unit_codes:\n      - CB-DANG-UY-CUC-HAI-QUAN",
        "unit_codes: []",
        "Q-CB-HAIQUAN không ràng buộc đơn vị nào",
    ),
    "a number that nobody asks for": (
        f"{LS}/completeness_rules.yaml",
        "id: CP-LS-M04-SL",
        "quotas: [Q-LS-THAMLUAN]",
        "quotas: [Q-LS-TONG70]",
        "Q-LS-THAMLUAN không quy tắc nào, ô nào hỏi tới",
    ),
    "a number that its cell asks for no more": (
        f"{LS}/coverage.yaml",
        "cell: LS-GT",
        "minima: [Q-LS-THAMLUAN]",
        "minima: []",
        "Q-LS-THAMLUAN không quy tắc nào, ô nào hỏi tới",
    ),
    "a form of another programme": (
        f"{CB}/completeness_rules.yaml",
        "id: CP-CB-KYLUAT",
        "forms: [CB-BDK]",
        "forms: [BHXH-DSDK]",
        "CP-CB-KYLUAT: chương trình không dùng biểu BHXH-DSDK",
    ),
    "a rule on what is owed that asks nothing": (
        f"{CB}/completeness_rules.yaml",
        "id: CP-CB-MUON",
        "late: true",
        "late: false",
        "CP-CB-MUON: không hỏi thiếu (missing) cũng không hỏi muộn (late)",
    ),
    "lateness where no day is named": (
        f"{LS}/completeness_rules.yaml",
        "id: CP-LS-M04-MUON",
        "cells: [LS-GT]",
        "cells: [LS-BC]",
        "CP-LS-M04-MUON: hỏi gửi muộn nhưng ô LS-BC không có ngày hạn",
    ),
    "a limit that no number has": (
        f"{LS}/completeness_rules.yaml",
        "id: CP-LS-HOAC",
        "limit: max",
        "limit: min",
        "CP-LS-HOAC: không số lượng nào trong đó có min",
    ),
    "a group that nobody is judged by": (
        f"{HCM}/criteria.yaml",
        "id: G-HCM-K",
        "    replaces_field: HCM-k\n",
        "",
        "nhóm G-HCM-K không có applies",
    ),
    "a group that was asked of the unit a nominee heads": (
        f"{HCM}/criteria.yaml",
        "id: HCM-LV-Đ-CN-NGUOIDUNGDAU",
        "      group: G-HCM-D2-TT\n",
        "      group: G-HCM-B\n",
        "nhóm G-HCM-D2-TT không có applies",
    ),
    "ratings of years that no unit is asked for": (
        f"{VD}/completeness_rules.yaml",
        "id: CP-VD26-XEPLOAI",
        "op: years_given, field: rating, window: VD26_NAM_LIEN_TRUOC",
        "op: present, field: year",
        "VD26-XEPLOAI: không quy tắc years_given nào của khung năm VD26_NAM_LIEN_TRUOC",
    ),
    "a share by a column that its list lacks": (
        f"{VD}/quotas.yaml",
        "id: Q-VD26-TT",
        "min: 1",
        "share_of: [lanh_dao], max_percent: 20",
        "CP-VD26-SL: biểu VD-DSDK không có cột object_class",
    ),
    "ratings of which nobody knows the year": (
        f"{VD}/forms/VD-DSDK/form.yml",
        "columns:",
        "type: long_text",
        "type: rating",
        "có type: rating mà không rõ của năm nào",
    ),
    "a number that no form tells and the annex of others alone": (
        f"{BHXH}/annex_labels.yaml",
        "vocabulary: discipline_count_from_canh_cao",
        "kinds: [tap_the]",
        "kinds: [ca_nhan]",
        "vocabulary: discipline_count_from_canh_cao, type: number, kinds: [tap_the], by_year: ",
    ),
    "an award of the family that no annex asks for": (
        f"{VD}/criteria.yaml",
        "id: VD26-MOTLAN,",
        "{op: never_awarded, codes: [GUONG-SANG-VD]}",
        "{op: award_all_years, subject: family, codes: [GDVH], window: VD26_NAM_LIEN_TRUOC}",
        "subject: family, options: [Có, Không], award_codes: [GDVH]}",
    ),
    "a cell in which nobody is expected": (
        f"{CB}/coverage.yaml",
        "cell: CB-KH",
        "unit_types: [CB-HUYEN-UY, CB-HUYEN-UY-3, CB-DANG-UY-TT, CB-HAI-QUAN]",
        "unit_types: [CB-CO-SO]",
        "ô CB-KH: ngày 01/01/2022 không có đơn vị nào phải gửi",
    ),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Problem]]:
    """One copy with everything idle, and what is said of it."""
    folder = Path(shutil.copytree(REFERENCE, tmp_path_factory.mktemp("idle") / "reference"))
    for name, since, right, wrong, _ in IDLE.values():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        start = text.index(since)
        assert right in text[start:], since
        path.write_text(text[:start] + text[start:].replace(right, wrong, 1), encoding="utf-8")
    return folder, warnings(folder, Settings())


@pytest.mark.parametrize("name", IDLE)
def test_what_never_comes_about_is_told(told: tuple[Path, list[Problem]], name: str) -> None:
    folder, found = told
    said = next((one for one in found if IDLE[name][-1] in one.text), None)
    assert said is not None, [str(one) for one in found]
    assert 1 <= said.line <= len((folder / said.file).read_text("utf-8").splitlines())


def test_the_programmes_we_ship() -> None:
    assert warnings(REFERENCE, Settings()) == []


def test_one_programme_alone(told: tuple[Path, list[Problem]]) -> None:
    folder, found = told
    own = warnings(folder, Settings(), "CB-2125")
    assert own
    assert set(own) < set(found)
    assert {one.file.split("/")[1] for one in own} == {"CB-2125"}


def test_a_setting_that_grades_lateness_otherwise_is_told() -> None:
    told = warnings(REFERENCE, Settings({"POL-LATE-SEVERITY": "blocking"}), "LS-1620")
    assert told
    assert all("POL-LATE-SEVERITY trong settings.yml đặt blocking" in one.text for one in told)
