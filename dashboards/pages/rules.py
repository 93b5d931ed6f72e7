"""Sổ quy tắc: every rule as a sentence, with its clause, examples, and who has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.formats import number
from dashboards.pages.page import Output, Page
from dashboards.site import Site
from pipelines.sentences import text


def pages(site: Site) -> Iterator[Output]:
    """The one page of all programmes."""
    confirmed = sum(chapter.confirmed for chapter in site.chapters)
    total = sum(len(chapter.entries) for chapter in site.chapters)
    yield Page(
        "so-quy-tac.html",
        "rules.html.j2",
        {
            "programme": site.programmes[0] if site.programmes else None,
            "sentences": [text("book.count", confirmed=number(confirmed), total=number(total))],
            "chapters": site.chapters,
            "policies": [],
        },
    )
