"""What a unit's letter and marked files are made of: where it is the same, they say the same words."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter

from pipelines.reports.finding import Finding
from pipelines.reports.letters.content import IN_LETTERS
from pipelines.reports.letters.letterhead import Letterhead
from pipelines.reports.published import Published

_OF_THE_NIGHT = ("status", "first_seen_on", "fixed_on")
"""That a finding is new, and since when it is known, neither letters nor marked files say."""
_OF_OBJECTS = ("deadline", "values", "together")
_OF_THE_UNIT = ("finding_id", "programme_id", "unit_code")
_of = attrgetter(
    *(name for name in Finding._fields if name not in (*_OF_THE_NIGHT, *_OF_OBJECTS, *_OF_THE_UNIT)),
    "fix_says_all",
)
_written = lru_cache(maxsize=4_096)(repr)  # thousands of units are told the same steps


def of_programme(published: Published, head: Letterhead) -> str:
    """What all letters and files of a programme share: code with its words, the year, who writes."""
    return repr((published.code_version, published.as_of.year, head))


def of_unit(published: Published, programme_id: str, unit_code: str) -> str:
    """What is a unit's own.

    Args:
        published: the night.
        programme_id: the programme.
        unit_code: the unit.

    Returns:
        With that of its programme: equal texts, equal letters and files; the reverse need not hold. Of the
        night they tell which of the days that letters name are past.
    """
    findings = published.for_unit(programme_id, unit_code)
    files = {one.source_file for one in findings if one.source_file}
    cells = {one.cell_id for one in findings if one.cell_id}
    named = {one.nomination_id for one in findings if one.nomination_id in published.nominations}
    named |= {one.nomination_id for one in published.proposed_by(programme_id, unit_code)}
    lines = [_written((*_of(one), *_days(published, one))) for one in findings]
    own = repr(
        (
            [one.finding_id for one in findings],
            sorted((file, published.submissions.get(file)) for file in files),
            [published.nominations[id_] for id_ in sorted(filter(None, named))],
            [published.forms_of_cell.get(cell) for cell in sorted(cells)],
            published.files_of(programme_id, unit_code),
            published.addressed.get(unit_code),
            published.unit_name(unit_code),
            published.sending.get(unit_code),
            unit_code in published.usual,
        )
    )
    return "\n".join([*lines, own])


def _days(published: Published, finding: Finding) -> tuple[object, ...]:
    deadline = finding.deadline
    if deadline is None:
        return ()
    is_past = finding.severity in IN_LETTERS and deadline.last_day < published.as_of
    return deadline.last_day.toordinal(), deadline.exclusive, is_past
