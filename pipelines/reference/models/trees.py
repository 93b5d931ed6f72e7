"""The trees of rules: `all`, `any`, `not`, `if`, `warns`, a policy's cases, and leaves; checked node by node.

A tree stays plain data once it is checked: what judges it (tables/rule_nodes.py) reads mappings and lists.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import Field, ValidationError, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError

from pipelines.reference.models.base import Code, Model, Text, names
from pipelines.reference.models.leaves import BY_OP
from pipelines.reference.said import meant, unknown, unknown_key

INNER = ("all", "any", "not", "if", "warns")
_SHORT = re.compile(r"[\w.]+|[\w.]+!?=[\w.]+|[\w.]+ in \[[^\]]*\]")


def fields_of_condition(said: str) -> list[str]:
    """The field a short condition asks about: ``is_llvt``, ``a=b``, ``a in [b, c]``."""
    return [re.split(r"!?=| in ", said, maxsplit=1)[0].strip()]


class PolicyCases(Model):
    """The tree of the value in force of a policy."""

    policy: Code
    cases: Annotated[dict[Text, Any], Field(min_length=1)]


class If(Model):
    """Where a condition holds, a tree must."""

    if_: Any = Field(alias="if")
    then: Any


class Listed(Model):
    """``{op: all, of: […]}``: the long way to write `all` and `any`."""

    op: Text
    of: Annotated[tuple[Any, ...], Field(min_length=1)]


class OfGroup(Model):
    """The logic of another group."""

    group: Code


class ByField(Model):
    """The criteria of the nominee's field (lĩnh vực)."""

    group_by_field: Text


class Found:
    """Collects what is wrong in a tree, each with its place below the tree."""

    def __init__(self) -> None:
        """Start with nothing found."""
        self.errors: list[InitErrorDetails] = []

    def add(self, path: tuple[int | str, ...], text: str, given: Any) -> None:
        """Note a problem in plain words."""
        error = PydanticCustomError("plain", "{text}", {"text": text})
        self.errors.append(InitErrorDetails(type=error, loc=path, input=given))

    def take(self, path: tuple[int | str, ...], error: ValidationError, model: type[Model]) -> None:
        """Note the problems of one node."""
        errors = error.errors(include_url=False)
        strange = [one["loc"][-1] for one in errors if one["type"] == "extra_forbidden"]
        for one in errors:
            if one["type"] == "missing" and meant(one["loc"][-1], strange):
                continue  # the key is there, misspelt
            place = (*path, *one["loc"])
            if one["type"] == "extra_forbidden":
                self.add(place, unknown_key(str(place[-1]), names(model)), one["input"])
            elif one["type"] == "value_error":
                self.add(place, one["msg"].removeprefix("Value error, "), one["input"])
            else:
                details = InitErrorDetails(type=one["type"], loc=place, input=one["input"])
                if "ctx" in one:
                    details["ctx"] = one["ctx"]
                self.errors.append(details)


def _walk(tree: Any, path: tuple[int | str, ...], in_group: bool, found: Found) -> None:
    if isinstance(tree, str):
        if not in_group:
            found.add(path, f"phép kiểm phải là một khối {{op: …}}, không phải «{tree}»", tree)
        return
    if not isinstance(tree, dict):
        found.add(path, f"phép kiểm phải là một khối {{op: …}}, không phải «{tree}»", tree)
        return
    model, parts = _node(tree, path, in_group, found)
    if model is not None:
        try:
            model.model_validate(tree)
        except ValidationError as error:
            found.take(path, error, model)
    for below, part in parts:
        if below[-1] in ("if", "applies_when") and isinstance(part, str):
            if not _SHORT.fullmatch(part):
                found.add((*path, *below), f"không hiểu điều kiện «{part}»", part)
            continue
        _walk(part, (*path, *below), in_group, found)


Parts = list[tuple[tuple[int | str, ...], Any]]


def _node(
    tree: dict[str, Any], path: tuple[int | str, ...], in_group: bool, found: Found
) -> tuple[type[Model] | None, Parts]:
    """The model of a node, and the trees below it."""
    op = tree.get("op")
    if op in ("all", "any"):
        return Listed, _listed("of", tree.get("of"))
    if op is not None:
        if not isinstance(op, str) or op not in BY_OP:
            found.add((*path, "op"), unknown("phép kiểm", op, BY_OP), op)
            return None, []
        sugar = [key for key in ("applies_when", "and") if key in tree]
        return BY_OP[op], [((key,), tree[key]) for key in sugar]
    if "cases" in tree or "policy" in tree:
        cases = tree.get("cases")
        return PolicyCases, [(("cases", str(name)), one) for name, one in cases.items()] if isinstance(
            cases, dict
        ) else []
    if "if" in tree or "then" in tree:
        return If, [((key,), tree[key]) for key in ("if", "then") if key in tree]
    inner = next((name for name in ("all", "any", "not", "warns") if name in tree), None)
    if inner:
        for key in tree.keys() - {inner}:
            found.add((*path, key), unknown_key(key, [inner]), tree[key])
        if inner in ("all", "any") and not (isinstance(tree[inner], list | tuple) and tree[inner]):
            found.add(
                (*path, inner), f"«{inner}» phải là một danh sách có ít nhất một điều kiện", tree[inner]
            )
            return None, []
        return None, _listed(inner, tree[inner])
    if in_group and "group" in tree:
        return OfGroup, []
    if in_group and "group_by_field" in tree:
        return ByField, []
    known = [*INNER, "op", "policy", *(("group", "group_by_field") if in_group else ())]
    for key in tree or {"": None}:
        found.add((*path, key) if key else path, unknown_key(str(key), known), tree)
    return None, []


def _listed(key: str, parts: Any) -> Parts:
    if isinstance(parts, list | tuple):
        return [((key, number), part) for number, part in enumerate(parts)]
    return [] if parts is None else [((key,), parts)]


def _checked(tree: Any, in_group: bool) -> Any:
    found = Found()
    _walk(tree, (), in_group, found)
    if found.errors:
        raise ValidationError.from_exception_data("tree", found.errors)
    return tree


Tree = Annotated[dict[str, Any], WrapValidator(lambda tree, _: _checked(tree, in_group=False))]
"""A checked tree of a rule."""
Logic = Annotated[dict[str, Any], WrapValidator(lambda tree, _: _checked(tree, in_group=True))]
"""A checked tree of a group: its leaves may be ids of criteria, and it may name other groups."""
