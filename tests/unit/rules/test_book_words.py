"""The book of rules, its examples too, names fields and codes as people know them."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.common.paths import PROJECT
from pipelines.reference.settings import Settings
from pipelines.rules.book import Chapter, book
from pipelines.rules.tables import law_tables
from pipelines.sentences import text
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


@lru_cache(maxsize=1)
def _book() -> list[Chapter]:
    return book(reference(), law_tables(reference(), Settings()), PROJECT / "data" / "reference")


def test_every_rule_has_an_example_of_both_sides() -> None:
    """Or says why there is none: the council's, or what no form tells."""
    lacking = {text("book.no_example"), ""}
    rules = [entry for chapter in _book() if chapter.id != "policies" for entry in chapter.entries]
    assert [entry.id for entry in rules if lacking & {entry.passes, entry.fails}] == []
    same = {entry.passes for entry in rules if entry.passes == entry.fails}
    never = text("example.never", why="")
    assert {said for said in same if not said.startswith(never)} == {text("book.council_decides")}


def test_no_code_in_the_book() -> None:
    ids = _codes()
    bad = {
        (entry.id, found)
        for chapter in _book()
        for entry in chapter.entries
        for words in (entry.condition, entry.clause, entry.asked, entry.passes, entry.fails)
        for found in (
            *(one[0] or one[1] for one in CODE.findall(words)),
            *read_by_officers(words),
            *ids.findall(words),
        )
    }
    assert bad == set()
