"""Sổ quy tắc: every rule as a sentence, with its clause, examples, and who has confirmed it."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.pages.page import Output, Page
from dashboards.site import Site


def pages(site: Site) -> Iterator[Output]:
    """The one page of all programmes."""
    yield Page(
        "so-quy-tac.html",
        "rules.html.j2",
        {
            "programme": site.programmes[0] if site.programmes else None,
            "sentences": [site.confirmed],
            "chapters": site.chapters,
            "policies": [],
        },
    )
