"""What is made for each unit alone: its pages, the rows behind their numbers, its papers.

Where units are many, every core makes some of them: a process of its own opens the published file, as the
first one did, and makes some hundred units at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from multiprocessing.util import Finalize
from pathlib import Path

import polars as pl

from dashboards.charts.base import Chart
from dashboards.downloads import FOLDER, Papers, offered_by_unit
from dashboards.fresh import FreshFolder
from dashboards.pages import awards, units
from dashboards.pages.page import Page
from dashboards.render import Renderer
from dashboards.site import Site, make_site
from dashboards.snapshot import opened
from pipelines.common.processes import pool
from pipelines.reference.models.awards import Mau02

MANY = 1_000
"""From so many units on, several processes make them: one needs seconds to begin."""
AT_ONCE = 500
"""Units made together: bounds memory, and keeps all processes at work to the end."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a process needs to know to make units."""

    warehouse: Path
    out: Path
    now: datetime
    tables: Mapping[str, pl.DataFrame]
    """The law and the settings, as ``reference_tables`` gives them."""
    form: Mau02
    papers: bool
    """Whether mẫu 02 is also made as .xlsx and .docx."""


class Hand:
    """Makes units into a folder being built."""

    def __init__(self, site: Site, fresh: FreshFolder, work: Work) -> None:
        """Prepare; the assets of the site lie in the folder already."""
        self._site = site
        self._papers = Papers(work.warehouse, work.form, fresh.folder(FOLDER)) if work.papers else None
        self.others = units.around(site)
        if self._papers:
            site.downloads = offered_by_unit(site)
        self.renderer = Renderer(site, fresh)

    def make(self, codes: Sequence[str]) -> dict[str, list[Chart]]:
        """Make these units; returns the pages, each with its charts that are also pictures."""
        made: dict[str, list[Chart]] = {}
        for first in range(0, len(codes), AT_ONCE):
            self._site.draw_only(codes[first : first + AT_ONCE])
            if self._papers:
                self._papers.print(self._site)
            for output in chain(awards.unit_pages(self._site), units.unit_pages(self._site, self.others)):
                if isinstance(output, Page):
                    self.renderer.page(output)
                    made[output.path] = output.pictures
                else:
                    self.renderer.lists(output)
        return made


def are_few(codes: Collection[str]) -> bool:
    """Whether one process makes these units sooner than several."""
    return len(codes) < MANY


@contextmanager
def others_made(work: Work, codes: Sequence[str], advance: Callable[[], None]) -> Iterator[list[int]]:
    """Make units in processes of their own while the body makes other pages; when it ends, all are made.

    Args:
        work: what the processes need to know.
        codes: of the units; where there are none, no process is begun.
        advance: called for each unit that is made.

    Yields:
        A list that holds the numbers of pages made once the body has ended.
    """
    counts: list[int] = []
    if not codes:
        yield counts
        return
    with pool(os.cpu_count() or 1, _begin, (work,)) as helping:
        shares = [codes[first : first + AT_ONCE] for first in range(0, len(codes), AT_ONCE)]
        given = {helping.submit(_make, share): len(share) for share in shares}
        yield counts
        for made in as_completed(given):
            counts.append(made.result())
            for _ in range(given[made]):
                advance()


_HERE: list[Hand] = []
"""The hand of a process that only makes units."""
_OPEN = ExitStack()


def _begin(work: Work) -> None:
    Finalize(None, _end, exitpriority=1)
    snapshot = _OPEN.enter_context(opened(work.warehouse, work.tables))
    _HERE.append(Hand(make_site(snapshot, work.now), FreshFolder(work.out), work))


def _end() -> None:
    """Close the file before the process ends; else the database's library complains on the terminal."""
    _HERE.clear()
    _OPEN.close()


def _make(codes: Sequence[str]) -> int:
    return len(_HERE[0].make(codes))
