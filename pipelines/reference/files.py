"""One file of reference data → checked models, every error kept with its file and line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from pipelines.reference.errors import Problems
from pipelines.reference.explain import explain_all
from pipelines.reference.ladders import Ladders
from pipelines.reference.models.base import Model, names
from pipelines.reference.said import meant
from pipelines.reference.to_fill import is_to_fill, said, to_fill
from pipelines.reference.yaml_lines import LineDict, YamlProblem, read_yaml

M = TypeVar("M", bound=Model)


def model_from_yaml(
    path: Path, model: type[M], problems: Problems, ladders: Ladders | None = None
) -> tuple[M | None, Any]:
    """Read a YAML file into a model; `ladders` puts codes in place of every ``{at_least: …}``.

    Returns:
        The model (None when it has errors, which are then in `problems`) and the data with its lines.
    """
    if not path.exists():
        problems.add(path, 1, "không có tệp này")
        return None, LineDict()
    try:
        data, twice = read_yaml(path)
        for line, text in (*twice, *to_fill(data), *(ladders.expand(data) if ladders else ())):
            problems.add(path, line, text)
    except YamlProblem as error:
        problems.add(path, error.line, error.text)
        return None, LineDict()
    try:
        return model.model_validate(data), data
    except ValidationError as error:
        errors = error.errors(include_url=False)
        for line, text in explain_all(errors, model, data):
            problems.add(path, line, text)
        return _without(data, errors, model), data


def _without(data: Any, errors: Sequence[Any], model: type[M]) -> M | None:
    """What is right in a file with mistakes, so that the checks across files find theirs in the same run."""
    if not isinstance(data, LineDict):
        return None
    wrong: dict[str, set[int]] = {}
    for one in errors:
        place: tuple[int | str, ...] = one["loc"]
        if not place:
            return None  # of the file as a whole
        item = place[1] if len(place) > 1 else None
        wrong.setdefault(str(place[0]), set()).add(item if isinstance(item, int) else -1)
    kept = {
        key: [item for number, item in enumerate(value) if number not in wrong.get(key, ())]
        if isinstance(value, list)
        else value
        for key, value in data.items()
        if key not in wrong or (isinstance(value, list) and -1 not in wrong[key])
    }
    try:
        return model.model_validate(kept)
    except ValidationError:
        return None


def rows_from_csv(path: Path, model: type[M], problems: Problems) -> list[tuple[int, M]]:
    """Read a CSV file into models, one a row, with the line each row starts on.

    An empty cell is «not given»; unknown columns and rows longer than the header are errors.
    """
    if not path.exists():
        problems.add(path, 1, "không có tệp này")
        return []
    rows: list[tuple[int, M]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, restkey="", strict=True)
            previous = 1
            known = names(model)
            strange = [name for name in reader.fieldnames or () if name not in known]
            for name in strange:
                problems.add(path, 1, f"cột «{name}» không có trong tệp này{meant(name, known)}")
            if strange:
                return []
            for row in reader:
                line, previous = previous + 1, reader.line_num
                if "" in row:
                    problems.add(path, line, "dòng có nhiều ô hơn tiêu đề")
                    continue
                given = {key: value.strip() for key, value in row.items() if value and value.strip()}
                if unsaid := {key: value for key, value in given.items() if is_to_fill(value)}:
                    problems.add(path, line, said(given.get("unit_code", ""), unsaid))
                try:
                    rows.append((line, model.model_validate(given)))
                except ValidationError as error:
                    for _, text in explain_all(error.errors(include_url=False), model, given):
                        problems.add(path, line, text)
    except (UnicodeDecodeError, csv.Error) as error:
        problems.add(path, 1, f"không đọc được CSV: {error}")
    return rows
