"""Conditions as Vietnamese sentences, made from the rows of ``ref.rule_nodes``; the phrases are data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pipelines.forms.registry import Catalogue
from pipelines.reference.reference import Reference
from pipelines.rules.verdicts import INNER
from pipelines.sentences import has, text
from pipelines.text.dates_vi import format_date
from pipelines.text.numbers_vi import format_number

Row = Mapping[str, Any]
_OF = ("party_org", "mass_org", "led_unit", "family")


class Words:
    """The names people know fields, codes, forms and windows of years by."""

    def __init__(self, reference: Reference, catalogue: Catalogue, windows: Iterable[Row]) -> None:
        """Take the names from the reference data and the forms.

        Args:
            reference: the reference data.
            catalogue: the forms, whose labels name their fields.
            windows: the rows of ``ref.windows``.
        """
        self._forms = catalogue.forms
        self._fields = dict(labels for form in catalogue.forms.values() for labels in _labels(form.data))
        self._codes: dict[tuple[str, str], str] = {}
        for label in reference.annex:
            self._fields.setdefault(label.vocabulary, label.label_vi)
            for option in label.options:
                if not isinstance(option, str):
                    self._codes[label.vocabulary, option.code] = option.label_vi
        for kind in reference.recipients.recipient_kinds:
            self._codes["recipient_kind", kind.code] = kind.label
        for group in reference.recipients.subject_groups:
            self._codes.setdefault(("subject_group", group.code), group.label)
        for one in reference.fields.values():
            self._codes["field_id", one.id] = one.official_name
        for code in reference.awards.level_values:
            self._codes["proposed_award_level", code] = text(f"condition.level.{code}")
        classes = reference.object_classes
        self._codes |= {("object_class", one.code): one.label for one in classes.classes}
        self._codes |= {("object_class", other.code): other.label for other in classes.other_class}
        self._anywhere = {code: label for (_, code), label in self._codes.items()}
        self._codes |= {("sub_kind", one.code): one.label for one in reference.recipients.sub_kinds}
        self._awards = {award.code: award.official_name for award in reference.awards.awards}
        self._ratings = {(r.scale, r.rank): r.label for r in reference.ratings}
        self._orders = {award.code for award in reference.awards.awards if award.kind == "huan_chuong"}
        self._rating_codes = {rating.code: rating.label for rating in reference.ratings}
        self._top = {
            scale: max(rank for other, rank in self._ratings if other == scale) for scale, _ in self._ratings
        }
        self._unit_types = {one.id: one.name for one in reference.unit_types.values()}
        self._criteria = {
            one.id: one.text_vi.rstrip(". ") for rules in reference.all_rules for one in rules.criteria
        }
        self._phases = {
            phase.id: phase.label
            for rules in reference.programmes.values()
            if rules.programme
            for phase in rules.programme.form_phases
        }
        self._dossiers: dict[str, list[str]] = {}
        for nominating in reference.nomination_forms:
            if nominating.dossier:
                self._dossiers.setdefault(nominating.family, []).append(nominating.form)
        self._windows: dict[str, list[Row]] = {}
        for window in windows:
            self._windows.setdefault(window["window_id"], []).append(window)

    def sentence(self, node: Row, lists: Mapping[str, list[str]]) -> str:
        """One node as a sentence; a joint says how it joins what stands below it.

        Args:
            node: a row of ``ref.rule_nodes``.
            lists: its lists of ``ref.leaf_values``, by kind.
        """
        op = node["op"]
        if op in INNER:
            return text(f"condition.{op}")
        of = node["of"] if node["of"] in _OF else None
        said = text(
            f"condition.{op}{self._variant(node, bool(lists.get('code')))}", **self._parts(node, lists)
        )
        return (text(f"condition.of.{of}") if of else "") + said

    @staticmethod
    def _variant(node: Row, codes: bool) -> str:
        if node["op"] == "flag":
            return ".yes" if node["equals"] else ".no"
        if node["op"] == "num" and node["aggregate"] == "sum":
            return ".sum"
        if node["op"] == "years_given" and codes:
            return ".codes"
        return ".consecutive" if node["consecutive"] else ""

    def _parts(self, node: Row, lists: Mapping[str, list[str]]) -> dict[str, str]:
        codes = lists.get("code", [])
        values = lists.get("value", [])
        with_forms = lists.get("with_form", [])
        return {
            "field": self.field(node["field"]),
            "other": self.field(node["other"]),
            "fields": ", ".join(f"«{self.field(name)}»" for name in lists.get("field", [])),
            "values": _either(self.value(node["field"], value) for value in values),
            "codes": text("condition.all_awards")
            if not codes or "*" in codes
            else "; ".join(self._award_names(codes)),
            "needs": text("condition.needs") if lists.get("need") else "",
            "forms": _either(self.form(form) for form in lists.get("form", [])),
            "types": _either(f"«{self._unit_types.get(one, one)}»" for one in lists.get("unit_type", [])),
            "with": text("condition.with", forms=_either(map(self.form, with_forms))) if with_forms else "",
            "min": format_number(node["min_value"] or 0),
            "bounds": ", ".join(_bounds(node)),
            "rating": self._rating(node),
            "years": self._years(node["window_id"]),
            "days": " ".join(_days(node)),
            "text": self._criteria.get(node["criterion_id"] or "", ""),
        }

    def _award_names(self, codes: list[str]) -> Iterator[str]:
        """The names of awards, once each; where all orders are meant, one word for them."""
        all_orders = self._orders <= set(codes)
        single = [code for code in codes if not (all_orders and code in self._orders)]
        yield from dict.fromkeys(self._awards.get(code, code) for code in single)
        if all_orders:
            yield text("condition.all_orders")

    def codes(self) -> Iterator[tuple[str, str, str]]:
        """Field, code and label of every value that is kept as a code."""
        yield from ((field, code, label) for (field, code), label in self._codes.items())
        yield from (("award", code, label) for code, label in self._awards.items())
        yield from (("rating", code, label) for code, label in self._rating_codes.items())

    def field(self, name: str | None) -> str:
        """The name of a field: what its form or the annex calls it."""
        if not name:
            return ""
        if has(f"condition.name.{name}"):
            return text(f"condition.name.{name}")
        return self._fields.get(name) or self._fields.get(name.rpartition(".")[2]) or name

    def value(self, field: str | None, code: str) -> str:
        """A code of a field as its label."""
        if has(f"example.code.{code}"):
            return text(f"example.code.{code}")
        names = (self._codes.get((field or "", code)), self._awards.get(code), self._rating_codes.get(code))
        # a column of a form may have another name than the vocabulary its codes are of
        named = (*names, self._anywhere.get(code), self._phases.get(code))
        return next(filter(None, named), code.replace("_", " "))

    def form(self, form_id: str) -> str:
        """A form by its official label, in quotation marks; a dossier by the forms that make it."""
        if form_id in self._forms:
            return f"«{self._forms[form_id].official_label}»"
        return " + ".join(map(self.form, self._dossiers.get(form_id, ()))) or form_id

    def shown(self, field: str, value: Any) -> str:
        """A value of a field as people read it: a label, yes or no, a day, a number."""
        if isinstance(value, dict):
            value = value.get("code", "")
        if isinstance(value, bool) or value in ("true", "false"):
            return text("why.yes" if value in (True, "true") else "why.no")
        if isinstance(value, date):
            return format_date(value)
        if isinstance(value, int | float):
            return str(value) if field == "" or field.endswith("nam") else format_number(value)
        code = str(value).removeprefix("false:")
        return self.value(field.partition(".")[0], code)

    def _rating(self, node: Row) -> str:
        scale, rank = node["scale"] or "RATING", node["min_rank"]
        if rank is None:
            return ""
        name = self._ratings[scale, int(rank)]
        return text("condition.rating.top" if rank == self._top[scale] else "condition.rating", rating=name)

    def _years(self, window_id: str | None) -> str:
        rows = self._windows.get(window_id or "", [])
        if not rows:
            return ""
        if rows[0]["phase_id"] is None:
            return _span(rows[0])
        return (
            " ("
            + "; ".join(
                text(
                    "condition.years.phase",
                    phase=self._phases.get(row["phase_id"], row["phase_id"]),
                    years=_span(row).strip(" ()"),
                )
                for row in rows
            )
            + ")"
        )


def whole(node: Row, below: Mapping[str, list[Row]], sentences: Mapping[str, str]) -> str:
    """A whole tree in one sentence.

    Args:
        node: the row of its root.
        below: the nodes below each node, in order.
        sentences: the sentence of each node.
    """
    parts = [whole(part, below, sentences) for part in below.get(node["node_id"], [])]
    op = node["op"]
    if op not in INNER:
        return sentences[node["node_id"]]
    if op == "if":
        return text("condition.joined.if", condition=parts[0], part=parts[1])
    if op in ("all", "any"):
        joints = [below.get(part["node_id"], []) for part in below[node["node_id"]]]
        shown_parts = [
            text("condition.joined.group", part=part) if len(inner) > 1 and len(parts) > 1 else part
            for part, inner in zip(parts, joints, strict=True)
        ]
        return text(f"condition.joined.{op}").join(shown_parts)
    return text(f"condition.joined.{op}", part=parts[0])


def _labels(data: Any) -> Iterator[tuple[str, str]]:
    """Whatever in a form has an id and labels, with its first label."""
    if isinstance(data, dict):
        if isinstance(data.get("id"), str) and data.get("labels"):
            first = data["labels"][0]
            yield data["id"], " ".join(first) if isinstance(first, list) else str(first)
        for part in data.values():
            yield from _labels(part)
    elif isinstance(data, list):
        for part in data:
            yield from _labels(part)


def _either(names: Iterable[str]) -> str:
    *most, last = list(names) or [""]
    return text("condition.or").join(filter(None, (", ".join(most), last)))


def _bounds(node: Row) -> Iterator[str]:
    for key, column in (("min", "min_value"), ("min_exclusive", "min_exclusive"), ("max", "max_value")):
        if node[column] is not None:
            yield text(f"condition.bounds.{key}", **{key: format_number(node[column])})


def _days(node: Row) -> Iterator[str]:
    if node["from_day"]:
        yield text("condition.days.from", **{"from": format_date(date.fromisoformat(node["from_day"]))})
    if node["to_day"]:
        to = format_date(date.fromisoformat(node["to_day"]))
        yield text(f"condition.days.{node['wording'] or 'inclusive'}", to=to)


def _span(row: Row) -> str:
    first, last, before = row["first_year"], row["last_year"], row["before_nomination"]
    if (since := row["first_before"]) is not None:
        if before > 1:
            return text("condition.years.between", first=since, last=before)
        return text(
            "condition.years.just_before" if before else "condition.years.up_to", n=since - before + 1
        )
    if before is not None and first is None:
        return text("condition.years.nomination")
    if before is not None:
        return text(
            "condition.years.before_nomination" if before else "condition.years.to_nomination", first=first
        )
    return (
        text("condition.year", first=first)
        if first == last
        else text("condition.years", first=first, last=last)
    )
