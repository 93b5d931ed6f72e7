"""Whole queries: unions by name, what is kept after windows, recursive parts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp


def in_columns_order(union: exp.SetOperation) -> None:
    """A union by name as one by place: columns of the first, then those only the second has.

    In every union the columns of the second are called as those of the first: Spark stumbles over a column
    that stands there twice under one name.
    """
    if not union.args.get("by_name"):
        if isinstance(union.expression, exp.Select):
            columns = zip(union.expression.expressions, union.named_selects, strict=True)
            union.expression.set("expressions", [exp.alias_(one.unalias(), name) for one, name in columns])
        return
    names = list(union.this.named_selects)
    names += [name for name in union.expression.named_selects if name not in names]
    union.set("this", _ordered(union.this, names))
    union.set("expression", _ordered(union.expression, names))
    union.set("by_name", None)


def _ordered(query: exp.Query, names: list[str]) -> exp.Query:
    given = list(query.named_selects)
    if given == names:
        return query
    if isinstance(query, exp.Select):
        named = {one.alias_or_name: one for one in query.expressions}
        query.set("expressions", [named[n].copy() if n in named else _nothing(n) for n in names])
        return query
    columns = [exp.column(name) if name in given else _nothing(name) for name in names]
    return exp.select(*columns).from_(query.subquery("_union"))


def _nothing(name: str) -> exp.Expr:
    return exp.alias_(exp.null(), name)


def kept(select: exp.Select) -> exp.Select:
    """``qualify`` as a condition on a query around it."""
    inner = select.copy()
    condition = inner.args["qualify"].this
    for name in ("qualify", "with_", "distinct"):
        inner.set(name, None)
    inner.append("expressions", exp.alias_(condition.copy(), "_kept"))
    outer = exp.select(*(exp.column(name) for name in select.named_selects))
    outer = outer.from_(inner.subquery("_all")).where("_kept")
    for name in ("with_", "distinct"):
        outer.set(name, select.args.get(name))
    return outer


def ordered_by_columns(select: exp.Select) -> None:
    """After DISTINCT Spark knows what it orders by only under the names of the columns."""
    order = select.args.get("order")
    if not select.args.get("distinct") or order is None:
        return
    names = {one.unalias(): one.alias_or_name for one in select.expressions}
    for key in order.expressions:
        if key.this in names:
            key.set("this", exp.column(names[key.this]))


def recursive_parts(tree: exp.Expr, owner: str) -> Iterator[tuple[str, exp.Expr, exp.Expr]]:
    """Take the recursive parts out of a query; what reads them reads a view of that name.

    Args:
        tree: the query; changed.
        owner: the model it is of.

    Yields:
        Name of the view, its first rows, and what they lead to.
    """
    with_ = tree.args.get("with_")
    if with_ is None:
        return
    for part in with_.expressions:
        part.set("materialized", None)
    with_.set("recursive", None)
    for part in list(with_.expressions):
        if all(table.name != part.alias or table.db for table in part.this.find_all(exp.Table)):
            continue
        union = part.this
        name, names = f"{owner}__{part.alias}", part.args["alias"].columns
        before = with_.expressions[: with_.expressions.index(part)]
        for table in list(tree.find_all(exp.Table)):
            if table.name == part.alias and not table.db:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.alias or part.alias)))
                table.set("this", exp.to_identifier(name))
        part.pop()
        first, following = (_named(one, names, before) for one in (union.this, union.expression))
        yield name, first, following


def _named(query: exp.Query, names: list[exp.Expr], before: list[exp.Expr]) -> exp.Query:
    query = query.copy()
    if names:
        query.set(
            "expressions",
            [
                exp.alias_(one.unalias(), name.name)
                for one, name in zip(query.expressions, names, strict=True)
            ],
        )
    query.set("with_", exp.With(expressions=[part.copy() for part in before]))
    return query
