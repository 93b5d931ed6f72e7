"""What changed since the night before: what reads it is in doubt, and looked at again by ``refresh``.

A model stands when it was built, passed its tests, and no source below it came out different since. Models
that read the night's date, or the memory of nights, are looked at every night.
"""

from __future__ import annotations

import duckdb

from pipelines.common import differing
from pipelines.transform import built, changed
from pipelines.transform.graph import RAW, Graph

VERSION = "version"
"""The row of ``meta.source_digests`` that tells the code and the columns everything was built with."""


def note_sources(connection: duckdb.DuckDBPyConnection, graph: Graph) -> None:
    """Note what files, law and settings come to tonight; what reads one that changed is in doubt.

    Where files changed, ``meta.changed`` has the units they are of.

    Args:
        connection: the staging file, its kept tables prepared, open for writing.
        graph: of the project.
    """
    built.doubt_all(connection)
    ((columns, code),) = connection.execute(
        "SELECT (SELECT sum(hash(schema_name, table_name, column_index, column_name, data_type)) "
        "FROM duckdb_columns() WHERE schema_name IN ('raw', 'ref', 'meta', 'quality')), "
        "(SELECT code_version FROM meta.night)"
    ).fetchall()
    tonight = {
        name: "{}.{}".format(*differing.digest(connection, f"FROM {table}"))
        for name, table in graph.sources.items()
    }
    tonight[VERSION] = f"{code}/{graph.text}/{duckdb.__version__}/{columns}"
    before = dict(connection.execute("SELECT source, digest FROM meta.source_digests").fetchall())
    others = {name for name, digest in tonight.items() if before.get(name) != digest}
    if not others:
        changed.begin(connection, set())
        return
    # first of all: what is cut short after it stays in doubt, and is looked at for all units
    if VERSION in others:
        built.forget(connection, [*(node.id for node in graph.nodes), *(test.id for test in graph.tests)])
    files = {name for name in others if name.startswith(RAW)}
    built.doubt(connection, graph.readers(others - files), built.INPUTS)
    built.doubt(connection, graph.readers(files), built.NOTED)
    units = changed.note_digests(
        connection, [table for name, table in graph.sources.items() if name.startswith(RAW)]
    )
    if not changed.begin(connection, units):
        built.doubt_all(connection)
    connection.execute("DELETE FROM meta.source_digests")
    connection.executemany(
        "INSERT INTO meta.source_digests VALUES (?, ?)", [list(one) for one in tonight.items()]
    )
