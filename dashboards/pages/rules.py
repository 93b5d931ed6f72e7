"""Sổ quy tắc: every rule as a sentence, with its clause, examples, and who has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboards.confirmed import confirmed
from dashboards.pages.page import Output, Page
from dashboards.site import Site

FIRST = "so-quy-tac.html"


def pages(site: Site) -> Iterator[Output]:
    """A first page that names the chapters, and a page for each of them."""
    numbered = [
        (chapter, f"so-quy-tac-{number}.html", confirmed(site.snapshot, chapter.id))
        for number, chapter in enumerate(site.chapters, start=1)
    ]
    yield _page(site, FIRST, numbered, [])
    for chapter, name, counted in numbered:
        yield _page(site, name, [], [(chapter, counted)])


def _page(site: Site, name: str, contents: list[Any], chapters: list[Any]) -> Page:
    return Page(
        name,
        "rules.html.j2",
        {
            "programme": site.programmes[0] if site.programmes else None,
            "sentences": [confirmed(site.snapshot)],
            "contents": contents,
            "chapters": chapters,
            "policies": [],
        },
    )
