"""The sample night: every number of mẫu 02 is traced, roll-ups add up, percentages follow."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.reports.trace.trace import COUNTS

COLUMNS = ", ".join(COUNTS)


def test_every_count_is_the_sum_of_what_is_behind_it(published: duckdb.DuckDBPyConnection) -> None:
    numbers, wrong, above_zero = published.execute(
        f"""
        WITH shown AS (
            UNPIVOT (SELECT programme_id, unit_code, scope, row_id, {COLUMNS} FROM marts.rpt_mau_02)
            ON {COLUMNS} INTO NAME column_name VALUE shown
        ),
        traced AS (
            SELECT programme_id, unit_code, scope, row_id, column_name, sum(amount) AS traced,
                bool_and(source_file IS NOT NULL AND source_cell IS NOT NULL) AS has_place
            FROM marts.trc_mau_02 GROUP BY ALL
        )
        SELECT count(*),
            count(*) FILTER (WHERE shown <> coalesce(traced, 0) OR NOT coalesce(has_place, true)),
            count(*) FILTER (WHERE shown > 0)
        FROM shown LEFT JOIN traced USING (programme_id, unit_code, scope, row_id, column_name)
        """
    ).fetchone() or (0, 0, 0)
    assert wrong == 0
    assert numbers > 10_000
    assert above_zero > 1_000


def test_nothing_is_traced_that_is_not_shown(published: duckdb.DuckDBPyConnection) -> None:
    strays = published.execute(
        "SELECT count(*) FROM marts.trc_mau_02 ANTI JOIN marts.rpt_mau_02 "
        "USING (programme_id, unit_code, scope, row_id)"
    ).fetchone()
    assert strays == (0,)


@pytest.mark.parametrize("column", COUNTS[:5])
def test_a_roll_up_is_the_sum_of_its_parts(published: duckdb.DuckDBPyConnection, column: str) -> None:
    wrong = published.execute(
        f"""
        WITH parts AS (
            SELECT own.programme_id, rollups.ancestor_code AS unit_code, own.row_id,
                sum(own.{column}) AS number
            FROM marts.rpt_mau_02 AS own
            JOIN marts.dim_unit_rollups AS rollups USING (unit_code)
            WHERE own.scope = 'own'
            GROUP BY ALL
        )
        SELECT count(*) FROM marts.rpt_mau_02 AS shown JOIN parts USING (programme_id, unit_code, row_id)
        WHERE shown.scope = 'rollup' AND shown.{column} <> parts.number
        """
    ).fetchone()
    assert wrong == (0,)


def test_percentages_follow_from_their_counts(published: duckdb.DuckDBPyConnection) -> None:
    wrong = published.execute(
        """
        SELECT count(*) FROM marts.rpt_mau_02
        WHERE direct_individuals_pct
                IS DISTINCT FROM 100.0::DOUBLE * direct_individuals / nullif(individuals, 0)
            OR leader_individuals_pct
                IS DISTINCT FROM 100.0::DOUBLE * leader_individuals / nullif(individuals, 0)
            OR grassroots_collectives_pct
                IS DISTINCT FROM 100.0::DOUBLE * grassroots_collectives / nullif(collectives, 0)
            OR award_rate_individuals_pct IS DISTINCT FROM 100.0::DOUBLE * individuals / unit_individuals
        """
    ).fetchone()
    assert wrong == (0,)


def test_a_number_comes_from_lists_tables_or_both(published: duckdb.DuckDBPyConnection) -> None:
    sources = published.execute(
        "SELECT DISTINCT number_source FROM marts.rpt_mau_02 WHERE scope = 'own'"
    ).fetchall()
    assert {row[0] for row in sources} == {"lists", "table", "agree", "differ"}


def test_every_award_of_the_period_is_in_the_table_or_outside_it(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """Mẫu 02 and what stands outside it hold every award event of the period of every unit, once."""
    events = published.execute(
        "SELECT count(*) FROM marts.fct_awards WHERE phase_id IS NOT NULL AND recipient_kind IS NOT NULL"
    ).fetchone()
    shown = published.execute(
        """
        SELECT sum(collectives + individuals + households)::BIGINT FROM (
            SELECT * FROM marts.rpt_mau_02 WHERE row_id = 'TC' AND scope = 'own' AND number_source <> 'table'
            UNION ALL BY NAME
            SELECT * FROM marts.rpt_awards_outside_mau_02 WHERE scope = 'own'
        )
        """
    ).fetchone()
    assert shown == events
