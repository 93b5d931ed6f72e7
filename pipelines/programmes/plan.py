"""What of a programme can be tried: who sends, what is due of whom, for what files can be made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipelines.forms.form import Form
from pipelines.generate import layouts
from pipelines.generate.people import Kind
from pipelines.generate.stories.folder import Files, Folder
from pipelines.programmes import numbers
from pipelines.programmes.annexed import fact_of
from pipelines.reference.coverage import Expanded, ExpectedUnit
from pipelines.reference.models.coverage import Cell
from pipelines.reference.models.judges import TreeJudge
from pipelines.reference.models.labels import AnnexLabel
from pipelines.reference.models.programmes import FormPhase
from pipelines.reference.reference import ProgrammeRules, Reference

TOLD_ELSEWHERE = ("never_awarded", "rating_all_years", "rating_count_years")
"""What lists of awards and reports tell of a nominee."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposals that are tried: by which form, of which unit, in which year."""

    form: Form
    unit_code: str
    year: int
    kind: Kind
    """Whom the criteria are about: a person, where they may be."""


@dataclass
class Plan:
    """A programme to try: who sends, what is due of whom, which rules and cells can be tried."""

    reference: Reference
    rules_of: ProgrammeRules
    forms: dict[str, Form]
    policies: dict[str, Any]
    expected: list[ExpectedUnit]
    as_of: date
    heard: set[str]
    """Units of which findings are looked for: those tried, and those above them."""
    rules: list[tuple[str, str, bool]] = field(default_factory=list)
    """Id, what it says, whether files can be made up for it."""
    criteria: list[tuple[str, str, bool]] = field(default_factory=list)
    cells: list[tuple[str, str, set[tuple[str, str]], bool]] = field(default_factory=list)
    """Pattern of the cell, its label, each cell and unit it is due of, whether it can be tried."""
    proposal: Proposal | None = None

    @property
    def programme_id(self) -> str:
        """Whose plan it is."""
        assert self.rules_of.programme is not None
        return self.rules_of.programme.id

    @property
    def annex(self) -> list[AnnexLabel]:
        """The contents of the programme's annex."""
        return [label for label in self.reference.annex if self.programme_id in label.programmes]

    @property
    def last_year(self) -> int:
        """The last year of the programme."""
        assert self.rules_of.programme is not None
        return self.rules_of.programme.period.end.year

    def phase(self, form: Form, phase_id: str | None) -> FormPhase | None:
        """The phase that a form declares, where it declares one."""
        assert self.rules_of.programme is not None
        phases = [one for one in self.rules_of.programme.form_phases if one.id == phase_id]
        return phases[0] if phases and form.part_key == "phase" else None

    def asked(self, form: Form, unit_code: str) -> dict[Kind, int]:
        """Of each kind as many as a list must name of a unit, as far as caps let it."""
        most = self.allowed(form, unit_code)
        asked = numbers.asked(self.reference, self.rules_of, form, unit_code)
        return {kind: min(count, most.get(kind, count)) for kind, count in asked.items()}

    def allowed(self, form: Form, unit_code: str) -> dict[Kind, int]:
        """Of each kind the most that a list may name of a unit."""
        return numbers.allowed(self.reference, self.rules_of, form, unit_code)

    @property
    def field_name(self) -> str | None:
        """The name of a field (lĩnh vực) of the programme."""
        own = [one for one in self.reference.fields.values() if one.programme == self.programme_id]
        return own[0].official_name if own else None

    def unit(self, files: Files, code: str) -> Folder:
        """The folder of a unit tried."""
        return Folder(files, self.programme_id, code, self.reference.units.by_code[code].name)

    def last_day(self, cell: Expanded[Cell]) -> date:
        """The last valid day of what is due."""
        return cell.last_day(self.policies["POL-TRUOC-NGAY"]) or cell.start


def table_of(plan: Plan, form: str) -> Form | None:
    """The form of an id, where it is a table whose rows are nominees."""
    known = plan.forms.get(form)
    return known if known and known.kind == "table" and len(known.tables) == 1 else None


def can_write(form: str) -> bool:
    """Whether a document of a form can be made up."""
    return form.startswith("DOC-") and form in layouts.read("records")


def time_of(cell: Expanded[Cell]) -> int | None:
    """The year of a list of a cell: the cell's, or the first of its phase."""
    return cell.year or (cell.start.year if cell.cell.phase else None)


def broken_field(judge: TreeJudge) -> str | None:
    """The column whose emptiness, or whose wrong word, breaks the test."""
    test = judge.test
    return test["field"] if test.get("op") in ("present", "field_known") and judge.when is None else None


def criteria_of(plan: Plan) -> dict[str, dict[str, Any]]:
    """Criteria of whom is proposed that files can be made up for: awards, ratings, facts of the annex."""
    return {
        one.id: one.check
        for one in plan.rules_of.criteria
        if one.check
        and _is_about(plan, one.recipient_kind)
        and (one.check.get("op") in TOLD_ELSEWHERE or fact_of(one.check, plan.annex))
    }


def _is_about(plan: Plan, recipient_kind: str) -> bool:
    """Whether a criterion is about the kind that is proposed."""
    return plan.proposal is not None and (
        recipient_kind == "any" or plan.proposal.kind in recipient_kind.split("|")
    )
