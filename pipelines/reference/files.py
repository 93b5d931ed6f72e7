"""One file of reference data → checked models, every error kept with its file and line."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from pipelines.reference.errors import Problems
from pipelines.reference.ladders import Ladders
from pipelines.reference.models.base import Model
from pipelines.reference.yaml_lines import LineDict, YamlProblem, line_of, read_yaml

M = TypeVar("M", bound=Model)

# pydantic's kinds of error → the words a person reads
_WORDS = {
    "extra_forbidden": "khóa «{key}» không có trong danh mục khóa",
    "missing": "thiếu khóa «{key}»",
    "literal_error": "«{key}»: giá trị «{value}» không thuộc {expected}",
    "string_too_short": "«{key}» để trống",
    "string_pattern_mismatch": "«{key}»: mã «{value}» sai dạng",
    "int_parsing": "«{key}»: «{value}» không phải số nguyên",
    "date_from_datetime_parsing": "«{key}»: «{value}» không phải một ngày trong lịch",
    "bool_parsing": "«{key}»: «{value}» không phải true hoặc false",
}


def explain(error: Any) -> str:
    """One validation error of pydantic in plain Vietnamese."""
    key = ".".join(str(step) for step in error["loc"]) or "tệp"
    words = _WORDS.get(error["type"])
    if words is None:
        return f"«{key}»: {error['msg'].removeprefix('Value error, ')}"
    context = error.get("ctx") or {}
    return words.format(key=error["loc"][-1], value=error["input"], expected=context.get("expected", ""))


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
        data = read_yaml(path)
        for line, text in ladders.expand(data) if ladders else ():
            problems.add(path, line, text)
        return model.model_validate(data), data
    except YamlProblem as error:
        problems.add(path, error.line, error.text)
    except ValidationError as error:
        for item in error.errors():
            problems.add(path, line_of(data, item["loc"]), explain(item))
    return None, LineDict()


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
            for row in reader:
                line, previous = previous + 1, reader.line_num
                if "" in row:
                    problems.add(path, line, "dòng có nhiều ô hơn tiêu đề")
                    continue
                given = {key: value.strip() for key, value in row.items() if value and value.strip()}
                try:
                    rows.append((line, model.model_validate(given)))
                except ValidationError as error:
                    for item in error.errors():
                        problems.add(path, line, explain(item))
    except (UnicodeDecodeError, csv.Error) as error:
        problems.add(path, 1, f"không đọc được CSV: {error}")
    return rows
