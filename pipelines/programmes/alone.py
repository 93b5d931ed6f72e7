"""The reference data with one programme in it and no other: what a trial needs, and nothing to wait for."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import yaml

from pipelines.common.yaml_files import read_plain
from pipelines.reference.forms import OWN, own_forms
from pipelines.reference.load import GENERAL, load_reference
from pipelines.reference.settings import Settings

_LEFT_OUT = ("confirmations.yaml", "recipient_decisions.yaml", "examples")
"""What speaks of rules of other programmes and judges nothing."""


def alone(programme_id: str, reference: Path, in_force: Settings, folder: Path) -> tuple[Path, Path]:
    """Copy the reference data and the policies in force, without other programmes.

    Args:
        programme_id: the one that stays.
        reference: the reference folder, without mistakes.
        in_force: the settings in force.
        folder: where to; ``reference`` and ``settings.yml`` are made in it.

    Returns:
        The folder and the settings file.
    """
    copied = folder / "reference"
    shutil.copytree(reference, copied, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    _take_forms(copied / "programmes", programme_id)
    for other in (copied / "programmes").iterdir():
        if other.name not in (programme_id, GENERAL):
            shutil.rmtree(other)
    if (copied / "units.csv").exists():
        _keep_units(copied / "units.csv", programme_id)
    annex = copied / "annex_labels.yaml"
    if annex.exists():
        data = read_plain(annex)
        data["labels"] = [
            label | {"programmes": [programme_id]}
            for label in data["labels"]
            if programme_id in label.get("programmes", ())
        ]
        _write(annex, data)
    statistics = copied / "statistics.yaml"
    if statistics.exists():
        _write(statistics, _of_programme(read_plain(statistics), programme_id))
    known = load_reference(copied).policies
    settings = folder / "settings.yml"
    _write(settings, {"policies": {key: value for key, value in in_force.policies.items() if key in known}})
    return copied, settings


def _take_forms(programmes: Path, programme_id: str) -> None:
    """The forms that it takes of other programmes become its own."""
    file = programmes / programme_id / "programme.yaml"
    data = read_plain(file)
    lent = {path.parent.name: path for path in own_forms(programmes.parent)}
    for name in data.get("forms", []):
        if name in lent:
            form = read_plain(lent[name]) | {"programmes": [programme_id]}
            (programmes / programme_id / OWN / name).mkdir(parents=True)
            _write(programmes / programme_id / OWN / name / "form.yml", form)
    _write(file, data | {"forms": [name for name in data.get("forms", []) if name not in lent]})


def _of_programme(data: Any, programme_id: str) -> Any:
    """Tables whose rows count programmes: those of the one; a row of others alone counts nothing."""
    if isinstance(data, list):
        return [_of_programme(item, programme_id) for item in data]
    if not isinstance(data, dict):
        return data
    if data.get("by") == "programme" and "values" in data:
        if programme_id in data["values"]:
            return data | {"values": [programme_id]}
        left = {key: value for key, value in data.items() if key not in ("by", "values")}
        return left | {"not_told": True}
    return {key: _of_programme(value, programme_id) for key, value in data.items()}


def _keep_units(path: Path, programme_id: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        header, rows = reader.fieldnames or [], [r for r in reader if r["programme_id"] == programme_id]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
