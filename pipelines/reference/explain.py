"""An error of validation → the line it stands on and one plain Vietnamese sentence."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from pipelines.reference.models.base import names
from pipelines.reference.said import meant, unknown, unknown_key
from pipelines.reference.to_fill import is_to_fill
from pipelines.reference.yaml_lines import line_of

Step = int | str

_NUMBERS = {
    "int_type": "một số nguyên",
    "int_parsing": "một số nguyên",
    "int_from_float": "một số nguyên",
    "float_type": "một số",
    "bool_type": "true hoặc false",
    "bool_parsing": "true hoặc false",
    "string_type": "chữ",
    "tuple_type": "một danh sách",
    "list_type": "một danh sách",
    "dict_type": "một khối các khóa",
    "model_type": "một khối các khóa",
    "model_attributes_type": "một khối các khóa",
    "date_type": "một ngày, dạng YYYY-MM-DD",
    "date_from_datetime_parsing": "một ngày có trong lịch, dạng YYYY-MM-DD",
    "date_parsing": "một ngày có trong lịch, dạng YYYY-MM-DD",
    "none_required": "để trống",
    "path_type": "một đường dẫn",
}

_SAID = ("value_error", "plain")
"""Mistakes that our own models tell in a sentence."""


def explain_all(errors: Sequence[Any], model: type[BaseModel], data: Any) -> Iterator[tuple[int, str]]:
    """The line and the sentence of every cause: of ways to write a value, the closest."""
    placed = [
        (error, _real(data, error["loc"], error["type"]))
        for error in errors
        if not is_to_fill(error["input"])  # told as such
    ]
    for error, path in placed:
        by_union = len(path) < len(error["loc"])
        better = any(len(other) > len(path) and other[: len(path)] == path for _, other in placed)
        ways = [one for one, other in placed if other == path]
        # what is of the right shape and wrong says more than the shapes it has not
        first = next((one for one in ways if one["type"] in _SAID), ways[0])
        if by_union and (better or error is not first):
            continue
        if error["type"] == "missing" and meant(error["loc"][-1], _unused(model, data, path[:-1])):
            continue  # the key is there, misspelt
        yield explain(error, model, data)


def explain(error: Any, model: type[BaseModel], data: Any) -> tuple[int, str]:
    """The line (1-based) and the sentence of one error.

    Args:
        error: one of ``ValidationError.errors()`` of `model` over `data`.
        model: what the file, or the row, is read as.
        data: as `read_yaml` gave it, or a plain mapping without lines (then the line is 1).
    """
    path = _real(data, error["loc"], error["type"])
    return line_of(data, path), _sentence(error, model, data, path)


def _real(data: Any, loc: tuple[Step, ...], kind: str) -> tuple[Step, ...]:
    """The place in the data: an error's place also names the kinds of a union, which stand nowhere."""
    path: list[Step] = []
    for number, step in enumerate(loc):
        last = number == len(loc) - 1
        if isinstance(data, dict) and str(step) in data:
            data = data[str(step)]
        elif isinstance(data, list | tuple) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif not (last and kind == "missing"):
            continue
        path.append(step)
    return tuple(path)


def _sentence(error: Any, model: type[BaseModel], data: Any, path: tuple[Step, ...]) -> str:
    kind, given = error["type"], error["input"]
    context = error.get("ctx") or {}
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "tệp")
    if kind == "plain":
        return str(context["text"])
    if kind == "value_error":
        said = str(error["msg"]).removeprefix("Value error, ")
        return f"«{key}»: {said}" if isinstance(path[-1] if path else None, str) else said
    if kind == "extra_forbidden":
        return unknown_key(str(error["loc"][-1]), _keys(model, data, path[:-1]))
    if kind == "missing" and isinstance(error["loc"][-1], int):
        return f"«{key}» thiếu phần tử thứ {error['loc'][-1] + 1}"
    if kind == "missing":
        return f"thiếu khóa «{error['loc'][-1]}»"
    if kind in _NUMBERS:
        return f"«{key}» phải là {_NUMBERS[kind]}, không phải «{_short(given)}»"
    if kind in ("literal_error", "enum"):
        known = [one.strip("'") for one in str(context["expected"]).replace(" or ", ", ").split(", ")]
        return f"«{key}»: không có giá trị «{_short(given)}»{meant(given, known)} (có: {', '.join(known)})"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        which = str(context.get("discriminator", "")).strip("'")
        known = [one.strip("' ") for one in str(context.get("expected_tags", "")).split(",")]
        return unknown(f"giá trị của «{which}»", context.get("tag", ""), known)
    if kind == "string_too_short":
        return f"«{key}» để trống"
    if kind == "too_short":
        return f"«{key}» cần ít nhất {context['min_length']} phần tử"
    if kind == "too_long":
        return f"«{key}» có nhiều phần tử hơn {context['max_length']}"
    if kind == "string_pattern_mismatch":
        return f"«{key}»: mã «{_short(given)}» sai dạng (chữ hoa hoặc số, rồi chữ, số, dấu chấm, gạch)"
    if kind in ("greater_than_equal", "less_than_equal"):
        bound, least = (context["ge"], "nhỏ nhất") if "ge" in context else (context["le"], "lớn nhất")
        return f"«{key}»: «{_short(given)}» ngoài khoảng cho phép ({least} {bound})"
    return f"«{key}»: giá trị «{_short(given)}» không dùng được"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _unused(model: type[BaseModel], data: Any, path: tuple[Step, ...]) -> list[str]:
    """Keys written at a place that no model knows."""
    known = set(_keys(model, data, path))
    there = _at(data, path)
    return [key for key in there if key not in known] if isinstance(there, dict) else []


def _at(data: Any, path: tuple[Step, ...]) -> Any:
    for step in path:
        data = data[str(step)] if isinstance(data, dict) else data[step]
    return data


def _keys(model: type[BaseModel], data: Any, path: tuple[Step, ...]) -> list[str]:
    """The keys that the model at a place knows; of several models, of the one that fits best."""
    there = _at(data, path)
    candidates: list[Any] = [model]
    for step in path:
        below = [found for one in candidates for found in _below(one, step)]
        candidates = below or candidates
    models = [one for one in candidates if isinstance(one, type) and issubclass(one, BaseModel)]
    written = set(there) if isinstance(there, dict) else set()
    best = max(models, key=lambda one: len(written & set(names(one))), default=None)
    return names(best) if best else []


def _below(kind: Any, step: Step) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if step == (field.alias or name):
                yield from _opened(field.annotation)
    elif get_origin(kind) is dict:
        yield from _opened(get_args(kind)[1])
    elif get_origin(kind) in (tuple, list) and isinstance(step, int):
        listed = [one for one in get_args(kind) if one is not Ellipsis]
        yield from _opened(listed[min(step, len(listed) - 1)])


def _opened(kind: Any) -> Iterator[Any]:
    """A type with its wrappings and unions opened."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from _opened(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for one in get_args(kind):
            yield from _opened(one)
    else:
        yield kind
