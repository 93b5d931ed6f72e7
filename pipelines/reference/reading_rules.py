"""The sentences of reading rules, for those who read files before the warehouse exists."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=4)
def _rules(folder: Path) -> dict[str, dict[str, str]]:
    return {rule["id"]: rule for rule in yaml.safe_load((folder / "reading_rules.yml").read_text("utf-8"))}


def reading_message(folder: Path, rule_id: str, params: dict[str, str]) -> str:
    """What a reading rule tells the unit, and how to mend it.

    Args:
        folder: the reference data.
        rule_id: a key of reading_rules.yml.
        params: values of the sentence's placeholders.
    """
    rule = _rules(folder)[rule_id]
    return f"{rule['message_vi'].format_map(params)} {rule.get('how_to_fix_vi') or ''}".strip()
