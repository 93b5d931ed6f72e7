"""The benchmark of silent losses: what it does to files, and how it judges what became of them."""

from collections import Counter

from benchmarks.losses.cases import Base, rows_of
from benchmarks.losses.mutator import MUTATORS
from benchmarks.losses.night import Sent
from benchmarks.silent_losses import Case, draw, measure, verdict


def test_it_knows_many_things_that_people_do() -> None:
    assert len(MUTATORS) >= 50
    assert all(each.sentence.strip()[-1] in ".…)" for each in MUTATORS.values())


def test_the_same_seed_gives_the_same_files() -> None:
    one, two = draw(5, 20), draw(5, 20)
    assert [case.name for case in one] == [case.name for case in two]
    assert len({case.name for case in one}) > 15


def judged(name: str, findings: list[tuple[str, str]], *, same: bool) -> set[str]:
    sent = Sent("LS-1620", "a.xlsx", b"", findings=findings)
    case = Case(Base("KT-DS", 0), ".xlsx", [MUTATORS[name]], sent)
    before = Sent("LS-1620", "a.xlsx", b"", findings=[("KT-NAM", "x")])
    return verdict(case, before, rows_of([]) if same else Counter({("award",): 1}))


def test_verdicts() -> None:
    assert judged("capitals", [("KT-NAM", "x")], same=True) == {"right"}
    assert judged("capitals", [("KT-NAM", "x")], same=False) == {"silent"}
    assert judged("capitals", [("KT-NAM", "x"), ("RD-LOAI", "y")], same=False) == {"told"}
    assert judged("capitals", [("KT-NAM", "x"), ("RD-LOAI", "y")], same=True) == {"blamed"}
    assert judged("hidden_rows", [("KT-NAM", "x")], same=True) == {"silent"}
    assert judged("hidden_rows", [("RD-SO", "y")] * 4, same=True) == {"told", "floods"}


def test_no_loss_is_silent_and_no_cause_told_often() -> None:
    cases = draw(41, 24)
    measure(cases)
    wrong = [
        (case.name, case.verdict, case.sent.findings) for case in cases if case.verdict & {"silent", "floods"}
    ]
    assert wrong == []
    assert sum("blamed" in case.verdict for case in cases) == 0
