"""The committed sample of ``data/raw``: what real units with synthetic people sent over the four programmes,
and made-up units in the example 2026 - 2030.

Run ``python -m pipelines.generate.sample`` at the project's root to write it again: the same bytes.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from pipelines.generate.stories import (
    cao_bang,
    example_plan,
    faults,
    ho_chi_minh_city,
    lang_son_dossiers,
    lang_son_lists,
    social_insurance,
)
from pipelines.generate.stories.folder import Files

_STORIES = (
    lang_son_lists,
    lang_son_dossiers,
    cao_bang,
    ho_chi_minh_city,
    social_insurance,
    faults,
    example_plan,
)


def sample_files(reference: Path) -> Files:
    """Every file of the sample by its path below the raw folder.

    Args:
        reference: the folder of reference data, for the units' names.
    """
    names: dict[str, str] = {}
    for path in sorted(reference.glob("programmes/*/units.csv")):
        with path.open(encoding="utf-8-sig", newline="") as source:
            names |= {row["unit_code"]: row["name"] for row in csv.DictReader(source)}
    files: Files = {}
    for story in _STORIES:
        story.tell(files, names)
    return files


def write_sample(raw: Path, reference: Path) -> int:
    """Replace the programmes' folders below ``raw`` with the sample; returns the number of files."""
    files = sample_files(reference)
    for programme in {path.split("/")[0] for path in files}:
        shutil.rmtree(raw / programme, ignore_errors=True)
    for path, content in files.items():
        target = raw / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return len(files)


if __name__ == "__main__":
    root = Path(__file__).parents[2]
    print(f"{write_sample(root / 'data/raw', root / 'data/reference')} tệp trong data/raw")
