"""Every key of every kind of thing in the shipped data, misspelt once: each is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from pipelines.reference.forms import CATALOGUE, form_files
from pipelines.reference.ladders import Ladders
from pipelines.reference.models.award_law import AwardLawFile
from pipelines.reference.models.awards import AwardNamesFile, AwardsFile, Mau02
from pipelines.reference.models.coverage import CoverageFile, PoliciesFile
from pipelines.reference.models.criteria import CriteriaFile
from pipelines.reference.models.forms import FormFile, WordsFile
from pipelines.reference.models.judges import NominationsFile
from pipelines.reference.models.labels import AnnexFile, ObjectClassesFile, RecipientsFile, VocabularyFile
from pipelines.reference.models.ladders import LaddersFile
from pipelines.reference.models.office import LetterFile, RemindersFile
from pipelines.reference.models.programmes import (
    CompletenessFile,
    DocumentsFile,
    FieldsFile,
    Programme,
    QuotasFile,
)
from pipelines.reference.models.recipients import RecipientDecisionsFile
from pipelines.reference.models.statistics import StatisticsFile
from pipelines.reference.models.units import UnitTypesFile
from pipelines.reference.reading_rules import ReadingRule
from pipelines.reference.yaml_lines import read_yaml
from tests.unit.reference.conftest import REFERENCE

MODELS: dict[str, type[BaseModel]] = {
    "documents.yaml": DocumentsFile,
    "unit_types.yaml": UnitTypesFile,
    "awards.yaml": AwardsFile,
    "award_names.yaml": AwardNamesFile,
    "mau_02.yaml": Mau02,
    "award_law.yaml": AwardLawFile,
    "statistics.yaml": StatisticsFile,
    "recipient_decisions.yaml": RecipientDecisionsFile,
    "recipients.yaml": RecipientsFile,
    "object_classes.yaml": ObjectClassesFile,
    "vocabulary.yaml": VocabularyFile,
    "ladders.yaml": LaddersFile,
    "annex_labels.yaml": AnnexFile,
    "policies.yaml": PoliciesFile,
    "fields.yaml": FieldsFile,
    "nominations.yaml": NominationsFile,
    "reminders.yaml": RemindersFile,
    "quotas.yaml": QuotasFile,
    "criteria.yaml": CriteriaFile,
    "completeness_rules.yaml": CompletenessFile,
    "coverage.yaml": CoverageFile,
    "programme.yaml": Programme,
    "letter.yaml": LetterFile,
    "form.yml": FormFile,
    "words.yml": WordsFile,
}
# Keys that are names themselves: whether each is there is checked across files (test_mistakes.py).
NAMES = {
    "values_vi",
    "sub_kind_values",
    "quota_units_vi",
    "quota_shares_vi",
    "windows",
    "by_phase",
    "cases",
    "row_labels",
    "default_value",
    "allowed_values",
    "choices",
    "giai_doan",
    "kind_by_section",
    "type_values",
    "severity_values",
}
Path_ = tuple[int | str, ...]


def _files() -> list[Path]:
    found = [*REFERENCE.rglob("*.yaml"), *form_files(REFERENCE), CATALOGUE / "words.yml"]
    return sorted(found)


def _keys(data: Any, path: Path_ = (), kind: tuple[str, ...] = ()) -> Iterator[tuple[Path_, tuple[str, ...]]]:
    """The place of every key, with its kind: the keys above it, and the operators of leaves."""
    if isinstance(data, dict):
        operator = (f"op={data['op']}",) if isinstance(data.get("op"), str) else ()
        for key, part in data.items():
            if not kind or kind[-1] not in NAMES:
                yield (*path, key), (*kind, *operator, key)
            yield from _keys(part, (*path, key), (*kind, *operator, key))
    elif isinstance(data, list):
        for number, part in enumerate(data):
            yield from _keys(part, (*path, number), kind)


def _misspelt(data: Any, path: Path_) -> Any:
    """A copy with the last key of a path misspelt; of the lists above it only the item on the way."""
    step, *rest = path
    if isinstance(data, list):
        return [_misspelt(data[int(step)], tuple(rest))]
    wrong = str(step)[:-1] + "_" if len(str(step)) > 1 else str(step) + "_"
    if not rest:
        return {wrong if key == step else key: part for key, part in data.items()}
    return {key: _misspelt(part, tuple(rest)) if key == step else _short(part) for key, part in data.items()}


def _short(part: Any) -> Any:
    return part[:1] if isinstance(part, list) and part and isinstance(part[0], dict) else part


@pytest.fixture(scope="module")
def ladders() -> Ladders:
    return Ladders(LaddersFile.model_validate(read_yaml(REFERENCE / "ladders.yaml")[0]))


def test_every_file_has_a_model() -> None:
    assert {path.name for path in _files()} <= set(MODELS)


def test_every_key_misspelt_once_is_refused(ladders: Ladders) -> None:
    tried: set[tuple[str, tuple[str, ...]]] = set()
    taken: list[str] = []
    for path in _files():
        data, _ = read_yaml(path)
        ladders.expand(data)
        model = MODELS[path.name]
        for place, kind in _keys(data):
            if (path.name, kind) in tried:
                continue
            tried.add((path.name, kind))
            try:
                model.model_validate(_misspelt(data, place))
            except ValidationError:
                continue
            taken.append(f"{path.name}: {' > '.join(kind)}")
    assert taken == []
    assert len(tried) > 900


def test_every_key_of_a_reading_rule(ladders: Ladders) -> None:
    rules, _ = read_yaml(REFERENCE / "reading_rules.yml")
    for rule in rules:
        for key in rule:
            with pytest.raises(ValidationError):
                ReadingRule.model_validate(_misspelt(rule, (key,)))
