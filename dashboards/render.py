"""Templates to files: pages, files of rows, the search index; what is data is escaped, always."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboards import formats
from dashboards.pages.method import policies
from dashboards.pages.page import Lists, Page
from dashboards.site import KINDS, Site
from pipelines.sentences import text
from pipelines.sentences.finding import general
from pipelines.text.keys import search_key

STALE_DAYS = 2
_IN_SCRIPT = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
_BLANKS = re.compile(r"\n\s*\n+|(?<=>)\n[ \t]+(?=<)")


def script_json(value: Any) -> Markup:
    """JSON that cannot end its script element, whatever a name contains."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(dumped.translate(_IN_SCRIPT))  # noqa: S704 - every character that could matter is escaped


class Renderer:
    """Writes the pages of a site below a folder."""

    def __init__(self, site: Site, folder: Path, version: str) -> None:
        """Prepare templates; ``version`` in the addresses of assets makes browsers take the new ones."""
        self._site, self._folder = site, folder
        environment = Environment(
            loader=PackageLoader("dashboards"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "n": formats.number,
            "pct": formats.percent,
            "day": formats.day,
            "slug": formats.slug,
            "js": script_json,
        }
        environment.globals |= {
            "t": text,
            "site": site,
            "kinds": list(KINDS),
            "place": formats.place,
            "general": general,
            "in_folder": formats.in_folder,
            "share": formats.share,
            "version": version,
            "night_id": site.night_id,
            "stale_on": site.night["published_at"] + timedelta(days=STALE_DAYS),
            "stale_days": STALE_DAYS,
            "policy_rows": {row["policy_id"]: row for row in policies(site)},
        }
        self._templates = {
            name: environment.get_template(name) for name in environment.list_templates(extensions=["j2"])
        }

    def page(self, page: Page) -> None:
        """Write a page."""
        root = "../" * page.path.count("/")
        figures = {chart.id: chart.drawn for chart in page.charts if chart.figure}
        html = self._templates[page.template].render(page.context, root=root, path=page.path, drawn=figures)
        self._write(page.path, _BLANKS.sub("\n", html))

    def lists(self, lists: Lists) -> None:
        """Write the rows behind the numbers of a page."""
        body = {"columns": lists.columns, "rows": lists.rows, "files": lists.files, "sets": lists.sets}
        self._write(f"data/{lists.name}.js", f"THIDUA.put({script_json(lists.name)},{script_json(body)});\n")

    def search_index(self) -> None:
        """Write names, search keys and addresses of all units."""
        names = {programme.id: programme.short_name for programme in self._site.programmes}
        entries = [
            [unit.name, search_key(unit.name), names.get(unit.programme_id, ""), unit.page]
            for unit in sorted(self._site.units.values(), key=lambda unit: search_key(unit.name))
        ]
        self._write("data/search.js", f'THIDUA.put("search",{script_json(entries)});\n')

    def _write(self, path: str, content: str) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, "utf-8")
