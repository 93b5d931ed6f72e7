"""When a query has no rows whatever else stands in its tables: read off the plan the engine makes of it.

Only what follows from how rows come about counts: an operator that is not known here may have rows.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

_AS_ITS_FIRST = {
    "FILTER", "PROJECTION", "WINDOW", "STREAMING_WINDOW", "UNNEST", "INOUT_FUNCTION", "ORDER_BY", "TOP_N",
    "LIMIT", "STREAMING_LIMIT", "HASH_GROUP_BY", "PERFECT_HASH_GROUP_BY", "PARTITIONED_AGGREGATE", "REC_CTE",
}  # fmt: skip
"""No rows come out where none came in; a recursion begins with what its first query finds."""
_JOINS = {
    "HASH_JOIN", "NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "PIECEWISE_MERGE_JOIN", "IE_JOIN", "CROSS_PRODUCT",
}  # fmt: skip
_SIDES = {"INNER": any, "SEMI": any, "RIGHT_SEMI": any, "OUTER": all, "FULL": all}
_LEFT, _RIGHT = {"LEFT", "ANTI", "MARK", "SINGLE"}, {"RIGHT", "RIGHT_ANTI"}


@dataclass(frozen=True, slots=True)
class _Joined:
    """Holds where one of its parts does, or only where all do."""

    needs_all: bool
    parts: tuple[Condition, ...]


Condition = bool | str | _Joined
"""When there are no rows: always, never, where a table (by its name) has none, or as several say together."""


def holds(condition: Condition, empty: Set[str]) -> bool:
    """Whether a condition holds.

    Args:
        condition: of ``empty_when``.
        empty: names of the tables that have no rows.
    """
    if isinstance(condition, bool):
        return condition
    if isinstance(condition, str):
        return condition in empty
    each = (holds(part, empty) for part in condition.parts)
    return all(each) if condition.needs_all else any(each)


def empty_when(plan: dict[str, Any]) -> Condition:
    """When a query has no rows.

    Args:
        plan: of ``EXPLAIN (FORMAT json)`` over tables of DuckDB's own, made without regard to the rows that
            stand in them.
    """
    return _of(plan, {})


def _of(node: dict[str, Any], shared: dict[str, Condition]) -> Condition:
    """Of an operator; ``shared`` holds those of queries that are named and read several times."""
    name, said, below = node["name"].strip(), node.get("extra_info", {}), node["children"]
    if name == "EMPTY_RESULT":
        return True
    if name == "SEQ_SCAN":
        return _table(said["Table"])
    if name == "CTE":
        shared[said["Table Index"]] = _of(below[0], shared)
        return _of(below[1], shared)
    if name == "CTE_SCAN":
        return shared.get(said["CTE Index"], False)
    if name == "UNION":
        return _joined(True, [_of(each, shared) for each in below])
    if name in _AS_ITS_FIRST:
        return _of(below[0], shared)
    if name in _JOINS and len(below) == 2:
        return _of_join(said.get("Join Type", "INNER"), *(_of(side, shared) for side in below))
    return False


def _of_join(kind: str, left: Condition, right: Condition) -> Condition:
    if kind in _LEFT:
        return left
    if kind in _RIGHT:
        return right
    sides = _SIDES.get(kind)
    return False if sides is None else _joined(sides is all, [left, right])


def _joined(needs_all: bool, parts: list[Condition]) -> Condition:
    """Several as one, the simplest way to say it."""
    flat: dict[Condition, None] = {}
    for part in parts:
        same = isinstance(part, _Joined) and part.needs_all == needs_all
        flat |= dict.fromkeys(part.parts if same else (part,))  # type: ignore[union-attr]
    if (not needs_all) in flat:  # one that never holds, of all; one that always does, of any
        return not needs_all
    left = tuple(part for part in flat if not isinstance(part, bool))
    if len(left) > 1:
        return _Joined(needs_all, left)
    return left[0] if left else needs_all


def _table(path: str) -> str:
    """The name of a table, of the path the plan tells it by."""
    return path.removeprefix("memory.main.").strip('"')
