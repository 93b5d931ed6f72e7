"""The tables other people's programs rely on, as docs/contract.md#published lists them."""

from __future__ import annotations

import duckdb
import pytest

MEASURES = (
    "collectives individuals households grassroots_collectives grassroots_collectives_pct direct_individuals "
    "direct_individuals_pct leader_individuals leader_individuals_pct"
)
TABLES = {
    "rpt_mau_02": "programme_id phase_id unit_code scope row_id row_order number label row_type "
    + MEASURES
    + " unknown_class_collectives unknown_class_individuals award_rate_collectives_pct "
    "award_rate_individuals_pct number_source",
    "rpt_award_totals_by_level": "programme_id award_year level unit_code scope " + MEASURES,
    "rpt_awards_outside_mau_02": "programme_id phase_id unit_code scope award_code " + MEASURES,
    "rpt_phase_coverage": "programme_id cell_id stage period unit_code status on_time deadline "
    "first_received_on collectives_required collectives_counted individuals_required individuals_counted "
    "households_required households_counted any_required any_counted",
    "rpt_phase_coverage_summary": "programme_id cell_id stage period units_expected units_covered "
    "coverage_pct units_on_time on_time_pct quota_collectives_pct quota_individuals_pct",
    "rpt_field_coverage": "programme_id period fields_total fields_covered coverage_pct",
    "rpt_programme_goals": "programme_id goal_id target counted",
    "fct_awards": "award_id programme_id unit_code award_code sub_kind level recipient_kind recipient_name "
    "position workplace object_class is_direct is_leader award_year decision_no decision_date submission_id "
    "source_file source_sheet source_row",
    "fct_nominations": "nomination_id programme_id phase_id unit_code form_id recipient_kind recipient_name "
    "subject_group field_id is_complete blocking_count warning_count eligibility submission_id source_file "
    "source_sheet source_row",
    "fct_findings": "finding_id programme_id unit_code nomination_id rule_id severity field message_vi "
    "citation source_file source_sheet source_row source_cell status first_seen_on last_seen_on",
    "fct_submissions": "submission_id source_file programme_id unit_code received_on form_id status reason "
    "rows_read",
    "dim_units": "unit_code name valid_from valid_to successor_code",
    "dim_awards": "award_code official_name quote",
    "dim_programmes": "programme_id title quote",
    "dim_phases": "phase_id programme_id quote",
    "dim_rules": "rule_id citation quote",
}
ALLOWED = {
    ("fct_submissions", "status"): {"accepted", "superseded", "duplicate", "quarantined", "unrecognised"},
    ("fct_findings", "status"): {"new", "open", "fixed", "reopened", "waived"},
    ("fct_findings", "severity"): {"blocking", "warning", "information"},
    ("fct_nominations", "eligibility"): {"pass", "fail", "unknown"},
    ("rpt_phase_coverage", "status"): {"covered", "partial", "none", "not_due"},
    ("rpt_mau_02", "scope"): {"own", "rollup"},
    ("rpt_mau_02", "number_source"): {"lists", "table", "agree", "differ"},
}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_has_the_columns_of_the_contract(published: duckdb.DuckDBPyConnection, table: str) -> None:
    here = {row[0] for row in published.execute(f"DESCRIBE marts.{table}").fetchall()}
    assert set(TABLES[table].split()) - here == set()


@pytest.mark.parametrize(("table", "column"), sorted(ALLOWED))
def test_codes_are_those_of_the_contract(
    published: duckdb.DuckDBPyConnection, table: str, column: str
) -> None:
    found = {row[0] for row in published.execute(f"SELECT DISTINCT {column} FROM marts.{table}").fetchall()}
    assert found
    assert found <= ALLOWED[table, column]


def test_the_snapshot_says_what_it_is(published: duckdb.DuckDBPyConnection) -> None:
    columns = [row[0] for row in published.execute("DESCRIBE meta.snapshot").fetchall()]
    assert columns == ["as_of", "run_id", "code_version", "input_digest", "published_at"]
    assert len(published.execute("FROM meta.snapshot").fetchall()) == 1


def test_every_unit_with_awards_has_all_43_rows(published: duckdb.DuckDBPyConnection) -> None:
    counts = published.execute(
        "SELECT count(*) FROM marts.rpt_mau_02 GROUP BY programme_id, unit_code, scope"
    ).fetchall()
    assert set(counts) == {(43,)}


def test_no_percentage_is_a_nan_or_out_of_range(published: duckdb.DuckDBPyConnection) -> None:
    columns = published.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'marts' "
        "AND column_name LIKE '%\\_pct' ESCAPE '\\' AND NOT starts_with(column_name, 'award_rate')"
    ).fetchall()
    assert columns
    for table, column in columns:
        wrong = published.execute(
            f"SELECT count(*) FROM marts.{table} WHERE {column} IS NOT NULL "
            f"AND NOT ({column} BETWEEN 0 AND 100)"
        ).fetchall()
        assert wrong == [(0,)], (table, column)
