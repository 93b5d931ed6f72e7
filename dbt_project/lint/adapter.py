"""What sqlfluff puts for dbt's ``adapter``: a macro per engine is linted as the call of a function."""

from __future__ import annotations

from collections.abc import Callable


def dispatch(name: str, macro_namespace: str | None = None) -> Callable[..., str]:
    """SQL that stands for a dispatched macro: a call of a function with its name."""
    return lambda *arguments: f"{name}({', '.join(map(str, arguments))})"
