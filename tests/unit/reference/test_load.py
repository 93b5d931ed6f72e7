"""The real reference data loads whole, quickly, and cites its documents truly."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference
from pipelines.reference.yaml_lines import read_yaml

from .conftest import REFERENCE, ROOT

SEEDS = ROOT.parent / "shared" / "seeds"
PAGES = ROOT / "docs" / "huong-dan"


def test_counts(reference: Reference) -> None:
    """The numbers of the documents, and our own: cross-checks, two groups, what decision 0011 lists."""
    rules = reference.all_rules
    assert sum(len(one.criteria) for one in rules) == 225 + 1
    assert sum(len(one.groups) for one in rules) == 17 + 2
    assert sum(rule.id.startswith("CP-") for one in rules for rule in one.completeness) == 149 + 4 + 13
    assert sum(len(one.quotas) for one in rules) == 75
    assert len(reference.policies) == 67 + 2
    assert len(reference.awards.awards) == 67
    assert len(reference.mau_02.rows) == 43
    assert len(reference.units) == 188


def test_every_rule_says_who_what_and_where(reference: Reference) -> None:
    for rules in reference.all_rules:
        for rule in rules.completeness:
            assert rule.severity
            assert rule.mends
            assert rule.cite
            assert rule.short_vi[:1].islower() or rule.short_vi.startswith(("Báo", "“")), rule.id
            assert not rule.short_vi.endswith("."), rule.id
            assert rule.how_to_fix_vi.endswith("."), rule.id
        for criterion in rules.criteria:
            assert criterion.cite, criterion.id
        for quota in rules.quotas:
            assert quota.cite, quota.id


def test_texts_are_in_nfc_and_without_placeholders() -> None:
    for path in REFERENCE.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
        assert "TODO" not in text


def test_loading_is_fast() -> None:
    start = time.process_time()
    load_reference(REFERENCE)
    assert time.process_time() - start < 1.5  # measured 0.1 s; the machine may be busy


def _plain(text: str) -> str:
    text = re.sub(r"<[^>]+>|[*_#|\\]", "", unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", text)


def _citations(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        own = [data] if {"seed", "quote"} <= data.keys() else []
        return own + [found for value in data.values() for found in _citations(value)]
    if isinstance(data, list):
        return [found for value in data for found in _citations(value)]
    return []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents themselves are not part of the project")
def test_every_quote_stands_in_its_document() -> None:
    texts = {path.name: _plain(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")}
    own = PAGES / "quy-dinh-tiep-nhan-tep.md"
    texts[own.name] = _plain(own.read_text(encoding="utf-8"))
    spaceless = {name: text.replace(" ", "") for name, text in texts.items()}
    citations = [one for path in REFERENCE.rglob("*.yaml") for one in _citations(read_yaml(path)[0])]
    assert len(citations) > 700
    missing = [
        one
        for one in citations
        if _plain(one["quote"]).replace(" ", "") not in spaceless[Path(one["seed"]).name]
    ]
    assert missing == []
