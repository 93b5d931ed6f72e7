"""Results of a function, remembered: each distinct text or cell value is read once in a process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

_AS_BOOLEANS = (0, 1)
"""A dict takes TRUE for 1: what equals either is not remembered, so that each keeps its own result."""


class Memo(dict[Any, Any]):
    """Results of a function of one value; bounded in number and length, as the values are hostile.

    A dict, as `functools.lru_cache` costs a call for each of the millions of cells of a large night.
    """

    MOST, LONGEST = 200_000, 300

    def __init__(self, function: Callable[[Any], Any]) -> None:
        """Remember the results of ``function``."""
        super().__init__()
        self._function = function

    def __missing__(self, value: Any) -> Any:
        result = self._function(value)
        if isinstance(value, str):
            if len(value) > self.LONGEST:
                return result
        elif value in _AS_BOOLEANS:
            return result
        if len(self) >= self.MOST:
            self.clear()
        self[value] = result
        return result

    def map(self, values: Iterable[Any]) -> list[Any]:
        """The result for each value."""
        return list(map(self.__getitem__, values))
