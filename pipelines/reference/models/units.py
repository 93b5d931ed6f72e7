"""Units and unit types: who must send, valid from when to when, and who came after them."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from pipelines.reference.models.base import Citations, Code, Day, Model, Text, Whole


class Unit(Model):
    """A row of units.csv. A unit renamed, moved or merged is a new row; the old one names its successor."""

    unit_code: Code
    name: Text
    unit_type: Code
    parent_code: Code | None = None
    programme_id: Code
    province_gso_code: str | None = None
    cluster: str | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    successor_code: Code | None = None
    basis: str | None = None
    agency_code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9.]{1,35}$")] | None = None
    """The body's identifier (mã định danh, QĐ 20/2020/QĐ-TTg): one body in several programmes has one."""
    party_congress_date: Day | None = None
    is_placeholder: bool | None = None
    is_usual: bool = False
    """Of the list such units usually make, not of an official one: nobody has confirmed it yet."""
    official_name: str | None = None
    """How the body is addressed and signs («UBND huyện Tràng Định»); its name where none is given."""


class UnitType(Model):
    """A type of unit as a document names it; `includes` makes it a group of other types."""

    id: Code
    programme: str
    name: Text
    named_members: tuple[str, ...] = ()
    count_stated_in_seed: Whole | None = None
    note: str | None = None
    includes: tuple[Code, ...] = ()
    cite: Citations


class UnitAlias(Model):
    """Other names of one unit."""

    canonical: Text
    aliases: tuple[Text, ...]
    programme: str


class UnitTypesFile(Model):
    """unit_types.yaml."""

    version: Whole
    note: str | None = None
    placeholder_marks: tuple[Text, ...] = ()
    unit_types: tuple[UnitType, ...]
    aliases: tuple[UnitAlias, ...] = ()
