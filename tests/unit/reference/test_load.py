"""The real reference data loads whole, quickly, and cites its documents truly."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference

from . import quotes
from .conftest import REFERENCE

FAST = 4.0
"""Seconds of processor; measured 0.7, and processors differ."""


FOUR = ("BHXH-2125", "LS-1620", "CB-2125", "HCM-2125")
"""The programmes whose documents the numbers are of."""


def test_counts(reference: Reference) -> None:
    """The numbers of the documents, and our own: cross-checks, two groups, what decision 0011 lists."""
    rules = [reference.general, *(reference.programmes[one] for one in FOUR)]
    assert sum(len(one.criteria) for one in rules) == 225 + 1
    assert sum(len(one.groups) for one in rules) == 17 + 2
    assert sum(rule.id.startswith("CP-") for one in rules for rule in one.completeness) == 149 + 4 + 18 + 11
    assert sum(len(one.quotas) for one in rules) == 75
    assert len(reference.policies) >= 67 + 2 + 1
    assert len(reference.awards.awards) >= 67
    assert len(reference.mau_02.rows) == 43
    assert sum(unit.programme_id in FOUR for unit in reference.units) == 188


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


def test_loading_is_fast(copy: Path) -> None:
    """A folder never loaded before: what did not change is remembered, and would take no time."""
    start = time.process_time()
    load_reference(copy)
    assert time.process_time() - start < FAST


def test_every_quote_was_checked_against_its_document() -> None:
    """A quote that is new or changed has no mark yet; tests/unit/reference/quotes.py says how it gets one."""
    checked = set(quotes.CHECKED.read_text("utf-8").splitlines())
    documents = {mark.split(" ")[0] for mark in checked}
    # a programme somebody adds cites documents that nobody here has
    found = [quote for quote in quotes.quotes() if quote[0] in documents]
    assert len(found) > 500
    assert [quote for quote in found if quotes.mark(quote) not in checked] == []
    assert checked == {quotes.mark(quote) for quote in found}


def test_what_our_own_page_says_is_quoted_as_it_stands() -> None:
    texts = {path.name: quotes.bare(path.read_text("utf-8")) for path in quotes.OWN}
    own = [quote for quote in quotes.quotes() if quote[0] in texts]
    assert {document for document, _ in own} == set(texts)
    assert quotes.absent(own, texts) == []


def test_a_quote_that_is_not_there_is_found() -> None:
    texts = {"a.txt": quotes.bare("**Mục 1.** Gửi trước\nngày 30")}
    assert quotes.absent([("a.txt", "Gửi trước ngày 30"), ("a.txt", "Gửi trước ngày 31")], texts) == [
        ("a.txt", "Gửi trước ngày 31")
    ]
