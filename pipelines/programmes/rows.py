"""The rows of a made-up list: people who stand there once, and what is left out of a row to break a rule."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.forms.form import Form
from pipelines.generate.people import Kind
from pipelines.generate.shape import Sheet, Value
from pipelines.generate.stories.folder import Folder
from pipelines.programmes import filled
from pipelines.programmes.plan import Plan, broken_field, criteria_of
from pipelines.reference.models.judges import TreeJudge
from pipelines.reference.models.programmes import FormPhase

WRONG = "Lĩnh vực không có trong kế hoạch"
_COUNTED_BY = ("recipient_kind", "object_class")
"""Columns on which it depends who counts for a share."""
_OUTNUMBERED = 10


class Listing:
    """A list that a unit sends, made row by row."""

    def __init__(self, plan: Plan, folder: Folder, form: Form, year: int) -> None:
        """Begin a list without rows, of a form and a year."""
        self._plan, self._folder, self._form, self._year = plan, folder, form, year
        self._rows: list[dict[str, Value]] = []
        self._named: set[str] = set()

    def add(self, kind: Kind, count: int, **of_each: Value) -> list[str]:
        """Name so many of a kind, each with these values where the form has such columns; gives the names."""
        names = [self._new_name(kind) for _ in range(count)]
        for name in names:
            self._add(kind, name, **of_each)
        return names

    def tell(self, name: str, values: Mapping[str, Value]) -> None:
        """Write values of somebody named, where the form has such columns."""
        known = self._form.tables[0].by_id
        for made in self._rows:
            if name in made.values():
                made |= {column: value for column, value in values.items() if column in known}

    def break_columns(self, **of_persons: Value) -> None:
        """For each column that a rule asks for somebody in whose row it is empty or wrong.

        Somebody else for each: of one who stands there twice another row may speak. Where a row does not
        say who is a person, or of which class, so many more that its share is what it is all the same.
        """
        unsaid = 0
        for column, op, kind in _asked_for(self._plan, self._form):
            of_each = of_persons if kind == "ca_nhan" else {}
            self._add(kind, self._new_name(kind), **of_each)
            self._rows[-1][column] = WRONG if op == "field_known" else None
            unsaid += column in [one.id for one in self._form.tables[0].columns if one.type in _COUNTED_BY]
        if of_persons:
            self.add("ca_nhan", _OUTNUMBERED * unsaid, **of_persons)
        rated = [column.id for column in self._form.tables[0].columns if column.year_before]
        for kind in _unrated(self._plan, self._form) if rated else ():
            self._add(kind, self._new_name(kind), **(of_persons if kind == "ca_nhan" else {}))
            self._rows[-1] |= dict.fromkeys(rated)

    @property
    def is_empty(self) -> bool:
        """Whether it names nobody."""
        return not self._rows

    def sheet(self, time: int | FormPhase) -> Sheet:
        """The list with its title."""
        return filled.sheet(self._form, self._rows, self._folder.name, time)

    def _new_name(self, kind: Kind) -> str:
        name = filled.person(self._folder.rng, self._folder.name, kind)
        if name in self._named:
            # a collective is one of few
            name = f"{name} {len(self._named) + 1}"
        self._named.add(name)
        return name

    def _add(self, kind: Kind, name: str, **of_each: Value) -> None:
        made = row(
            self._plan, self._form, kind, name, self._year, self._folder.name, award_of(self._plan, kind)
        )
        self._rows.append(made | of_each)


def row(
    plan: Plan, form: Form, kind: Kind, name: str, year: int, workplace: str, award: str
) -> dict[str, Value]:
    """What somebody would write of a recipient: namesakes of one workplace are one."""
    table = form.tables[0]
    values = {
        column.id: filled.value(column, kind, year, plan.field_name, award, name) for column in table.columns
    }
    named = table.name_column or next(
        (c.id for c in table.columns if c.id in ("ten", "recipient_name")), None
    )
    values |= {named: name} if named else {}
    return values | {key: workplace for key in ("workplace", "don_vi") if key in values}


def award_of(plan: Plan, kind: Kind) -> str:
    """An award that proposals of a kind ask for: one that may be given once, where there is such."""
    return next(iter(given_once(plan, kind)), "Bằng khen của Chủ tịch UBND tỉnh")


def given_once(plan: Plan, kind: Kind) -> list[str]:
    """Of each criterion that nobody of a kind has an award already the name of the first such award."""
    codes = [one["codes"][0] for one in criteria_of(plan, kind).values() if one["op"] == "never_awarded"]
    names = {award.code: award.official_name for award in plan.reference.awards.awards}
    return [names[code] for code in dict.fromkeys(codes) if code in names]


def _asked_for(plan: Plan, form: Form) -> list[tuple[str, str, Kind]]:
    """The columns of a form that rules ask for, the operator, and a kind of recipient of whom it is asked."""
    found: list[tuple[str, str, Kind]] = []
    for rule in (*plan.rules_of.completeness, *plan.reference.general.completeness):
        judge = rule.judge
        if not isinstance(judge, TreeJudge) or judge.about != "nomination" or form.id not in judge.forms:
            continue
        if name := broken_field(judge):
            found.append((name, judge.test["op"], _of_kind(judge.kinds)))
    return found


def _unrated(plan: Plan, form: Form) -> list[Kind]:
    """Of each rule that asks for ratings of years of a form's nominees a kind of recipient."""
    judges = [rule.judge for rule in plan.rules_of.completeness]
    return [
        _of_kind(judge.kinds)
        for judge in judges
        if isinstance(judge, TreeJudge) and form.id in judge.forms and judge.test.get("op") == "years_given"
    ]


def _of_kind(kinds: tuple[Kind, ...]) -> Kind:
    """One of the kinds that a rule is about: a person where it may be."""
    return kinds[0] if kinds and "ca_nhan" not in kinds else "ca_nhan"
