"""The criteria that the guide to a new programme shows, laid into a folder that `new` wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from pipelines.common.paths import PROJECT

GUIDE = PROJECT / "docs" / "huong-dan" / "chuong-trinh-moi-tra-cuu.md"
CHECKED = ("discipline_count", "initiative_count", "GDVH")
"""What the checks ask that need a content of the annex."""
KNOWN_AWARD = "CSTD-TQ"


def lay_in_rows_of_the_guide(folder: Path, start: str) -> list[str]:
    """Write them below the criteria of a folder, with the contents of the annex and the award that they need.

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
    [award] = [yaml.safe_load(one) for one in re.findall(r"`(\{code: XX-KNC[^`]*)`", table)]
    assert (len(labels), len(asked), len(whole)) == (4, 4, 2)
    never = [one for one in checks if KNOWN_AWARD in str(one)]
    never += [one | {"codes": [award["code"]]} for one in never]
    assert len(never) == 2
    common = {"programme": folder.name, "cite": {"seed": folder.name.lower(), "section": "I", "quote": "thử"}}
    told = {"subject_group": "all", "type": "machine", "text_vi": "thử"}
    added: list[dict[str, Any]] = [one | common for one in whole]
    added += [
        # a row shows its check before the content of the annex that tells of it
        {"id": f"{start}-{number}", "recipient_kind": label["kinds"][0], "check": check, **told, **common}
        for number, (check, label) in enumerate(zip(asked, labels, strict=True))
    ]
    added += [
        {"id": f"{start}-KHONG-{number}", "recipient_kind": "ca_nhan", "check": check, **told, **common}
        for number, check in enumerate(never)
    ]
    file = folder / "criteria.yaml"
    criteria = yaml.safe_load(file.read_text("utf-8"))
    criteria["rules"] += added
    of_kind: dict[str, list[str]] = {}
    for one in added:
        of_kind.setdefault(one["recipient_kind"], []).append(one["id"])
    [of_persons] = criteria["groups"]
    of_persons["logic"]["all"] += of_kind["ca_nhan"]
    applies = of_persons["applies"] | {"kinds": ["tap_the"]}
    of_collectives = {
        "id": f"G-{start}-TT",
        "applies_to": "tap_the",
        "applies": applies,
        "text": "thử",
        **common,
    }
    criteria["groups"].append(of_collectives | {"logic": {"all": of_kind["tap_the"]}})
    file.write_text(yaml.safe_dump(criteria, allow_unicode=True), "utf-8")
    own = folder / "awards.yaml"
    given = yaml.safe_load(own.read_text("utf-8"))
    given["awards"].append(award | {"cite": common["cite"]})
    own.write_text(yaml.safe_dump(given, allow_unicode=True), "utf-8")
    annex = {"version": 1, "labels": labels}
    (folder / "annex_labels.yaml").write_text(yaml.safe_dump(annex, allow_unicode=True), "utf-8")
    return [one["id"] for one in whole]
