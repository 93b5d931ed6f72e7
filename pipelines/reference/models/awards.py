"""Awards, their names, and mẫu 02."""

from __future__ import annotations

from typing import Any, Literal

from pipelines.reference.models.base import AwardLevel, Citations, Code, Model, RecipientKind, Text

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
    is_group: bool = False
    spelling_variants_seen: tuple[str, ...] = ()
    note: str | None = None
    basis: str | None = None
    cite: Citations = ()


class AwardsFile(Model):
    """awards.yaml."""

    version: int
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

    version: int
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

    order: int
    row_id: Text
    number: str | None
    label: Text
    parent: str | None
    level: Literal["I", "II", "III", "I+II+III"]
    row_type: Literal["group", "line", "sibling_line", "trong_do", "partition", "total"]
    is_trong_do: bool
    award_codes: tuple[Code, ...]
    sub_kinds: tuple[str, ...] = ()
    recipient_kinds: tuple[RecipientKind, ...] = ()
    seed_line: int
    seed_label_raw: str | None = None
    seed_number_raw: str | None = None
    note: str | None = None


class PolicyMember(Model):
    """An award that belongs to a row only while a policy has one of these values."""

    row_id: Text
    award_code: Code
    policy: Code
    when: Any


class Mau02(Model):
    """mau_02.yaml: rows, columns, notes and checks of LS-M02."""

    version: int
    id: Code
    programme: Code
    official_label: Text
    title: Text
    submitted_by: str
    period: str
    cite: Citations
    header_fields: tuple[dict[str, Any], ...]
    columns: tuple[dict[str, Any], ...]
    columns_note: str
    cite_columns: Citations
    notes: tuple[dict[str, Any], ...]
    totals_rule: dict[str, Any]
    rows: tuple[Mau02Row, ...]
    reconstruction: dict[str, Any]
    missing_lines_note: str
    policy_members: tuple[PolicyMember, ...] = ()
