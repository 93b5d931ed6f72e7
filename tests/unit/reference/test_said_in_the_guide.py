"""What the guide to a new programme says one may write is what the models take."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from pipelines.common.paths import PROJECT
from pipelines.reference.models.leaves import LEAVES
from tests.raw_rows import reference

GUIDE = PROJECT / "docs" / "huong-dan" / "chuong-trinh-moi.md"
SAID = re.findall(r"`(?:check: )?(\{[^`]*op: [^`]*\})`", GUIDE.read_text("utf-8"))
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
    assert len(SAID) >= 7
