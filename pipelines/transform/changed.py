"""What came out other tonight, and of which units and recipients: rows of others are not made anew.

``meta.changed`` has the units whose files are others, and through the night of every table the units and
recipients of its rows that came out different: a model that can be made in part is made for these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import duckdb

from pipelines.common.transaction import transaction
from pipelines.transform.apart import Way
from pipelines.transform.compiled import DATABASE
from pipelines.transform.graph import RAW, Graph, Node

FILES = "files"
"""Stands for all tables of ``raw``: what a unit's files tell."""
NOTED = ("unit_code", "recipient_id")
"""Columns of which the values are noted in rows that came out different."""
Others = set[tuple[str | None, str | None]]
"""Values of ``NOTED`` in such rows; None for a column that the table does not have."""

MOST_CHANGED = 0.2
"""Share of the units, or recipients, up to which their rows are made: with more, all are made sooner."""


def note_digests(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> set[str | None]:
    """Note what the files of each unit come to tonight.

    Args:
        connection: the staging file, its kept tables prepared, open for writing.
        tables: of schema ``raw``, quoted.

    Returns:
        Units of which something is another than when this was last noted; None for files of no unit.
    """
    rows = " UNION ALL ".join(
        f"SELECT sent.unit_code, '{table}' AS source, count(*) AS n, sum(hash(one)) AS total "
        f"FROM {table} AS one LEFT JOIN raw.submissions AS sent USING (submission_id) GROUP BY sent.unit_code"
        for table in tables
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE units_tonight AS SELECT unit_code, "
        f"string_agg(source || n || '.' || total, ' ' ORDER BY source) AS digest FROM ({rows}) "
        "GROUP BY unit_code"
    )
    changed = connection.execute(
        "SELECT coalesce(now.unit_code, before.unit_code) FROM units_tonight AS now "
        "FULL JOIN meta.unit_digests AS before ON now.unit_code IS NOT DISTINCT FROM before.unit_code "
        "WHERE now.digest IS DISTINCT FROM before.digest"
    ).fetchall()
    with transaction(connection):
        connection.execute("DELETE FROM meta.unit_digests")
        connection.execute("INSERT INTO meta.unit_digests FROM units_tonight")
    return {unit for (unit,) in changed}


def begin(connection: duckdb.DuckDBPyConnection, units: set[str | None]) -> bool:
    """Note the units whose files are others tonight, in place of all that was noted the night before.

    Args:
        connection: as above.
        units: of ``note_digests``.

    Returns:
        Whether what reads their files may be made for them alone.
    """
    connection.execute("DELETE FROM meta.changed")
    add(connection, FILES, {(unit, None) for unit in units})
    return None not in units


def add(connection: duckdb.DuckDBPyConnection, node: str, others: Others) -> None:
    """Note the units and recipients of rows that are others tonight.

    Args:
        connection: as above.
        node: whose rows they are.
        others: of these rows.
    """
    told = sorted(others, key=str)
    connection.execute(
        f"INSERT INTO meta.changed (node, {', '.join(NOTED)}) "
        "SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [node, *([values[place] for values in told] for place in range(len(NOTED)))],
    )


def leads_to(reader: Node, table: Node, columns: set[str], others: Others) -> bool:
    """Whether what was noted of a table finds all rows of a reader that may come out different.

    Args:
        reader: of the table.
        table: some of whose rows came out different.
        columns: of the table.
        others: of these rows.
    """
    way = reader.apart
    if way is None or table.selector == way.led_by:
        return False
    if way.column == "unit_code":
        return all(unit for unit, _ in others)
    is_told = not columns.isdisjoint(way.inputs) or table.selector in reader.of_its_unit
    return is_told and all(unit or recipient for unit, recipient in others)


def choose(connection: duckdb.DuckDBPyConnection, node: Node) -> bool:
    """Choose the units, or recipients, of which a node may come out different.

    Args:
        connection: as above.
        node: that can be made in part, and reads tables of which all that changed is noted.

    Returns:
        Whether it is less work to make their rows than all of them.
    """
    way = _way(node)
    reads = sorted({FILES if id_.startswith(RAW) else id_ for id_ in node.reads})
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE noted AS SELECT DISTINCT unit_code, recipient_id FROM meta.changed "
        "WHERE list_contains(?, node)",
        [reads],
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changed AS SELECT DISTINCT * FROM ({way.chosen})")
    ((chosen, known),) = connection.execute(
        f"SELECT (SELECT count(*) FROM changed), (SELECT count(*) FROM {way.of_all})"
    ).fetchall()
    return bool(chosen <= MOST_CHANGED * known)


def choose_others(connection: duckdb.DuckDBPyConnection, before: str, now: str) -> bool:
    """Choose the units whose rows differ; rows of two units are not compared with each other after it.

    Args:
        connection: as above.
        before: a query of the rows that stand.
        now: a query of the rows that should.

    Returns:
        Whether rows of no unit were chosen, too.
    """
    one, other = (
        f"SELECT unit_code, count(*) AS n, sum(hash(one)) AS total FROM ({rows}) AS one GROUP BY unit_code"
        for rows in (before, now)
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE changed AS "
        "SELECT coalesce(one.unit_code, other.unit_code) AS unit_code "
        f"FROM ({one}) AS one FULL JOIN ({other}) AS other "
        "ON one.unit_code IS NOT DISTINCT FROM other.unit_code "
        "WHERE (one.n, one.total) IS DISTINCT FROM (other.n, other.total)"
    )
    ((of_none,),) = connection.execute("SELECT count(*) FROM changed WHERE unit_code IS NULL").fetchall()
    return bool(of_none)


def is_chosen(column: str, or_none: bool = False) -> str:
    """What is true of the rows of what was chosen.

    Args:
        column: that says of which unit or recipient a row is.
        or_none: whether those without a value were chosen, too.
    """
    if or_none:
        return f"coalesce({column}, '') IN (SELECT coalesce({column}, '') FROM changed)"
    return f"{column} IN (SELECT {column} FROM changed)"  # so plain that only these are read off the disk


def columns_of(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """The names of a table's columns."""
    return {column for column, *_ in connection.execute(f"DESCRIBE {table}").fetchall()}


def with_those_like_noted(connection: duckdb.DuckDBPyConnection, node: Node, columns: Collection[str]) -> str:
    """The rows of a table among which a row that came out different tonight may have a double.

    Args:
        connection: as above.
        node: of the table; all that came out different of it is noted.
        columns: in which no two of its rows may be alike.

    Returns:
        A name or a query in brackets; the whole table where what was noted does not find them.
    """
    there = columns_of(connection, node.relation)
    for column in sorted(there.intersection(NOTED), key=lambda one: one not in columns):
        noted = f"SELECT {column} FROM meta.changed WHERE node = '{node.id}'"
        if connection.execute(f"SELECT 1 FROM ({noted}) WHERE {column} IS NULL").fetchall():
            continue
        if column in columns:
            return f"(FROM {node.relation} WHERE {column} IN ({noted}))"
        if len(columns) == 1:
            (key,) = columns
            like = f"SELECT {key} FROM {node.relation} WHERE {column} IN ({noted})"
            return f"(FROM {node.relation} WHERE {key} IN ({like}))"
    return node.relation


def over_chosen(
    connection: duckdb.DuckDBPyConnection, graph: Graph, node: Node, sql: Mapping[str, str]
) -> str:
    """The SQL of a model that can be made in part, asked of what was chosen.

    Args:
        connection: as above.
        graph: of the project.
        node: the model.
        sql: of the rows of all nodes, as dbt compiled it.
    """
    way = _way(node)
    if not way.inputs:
        # told one by one they are looked for where the tables below are read
        chosen = connection.execute(f"SELECT {way.column} FROM changed").fetchall()
        told = ", ".join("'{}'".format(value.replace("'", "''")) for (value,) in chosen)
        return f"SELECT * FROM ({sql[node.id]}) AS made WHERE {way.column} IN ({told or 'NULL'})"
    return _over(connection, graph, way, node.id, sql)


def _over(
    connection: duckdb.DuckDBPyConnection, graph: Graph, way: Way, id_: str, sql: Mapping[str, str]
) -> str:
    """The SQL of a model, or of a view below it, with the chosen rows of each table it names."""
    rows = sql[id_]
    for one in graph.nodes:
        name = f'"{DATABASE}".{one.relation}'
        if name not in rows:
            continue
        if one.is_table:
            columns = columns_of(connection, one.relation)
            if column := next((column for column in way.inputs if column in columns), None):
                rows = rows.replace(name, f"(FROM {one.relation} WHERE {is_chosen(column)})")
        elif one.is_model:
            rows = rows.replace(name, f"({_over(connection, graph, way, one.id, sql)})")
    return rows


def _way(node: Node) -> Way:
    assert node.apart is not None
    return node.apart
