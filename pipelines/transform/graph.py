"""The dbt project as a graph: what each model reads, in an order in which they can be built."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.transform.apart import WAYS, Way

VOLATILE = ("source.thidua.meta.", "source.thidua.quality.")
"""Sources that no two nights share: the night itself, the memory of nights. What reads them is in doubt."""

MARTS = '"marts".'
"""Begins the tables that are published."""
RAW = "source.thidua.raw."
"""Sources whose rows are all of some unit: what its files tell."""
BY = "by"
"""In a model's ``meta``: how some of its rows can be made without the others, of ``apart.WAYS``."""
OF_ITS_UNIT = "of_its_unit"
"""In the ``meta`` of a model by recipient: tables read for recipients of the unit that a row is of."""
_PLAIN = {
    "severity": "error",
    "fail_calc": "count(*)",
    "warn_if": "!= 0",
    "error_if": "!= 0",
    "limit": None,
    "store_failures": None,
    "store_failures_as": None,
}
"""Settings of a test that says no more than that its SQL finds no row."""


@dataclass(frozen=True, slots=True)
class Node:
    """A model, or a source that has tests of its own."""

    id: str
    """As dbt names it: ``model.thidua.fct_awards``."""
    selector: str
    """What ``dbt build --select`` calls it."""
    relation: str
    """Its table or view, quoted."""
    half: str
    """The tag of the half it is built in."""
    is_table: bool
    apart: Way | None
    """How a night may make some of its rows and leave the others."""
    of_its_unit: frozenset[str]
    """Names of tables whose rows of a unit it reads for recipients of this unit."""
    is_tested: bool
    reads: frozenset[str]
    """Sources and tables whose rows its rows are made of; views between are looked through."""
    stands_on: frozenset[str]
    """Models that must be there before it."""

    @property
    def is_model(self) -> bool:
        """Whether dbt builds it."""
        return self.id.startswith("model.")

    @property
    def is_published(self) -> bool:
        """Whether it is a table that people see."""
        return self.is_table and self.relation.startswith(MARTS)

    @property
    def needs_rows(self) -> bool:
        """Whether other rows below it mean work: for a table, or for what is tested."""
        return self.is_table or self.is_tested

    @property
    def is_volatile(self) -> bool:
        """Whether its rows may differ though no file, no law and no setting changed."""
        return any(one.startswith(VOLATILE) for one in self.reads)


@dataclass(frozen=True, slots=True)
class Test:
    """A test that a night asks."""

    id: str
    asks: tuple[str, ...]
    """The models and sources it asks about."""
    is_plain: bool
    """Whether it passes where its SQL finds no row, and fails where it finds one."""
    unique: tuple[str, ...] = ()
    """Columns of which it asks that no two rows have the same in all; empty for any other test."""


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes, each after what it stands on, the tests about them, and the table of each source."""

    nodes: tuple[Node, ...]
    tests: tuple[Test, ...]
    sources: Mapping[str, str]
    """Quoted table by id, without the volatile ones."""
    text: str
    """A digest of all that the project says: models, their settings, macros."""

    def readers(self, of: Iterable[str]) -> set[str]:
        """The nodes whose rows, or tests, may come out different when those of these do."""
        return {node.id for node in self.nodes if node.needs_rows and not node.reads.isdisjoint(of)}


def graph_of(manifest: Mapping[str, Any], halves: tuple[str, str], not_asked: str) -> Graph:
    """Read a manifest.

    Args:
        manifest: as dbt writes it.
        halves: the tags of the two halves; tests on sources belong to the first.
        not_asked: the tag of tests that a night does not ask.
    """
    listed = manifest["nodes"].values()
    models = {one["unique_id"]: one for one in listed if one["resource_type"] == "model"}
    tests = tuple(
        Test(
            one["unique_id"],
            tuple(one["depends_on"]["nodes"]),
            _PLAIN.items() <= one["config"].items(),
            _unique(one.get("test_metadata") or {}),
        )
        for one in listed
        if one["resource_type"] == "test" and not_asked not in one["tags"]
    )
    tested = {parent for test in tests for parent in test.asks}
    sources = {
        id_: f'"{one["schema"]}"."{one["identifier"]}"'
        for id_, one in manifest["sources"].items()
        if not id_.startswith(VOLATILE)
    }
    nodes: dict[str, Node] = {
        id_: Node(
            id=id_,
            selector=f"source:{manifest['sources'][id_]['source_name']}.{manifest['sources'][id_]['name']}",
            relation=table,
            half=halves[0],
            is_table=False,
            apart=None,
            of_its_unit=frozenset(),
            is_tested=True,
            reads=frozenset([id_]),
            stands_on=frozenset(),
        )
        for id_, table in sources.items()
        if id_ in tested
    }

    def place(id_: str) -> None:
        if id_ in nodes or id_ not in models:
            return
        model = models[id_]
        parents = model["depends_on"]["nodes"]
        for parent in parents:
            place(parent)
        meta = model["config"].get("meta", {})
        reads: set[str] = set()
        for parent in parents:
            through = parent in models and not nodes[parent].is_table
            reads |= nodes[parent].reads if through else {parent}
        nodes[id_] = Node(
            id=id_,
            selector=model["name"],
            relation=f'"{model["schema"]}"."{model["alias"]}"',
            half=next(half for half in halves if half in model["tags"]),
            is_table=model["config"]["materialized"] == "table",
            apart=WAYS[meta[BY]] if BY in meta else None,
            of_its_unit=frozenset(meta.get(OF_ITS_UNIT, ())),
            is_tested=id_ in tested,
            reads=frozenset(reads),
            stands_on=frozenset(parent for parent in parents if parent in models),
        )

    for id_ in sorted(models):
        place(id_)
    return Graph(tuple(nodes.values()), tests, sources, _digest(manifest))


def _unique(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns a test asks to be unique, by what dbt says it was made from."""
    match told.get("name"):
        case "unique":
            return (told["kwargs"]["column_name"],)
        case "unique_together":
            return tuple(told["kwargs"]["columns"])
    return ()


def _digest(manifest: Mapping[str, Any]) -> str:
    said = [
        *((id_, one["checksum"], one["config"], one["columns"]) for id_, one in manifest["nodes"].items()),
        *((id_, one["macro_sql"]) for id_, one in manifest["macros"].items()),
    ]
    return hashlib.sha256(
        json.dumps(sorted(said, key=lambda one: one[0]), sort_keys=True).encode()
    ).hexdigest()
