"""The class of a row (đối tượng): a class of its kind, or the form's own words for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pipelines.forms.recognise.labels import words_key
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.forms.values.typed import Value


def classed(value: Value, kind: str | None, own: Mapping[str, str], reference: ReferenceValues) -> Value:
    """The value of a column of classes with its code, as rows of lists of awards get theirs.

    Args:
        value: the text as written.
        kind: of recipient; of a person an unknown text is a finding, of others it is their other class.
        own: words key -> code of what only this form calls so.
        reference: the classes.
    """
    key = words_key(value.raw)
    code = class_of(reference, kind, key, own)
    if code or kind != "ca_nhan":
        return replace(value, code=code)
    return replace(value, problem="RD-DOI-TUONG-KHAC" if key in class_texts(reference) else "RD-DOI-TUONG")


def class_of(
    reference: ReferenceValues, kind: str | None, key: str, own: Mapping[str, str] = MappingProxyType({})
) -> str | None:
    """The class that a text names for a kind of recipient, else the kind's other class; None: neither.

    Args:
        reference: the classes.
        kind: of recipient; None is not known.
        key: the words key of the text.
        own: words key -> code of what only one form calls so.
    """
    kind = kind or ""
    return reference.object_classes.get((kind, key)) or own.get(key) or reference.other_class.get(kind)


def class_texts(reference: ReferenceValues) -> frozenset[str]:
    """The words keys of all classes, whatever their kind."""
    return frozenset(key for _, key in reference.object_classes)
