"""What may be named by rules, and the sentence where something named is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter

from pipelines.reference.checks.lacking import Lacking
from pipelines.reference.forms import KnownForm
from pipelines.reference.models.base import Citation
from pipelines.reference.places import Places
from pipelines.reference.reference import Reference
from pipelines.reference.said import unknown
from pipelines.reference.to_fill import is_to_fill

ANY_AWARD = "*"


class Names:
    """Every kind of name that rules use.

    Args:
        reference: the reference data.
        forms: the forms of the catalogue.
        places: where each id stands; problems are noted there.
    """

    def __init__(self, reference: Reference, forms: Mapping[str, KnownForm], places: Places) -> None:
        """Collect the names."""
        self.places = places
        self.forms = forms
        self.lacking = Lacking(forms, places, _owners(reference))
        self.units = reference.units.by_code
        self.unit_types = reference.unit_types
        self.fields = reference.fields
        programmes = [one.programme for one in reference.programmes.values() if one.programme]
        self.phases = {phase.id for one in programmes for phase in one.form_phases}
        self.policies = reference.policies
        self.documents = reference.documents
        self.award_codes = {award.code for award in reference.awards.awards} | {ANY_AWARD}
        self.ratings = {rating.code for rating in reference.ratings}
        self.scales = {rating.scale for rating in reference.ratings}
        self.dated = {
            one.cell
            for rules in reference.programmes.values()
            for one in (*rules.cells, *rules.deadlines)
            if one.deadline and "{" not in one.deadline
        }
        """What is due on one named day."""
        self.windows = {"nomination.year", *reference.nominations.windows}
        nominations = reference.nomination_forms
        self.nominating = {one.form for one in nominations}
        self.dossiers = {one.family for one in nominations if one.dossier}
        self.families = {one.family for one in nominations} | self.nominating
        vocabulary = reference.criteria_vocabulary
        told = {fact.partition("(")[0] for fact in vocabulary.field_vocabulary}
        self.facts = told | set(vocabulary.derived_facts)
        self.enforcements = reference.enforcements
        self.quota_kinds = reference.vocabulary.quota_units_vi
        self.quota_shares = reference.vocabulary.quota_shares_vi

    def check(self, name: str, what: str, used: Iterable[str | None], known: Iterable[str]) -> None:
        """Note each thing that `name` names and that is not there; `lacking` tells it, once a folder.

        Args:
            name: the id of what names them.
            what: the kind of thing, in Vietnamese.
            used: what is named; None is nothing.
            known: what there is.
        """
        listed = known if isinstance(known, set | frozenset | Mapping) else set(known)
        for value in dict.fromkeys(used):
            # an item with mistakes of its own is there all the same; what is to be filled in is told as such
            if value is None or value in listed or is_to_fill(value):
                continue
            if not self.places.is_spoilt(value):
                self.lacking.note(name, what, value, listed)


def _owners(reference: Reference) -> dict[str, tuple[str, ...]]:
    """The programmes of what belongs to some."""
    listed = [
        *((unit.unit_code, unit.programme_id) for unit in reference.units),
        *((one.id, one.programme) for one in reference.unit_types.values()),
        *((one.id, one.programme) for one in reference.fields.values()),
        *((name, key) for key, own in reference.own_nominations.items() for name in own.windows),
    ]
    found: dict[str, tuple[str, ...]] = {}
    for code, programme in listed:
        found[code] = (*found.get(code, ()), programme)
    return found


def cited(names: Names, name: str, citations: Iterable[Citation]) -> None:
    """Note citations of documents that are not known."""
    names.check(name, "văn bản", [citation.seed for citation in citations], names.documents)


def placeholders(name: str, text: str | None, known: Iterable[str], names: Names) -> None:
    """Note each {name} of a text that nothing fills in, and braces that do not pair.

    Args:
        name: the id of what says the text.
        text: the text, if there is one.
        known: what is filled in.
        names: where problems are noted.
    """
    try:
        used = [field for _, field, _, _ in Formatter().parse(text or "") if field is not None]
    except ValueError:
        names.places.add(name, f"{name}: dấu ngoặc nhọn trong «{text}» không thành cặp", text)
        return
    for field in used:
        if field not in known:
            said = unknown("chỗ điền", "{" + field + "}", ["{" + one + "}" for one in sorted(known)])
            names.places.add(name, f"{name}: {said}", text)


def rule_ids(reference: Reference) -> set[str]:
    """What the book of rules holds: rules, criteria, groups, quotas, rules of reading, settings."""
    found = set(reference.policies) | set(reference.reading_rules)
    for rules in reference.all_rules:
        for part in (rules.completeness, rules.criteria, rules.quotas):
            found |= {one.id for one in part}
        found |= {group.id for group in rules.groups if group.applies}
    return found
