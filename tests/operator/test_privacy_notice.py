"""What docs/personal-data.md says of the forms' fields is what the forms and the rules say."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
import yaml

from pipelines.common.paths import DBT_PROJECT, PROJECT, Home
from pipelines.sentences import listed

NOTICE = (PROJECT / "docs" / "personal-data.md").read_text("utf-8")
TOLD = {
    name: "đã điền" not in cells[3]
    for line in NOTICE.splitlines()
    if line.startswith("| ") and len(cells := line.split("|")) == 6
    for name in re.findall(r"`(\w+)`", cells[1])
    if name != name.upper()
}
"""Field → whether its value is kept, by the notice's table."""


def _fields() -> dict[str, set[str]]:
    """The types each field of a form has, where its name tells of a person."""
    words = [*listed("privacy.fields"), "tru_quan", "trinh_do", "hoc_ham", "fax"]
    found: dict[str, set[str]] = {}
    own = (PROJECT / "data" / "reference" / "programmes").glob("*/forms/*/form.yml")
    for path in [*(PROJECT / "pipelines" / "forms" / "catalogue").glob("*/form.yml"), *own]:
        form = yaml.safe_load(path.read_text("utf-8"))
        columns = [column for table in form.get("tables", []) for column in table["columns"]]
        for field in [*form.get("fields", []), *columns]:
            # where an example is to be taken up is nobody's address
            if any(word in field["id"].removesuffix("dia_chi_nhan_rong") for word in words):
                found.setdefault(field["id"], set()).add(field["type"])
    return found


def _asked_for_its_value(name: str) -> bool:
    """Whether a rule or a model reads more of the field than that it is there."""
    rules = "".join(
        path.read_text("utf-8") for path in Path(PROJECT / "data/reference/programmes").rglob("*.yaml")
    )
    models = "".join(path.read_text("utf-8") for path in (DBT_PROJECT / "models").rglob("*.sql"))
    return bool(re.search(rf"\{{op: (?!present\b)[^{{}}]*\b{name}\b", rules) or f"'{name}'" in models)


def test_the_notice_names_the_fields_that_tell_of_persons_and_no_other() -> None:
    assert set(TOLD) == set(_fields())


@pytest.mark.parametrize("name", sorted(_fields()))
def test_a_value_is_kept_only_where_a_rule_needs_it(name: str) -> None:
    kept = _fields()[name] != {"filled"}
    assert TOLD[name] == kept
    if "_don_vi_" not in name:  # one cell with the post, whose parts the rules ask for
        assert kept == _asked_for_its_value(name)


def test_the_sample_keeps_no_such_value(sample_home: Home) -> None:
    hidden = [name for name, kept in TOLD.items() if not kept]
    with duckdb.connect(str(sample_home.staging), read_only=True) as connection:
        rows = connection.execute(
            "SELECT DISTINCT field, text_raw, value_text, value_number, value_date, value_code "
            "FROM raw.fields WHERE list_contains(?, field)",
            [hidden],
        ).fetchall()
    assert len({row[0] for row in rows}) > 3
    assert {row[1:] for row in rows} == {("✓", "✓", None, None, None)}
