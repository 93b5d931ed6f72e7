"""Figures, file names, labels and colours."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dashboards import formats, pictures, theme
from dashboards.charts.rows import Mark, bars
from dashboards.fresh import FreshFolder
from dashboards.render import script_json


def test_vietnamese_figures() -> None:
    assert formats.number(12480) == "12.480"
    assert formats.percent(71.428) == "71,4%"
    assert formats.percent(71.428, 2) == "71,43%"
    assert formats.percent(None) == formats.number(None) == "-"
    assert formats.share(1, 0) is None
    assert formats.day(date(2020, 6, 5)) == "05/06/2020"


def test_no_code_leaves_its_folder() -> None:
    assert formats.slug("../LS Đ/x") == ".._ls___x"
    assert "/" not in formats.slug("a/b\\c")


def test_long_labels_say_that_they_go_on() -> None:
    assert formats.wrapped("một hai ba bốn", 7) == ["một hai", "ba bốn"]
    assert formats.wrapped("một hai ba bốn năm sáu", 7)[-1].endswith("…")


def test_names_left_out_are_counted() -> None:
    assert formats.listed(["A", "B", "C"], 2, "và {n} đơn vị khác") == "A, B và 1 đơn vị khác"
    assert formats.listed(["A"], 2, "và {n}") == "A"


def test_names_in_charts_are_no_markup() -> None:
    figure = bars([Mark("<a href='x'>A&B</a>", 1, "1")])
    labels = [note["text"] for note in figure["layout"]["annotations"]]
    assert all(re.search(r"<(?!br>)", label) is None for label in labels)


def test_json_cannot_end_its_script() -> None:
    dumped = script_json({"name": "</script><script>alert(1)</script>\u2028"})
    assert "<" not in dumped
    assert "\u2028" not in dumped


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_is_legible(tokens: dict[str, str]) -> None:
    for ground in ("surface", "raised"):
        for name in ("text", "muted", "link", "blocking", "warning", "information"):
            assert contrast(tokens[name], tokens[ground]) >= 4.5, (name, ground)
    for fill in ("covered", "partial", "none", "not-due", "head"):
        assert contrast(tokens[f"{fill}-text"], tokens[fill]) >= 4.5, fill
    for mark in ("direct", "leader", "bar", "dashed"):
        assert contrast(tokens[mark], tokens["surface"]) >= 3, mark
    assert theme.LIGHT.keys() == theme.DARK.keys()


def test_without_a_browser_the_night_hears_why(tmp_path: Path) -> None:
    why, drawn = pictures.draw([], [], FreshFolder(tmp_path / "pages"), "", None)
    assert (drawn, "apt-get install chromium" in why) == (0, True)
    assert not (tmp_path / "pages" / "images").exists()
