"""The criteria that the guide to a new programme shows, laid into a folder that `new` wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from pipelines.common.paths import PROJECT

GUIDE = PROJECT / "docs" / "huong-dan" / "chuong-trinh-moi-tra-cuu.md"
CHECKED = ("initiative_count", "GDVH")
"""What the checks ask that need a content of the annex."""


def lay_in_rows_of_the_guide(folder: Path, start: str) -> list[str]:
    """Write them below the criteria of a folder, with the contents of the annex that they need.

    Args:
        folder: of a programme whose answers ask for ratings of years.
        start: what its codes begin with.

    Returns:
        The ids of those without a check.
    """
    table = GUIDE.read_text("utf-8").replace("window: …", f"window: {start}_NAM_LIEN_TRUOC")
    labels = [yaml.safe_load(one) for one in re.findall(r"`(\{label_vi: [^`]*)`", table)]
    checks = [yaml.safe_load(one) for one in re.findall(r"`check: (\{[^`]*\})`", table) if "…" not in one]
    whole = [yaml.safe_load(one) for one in re.findall(r"`(\{id: XX26-[^`]*)`", table)]
    asked = [one for one in checks if any(code in str(one) for code in CHECKED)]
    assert len(labels) == len(asked) == len(whole) == 2
    common = {"programme": folder.name, "cite": {"seed": folder.name.lower(), "section": "I", "quote": "thử"}}
    of_persons = {"recipient_kind": "ca_nhan", "subject_group": "all", "type": "machine", "text_vi": "thử"}
    added: list[dict[str, Any]] = [one | common for one in whole]
    added += [
        {"id": f"{start}-{number}", "check": check, **of_persons, **common}
        for number, check in enumerate(asked)
    ]
    file = folder / "criteria.yaml"
    criteria = yaml.safe_load(file.read_text("utf-8"))
    criteria["rules"] += added
    criteria["groups"][0]["logic"]["all"] += [one["id"] for one in added]
    file.write_text(yaml.safe_dump(criteria, allow_unicode=True), "utf-8")
    annex = {"version": 1, "labels": labels}
    (folder / "annex_labels.yaml").write_text(yaml.safe_dump(annex, allow_unicode=True), "utf-8")
    return [one["id"] for one in whole]
