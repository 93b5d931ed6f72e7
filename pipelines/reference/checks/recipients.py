"""Decisions on who is who must not contradict each other."""

from __future__ import annotations

from collections import Counter

from pipelines.reference.models.recipients import RecipientDecision
from pipelines.reference.places import Places
from pipelines.reference.reference import Reference

FILE = "recipient_decisions.yaml"


def check_recipients(reference: Reference, places: Places) -> None:
    """Note two keys that are joined and kept apart, and what is split twice."""
    decisions = reference.recipient_decisions
    together = _together(decisions)
    for one in decisions:
        if one.apart and together.get(one.apart[0], "") == together.get(one.apart[1]):
            places.add(FILE, f"mã {one.apart[0]} và {one.apart[1]} vừa được gộp (join) vừa được tách (apart)")
    kinds = Counter((one.split, bool(one.years)) for one in decisions if one.split)
    for key in {key for key, _ in kinds}:
        if kinds[key, True] and kinds[key, False]:
            places.add(FILE, f"mã {key} được tách theo cả chức vụ và năm; chỉ dùng một cách")
    told = Counter(
        (one.split, str(mark).lower())
        for one in decisions
        if one.split
        for mark in (*one.positions, *one.years)
    )
    for (key, mark), times in told.items():
        if times > 1:
            places.add(FILE, f"mã {key}: «{mark}» được tách hai lần")


def _together(decisions: tuple[RecipientDecision, ...]) -> dict[str, str]:
    """Of each key that is joined the first of those it is joined with."""
    first: dict[str, str] = {}

    def root(key: str) -> str:
        while first.get(key, key) != key:
            key = first[key]
        return key

    for one in decisions:
        for key in one.join or ():
            a, b = sorted((root((one.join or (key,))[0]), root(key)))
            first[b] = a
            first.setdefault(a, a)
    return {key: root(key) for key in first}
