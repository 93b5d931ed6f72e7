"""The leaves of rules: one model per operator (`op`), each with the keys that operator takes and no other."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from pipelines.reference.models.base import Code, Flag, Model, Number, Text, Whole, Year

Subject = Literal["self", "party_org", "mass_org", "led_unit", "family"]
Need = Literal["decision_no", "day"]


class FromPolicy(Model):
    """A number that a policy gives; `default` only tells the reader what it usually is."""

    policy: Code
    default: Number | None = None


def _in_order(years: tuple[int, int]) -> tuple[int, int]:
    if years[0] > years[1]:
        raise ValueError(f"khung năm [{years[0]}, {years[1]}] ngược: năm đầu sau năm cuối")
    return years


Years = Annotated[tuple[Year, Year], AfterValidator(_in_order)]
Window = Text | Years
"""The name of a window of nominations.yaml, ``nomination.year``, or a first and a last year."""
Amount = Annotated[Number, Field(ge=0)] | FromPolicy
Codes = Annotated[tuple[Code | Literal["*"], ...], Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Forms = Annotated[tuple[Code, ...], Field(min_length=1)]


class Leaf(Model):
    """What every leaf may say beside its own keys: where it applies, and a second condition."""

    applies_when: Any = None
    """A condition (models/trees.py): where it does not hold, the leaf is not asked."""
    also: Any = Field(default=None, alias="and")


class Bounded(Leaf):
    """A number against bounds; at least one is given, and the lower is no higher than the upper."""

    field: Text
    subject: Subject = "self"
    window: Window | None = None
    year: Window | None = None
    aggregate: Literal["sum"] | None = None
    min: Amount | None = None
    min_exclusive: Amount | None = None
    max: Amount | None = None

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min is None and self.min_exclusive is None and self.max is None:
            raise ValueError("thiếu mức so sánh: cần min, min_exclusive hoặc max")
        low = self.min if self.min is not None else self.min_exclusive
        if isinstance(low, int | float) and isinstance(self.max, int | float) and low > self.max:
            raise ValueError(f"mức dưới {low} lớn hơn mức trên {self.max}")
        return self


class Num(Bounded):
    """A number told lies within bounds."""

    op: Literal["num"]


class NumAllYears(Bounded):
    """The number of every year of a window lies within bounds."""

    op: Literal["num_all_years"]


class _Compared(Leaf):
    field: Text
    other: Text
    subject: Subject = "self"
    window: Window | None = None
    year: Window | None = None


class GtField(_Compared):
    """A number is greater than another one told."""

    op: Literal["gt_field"]


class GtFieldAllYears(_Compared):
    """In every year a number is greater than another one told."""

    op: Literal["gt_field_all_years"]


class GrowthAllYears(Leaf):
    """Every number grows from year to year by more than `min_exclusive`."""

    op: Literal["growth_all_years"]
    fields: Texts
    min_exclusive: Number
    window: Window


class DecreaseAllYears(Leaf):
    """A number falls from year to year."""

    op: Literal["decrease_all_years"]
    field: Text
    window: Window


class Present(Leaf):
    """A field is filled in; `name` is how a message calls it."""

    op: Literal["present"]
    field: Text
    name: Text | None = None
    subject: Subject = "self"


class FieldPresent(Leaf):
    """A fact or paper is told."""

    op: Literal["field_present"]
    field: Text
    subject: Subject = "self"


class Signed(Leaf):
    """A signature stands in its place."""

    op: Literal["signed"]
    field: Text


class Mentions(Leaf):
    """A text speaks of these contents."""

    op: Literal["mentions"]
    field: Text
    values: Texts


class YesNo(Leaf):
    """A yes or no as `equals` says."""

    op: Literal["flag"]
    field: Text
    equals: Flag
    subject: Subject = "self"
    closed: Flag = False


class In(Leaf):
    """A value is one of a list; `unknown_values` leave it open."""

    op: Literal["in"]
    field: Text
    values: Texts
    unknown_values: tuple[Text, ...] = ()
    subject: Subject = "self"
    closed: Flag = False


class RatingNamed(Leaf):
    """At least `min` ratings of a step or better are named, whatever their years."""

    op: Literal["rating_named"]
    subject: Subject = "self"
    min_rating: Code
    min: Annotated[Whole, Field(ge=1)]


class _Rated(Leaf):
    subject: Subject = "self"
    scale: Code | None = None
    min_rating: Code


class RatingAllYears(_Rated):
    """The rating of every year of a window is of a step or better."""

    op: Literal["rating_all_years"]
    window: Window


class RatingCountYears(_Rated):
    """So many years of a window have a rating of a step or better."""

    op: Literal["rating_count_years"]
    window: Window
    min_years: Annotated[Whole, Field(ge=1)] | Literal["all"]
    consecutive: Flag = False
    closed: Flag = False
    requires: Text | None = None


class RatingYear(_Rated):
    """The rating of one year is of a step or better."""

    op: Literal["rating_year"]
    year: Window


class AwardListed(Leaf):
    """One of these awards is listed, with its decision where `needs` says so."""

    op: Literal["award_listed"]
    subject: Subject = "self"
    codes: Codes
    needs: tuple[Need, ...] = ()
    window: Window | None = None


class AwardsComplete(Leaf):
    """Each award of the list that is named has what it needs."""

    op: Literal["awards_complete"]
    subject: Subject = "self"
    codes: Codes
    needs: tuple[Need, ...]


class AwardsInWindow(Leaf):
    """Each award listed was decided in a window."""

    op: Literal["awards_in_window"]
    subject: Subject = "self"
    window: Window


class AwardCount(Leaf):
    """So many decisions of these awards (`*`: of any)."""

    op: Literal["award_count"]
    subject: Subject = "self"
    codes: Codes
    min: Annotated[Whole, Field(ge=1)] | FromPolicy
    window: Window | None = None
    date_field: Literal["award.decision_date", "award.year"] | None = None
    consecutive: Flag = False


class NeverAwarded(Leaf):
    """No list of awards of any unit and programme names the nominee for these; a name alone is unknown.

    `window`: decided or of a year in it only. What the nominee's own papers tell is asked by `award_listed`.
    """

    op: Literal["never_awarded"]
    codes: Codes
    window: Window | None = None


class AwardAllYears(Leaf):
    """One of these awards in every year of a window."""

    op: Literal["award_all_years"]
    subject: Subject = "self"
    codes: Codes
    window: Window


class DocsAllYears(Leaf):
    """A paper of every year of a window."""

    op: Literal["docs_all_years"]
    field: Text
    window: Window


class YearsGiven(Leaf):
    """A fact is told for every year of a window."""

    op: Literal["years_given"]
    field: Text
    subject: Subject = "self"
    window: Window
    scale: Code | None = None
    codes: Codes | None = None


class DistinctYears(Leaf):
    """A fact is told for as many years as a policy asks."""

    op: Literal["distinct_years"]
    field: Text
    policy: Code


class SubjectGiven(Leaf):
    """Something is told of another subject: the unit one heads, the family."""

    op: Literal["subject_given"]
    subject: Subject


class Document(Leaf):
    """One of these documents came from the unit, `with` others of the same day."""

    op: Literal["document"]
    forms: Forms
    companions: tuple[Code, ...] = Field(default=(), alias="with")
    same_year: Flag = False


class NamedIn(Leaf):
    """The nominee is named in one of these forms."""

    op: Literal["named_in"]
    forms: Forms
    scope: Literal["programme"] | None = None
    same_year: Flag = False


class ColumnUsed(Leaf):
    """The list names the nominee in a table whose column is filled in for somebody: it has the column."""

    op: Literal["column_used"]
    field: Text


class SentBy(Leaf):
    """The unit that sent it is of one of these types."""

    op: Literal["sent_by"]
    unit_types: Texts


class Received(Leaf):
    """It came in time for something due, a cell or a deadline of coverage.yaml."""

    op: Literal["received"]
    cell: Text


class AskedFor(Leaf):
    """A cell of the programme asks for such a document: of its form, its year, what its title names."""

    op: Literal["asked_for"]


class FieldKnown(Leaf):
    """The field (lĩnh vực) written is one of the programme's."""

    op: Literal["field_known"]
    field: Text


class FieldAllows(Leaf):
    """The nominee's field (lĩnh vực) takes what is written."""

    op: Literal["field_allows"]
    field: Text


class RuleGroupPasses(Leaf):
    """Another subject passes a group of criteria."""

    op: Literal["rule_group_passes"]
    group: Code
    subject: Subject


class Subset(Leaf):
    """One list lies in another."""

    op: Literal["subset"]
    left: Text
    right: Text


class Checklist(Leaf):
    """So many of these items are there."""

    op: Literal["checklist"]
    items: Texts
    min: Annotated[Whole, Field(ge=1)]


class CriterionHolds(Leaf):
    """A criterion of the programme holds."""

    op: Literal["criterion"]
    criterion: Code


class Council(Leaf):
    """The council decides."""

    op: Literal["council"]


LEAVES: tuple[type[Leaf], ...] = (
    *(Num, NumAllYears, GtField, GtFieldAllYears, GrowthAllYears, DecreaseAllYears, Present, FieldPresent),
    *(Signed, Mentions, YesNo, In, RatingNamed, RatingAllYears, RatingCountYears, RatingYear, AwardListed),
    *(
        AwardsComplete,
        AwardsInWindow,
        AwardCount,
        NeverAwarded,
        AwardAllYears,
        DocsAllYears,
        YearsGiven,
        DistinctYears,
    ),
    *(SubjectGiven, Document, NamedIn, ColumnUsed, SentBy, Received, AskedFor, FieldKnown, FieldAllows),
    *(RuleGroupPasses, Subset, Checklist, CriterionHolds, Council),
)
BY_OP: dict[str, type[Leaf]] = {get_args(one.model_fields["op"].annotation)[0]: one for one in LEAVES}
"""Every operator of rules with its model."""
