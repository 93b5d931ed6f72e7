"""SQL keeps to what DuckDB and Spark share, or says it in a macro per engine; what is left only falls."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from pipelines.common.paths import DBT_PROJECT

CONSTRUCTS: list[dict[str, Any]] = yaml.safe_load((DBT_PROJECT / "beyond_shared_sql.yml").read_text("utf-8"))
PORTABLE = DBT_PROJECT / "macros" / "portable"
COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)


def _sql() -> dict[str, str]:
    """The SQL of models and macros without comments and Jinja's own expressions, by path."""
    paths = [*(DBT_PROJECT / "models").rglob("*.sql"), *(DBT_PROJECT / "macros").rglob("*.sql")]
    return {
        path.relative_to(DBT_PROJECT).as_posix(): re.sub(
            r"\{%.*?%\}|\{\{.*?\}\}", " ", COMMENT.sub(" ", path.read_text("utf-8")), flags=re.DOTALL
        ).lower()
        for path in paths
        if PORTABLE not in path.parents
    }


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda construct: construct["name"])
def test_no_model_more_uses_what_spark_has_not(construct: dict[str, Any]) -> None:
    found = re.compile(construct["pattern"])
    using = sorted(path for path, sql in _sql().items() if found.search(sql))
    assert len(using) <= construct["left"], f"instead: {construct['instead']}; now in {using}"


def test_a_construct_is_found_where_it_stands() -> None:
    seen = {
        "union by name": "select 1 union all by name select 2",
        "struct literal": "to_json({'a': b})",
        "list literal": "select [1, 2] as years",
        "distinct on": "select distinct on (a) a",
        "json reading": "from_json(x, y)",
        "numbering without order": "row_number() over ()",
        "several in a query": "where (a, b) in (\n    select a, b from c)",
    }
    patterns = {construct["name"]: construct["pattern"] for construct in CONSTRUCTS}
    for name, sql in seen.items():
        assert re.search(patterns[name], sql), name
    assert not re.search(patterns["list literal"], "columns[1]")
