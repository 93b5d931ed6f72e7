"""A form of the catalogue (`form.yml`) and the words that shape pages (`words.yml`), key by key."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from pipelines.reference.models.base import Code, Flag, Model, RecipientKind, Text, Whole
from pipelines.reference.said import unknown

ValueType = Literal[
    "text",
    "long_text",
    "ordinal",
    "count",
    "number",
    "percent",
    "year",
    "year_or_period",
    "date",
    "date_or_text",
    "place_date",
    "recipient_kind",
    "sub_kind",
    "subject_group",
    "object_class",
    "rating",
    "award",
    "awards",
    "has_award",
    "field",
    "fact",
    "choice",
    "yes_no",
    "evidence",
    "document",
    "filled",
]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
ClassCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
Label = Text | Texts
"""A label, or the path of labels through a header of several rows."""


class FormCitation(Model):
    """Where the layout of a form stands."""

    seed: Text
    section: Text
    line: Whole | None = None


class FormColumn(Model):
    """A column of a table."""

    id: Text
    type: ValueType
    labels: Annotated[tuple[Label, ...], Field(min_length=1)]
    required: Flag = False
    day: Text | None = None
    halves: tuple[tuple[Text, Text], ...] = ()
    """Labels of two columns side by side that hold its value together."""
    pieces: tuple[Text, ...] = ()


class FormTable(Model):
    """A table and where its rows go."""

    id: Text
    target: Literal["records", "items", "award_rows", "mau_02", "headcount_rows"]
    columns: Annotated[tuple[FormColumn, ...], Field(min_length=1)]
    row_needs: tuple[Text, ...] = ()
    either: tuple[Text, ...] = ()
    heads: tuple[Text, ...] = ()
    recipient_kind: RecipientKind | None = None
    name: Text | None = None
    kind: Text | None = None
    year: Text | None = None
    fact: Text | None = None
    fact_value: Text | None = None
    evidence: Text | None = None
    items_of: Text | None = None
    any_row: Flag = False
    asks: tuple[Text, ...] = ()
    every_row: Flag = False

    @model_validator(mode="after")
    def _names_its_columns(self) -> Self:
        known = {column.id for column in self.columns}
        named = (
            *self.row_needs,
            *self.either,
            *self.heads,
            self.name,
            self.kind,
            self.fact,
            self.fact_value,
            self.evidence,
        )
        for one in named:
            if one and one not in known:
                raise ValueError(f"bảng {self.id} dẫn cột «{one}» nhưng không có cột này")
        if self.year and self.year != "title" and self.year not in known:
            raise ValueError(f"bảng {self.id} dẫn cột «{self.year}» nhưng không có cột này")
        return self


PeriodKind = Literal["part", "year", "many"]


class FormTitle(Model):
    """Which words the title of a form has."""

    all: tuple[Text, ...] = ()
    any: tuple[Text, ...] = ()
    none: tuple[Text, ...] = ()
    starts: tuple[Text, ...] = ()
    required: Flag = True
    period: PeriodKind | None = None
    """The time the title must be about: a part of a year, a year, several."""
    not_periods: tuple[PeriodKind, ...] = ()


class HeadLine(Model):
    """A value above a form's body: of a place of its own, or behind a label."""

    id: Text
    type: ValueType
    line: (
        Literal["place_date", "superior", "sender", "number", "title_year", "subject", "phase", "period"]
        | None
    ) = None
    bare: Flag = False
    labels: tuple[Text, ...] = ()


class FormField(Model):
    """A value of a record, behind its label."""

    id: Text
    type: ValueType
    section: Text | None = None
    labels: Texts
    printed: Text | tuple[Text, ...] = ()
    facts: tuple[Literal["figures", "decision", "documents"], ...] = ()
    rest: Text | None = None


class FormSignature(Model):
    """A place of a signature."""

    id: Text
    labels: Texts
    required: Flag


class FormName(Model):
    """The field that names whom a record is about."""

    field: Text
    kind: RecipientKind | None = None
    family_word: Text | None = None
    family_kind: RecipientKind | None = None


class FormContent(Model):
    """A content a document must speak of, by any of these words."""

    id: Text
    any: Texts


class Meeting(Model):
    """The day of a meeting, beside one of these words."""

    field: Text
    near: Texts


class TakesBack(Model):
    """The decisions a document takes back, by the words around them (``records/taken_back.py``)."""

    field: Text
    articles: Texts
    verbs: Texts
    whole: Texts
    also: Texts
    in_part: Texts
    about: Texts


class FormFile(Model):
    """form.yml."""

    id: Code
    official_label: Text
    citation: FormCitation | Text
    kind: Literal["table", "mau_02", "record", "document", "contents"]
    programmes: Literal["*"] | tuple[Code, ...]
    part_key: Literal["kind_year", "name_year", "row_year", "file_name", "programme", "phase", "title_year"]
    title: FormTitle | tuple[FormTitle, ...] = ()
    tables: tuple[FormTable, ...] = ()
    tables_of: Code | None = None
    contents_of: Code | None = None
    contents: Literal["awards", "proposals", "revocations"] | tuple[FormContent, ...] = ()
    recipient_kind: RecipientKind | None = None
    year: Literal["title"] | None = None
    pages: Text | None = None
    names: tuple[FormName, ...] = ()
    head: tuple[HeadLine, ...] = ()
    headings: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    fields: tuple[FormField, ...] = ()
    signatures: tuple[FormSignature, ...] = ()
    choices: dict[Text, dict[Code | ClassCode, Texts]] = Field(default_factory=dict)
    """What a text of a field or column means: a code, or a class (object_classes.yaml)."""
    file_names: tuple[Text, ...] = ()
    meeting: Meeting | None = None
    takes_back: TakesBack | None = None
    row_prefixes: tuple[Text, ...] = ()
    row_labels: dict[Text, Texts] = Field(default_factory=dict)
    kind_field: Text | None = None
    kind_by_section: dict[Text, RecipientKind] = Field(default_factory=dict)
    may_be_empty: Flag = False
    printed: tuple[Text, ...] = ()
    """Lines of the blank form, no content of the sender's own."""
    asks_of_rows: Flag = False
    """A list of proposals asks of each row what a list of awards asks."""

    @model_validator(mode="after")
    def _names_its_own(self) -> Self:
        sections = {field.section for field in self.fields}
        for section in self.kind_by_section:
            if section not in sections:
                raise ValueError(unknown("phần của biểu", section, sorted(one for one in sections if one)))
        ids = [one.id for one in self.head] + [one.id for one in self.fields]
        ids += [column.id for table in self.tables for column in table.columns]
        for name in self.choices:
            if name not in ids:
                raise ValueError(unknown("nhãn của biểu", name, ids))
        return self


class IgnoredSheetName(Model):
    """A sheet passed over by its name."""

    name: Text
    match: Literal["prefix", "exact"]
    always: Flag


class KindWords(Model):
    """Words of recipient kinds in section rows."""

    tap_the: Texts
    ca_nhan: Texts
    gia_dinh: Texts


class YesNoWords(Model):
    """Words read as yes and as no."""

    yes: Texts = Field(alias="true")
    no: Texts = Field(alias="false")


class Reasons(Model):
    """How the recognition of a form is told."""

    header: Text
    title: Text
    no_title: Text
    labels: Text
    file_name: Text
    lacks_title: Text
    lacks_table: Text
    lacks_table_pdf: Text


class ReferenceNames(Model):
    """Names of sheets that hold no form."""

    prefix: Texts
    exact: Texts
    labels: Texts = ()
    """What stands in the header of tables that this software prints beside a form."""


class Evidence(Model):
    """What tells that a sheet, a table or a stretch of text is no form."""

    blank: str
    hidden: str
    named: str
    source: str
    signature: str
    letterhead: str
    notes: str
    title: str
    numbers: str
    values: str
    text: str
    header: str
    aside: str
    box: str
    near: str
    twin: str
    otherwise: str
    no_awards: str = ""
    misspelt: str = ""
    twice: str = ""
    years: str = ""
    above: str = ""


class PartNames(Model):
    """How the parts of a text file are called."""

    text: Text
    header: Text
    cuoi_trang: Text
    chu_thich: Text
    chu_thich_cuoi: Text
    box: Text | None = None


class Problems(Model):
    """Why a date or number was not read, in words."""

    khong_co_trong_lich: Text
    nam_hai_chu_so: Text
    thieu_ngay: Text
    khoang_nam: Text
    nhieu_ngay: Text
    dau_cham: Text


class PeriodHoles(Model):
    """What stands in the holes of the phrases of periods."""

    n: Texts
    less: Texts
    numbers: Texts
    quarters: Texts
    y: Texts
    of: Texts


class Periods(Model):
    """Phrases of titles that name a time."""

    holes: PeriodHoles
    ahead: Texts
    many: Texts
    part: Texts
    year: Texts


class RowWordsOf(Model):
    """What rows and lone texts amid them say."""

    kind_prefixes: Texts
    heading_starts: Texts
    withdrawn: Texts
    note_columns: Texts
    withdrawn_in_notes: Texts
    withdrawn_alone: Texts
    office_heads: Texts
    changes: Texts
    additions: Texts
    address: Texts
    middle_names: Texts
    surnames: Texts
    example_starts: Texts
    example_ends: Texts
    count_units: Texts


class HouseholdAddress(Model):
    """How the head of a household is addressed, by sex; a couple, or whoever, together."""

    nam: Texts
    nu: Texts
    ca_hai: Texts


class WordsFile(Model):
    """words.yml."""

    title_starts: Texts
    subject_starts: Texts
    title_stops: Texts
    title_weak_stops: Texts
    furniture: Texts
    subtotal: Texts
    subtotal_starts: Texts
    says_size: Texts
    sizes_in: Texts
    among_them: str
    signature_labels: Texts
    signature_others: Texts
    signature_hints: Texts
    signed_marks: Texts
    date_line: Texts
    note_starts: Texts
    kinds: KindWords
    row_words: RowWordsOf
    ignored_sheets: tuple[IgnoredSheetName, ...]
    decision: Texts
    not_figures: Texts
    letterhead_hints: Texts
    letterhead_skips: Texts
    measure_starts: Texts
    yes_no: YesNoWords
    reasons: Reasons
    reference_names: ReferenceNames
    ditto: Texts
    collective_heads: Texts
    household_heads: Texts
    household_address: HouseholdAddress
    posts: Texts
    couples: Texts
    parents: Texts
    evidence: Evidence
    problems: Problems
    part_names: PartNames
    periods: Periods
    one_message: Texts = ()
    title_words: Texts = ()
    proposes: Texts = ()
    corrects: Texts = ()
    no_awards: Texts = ()
    set_aside: Texts
    submits: Text
    sent_with: Texts
    no_proposals: Texts = ()
    not_governing: Texts = ()
