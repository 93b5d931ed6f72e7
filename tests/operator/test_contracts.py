"""What analysts rely on cannot change in silence: contracts, dictionary, changelog, exposures, tags."""

from __future__ import annotations

import re

import pytest
import yaml

from pipelines.common.paths import DBT_PROJECT, PROJECT
from pipelines.publish import data_dictionary
from pipelines.publish.marts import MARTS, Table, marts, meta_tables, signature, signature_mark

TABLES = marts()
# A column of one of these names may hold a person's name or lead to one, in whatever mart it is.
PERSONAL = {
    "recipient_name", "position", "workplace", "decision_no", "source_file", "source_sheet",
    "nomination_id", "finding_id", "values_used", "reason_vi",
}  # fmt: skip
KINDS = {"name", "indirect", "free_text", "pseudonym"}


def test_every_mart_has_a_contract_of_its_own() -> None:
    models = {path.stem for path in MARTS.rglob("*.sql")}
    assert models == {table.name for table in TABLES}
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text("utf-8"))
    assert project["models"]["thidua"]["marts"]["+contract"] == {"enforced": True}
    assert not [path for path in MARTS.rglob("*.yml") if "enforced: false" in path.read_text("utf-8")]
    assert all(column.data_type for table in TABLES for column in table.columns)


def test_the_dictionary_and_the_changelog_know_the_marts() -> None:
    """Run `python -m pipelines.publish.data_dictionary` and name the mark it prints in CHANGELOG.md."""
    assert data_dictionary.problems() == []


def test_a_changed_column_is_noticed_until_the_changelog_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    table = TABLES[0]
    changed = Table(table.schema, table.name, table.meaning, table.grain, table.columns[1:])
    others = [changed, *TABLES[1:]]
    assert signature(others) != signature(TABLES)
    monkeypatch.setattr(data_dictionary, "marts", lambda: others)
    told = data_dictionary.problems()
    assert any(signature_mark(others) in problem and "CHANGELOG.md" in problem for problem in told)
    assert any("marts_signature.txt" in problem for problem in told)


@pytest.mark.parametrize("table", [*TABLES, *meta_tables()], ids=lambda table: table.name)
def test_every_column_says_what_it_is_in_vietnamese(table: Table) -> None:
    assert table.meaning
    if table.schema == "marts":
        assert table.grain, "say «Mỗi dòng: …» in the description"
    for column in table.columns:
        assert column.label, column.name
        assert re.search(r"[^\x00-\x7f]|^[A-Z]|^TT$", column.label), column
        if column.data_type not in {"varchar", "boolean", ""}:
            assert column.measure or "đơn vị: " in column.meaning, f"{column.name}: add it to measures.yml"


def test_personal_data_are_tagged() -> None:
    untagged = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if column.name in PERSONAL and column.data_type == "varchar" and column.pii not in KINDS
    ]
    assert untagged == []
    assert {column.pii for table in TABLES for column in table.columns} <= {*KINDS, ""}


def test_every_page_and_report_is_an_exposure() -> None:
    loaded = yaml.safe_load((DBT_PROJECT / "models" / "exposures.yml").read_text("utf-8"))["exposures"]
    names = {exposure["name"] for exposure in loaded}
    helpers = {"__init__", "page", "award_rows", "award_table", "coverage_heat", "todo", "whys", "kept"}
    helpers |= {"comparison_cells", "comparison_years", "parts", "alike"}
    pages = {path.stem for path in (PROJECT / "dashboards" / "pages").glob("*.py")} - helpers
    assert {name.removeprefix("page_") for name in names if name.startswith("page_")} == pages
    assert {"report_mau_02", "report_trace", "report_findings_workbook", "report_letters"} <= names
    read = set(re.findall(r"ref\('(\w+)'\)", str([exposure["depends_on"] for exposure in loaded])))
    assert read <= {table.name for table in TABLES}
    assert {name for name in read if name.startswith("rpt_")} == {
        table.name for table in TABLES if table.name.startswith("rpt_")
    }
