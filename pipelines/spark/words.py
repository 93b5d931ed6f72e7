"""Words of DuckDB that sqlglot leaves, or takes for what Spark means otherwise: what Spark says instead."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sqlglot import exp, parse_one

PARTS: dict[type[exp.Expr], str] = {
    # unknown where the list or what is looked for is; a list that holds unknowns still has an answer
    exp.ArrayContains: "CASE WHEN NOT :x IS NULL AND NOT :y IS NULL "
    "THEN coalesce(array_contains(:x, :y), FALSE) END",
    exp.ArrayOverlaps: "size(array_intersect(filter(:x, e -> NOT e IS NULL), :y)) > 0",
    # whole numbers and decimals divide as doubles
    exp.Div: "CAST(:x AS DOUBLE) / :y",
}
"""By what sqlglot calls it; ``:x`` and ``:y`` are its parts."""

FUNCTIONS = {
    "list_has_all": "size(filter(array_except(:b, :a), e -> NOT e IS NULL)) = 0",
    "list_position": "nullif(array_position(:a, :b), 0)",
    "list_histogram": "map_from_arrays(filter(array_distinct(:a), e -> NOT e IS NULL), "
    "transform(filter(array_distinct(:a), e -> NOT e IS NULL), e -> size(filter(:a, f -> f = e))))",
    "map_values": "map_values(:a)",
    "regexp_split_to_array": "split(:a, :b)",
    "to_json": "to_json(:a, map('ignoreNullFields', 'false'))",
    # DuckDB's own, from text_functions.py
    "strip_accents": "strip_accents(:a)",
    "nfc_normalize": "nfc_normalize(:a)",
}
"""By name; ``:a``, ``:b`` are what the function is given."""

FORMATS = {"{:,}": 0, "{:,.2f}": 2}
"""Digits behind the point of a format."""


class Untranslated(Exception):
    """A construct no rule knows how to say in Spark's words; the message names it."""


def said(template: str, **parts: exp.Expr | None) -> exp.Expr:
    """A piece of Spark's SQL with its ``:holes`` filled."""
    return exp.replace_placeholders(
        _parsed(template).copy(), **{name: part.copy() for name, part in parts.items() if part is not None}
    )


@cache
def _parsed(template: str) -> exp.Expr:
    return parse_one(template, read="spark")


def by_part(node: exp.Expr) -> exp.Expr:
    """A part in Spark's words."""
    return said(PARTS[type(node)], x=node.this, y=node.args.get("expression"))


def by_name(node: exp.Anonymous) -> exp.Expr:
    """A function sqlglot does not know, in Spark's words."""
    template = FUNCTIONS.get(node.name.lower())
    if template is None:
        raise Untranslated(node.name)
    return said(template, **dict(zip("abc", node.expressions, strict=False)))


def json_value(node: exp.JSONExtract | exp.JSONExtractScalar) -> exp.Expr:
    """A value of a JSON text; all of a list of texts."""
    path = node.expression
    if isinstance(path, exp.JSONPath):
        if path.sql("duckdb") == "'$[*]'":
            return said("from_json(:x, 'ARRAY<STRING>')", x=node.this)
        path = exp.Literal.string("$" + "".join(f".{part.this}" for part in path.expressions[1:]))
    return said("get_json_object(:x, :path)", x=node.this, path=path)


def json_list(node: exp.FromJson) -> exp.Expr:
    """A JSON text as the list it holds."""
    if node.expression.name != '["VARCHAR"]':
        raise Untranslated(node.sql("duckdb"))
    return said("from_json(:x, 'ARRAY<STRING>')", x=node.this)


def years(node: exp.GenerateSeries) -> exp.Expr:
    """Numbers in a row; none where the last comes before the first: Spark would count backwards."""
    last = said(":hi - 1", hi=node.args["end"]) if node.args.get("is_end_exclusive") else node.args["end"]
    return said(
        "CASE WHEN :hi >= :lo THEN sequence(:lo, :hi) WHEN :hi < :lo THEN array() END",
        lo=node.args["start"],
        hi=last,
    )


def item(node: exp.Bracket) -> exp.Expr:
    """What stands at a place of a list, counted from one; nothing where the list ends before."""
    (place,) = node.expressions
    return said("try_element_at(:x, CAST(:place AS INT))", x=node.this, place=place)


def formatted(node: exp.Format) -> exp.Expr:
    """A number with commas between thousands."""
    digits = FORMATS.get(node.name)
    if digits is None:
        raise Untranslated(node.sql("duckdb"))
    return said(
        "format_number(:number, :digits)", number=node.expressions[0], digits=exp.Literal.number(digits)
    )


def numbered(node: exp.Transform) -> exp.Expr:
    """A list of what a lambda makes of each; its second name is the place, which DuckDB counts from one."""
    function = node.expression
    if len(function.expressions) == 2:
        place = function.expressions[1].name
        for name in list(function.this.find_all(exp.Identifier, exp.Column)):
            if name.name == place and not isinstance(name.parent, exp.Column):
                name.replace(said("(:place + 1)", place=name))
    return node


def among(node: exp.In) -> exp.Expr:
    """Whether several columns are among the rows of a query, which Spark wants as columns."""
    query = node.args.get("query")
    if isinstance(node.this, exp.Tuple) and query is not None:
        (row,) = query.find(exp.Select).expressions
        query.find(exp.Select).set("expressions", [one.copy() for one in row.unalias().expressions])
    return node


WORDS: dict[type[exp.Expr], Callable[..., exp.Expr]] = {
    **dict.fromkeys(PARTS, by_part),
    exp.Anonymous: by_name,
    exp.JSONExtract: json_value,
    exp.JSONExtractScalar: json_value,
    exp.FromJson: json_list,
    exp.GenerateSeries: years,
    exp.Bracket: item,
    exp.Format: formatted,
    exp.Transform: numbered,
    exp.In: among,
}
