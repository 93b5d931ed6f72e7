from datetime import date

from tests.mau_02.world import World

UNIT = "LS-SO-TAI-CHINH"


def test_a_list_that_repeats_another_in_every_row_is_told_row_by_row() -> None:
    world = World()
    for name, received in (("a.xlsx", date(2020, 5, 1)), ("b.xlsx", date(2020, 5, 2))):
        world.awards(UNIT, ("LDTT", "ca_nhan", "truc_tiep", None, 2019), name=name, received=received)
    for row in world.rows["award_rows"]:
        row |= {"recipient_name": "Nguyễn Văn A", "name_key": "nguyễn văn a", "object_class_raw": "x"}
    connection = world.build(("int_verdicts", "int_verdict_counts", "fct_awards"))
    told = connection.execute("SELECT rule_id, source_file FROM intermediate.int_verdicts").fetchall()
    asserted = "SELECT rule_id, rows FROM intermediate.int_verdict_counts WHERE verdict = 'fail'"
    counted = connection.execute("SELECT source_file FROM marts.fct_awards").fetchall()
    assert [(rule, file.rsplit("/", 1)[1]) for rule, file in told] == [("CP-ALL-TRUNG", "a.xlsx")]
    assert connection.execute(asserted).fetchall() == [("CP-ALL-TRUNG", 1)]
    assert [file.rsplit("/", 1)[1] for (file,) in counted] == ["b.xlsx"]
