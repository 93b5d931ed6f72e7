"""Casts and texts: what depends on the type of a value."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from pipelines.spark.words import said

_TEXT = exp.DataType.TEXT_TYPES
LISTS = (exp.ArrayFilter, exp.Transform)
"""What is a list though sqlglot does not say so."""
_WHOLE = exp.DataType.INTEGER_TYPES


def is_real(node: exp.Expr) -> bool:
    """Whether a value is a fraction."""
    return node.type is not None and node.type.this in (exp.DType.DOUBLE, exp.DType.FLOAT)


def as_text(node: exp.Expr) -> exp.Expr:
    """A value as DuckDB writes it."""
    if node.type is not None and node.type.this in _TEXT:
        return node.copy()
    if is_real(node):
        # Spark writes 2.15E8 from ten million on
        return said(
            "CASE WHEN :x = floor(:x) THEN concat(CAST(CAST(:x AS BIGINT) AS STRING), '.0') "
            "ELSE trim(TRAILING '0' FROM CAST(CAST(:x AS DECIMAL(38, 15)) AS STRING)) END",
            x=node,
        )
    return said("CAST(:x AS STRING)", x=node)


def cast(node: exp.Cast) -> exp.Expr:
    """A value as another type."""
    to = node.to.this
    if isinstance(node.this, exp.Explode):
        # Spark makes rows of lists in the select list itself only
        return exp.Explode(this=said(f"CAST(:x AS ARRAY<{node.to.sql('spark')}>)", x=node.this.this))
    if to in _TEXT and is_real(node.this):
        return as_text(node.this)
    if to in _WHOLE and is_real(node.this):
        return exp.Cast(this=said("rint(:x)", x=node.this), to=node.to.copy())
    if to in _WHOLE and node.this.type is not None and node.this.type.this == exp.DType.DECIMAL:
        return exp.Cast(this=said("round(:x)", x=node.this), to=node.to.copy())
    return node


def both(node: exp.DPipe) -> exp.Expr:
    """Two texts as one."""
    return exp.DPipe(this=as_text(node.this), expression=as_text(node.expression))


def with_between(node: exp.ConcatWs) -> exp.Expr:
    """Texts with something between them."""
    between, *texts = node.expressions
    whole = node.copy()
    whole.set("expressions", [between.copy(), *(as_text(one) for one in texts)])
    return whole


def length(node: exp.Length) -> exp.Expr:
    """Letters of a text, items of a list."""
    if isinstance(node.this, LISTS) or (
        node.this.type is not None and node.this.type.this == exp.DType.ARRAY
    ):
        return said("size(:x)", x=node.this)
    return node


KINDS: dict[type[exp.Expr], Callable[..., exp.Expr]] = {
    exp.Cast: cast,
    exp.DPipe: both,
    exp.ConcatWs: with_between,
    exp.Length: length,
}
