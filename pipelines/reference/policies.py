"""Policies: the reading in force, and whether a setting may say otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Any

from pipelines.reference.models.coverage import PolicyDef
from pipelines.text.dates_vi import format_date


def _is_year(value: Any) -> bool:
    return type(value) is int and 1945 <= value <= 2100


def _is_year_range(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(map(_is_year, value))
        and value[0] <= value[1]
    )


def _is_years(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(_is_year, value)) and len(set(value)) == len(value)


def _has_shape(shape: str, value: Any, default: Any) -> bool:
    same_keys = isinstance(value, Mapping) and isinstance(default, Mapping) and set(value) == set(default)
    match shape:
        case "day_or_none":
            return value is None or type(value) is date
        case "year":
            return _is_year(value)
        case "positive_integer":
            return type(value) is int and value > 0
        case "year_range":
            return _is_year_range(value)
        case "years_by_subject":
            return same_keys and all(_is_years(years) for years in value.values())
        case "year_by_phase":
            return same_keys and all(_is_year(year) for year in value.values())
        case "years_within":
            count = value.get("distinct_years") if same_keys else None
            return same_keys and type(count) is int and count > 0 and _is_year_range(value.get("within"))
        case _:  # target_band
            return (
                isinstance(value, Mapping)
                and set(value) == {"target", "warn_low", "warn_high"}
                and all(type(part) is int and part > 0 for part in value.values())
            )


_SHAPE_WORDS = {
    "day_or_none": "một ngày, ví dụ 2024-06-30, hoặc để trống",
    "year": "một năm, ví dụ 2022",
    "positive_integer": "một số nguyên dương",
    "year_range": "hai năm [từ, đến]",
    "years_by_subject": "các khóa như mặc định, mỗi khóa một danh sách năm",
    "years_within": "distinct_years và within: [từ, đến]",
    "year_by_phase": "các giai đoạn như mặc định, mỗi giai đoạn một năm",
    "target_band": "các khóa như mặc định, mỗi khóa một số nguyên dương",
}


def why_not(policy: PolicyDef, value: Any) -> str | None:
    """Why a value is not allowed for a policy, in plain Vietnamese; None when it is allowed.

    Args:
        policy: the definition from policies.yaml.
        value: what policies.yaml or settings.yml gives.
    """
    if not policy.is_setting:
        return f"{policy.id} là cách đọc cố định, không đổi được bằng cài đặt"
    if policy.shape is not None:
        if _has_shape(policy.shape, value, policy.default_value):
            return None
        return f"{policy.id}: giá trị phải là {_SHAPE_WORDS[policy.shape]}"
    given = _plain(value)
    if any(type(given) is type(one) and given == one for one in map(_plain, policy.allowed_values)):
        return None
    listed = "; ".join(str(_plain(allowed)) for allowed in policy.allowed_values)
    return f"{policy.id}: giá trị «{value}» không thuộc: {listed}"


def read_back(value: Any) -> Any:
    """A policy's value as it was published: JSON, or a bare word."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def said(policy: PolicyDef, value: Any) -> str:
    """The reading in force as people read it, one plain sentence, whatever a setting says.

    Args:
        policy: the definition from policies.yaml.
        value: in force, and allowed.
    """
    if not policy.is_setting or _plain(value) == _plain(policy.default_value):
        return policy.default_text
    if policy.pattern_vi is not None:
        return policy.pattern_vi.format_map(_parts(policy.shape or "", value))
    return policy.values_vi[value_key(value)]


def value_key(value: Any) -> str:
    """An allowed value as ``values_vi`` names it; false is off."""
    return "off" if value is False else str(_plain(value))


def unsaid(policy: PolicyDef) -> list[str]:
    """What is missing or too much for a policy to be said whatever its value, in plain Vietnamese."""
    if policy.shape is not None:
        if policy.pattern_vi is None:
            return [f"{policy.id}: thiếu pattern_vi, câu nói giá trị khác mặc định"]
        named = {name for _, name, _, _ in Formatter().parse(policy.pattern_vi) if name}
        parts = _parts(policy.shape, policy.default_value)
        allowed = ", ".join(f"{{{part}}}" for part in parts)
        return [
            f"{policy.id}: pattern_vi có {{{name}}}, chỉ được dùng {allowed}"
            for name in sorted(named - parts.keys())
        ]
    wanted = {value_key(one) for one in policy.allowed_values if one != policy.default_value}
    return [
        f"{policy.id}: values_vi thiếu câu cho giá trị «{key}»"
        for key in sorted(wanted - policy.values_vi.keys())
    ] + [
        f"{policy.id}: values_vi có «{key}», không phải giá trị khác mặc định được phép"
        for key in sorted(policy.values_vi.keys() - wanted)
    ]


def _parts(shape: str, value: Any) -> dict[str, str]:
    """The parts of a value by the names patterns use."""
    match shape:
        case "day_or_none":
            return {"day": format_date(value) if value else ""}
        case "year":
            return {"year": str(value)}
        case "positive_integer":
            return {"n": str(value)}
        case "year_range":
            return {"first": str(value[0]), "last": str(value[1])}
        case "years_within":
            first, last = value["within"]
            return {"distinct_years": str(value["distinct_years"]), "first": str(first), "last": str(last)}
        case _:
            return {
                name: ", ".join(map(str, part)) if isinstance(part, list | tuple) else str(part)
                for name, part in value.items()
            }


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
