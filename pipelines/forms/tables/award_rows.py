"""The rows of an award list (KT-DS) or a proposal list (LS-DSDN), column by column."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import PurePosixPath
from typing import Any

from pipelines.forms.part import Part
from pipelines.forms.places import cell_address, column_name
from pipelines.forms.tables.award_findings import Finder
from pipelines.forms.tables.body import Body
from pipelines.forms.tables.decisions import days_beside_numbers
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.proposals import ask_of_proposals
from pipelines.forms.tables.row_notes import withdrawn
from pipelines.forms.values.classes import class_of, class_texts
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.forms.values.values import DATE, FILLED, KEY, TEXT, WORDS, Memo
from pipelines.inbox.document import Grid
from pipelines.text.dates_vi import DateReading
from pipelines.text.keys import match_key

KEYED = ("salutation", "position", "object_class", "activity_field", "decision_no", "kind", "sub_kind")
"""Fields compared on the match key; names, awards and times have keys of their own."""


def file_key(file_name: str) -> str:
    """The superseding key of a list: the file's name without extension, on the match key."""
    return match_key(PurePosixPath(file_name).stem)


def _object_class(reference: ReferenceValues, kind: str | None, text: str | None) -> str | None:
    return None if text is None else class_of(reference, kind, WORDS[text])


def read_award_rows(part: Part, grid: Grid, binding: Binding, body: Body) -> int:
    """Read the rows into ``award_rows``.

    Args:
        part: the part they belong to.
        grid: the sheet or table.
        binding: the layout on its header.
        body: the data rows.

    Returns:
        How many rows were read.

    Source: docs/contract.md#forms (KT-DS), docs/contract.md#values.
    """
    count = len(body.rows)
    if not count:
        return 0
    reference = part.reference
    nothing: list[Any] = [None] * count
    columns = {
        name: part.plain(grid, body.rows, name, column, body.columns[name])
        for name, column in binding.columns.items()
        if name in body.columns
    }
    texts: dict[str, list[str | None]] = {
        name: (TEXT if name == "recipient_name" else FILLED).map(columns[name])
        if name in columns
        else nothing
        for name in part.form.tables[0].by_id
    }
    for name, cells in columns.items():
        part.give_back_blanks(grid, cells, texts[name])
    if body.addressed:
        told = texts["salutation"]
        texts["salutation"] = [text or body.addressed.get(number) for number, text in enumerate(told)]
    for name, given in body.headed.items():
        texts[name] = [given[n][0] if n in given else text for n, text in enumerate(texts[name])]
    kinds = Memo(lambda text: reference.kinds.get(WORDS[text]) if text else None).map(texts["kind"])
    if body.kinds is not None:
        kinds = [
            section if text is None else kind
            for text, kind, section in zip(texts["kind"], kinds, body.kinds, strict=True)
        ]
    award = Memo(lambda text: reference.award_names.key(text) if text else (None, None))
    awards: list[tuple[str | None, str | None]] = award.map(texts["award"])
    coded = Memo(lambda award: (reference.awards.get(award[0] or "", award[0]), award[1])).map(awards)
    repair = part.catalogue.words.repair
    sub_kind = Memo(lambda text: reference.sub_kinds.get(repair(WORDS[text])) if text else None)
    subs = sub_kind.map(texts["sub_kind"])
    object_class = Memo(lambda pair: _object_class(reference, *pair))
    classes = object_class.map(zip(kinds, texts["object_class"], strict=True))
    dates = DATE.map(columns["decision_date"]) if "decision_date" in columns else nothing
    dates = days_beside_numbers(part, texts, dates)
    years = DATE.map(columns["year"]) if "year" in columns else nothing
    dates = _headed(dates, body, "decision_date")
    years = _headed(years, body, "year")
    award_years, sources = _years(dates, years, part)
    extra = extra_texts(grid, binding, body)
    name_keys = KEY.map(texts["recipient_name"])
    turned = part.catalogue.words.rows.name_first
    name_keys = [
        turned(name) if kind == "ca_nhan" and name and "," in name else name
        for name, kind in zip(name_keys, kinds, strict=True)
    ]
    workplace_keys = KEY.map(texts["workplace"])
    letters = {name: column_name(grid, column) for name, column in binding.columns.items() if name in columns}
    part.reading.extend(
        "award_rows",
        {
            "submission_id": [part.context.submission_id] * count,
            "part_no": [part.number] * count,
            "form_id": [part.form.id] * count,
            "part_key": [file_key(part.context.file_name)] * count,
            "source_sheet": [grid.name] * count,
            "source_row": [row + 1 for row in body.rows],
            "row_item": _items(part, body),
            "salutation": texts["salutation"],
            "recipient_name": texts["recipient_name"],
            "position": texts["position"],
            "workplace": texts["workplace"],
            "kind_raw": texts["kind"],
            "recipient_kind": kinds,
            "award_raw": texts["award"],
            "award_key": [key for key, _ in awards],
            "award_rank": [rank for _, rank in awards],
            "sub_kind_raw": texts["sub_kind"],
            "sub_kind": subs,
            "object_class_raw": texts["object_class"],
            "object_class": classes,
            "activity_field": texts["activity_field"],
            "decision_no": texts["decision_no"],
            "decision_date_raw": texts["decision_date"],
            "decision_date": [None if reading is None else reading.day for reading in dates],
            "year_raw": texts["year"],
            "award_year": award_years,
            "year_source": sources,
            "name_key": name_keys,
            "workplace_key": workplace_keys,
            "event_key": _event_keys(
                part, texts, kinds, coded, subs, dates, years, name_keys, workplace_keys, extra
            ),
            "cells": _cells(grid, binding, body),
            "columns": [json.dumps(letters, ensure_ascii=False, sort_keys=True)] * count,
            "extra": extra,
            "withdrawn": withdrawn(part, binding, body) if part.form.is_list else nothing,
        },
        count,
    )
    finder = Finder(part, grid, binding, body, texts["recipient_name"])
    finder.unknown("kind", texts["kind"], kinds, "RD-LOAI")
    finder.unknown("sub_kind", texts["sub_kind"], subs, "RD-LOAI-KHEN")
    finder.repaired("sub_kind", texts["sub_kind"], reference.sub_kinds)
    wanted = [
        text if kind == "ca_nhan" else None for text, kind in zip(texts["object_class"], kinds, strict=True)
    ]
    of_others = (class_texts(reference), "RD-DOI-TUONG-KHAC")
    finder.unknown("object_class", wanted, classes, "RD-DOI-TUONG", of_others)
    finder.several(body, kinds, texts["award"], reference)
    finder.time("decision_date", dates, "RD-NGAY")
    finder.time("year", years, "RD-NAM")
    unread = [reading is not None and bool(reading.problem) for reading in years]
    ask_of_proposals(part, grid, binding, body, coded, award_years, unread)
    return count


def _headed(days: list[DateReading | None], body: Body, field: str) -> list[DateReading | None]:
    """Days or years with those that headings give."""
    given = body.headed.get(field, {})
    return [DATE[given[number][0]] if number in given else day for number, day in enumerate(days)]


def _items(part: Part, body: Body) -> list[int]:
    """Which row of its number each row is within the part."""
    seen = part.rows_seen
    if len(set(body.rows)) == len(body.rows) and seen.keys().isdisjoint(body.rows):
        seen.update(body.rows)
        return [1] * len(body.rows)
    items = []
    for row in body.rows:
        seen[row] += 1
        items.append(seen[row])
    return items


def _years(
    dates: list[DateReading | None], years: list[DateReading | None], part: Part
) -> tuple[list[int | None], list[str | None]]:
    """Award year and its source: ``Năm``, then the decision's date, then the decision the title names.

    An unreadable ``Năm`` is asked for, not replaced.
    """
    title = part.title.decision_date.year if part.title.decision_date else None
    found: list[int | None] = []
    sources: list[str | None] = []
    for year, day in zip(years, dates, strict=True):
        if year is not None:
            value, source = year.year, "nam"
        elif day is not None:
            value, source = day.year, "ngay_quyet_dinh"
        else:
            value, source = title, "tieu_de"
        found.append(value)
        sources.append(source if value is not None else None)
    return found, sources


def _event_keys(
    part: Part,
    texts: dict[str, list[str | None]],
    kinds: list[str | None],
    awards: list[tuple[str | None, str | None]],
    subs: list[str | None],
    dates: list[DateReading | None],
    years: list[DateReading | None],
    name_keys: list[str],
    workplace_keys: list[str],
    extra: list[str | None],
) -> list[str]:
    """The number of each row's event in its list: one for rows equal in every value read.

    Typed values are compared by their code, others on the match key.
    """
    raw = {name: KEY.map(texts[name]) for name in KEYED}
    coded: list[list[Any]] = [
        name_keys,
        workplace_keys,
        *(raw[name] for name in KEYED[:5]),
        [kind or key for kind, key in zip(kinds, raw["kind"], strict=True)],
        awards,
        [sub or key for sub, key in zip(subs, raw["sub_kind"], strict=True)],
        [reading and (reading.day or reading.year or reading.text) for reading in dates],
        [reading and (reading.day or reading.year or reading.text) for reading in years],
        KEY.map(extra) if any(extra) else extra,
    ]
    return [str(part.events.setdefault(row, len(part.events) + 1)) for row in zip(*coded, strict=True)]


def extra_texts(grid: Grid, binding: Binding, body: Body) -> list[str | None]:
    """Columns the form does not know, for each row as JSON: header -> text."""
    if not body.extras:
        return [None] * len(body.rows)
    texts = binding.header.texts
    names = [
        (texts[column] if column < len(texts) else "") or column_name(grid, column)
        for column, _ in body.extras
    ]
    again = {name for name in names if names.count(name) > 1}
    names = [
        f"{name} ({column_name(grid, column)})" if name in again else name
        for name, (column, _) in zip(names, body.extras, strict=True)
    ]
    memo = Memo(
        lambda values: (
            json.dumps(
                {name: value for name, value in zip(names, values, strict=True) if value}, ensure_ascii=False
            )
            if any(values)
            else None
        )
    )
    return memo.map(zip(*(TEXT.map(cells) for _, cells in body.extras), strict=True))


def _cells(grid: Grid, binding: Binding, body: Body) -> list[str | None]:
    """Cell addresses where letter and row do not make them."""
    others: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for number, (field, column) in body.moved.items():
        others[number][field] = cell_address(grid, body.rows[number], column)
    for field, given in body.headed.items():
        for number, (_, row, column) in given.items():
            others[number][field] = cell_address(grid, row, column)
    if grid.has_addresses:
        return [
            json.dumps(others[number], ensure_ascii=False) if number in others else None
            for number in range(len(body.rows))
        ]
    named = [(name, column) for name, column in binding.columns.items() if name != "stt"]
    return [
        json.dumps(
            {name: cell_address(grid, row, column) for name, column in named} | others.get(number, {}),
            ensure_ascii=False,
        )
        for number, row in enumerate(body.rows)
    ]
