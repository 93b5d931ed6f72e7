"""A query said to have no rows has none, for every choice of empty tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product

import duckdb
import pytest

from pipelines.check.no_rows import empty_when, holds

TABLES = ("s.a", "s.b", "s.c")
QUERIES = {
    # query: the choices of empty tables for which it is known to have no rows
    'FROM "s.a" JOIN "s.b" USING (x)': "a b ab ac bc abc",
    'FROM "s.a" LEFT JOIN "s.b" USING (x)': "a ab ac abc",
    'FROM "s.a" RIGHT JOIN "s.b" USING (x)': "b ab bc abc",
    'FROM "s.a" FULL JOIN "s.b" USING (x)': "ab abc",
    'FROM "s.a" p JOIN "s.b" q ON p.x <= q.x + p.x': "a b ab ac bc abc",
    'FROM "s.a", "s.b"': "a b ab ac bc abc",
    'SELECT x FROM "s.a" UNION ALL SELECT x FROM "s.b"': "ab abc",
    'SELECT x FROM "s.a" UNION SELECT x FROM "s.b" WHERE FALSE': "a ab ac abc",
    'SELECT x FROM "s.a" EXCEPT SELECT x FROM "s.b"': "a ab ac abc",
    'SELECT x FROM "s.a" INTERSECT SELECT x FROM "s.b"': "a b ab ac bc abc",
    'FROM "s.a" WHERE x IN (SELECT x FROM "s.b")': "a b ab ac bc abc",
    'FROM "s.a" WHERE x NOT IN (SELECT x FROM "s.b")': "a ab ac abc",
    'FROM "s.a" p WHERE NOT EXISTS (SELECT 1 FROM "s.b" q WHERE q.x = p.x)': "a ab ac abc",
    'SELECT x, (SELECT max(x) FROM "s.b" q WHERE q.x = p.x) AS most FROM "s.a" p': "a ab ac abc",
    'SELECT x, count(*) FROM "s.a" GROUP BY x': "a ab ac abc",
    'SELECT count(*) FROM "s.a"': "",
    'SELECT x, count(*) FROM "s.a" GROUP BY ROLLUP (x)': "",
    'SELECT x FROM "s.a" QUALIFY row_number() OVER (ORDER BY x) = 1': "a ab ac abc",
    'SELECT x FROM "s.a" ORDER BY x LIMIT 1': "a ab ac abc",
    'SELECT unnest([x, 2]) FROM "s.a"': "a ab ac abc",
    'SELECT x FROM (VALUES (1)) v (x) LEFT JOIN "s.a" USING (x)': "",
    'WITH RECURSIVE r AS (FROM "s.a" UNION ALL SELECT x + 1 FROM r WHERE x < 3) FROM r': "a ab ac abc",
    # a query that is named and read twice, within another one
    """WITH p AS MATERIALIZED (FROM "s.a"), q AS MATERIALIZED (SELECT x FROM p JOIN "s.b" USING (x))
       FROM p JOIN q USING (x) UNION ALL SELECT x FROM q UNION ALL SELECT x FROM "s.c" """: "ac bc abc",
    'SELECT x FROM "s.c" WHERE x > (SELECT count(*) - 5 FROM "s.a")': "c ac bc abc",
}


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        for table in TABLES:
            connection.execute(f'CREATE TABLE "{table}" (x INTEGER)')
        yield connection


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_said_of_every_choice_of_empty_tables(engine: duckdb.DuckDBPyConnection, query: str) -> None:
    ((_, plan),) = engine.execute(f"EXPLAIN (FORMAT json) {query}").fetchall()
    (root,) = json.loads(plan)
    condition = empty_when(root)
    said = []
    for choice in product((False, True), repeat=len(TABLES)):
        empty = {table for table, is_empty in zip(TABLES, choice, strict=True) if is_empty}
        engine.execute("BEGIN")
        for table in set(TABLES) - empty:
            engine.execute(f'INSERT INTO "{table}" VALUES (1), (2)')
        rows = engine.execute(query).fetchall()
        engine.execute("ROLLBACK")
        if holds(condition, empty):
            said.append("".join(sorted(table[-1] for table in empty)))
            assert not rows, (query, empty)
    assert sorted(said) == sorted(QUERIES[query].split())


def test_what_is_not_known_may_have_rows() -> None:
    below = [{"name": "SEQ_SCAN", "extra_info": {"Table": 'memory.main."s.a"'}, "children": []}]
    assert not holds(empty_when({"name": "NEW_OPERATOR", "children": below}), {"s.a"})
    assert not holds(
        empty_when({"name": "HASH_JOIN", "extra_info": {"Join Type": "NEW"}, "children": below * 2}), {"s.a"}
    )
