"""Files of a programme's folder that nobody reads: a misspelt name would leave out all that stands in it."""

from __future__ import annotations

from pathlib import Path

from pipelines.reference.errors import Problems
from pipelines.reference.said import allowed, meant

KNOWN = (
    "programme.yaml",
    "units.csv",
    "unit_types.yaml",
    "fields.yaml",
    "awards.yaml",
    "annex_labels.yaml",
    "nominations.yaml",
    "policies.yaml",
    "quotas.yaml",
    "criteria.yaml",
    "completeness_rules.yaml",
    "coverage.yaml",
    "letter.yaml",
)
FORM = "form.yml"
_DATA = {".yaml", ".yml", ".csv"}


def check_files(programmes: Path, general: str, problems: Problems) -> None:
    """Note every data file that no one reads, and every folder without its programme.yaml.

    Args:
        programmes: the folder of the programmes' folders.
        general: the folder of what holds for all, which has no programme.yaml.
        problems: where they are noted.
    """
    for folder in sorted(path for path in programmes.iterdir() if path.is_dir()):
        data = sorted(path for path in folder.rglob("*") if path.is_file() and _is_data(path))
        if data and folder.name != general and not (folder / KNOWN[0]).exists():
            problems.add(folder / KNOWN[0], 1, "không có tệp này: thư mục chưa phải một chương trình")
        for path in data:
            place = path.relative_to(folder).parts
            is_form = len(place) == 3 and place[0] == "forms"
            if (len(place) == 1 and path.name in KNOWN) or (is_form and path.name == FORM):
                continue
            known = (FORM,) if place[0] == "forms" else KNOWN
            said = f"không ai đọc tệp này{meant(path.name, known)} (các tệp dùng được: {allowed(known)})"
            problems.add(path, 1, said)


def _is_data(path: Path) -> bool:
    return path.suffix in _DATA and not path.name.startswith((".", "~"))
