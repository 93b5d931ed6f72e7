"""What the guide to a new programme says one may write is what the models take."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from pipelines.common.paths import PROJECT
from pipelines.programmes.columns import known_columns
from pipelines.reference.models.criteria import Criterion
from pipelines.reference.models.labels import AnnexLabel
from pipelines.reference.models.leaves import LEAVES
from tests.raw_rows import reference

GUIDE = PROJECT / "docs" / "huong-dan" / "chuong-trinh-moi-tra-cuu.md"
TEXT = GUIDE.read_text("utf-8")
SAID = re.findall(r"`(?:check: )?(\{[^`]*op: [^`]*\})`", TEXT)
LABELS = re.findall(r"`(\{label_vi: [^`]*\})`", TEXT)
CRITERIA = re.findall(r"`(\{id: [^`]*, cite: …\})`", TEXT)
CITE = "[{seed: xx-2630, section: I, quote: thử}]"
KNOWN = {leaf.model_fields["op"].annotation.__args__[0]: leaf for leaf in LEAVES}  # type: ignore[union-attr]


def _leaf(said: dict[str, Any]) -> dict[str, Any]:
    return said if "op" in said else said["test"]


@pytest.mark.parametrize("said", SAID)
def test_an_operator_with_its_keys(said: str) -> None:
    leaf = _leaf(yaml.safe_load(said.replace("…", "NAM").replace("mã danh hiệu", "CSTD-CS")))
    taken = KNOWN[leaf["op"]].model_validate(leaf)
    assert taken.model_fields_set == set(leaf)
    assert set(leaf.get("codes", ())) <= {award.code for award in reference().awards.awards}


def test_the_guide_says_some() -> None:
    assert len(SAID) >= 9
    assert len(LABELS) == len(CRITERIA) == 2


@pytest.mark.parametrize("said", LABELS)
def test_a_label_of_the_annex(said: str) -> None:
    label = AnnexLabel.model_validate(yaml.safe_load(said))
    assert label.vocabulary in reference().criteria_vocabulary.field_vocabulary


@pytest.mark.parametrize("said", CRITERIA)
def test_a_criterion_without_a_check(said: str) -> None:
    told = yaml.safe_load(said.replace("cite: …", f"cite: {CITE}"))
    assert Criterion.model_validate(told).type in ("attestable", "qualitative")


def test_the_names_of_columns_are_all_that_are_known() -> None:
    """One name of each column that the software understands: the list of the guide is the data's."""
    listed = next(line for line in TEXT.splitlines() if line.startswith("`STT`"))
    first: dict[str, str] = {}
    for one in known_columns(PROJECT / "data" / "reference").values():
        first.setdefault(one.id, one.labels[0])
    assert re.findall(r"`([^`]*)`", listed) == [*first.values()]
