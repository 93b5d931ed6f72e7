"""Results of a function, remembered: each distinct text or cell value is read once in a process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


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
        if isinstance(value, bool) or (isinstance(value, str) and len(value) > self.LONGEST):
            return result
        if len(self) >= self.MOST:
            self.clear()
        self[value] = result
        return result

    def map(self, values: Iterable[Any]) -> list[Any]:
        """The result for each value; a dict takes TRUE for 1, so those are not looked up."""
        given = list(values)
        if bool in set(map(type, given)):
            return [self._function(value) if isinstance(value, bool) else self[value] for value in given]
        return list(map(self.__getitem__, given))
