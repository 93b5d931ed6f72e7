"""Awards, their names, and mẫu 02."""

from __future__ import annotations

from typing import Any, Literal

from pipelines.reference.models.base import (
    AwardLevel,
    Citations,
    Code,
    Flag,
    Model,
    RecipientKind,
    Text,
    Whole,
)

AwardKind = Literal[
    "huan_chuong",
    "huy_chuong",
    "danh_hieu_vinh_du",
    "danh_hieu_thi_dua",
    "hinh_thuc_khen_thuong",
    "ky_niem_chuong",
    "xep_loai_hoac_cong_nhan",
    "ton_vinh",
    "giai_thuong",
    "danh_hieu_khac",
]


class Award(Model):
    """An award, a rating or a recognition with its names."""

    code: Code
    official_name: Text
    short_forms: tuple[Text, ...] = ()
    kind: AwardKind
    level: AwardLevel
    recipient_kinds: tuple[RecipientKind, ...]
    mau02_row: str | None = None
    sub_kinds: tuple[str, ...] = ()
    is_group: Flag = False
    spelling_variants_seen: tuple[str, ...] = ()
    note: str | None = None
    basis: str | None = None
    cite: Citations = ()


class AwardsFile(Model):
    """awards.yaml."""

    version: Whole
    level_values: tuple[AwardLevel, ...]
    sub_kind_values: dict[str, str]
    note: str | None = None
    awards: tuple[Award, ...]


class Rank(Model):
    """A rank (hạng) and how it is written."""

    rank: Text
    labels: tuple[Text, ...]


class RankRule(Model):
    """The trailing word that introduces a rank."""

    word: Text
    values: tuple[Rank, ...]


class CityWord(Model):
    """The word that stands for «tỉnh» in a city under central government."""

    written: Text
    read_as: Text


class AwardPrefix(Model):
    """A beginning that alone decides the award."""

    starts: Text
    award_code: Code


class AwardNamesFile(Model):
    """award_names.yaml: what is dropped from a name before it is looked up (docs/contract.md#values)."""

    version: Whole
    quotation_marks: Text
    leading_words: tuple[Text, ...]
    keep: tuple[Text, ...] = ()
    rank: RankRule
    province_after: tuple[Text, ...]
    city_word: CityWord
    city_provinces: tuple[Text, ...]
    prefixes: tuple[AwardPrefix, ...]


class Mau02Row(Model):
    """One of the 43 rows of mẫu 02."""

    order: Whole
    row_id: Text
    number: str | None
    label: Text
    parent: str | None
    level: Literal["I", "II", "III", "I+II+III"]
    row_type: Literal["group", "line", "sibling_line", "trong_do", "partition", "total"]
    is_trong_do: Flag
    award_codes: tuple[Code, ...]
    sub_kinds: tuple[str, ...] = ()
    recipient_kinds: tuple[RecipientKind, ...] = ()
    seed_line: Whole
    seed_label_raw: str | None = None
    seed_number_raw: str | None = None
    note: str | None = None


class PolicyMember(Model):
    """An award that belongs to a row only while a policy has one of these values."""

    row_id: Text
    award_code: Code
    policy: Code
    when: Any


class Mau02HeaderField(Model):
    """What stands above the table."""

    id: Text
    label: Text
    data_type: Text
    required: Flag


class Mau02Column(Model):
    """One of the nine columns; `path` is its label through the rows of the header."""

    col: Whole
    id: Text
    path: tuple[Text, ...]
    type: Literal["text", "integer>=0", "decimal"]
    computed: Text | None = None


class Mau02Note(Model):
    """One of the notes below the table."""

    id: Code
    text: Text
    printed_when: Literal["awarded_in_row", "unit_total_of_kind", "never"] | None = None
    """The value of POL-PCT-DENOM under which it holds for the printed table; None: always."""
    cite: Citations


class TotalsRule(Model):
    """What is added up to what, in words."""

    total: Text
    group: Text
    never_add: Text
    pct_in_totals: Text
    cite: Citations
    checks: tuple[Text, ...]


class Reconstruction(Model):
    """How the rows were put together again from the scanned text."""

    problem: Text
    decision: Text
    why: tuple[Text, ...]
    confidence: Text
    cite: Citations


class Mau02(Model):
    """mau_02.yaml: rows, columns, notes and checks of LS-M02."""

    version: Whole
    id: Code
    programme: Code
    official_label: Text
    title: Text
    submitted_by: str
    period: str
    cite: Citations
    header_fields: tuple[Mau02HeaderField, ...]
    columns: tuple[Mau02Column, ...]
    columns_note: str
    cite_columns: Citations
    notes: tuple[Mau02Note, ...]
    totals_rule: TotalsRule
    rows: tuple[Mau02Row, ...]
    reconstruction: Reconstruction
    missing_lines_note: str
    policy_members: tuple[PolicyMember, ...] = ()
