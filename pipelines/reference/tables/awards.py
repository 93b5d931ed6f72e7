"""`ref` tables of awards, their names and kinds, and mẫu 02 with the map from award to row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipelines.reference.models.awards import Award
from pipelines.reference.reference import Reference
from pipelines.reference.tables.help import CITATION, citation_columns, frame, json_text


def award_tables(reference: Reference, policies: Mapping[str, Any]) -> dict[str, pl.DataFrame]:
    """awards and their aliases, kinds, groups, sub-kinds; rows, columns and members of mẫu 02."""
    text, flag, whole = pl.String, pl.Boolean, pl.Int32
    awards = reference.awards.awards
    rated = {"xep_loai_hoac_cong_nhan", "ton_vinh"}
    return {
        "awards": frame(
            {"award_code": text, "official_name": text, "kind": text, "level": text, "mau_02_row": text}
            | {"is_group": flag, "is_award": flag, "note": text, "basis": text}
            | CITATION,
            [
                (
                    a.code,
                    a.official_name,
                    a.kind,
                    a.level,
                    a.mau02_row,
                    a.is_group,
                    a.kind not in rated,
                    a.note,
                    a.basis,
                    *citation_columns(reference, a.cite),
                )
                for a in awards
            ],
        ),
        "award_aliases": frame(
            {"alias_key": text, "city_only": flag, "award_code": text, "written": text},
            [(a.alias_key, a.city_only, a.award_code, a.written) for a in reference.award_aliases],
        ),
        "award_kinds": frame(
            {"award_code": text, "recipient_kind": text},
            [(a.code, kind) for a in awards for kind in a.recipient_kinds],
        ),
        "award_groups": frame(
            {"group_code": text, "award_code": text},
            [(g.code, a.code) for g in awards if g.is_group for a in awards if _in_group(a, g)],
        ),
        "award_sub_kinds": frame(
            {"award_code": text, "sub_kind": text}, [(a.code, kind) for a in awards for kind in a.sub_kinds]
        ),
        "mau_02_rows": frame(
            {"row_order": whole, "row_id": text, "number": text, "label": text, "parent": text, "level": text}
            | {"row_type": text, "award_codes": text, "sub_kinds": text, "recipient_kinds": text}
            | {"adds_to_group": flag, "seed_line": whole},
            [
                (
                    r.order,
                    r.row_id,
                    r.number,
                    r.label,
                    r.parent,
                    r.level,
                    r.row_type,
                    json_text(r.award_codes),
                    json_text(r.sub_kinds),
                    json_text(r.recipient_kinds),
                    _adds(r.row_type, policies),
                    r.seed_line,
                )
                for r in reference.mau_02.rows
            ],
        ),
        "mau_02_columns": frame(
            {"column_order": whole, "column_id": text, "label": text},
            [(c.col, c.id, " – ".join(c.path)) for c in reference.mau_02.columns],
        ),
        "mau_02_members": frame(
            {"row_id": text, "award_code": text, "sub_kind": text}, sorted(set(_members(reference, policies)))
        ),
    }


def _in_group(award: Award, group: Award) -> bool:
    """A group code («Huân chương các loại») stands for every single award of its kind."""
    return award.kind == group.kind and not award.is_group


def _adds(row_type: str, policies: Mapping[str, Any]) -> bool:
    """Whether a row is added up into its group (POL-M02-SIBLING decides on the unnumbered siblings)."""
    return row_type == "line" or (row_type == "sibling_line" and policies["POL-M02-SIBLING"] == "add")


def _members(reference: Reference, policies: Mapping[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """(row, award, sub-kind): an award event counts in every row with its code and no or its own sub-kind.

    Groups and the total hold what the rows added into them hold; mẫu 02 counts an event in a row once.
    """
    rows = {row.row_id: row for row in reference.mau_02.rows}
    direct: list[tuple[str, str, str | None]] = []
    for row in rows.values():
        for code in row.award_codes:
            direct += [(row.row_id, code, kind) for kind in row.sub_kinds or (None,)]
    for extra in reference.mau_02.policy_members:
        if policies[extra.policy] == extra.when:
            direct.append((extra.row_id, extra.award_code, None))
    yield from direct
    total = next(row.row_id for row in rows.values() if row.row_type == "total")
    for row_id, code, sub_kind in direct:
        row = rows[row_id]
        if _adds(row.row_type, policies) and row.parent:
            yield row.parent, code, sub_kind
            yield total, code, sub_kind
