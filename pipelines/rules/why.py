"""Why there is a finding, why a nominee meets the criteria or not yet: told from the published snapshot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

import duckdb

from pipelines.rules.told import Condition, Judgement, Records, Value
from pipelines.rules.verdicts import FAILS, PASSES
from pipelines.sentences import has, text
from pipelines.text.dates_vi import format_date
from pipelines.text.keys import match_key
from pipelines.text.numbers_vi import format_number

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class NotFound(Exception):
    """What was asked for is not in the snapshot; the message names the nearest."""


def why_finding(connection: duckdb.DuckDBPyConnection, finding_id: str) -> str:
    """Why there is a finding: its sentence, place, clause, and what was judged.

    Args:
        connection: the published snapshot.
        finding_id: of ``marts.fct_findings``.

    Raises:
        NotFound: no finding has the id.
    """
    found = connection.execute(f"{_FINDINGS} WHERE f.finding_id = ?", [finding_id]).fetchone()
    if found is None:
        ids = [
            row[0]
            for row in connection.execute("SELECT finding_id FROM marts.fct_findings ORDER BY 1").fetchall()
        ]
        raise NotFound(text("why.unknown_finding", given=finding_id, nearest=_nearest(finding_id, ids)))
    return "\n".join(_finding(Records(connection), *found[1:]))


def why_findings(connection: duckdb.DuckDBPyConnection, findings: str) -> dict[str, str]:
    """What ``why_finding`` says of each of many findings, with one question a table; new ones are open.

    That it is new holds for one night, and what is told here stands on pages that live longer.

    Args:
        connection: the published snapshot.
        findings: a table with ``finding_id``.
    """
    records = Records(connection)
    records.read(findings)
    rows = connection.execute(
        "SELECT * REPLACE (CASE status WHEN 'new' THEN 'open' ELSE status END AS status) "
        f"FROM ({_FINDINGS} SEMI JOIN {findings} USING (finding_id))"
    ).fetchall()
    return {finding_id: "\n".join(_finding(records, *row)) for finding_id, *row in rows}


# a clause of its own has another quote than the rule's
_FINDINGS = """
    SELECT f.finding_id, f.rule_id, f.message_vi, f.severity, f.status, f.citation,
           CASE WHEN f.citation IS NOT DISTINCT FROM r.citation THEN r.quote END AS quote, r.how_to_fix_vi,
           coalesce(r.short_vi, '') AS short_vi, f.source_file, f.source_sheet, f.source_row, f.source_cell,
           t.subject_id, t.params, t.quotas
    FROM marts.fct_findings AS f LEFT JOIN marts.dim_rules AS r USING (rule_id)
    LEFT JOIN marts.trc_findings AS t USING (finding_id)
"""


def _finding(records: Records, rule_id: str, message: str, *row: Any) -> Iterator[str]:
    severity, status, citation, quote, fix, short, *place, subject, params, quotas = row
    words = {"severity": text(f"why.severity.{severity}"), "status": text(f"why.status.{status}")}
    yield text("why.finding", message=message)
    yield text("why.standing", **words)
    yield text("why.where", place=_place(*place))
    for key, value in (("clause", citation), ("quote", quote), ("fix", fix)):
        if value:
            yield text(f"why.{key}", **{"citation" if key == "clause" else key: value})
    if subject is None:
        yield text("why.fixed")
        return
    yield text("why.tree")
    tree = Judgement(records, subject).tree(rule_id)
    if tree is not None:
        yield from _tree(tree, 1)
    elif quotas:
        yield from _quotas(json.loads(quotas))
    else:
        said = next((one for one in (short, message) if one and "{" not in one), message)
        yield from _single(said, json.loads(params or "{}"))


def why_nominee(connection: duckdb.DuckDBPyConnection, name: str, unit: str) -> str:
    """Why the nominees of a name in a unit meet the criteria or not yet, and what their papers lack.

    Args:
        connection: the published snapshot.
        name: as the unit wrote it; case, tone placement and spaces do not matter.
        unit: code of the unit.

    Raises:
        NotFound: no such unit, or no nominee of the name in it.
    """
    units = [
        row[0]
        for row in connection.execute("SELECT DISTINCT unit_code FROM marts.dim_units ORDER BY 1").fetchall()
    ]
    if unit not in units:
        raise NotFound(text("why.unknown_unit", given=unit, nearest=_nearest(unit, units)))
    rows = connection.execute(
        "SELECT n.nomination_id, n.recipient_name, n.eligibility, n.blocking_count, p.short_name "
        "FROM marts.fct_nominations AS n JOIN marts.dim_programmes AS p USING (programme_id) "
        "WHERE n.unit_code = ? AND n.recipient_name IS NOT NULL "
        "ORDER BY n.programme_id, n.phase_id, n.nomination_id",
        [unit],
    ).fetchall()
    wanted = [row for row in rows if match_key(row[1]) == match_key(name)]
    if not wanted:
        nearest = _nearest(name, sorted({row[1] for row in rows}))
        raise NotFound(text("why.unknown_nominee", given=name, unit=unit, nearest=nearest))
    return "\n\n".join("\n".join(_nominee(connection, unit, *row)) for row in wanted)


def _nominee(
    connection: duckdb.DuckDBPyConnection,
    unit: str,
    nomination_id: str,
    name: str,
    eligibility: str,
    blocking: int,
    programme: str,
) -> Iterator[str]:
    complete = text("why.complete.no", blocking=blocking) if blocking else text("why.complete.yes")
    said = {"unit": unit, "programme": programme, "eligibility": text(f"why.eligibility.{eligibility}")}
    yield text("why.nominee", name=name, complete=complete, **said)
    judgement = Judgement(Records(connection), nomination_id)
    rules = connection.execute(
        "SELECT v.rule_id, v.kind, r.citation FROM marts.fct_verdicts AS v "
        "LEFT JOIN marts.dim_rules AS r USING (rule_id) "
        "WHERE v.subject_id = ? AND v.kind <> 'criterion' ORDER BY v.kind = 'completeness', v.rule_id",
        [nomination_id],
    ).fetchall()
    passed = []
    for rule_id, kind, citation in rules:
        verdict, tree = judgement.verdict(rule_id), judgement.tree(rule_id)
        if kind == "completeness" and verdict == PASSES:
            passed.append(rule_id)
        elif tree is not None:
            yield text(
                "why.rule", verdict=text(f"verdict.{verdict}"), rule=rule_id, citation=citation or ""
            ).rstrip(": ")
            yield from _tree(tree, 1)
    if passed:
        yield text("why.passes", count=len(passed), rules=", ".join(passed))


def _tree(condition: Condition, depth: int, before: str = "") -> Iterator[str]:
    if condition.op == "sure":  # only says how its condition counts
        yield from _tree(condition.parts[0], depth, before)
        return
    indent = "  " * depth
    if condition.op == "if":
        yield from _tree(condition.parts[0], depth, before + text("why.if"))
        yield from _tree(condition.parts[1], depth, text("why.then"))
        return
    verdict = text(f"verdict.{condition.verdict}")
    yield text("why.line", indent=indent, verdict=verdict, sentence=before + condition.sentence)
    for value in condition.values:
        yield _value(value, indent)
    if condition.asks_values and not condition.values:
        yield text("why.no_value", indent=indent)
    for part in condition.parts:
        yield from _tree(part, depth + 1)


def _value(value: Value, indent: str) -> str:
    said = [_said(value.value)]
    said += [text("why.year", year=value.year)] if value.year is not None else []
    said += [text("why.decision", no=value.decision_no)] if value.decision_no else []
    said += [text("why.decision.day", day=_said(value.decision_date))] if value.decision_date else []
    place = _place(value.file, value.sheet, None, value.cell)
    return text("why.value.at", indent=indent, value=", ".join(said), place=place)


def _said(value: str | None) -> str:
    if value in ("true", "false"):
        return text("why.yes" if value == "true" else "why.no")
    if value and has(f"example.code.{value}"):
        return text(f"example.code.{value}")
    if value and _DAY.fullmatch(value):
        return format_date(date.fromisoformat(value))
    if value and _NUMBER.fullmatch(value):
        return format_number(float(value))
    return f"«{value}»" if value else ""


def _quotas(quotas: list[dict[str, Any]]) -> Iterator[str]:
    for quota in quotas:
        key = "why.quota" if quota["quota"] else "why.quota.none"
        sentence = text(key, quota=quota["quota"], counted=format_number(quota["counted"]))
        if quota["citation"]:
            sentence += f" ({quota['citation']})"
        verdict = text(f"verdict.{_NUMBERS[quota['verdict']]}")
        yield text("why.line", indent="  ", verdict=verdict, sentence=sentence)


_NUMBERS = {"fail": FAILS, "unknown": 1, "pass": PASSES}


def _single(said: str, params: dict[str, Any]) -> Iterator[str]:
    """A finding of a rule that is one condition: what it knows, each on its line."""
    yield text("why.line", indent="  ", verdict=text("verdict.0"), sentence=said)
    for name, value in params.items():
        if value not in (None, "") and has(f"why.param.{name}"):
            yield text("why.bare", indent="    ", sentence=text(f"why.param.{name}", value=value))


def _place(file: str | None, sheet: str | None, row: int | None, cell: str | None) -> str:
    parts = [text("why.place.file", file=file)] if file else []
    parts += [text("why.place.sheet", sheet=sheet)] if sheet else []
    if cell:  # «dòng 9, cột 4» of a Word or PDF table says itself what it is
        parts.append(cell if " " in cell else text("why.place.cell", cell=cell))
    elif row is not None:
        parts.append(text("why.place.row", row=row))
    return ", ".join(parts) or text("why.place.none")


def _nearest(given: str, known: list[str]) -> str:
    return ", ".join(get_close_matches(given, known, n=3, cutoff=0.3)) or text("why.none_near")
