"""Expressions of models mean on Spark what they mean on DuckDB; what no rule says fails by its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytest.importorskip("pyspark", reason="make spark")

from pipelines.reference.settings import Engine
from pipelines.spark.session import session
from pipelines.spark.translation import columns_known, translated
from pipelines.spark.words import Untranslated
from pipelines.transform.model import Model

COLUMNS = {
    "g": "INTEGER", "n": "INTEGER", "d": "DOUBLE", "t": "VARCHAR", "day": "DATE", "b": "BOOLEAN",
    "l": "VARCHAR[]", "j": "VARCHAR",
}  # fmt: skip
ROWS = """VALUES
    (1, 3, 2.5::double, 'Đặng Thị Ậm', DATE '2020-06-05', true, ['a', NULL], '{"a": "x", "b": 1}'),
    (1, NULL, 2.15e8::double, NULL, NULL, NULL, NULL, NULL),
    (1, 1, 1234.565::double, 'cột  b', DATE '2021-01-01', false, ['b'], '{"a": null}'),
    (2, 2, -0.001::double, '', DATE '1999-12-31', true, []::varchar[], '{}')"""
EACH = """
    strip_accents(t); nfc_normalize(t); list_contains(l, 'b'); list_contains(l, nullif(t, t))
    d::varchar; 'a' || d; d::integer; n / 2; greatest(n, g); try_cast(t as integer)
    json_extract_string(j, '$.a'); json_extract_string(j, '$.b'); from_json('["x","y"]', '["VARCHAR"]')
    strftime(day, '%d/%m/%Y'); date_diff('day', day, DATE '2022-02-02')
    ['a', 'b'][n]; list_position(['a', 'b'], t); range(n, 3); len(l)
    list_max(map_values(list_histogram([n, n, 3])))
    list_filter(l, lambda x: x = 'b'); list_transform([5, 6], lambda y, i: y - i)
    list_has_all(['a', 'b'], l); list_has_any(['a', 'b'], l)
    format('{:,}', n); format('{:,.2f}', d)
    trim(t, 'm'); split_part(t, ' ', 2); md5(t); concat_ws('|', t, n, NULL)
    regexp_replace(t, '\\s+', ' ', 'g'); regexp_matches(t, '^c.t\\s'); regexp_extract(t, '(b)$', 1)
    regexp_split_to_array(t, '\\s+'); to_json({'a': n, 'b': t})::varchar
"""
GROUPED = """
    string_agg(t, ' / ' order by n); string_agg(distinct t, ', ' order by t); list(t order by n)
    list(n order by n) filter (where n > 5); min_by(t, (n, d)); max_by(t, (n, d)); min_by(n, d); any_value(n)
    median(n); sum(n); bool_or(b); count(*) filter (where b)
"""


def _listed(expressions: str) -> str:
    several = [part.strip() for part in expressions.replace("\n", ";").split(";")]
    return ", ".join(f"{part} as c{n}" for n, part in enumerate(filter(None, several)))


MODELS = {
    "each": f"select g, d, {_listed(EACH)} from thidua.raw.t",
    "grouped": f"select g, {_listed(GROUPED)} from thidua.raw.t group by g",
    "by_name": "select g, n from thidua.raw.t union all by name select t, g from thidua.raw.t",
    "ordered": "select g, n, row_number() over (partition by g order by n desc, d) as k from thidua.raw.t",
    "best": "select g, n from thidua.raw.t qualify row_number() over (partition by g order by n) = 1",
    "unpivoted": "select * from (select g, t, j from thidua.raw.t) unpivot (v for k in (t, j))",
    "rows": "select g, unnest(l) as one from thidua.raw.t",
    "years": "select g, unnest(range(1, n + 1))::integer as y from thidua.raw.t",
    "among": "select g from thidua.raw.t where (g, n) in (select (g, n) from thidua.raw.t where b)",
    "reached": "with recursive r (a, b) as (select g, n from thidua.raw.t where n is not null union "
    "select r.a, t.n from r inner join thidua.raw.t as t on r.b = t.g and t.n is not null) select * from r",
}  # fmt: skip


def _model(name: str) -> Model:
    return Model("marts", name, False, MODELS[name], ())


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS thidua; USE thidua; CREATE SCHEMA raw")
        named = ", ".join(f'"{name}"' for name in COLUMNS)
        connection.execute(f"CREATE TABLE raw.t AS SELECT * FROM ({ROWS}) AS t({named})")
        yield connection


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with session(Engine(master="local[1]"), tmp_path_factory.mktemp("spark")) as started:
        yield started


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_query_says_the_same_on_both(
    name: str, duck: duckdb.DuckDBPyConnection, spark: Any, tmp_path: Path
) -> None:
    from pipelines.common.bars import bar
    from pipelines.spark.columns import columns_of
    from pipelines.spark.compare import difference
    from pipelines.spark.counting import count, given, plan
    from pipelines.spark.tables import Tables

    model = _model(name)
    tables = Tables(tmp_path, columns_of(duck, [model]))
    planned = plan([model], [name], tables.columns)
    tables.export(duck, given(planned))
    with bar("test") as shown:
        count(spark, planned, tables, shown)
    columns = tables.columns["marts"][name]
    found = difference(duck, name, f"({model.sql})", f"({tables.source('marts', name)})", columns)
    assert found is None, found


def test_what_no_rule_says_fails_by_its_name() -> None:
    model = Model("marts", "m", False, "select jaccard(t, t) from thidua.raw.t", ())
    with pytest.raises(Untranslated, match="jaccard"):
        translated(model, columns_known({"raw": {"t": COLUMNS}}))
