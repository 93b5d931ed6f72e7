"""Learns the words that pages of units are full of (``words.txt``), from pages of made-up units.

Nothing depends on their being up to date: pages that are worded anew save less, until they are learned again.

Run, after a night over what ``thidua generate`` made: ``python -m dashboards.words HOME/dashboards``.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from dashboards.packing import WORDS, Packer, dumped

MADE_UP = "*-tn-*"
"""Files of units that ``thidua generate`` made: nobody's names stand in them."""
PACKED = re.compile(r"""(?:data-packed=|figures=|reasons\(|put\("[^"]*",)"?([A-Za-z0-9+/]+=*)""")
"""How pages and files of rows hold what is packed."""
KNOWN = re.compile(r"THIDUA_WORDS=(.*);$", re.MULTILINE)
EACH = 4_500
"""Characters taken of one value."""


def site_words(site: Path) -> str:
    """The words that what is packed in these pages looks back on."""
    known = KNOWN.search((site / "assets/texts.js").read_text("utf-8"))
    assert known is not None
    words: str = json.loads(known[1])
    return words


def learn(site: Path) -> str:
    """One packed value of each folder and place in a file, of middling length.

    Args:
        site: the pages of a night over made-up units.
    """
    packer, values = Packer(site_words(site)), defaultdict(list)
    for path in sorted(site.rglob(MADE_UP)):
        if path.suffix in (".html", ".js"):
            for place, packed in enumerate(PACKED.findall(path.read_text("utf-8"))):
                values[path.parent.name, place].append(dumped(packer.unpacked(packed)))
    usual = [sorted(some, key=len)[len(some) // 2] for _, some in sorted(values.items())]
    return "".join(value[:EACH] for value in usual)


if __name__ == "__main__":
    WORDS.write_text(learn(Path(sys.argv[1])), "utf-8")
