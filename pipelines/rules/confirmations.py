"""What officers confirmed in the book of rules, brought back into ``confirmations.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

from pipelines.reference.models.confirmations import Confirmation
from pipelines.reference.reference import Reference
from pipelines.sentences import listed, text
from pipelines.text.dates_vi import parse_date

FILE = "confirmations.yaml"
Row = dict[str, str]


class Refused(ValueError):
    """The filled book cannot be taken as it is; nothing was written."""


def known_ids(reference: Reference) -> set[str]:
    """Ids of everything the book holds: rules, criteria, groups, quotas, rules of reading, settings."""
    found = set(reference.policies) | set(reference.reading_rules)
    for rules in reference.all_rules:
        for part in (rules.completeness, rules.criteria, rules.quotas):
            found |= {one.id for one in part}
        found |= {group.id for group in rules.groups if group.applies}
    return found


def confirm(reference: Reference, folder: Path, rows: Iterable[Row]) -> tuple[int, int]:
    """Add what a filled book confirms to what was confirmed before; nothing of others is lost.

    Args:
        reference: the reference data of the folder.
        folder: where ``confirmations.yaml`` stands, or will.
        rows: the rows of the book, by column label.

    Returns:
        How many confirmations are new or changed, how many stood there already.

    Raises:
        Refused: with every rule that is not there, every confirmation without name or day.
    """
    told = [_filled(row) for row in rows]
    given = {one.rule: one for one in told if isinstance(one, Confirmation)}
    mistakes = [one for one in told if isinstance(one, str)]
    known = known_ids(reference)
    if unknown := [_near(rule, known) for rule in given if rule not in known]:
        mistakes.append(text("book.unknown_rules", rules="; ".join(unknown)))
    if mistakes:
        raise Refused("\n".join([*mistakes, text("book.nothing_written")]))
    before = dict(reference.confirmations)
    new = sum(before.get(rule) != one for rule, one in given.items())
    merged = before | given
    lines = [one.model_dump(mode="json", exclude_none=True) for _, one in sorted(merged.items())]
    if new:
        written = yaml.safe_dump(
            {"version": 1, "confirmations": lines}, allow_unicode=True, sort_keys=False, width=110
        )
        target = folder / FILE
        fresh = target.with_suffix(".next")
        fresh.write_text(written, "utf-8")
        fresh.replace(target)
    return new, len(given) - new


def _filled(row: Row) -> Confirmation | str | None:
    """What a row confirms, or why it cannot be taken; None where nobody marked it."""
    labels = listed("book.columns")
    rule_label, mark, by_label, on_label, remark = labels[0], *labels[9:]
    rule = row.get(rule_label, "").strip()
    if not rule or not row.get(mark, "").strip():
        return None
    by, written = row.get(by_label, "").strip(), row.get(on_label, "").strip()
    day = _day(written)
    lacks = [] if by else [text("book.no_by")]
    lacks += [] if day else [text("book.no_day", value=written)]
    if day is None or lacks:
        return text("book.bad_row", rule=rule, what="; ".join(lacks))
    return Confirmation(rule=rule, by=by, on=day, remark=row.get(remark, "").strip() or None)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return parse_date(written).day if written else None


def _near(rule: str, known: set[str]) -> str:
    nearest = get_close_matches(rule, sorted(known), n=1, cutoff=0.5)
    return text("book.nearest", given=rule, nearest=nearest[0]) if nearest else rule
