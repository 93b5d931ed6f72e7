"""docs/schema.md: the published tables as pictures, their keys and what leads to what.

Made of the contracts of the marts: a key is what dbt tests to be unique, an arrow what dbt tests to be there.
``python -m pipelines.publish.data_dictionary`` writes it.
"""

from __future__ import annotations

from itertools import groupby

from pipelines.publish.marts import Column, Table
from pipelines.sentences import text

_FACTS = "facts"
"""What the tables outside any folder tell of."""


def schema_picture(tables: list[Table]) -> str:
    """Markdown: a Mermaid picture a subject, and all keys as a table.

    Args:
        tables: the marts.
    """
    lines = [text("schema.title"), "", text("schema.intro")]
    ordered = sorted(tables, key=lambda table: (table.subject, table.name))
    for subject, group in groupby(ordered, key=lambda table: table.subject):
        own = list(group)
        lines += ["", f"## {text(f'schema.subject.{subject or _FACTS}')}", "", *_picture(own)]
    lines += ["", f"## {text('schema.keys')}", "", text("schema.keys_columns"), "|---|---|---|"]
    lines += [_row(table) for table in tables]
    return "\n".join(lines) + "\n"


def _picture(tables: list[Table]) -> list[str]:
    lines = ["```mermaid", "erDiagram"]
    for table in tables:
        columns = [column for column in table.columns if column.name in table.key or column.refers_to]
        lines += [
            f"    {table.name} {{",
            *(f"        {_column(table, column)}" for column in columns),
            "    }",
        ]
    for table in tables:
        lines += [
            f'    {column.refers_to} ||--o{{ {table.name} : "{column.name}"'
            for column in table.columns
            if column.refers_to
        ]
    return [*lines, "```"]


def _column(table: Table, column: Column) -> str:
    marks = (["PK"] if column.name in table.key else []) + (["FK"] if column.refers_to else [])
    return f"{column.data_type} {column.name} {', '.join(marks)}"


def _row(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key) or text("schema.no_key")
    leads = ", ".join(
        f"`{column.name}` → `{column.refers_to}`" for column in table.columns if column.refers_to
    )
    return f"| `{table.name}` | {key} | {leads} |"
