"""The cells of coverage: all of them, the units they expect, minima, and the wording of deadlines."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables


def _tables(reference: Reference, **policies: Any) -> dict[str, pl.DataFrame]:
    return reference_tables(reference, Settings({k.replace("_", "-"): v for k, v in policies.items()}))


@pytest.fixture(scope="module")
def tables(reference: Reference) -> dict[str, pl.DataFrame]:
    return _tables(reference)


def _required(tables: dict[str, pl.DataFrame], cell: str) -> dict[str, tuple[Any, ...]]:
    rows = tables["coverage_expected"].filter(pl.col("cell_id") == cell)
    columns = ("collectives_required", "individuals_required", "households_required", "any_required")
    return {row["unit_code"]: tuple(row[name] for name in columns) for row in rows.to_dicts()}


FOUR = ("BHXH-2125", "LS-1620", "CB-2125", "HCM-2125")


def test_all_cells_of_the_contract(tables: dict[str, pl.DataFrame]) -> None:
    letters = "abcdđeghiklm"
    expected = {
        *("BHXH-KH", "BHXH-SK", "BHXH-TK", "LS-HNX", "LS-HNT", "LS-HN", "LS-GT", "LS-BC", "LS-HS"),
        *("CB-KH", "CB-DK1", "CB-SK1", "CB-DK2", "CB-TK", "HCM-DK", "HCM-SK", "HCM-DV", "HCM-TK"),
        *(f"BHXH-{step}-{year}" for step in ("PH", "GT", "BD") for year in range(2021, 2025)),
        *(f"BHXH-KC-{year}" for year in range(2022, 2025)),
        *(f"CB-BC-{year}" for year in range(2022, 2026)),
        *(f"HCM-LV-{letter}-{year}" for letter in letters for year in range(2022, 2026)),
    }
    of_documents = tables["coverage_cells"].filter(pl.col("programme_id").is_in(FOUR))
    assert set(of_documents["cell_id"]) == expected
    assert tables["coverage_cells"]["cell_id"].is_unique().all()


def test_minima_by_unit(tables: dict[str, pl.DataFrame]) -> None:
    registration = _required(tables, "CB-DK1")
    assert registration["CB-HUYEN-UY-HA-QUANG"] == (5, 5, None, None)
    assert registration["CB-HUYEN-UY-BAO-LAM"] == (3, 3, None, None)
    assert registration["CB-DANG-UY-CONG-AN"] == (2, 2, None, None)
    assert registration["CB-DANG-UY-CUC-HAI-QUAN"] == (None, None, None, 1)
    whole = _required(tables, "HCM-DV")
    assert whole["HCM-TP-THU-DUC"][3] == 15
    assert whole["HCM-SO-Y-TE"][3] == whole["HCM-QUAN-1"][3] == 10
    assert whole["HCM-SO-NOI-VU"][3] == 5
    assert "HCM" not in whole
    caps = _required(tables, "LS-HS")
    assert caps["LS-HUYEN-CHI-LANG"] == (2, 3, None, None)
    assert caps["LS-SO-TAI-CHINH"] == (None, None, None, 1)


def test_fields_of_hcm(tables: dict[str, pl.DataFrame]) -> None:
    assert _required(tables, "HCM-LV-h-2023")["HCM-BO-CHI-HUY-BO-DOI-BIEN-PHONG"] == (1, 1, None, None)
    assert len(_required(tables, "HCM-LV-c-2023")) == 22
    counted = tables["coverage_counted_units"].filter(pl.col("cell_id") == "HCM-LV-d-2023")
    assert set(counted["counted_unit_code"]) == {
        "HCM-SO-NONG-NGHIEP-VA-PHAT-TRIEN-NONG-THON",
        "HCM-HOI-NONG-DAN",
    }
    counted = tables["coverage_counted_units"].filter(pl.col("cell_id") == "HCM-LV-i-2023")
    assert counted.height == 27
    assert counted["unit_code"].n_unique() == 1


def test_per_lead_policy_makes_each_agency_answer(reference: Reference) -> None:
    tables = _tables(reference, **{"POL-HCM-EACH-I": "per_lead"})
    required = _required(tables, "HCM-LV-i-2023")
    assert len(required) == 27
    assert set(required.values()) == {(None, None, None, 3)}


def _due(tables: dict[str, pl.DataFrame], cell: str) -> dict[str, Any]:
    return tables["deadlines"].row(by_predicate=pl.col("cell_id") == cell, named=True)


def test_before_a_day_excludes_it(reference: Reference, tables: dict[str, pl.DataFrame]) -> None:
    assert _due(tables, "LS-GT")["day"] == date(2020, 4, 10)
    assert _due(tables, "LS-GT")["last_day"] == date(2020, 4, 9)
    assert _due(tables, "HCM-SK")["last_day"] == date(2023, 3, 31)
    inclusive = _tables(reference, **{"POL-TRUOC-NGAY": "inclusive"})
    assert _due(inclusive, "LS-GT")["last_day"] == date(2020, 4, 10)


def test_cells_without_a_date_are_due_from_the_start(tables: dict[str, pl.DataFrame]) -> None:
    assert _due(tables, "CB-DK2")["last_day"] is None
    assert _due(tables, "CB-DK2")["due_from"] == date(2023, 1, 1)
    assert _due(tables, "CB-BC-2024")["due_from"] == date(2024, 12, 31)


def test_years_follow_the_policies(reference: Reference) -> None:
    tables = _tables(
        reference,
        **{"POL-BHXH-YEARS": {"unit": [2022], "bloc": [2023]}, "POL-HCM-FIRSTYEAR": 2024},
    )
    cells = set(tables["coverage_cells"]["cell_id"])
    assert {"BHXH-PH-2022", "BHXH-KC-2023", "HCM-LV-a-2024"} <= cells
    assert not {"BHXH-PH-2021", "BHXH-KC-2022", "HCM-LV-a-2023"} & cells


def test_usual_units_are_marked_and_may_be_left_out(reference: Reference) -> None:
    usual = {unit.unit_code for unit in reference.units if unit.is_usual}
    assert len(usual) == 38
    counted = _tables(reference)["coverage_expected"]
    assert set(counted.filter(pl.col("is_usual"))["unit_code"]) <= usual
    assert set(counted["unit_code"]) & usual
    left_out = _tables(reference, **{"POL-USUAL-UNITS": "leave_out"})["coverage_expected"]
    assert set(counted["unit_code"]) - set(left_out["unit_code"]) == set(counted["unit_code"]) & usual


def test_a_quantity_belongs_to_the_step_of_its_own_period(tables: dict[str, pl.DataFrame]) -> None:
    rows = tables["rule_deadlines"].filter(pl.col("period").is_not_null()).rows()
    assert ("CP-HCM-SL-LV", "HCM-c 2023", "HCM-LV-c-2023") in rows
    assert ("CP-HCM-SL-DV", "HCM-2125", "HCM-DV") in rows
    assert ("CP-CB-SL", "CB-GD2", "CB-DK2") in rows
    assert ("CP-BH-SL", "2024", "BHXH-GT-2024") in rows
    assert not [row for row in rows if row[0] == "CP-HCM-SL-LV" and row[1].split()[1] not in row[2]]


def test_what_is_due_each_year_can_be_told_of_many(tables: dict[str, pl.DataFrame]) -> None:
    labels = tables["coverage_cells"].select("cell_id", "label_of_years_vi").rows()
    assert ("BHXH-PH-2021", "Phát hiện, lựa chọn điển hình tiên tiến năm {years}") in labels
    assert ("HCM-LV-c-2023", "Chỉ tiêu lĩnh vực c năm {years}") in labels
    assert ("BHXH-SK", None) in labels
