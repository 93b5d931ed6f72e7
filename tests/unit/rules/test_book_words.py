"""The book of rules, its examples too, names fields and codes as people know them."""

from __future__ import annotations

import re

from pipelines.common.paths import PROJECT
from pipelines.reference.settings import Settings
from pipelines.rules.book import book
from tests.end_to_end.test_what_officers_read import read_by_officers
from tests.raw_rows import reference

CODE = re.compile(
    r"«(name|kind|year|award|position|workplace|object_class)»|[: ](cbccvc|tap the|truc tiep|hoc sinh)\b"
)


def test_no_code_in_the_book() -> None:
    bad = {
        (entry.id, found)
        for chapter in book(reference(), Settings(), PROJECT / "data" / "reference")
        for entry in chapter.entries
        for text in (entry.condition, entry.clause, entry.asked, entry.passes, entry.fails)
        for found in (*(one[0] or one[1] for one in CODE.findall(text)), *read_by_officers(text))
    }
    assert bad == set()
