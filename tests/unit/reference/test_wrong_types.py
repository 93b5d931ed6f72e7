"""Every key of every kind of thing in the shipped data, given another type: refused, in plain words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.reference.explain import explain_all
from pipelines.reference.ladders import Ladders
from pipelines.reference.models.ladders import LaddersFile
from pipelines.reference.reading_rules import ReadingRule
from pipelines.reference.yaml_lines import read_yaml
from tests.unit.reference.conftest import REFERENCE
from tests.unit.reference.test_misspelt_keys import MODELS, NAMES, Path_, _files, _keys, _short

ANYTHING = {"default_value", "allowed_values", "default", "cases", "when", "value"}
"""Keys that may hold what a policy may: ``why_not`` and the checks across files judge them."""
PYTHON = re.compile(
    r"\b(Input|should|valid|string|str|int|float|bool|dict|dictionary|list|tuple|None|NoneType|mapping|literal|"
    r"pydantic|Value error|Field required|Extra inputs|[A-Z]\w+(File|Def|Model|Leaf|Judge))\b"
)


def _others(value: Any) -> list[Any]:
    """Values of other types: never one that a person could mean."""
    match value:
        case bool():
            return ["phải", 7, ["a"]]
        case int() | float():
            return ["mười", [1, 2, 3, 4], {"a": 1}]
        case str():
            return [{"khóa": "x"}, [["x"]]]
        case list():
            return [{"khóa": 1}, 17] if not value or not isinstance(value[0], dict) else ["chữ", 17]
        case dict():
            return [17, True]
        case date():
            return ["hôm nay", 17, ["a"]]
        case _:  # nothing: another kind of place says what may stand there
            return []


def _with(data: Any, path: Path_, value: Any) -> Any:
    """A copy with another value at a path; of the lists above it only the item on the way."""
    step, *rest = path
    if isinstance(data, list):
        return [_with(data[int(step)], tuple(rest), value) if rest else value]
    return {
        key: (_with(part, tuple(rest), value) if rest else value) if key == step else _short(part)
        for key, part in data.items()
    }


@pytest.fixture(scope="module")
def ladders() -> Ladders:
    return Ladders(LaddersFile.model_validate(read_yaml(REFERENCE / "ladders.yaml")[0]))


def _value_at(data: Any, path: Path_) -> Any:
    for step in path:
        data = data[step]
    return data


def test_every_key_of_another_type_is_refused_in_plain_words(ladders: Ladders) -> None:
    tried: set[tuple[str, tuple[str, ...]]] = set()
    taken, foreign = [], set()
    for path in _files():
        data, _ = read_yaml(path)
        ladders.expand(data)
        model = MODELS[path.name]
        for place, kind in _keys(data):
            if (path.name, kind) in tried or ANYTHING & set(kind) or (len(kind) > 1 and kind[-2] in NAMES):
                continue
            tried.add((path.name, kind))
            for other in _others(_value_at(data, place)):
                wrong = _with(data, place, other)
                try:
                    model.model_validate(wrong)
                except ValidationError as error:
                    told = explain_all(error.errors(include_url=False), model, wrong)
                    named = f"{path.name}: {' > '.join(kind)}"
                    foreign |= {f"{named}: {words}" for _, words in told if PYTHON.search(words)}
                    continue
                taken.append(f"{path.name}: {' > '.join(kind)} = {other!r}")
    assert taken == []
    assert sorted(foreign) == []
    assert len(tried) > 800


def test_every_key_of_a_reading_rule() -> None:
    rules, _ = read_yaml(REFERENCE / "reading_rules.yml")
    for rule in rules:
        for key, value in rule.items():
            for other in _others(value):
                with pytest.raises(ValidationError):
                    ReadingRule.model_validate({**rule, key: other})
