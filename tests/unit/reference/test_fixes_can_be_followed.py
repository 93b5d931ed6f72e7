"""A fix names no column that a form its rule is about does not have, unless it says to add it."""

from __future__ import annotations

import re

from pipelines.forms.registry import load_catalogue
from pipelines.reference.models.judges import Judge, JudgedElsewhere
from tests.raw_rows import reference

_COLUMN = re.compile(r"(?<!Thêm )\bcột «([^»{]+)»", re.IGNORECASE)


def _forms(judge: Judge) -> tuple[str, ...]:
    if isinstance(judge, JudgedElsewhere):
        return ("KT-DS",) if judge.by == "award_rows" else ()
    return judge.forms


def test_every_column_that_a_fix_names_is_one_of_its_forms() -> None:
    catalogue = load_catalogue(reference().folder)
    seen, wrong = 0, []
    for rules in reference().all_rules:
        for rule in rules.completeness:
            forms = _forms(rule.judge)
            for column in _COLUMN.findall(rule.how_to_fix_vi or ""):
                seen += 1
                for form in forms:
                    labels = {one.label for table in catalogue.forms[form].tables for one in table.columns}
                    wrong += [(rule.id, form, column)] if column not in labels else []
    assert seen >= 3
    assert wrong == []


def test_what_reading_advises_names_columns_only_as_the_file_has_them() -> None:
    rules = reference().reading_rules.values()
    named = {rule.id: _COLUMN.findall(rule.how_to_fix_vi) for rule in rules}
    assert {name: columns for name, columns in named.items() if columns} == {}
    # lists of values are offered in words: a CSV or Word file has no drop-down list
    offered = [rule.how_to_fix_vi for rule in rules if "{cac_" in rule.how_to_fix_vi]
    assert offered == []
