"""The comparison of two nights in words."""

from __future__ import annotations

from datetime import date

from pipelines.operate.diff.compare import Comparison, File, Number, UnitChange
from pipelines.publish.marts import marts
from pipelines.sentences import text

COVERAGE = ("covered", "partial", "none", "not_due")


def lines(found: Comparison, first: date, second: date, limit: int) -> list[str]:
    """Lines of Vietnamese.

    Args:
        found: the comparison.
        first: the earlier night.
        second: the later night.
        limit: lines per unit and kind; 0 for all.
    """
    out = [text("diff.title", one=first.strftime("%d/%m/%Y"), two=second.strftime("%d/%m/%Y"))]
    labels = {column.name: column.label for table in marts() for column in table.columns}
    for (programme_id, unit_code), unit in sorted(found.units.items()):
        out += ["", f"{programme_id or '?'} · {unit_code or '?'}"]
        for title, numbers in unit.numbers.items():
            told = [_number(number, labels) for number in numbers]
            out += [text("diff.kind", title=title, n=len(told)), *_cut(told, limit)]
        out += _causes(unit, limit)
    if not found.units:
        out.append(text("diff.nothing"))
    if found.others:
        out += ["", text("diff.others", causes="; ".join(text(f"diff.cause.{c}") for c in found.others))]
    out += [text("diff.left_out", title=title) for title in found.left_out]
    return out


def _number(number: Number, labels: dict[str, str]) -> str:
    return text(
        "diff.number",
        what=number.what,
        measure=labels.get(number.measure, number.measure),
        before=_value(number.before),
        after=_value(number.after),
    )


def _value(value: str | None) -> str:
    if value is None:
        return "-"
    return text(f"coverage.{value}") if value in COVERAGE else value


def _causes(unit: UnitChange, limit: int) -> list[str]:
    if not unit.files:
        return [text("diff.no_file")]
    return [text("diff.files", n=len(unit.files)), *_cut([_file(file) for file in unit.files], limit)]


def _file(file: File) -> str:
    if file.before is None:
        how = text("diff.file.new", status=text(f"status.{file.after}"))
    elif file.after is None:
        how = text("diff.file.gone")
    elif file.rewritten:
        how = text("diff.file.rewritten", status=text(f"status.{file.after}"))
    else:
        how = text(
            "diff.file.status", before=text(f"status.{file.before}"), after=text(f"status.{file.after}")
        )
    return f"    {file.source_file}: {how}"


def _cut(told: list[str], limit: int) -> list[str]:
    if not limit or len(told) <= limit:
        return told
    return [*told[:limit], text("diff.more", n=len(told) - limit)]
