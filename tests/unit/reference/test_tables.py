"""The `ref` tables: one row per rule with its clause, and mẫu 02's map from award to row."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables


@pytest.fixture(scope="module")
def tables(reference: Reference) -> dict[str, pl.DataFrame]:
    return reference_tables(reference, Settings())


FOUR = ("BHXH-2125", "LS-1620", "CB-2125", "HCM-2125")
"""The programmes whose documents the numbers are of."""


def test_every_rule_has_its_clause_severity_mender_and_words(tables: dict[str, pl.DataFrame]) -> None:
    rules = tables["rules"].filter(pl.col("kind") != "reading")
    ours = rules.filter(pl.col("programme_id").is_in([*FOUR, "*"]))
    counts = dict(ours.group_by("kind").len().iter_rows())
    assert counts["completeness"] >= 149
    assert counts["criterion"] == 226
    assert counts["quota"] == 75
    needed = ["severity", "mends", "message_vi", "short_vi", "how_to_fix_vi"]
    for column in (*needed, "document", "section", "quote", "seed_ref", "citation_vi"):
        assert rules.filter(pl.col(column).is_null() | (pl.col(column) == "")).height == 0, column
    assert rules["rule_id"].is_unique().all()
    assert not rules.filter((pl.col("kind") == "criterion") & (pl.col("severity") == "blocking")).height


def test_grains(tables: dict[str, pl.DataFrame]) -> None:
    for name, keys in {
        "units": ["unit_code"],
        "unit_ancestors": ["unit_code", "ancestor_code"],
        "award_aliases": ["alias_key", "city_only"],
        "award_kinds": ["award_code", "recipient_kind"],
        "mau_02_rows": ["row_id"],
        "mau_02_members": ["row_id", "award_code", "sub_kind"],
        "coverage_expected": ["cell_id", "unit_code"],
        "coverage_counted_units": ["cell_id", "unit_code", "counted_unit_code"],
        "quota_units": ["quota_id", "unit_code"],
        "policies": ["policy_id"],
        "object_classes": ["object_class", "recipient_kind"],
    }.items():
        assert tables[name].select(keys).is_unique().all(), name


def _members(tables: dict[str, pl.DataFrame], row: str) -> set[tuple[str, str | None]]:
    rows = tables["mau_02_members"].filter(pl.col("row_id") == row)
    return set(rows.select("award_code", "sub_kind").iter_rows())


def test_members_of_mau_02(tables: dict[str, pl.DataFrame]) -> None:
    assert _members(tables, "II.4") == {("BK-CTUBND-TINH", None)}
    assert _members(tables, "II.4.b") == {("BK-CTUBND-TINH", "dot_xuat"), ("BK-CTUBND-TINH", "doi_ngoai")}
    assert _members(tables, "I.7.a") == {("HC-KCCM", None)}
    assert _members(tables, "II.2") == {("TTLDXS", None), ("DVQT", None)}
    assert _members(tables, "III.1") == {("LDTT", None), ("CSTT", None)}
    assert _members(tables, "III.3") == {("TTLDTT", None), ("DVTT", None)}
    total = _members(tables, "TC")
    assert all(sub_kind is None for _, sub_kind in total)
    assert total == _members(tables, "I") | _members(tables, "II") | _members(tables, "III")
    assert ("NSUT", None) in _members(tables, "I")


def test_llvt_policy_takes_the_forces_out(reference: Reference) -> None:
    tables = reference_tables(reference, Settings({"POL-LLVT-MAP": "outside_form"}))
    assert _members(tables, "III.1") == {("LDTT", None)}
    assert _members(tables, "III.3") == {("TTLDTT", None)}
    assert ("CSTT", None) not in _members(tables, "TC")
    row = tables["policies"].row(by_predicate=pl.col("policy_id") == "POL-LLVT-MAP", named=True)
    assert not row["is_default"]


def test_sibling_policy_takes_unnumbered_rows_out_of_the_sum(reference: Reference) -> None:
    tables = reference_tables(reference, Settings({"POL-M02-SIBLING": "do_not_add"}))
    assert ("NSUT", None) not in _members(tables, "I")
    assert _members(tables, "I.3.2") == {("NSUT", None)}


def test_late_policy_changes_every_rule_about_lateness(reference: Reference) -> None:
    tables = reference_tables(reference, Settings({"POL-LATE-SEVERITY": "blocking"}))
    late = tables["rules"].filter(pl.col("category") == "late")
    assert late.filter(pl.col("programme_id").is_in([*FOUR, "*"])).height == 16
    assert set(late["severity"]) == {"blocking"}


def test_group_of_all_orders(tables: dict[str, pl.DataFrame]) -> None:
    codes = set(tables["award_groups"].filter(pl.col("group_code") == "HC-ALL")["award_code"])
    assert {"HC-LD", "HC-DL", "HC-SV"} <= codes
    assert not {"HC-ALL", "HUYC-KCCM"} & codes


def test_citations_read_well(tables: dict[str, pl.DataFrame]) -> None:
    rule = tables["rules"].row(by_predicate=pl.col("rule_id") == "CP-LS-DOITUONG", named=True)
    assert rule["citation_vi"] == "Hướng dẫn của Sở Nội vụ tỉnh Lạng Sơn, mục II.2.2.a"
    assert rule["short_vi"] == "chưa ghi nhóm đối tượng"
    quota = tables["rules"].row(by_predicate=pl.col("rule_id") == "Q-CB-HAQUANG-CN", named=True)
    assert quota["message_vi"] == "Số lượng chưa đúng quy định: ít nhất 05 cá nhân."


def test_tables_go_into_duckdb(tables: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "t.duckdb")) as connection:
        for name, table in tables.items():
            connection.register("table_in", table)
            connection.execute(f'CREATE TABLE "{name}" AS FROM table_in')
        found = connection.execute("SELECT count(*) FROM rules WHERE json_valid(citations)").fetchone()
    assert found == (tables["rules"].height,)
