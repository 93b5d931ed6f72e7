"""The parts of a tree of conditions, as a reference file has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def nodes_of(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping of a tree of nested mappings and lists, from above."""
    if isinstance(tree, Mapping):
        yield tree
        for part in tree.values():
            yield from nodes_of(part)
    elif isinstance(tree, list | tuple):
        for part in tree:
            yield from nodes_of(part)


def with_operator(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every part of a tree that has an operator."""
    return (node for node in nodes_of(tree) if "op" in node)
