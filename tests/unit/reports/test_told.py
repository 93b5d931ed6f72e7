"""What letters and marked files are made of: what changes their words changes it, another date does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.reference.models.base import SEVERITIES
from pipelines.reports import told
from pipelines.reports.deadlines import Deadline
from pipelines.reports.letters.content import letter_content
from pipelines.reports.letters.letterhead import load_letterhead
from pipelines.reports.published import Published
from pipelines.reports.returned.marks import marks_of
from tests.unit.reports import small

UNITS = (small.TRANG_DINH, small.Y_TE, small.BINH_GIA)
HEAD = load_letterhead(small.REFERENCE, small.LS, "Điển hình tiên tiến")
OTHER: dict[str, tuple[Any, ...]] = {
    "str": ("Khác",),
    "str | None": ("Khác", None),
    "int | None": (7, None),
    "frozenset[str]": (frozenset(), frozenset({"Khác"})),
    "Deadline | None": (Deadline(small.AS_OF, True), Deadline(small.AS_OF, False), None),
    "date": (date(2020, 6, 1),),
    "date | None": (date(2020, 6, 1), None),
    "bool": (True, False),
}
"""Other values by the type of a column."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The night of 05/06/2020."""
    folder = tmp_path_factory.mktemp("told")
    small.write_raw(folder / "raw")
    return small.write_published(folder / "thidua.duckdb", raw=folder / "raw")


def words(published: Published, unit: str) -> object:
    """All that a reader of the unit's letter and files is told, and into which bytes."""
    found = published.for_unit(small.LS, unit)
    return (
        letter_content(published, small.LS, unit, HEAD, files=1),
        [(one.source_file, marks_of(one)) for one in found],
        [published.submissions.get(one.source_file or "") for one in found],
    )


def others(published: Published) -> Iterator[Published]:
    """The same night with one thing made other, each in its turn."""
    for number, finding in enumerate(published.findings):
        for changed in made_other(finding):
            findings = (*published.findings[:number], changed, *published.findings[number + 1 :])
            yield replace(published, findings=findings)
    for name in ("nominations", "submissions"):
        rows = getattr(published, name)
        for key, row in rows.items():
            yield replace(published, **{name: {known: rows[known] for known in rows if known != key}})
            for changed in made_other(row):
                yield replace(published, **{name: rows | {changed[0]: changed}})
    for unit in UNITS:
        yield replace(published, sending=published.sending | {unit: "none"})
        yield replace(published, usual=frozenset({unit}))
        yield replace(published, addressed=published.addressed | {unit: "Khác"})
    another = f"{small.LS}/{small.Y_TE}/2020-06-04/khac.csv"
    sent = published.submissions[small.LIST_CSV]._replace(source_file=another)
    yield replace(published, submissions=published.submissions | {another: sent})
    yield replace(published, forms_of_cell={"LS-HS": ("LS-M01",)})


def made_other(row: Any) -> Iterator[Any]:
    """A row with one column made other, each in its turn."""
    for name, kind in type(row).__annotations__.items():
        values = SEVERITIES if name == "severity" else OTHER.get(kind.__forward_arg__, ())
        yield from (row._replace(**{name: other}) for other in values)


def test_what_changes_words_changes_what_they_are_made_of(published: Published) -> None:
    before = {unit: (words(published, unit), told.of_unit(published, small.LS, unit)) for unit in UNITS}
    seen = 0
    for other in others(published):
        for unit in UNITS:
            if words(other, unit) != before[unit][0]:
                seen += 1
                assert told.of_unit(other, small.LS, unit) != before[unit][1]
    assert seen > len(published.findings)


def test_a_date_changes_it_exactly_when_a_day_is_past(published: Published) -> None:
    for nights in range(1, 40):
        later = replace(published, as_of=published.as_of + timedelta(days=nights))
        for unit in UNITS:
            changed = words(later, unit) != words(published, unit)
            assert (told.of_unit(later, small.LS, unit) != told.of_unit(published, small.LS, unit)) == changed
    next_year = replace(published, as_of=published.as_of.replace(year=2021))
    assert told.of_programme(next_year, HEAD) != told.of_programme(published, HEAD)


def test_what_is_told_of_some_units_is_all_that_is_told_of_them(published: Published) -> None:
    for unit in UNITS:
        alone = published.about([(small.LS, unit)])
        assert words(alone, unit) == words(published, unit)
        assert told.of_unit(alone, small.LS, unit) == told.of_unit(published, small.LS, unit)
        assert len(alone.findings) < len(published.findings)
