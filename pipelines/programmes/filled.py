"""A form filled in right, made of its own ``form.yml``: any table form, also one a programme brings along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from random import Random

from pipelines.forms.form import Column, Form
from pipelines.generate import layouts, people
from pipelines.generate.shape import Row, Sheet, Value
from pipelines.reference.models.programmes import FormPhase

_KINDS = layouts.values("short_kinds")


def _of(time: int | FormPhase) -> str:
    """«năm 2026», «Giai đoạn 1 (2026 - 2028)»."""
    if isinstance(time, int):
        return f"năm {time}"
    years = f"{time.years[0]} - {time.years[1]}"
    return time.label if years in time.label else f"{time.label} ({years})"


def person(rng: Random, unit: str, kind: people.Kind = "ca_nhan") -> str:
    """The name of somebody who is not."""
    return people.recipient(rng, kind, unit).name


def classes(kind: str) -> list[str]:
    """The classes of a kind, leaders first, those who work directly last."""
    return list(layouts.values("classes")["ca_nhan" if kind == "ca_nhan" else "tap_the"])


def value(column: Column, kind: str, year: int, field: str | None, award: str, name: str) -> Value:
    """What somebody would write in a column.

    Args:
        column: the column.
        kind: of recipient.
        year: of the list.
        field: the name of a field (lĩnh vực) of the programme.
        award: the name of an award that the kind may be given.
        name: of the recipient.
    """
    match column.type:
        case "ordinal":
            return None
        case "recipient_kind":
            return _KINDS[kind]
        case "year" | "year_or_period":
            return year
        case "field":
            return field or "Khác"
        case "award" | "awards":
            return award
        case "object_class":
            return classes(kind)[-1]
        case "subject_group":
            return str(layouts.values("subject_groups")[0])
        case "date" | "date_or_text":
            return date(year, 2, 1)
        case "count" | "number" | "percent":
            return 1
        case "yes_no":
            return "Có"
        case "rating":
            return "Hoàn thành xuất sắc nhiệm vụ"
        case _:
            return name if column.required else f"{column.label}: nội dung thử của {name}"


def sheet(form: Form, rows: Iterable[Mapping[str, Value]], unit: str, time: int | FormPhase) -> Sheet:
    """A sheet of a table form: its title, one header, the rows, who signed.

    Args:
        form: with at least one table; the first is filled in.
        rows: values by column id.
        unit: whose list it is.
        time: the year in the title, or the phase that it is given out for.
    """
    columns = form.tables[0].columns
    title = " ".join(dict.fromkeys(word for rule in form.titles for word in rule.words.split(" … ")))
    lines = [Row([unit], "note"), Row([f"{title or form.official_label} {_of(time)}".upper()], "title")]
    header = Row([column.label for column in columns], "header")
    body = [
        Row([number if c.type == "ordinal" else row.get(c.id) for c in columns])
        for number, row in enumerate(rows, 1)
    ]
    signed: list[Row] = []
    for label in form.data.get("signatures", []):
        signed += [
            Row([label["labels"][0]], "sign"),
            Row(["(Đã ký)"], "sign"),
            Row(["Nguyễn Văn Thử"], "sign"),
        ]
    return Sheet("Sheet1", [*lines, Row([], "plain"), header, *body, *signed], widths=[18.0] * len(columns))
