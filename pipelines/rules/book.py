"""The book of rules: every rule with its condition as a sentence, clause, examples, confirmation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.forms.registry import load_catalogue
from pipelines.reference.models.judges import JudgedElsewhere
from pipelines.reference.reference import Reference
from pipelines.rules.example_files import Example
from pipelines.rules.examples import examples, never
from pipelines.rules.words import Words
from pipelines.sentences import text

_FOUND = re.compile(r"[{]\w+[}]")
KINDS = ("completeness", "criterion", "quota", "group", "policy", "reading")
_ABOUT = ("nomination", "form", "dossier")


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule, or one open reading of a document with its setting, as an officer reads it."""

    id: str
    kind: str
    condition: str
    clause: str
    quote: str
    severity: str
    asked: str
    passes: str
    fails: str
    confirmed: bool
    by: str
    on: date | None
    remark: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules of a programme, those of all programmes, or the settings."""

    id: str
    """A programme, ``*`` for all of them, ``policies`` for the settings; as in ``rpt_rule_confirmations``."""
    title: str
    entries: tuple[Entry, ...]

    @property
    def confirmed(self) -> int:
        """How many are confirmed."""
        return sum(entry.confirmed for entry in self.entries)


def book(reference: Reference, tables: dict[str, pl.DataFrame], folder: Path) -> list[Chapter]:
    """The chapters of the book, each with its rules in the order of their ids.

    Args:
        reference: the reference data.
        tables: ``law_tables`` of it and the settings in force.
        folder: the folder of the reference data, for the examples.
    """
    words = Words(reference, load_catalogue(reference.folder), tables["windows"].iter_rows(named=True))
    told = {**_not_observed(reference), **examples(folder / "examples", words)}
    told |= {
        rule.rule: told[rule.id] for rule in reference.reading_rules.values() if rule.rule and rule.id in told
    }
    rows = list(_rules(reference, tables, words, told))
    chapters = [
        Chapter(own, title, tuple(entry for programme, entry in rows if programme == own))
        for rules in reference.all_rules
        for own, title in [
            (rules.programme.id, rules.programme.short_name) if rules.programme else ("*", text("book.all"))
        ]
    ]
    policies = tuple(_policies(reference, tables, words))
    return [*chapters, Chapter("policies", text("book.policies"), policies)]


def _rules(
    reference: Reference, tables: dict[str, pl.DataFrame], words: Words, told: dict[str, Example]
) -> Iterator[tuple[str, Entry]]:
    whole = dict(
        tables["rule_sentences"]
        .filter(pl.col("rule_id") == pl.col("node_id"))
        .select("rule_id", "sentence_vi")
        .iter_rows()
    )
    asked = _asked(tables, words)
    quotas = dict(tables["quotas"].select("quota_id", "quota_vi").iter_rows())
    groups = tables["criterion_groups"].join(
        tables["rule_scopes"]
        .filter(pl.col("tree") == "group")
        .select(pl.col("rule_id").alias("group_id"))
        .unique(),
        on="group_id",
        how="semi",
    )
    shown = ("rule_id", "kind", "programme_id", "severity", "message_vi", "citation_vi", "section", "quote")
    rules = [*tables["rules"].select(shown).iter_rows(named=True)]
    rules += [
        {"rule_id": row["group_id"], "kind": "group", "programme_id": row["programme_id"], "severity": None}
        | {"message_vi": row["text"], "citation_vi": _clause(row), "quote": row["quote"]}
        for row in groups.iter_rows(named=True)
    ]
    texts = {one.id: one.text_vi for rules_of in reference.all_rules for one in rules_of.criteria}
    nodes = tables["rule_nodes"].filter(pl.col("parent_id").is_null())
    council = set(nodes.filter(pl.col("op") == "council")["rule_id"])
    for row in sorted(rules, key=lambda one: (KINDS.index(one["kind"]), one["rule_id"])):
        rule_id = row["rule_id"]
        condition = whole.get(rule_id) or quotas.get(rule_id) or _broken_when(row["message_vi"])
        if rule_id in texts:
            condition = text("book.criterion", text=texts[rule_id].rstrip(". "), condition=condition)
        example = told.get(rule_id) or _no_example(rule_id in council)
        yield (
            row["programme_id"],
            Entry(
                rule_id,
                text(f"book.kind.{row['kind']}"),
                condition[:1].upper() + condition[1:],
                row["citation_vi"] or "",
                row["quote"] or "",
                text(f"why.severity.{row['severity']}") if row["severity"] else "",
                asked.get(rule_id, text(f"book.asked.{row['kind']}")),
                example.passes,
                example.fails,
                *confirmation(reference, rule_id),
            ),
        )


def _not_observed(reference: Reference) -> dict[str, Example]:
    """Rules that nothing units send shows: why."""
    rules = (rule for rules in reference.all_rules for rule in rules.completeness)
    return {
        rule.id: never(rule.judge.why)
        for rule in rules
        if isinstance(rule.judge, JudgedElsewhere) and rule.judge.why
    }


def _broken_when(message: str) -> str:
    """What such a finding says, with dots where it says what it found."""
    return text("book.broken_when", message=_FOUND.sub("…", message))


def _no_example(is_council: bool) -> Example:
    said = text("book.council_decides" if is_council else "book.no_example")
    return Example(said, said)


def _clause(row: dict[str, Any]) -> str:
    section = text("book.section", section=row["section"]) if row["section"] else ""
    return ", ".join(part for part in (row["document"], section) if part)


def _asked(tables: dict[str, pl.DataFrame], words: Words) -> dict[str, str]:
    """When a rule with a tree is asked: of what, in which forms, of which kinds."""
    found: dict[str, str] = {}
    scopes = (
        tables["rule_scopes"]
        .group_by("rule_id", "about", maintain_order=True)
        .agg(
            pl.col("form_id").drop_nulls().unique(maintain_order=True),
            pl.col("recipient_kind").drop_nulls().unique(maintain_order=True),
        )
    )
    for rule_id, about, forms, kinds in scopes.iter_rows():
        said = text(f"book.about.{about}")
        if forms:
            said += text("book.forms", forms=", ".join(words.form(form) for form in forms))
        if kinds:
            said += text(
                "book.kinds", kinds=", ".join(words.value("recipient_kind", kind).lower() for kind in kinds)
            )
        found[rule_id] = said
    return found


def _policies(reference: Reference, tables: dict[str, pl.DataFrame], words: Words) -> Iterator[Entry]:
    values = {row["policy_id"]: row for row in tables["policies"].iter_rows(named=True)}
    for policy in reference.policies.values():
        yield Entry(
            policy.id,
            text("book.kind.policy"),
            values[policy.id]["text"],
            "; ".join(_line(reference, ref) for ref in policy.seed_refs),
            "",
            "",
            text("book.setting" if policy.is_setting else "book.reading"),
            "",
            "",
            *confirmation(reference, policy.id),
        )


def _line(reference: Reference, ref: str) -> str:
    """``002:410`` as people say it: the document and the line."""
    number, _, line = ref.partition(":")
    document = next(one for name, one in reference.documents.items() if name.startswith(f"{number}_"))
    return text("book.line", document=document.short_name, line=line)


def confirmation(reference: Reference, rule_id: str) -> tuple[bool, str, date | None, str]:
    """Whether a rule is confirmed; by whom, when, and the remark of who did, or of who did not."""
    if found := reference.confirmations.get(rule_id):
        return True, found.by, found.on, found.remark or ""
    said = reference.opinions.get(rule_id)
    return (False, said.by or "", said.on, said.remark) if said else (False, "", None, "")
