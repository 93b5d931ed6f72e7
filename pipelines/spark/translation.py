"""A model's SQL, compiled for DuckDB, in Spark's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlglot import exp, parse_one
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from pipelines.spark.groups import GROUPS, without_empty_filters
from pipelines.spark.kinds import KINDS
from pipelines.spark.shape import in_columns_order, kept, ordered_by_columns, recursive_parts
from pipelines.spark.words import WORDS
from pipelines.transform.compiled import DATABASE
from pipelines.transform.model import Model

DUCKDB = "duckdb, normalization_strategy=case_sensitive"
"""Models spell names alike everywhere; names of columns may be values (UNPIVOT)."""
SHARED = "global_temp"
"""Where Spark keeps the views that its sessions share."""
RULES = {**WORDS, **GROUPS, **KINDS}

Part = TypeVar("Part", bound=exp.Expr)


@dataclass(frozen=True, slots=True)
class Step:
    """A recursive part of a query: Spark works it out row by row of what came last."""

    name: str
    """Of the view by which the others know it."""
    first: str
    next: str
    """Reads what the step before brought under the same name."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A model for Spark."""

    steps: tuple[Step, ...]
    """What must be there before it."""
    reads: frozenset[tuple[str, str]]
    """Schemas and names of the tables it is made of."""
    sql: str


def columns_known(columns: dict[str, dict[str, dict[str, str]]]) -> MappingSchema:
    """What translation must know of the tables.

    Args:
        columns: schema -> table -> column -> type of DuckDB.
    """
    return MappingSchema({DATABASE: columns}, dialect=DUCKDB)


def view_of(schema: str, name: str) -> str:
    """The name by which Spark knows a table, among the views all its sessions share."""
    return f"{schema}__{name}"


def translated(model: Model, known: MappingSchema) -> Translated:
    """A model in Spark's words.

    Args:
        model: compiled for DuckDB.
        known: the columns of all tables.

    Raises:
        Untranslated: for what no rule knows how to say.
    """
    tree = parse_one(model.sql, read=DUCKDB)
    tree = qualify(
        tree,
        schema=known,
        dialect=DUCKDB,
        quote_identifiers=False,
        identify=False,
        validate_qualify_columns=False,
    )
    for read in _deepest_first(tree, exp.FromJson):  # sqlglot does not know what it comes to
        tree = _replaced(tree, read, exp.cast(read.copy(), "ARRAY<TEXT>", dialect=DUCKDB))
    tree = annotate_types(tree, schema=known, dialect=DUCKDB)
    for union in _deepest_first(tree, exp.SetOperation):
        in_columns_order(union)
    for node in _deepest_first(tree, *RULES):
        rule = RULES.get(type(node))
        if rule is not None:
            tree = _replaced(tree, node, rule(node))
    without_empty_filters(tree)
    for select in _deepest_first(tree, exp.Select):
        ordered_by_columns(select)
        if select.args.get("qualify"):
            tree = _replaced(tree, select, kept(select))
    reads = set()
    for table in list(tree.find_all(exp.Table)):
        if table.db:
            reads.add((table.db, table.name))
            known_as = table.alias or table.name
            table.set("catalog", None)
            table.set("this", exp.to_identifier(view_of(table.db, table.name)))
            table.set("db", exp.to_identifier(SHARED))
            table.set("alias", exp.TableAlias(this=exp.to_identifier(known_as)))
    steps = tuple(
        Step(name, _written(first), _written(following))
        for name, first, following in recursive_parts(tree, model.name)
    )
    return Translated(steps, frozenset(reads), _written(tree))


def _written(tree: exp.Expr) -> str:
    return tree.sql("spark", comments=False)


def _deepest_first(tree: exp.Expr, *kinds: type[Part]) -> list[Part]:
    return list(tree.find_all(*kinds, bfs=False))[::-1]


def _replaced(tree: exp.Expr, node: exp.Expr, new: exp.Expr) -> exp.Expr:
    """The tree after a node became another."""
    if new is node:
        return tree
    new.type = node.type
    if node is tree:
        return new
    node.replace(new)
    return tree
