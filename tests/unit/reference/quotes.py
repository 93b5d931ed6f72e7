"""Quotes of the reference data, checked against the documents they are taken from.

The documents are not part of the project, so what was checked is kept: ``quotes_checked.txt`` has a mark for
each quote that stood in its document. A new or changed quote has none until someone who has the documents
runs ``python -m tests.unit.reference.quotes FOLDER``, which checks every quote and writes the marks.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from pipelines.common.paths import PROJECT
from pipelines.reference.yaml_lines import read_yaml

REFERENCE = PROJECT / "data" / "reference"
OWN = [PROJECT / "docs" / "huong-dan" / name for name in ("quy-dinh-tiep-nhan-tep.md", "ke-hoach-vi-du.md")]
"""Documents of the project itself: how files are taken in, the plan of the example."""
CHECKED = Path(__file__).with_name("quotes_checked.txt")
Quote = tuple[str, str]
"""The document's id, and the words."""


def quotes() -> list[Quote]:
    """Every quote of data/reference, once each."""
    found = [one for path in REFERENCE.rglob("*.yaml") for one in _citations(read_yaml(path)[0])]
    return sorted({(Path(one["seed"]).name, one["quote"]) for one in found})


def _citations(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        own = [data] if {"seed", "quote"} <= data.keys() else []
        return own + [found for value in data.values() for found in _citations(value)]
    if isinstance(data, list):
        return [found for value in data for found in _citations(value)]
    return []


def bare(text: str) -> str:
    """Words without marks of layout and blanks, which differ from copy to copy."""
    return re.sub(r"<[^>]+>|[*_#|\\]|\s", "", unicodedata.normalize("NFC", text))


def mark(quote: Quote) -> str:
    """What is kept of a quote that was checked."""
    return f"{quote[0]} {hashlib.sha256(bare(quote[1]).encode()).hexdigest()[:16]}"


def absent(found: list[Quote], texts: dict[str, str]) -> list[Quote]:
    """Quotes whose document is not at hand or does not have them."""
    return [(document, quote) for document, quote in found if bare(quote) not in texts.get(document, "")]


def main(folder: Path) -> None:
    """Check every quote against the documents of a folder; write the marks if all stand there."""
    texts = {path.name: bare(path.read_text("utf-8")) for path in [*folder.glob("*.txt"), *OWN]}
    wrong = absent(quotes(), texts)
    for document, quote in wrong:
        sys.stdout.write(f"{document}: {quote}\n")
    if wrong:
        sys.exit(1)
    CHECKED.write_text("\n".join(sorted({mark(quote) for quote in quotes()})) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
