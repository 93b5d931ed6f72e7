"""What a letter or a mail asks a unit for: «kế hoạch, báo cáo và đăng ký điển hình tiên tiến»."""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.reports.finding import Finding
from pipelines.reports.letters.letterhead import Letterhead
from pipelines.reports.published import Published
from pipelines.sentences import listed, named, text
from pipelines.sentences.words import joined

LIST = "danh_sach"
"""Lists of awards are no papers of the programme's own."""


def asked_for(published: Published, head: Letterhead, findings: Iterable[Finding]) -> str:
    """The kinds of papers that are asked for, in the order of ``letter.asked``.

    Args:
        published: the night, for the forms of steps.
        head: the programme's, for the kinds of its forms and its object.
        findings: everything asked of the unit.
    """
    kinds = {kind for finding in findings for kind in _kinds(published, head, finding)}
    told = [kind for kind in listed("letter.asked") if kind in kinds]
    words = joined([str(named("letter.asked", kind)) for kind in told]) if told else text("letter.asked_else")
    return words if told == [LIST] else f"{words} {head.asked_of}"


def _kinds(published: Published, head: Letterhead, finding: Finding) -> set[str]:
    """The kind of the form it was found in; where that has none, of those its step asks for."""
    own, of_step = (finding.form_id,), published.forms_of_cell.get(finding.cell_id or "", ())
    for forms in (own, of_step):
        found = {named("letter.asked_forms", form) or head.kinds.get(form or "") for form in forms}
        if known := {kind for kind in found if kind}:
            return known
    return set()
