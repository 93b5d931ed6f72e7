"""What officers confirmed in the book of rules, brought back into ``confirmations.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

from pipelines.reference.checks.known import rule_ids
from pipelines.reference.models.confirmations import Confirmation, Opinion
from pipelines.reference.reference import Reference
from pipelines.sentences import listed, text
from pipelines.text.dates_vi import parse_date

FILE = "confirmations.yaml"
Row = dict[str, str]


class Refused(ValueError):
    """The filled book cannot be taken as it is; nothing was written."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a filled book brought back."""

    new: int
    """Confirmations that are new or changed."""
    same: int
    """Confirmations that stood there already."""
    opinions: int
    """Remarks on rules that the officer did not confirm."""


def confirm(reference: Reference, folder: Path, rows: Iterable[Row], today: date) -> Brought:
    """Add what a filled book confirms and remarks to what was there; nothing of others is lost.

    Args:
        reference: the reference data of the folder.
        folder: where ``confirmations.yaml`` stands, or will.
        rows: the rows of the book, by column label.
        today: nobody confirms on a later day.

    Raises:
        Refused: with every rule that is not there, every mark, name or day that cannot be taken.
    """
    known = {one.casefold(): one for one in rule_ids(reference)}
    told = [one for row in rows if (one := _filled(row, known, today)) is not None]
    mistakes = [one for one in told if isinstance(one, str)]
    given: dict[str, Confirmation] = {}
    opinions: dict[str, Opinion] = {}
    for one in told:
        if isinstance(one, Confirmation):
            if given.setdefault(one.rule, one) != one:
                mistakes.append(text("book.twice", rule=one.rule))
        elif isinstance(one, Opinion):
            opinions[one.rule] = one
    if mistakes:
        raise Refused("\n".join([*mistakes, text("book.nothing_written")]))
    new = sum(reference.confirmations.get(rule) != one for rule, one in given.items())
    fresh = sum(reference.opinions.get(rule) != one for rule, one in opinions.items())
    if new or fresh:
        confirmed = reference.confirmations | given
        left = {rule: one for rule, one in reference.opinions.items() if rule not in given}
        _write(folder, confirmed, left | opinions)
    return Brought(new, len(given) - new, fresh)


def _write(folder: Path, confirmed: dict[str, Confirmation], opinions: dict[str, Opinion]) -> None:
    parts: dict[str, dict[str, Confirmation] | dict[str, Opinion]]
    parts = {"confirmations": confirmed, "opinions": opinions}
    lines = {
        name: [one.model_dump(mode="json", exclude_none=True) for _, one in sorted(part.items())]
        for name, part in parts.items()
        if part
    }
    target = folder / FILE
    fresh = target.with_suffix(".next")
    fresh.write_text(
        yaml.safe_dump({"version": 1, **lines}, allow_unicode=True, sort_keys=False, width=110), "utf-8"
    )
    fresh.replace(target)


def _filled(row: Row, known: dict[str, str], today: date) -> Confirmation | Opinion | str | None:
    """What a row confirms or remarks, or why it cannot be taken; None where nobody filled it."""
    labels = listed("book.columns")
    given, mark, by, written, remark = (row.get(label, "").strip() for label in (labels[0], *labels[9:]))
    if not given or not (mark or by or written or remark):
        return None
    rule = known.get(given.casefold())
    if rule is None:
        return text("book.unknown_rules", rules=_near(given, set(known.values())))
    day = _day(written)
    lacks = []
    if mark and mark.casefold() not in listed("book.marks"):
        lacks.append(text("book.no_mark", value=mark))
    elif not mark and not remark:
        lacks.append(text("book.not_marked"))
    if mark and not by:
        lacks.append(text("book.no_by"))
    if day is None and (mark or written):
        lacks.append(text("book.no_day", value=written) if written else text("book.day_not_given"))
    elif day is not None and day > today:
        lacks.append(text("book.day_to_come", value=written))
    if lacks:
        return text("book.bad_row", rule=rule, what="; ".join(lacks))
    if not mark or day is None:
        return Opinion(rule=rule, remark=remark, by=by or None, on=day)
    return Confirmation(rule=rule, by=by, on=day, remark=remark or None)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return parse_date(written).day if written else None


def _near(rule: str, known: set[str]) -> str:
    nearest = get_close_matches(rule, sorted(known), n=1, cutoff=0.5)
    return text("book.nearest", given=rule, nearest=nearest[0]) if nearest else rule
