"""The folder that is built: whole, safe, small enough, the same again, nothing left of the old one."""

from __future__ import annotations

import base64
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from dashboards.build import BuildResult, build
from dashboards.pages.award_table import COLUMNS
from dashboards.site import BRIEFS
from tests.unit.dashboards.conftest import NOW, built
from tests.unit.dashboards.published_file import HOSTILE, REFERENCE

Built = tuple[Path, BuildResult]


class Links(HTMLParser):
    """Ids and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.images = 0
        self.scripts: list[str] = []
        self.lists: list[tuple[str, str]] = []
        self.around = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.add(str(found["id"]))
        if tag == "a" and found.get("href"):
            self.links.append(str(found["href"]))
        if tag == "img":
            self.images += 1
        if tag == "script" and found.get("src"):
            self.scripts.append(str(found["src"]))
        if found.get("data-list"):
            self.around = str(found["data-list"])
        if tag == "button" and found.get("data-key"):
            self.lists.append((str(found.get("data-list") or self.around), str(found["data-key"])))


def read(path: Path) -> Links:
    links = Links()
    html = path.read_text("utf-8")
    links.feed(html)
    links.lists += numbers_of_forms(html)
    return links


def numbers_of_forms(html: str) -> list[tuple[str, str]]:
    """The numbers of tables of mẫu 02, of which ``site.js`` makes buttons: file of rows and key."""
    found = []
    for table in re.findall(r'<table class="form.*?</table>', html, re.DOTALL):
        name = re.search(r"data-list=(\S+)", table)
        assert name, table[:200]
        for row, cells in re.findall(r"<tr data-row=(\S+)(.*)", table):
            values = re.findall(r"<td>([^<]*)", cells)[1:]
            found += [
                (name[1], f"{row}|{column}")
                for column, value in zip(COLUMNS, values, strict=True)
                if not column.endswith("_pct") and value not in ("0", "-")
            ]
    return found


def loaded(folder: Path, name: str) -> Any:
    """What a page loads from ``data``, as ``site.js`` unpacks it: after the words all pages share."""
    packed = (folder / "data" / f"{name}.js").read_text("utf-8").split('"')[3]
    words = (folder / "assets" / "texts.js").read_text("utf-8").split("window.THIDUA_WORDS=")[1]
    before: str = json.loads(words.rstrip().rstrip(";"))
    return json.loads(
        zlib.decompressobj(-zlib.MAX_WBITS, before.encode()).decompress(base64.b64decode(packed))
    )


@pytest.mark.parametrize("name", ["tiny", "empty", "hostile"])
def test_every_link_and_every_number_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(name)[1].index.parent
    pages = {path: read(path) for path in folder.rglob("*.html")}
    sets: dict[str, Any] = {}
    for path, page in pages.items():
        for link in page.links:
            if link.startswith("data:"):
                continue
            file, _, fragment = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.exists(), (path.name, link)
            if fragment and target in pages:
                assert fragment in pages[target].ids, (path.name, link)
        for script in page.scripts:
            assert (path.parent / script.partition("?")[0]).exists()
        for list_name, key in page.lists:
            if list_name not in sets:
                sets[list_name] = loaded(folder, list_name)["sets"]
            assert key in sets[list_name], (path.name, list_name, key)
    assert (name == "empty") == (not any(one.startswith("m02-") for one in sets))


def test_numbers_of_mau_02_show_at_most_fifty_rows(hostile: Built) -> None:
    found = loaded(hostile[1].index.parent, "m02-ls-x-000-own")
    assert found["table"] == {"unit": f"Huyện {HOSTILE}", "code": "LS-X-000", "scope": "own"}
    assert "TC|individuals" in found["sets"]
    for counted, rows, total, _ in found["sets"].values():
        assert counted == total
        assert len(rows) == min(total, 50)


def test_tables_of_mau_02_share_their_lines(tiny: Built) -> None:
    """A line in which nothing is counted is no page's: the browser sets it in from the form."""
    folder = tiny[1].index.parent
    lines = [line[0] for line in loaded(folder, "mau-02")["lines"]]
    assert len(lines) == 43
    shown = re.findall(
        r"<tr data-row=(\S+) class=", (folder / "khen-thuong" / "ls-huyen-binh-gia.html").read_text("utf-8")
    )
    assert 4 <= len(set(shown)) < 43
    assert set(shown) <= set(lines)


def test_names_are_data(hostile: Built) -> None:
    folder = hostile[1].index.parent
    for path in [*folder.rglob("*.html"), *(folder / "data").rglob("*.js")]:
        assert HOSTILE not in path.read_text("utf-8"), path
    assert HOSTILE in str(loaded(folder, "search"))
    assert read(folder / "don-vi" / "ls-x-000.html").images == 0


def test_nothing_comes_from_outside(tiny: Built) -> None:
    folder = tiny[1].index.parent
    for path in [
        *folder.rglob("*.html"),
        *(folder / "assets").glob("site.*"),
        folder / "assets" / "charts.js",
    ]:
        assert not re.search(r"""(src|href)=["']?(https?:)?//|url\(|@import""", path.read_text("utf-8")), path
    assert (folder / "assets" / "plotly.min.js").stat().st_size > 1_000_000


def test_the_first_page_says_the_night_and_the_others_where_it_stands(tiny: Built) -> None:
    folder = tiny[1].index.parent
    night, where = "Số liệu đêm 05/06/2020 · mã 7f3a91", "Số liệu của đêm nào: xem trang đầu"
    assert night in (folder / "dem.js").read_text("utf-8")
    assert where in (folder / "assets" / "texts.js").read_text("utf-8")
    for path in folder.rglob("*.html"):
        html = path.read_text("utf-8")
        if path.parent.name == BRIEFS:  # a sheet that is handed on says its night itself
            assert night in html
            continue
        assert (night in html) == (path.name == "index.html"), path
        if path.parent != folder:  # of a unit: it has the way to the first page, all else stands in texts.js
            assert "<a class=brand href=../index.html>" in html, path
            continue
        assert (where in html) == (path.name != "index.html"), path


def test_a_table_stands_under_each_chart(tiny: Built) -> None:
    for path in tiny[1].index.parent.rglob("*.html"):
        html = path.read_text("utf-8")
        assert html.count("class=plot ") == html.count("class=data>"), path
        assert html.count("<table") == html.count("<caption"), path


def test_the_old_folder_goes_and_the_same_night_gives_the_same_pages(tmp_path: Path) -> None:
    warehouse, first = built(tmp_path, units=2, awards=3)
    folder = first.index.parent
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "khen-thuong" / "left.html").write_text("old", "utf-8")
    build(warehouse, folder, NOW, REFERENCE, pictures=False, downloads=False)
    after = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert before == after
    assert {path.name for path in tmp_path.iterdir()} == {
        "thidua.duckdb", "dashboards", ".dashboards.a", ".dashboards.b",  # shown, and the night before
    }  # fmt: skip


def test_three_hundred_units(tmp_path: Path) -> None:
    _, result = built(tmp_path, units=300, awards=30)
    assert result.largest_page < 400_000
    assert result.pages > 2 * 225 + 80


@pytest.mark.parametrize("page", ["index.html", "cach-tinh.html", "so-quy-tac.html"])
def test_pages_say_how_many_rules_are_confirmed(tiny: Built, page: str) -> None:
    said = html.parse(str(tiny[1].index.parent / page)).getroot().text_content()
    assert re.search(r"\d+/[\d.]+ quy tắc đã được xác nhận", said)


def test_each_finding_of_a_unit_leads_to_why_it_is_one(tiny: Built) -> None:
    folder = tiny[1].index.parent
    links = {
        link
        for path in (folder / "don-vi").glob("*.html")
        for link in re.findall(r'href="?\.\./(vi-sao/[^">\s]+)', path.read_text("utf-8"))
    }
    assert links
    for link in links:
        page, _, finding = link.partition("#")
        assert finding in read(folder / page).ids, link
