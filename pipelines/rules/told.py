"""Verdicts of the published snapshot read back as trees: each condition with its verdict and values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb

from pipelines.rules.verdicts import INNER, Tree, evaluate

NUMBERS = {"fail": 0, "unknown": 1, "pass": 2}


@dataclass(frozen=True, slots=True)
class Value:
    """A value a condition looked at, and where it stands."""

    value: str | None
    year: int | None
    decision_no: str | None
    decision_date: str | None
    file: str
    sheet: str | None
    cell: str | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, or a joint with the conditions it joins."""

    op: str
    sentence: str
    verdict: int
    values: tuple[Value, ...] = ()
    parts: tuple[Condition, ...] = ()
    asks_values: bool = False
    """Whether the condition is about values of fields, so that it says when there are none."""
    rule_id: str | None = None
    """The criterion, where the condition is that the criterion is met; ``parts`` is then its own tree."""


class Records:
    """What the snapshot keeps of verdicts, each table asked once however many subjects are explained."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read nothing yet.

        Args:
            connection: the published snapshot; its marts stand in ``marts``.
        """
        self._connection = connection
        self._of: dict[str, list[tuple[Any, ...]]] = {}

    def read(self, findings: str) -> None:
        """Read what was found on the subjects of many findings, by the findings' own rules, at once.

        Args:
            findings: a table with ``finding_id``.
        """
        rows = self._connection.execute(
            "SELECT DISTINCT t.subject_id, v.rule_id, v.verdict, v.conditions, v.values_used, v.source_file "
            f"FROM {findings} JOIN marts.trc_findings AS t USING (finding_id) "
            "JOIN marts.fct_findings AS f USING (finding_id) LEFT JOIN marts.fct_verdicts AS v "
            "ON v.subject_id = t.subject_id AND v.rule_id = f.rule_id ORDER BY ALL"
        ).fetchall()
        self._of = {}
        for subject, *judged in rows:
            self._of.setdefault(subject, []).extend([tuple(judged)] if judged[0] else [])

    def verdicts(self, subject_id: str) -> list[tuple[Any, ...]]:
        """Rule, verdict, conditions, values used and file of everything judged on a subject."""
        if subject_id in self._of:
            return self._of[subject_id]
        return self._connection.execute(
            "SELECT rule_id, verdict, conditions, values_used, source_file FROM marts.fct_verdicts "
            "WHERE subject_id = ? ORDER BY rule_id",
            [subject_id],
        ).fetchall()

    @cached_property
    def nodes(self) -> dict[str, list[dict[str, Any]]]:
        """The conditions of every rule, those above first."""
        found: dict[str, list[dict[str, Any]]] = {}
        names = (
            "node_id",
            "parent_id",
            "op",
            "of",
            "fields",
            "criterion_id",
            "verdict_without",
            "sentence_vi",
        )
        for rule_id, *row in self._connection.execute(
            f"SELECT rule_id, {', '.join(names)} FROM marts.dim_conditions ORDER BY position, node_id"
        ).fetchall():
            found.setdefault(rule_id, []).append(dict(zip(names, row, strict=True)))
        return found

    @cached_property
    def codes(self) -> dict[tuple[str, str], str]:
        """The words of codes, by field."""
        rows = self._connection.execute("SELECT field, code, label_vi FROM marts.dim_codes").fetchall()
        return {(name, code): label for name, code, label in rows}


@dataclass(frozen=True, slots=True)
class _Judged:
    conditions: dict[str, int]
    values: list[dict[str, Any]]
    file: str
    verdict: int


class Judgement:
    """Everything judged on one subject: a nomination, a form or a dossier."""

    def __init__(self, records: Records, subject_id: str) -> None:
        """Read the verdicts on a subject.

        Args:
            records: of the published snapshot.
            subject_id: as in ``marts.fct_verdicts``.
        """
        self._records = records
        self._rules = {
            rule: _Judged(dict(_pairs(rule, conditions)), json.loads(used or "[]"), file, NUMBERS[verdict])
            for rule, verdict, conditions, used, file in records.verdicts(subject_id)
        }

    def verdict(self, rule_id: str) -> int | None:
        """The verdict of a rule; ``None`` where it was not asked."""
        return self._rules[rule_id].verdict if rule_id in self._rules else None

    def tree(self, rule_id: str) -> Condition | None:
        """The tree of a rule with the verdict of each condition; ``None`` where it was not asked."""
        judged = self._rules.get(rule_id)
        nodes = self._records.nodes.get(rule_id)
        if judged is None or not nodes:
            return None
        below: dict[str | None, list[dict[str, Any]]] = {}
        for node in nodes:
            below.setdefault(node["parent_id"], []).append(node)
        if any("rule" in used for used in judged.values):
            # a group keeps what was found of its criteria; its own conditions look at what these used
            told = {json.dumps(used): used for one in self._rules.values() for used in one.values}
            judged = _Judged(judged.conditions, list(told.values()), judged.file, judged.verdict)
        return self._condition(below[None][0], below, judged)

    def _condition(
        self, node: Mapping[str, Any], below: Mapping[str | None, list[dict[str, Any]]], judged: _Judged
    ) -> Condition:
        if node["op"] in INNER:
            parts = tuple(self._condition(part, below, judged) for part in below[node["node_id"]])
            return Condition(node["op"], node["sentence_vi"], _joined(node["op"], parts), parts=parts)
        without = node["verdict_without"]
        criterion = node["criterion_id"]
        if criterion is None:
            verdict = judged.conditions.get(node["node_id"], without)
            values = tuple(self._values(node, judged))
            return Condition(
                node["op"], node["sentence_vi"], verdict, values, asks_values=bool(node["fields"])
            )
        inner = self.tree(criterion)
        found = self.verdict(criterion)
        return Condition(
            node["op"],
            node["sentence_vi"],
            without if found is None else found,
            parts=(inner,) if inner and inner.op != "council" else (),
            rule_id=criterion,
        )

    def _values(self, node: Mapping[str, Any], judged: _Judged) -> Iterator[Value]:
        fields = (node["fields"] or "").split()
        for used in judged.values:
            if used.get("field") in fields and used.get("of") == node["of"]:
                yield Value(
                    self._said(used["field"], used["value"]),
                    used["year"],
                    used["decision_no"],
                    used["decision_date"],
                    used["file"] or judged.file,
                    used["sheet"],
                    used["cell"],
                )

    def _said(self, field: str, value: str | None) -> str | None:
        return value if value is None else self._records.codes.get((field, value), value)


def _pairs(rule_id: str, conditions: str | None) -> Iterator[tuple[str, int]]:
    for pair in (conditions or "").split():
        place, _, verdict = pair.rpartition("=")
        yield f"{rule_id}/{place}", int(verdict)


def _joined(op: str, parts: tuple[Condition, ...]) -> int:
    """As ``evaluate`` says, of parts whose verdicts are known."""
    leaves = tuple(Tree(str(number), "leaf") for number, _ in enumerate(parts))
    return evaluate(Tree("", op, leaves), {str(n): part.verdict for n, part in enumerate(parts)})
