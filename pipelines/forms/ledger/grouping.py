"""One cause, one message: findings of one rule on one column of a sheet become one with its range."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from pipelines.forms.reading import Reading
from pipelines.text.row_runs import told_cells

FEW = 3
"""So many cells of a column are told one by one: each names whom it is about."""
SHOWN = 3
"""Different texts that the one message shows."""


def group_findings(reading: Reading, always: frozenset[str]) -> None:
    """Replace findings of one rule on one column by one with the cells from first to last.

    Args:
        reading: what was read; its findings are changed in place.
        always: rules of which even two are one.
    """
    columns = reading.tables["reading_findings"]
    if len(columns["rule_id"]) < 2:
        return
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    keys = zip(columns["rule_id"], columns["part_no"], columns["source_sheet"], columns["field"], strict=True)
    for number, key in enumerate(keys):
        told = columns["source_cell"][number] and columns["params"][number]
        if told and "gia_tri" in columns["params"][number]:
            groups[key].append(number)
    dropped: set[int] = set()
    for (rule_id, *_), numbers in groups.items():
        if len(numbers) > (1 if rule_id in always else FEW):
            _join(columns, numbers)
            dropped.update(numbers[1:])
    dropped |= _join_columns(columns, [n for n in range(len(columns["rule_id"])) if n not in dropped])
    if dropped:
        for name, cells in columns.items():
            columns[name] = [cell for number, cell in enumerate(cells) if number not in dropped]


def _join_columns(columns: dict[str, list[Any]], left: list[int]) -> set[int]:
    """Join findings of one rule for one reason on several columns of a sheet; returns those dropped."""
    groups: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number in left:
        params = json.loads(columns["params"][number] or "{}")
        if columns["source_cell"][number] and {"gia_tri", "cot", "ly_do"} <= params.keys():
            place = (columns[name][number] for name in ("rule_id", "part_no", "source_sheet"))
            groups[(*place, params["ly_do"])].append(number)
    dropped: set[int] = set()
    for numbers in groups.values():
        fields = dict.fromkeys(columns["field"][number] for number in numbers)
        if len(numbers) <= FEW or len(fields) < 2:
            continue
        told = [json.loads(columns["params"][number]) for number in numbers]
        params = told[0]
        params["so_o"] = str(len(numbers))
        params["cot"] = "», «".join(dict.fromkeys(each["cot"] for each in told))
        params["gia_tri"] = "; ".join(dict.fromkeys(each["gia_tri"] for each in told[:SHOWN])) + "; …"
        columns["source_cell"][numbers[0]] = told_cells(columns["source_cell"][number] for number in numbers)
        columns["params"][numbers[0]] = json.dumps(params, ensure_ascii=False, sort_keys=True)
        columns["recipient_name"][numbers[0]] = None
        columns["record_id"][numbers[0]] = None
        dropped.update(numbers[1:])
    return dropped


def _join(columns: dict[str, list[Any]], numbers: list[int]) -> None:
    first, last = numbers[0], numbers[-1]
    params = json.loads(columns["params"][first])
    texts = [json.loads(columns["params"][number])["gia_tri"] for number in numbers]
    shown = list(dict.fromkeys(texts))
    more = "; …" if len(shown) > SHOWN else ""
    cells = f"{columns['source_cell'][first]} - {columns['source_cell'][last]}"
    params["gia_tri"] = f"{'; '.join(shown[:SHOWN])}{more} ({len(numbers)} ô, từ {cells})"
    params["so_o"] = str(len(numbers))
    if "dong" in params:
        params["dong"] = f"{params['dong']} … {json.loads(columns['params'][last])['dong']}"
    columns["source_cell"][first] = told_cells(columns["source_cell"][number] for number in numbers)
    columns["params"][first] = json.dumps(params, ensure_ascii=False, sort_keys=True)
    columns["recipient_name"][first] = None
    columns["record_id"][first] = None
