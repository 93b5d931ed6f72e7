"""The class of a row of records (đối tượng): a class of its kind, or the form's own words for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

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
    code = reference.object_classes.get((kind or "", key)) or own.get(key)
    if code:
        return replace(value, code=code)
    if kind != "ca_nhan":
        return replace(value, code=reference.other_class.get(kind or ""))
    of_others = any(key == text for _, text in reference.object_classes)
    return replace(value, problem="RD-DOI-TUONG-KHAC" if of_others else "RD-DOI-TUONG")
