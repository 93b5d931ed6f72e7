"""Templates to files: pages, files of rows, the search index; what is data is escaped, always."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboards import figures, formats
from dashboards.fresh import FreshFolder
from dashboards.packing import Packer, dumped, shared_words
from dashboards.pages.alike import middles, types_of
from dashboards.pages.award_rows import form_lines
from dashboards.pages.comparison_cells import cells, keyed_cells
from dashboards.pages.coverage_heat import letters
from dashboards.pages.method import policies
from dashboards.pages.page import Lists, Page
from dashboards.site import KINDS, Site
from dashboards.snapshot import Row
from pipelines.sentences import text
from pipelines.sentences.words import raised
from pipelines.text.collation import collation_key
from pipelines.text.keys import search_key

STALE_DAYS = 2
OF_UNITS = ("awards", "units")
"""Parts of a programme that have a page for each unit."""
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
_QUOTED = re.compile(r""""(?<=[a-z]=")([\w./#:-]+)"(?=[ >])""")
"""Attributes that need no quotation marks; in what is data a quotation mark is always escaped. What it parts,
joined again, is without them."""


def script_json(value: Any) -> Markup:
    """JSON that cannot end its script element, whatever a name contains."""
    said = dumped(value)
    for sign, instead in _IN_SCRIPT.items():
        said = said.replace(sign, instead)
    return Markup(said)  # noqa: S704 - every character that could matter is escaped


def filled(sentence: str, *figures: Markup) -> Markup:
    """A sentence whose ``{}`` are figures with their origin."""
    return escape(sentence).format(*figures)


def _unit_link(site: Site, root: str, code: str | None) -> Markup:
    """A unit's name as a way to its page; a code that is not in the list is shown as it is."""
    unit = site.units.get(code or "")
    return Markup('<a href="{}{}">{}</a>').format(root, unit.page, unit.name) if unit else escape(code or "")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dashboards"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["t"] = text
    return environment


def surroundings(root: str) -> dict[str, str]:
    """What stands above and below a page of a unit, until it is known which night and which ways on.

    Args:
        root: the way from such a page to the folder of the first page.
    """
    around: Any = _environment().get_template("around.html.j2").module
    return {"top": str(around.top(root, "", "", "")), "foot": str(around.foot(""))}


class Renderer:
    """Writes the pages of a site into a fresh folder."""

    def __init__(self, site: Site, fresh: FreshFolder) -> None:
        """Prepare templates; the version in the addresses of assets makes browsers take new ones."""
        self._site, self._fresh = site, fresh
        self._packed = Packer(shared_words(site))
        self._policies = {row["policy_id"]: row for row in policies(site)}
        environment = _environment()
        environment.filters |= {
            "n": formats.number,
            "pct": formats.percent,
            "day": formats.day,
            "slug": formats.slug,
            "js": script_json,
            "packed": self._packed,
            "raised": raised,
            "fill": filled,
            "cells": cells,
            "keyed_cells": keyed_cells,
            "letters": letters,
        }
        environment.globals |= {
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
            "policy_rows": self._policies,
        }
        self._templates = {
            name: environment.get_template(name) for name in environment.list_templates(extensions=["j2"])
        }
        environment.globals |= {name: self._templates[f"{name}.html.j2"].module for name in ("nav", "around")}
        self._macros: dict[str, dict[str, Any]] = {}

    def page(self, page: Page) -> None:
        """Write a page."""
        drawn = {chart.id: chart.drawn for chart in page.charts if chart.figure}
        shared = self._shared("../" * page.path.count("/"))
        html = self._templates[page.template].render(page.context, **shared, path=page.path, drawn=drawn)
        self._write(page.path, "".join(_QUOTED.split(_MAY_GO.sub("", _BLANKS.sub("\n", html)))))

    def _shared(self, root: str) -> dict[str, Any]:
        """What pages of one folder have in common: the way to the first page, and the macros that lead there,
        made once instead of for each of thousands of pages."""
        if root not in self._macros:
            parts = self._templates["parts.html.j2"].make_module({"root": root})
            todo = self._templates["todo.html.j2"].make_module({"root": root, "parts": parts})
            link = cache(partial(_unit_link, self._site, root))
            self._macros[root] = {"root": root, "parts": parts, "todo_parts": todo, "unit_link": link}
        return self._macros[root]

    def lists(self, lists: Lists) -> None:
        """Write the rows behind the numbers of a page."""
        body = {"columns": lists.columns, "rows": lists.rows, "files": lists.files, "sets": lists.sets}
        self._put(lists.name, body | ({"table": lists.table} if lists.table else {}))

    def shared_lists(self) -> None:
        """Write what pages load where they need it: the form mẫu 02, the policies, all units to search in."""
        self._put("mau-02", form_lines(self._site))
        told = {id_: [row["text"], _origin(row)] for id_, row in self._policies.items()}
        self._put("chinh-sach", told)
        names = {programme.id: programme.short_name for programme in self._site.programmes}
        entries = [
            [unit.name, search_key(unit.name), names.get(unit.programme_id, ""), unit.page]
            for unit in sorted(self._site.units.values(), key=lambda unit: collation_key(unit.name))
        ]
        self._put("search", entries)

    def night(self) -> None:
        """Write what pages say of the night, of all units of a type, and how those of units lead on: the only
        file of a site that changes with the date alone."""
        night = self._site.night
        nav: Any = self._templates["nav.html.j2"].module
        ways = {
            f"{programme.id} {kind}": [
                str(_BLANKS.sub("\n", part(programme, kind, "../"))) for part in (nav.parts, nav.programmes)
            ]
            for programme in self._site.programmes
            for kind in OF_UNITS
        }
        told: dict[str, Any] = night_words(self._site) | {
            "ways": ways,
            "figures": middles(types_of(self._site)),
            "published": night["published_at"].isoformat(),
            "staleDays": STALE_DAYS,
        }
        self._write("dem.js", f"THIDUA.night({script_json(told)});\n")

    def _put(self, name: str, value: Any) -> None:
        self._write(f"data/{name}.js", f'THIDUA.put({script_json(name)},"{self._packed(value)}");\n')

    def _write(self, path: str, content: str) -> None:
        self._fresh.write(path, content)


def _origin(policy: Row) -> str:
    return text("site.policy_default" if policy["is_default"] else "site.policy_changed")


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
