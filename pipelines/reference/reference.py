"""The whole of the reference data, loaded and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from pipelines.reference import own
from pipelines.reference.award_names import Alias, AwardNames
from pipelines.reference.ladders import Ladders
from pipelines.reference.models.award_law import AwardLawFile
from pipelines.reference.models.awards import AwardNamesFile, AwardsFile, Mau02
from pipelines.reference.models.confirmations import Confirmation, Opinion
from pipelines.reference.models.coverage import Cell, DueDate, PolicyDef
from pipelines.reference.models.criteria import CriteriaFile, Criterion, CriterionGroup
from pipelines.reference.models.judges import NominationForm, NominationsFile, WindowRule
from pipelines.reference.models.labels import (
    AnnexLabel,
    ObjectClassesFile,
    RecipientsFile,
    VocabularyFile,
)
from pipelines.reference.models.own import OwnNominations
from pipelines.reference.models.programmes import (
    CompletenessRule,
    Document,
    Enforcement,
    Field,
    FieldsFile,
    Programme,
    Quota,
)
from pipelines.reference.models.recipients import RecipientDecision
from pipelines.reference.models.statistics import StatisticsFile
from pipelines.reference.models.units import Unit, UnitAlias, UnitType
from pipelines.reference.reading_rules import ReadingRule
from pipelines.reference.units import Units


@dataclass(frozen=True)
class ProgrammeRules:
    """One programme (None for the rules of all programmes) with everything of its folder."""

    programme: Programme | None
    quotas: tuple[Quota, ...]
    criteria: tuple[Criterion, ...]
    groups: tuple[CriterionGroup, ...]
    completeness: tuple[CompletenessRule, ...]
    cells: tuple[Cell, ...]
    deadlines: tuple[DueDate, ...]


@dataclass(frozen=True)
class Rating:
    """A rating, the ladder (scale) it stands on, and its rank there, 1 the lowest."""

    code: str
    label: str
    scale: str
    rank: int


@dataclass(frozen=True)
class Reference:
    """Everything in data/reference, frozen; made by `pipelines.reference.load.load_reference`."""

    units: Units
    unit_types: dict[str, UnitType]
    unit_aliases: tuple[UnitAlias, ...]
    placeholder_marks: tuple[str, ...]
    documents: dict[str, Document]
    awards: AwardsFile
    award_names_rules: AwardNamesFile
    provinces: tuple[str, ...]
    cities: tuple[str, ...]
    ladders: Ladders
    award_law: AwardLawFile
    mau_02: Mau02
    statistics: StatisticsFile
    recipients: RecipientsFile
    object_classes: ObjectClassesFile
    vocabulary: VocabularyFile
    policies: dict[str, PolicyDef]
    fields: dict[str, Field]
    field_words: FieldsFile
    enforcements: dict[str, Enforcement]
    criteria_vocabulary: CriteriaFile
    nominations: NominationsFile
    own_nominations: dict[str, OwnNominations]
    """By programme: the forms that nominate in it, where it has a list of its own."""
    annex: tuple[AnnexLabel, ...]
    general: ProgrammeRules
    programmes: dict[str, ProgrammeRules]
    reading_rules: dict[str, ReadingRule]
    confirmations: dict[str, Confirmation]
    opinions: dict[str, Opinion]
    """On rules that nobody has confirmed."""
    """By rule: who has confirmed it, and when."""
    folder: Path
    """Where all this was read."""
    recipient_decisions: tuple[RecipientDecision, ...]
    """What people decided on who is who."""

    @property
    def all_rules(self) -> tuple[ProgrammeRules, ...]:
        """The rules of all programmes, then each programme's own."""
        return (self.general, *self.programmes.values())

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings with the ladder each stands on and its rank there."""
        ranked = [(one, self.ladders.rank(one.code)) for one in self.recipients.ratings]
        return tuple(Rating(one.code, one.label, *place) for one, place in ranked if place)

    @cached_property
    def award_names(self) -> AwardNames:
        """The reader of written award names."""
        return AwardNames(self.award_names_rules, self.awards.awards, self.provinces, self.cities)

    @cached_property
    def award_aliases(self) -> tuple[Alias, ...]:
        """Every known award name once: names that hold everywhere, then those of cities only."""
        seen: dict[tuple[str, bool], Alias] = {}
        for alias in self.award_names.aliases(self.awards.awards):
            seen.setdefault((alias.alias_key, alias.city_only), alias)
        everywhere = {key for key, city_only in seen if not city_only}
        return tuple(a for a in seen.values() if not (a.city_only and a.alias_key in everywhere))

    def is_in_city(self, unit: Unit) -> bool:
        """Whether a unit is one of a city under central government."""
        return unit.province_gso_code in self.award_names_rules.city_provinces

    def nominating(self, programme_id: str) -> tuple[NominationForm, ...]:
        """The forms that name a programme's nominees."""
        return own.nominating(self.nominations, self.own_nominations, programme_id)

    def attached(self, programme_id: str) -> tuple[str, ...]:
        """The forms attached to a programme's nominees by name."""
        return own.attached(self.nominations, self.own_nominations, programme_id)

    @property
    def common_windows(self) -> dict[str, WindowRule]:
        """Named windows of no programme's own file."""
        own = {name for one in self.own_nominations.values() for name in one.windows}
        return {name: rule for name, rule in self.nominations.windows.items() if name not in own}

    @cached_property
    def nomination_forms(self) -> tuple[NominationForm, ...]:
        """Every form that nominates in some programme, once."""
        listed = (one for programme in (*self.programmes, "") for one in self.nominating(programme))
        return tuple(dict.fromkeys(listed))

    def programme(self, programme_id: str) -> Programme:
        """The programme of an id.

        Raises:
            KeyError: no such programme.
        """
        found = self.programmes[programme_id].programme
        if found is None:
            raise KeyError(programme_id)
        return found

    def expected_units(
        self, programme_id: str, unit_types: tuple[str, ...], codes: tuple[str, ...], day: date, until: date
    ) -> tuple[str, ...]:
        """Codes of a programme's units of these types (groups opened) or with these codes on a day.

        A unit that is named and has ended by then stands for whoever came after it, and each for whoever came
        after it until another day. Hundreds of cells ask for the same.
        """
        key = (programme_id, unit_types, codes, day, until)
        if key not in self._expected:
            found = self._expected_on(programme_id, unit_types, codes, day)
            self._expected[key] = tuple(dict.fromkeys(self.units.standing_on(code, until) for code in found))
        return self._expected[key]

    @cached_property
    def _expected(self) -> dict[tuple[object, ...], tuple[str, ...]]:
        return {}

    def _expected_on(
        self, programme_id: str, unit_types: tuple[str, ...], codes: tuple[str, ...], day: date
    ) -> list[str]:
        types = set(unit_types)
        for name in unit_types:
            types.update(self.unit_types[name].includes)
        named = {self.units.standing_on(code, day) for code in codes}
        return [
            unit.unit_code
            for unit in self.units.of_programme_on(programme_id, day)
            if unit.unit_type in types or unit.unit_code in named
        ]

    @cached_property
    def placeholders(self) -> frozenset[str]:
        """Codes of units that only stand in for an official list that is not entered yet."""
        return frozenset(unit.unit_code for unit in self.units if self._stands_in(unit))

    def _stands_in(self, unit: Unit) -> bool:
        if unit.is_placeholder is not None:
            return unit.is_placeholder
        return any(mark in (unit.basis or "") for mark in self.placeholder_marks)
