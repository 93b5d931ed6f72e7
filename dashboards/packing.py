"""Values as a browser unpacks them: JSON deflated after words that all pages share, in base64.

``site.js`` puts the shared words before what it unpacks, as a block that is stored and not deflated, and
drops them afterwards: what a page says in the usual words costs it next to nothing.
"""

from __future__ import annotations

import base64
import zlib
from pathlib import Path
from typing import Any

import orjson

from dashboards.charts.rows import Mark, both, dots
from dashboards.site import Site
from pipelines.sentences import text

MOST = 32_000
"""Bytes of words that a packer can look back on."""
_LEVEL = 7
"""The highest packs a hundredth smaller and takes half as long again."""
WORDS = Path(__file__).with_name("words.txt")
"""Words learned from pages (``words.py``)."""


def dumped(value: Any) -> str:
    """JSON without blanks."""
    return orjson.dumps(value, str, orjson.OPT_NON_STR_KEYS).decode()


class Packer:
    """Packs values of one site."""

    def __init__(self, words: str) -> None:
        """Remember the words; the same in every process of a night."""
        self._words = words.encode()
        self._begun = zlib.compressobj(
            _LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, self._words
        )

    def __call__(self, value: Any) -> str:
        """The value in base64."""
        packer = self._begun.copy()
        return base64.b64encode(packer.compress(dumped(value).encode()) + packer.flush()).decode()

    def unpacked(self, packed: str) -> Any:
        """What was packed."""
        opener = zlib.decompressobj(-zlib.MAX_WBITS, self._words)
        return orjson.loads(opener.decompress(base64.b64decode(packed)))


def shared_words(site: Site) -> str:
    """The words files of units are full of: those learned, names of awards, heads of columns, a chart."""
    awards = site.snapshot.rows("SELECT official_name AS label FROM dim_awards ORDER BY award_code")
    lines = site.snapshot.rows("SELECT label FROM ref.mau_02_rows ORDER BY row_order")
    heads = [text(f"drill.{one}") for one in ("name", "workplace", "award", "year", "decision", "unit")]
    mark = Mark("-", 1.0, "1/1", "#ds=I.1|individuals", tick=100.0, second=0.0, second_printed="0/1")
    chart = both(dots, [mark, mark], tick_word=text("unit.median"), words=(text("unit.this"), ""))
    said = [WORDS.read_text("utf-8")]
    said += [dumped([row["label"] for row in (*awards, *lines)]), dumped(heads), dumped(chart["figure"])]
    return "".join(said).encode()[-MOST:].decode(errors="ignore")
