"""Sổ quy tắc: every rule as a sentence, with its clause, examples, and who has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboards.pages.page import Output, Page
from dashboards.site import Site

FIRST = "so-quy-tac.html"


def pages(site: Site) -> Iterator[Output]:
    """A first page that names the chapters, and a page for each of them."""
    numbered = list(enumerate(site.chapters, start=1))
    yield _page(site, FIRST, [(chapter, f"so-quy-tac-{number}.html") for number, chapter in numbered], [])
    for number, chapter in numbered:
        yield _page(site, f"so-quy-tac-{number}.html", [], [chapter])


def _page(site: Site, name: str, contents: list[tuple[Any, str]], chapters: list[Any]) -> Page:
    return Page(
        name,
        "rules.html.j2",
        {
            "programme": site.programmes[0] if site.programmes else None,
            "sentences": [site.confirmed],
            "contents": contents,
            "chapters": chapters,
            "policies": [],
        },
    )
