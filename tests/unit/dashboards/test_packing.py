"""What pages hold packed: whole when unpacked, and short, since it looks back on words learned from pages."""

from __future__ import annotations

from pathlib import Path

from dashboards.build import BuildResult
from dashboards.packing import WORDS, Packer, dumped
from dashboards.words import EACH, MADE_UP, PACKED, learn, site_words

Built = tuple[Path, BuildResult]


def packed_values(site: Path) -> list[str]:
    """All that the pages of units of a site hold packed."""
    pages = [
        path for folder in ("don-vi", "khen-thuong", "vi-sao") for path in (site / folder).glob("*.html")
    ]
    return [value for path in sorted(pages) for value in PACKED.findall(path.read_text("utf-8"))]


def test_learned_words_shorten_what_pages_hold(hostile: Built) -> None:
    site = hostile[0].parent / "dashboards"
    words = site_words(site)
    bare = Packer(words.replace(WORDS.read_text("utf-8"), ""))
    values = packed_values(site)
    unpacked = [Packer(words).unpacked(value) for value in values]
    assert values
    assert [Packer(words)(value) for value in unpacked] == values
    assert sum(map(len, values)) < 0.7 * sum(len(bare(value)) for value in unpacked)


def test_words_are_learned_of_made_up_units_alone(tmp_path: Path, hostile: Built) -> None:
    packer = Packer("")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/texts.js").write_text('window.THIDUA_WORDS="";\n', "utf-8")
    for folder in ("data", "don-vi"):
        (tmp_path / folder).mkdir()
    for name in ("ls-so-y-te", MADE_UP.replace("*", "x")):
        (tmp_path / f"data/{name}.js").write_text(f'THIDUA.put("{name}","{packer([name] * 9)}");', "utf-8")
    (tmp_path / "don-vi/x-tn-1.html").write_text(
        f"<div data-packed={packer('a' * (EACH + 9))}></div>", "utf-8"
    )
    assert learn(tmp_path) == dumped(["x-tn-x"] * 9) + '"' + "a" * (EACH - 1)
