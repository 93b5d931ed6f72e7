"""Every policy with every value it may take is one plain Vietnamese sentence; no code reaches a reader."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from pipelines.common.paths import PROJECT
from pipelines.reference.load import load_reference
from pipelines.reference.models.coverage import PolicyDef
from pipelines.reference.policies import said, unsaid, value_key, why_not
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings
from pipelines.reference.tables.tables import reference_tables
from pipelines.rules.book import book
from pipelines.rules.tables import law_tables

REFERENCE = PROJECT / "data" / "reference"
KNOWN: Reference = load_reference(REFERENCE)
OF_SHAPE: dict[str, list[tuple[Any, list[str]]]] = {
    "year": [(2023, ["2023"])],
    "positive_integer": [(3, ["3"])],
    "year_range": [([2017, 2021], ["2017", "2021"])],
    "day_or_none": [(date(2024, 6, 30), ["30/06/2024"])],
    "years_within": [({"distinct_years": 4, "within": [2016, 2020]}, ["4 năm", "2016", "2020"])],
    "years_by_subject": [({"unit": [2021, 2025], "bloc": [2023]}, ["2021, 2025", "2023"])],
    "year_by_phase": [({"CB-GD1": 2021, "CB-GD2": 2025}, ["2021", "2025"])],
    "target_band": [({"target": 80, "warn_low": 71, "warn_high": 90}, ["80", "71", "90"])],
}
"""Values other than the default of each shape, and what the sentence must then say."""
VALUES = [
    (policy.id, value, words)
    for policy in KNOWN.policies.values()
    if policy.is_setting
    for value, words in [
        *((one, []) for one in policy.allowed_values),
        *(OF_SHAPE[policy.shape] if policy.shape else []),
    ]
]
_CODE = re.compile(
    r"[{}_=<>]|(?<!/)\b(xor|both|add|exclude|joint|heads|any|count|off|None|True|False|null|[A-Z]+-[A-Z0-9-]+)\b"
)


def _codes_in(sentence: str) -> list[str]:
    return [found[0] for found in _CODE.finditer(sentence)]


@pytest.mark.parametrize(
    ("policy_id", "value", "words"), VALUES, ids=[f"{p}={value_key(v)}" for p, v, _ in VALUES]
)
def test_each_value_is_a_sentence_of_its_own(policy_id: str, value: Any, words: list[str]) -> None:
    policy = KNOWN.policies[policy_id]
    assert why_not(policy, value) is None
    sentence = said(policy, value)
    assert _codes_in(sentence) == []
    assert sentence.endswith(".")
    assert all(word in sentence for word in words)
    assert (sentence == policy.default_text) == (value == policy.default_value)


def test_every_fixed_reading_is_a_sentence_too() -> None:
    assert not {p.id: _codes_in(p.default_text) for p in KNOWN.policies.values() if _codes_in(p.default_text)}


def test_what_is_in_force_is_what_is_published_and_in_the_book() -> None:
    changed = {
        policy_id: value for policy_id, value, _ in VALUES if value != KNOWN.policies[policy_id].default_value
    }
    settings = Settings(changed)
    rows = {
        row["policy_id"]: row for row in reference_tables(KNOWN, settings)["policies"].iter_rows(named=True)
    }
    entries = {entry.id: entry for entry in book(KNOWN, law_tables(KNOWN, settings), REFERENCE)[-1].entries}
    for policy_id, value in changed.items():
        sentence = said(KNOWN.policies[policy_id], value)
        assert rows[policy_id]["text"] == entries[policy_id].condition == sentence
        assert not rows[policy_id]["is_default"]
    printed = " ".join(f"{one.condition} {one.asked}" for one in entries.values())
    assert _codes_in(printed) == []


def _changed(policy_id: str, **given: Any) -> PolicyDef:
    return KNOWN.policies[policy_id].model_copy(update=given)


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        (_changed("POL-LS-HOAC", values_vi={}), "values_vi thiếu câu cho giá trị «both»"),
        (_changed("POL-LS-HOAC", values_vi={"both": "a.", "xor": "b."}), "values_vi có «xor»"),
        (_changed("POL-LS-PERIOD", pattern_vi=None), "thiếu pattern_vi"),
        (
            _changed("POL-LS-PERIOD", pattern_vi="Từ {firts} đến {last}."),
            "{firts}, chỉ được dùng {first}, {last}",
        ),
    ],
)
def test_a_value_without_words_is_told(policy: PolicyDef, told: str) -> None:
    assert any(told in sentence for sentence in unsaid(policy))
