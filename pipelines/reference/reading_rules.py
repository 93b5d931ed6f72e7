"""reading_rules.yml: what reading says of a file or a value it could not take as it stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from pipelines.reference.errors import Problems
from pipelines.reference.explain import explain_all
from pipelines.reference.models.base import Code, Mends, Model, Severity, Text
from pipelines.reference.yaml_lines import LineDict, LineList, YamlProblem, line_of, read_yaml

FILE = "reading_rules.yml"


class ReadingRule(Model):
    """One rule of the readers; {names} in its sentences are filled in where it fires."""

    id: Text
    severity: Severity
    category: Literal["unread_column"] | None = None
    """A column whose header is missing or not known: what all rows of the list lack then has one cause."""
    message_vi: Text
    short_vi: Text | None = None
    how_to_fix_vi: Text
    mends: Mends = "unit"
    rule: Code | None = None
    """The completeness rule this is a case of: its finding carries that id."""
    citation: Text


def with_lists(
    rules: Mapping[str, ReadingRule], lists: Mapping[str, Iterable[str]]
) -> dict[str, ReadingRule]:
    """The rules with the values that a fix offers: «{cac_nhom}» becomes the labels of that list.

    Args:
        rules: by id.
        lists: name of a placeholder → the labels that reading takes.
    """
    told = {f"{{{name}}}": "; ".join(labels) for name, labels in lists.items()}

    def fix(text: str) -> str:
        for name, labels in told.items():
            text = text.replace(name, labels)
        return text

    return {
        key: rule.model_copy(update={"how_to_fix_vi": fix(rule.how_to_fix_vi)}) for key, rule in rules.items()
    }


def read_reading_rules(folder: Path, problems: Problems) -> dict[str, ReadingRule]:
    """The readers' rules by id: a list, at the top of the file or under `rules`.

    Args:
        folder: the reference folder; without the file there are no reading rules.
        problems: where errors are noted, each with its line.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        data, twice = read_yaml(path)
    except YamlProblem as error:
        problems.add(path, error.line, error.text)
        return {}
    for line, text in twice:
        problems.add(path, line, text)
    listed = data.get("rules") if isinstance(data, LineDict) else data
    if not isinstance(listed, LineList):
        problems.add(path, 1, "phải là một danh sách quy tắc")
        return {}
    found: dict[str, ReadingRule] = {}
    for number, item in enumerate(listed):
        try:
            rule = ReadingRule.model_validate(item)
        except ValidationError as error:
            for line, text in explain_all(error.errors(include_url=False), ReadingRule, item):
                problems.add(path, line, text)
            continue
        if rule.id in found:
            problems.add(path, line_of(listed, (number,)), f"mã {rule.id} ghi hai lần")
        found[rule.id] = rule
    return found
