"""Each kind of error is found, in plain words, with its file and line; all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_reference

from .conftest import Edit

LIST = "programmes/LS-1620/units.csv"

LS = "programmes/LS-1620"
CB = "programmes/CB-2125"


def _problems(folder: Path) -> list[str]:
    with pytest.raises(ReferenceError) as caught:
        load_reference(folder)
    return [str(problem) for problem in caught.value.problems]


def _line(folder: Path, name: str, text: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("awards.yaml", "official_name: Huân chương Độc lập", "oficial_name: x", "khóa «oficial_name»"),
        ("awards.yaml", "level: nha_nuoc", "level: trung_uong", "«trung_uong»"),
        ("policies.yaml", "default_value: awarded_in_row", "default_value: guess", "«guess»"),
        ("mau_02.yaml", "- HC-DL", "- HC-XX", "mã khen «HC-XX»"),
        (f"{LS}/quotas.yaml", "- LS-CONG-AN", "- LS-CONG-AM", "đơn vị «LS-CONG-AM»"),
        (f"{LS}/quotas.yaml", "enforcement: cap_blocking", "enforcement: cap", "enforcement «cap»"),
        (f"{LS}/completeness_rules.yaml", "severity: blocking", "severity: fatal", "«fatal»"),
        (f"{LS}/completeness_rules.yaml", "rule_ref: Q-LS-CONLAI", "rule_ref: Q-LS-NONE", "dẫn Q-LS-NONE"),
        (
            f"{LS}/completeness_rules.yaml",
            "seed: 002_72b2f854ffa514f4.txt",
            "seed: 099.txt",
            "văn bản «099.txt»",
        ),
        (f"{CB}/criteria.yaml", "op: award_all_years", "op: award_any", "phép kiểm «award_any»"),
        (f"{CB}/coverage.yaml", "Q-CB-HAIQUAN]", "Q-CB-XX]", "số lượng «Q-CB-XX»"),
        (f"{CB}/coverage.yaml", "stage: so_ket", "stage: giua_ky", "bước «giua_ky»"),
        (f"{CB}/completeness_rules.yaml", "cells: [CB-DK2]", "cells: [CB-DK9]", "ô độ phủ «CB-DK9»"),
        (f"{CB}/completeness_rules.yaml", "quotas: [Q-CB-HAIQUAN]", "quotas: [Q-CX-*]", "số lượng «Q-CX-*»"),
        (f"{CB}/completeness_rules.yaml", "POL-CB-GD2-DATE,", "POL-CB-GD3-DATE,", "POL-CB-GD3-DATE"),
        (f"{CB}/programme.yaml", "start: '2021-01-01'", "start: '2021-13-01'", "start"),
        (f"{CB}/programme.yaml", "start: '2021-01-01'", "start: 01/01/2021", "YYYY-MM-DD"),
        (f"{CB}/programme.yaml", "start: '2021-01-01'", "start: '2026-01-01'", "sau ngày cuối kỳ"),
    ],
)
def test_error_names_file_and_words(edit: Edit, name: str, old: str, new: str, words: str) -> None:
    problems = _problems(edit(name, old, new))
    assert len(problems) <= 2
    assert problems[0].startswith(f"{name}:")
    assert any(words in problem for problem in problems), problems


def test_line_is_the_line_of_the_wrong_key(edit: Edit) -> None:
    folder = edit("awards.yaml", "level: tinh_bo_nganh", "level: cap_tinh")
    assert _problems(folder)[0].startswith(f"awards.yaml:{_line(folder, 'awards.yaml', 'level: cap_tinh')}: ")


def test_line_of_a_cross_reference_is_its_key(edit: Edit) -> None:
    name = f"{LS}/completeness_rules.yaml"
    folder = edit(name, "rule_ref: Q-LS-CONLAI", "rule_ref: Q-LS-NONE")
    assert _problems(folder)[0].startswith(f"{name}:{_line(folder, name, 'rule_ref: Q-LS-NONE')}: ")


def test_duplicate_rule(edit: Edit) -> None:
    name = f"{LS}/completeness_rules.yaml"
    problems = _problems(edit(name, "id: CP-LS-HS-DANHSACH", "id: CP-LS-HS-TOTRINH"))
    assert any("CP-LS-HS-TOTRINH ghi hai lần" in problem for problem in problems)


def test_duplicate_key_and_bad_yaml(edit: Edit, copy: Path) -> None:
    edit("awards.yaml", "  - code: HC-DL", "  - code: HC-DL\n    code: HC-DL")
    (copy / "fields.yaml").write_text("version: 1\nfields: [\n", encoding="utf-8")
    problems = _problems(copy)
    assert any("awards.yaml" in problem and "ghi hai lần" in problem for problem in problems)
    assert any("fields.yaml" in problem and "YAML" in problem for problem in problems)


def test_same_name_for_two_awards(edit: Edit) -> None:
    problems = _problems(edit("awards.yaml", "- HCĐL\n", "- HCĐL\n      - HCLĐ\n"))
    assert len(problems) == 1
    assert "«hclđ»" in problems[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("LS-X,X,LS-HUYEN-TP,LS-NONE,LS-1620,,,,,,b", "cấp trên «LS-NONE»"),
        ("LS-X,X,LS-NONE,LS,LS-1620,,,,,,b", "loại đơn vị «LS-NONE»"),
        ("LS-X,X,LS-HUYEN-TP,LS,LS-9999,,,,,,b", "chương trình «LS-9999»"),
        ("LS-X,X,LS-HUYEN-TP,LS,LS-1620,,,2021-01-01,2020-01-01,,b", "sau valid_to"),
        ("LS-X,X,LS-HUYEN-TP,LS,LS-1620,,,2021-02-30,,,b", "valid_from"),
        ("LS-X,X,LS-HUYEN-TP,LS,LS-1620,,,,2020-01-01,LS-NONE,b", "kế thừa «LS-NONE»"),
        ("LS-X,X,LS-HUYEN-TP,LS-X,LS-1620,,,,,,b", "vòng lặp LS-X → LS-X"),
        ("LS-SO-Y-TE,X,LS-HUYEN-TP,LS,LS-1620,,,,,,b", "LS-SO-Y-TE ghi hai lần"),
        ("ls x,X,LS-HUYEN-TP,LS,LS-1620,,,,,,b", "mã «ls x» sai dạng"),
        ("LS-X,X,LS-HUYEN-TP,LS,LS-1620,,,,,,b,,,,,extra", "nhiều ô hơn tiêu đề"),
    ],
)
def test_unit_errors(copy: Path, row: str, words: str) -> None:
    path = copy / LIST
    line = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as handle:
        handle.write(row + "\n")
    problems = _problems(copy)
    assert any(problem.startswith(f"{LIST}:{line}: ") and words in problem for problem in problems), problems


def test_all_errors_at_once(edit: Edit) -> None:
    edit("awards.yaml", "level: nha_nuoc", "level: trung_uong")
    folder = edit(f"{LS}/quotas.yaml", "max: 2", "max: hai")
    assert {problem.split(":")[0] for problem in _problems(folder)} == {"awards.yaml", f"{LS}/quotas.yaml"}


def test_missing_file(copy: Path) -> None:
    (copy / "mau_02.yaml").unlink()
    assert _problems(copy) == ["mau_02.yaml:1: không có tệp này"]


def test_reading_rules(copy: Path) -> None:
    path = copy / "reading_rules.yml"
    good = "- {id: RD-A, severity: warning, message_vi: a, how_to_fix_vi: b, citation: c}\n"
    path.write_text(good + good + "- {id: RD-B, severity: bad}\n", encoding="utf-8")
    problems = _problems(copy)
    assert "reading_rules.yml:2: mã RD-A ghi hai lần" in problems
    assert sum(problem.startswith("reading_rules.yml:3: ") for problem in problems) == 4
