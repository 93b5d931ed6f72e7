"""The book of rules, its examples too, names fields and codes as people know them."""

from __future__ import annotations

import re

from pipelines.common.paths import PROJECT
from pipelines.reference.settings import Settings
from pipelines.rules.book import book
from pipelines.rules.tables import law_tables
from tests.end_to_end.test_what_officers_read import read_by_officers
from tests.raw_rows import reference

CODE = re.compile(
    r"«(name|kind|year|award|position|workplace|object_class)»|[: ](cbccvc|tap the|truc tiep|hoc sinh)\b"
)


def _codes() -> re.Pattern[str]:
    """Every id of the reference data that a value or a place may have."""
    known = reference()
    ids = {*known.fields, *known.units.by_code, *(one.family for one in known.nomination_forms)}
    for rules in known.programmes.values():
        if rules.programme:
            ids |= {phase.id for phase in rules.programme.form_phases}
    ids = {one for one in ids if "-" in one}  # «BHXH» is what people say
    return re.compile(rf"\b({'|'.join(sorted(map(re.escape, ids), key=len, reverse=True))})\b", re.IGNORECASE)


def test_no_code_in_the_book() -> None:
    ids = _codes()
    bad = {
        (entry.id, found)
        for chapter in book(reference(), law_tables(reference(), Settings()), PROJECT / "data" / "reference")
        for entry in chapter.entries
        for text in (entry.condition, entry.clause, entry.asked, entry.passes, entry.fails)
        for found in (
            *(one[0] or one[1] for one in CODE.findall(text)),
            *read_by_officers(text),
            *ids.findall(text),
        )
    }
    assert bad == set()
