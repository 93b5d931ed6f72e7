"""`{at_least: {ladder, step}}` in rules → the codes of that step and of every step above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from pipelines.reference.models.ladders import AtLeast, Ladder, LaddersFile
from pipelines.reference.yaml_lines import LineDict, LineList

KEY = "at_least"


class Ladders:
    """The ladders of the reference data by id.

    Args:
        file: ladders.yaml; None when it could not be read (then nothing is expanded).
    """

    def __init__(self, file: LaddersFile | None) -> None:
        """Keep the ladders."""
        self.by_id: Mapping[str, Ladder] = {one.id: one for one in file.ladders} if file else {}

    def whole(self, ladder_id: str) -> list[tuple[str, ...]]:
        """The steps of a ladder with those of the ladders above it, lowest first; a circle ends it."""
        steps: list[tuple[str, ...]] = []
        seen: set[str] = set()
        following: str | None = ladder_id
        while following and following not in seen and following in self.by_id:
            seen.add(following)
            steps += self.by_id[following].steps
            following = self.by_id[following].above
        return steps

    def at_least(self, ladder_id: str, step: str) -> tuple[str, ...]:
        """Every code from the step of a code upwards.

        Raises:
            ValueError: no such ladder, or the code is on none of its steps; says which there are.
        """
        if ladder_id not in self.by_id:
            raise ValueError(f"không có thang bậc «{ladder_id}»; có: {', '.join(self.by_id)}")
        steps = self.whole(ladder_id)
        for number, codes in enumerate(steps):
            if step in codes:
                return tuple(code for codes in steps[number:] for code in codes)
        known = ", ".join(code for codes in steps for code in codes)
        raise ValueError(f"thang «{ladder_id}» không có bậc «{step}»; có: {known}")

    def rank(self, code: str) -> tuple[str, int] | None:
        """The ladder of ratings a rating stands on and its rank there (1 is the lowest)."""
        for ladder in self.by_id.values():
            if ladder.of == "ratings":
                for number, codes in enumerate(self.whole(ladder.id), 1):
                    if code in codes:
                        return ladder.id, number
        return None

    def expand(self, data: Any) -> list[tuple[int, str]]:
        """Put the codes in place of every ``{at_least: …}`` of a file, in the data themselves.

        Args:
            data: what `read_yaml` gave; lists of codes are lengthened in place, lines kept.

        Returns:
            What is wrong, with its line.
        """
        problems: list[tuple[int, str]] = []
        if isinstance(data, LineDict):
            for key, value in data.items():
                if _is_reference(value):
                    listed = LineList([value])
                    listed.line, listed.lines = data.lines[key], [data.lines[key]]
                    data[key] = listed
                problems += self.expand(data[key])
        elif isinstance(data, LineList):
            for item in data:
                if not _is_reference(item):
                    problems += self.expand(item)
            problems += self._put_in(data)
        return problems

    def _put_in(self, items: LineList) -> list[tuple[int, str]]:
        if not any(map(_is_reference, items)):
            return []  # what is twice in another list is meant so, or is told
        problems, found, lines = [], [], []
        for item, line in zip(items, items.lines, strict=True):
            codes: tuple[Any, ...] = (item,)
            if _is_reference(item):
                try:
                    said = AtLeast.model_validate(item[KEY])
                    codes = self.at_least(said.ladder, said.step)
                except ValidationError:
                    problems.append((line, "«at_least» gồm đúng hai khóa: ladder (thang) và step (bậc)"))
                    continue
                except ValueError as error:
                    problems.append((line, str(error)))
                    # one cause, one message: what stands there now is no second mistake
                    codes = next(iter(self.whole(said.ladder)), (said.step,))[:1]
            for code in codes:
                if code not in found:
                    found.append(code)
                    lines.append(line)
        if len(found) != len(items) or found != list(items):
            items[:], items.lines = found, lines
        return problems


def _is_reference(value: Any) -> bool:
    return isinstance(value, LineDict) and set(value) == {KEY}
