"""The letter and the marked files of each unit that has news; where they are many, every core makes some."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.common.processes import pool
from pipelines.common.refusals import refusal_of
from pipelines.reports.letters.content import letter_content
from pipelines.reports.letters.letterhead import Letterhead
from pipelines.reports.letters.letters import write_letter
from pipelines.reports.places import letter_path, report_folder
from pipelines.reports.published import Published
from pipelines.reports.returned.give_back import RawFiles, give_back

MANY = 100
"""From so many units on, several processes make them: one needs a second to begin."""
AT_ONCE = 20
"""Units handed to a process together."""
Place = tuple[str, str]
"""Programme and unit."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What is needed to make any unit's reports."""

    raw: RawFiles
    heads: Mapping[str, Letterhead]
    """By programme."""
    folder: Path
    """Of the night's reports, being written."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for a unit."""

    place: Place
    letters: int = 0
    files: int = 0
    trouble: str = ""
    """Why there is nothing of it."""


def all_made(
    published: Published, tools: Tools, places: Sequence[Place], advance: Callable[[], None]
) -> Iterator[Made]:
    """Make the reports of these units, in this order.

    Args:
        published: the night.
        tools: what else is needed.
        places: of the units.
        advance: called after each.
    """
    if len(places) < MANY:
        for place in places:
            yield _make(published, tools, place)
            advance()
        return
    several = [places[at : at + AT_ONCE] for at in range(0, len(places), AT_ONCE)]
    with pool(os.cpu_count() or 1, _begin, (tools,)) as helping:
        # what is told of a unit goes to the process that writes it, and to no other
        for made in helping.map(_make_here, map(published.about, several), several):
            for one in made:
                yield one
                advance()


_HERE: list[Tools] = []
"""The tools of a process that only makes reports."""


def _begin(tools: Tools) -> None:
    _HERE.append(tools)


def _make_here(published: Published, places: Sequence[Place]) -> list[Made]:
    return [_make(published, _HERE[0], place) for place in places]


def _make(published: Published, tools: Tools, place: Place) -> Made:
    try:
        returned = give_back(published, *place, tools.raw, report_folder(tools.folder, *place))
        return Made(place, _letter(published, tools, place, len(returned)), len(returned))
    except Exception as error:
        if refusal_of(error):  # the machine's trouble is everyone's
            raise
        shutil.rmtree(report_folder(tools.folder, *place), ignore_errors=True)
        return Made(place, trouble=f"{type(error).__name__}: {error}")


def _letter(published: Published, tools: Tools, place: Place, files: int) -> bool:
    head = tools.heads[place[0]]
    content = letter_content(published, *place, head, files)
    if content is None:
        return False
    path = letter_path(tools.folder, *place)
    path.parent.mkdir(parents=True, exist_ok=True)
    midnight = datetime.combine(published.as_of, datetime.min.time())
    write_letter(path, content, head, published.as_of.year, midnight)
    return True
