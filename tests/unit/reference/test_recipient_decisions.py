"""recipient_decisions.yaml: typed, unknown keys refused, what contradicts itself told with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reference.load import ReferenceError, load_reference

A, B, C = "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"
SIGNED = "by: Nguyễn A, date: 2026-11-30, why: đã hỏi đơn vị"


def problems(folder: Path, *decisions: str) -> str:
    lines = "\n".join(f"  - {{{one}, {SIGNED}}}" for one in decisions)
    (folder / "recipient_decisions.yaml").write_text(f"version: 1\ndecisions:\n{lines}\n", "utf-8")
    try:
        load_reference(folder)
    except ReferenceError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("decisions", "told"),
    [
        ((f"join: [{A}, {B}]",), ""),
        ((f"split: {A}, positions: [Bảo vệ]",), ""),
        ((f"joined: [{A}, {B}]",), "joined"),
        ((f"join: [{A}]",), "recipient_decisions.yaml"),
        (("join: [Nguyễn Văn A, Nguyễn Văn B]",), "recipient_decisions.yaml"),
        ((f"join: [{A}, {B}], apart: [{A}, {C}]",), "đúng một trong ba khóa"),
        ((f"split: {A}",), "split cần một trong hai"),
        (
            (f"join: [{A}, {B}]", f"join: [{B}, {C}]", f"apart: [{A}, {C}]"),
            "vừa được gộp (join) vừa được tách",
        ),
        ((f"split: {A}, years: [2019]", f"split: {A}, positions: [Bảo vệ]"), "chỉ dùng một cách"),
        ((f"split: {A}, years: [2019]", f"split: {A}, years: [2018, 2019]"), "được tách hai lần"),
    ],
)
def test_a_decision_is_checked(copy: Path, decisions: tuple[str, ...], told: str) -> None:
    said = problems(copy, *decisions)
    assert (told in said) if told else not said
