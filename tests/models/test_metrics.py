"""One definition per metric: its column stands in a mart, and no headline figure goes without one."""

from __future__ import annotations

from pipelines.contracts.metrics import metrics
from pipelines.publish.marts import marts

COLUMNS = {f"{table.name}.{column.name}": column for table in marts() for column in table.columns}


def test_each_metric_names_a_column_once() -> None:
    columns = [metric.column for metric in metrics()]
    assert len(columns) == len(set(columns))
    assert set(columns) <= set(COLUMNS)


def test_each_headline_figure_is_defined() -> None:
    figures = {
        name for name, column in COLUMNS.items()
        if name.startswith("rpt_headlines.") and column.data_type != "varchar"
    }  # fmt: skip
    assert figures <= {metric.column for metric in metrics()}


def test_a_share_says_of_what() -> None:
    for metric in metrics():
        assert bool(metric.numerator) == bool(metric.denominator) == metric.column.endswith("_pct"), metric
