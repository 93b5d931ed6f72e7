"""settings.yml: what it may say, and errors with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.reference.errors import ReferenceError
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings, load_engine, load_settings

from .conftest import ROOT


def _load(tmp_path: Path, text: str, reference: Reference) -> Settings:
    path = tmp_path / "settings.yml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, reference)


def test_settings_of_the_project(reference: Reference) -> None:
    settings = load_settings(ROOT / "settings.yml", reference)
    assert settings.policy(reference, "POL-PCT-DENOM") == "awarded_in_row"


def test_values_given(tmp_path: Path, reference: Reference) -> None:
    text = """policies:
  POL-PCT-DENOM: unit_total_of_kind
  POL-LS-EVAL-YEARS: [2015, 2019]
  POL-CB-GD2-DATE: 2024-06-30
waivers:
  - {finding_id: f1, reason: đã có bản giấy, by: Ban TĐKT, until: 2020-06-30}
recipients:
  LS-1620: {board: [ban@example.vn], units: {LS-SO-Y-TE: [syt@example.vn]}}
"""
    settings = _load(tmp_path, text, reference)
    assert settings.policy(reference, "POL-PCT-DENOM") == "unit_total_of_kind"
    assert settings.policy(reference, "POL-LS-EVAL-YEARS") == [2015, 2019]
    assert settings.policy(reference, "POL-CB-GD2-DATE") == date(2024, 6, 30)
    assert settings.waivers[0].until == date(2020, 6, 30)
    assert settings.recipients["LS-1620"].units["LS-SO-Y-TE"] == ("syt@example.vn",)


def test_empty_file_means_every_default(tmp_path: Path, reference: Reference) -> None:
    assert _load(tmp_path, "# nothing\n", reference) == Settings()


def test_what_counts(tmp_path: Path, reference: Reference) -> None:
    engine = _load(tmp_path, 'engine: {kind: spark, master: "spark://một-máy:7077"}\n', reference).engine
    assert (engine.kind, engine.master) == ("spark", "spark://một-máy:7077")
    assert load_engine(tmp_path / "settings.yml") == engine


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("policies:\n  POL-PCT-DENOM: guess\n", 2, "awarded_in_row"),
        ("policies:\n  POL-NONE: 1\n", 2, "không có chính sách «POL-NONE»"),
        ("policies:\n  POL-NHIEU-MIN: 0\n", 2, "số nguyên dương"),
        ("policies:\n  POL-NHIEU-MIN: true\n", 2, "số nguyên dương"),
        ("policies:\n  POL-CB-GD2-DATE: 30/6/2024\n", 2, "một ngày"),
        ("policies:\n  POL-LEADER-DEF: x\n", 2, "không đổi được"),
        ("policies:\n  POL-BHXH-YEARS: {unit: [2021]}\n", 2, "danh sách năm"),
        ("engine: {kind: hadoop}\n", 1, "duckdb"),
        ("engine:\n  kind: spark\n  master: yarn\n", 3, "spark://MÁY:CỔNG"),
        ("engine: {kind: spark, memory_mb: 64}\n", 1, "500"),
        ("engine: {kind: spark, cores: 2}\n", 1, "khóa «cores»"),
        ("engine: {kind: spark, environment: phan-mem.zip}\n", 1, "deploy/spark/pack"),
        ("policy: {}\n", 1, "khóa «policy»"),
        ("waivers:\n  - {finding_id: f, reason: r, by: b}\n", 2, "thiếu khóa «until»"),
        ("waivers:\n  - {finding_id: f, reason: '', by: b, until: 2020-01-01}\n", 2, "để trống"),
        ("recipients:\n  XX-1: {board: [a@b.vn]}\n", 2, "không có chương trình «XX-1»"),
        ("recipients:\n  LS-1620:\n    units:\n      CB: [a@b.vn]\n", 4, "không có đơn vị của LS-1620 «CB»"),
    ],
)
def test_errors(tmp_path: Path, reference: Reference, text: str, line: int, words: str) -> None:
    with pytest.raises(ReferenceError) as caught:
        _load(tmp_path, text, reference)
    problem = str(caught.value.problems[0])
    assert problem.startswith(f"settings.yml:{line}: ")
    assert words in problem


def test_missing_file(tmp_path: Path, reference: Reference) -> None:
    with pytest.raises(ReferenceError):
        load_settings(tmp_path / "none.yml", reference)
