"""What is not there is told once, with every place that names it and what was probably meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.reference.errors import Problem, ReferenceError
from pipelines.reference.load import load_reference
from tests.unit.reference.conftest import REFERENCE

VD = "programmes/VD-2630"


def _told(folder: Path) -> list[Problem]:
    with pytest.raises(ReferenceError) as raised:
        load_reference(folder)
    return raised.value.problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REFERENCE, tmp_path / "reference"))


def _everywhere(folder: Path, right: str, wrong: str) -> None:
    for path in sorted((folder / VD).rglob("*.*")):
        path.write_text(path.read_text("utf-8").replace(right, wrong), "utf-8")


def test_a_form_that_nobody_wrote(folder: Path) -> None:
    shutil.rmtree(folder / VD / "forms")
    [problem] = _told(folder)
    assert f"biểu riêng thì viết ở {VD}/forms/VD-DSDK/form.yml" in problem.text
    assert "HCM-DSDK" not in problem.text
    for place in ("completeness_rules.yaml:", "coverage.yaml:", "nominations.yaml:"):
        assert place in f"{problem.file}:{problem.text}"


def test_a_form_that_is_misspelt_wherever_it_is_named(folder: Path) -> None:
    for name in ("coverage.yaml", "completeness_rules.yaml", "nominations.yaml"):
        path = folder / VD / name
        path.write_text(path.read_text("utf-8").replace("VD-DSDK", "VD-DSKD"), "utf-8")
    [problem] = _told(folder)
    assert "«VD-DSKD» – có phải «VD-DSDK»?" in problem.text


def test_a_form_of_another_programme(folder: Path) -> None:
    path = folder / VD / "programme.yaml"
    path.write_text(path.read_text("utf-8").replace("forms: []", "forms: [CB-BKD]"), "utf-8")
    [problem] = _told(folder)
    assert "«CB-BKD» – có phải «CB-BDK»?" in problem.text
    assert problem.line > 1


def test_a_type_that_every_unit_names(folder: Path) -> None:
    path = folder / VD / "units.csv"
    path.write_text(path.read_text("utf-8").replace(",VD-XA,", ",VD-XAA,"), "utf-8")
    [problem] = _told(folder)
    assert (problem.file, "có phải «VD-XA»?" in problem.text) == (f"{VD}/units.csv", True)
    assert problem.text.count("units.csv:") == 3


def test_a_window_a_field_and_a_unit(folder: Path) -> None:
    """Each once, however many name it."""
    for right, wrong in (
        ("window: VD26_NAM_LIEN_TRUOC", "window: VD26_NAM_TRUOC"),
        ("units: [VD26-SO-Y-TE]", "units: [VD26-SO-YTE]"),
        ("minima: [Q-VD26-TT, Q-VD26-CN]", "minima: [Q-VD26-TTT, Q-VD26-CN]"),
    ):
        _everywhere(folder, right, wrong)
    told = [one.text for one in _told(folder)]
    assert len(told) == 3
    for meant in ("VD26_NAM_LIEN_TRUOC", "VD26-SO-Y-TE", "Q-VD26-TT"):
        assert any(f"có phải «{meant}»?" in one for one in told), told
    # units, windows of other programmes are not offered
    assert not any("LS-" in one or "LS_" in one for one in told), told


def test_files_that_nobody_reads(folder: Path) -> None:
    """A misspelt name leaves out all that stands in the file: it is told, with the nearest name."""
    own = folder / VD
    (own / "quotas.yaml").rename(own / "quota.yaml")
    (own / "forms" / "VD-DSDK" / "form.yml").rename(own / "forms" / "VD-DSDK" / "form.yaml")
    (folder / "programmes" / "XX-2630").mkdir()
    (folder / "programmes" / "XX-2630" / "program.yaml").write_text("version: 1\n", "utf-8")
    (own / ".coverage.yaml.swp").write_text("", "utf-8")
    told = {one.file: one.text for one in _told(folder)}
    assert "có phải «quotas.yaml»?" in told[f"{VD}/quota.yaml"]
    assert "có phải «form.yml»?" in told[f"{VD}/forms/VD-DSDK/form.yaml"]
    assert "có phải «programme.yaml»?" in told["programmes/XX-2630/program.yaml"]
    assert "chưa phải một chương trình" in told["programmes/XX-2630/programme.yaml"]
