"""A trial makes files for criteria of collectives and households as for those of persons."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.common.paths import PROJECT
from pipelines.programmes.answers import read_answers
from pipelines.programmes.new import write_programme
from pipelines.programmes.trial import Tried, try_programme

REFERENCE = PROJECT / "data" / "reference"
PLAN = Path(__file__).parent / "new_programme" / "plans" / "ND-2630.yaml"
CHECKS: dict[str, dict[str, Any]] = {
    "MOTLAN": {"op": "never_awarded", "codes": ["NDXS-VD"]},
    "XEPLOAI": {"op": "rating_all_years", "min_rating": "HTTNV", "window": "ND26_NAM_LIEN_TRUOC"},
    "KYLUAT": {"op": "num", "field": "discipline_count", "max": 0, "window": "ND26_NAM_LIEN_TRUOC"},
    "SANGKIEN": {"op": "num", "field": "initiative_count", "min": 1},
}
CODES = {"tap_the": "TT", "gia_dinh": "HO"}
LABELS = {"discipline_count": ("Số người bị kỷ luật", True), "initiative_count": ("Số sáng kiến", False)}


def _edit(file: Path, **more: list[dict[str, Any]]) -> None:
    data = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {"version": 1}
    data |= {key: [*data.get(key, []), *items] for key, items in more.items()}
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def _tried(folder: Path, kinds: tuple[str, ...], *, own_list: bool, most: str) -> dict[str, Tried]:
    """Try the plan with every check of each kind."""
    reference = Path(shutil.copytree(REFERENCE, folder / "reference"))
    answers = PLAN.read_text("utf-8").replace("{individuals: không quá 02, households: từ 01 đến 03}", most)
    if not own_list:
        at = answers.index("  form: ND-DN")
        answers = answers[:at] + answers[answers.index("  papers:") :]
    file = folder / "ND-2630.yaml"
    file.write_text(answers, "utf-8")
    write_programme(read_answers(file), reference)
    programme = reference / "programmes" / "ND-2630"
    cite = {"seed": "nd-2630", "section": "3", "quote": "thử"}
    common = {"programme": "ND-2630", "cite": cite}
    form = "ND-DN" if own_list else "LS-DSDN"
    labels = [
        {
            "label_vi": said,
            "vocabulary": field,
            "type": "number",
            "kinds": [*kinds],
            "by_year": by_year,
            "unit": "lần",
        }
        for field, (said, by_year) in LABELS.items()
    ]
    _edit(programme / "annex_labels.yaml", labels=labels)
    groups = [
        {
            "id": f"G-{CODES[kind]}",
            "applies_to": kind,
            "applies": {"forms": [form], "kinds": [kind]},
            "logic": {"all": [f"{CODES[kind]}-{name}" for name in CHECKS]},
            "text": "thử",
            **common,
        }
        for kind in kinds
    ]
    rules = [
        {
            "id": f"{CODES[kind]}-{name}",
            "recipient_kind": kind,
            "subject_group": "all",
            "type": "machine",
            "text_vi": "thử",
            "check": check,
            **common,
        }
        for kind in kinds
        for name, check in CHECKS.items()
    ]
    _edit(programme / "criteria.yaml", groups=groups, rules=rules)
    return {one.id: one for one in try_programme("ND-2630", reference, PROJECT / "settings.yml")}


@pytest.mark.parametrize("own_list", [True, False])
def test_criteria_of_collectives_and_households(own_list: bool, tmp_path: Path) -> None:
    kinds = ("tap_the", "gia_dinh")
    most = "{individuals: không quá 02, households: từ 01 đến 03}"
    tried = _tried(tmp_path, kinds, own_list=own_list, most=most)
    assert [one for one in tried.values() if one.is_right is False] == []
    assert [(one.id, one.why) for one in tried.values() if one.is_right is None] == []
    assert {f"{CODES[kind]}-{name}" for kind in kinds for name in CHECKS} <= tried.keys()


def test_a_kind_that_no_cap_has_room_for_is_told(tmp_path: Path) -> None:
    """«01 tập thể hoặc 01 cá nhân»: with a person named no collective can be."""
    tried = _tried(tmp_path, ("tap_the",), own_list=True, most="{either: không quá 01}")
    assert [one for one in tried.values() if one.is_right is False] == []
    untried = {one.id: one.why for one in tried.values() if one.why}
    assert untried.keys() == {f"TT-{name}" for name in CHECKS}
    assert all("ghi tập thể" in str(why) for why in untried.values())
