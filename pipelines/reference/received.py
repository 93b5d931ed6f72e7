"""`{op: received, cell: …}` in rules → the days of what is due, which stand in coverage.yaml alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.reference.models.coverage import DueDate
from pipelines.reference.nodes import nodes_of

OP, CELL = "received", "cell"


def leaves(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The leaves of a tree that ask for the day of receipt and name what is due."""
    return (node for node in nodes_of(tree) if node.get("op") == OP and CELL in node)


def with_days(tree: Any, due: Mapping[str, DueDate]) -> Any:
    """The tree with the days of what is due put into its leaves: `from`, `to`, `wording`.

    Args:
        tree: nested mappings and lists.
        due: what is due in the programme, by its id; one that is not there leaves its leaf without days.
    """
    if isinstance(tree, list | tuple):
        return [with_days(part, due) for part in tree]
    if not isinstance(tree, Mapping):
        return tree
    if tree.get("op") == OP and tree.get(CELL) in due:
        one = due[tree[CELL]]
        days = {"from": one.first_day and one.first_day.isoformat(), "to": one.deadline}
        days |= {"wording": one.deadline_wording}
        return {**tree, **{key: value for key, value in days.items() if value}}
    return {key: with_days(part, due) for key, part in tree.items()}
