"""Aggregates: lists and texts in an order, the best of a group."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from pipelines.spark.words import Untranslated, said


def listed(node: exp.ArrayAgg) -> exp.Expr:
    """``list(...)``: in its order, unknown values kept; nothing where there is no row."""
    gathered = _gathered(node, node.this)
    return said("CASE WHEN size(:rows) > 0 THEN transform(:rows, e -> e.v) END", rows=gathered)


def joined(node: exp.GroupConcat) -> exp.Expr:
    """``string_agg(...)``: known texts in their order, one after the other."""
    gathered = said("filter(transform(:rows, e -> e.v), e -> NOT e IS NULL)", rows=_gathered(node, node.this))
    between = node.args.get("separator") or exp.Literal.string(",")
    return said("CASE WHEN size(:rows) > 0 THEN array_join(:rows, :glue) END", rows=gathered, glue=between)


def _gathered(node: exp.Expr, what: exp.Expr) -> exp.Expr:
    """The rows of a group as structs whose last field ``v`` is what is wanted, in the order asked for."""
    keys: list[exp.Expr] = []
    is_ordered = isinstance(what, exp.Order)
    if isinstance(what, exp.Order):
        for ordered in what.expressions:
            if ordered.args.get("desc"):
                raise Untranslated(node.sql("duckdb"))
            keys.append(ordered.this)
        what = what.this
    is_distinct = isinstance(what, exp.Distinct)
    if isinstance(what, exp.Distinct):
        (what,) = what.expressions
    if is_distinct and any(key != what for key in keys):
        raise Untranslated(node.sql("duckdb"))
    fields = [
        part
        for n, key in enumerate(keys)
        for part in (exp.alias_(said(":key IS NULL", key=key), f"n{n}"), exp.alias_(key.copy(), f"k{n}"))
    ]
    fields.append(exp.alias_(what.copy(), "v"))
    rows: exp.Expr = exp.Anonymous(
        this="collect_set" if is_distinct else "collect_list", expressions=[exp.Struct(expressions=fields)]
    )
    where = _where(node)
    if where is not None:
        rows = exp.Filter(this=rows, expression=where)
    return said("array_sort(:rows)", rows=rows) if is_ordered else rows


def _where(node: exp.Expr) -> exp.Where | None:
    """The condition under which rows count to an aggregate; it is taken away."""
    outer = node.parent
    if isinstance(outer, exp.Filter) and outer.this is node:
        where: exp.Where = outer.expression.copy()
        outer.set("expression", None)
        return where
    return None


def without_empty_filters(tree: exp.Expr) -> None:
    """Take away what ``_where`` emptied."""
    for outer in list(tree.find_all(exp.Filter)):
        if outer.args.get("expression") is None:
            outer.replace(outer.this)


def best(node: exp.ArgMin | exp.ArgMax) -> exp.Expr:
    """``min_by``, ``max_by``: rows with nothing to give do not count, and unknown is more than all else."""
    key = node.expression
    if isinstance(key, exp.Tuple):
        key = exp.Struct(
            expressions=[
                exp.alias_(part, f"k{n}_{m}")
                for n, one in enumerate(key.expressions)
                for m, part in enumerate((said(":key IS NULL", key=one), one.copy()))
            ]
        )
    where = said("NOT :what IS NULL", what=node.this)
    given = _where(node)
    if given is not None:
        where = exp.and_(given.this, where)
    return exp.Filter(
        this=type(node)(this=node.this.copy(), expression=key.copy()), expression=exp.Where(this=where)
    )


GROUPS: dict[type[exp.Expr], Callable[..., exp.Expr]] = {
    exp.ArrayAgg: listed,
    exp.GroupConcat: joined,
    exp.ArgMin: best,
    exp.ArgMax: best,
}
