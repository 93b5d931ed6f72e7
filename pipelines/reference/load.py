"""data/reference → `Reference`: read every file, check everything, name every error by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from pipelines.reference.checks.checks import check
from pipelines.reference.checks.strangers import check_files
from pipelines.reference.errors import Problems, ReferenceError
from pipelines.reference.every_form import with_every_form
from pipelines.reference.files import model_from_yaml, rows_from_csv
from pipelines.reference.forms import CATALOGUE, KnownForm, read_forms
from pipelines.reference.ladders import Ladders
from pipelines.reference.models.award_law import AwardLawFile
from pipelines.reference.models.awards import AwardNamesFile, AwardsFile, Mau02
from pipelines.reference.models.base import Model
from pipelines.reference.models.confirmations import ConfirmationsFile
from pipelines.reference.models.coverage import CoverageFile, DueDate, PoliciesFile
from pipelines.reference.models.criteria import CriteriaFile
from pipelines.reference.models.judges import NominationsFile, TreeJudge
from pipelines.reference.models.labels import (
    AnnexFile,
    ObjectClassesFile,
    RecipientsFile,
    VocabularyFile,
)
from pipelines.reference.models.ladders import LaddersFile
from pipelines.reference.models.office import LetterFile, RemindersFile
from pipelines.reference.models.programmes import (
    CompletenessFile,
    CompletenessRule,
    DocumentsFile,
    FieldsFile,
    Programme,
    QuotasFile,
)
from pipelines.reference.models.recipients import RecipientDecisionsFile
from pipelines.reference.models.statistics import StatisticsFile
from pipelines.reference.models.units import Unit, UnitTypesFile
from pipelines.reference.own import Own, nominating
from pipelines.reference.places import Places
from pipelines.reference.reading_rules import read_reading_rules, with_lists
from pipelines.reference.received import with_days
from pipelines.reference.reference import ProgrammeRules, Reference
from pipelines.reference.units import Units

__all__ = ["Loaded", "ReferenceError", "load_reference", "load_with_places"]

M = TypeVar("M", bound=Model)
GENERAL = "_all"


class _Folder:
    """Reads the files of the reference folder and remembers where each id stands."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.problems = Problems(folder)
        self.places = Places(self.problems)
        self.ladders = Ladders(self.yaml("ladders.yaml", LaddersFile))

    ladders: Ladders | None = None
    is_whole = True
    """Every file was read, if not without mistakes in single items: the checks across files make sense."""

    def yaml(self, name: str, model: type[M], *, optional: bool = False) -> M | None:
        path = self.root / name
        if optional and not path.exists():
            return None
        loaded, data = model_from_yaml(path, model, self.problems, self.ladders)
        self.places.note(path, data)
        self.is_whole = self.is_whole and loaded is not None
        return loaded

    def own(self, folder: str, name: str, model: type[M]) -> M | None:
        """A file that a programme's folder may have."""
        return self.yaml(f"{folder}/{name}", model, optional=True)

    def units(self, name: str, *, optional: bool = False) -> list[Unit]:
        path = self.root / name
        if optional and not path.exists():
            return []
        before = len(self.problems.found)
        rows = rows_from_csv(path, Unit, self.problems)
        # without every unit, what names one that is left out would be blamed
        self.is_whole = self.is_whole and len(self.problems.found) == before
        for line, unit in rows:
            self.places.note_unit(path, line, unit.unit_code)
        return [unit for _, unit in rows]

    def names(self, name: str, column: int) -> list[str]:
        path = self.root / "organisation" / name
        if not path.exists():
            self.problems.add(path, 1, "không có tệp này")
            return []
        lines = path.read_text(encoding="utf-8-sig").splitlines()[1:]
        return [line.split(",")[column].strip() for line in lines if line.strip()]


def load_reference(folder: Path) -> Reference:
    """Load and check the reference data; files that have not changed are not read again.

    Args:
        folder: the folder laid out as data/reference (docs/new-programme.md describes every file).

    Raises:
        ReferenceError: with every problem found, each with file and line.
    """
    return _loaded(folder, tuple(_stamps(folder))).reference


@dataclass(frozen=True)
class Loaded:
    """Reference data with what they were checked against."""

    reference: Reference
    forms: Mapping[str, KnownForm]
    places: Places
    """Where each id stands."""


def load_with_places(folder: Path) -> Loaded:
    """As ``load_reference``, for whoever says more about the files.

    Raises:
        ReferenceError: with every problem found, each with file and line.
    """
    return _loaded(folder, tuple(_stamps(folder)))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in sorted(folder.rglob("*")):
        status = path.stat()
        yield str(path), status.st_mtime_ns, status.st_size


@lru_cache(maxsize=1)
def _loaded(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> Loaded:
    files = _Folder(folder)
    documents = files.yaml("documents.yaml", DocumentsFile)
    unit_types = files.yaml("unit_types.yaml", UnitTypesFile)
    awards = files.yaml("awards.yaml", AwardsFile)
    award_names = files.yaml("award_names.yaml", AwardNamesFile)
    award_law = files.yaml("award_law.yaml", AwardLawFile)
    mau_02 = files.yaml("mau_02.yaml", Mau02)
    statistics = files.yaml("statistics.yaml", StatisticsFile)
    recipients = files.yaml("recipients.yaml", RecipientsFile)
    object_classes = files.yaml("object_classes.yaml", ObjectClassesFile)
    vocabulary = files.yaml("vocabulary.yaml", VocabularyFile)
    annex = files.yaml("annex_labels.yaml", AnnexFile, optional=True)
    policies = files.yaml("policies.yaml", PoliciesFile)
    fields = files.yaml("fields.yaml", FieldsFile)
    nominations = files.yaml("nominations.yaml", NominationsFile)
    confirmations = files.yaml("confirmations.yaml", ConfirmationsFile, optional=True)
    decisions = files.yaml("recipient_decisions.yaml", RecipientDecisionsFile, optional=True)
    units = files.units("units.csv", optional=True)
    enforcements = files.yaml(f"programmes/{GENERAL}/quotas.yaml", QuotasFile)
    vocabulary_of_criteria = files.yaml(f"programmes/{GENERAL}/criteria.yaml", CriteriaFile)
    old, new = files.names("provinces_63_to_34.csv", 1), files.names("provinces_34_2025.csv", 1)
    general = _rules(files, GENERAL, None)
    programmes: dict[str, ProgrammeRules] = {}
    own = Own()
    for path in sorted((folder / "programmes").glob("*/programme.yaml")):
        name = f"programmes/{path.parent.name}"
        programme = files.yaml(f"{name}/programme.yaml", Programme)
        own.add(path.parent.name, programme, partial(files.own, name))
        units += files.units(f"{name}/units.csv", optional=True)
        rules = _rules(files, path.parent.name, programme)
        files.yaml(f"{name}/letter.yaml", LetterFile, optional=True)
        if programme and programme.id != path.parent.name:
            files.problems.add(path, 1, f"thư mục {path.parent.name} có chương trình mã {programme.id}")
        if programme:
            programmes[programme.id] = rules
    check_files(folder / "programmes", GENERAL, files.problems)
    reading_rules = read_reading_rules(folder, files.problems)
    files.yaml("reminders.yaml", RemindersFile, optional=True)
    takes = {key: rules.programme.forms for key, rules in programmes.items() if rules.programme}
    classes = [one.code for one in object_classes.classes] if object_classes else []
    forms = read_forms(CATALOGUE, files.problems, folder, takes, classes)
    if not files.is_whole:
        files.problems.stop_if_any()
    assert unit_types
    assert files.ladders
    assert awards
    assert award_names
    assert award_law
    assert mau_02
    assert statistics
    assert recipients
    assert object_classes
    assert vocabulary
    assert policies
    assert fields
    assert enforcements
    assert nominations
    assert vocabulary_of_criteria
    all_fields = [*fields.fields, *own.fields]
    all_types = [*unit_types.unit_types, *own.unit_types]
    all_documents = [*(documents.documents if documents else ()), *own.documents]
    all_policies = [*policies.policies, *own.policies]
    all_awards = [*awards.awards, *own.awards]
    for kind, ids in (
        ("loại đơn vị", [row.id for row in all_types]),
        ("lĩnh vực", [row.id for row in all_fields]),
        ("văn bản", [row.id for row in all_documents]),
        ("chính sách", [row.id for row in all_policies]),
        ("mã khen", [row.code for row in all_awards]),
    ):
        files.places.no_twins(kind, ids)
    known = own.merged(nominations)
    listed = {key: nominating(known, own.nominations, key) for key in ("", *programmes)}
    general = with_every_form(general, (one for some in listed.values() for one in some), forms)
    programmes = {key: with_every_form(rules, listed[key], forms) for key, rules in programmes.items()}
    reference = Reference(
        units=Units(units),
        unit_types={row.id: row for row in all_types},
        unit_aliases=(*unit_types.aliases, *own.aliases),
        placeholder_marks=unit_types.placeholder_marks,
        documents={row.id: row for row in all_documents},
        awards=awards.model_copy(update={"awards": tuple(all_awards)}),
        award_names_rules=award_names,
        provinces=tuple(sorted({_bare(name) for name in (*old, *new)})),
        cities=tuple(sorted({_bare(name) for name in (*old, *new) if name.startswith(_CITY)})),
        ladders=files.ladders,
        award_law=award_law,
        mau_02=mau_02,
        statistics=statistics,
        recipients=recipients,
        object_classes=object_classes,
        vocabulary=vocabulary,
        policies={policy.id: policy for policy in all_policies},
        fields={row.id: row for row in all_fields},
        field_words=fields,
        enforcements={row.id: row for row in enforcements.enforcements},
        criteria_vocabulary=vocabulary_of_criteria,
        nominations=known,
        own_nominations=own.nominations,
        annex=(*(annex.labels if annex else ()), *own.annex),
        folder=folder,
        general=general,
        programmes=programmes,
        reading_rules=with_lists(
            reading_rules,
            {
                "cac_nhom": [item.label for item in recipients.subject_groups],
                "cac_loai_khen": [item.label for item in recipients.sub_kinds],
                "cac_phan_loai": [item.label for item in object_classes.classes if "ca_nhan" in item.kinds],
            },
        ),
        confirmations={one.rule: one for one in confirmations.confirmations} if confirmations else {},
        opinions={one.rule: one for one in confirmations.opinions} if confirmations else {},
        recipient_decisions=decisions.decisions if decisions else (),
    )
    check(reference, forms, files.places)
    files.problems.stop_if_any()
    return Loaded(reference, forms, files.places)


_PROVINCE, _CITY = "Tỉnh ", "Thành phố "


def _bare(name: str) -> str:
    return name.removeprefix(_PROVINCE).removeprefix(_CITY)


def _with_days(rule: CompletenessRule, due: Mapping[str, DueDate]) -> CompletenessRule:
    """A rule that asks for the day of receipt gets the days of what is due."""
    if not isinstance(rule.judge, TreeJudge):
        return rule
    judge = rule.judge.model_copy(update={"test": with_days(rule.judge.test, due)})
    return rule.model_copy(update={"judge": judge})


def _rules(files: _Folder, name: str, programme: Programme | None) -> ProgrammeRules:
    """The rules of one programme's folder; a file that is not there: the programme has none of its kind."""
    folder = f"programmes/{name}"
    quotas = files.yaml(f"{folder}/quotas.yaml", QuotasFile, optional=True)
    criteria = files.yaml(f"{folder}/criteria.yaml", CriteriaFile, optional=True)
    completeness = files.yaml(f"{folder}/completeness_rules.yaml", CompletenessFile, optional=True)
    coverage = files.yaml(f"{folder}/coverage.yaml", CoverageFile, optional=True)
    due = {one.cell: one for one in (*coverage.cells, *coverage.deadlines)} if coverage else {}
    return ProgrammeRules(
        programme=programme,
        quotas=quotas.quotas if quotas else (),
        criteria=criteria.rules if criteria else (),
        groups=criteria.groups if criteria else (),
        completeness=tuple(_with_days(rule, due) for rule in completeness.rules) if completeness else (),
        cells=coverage.cells if coverage else (),
        deadlines=coverage.deadlines if coverage else (),
    )
