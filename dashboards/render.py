"""Templates to files: pages, files of rows, the search index; what is data is escaped, always."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboards import figures, formats
from dashboards.fresh import FreshFolder
from dashboards.pages.method import policies
from dashboards.pages.page import Lists, Page
from dashboards.site import KINDS, Site
from pipelines.sentences import text
from pipelines.sentences.words import raised
from pipelines.text.collation import collation_key
from pipelines.text.keys import search_key

STALE_DAYS = 2
_IN_SCRIPT = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_BLANKS = re.compile(r"\n\s*\n+|(?<=>)\n[ \t]+(?=<)")
_MAY_GO = re.compile(r"</(?:td|th|tr|li|dt|dd)>")
"""End tags that HTML lets one leave out: a tenth of a page of tables."""


def script_json(value: Any) -> Markup:
    """JSON that cannot end its script element, whatever a name contains."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    for sign, instead in _IN_SCRIPT.items():
        dumped = dumped.replace(sign, instead)
    return Markup(dumped)  # noqa: S704 - every character that could matter is escaped


def packed(value: Any) -> str:
    """JSON deflated, in base64: what a browser opens on demand weighs a seventh. site.js unpacks it."""
    dumped = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(dumped.encode()) + packer.flush()).decode()


def filled(sentence: str, *figures: Markup) -> Markup:
    """A sentence whose ``{}`` are figures with their origin."""
    return escape(sentence).format(*figures)


class Renderer:
    """Writes the pages of a site into a fresh folder."""

    def __init__(self, site: Site, fresh: FreshFolder) -> None:
        """Prepare templates; the version in the addresses of assets makes browsers take new ones."""
        self._site, self._fresh = site, fresh
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
            "packed": packed,
            "raised": raised,
            "fill": filled,
        }
        environment.globals |= {
            "t": text,
            "site": site,
            "kinds": list(KINDS),
            "place": formats.place,
            "in_folder": formats.in_folder,
            "share_or_counts": figures.share_or_counts,
            "few": text("site.few", n=formats.number(figures.SMALL)),
            "figure": figures.figure,
            "headline": figures.headline,
            "said": figures.said,
            "defined": figures.defined,
            "version": _version(fresh.path / "assets"),
            "night": night_words(site),
            "policy_rows": {row["policy_id"]: row for row in policies(site)},
        }
        self._templates = {
            name: environment.get_template(name) for name in environment.list_templates(extensions=["j2"])
        }

    def page(self, page: Page) -> None:
        """Write a page."""
        root = "../" * page.path.count("/")
        drawn = {chart.id: chart.drawn for chart in page.charts if chart.figure}
        html = self._templates[page.template].render(page.context, root=root, path=page.path, drawn=drawn)
        self._write(page.path, _MAY_GO.sub("", _BLANKS.sub("\n", html)))

    def lists(self, lists: Lists) -> None:
        """Write the rows behind the numbers of a page."""
        body = {"columns": lists.columns, "rows": lists.rows, "files": lists.files, "sets": lists.sets}
        self._write(f"data/{lists.name}.js", f'THIDUA.put({script_json(lists.name)},"{packed(body)}");\n')

    def search_index(self) -> None:
        """Write names, search keys and addresses of all units."""
        names = {programme.id: programme.short_name for programme in self._site.programmes}
        entries = [
            [unit.name, search_key(unit.name), names.get(unit.programme_id, ""), unit.page]
            for unit in sorted(self._site.units.values(), key=lambda unit: collation_key(unit.name))
        ]
        self._write("data/search.js", f'THIDUA.put("search","{packed(entries)}");\n')

    def night(self) -> None:
        """Write what pages say of the night: the only file of a site that changes with the date alone."""
        night = self._site.night
        told = night_words(self._site) | {
            "published": night["published_at"].isoformat(),
            "staleDays": STALE_DAYS,
        }
        self._write("dem.js", f"THIDUA.night({script_json(told)});\n")

    def _write(self, path: str, content: str) -> None:
        self._fresh.write(path, content)


def night_words(site: Site) -> dict[str, str]:
    """The sentences about the night: at the top, at the foot, and when it is long past."""
    date, published = formats.day(site.as_of), site.night["published_at"]
    stale = formats.day(published + timedelta(days=STALE_DAYS))
    time = published.strftime("%H:%M %d/%m/%Y")
    return {
        "line": text("site.data_of", date=date, id=site.night_id),
        "footer": text("site.footer", date=date, id=site.night_id, time=time, stale=stale),
        "stale": text("site.stale", n="{n}", date=date),
    }


def _version(assets: Path) -> str:
    """A short digest of scripts and styles."""
    total = hashlib.sha256()
    for path in sorted(assets.iterdir()):
        total.update(path.read_bytes())
    return total.hexdigest()[:8]
