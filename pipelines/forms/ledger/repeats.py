"""Rows of one file that are equal in every value: a sheet copied, a row pasted twice."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipelines.forms.reading import Reading
from pipelines.forms.registry import Catalogue

VALUES = ("name_key", "workplace_key", "position", "recipient_kind", "award_key", "award_rank", "sub_kind",
          "object_class", "decision_no", "decision_date", "award_year", "extra")  # fmt: skip
"""What makes a proposal another one; of awards the rules of the night tell."""
FEW = 5
"""Rows that the message names."""


def tell_repeats(reading: Reading, catalogue: Catalogue) -> None:
    """Tell, once for the file, of proposals and nominations that stand in it twice; each is read.

    Awards are told by the rules of the night, which count them once.

    Args:
        reading: what was read; a finding is added.
        catalogue: the forms, which say what their rows are.
    """
    groups: defaultdict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    listed = set(reading.tables["award_rows"]["form_id"])
    proposals = {form for form in listed if catalogue.forms[form].contents == "proposals"}
    for row in reading.rows("award_rows") if proposals else []:
        if row["form_id"] in proposals and row["name_key"]:
            groups[(row["form_id"], *(row[name] for name in VALUES))].append(row)
    if "row" in reading.tables["records"]["record_kind"]:
        _group_records(reading, catalogue, groups)
    again = [row for rows in groups.values() for row in rows[1:]]
    if not again:
        return
    first = again[0]
    places = [f"{row['source_sheet']}, dòng {row['source_row']}" for row in again[:FEW]]
    params = {
        "so": str(len(again)),
        "gia_tri": first["recipient_name"] or "",
        "dong": "; ".join(places) + ("; …" if len(again) > FEW else ""),
    }
    reading.find(
        "RD-TRUNG-DONG",
        first["part_no"],
        first["form_id"],
        source_sheet=first["source_sheet"],
        source_row=first["source_row"],
        params=params,
    )


def _group_records(
    reading: Reading, catalogue: Catalogue, groups: defaultdict[tuple[Any, ...], list[dict[str, Any]]]
) -> None:
    values: defaultdict[str, set[tuple[Any, ...]]] = defaultdict(set)
    for field in reading.rows("fields"):
        values[field["record_id"]].add((field["field"], field["value_text"], field["value_number"]))
    for row in reading.rows("records"):
        listed = catalogue.forms[row["form_id"]].kind == "table" and row["record_kind"] == "row"
        if listed and row["recipient_name"]:
            groups[(row["form_id"], frozenset(values[row["record_id"]]))].append(row)
