"""The reference texts a cell may hold, ready for look-up: kinds, classes, ratings, fields, award names."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.forms.award_key import AwardKeys, AwardNames
from pipelines.forms.labels import words_key
from pipelines.text.keys import match_key


@dataclass(frozen=True, slots=True)
class ReferenceValues:
    """Look-up tables by words key, read once from ``data/reference``."""

    kinds: dict[str, str]
    sub_kinds: dict[str, str]
    subject_groups: dict[str, str]
    ratings: dict[str, str]
    object_classes: dict[tuple[str, str], str]
    """(recipient kind, text) -> code."""
    other_class: dict[str, str]
    """Recipient kind -> class of any other text."""
    fields: dict[str, dict[str, str]]
    """Programme -> text of a field's letter or name -> field id."""
    awards: dict[str, str]
    """Award name on the match key -> code (of records; award lists are matched in SQL)."""
    award_names: AwardNames
    award_keys: dict[bool, AwardKeys]
    """For units of a province (False) and of a city under central government (True)."""
    mau_02_rows: tuple[dict[str, Any], ...]


def _load(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / name).read_text(encoding="utf-8"))


def _by_label(items: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {words_key(text): item["code"] for item in items for text in (item["label"], *item["labels"])}


def _province_names(folder: Path) -> frozenset[str]:
    names: set[str] = set()
    for file, column in (("provinces_34_2025.csv", "ten"), ("provinces_63_to_34.csv", "ten_cu")):
        with (folder / "organisation" / file).open(encoding="utf-8-sig", newline="") as handle:
            names.update(match_key(row[column]) for row in csv.DictReader(handle))
    short = {name.removeprefix(kind + " ") for name in names for kind in ("tỉnh", match_key("Thành phố"))}
    return frozenset(names | short)


def _award_names(folder: Path, awards: list[dict[str, Any]]) -> AwardNames:
    data = _load(folder, "award_names.yaml")
    word = match_key(data["rank"]["word"])
    official = {item["code"]: match_key(item["official_name"]) for item in awards}
    return AwardNames(
        quotes=data["quotation_marks"],
        leading=tuple(match_key(text) for text in data["leading_words"]),
        ranks={
            f"{word} {match_key(label)}": value["rank"]
            for value in data["rank"]["values"]
            for label in value["labels"]
        },
        province_after=tuple(match_key(text) for text in data["province_after"]),
        provinces=_province_names(folder),
        city_word=(match_key(data["city_word"]["written"]), match_key(data["city_word"]["read_as"])),
        city_provinces=frozenset(data["city_provinces"]),
        prefixes=tuple(
            (match_key(item["starts"]), official[item["award_code"]]) for item in data["prefixes"]
        ),
        keep=frozenset(match_key(text) for text in data.get("keep", [])),
    )


def _fields(folder: Path) -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for item in _load(folder, "fields.yaml")["fields"]:
        table = tables.setdefault(item["programme"], {})
        for text in (item["id"], item["code"], item["official_name"], *item.get("aliases", [])):
            table.setdefault(words_key(str(text)), item["id"])
    return tables


@lru_cache(maxsize=4)
def load_reference_values(folder: Path) -> ReferenceValues:
    """Read the look-up tables of a reference folder.

    Args:
        folder: ``data/reference`` or the folder given by ``--reference``.

    Raises:
        FileNotFoundError, KeyError: the folder is no reference folder.
    """
    recipients = _load(folder, "recipients.yaml")
    classes = _load(folder, "object_classes.yaml")
    awards = _load(folder, "awards.yaml")["awards"]
    names = _award_names(folder, awards)
    return ReferenceValues(
        kinds=_by_label(recipients["recipient_kinds"]),
        sub_kinds=_by_label(recipients["sub_kinds"]),
        subject_groups=_by_label(recipients["subject_groups"]),
        ratings=_by_label(recipients["ratings"]),
        object_classes={
            (kind, words_key(text)): item["code"]
            for item in classes["classes"]
            for kind in item["kinds"]
            for text in (item["label"], *item["aliases"])
        },
        other_class={item["kind"]: item["code"] for item in classes["other_class"]},
        fields=_fields(folder),
        awards={
            match_key(str(text)): item["code"]
            for item in reversed(awards)
            for text in (*item.get("short_forms", []), item["official_name"])
        },
        award_names=names,
        award_keys={in_city: AwardKeys(names, in_city) for in_city in (False, True)},
        mau_02_rows=tuple(_load(folder, "mau_02.yaml")["rows"]),
    )
