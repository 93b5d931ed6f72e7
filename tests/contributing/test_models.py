"""Tasks that change the models: a rule operator and a column of a mart, compiled and built on one copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.contributing.conftest import ProjectCopy

LEAF = '''class StartsWith(Leaf):
    """A text begins with one of these words."""

    op: Literal["starts_with"]
    field: Text
    values: Texts


LEAVES: tuple'''
VALUES = "dbt_project/models/intermediate/judging/int_leaf_values.sql"
MART = "dbt_project/models/marts/dim_units"


def _operator(copy: ProjectCopy) -> None:
    leaves = "pipelines/reference/models/leaves.py"
    copy.replace(leaves, "LEAVES: tuple", LEAF)
    copy.replace(leaves, "CriterionHolds, Council)", "CriterionHolds, Council, StartsWith)")
    ops = "dbt_project/macros/ops.sql"
    copy.replace(ops, "'flag', 'in', 'mentions', ", "'flag', 'in', 'mentions', 'starts_with', ")
    copy.replace(ops, "    ('in', 'mentions', ", "    ('in', 'mentions', 'starts_with', ")
    mentions = "            when 'mentions' then\n"
    copy.replace(VALUES, mentions, """            when 'starts_with' then
                {{ two_valued(
                    "len(list_filter(plain.wanted_values, lambda w: starts_with(facts.slug, w))) > 0"
                ) }}
""" + mentions)  # fmt: skip
    copy.append("pipelines/sentences/conditions.yml",
                'condition.starts_with: "«{field}» bắt đầu bằng {values}"\n')  # fmt: skip
    copy.replace(
        "pipelines/reference/tables/judging.py", '    "mentions",\n', '    "mentions",\n    "starts_with",\n'
    )
    copy.replace("data/reference/programmes/LS-1620/completeness_rules.yaml",
                 "judge: {about: nomination, forms: [LS-M03], test: {op: present, field: tom_tat}}",
                 "judge: {about: nomination, forms: [LS-M03], test: {op: starts_with, field: tom_tat, "
                 "values: [da_]}}")  # fmt: skip
    copy.follows("operator")


def _column(copy: ProjectCopy) -> None:
    copy.touched.clear()
    copy.replace(f"{MART}.sql", "basis, is_usual", "basis, is_usual, parent_code is null as is_head")
    column = '      - name: is_head\n        data_type: boolean\n        description: "Đơn vị đứng đầu"\n'
    copy.append(f"{MART}.yml", column)


SCRIPT = """
import json
from datetime import date
from pipelines.publish import data_dictionary
from pipelines.rules.tables import law_tables
from pipelines.reference.settings import Settings
from tests.rules.world import World, reference
world = World()
said = {words: world.unit("LS-1620", "LS-HUYEN-TP") for words in ("Đã vận động hiến đất", "Vận động")}
for words, unit in said.items():
    row = {"name": "Người thử", "kind": "ca_nhan", "tom_tat": words}
    world.send("LS-1620", unit, {"form": "LS-M03", "received": date(2020, 6, 1), "rows": [row]}, tag=unit)
with world.build("int_verdicts", "dim_units") as connection:
    broken = connection.execute("SELECT unit_code FROM intermediate.int_verdicts "
                                "WHERE rule_id = 'CP-LS-M03-TOMTAT'").fetchall()
    heads = connection.execute("SELECT count(*) FROM marts.dim_units WHERE is_head").fetchone()[0]
sentences = law_tables(reference(), Settings())["rule_sentences"].filter(rule_id="CP-LS-M03-TOMTAT")
data_dictionary.main()
mark = data_dictionary.signature_mark(data_dictionary.marts())
print(json.dumps({
    "broken": [unit for [unit] in broken], "wanted": said["Vận động"], "heads": heads, "mark": mark,
    "sentence": sentences["sentence_vi"][0], "problems": data_dictionary.problems(),
    "described": "is_head" in data_dictionary.DICTIONARY.read_text("utf-8")}))
"""


LEFT = """
import json
from pipelines.publish.data_dictionary import problems
print(json.dumps(problems()))
"""


@pytest.fixture(scope="module")
def told(shared_folder: Path) -> dict[str, Any]:
    """What a copy with both changes says; dbt compiles it once."""
    copy = ProjectCopy(shared_folder / "thidua")
    _operator(copy)
    _column(copy)
    found: dict[str, Any] = copy.run(SCRIPT)
    copy.append("CHANGELOG.md", f"- `dim_units.is_head` ({found['mark']}).\n")
    copy.follows("mart-column")
    left = (
        "import json\nfrom pipelines.publish.data_dictionary import problems\nprint(json.dumps(problems()))"
    )
    return found | {"left": copy.run(left)}


def test_a_rule_operator(told: dict[str, Any]) -> None:
    """The rule is refused to none, judged in SQL, and read as a sentence."""
    assert told["broken"] == [told["wanted"]]
    assert "bắt đầu bằng" in told["sentence"]


def test_a_column_of_a_mart(told: dict[str, Any]) -> None:
    """It is built, described, and missed in the changelog until a line names it."""
    assert told["heads"] > 0
    assert told["described"]
    assert len(told["problems"]) == 1
    assert told["mark"] in told["problems"][0]
    assert told["left"] == []
