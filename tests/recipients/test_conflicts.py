"""What does not go with what a recipient has had, over units; nobody is accused by a name alone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.recipients.world import OTHER, UNIT, awards, person
from tests.rules.world import World

TITLE, COMMENDED = "Lao động tiên tiến", "Bằng khen của Chủ tịch UBND tỉnh"
Found = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def found() -> Found:
    world = World()
    given = {"decision_no": "7/QĐ-UBND", "decision_date": date(2019, 3, 1)}
    told_twice = person(
        "Lý Văn Ba", COMMENDED, 2019, "Phòng Ba", decision_no="9/QĐ-UBND", decision_date=date(2019, 3, 5)
    )
    awards(
        world,
        UNIT,
        date(2020, 5, 4),
        person("Lý Văn Một", TITLE, 2018, "Phòng Một"),
        person("Lý Văn Hai", TITLE, 2018, "Phòng Hai"),
        person("Ai Một", COMMENDED, 2019, "Phòng Một", **given),
        person("Ai Hai", COMMENDED, 2019, "Phòng Hai", **given),
        told_twice,
    )
    awards(
        world,
        OTHER,
        date(2020, 5, 4),
        person("Ai Ba", COMMENDED, 2019, "Phòng Ba", **given | {"decision_date": date(2019, 3, 2)}),
        told_twice,
    )
    proposed = [
        person("Lý Văn Một", TITLE, 2018, "Phòng Một"),
        person("Lý Văn Một", TITLE, 2019, "Phòng Một"),
        person("Lý Văn Hai", TITLE, 2018, "Phòng Khác"),
    ]
    world.send("LS-1620", UNIT, {"form": "LS-DSDN", "received": date(2020, 5, 20), "rows": proposed})
    with world.build("int_verdicts_history", "int_verdicts_between_units") as connection:
        rows: Found = connection.execute(
            "SELECT rule_id, recipient_name, source_cell FROM (FROM intermediate.int_verdicts_history "
            "UNION ALL BY NAME FROM intermediate.int_verdicts_between_units) ORDER BY ALL"
        ).fetchall()
    return rows


def test_a_proposal_for_what_the_recipient_has_that_year(found: Found) -> None:
    told = [(name, cell) for rule, name, cell in found if rule == "CP-ALL-DA-CO"]
    # not for 2019, and not of a namesake in another workplace
    assert told == [("Lý Văn Một", "C5")]


def test_a_decision_of_the_province_with_another_day_in_another_unit(found: Found) -> None:
    assert [name for rule, name, _ in found if rule == "CP-ALL-QD-NHIEU-NOI"] == ["Ai Ba"]


def test_one_award_in_the_lists_of_two_units_is_told_to_both(found: Found) -> None:
    assert [name for rule, name, _ in found if rule == "CP-ALL-HAI-NOI"] == ["Lý Văn Ba"] * 2


def test_nothing_else_is_found(found: Found) -> None:
    assert len(found) == 4
