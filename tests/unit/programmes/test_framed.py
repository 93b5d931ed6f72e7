"""What is told year by year in a trial: right in the years asked about and wrong in others, or not so."""

from __future__ import annotations

import pytest

from pipelines.programmes.framed import frame_of, frame_of_all, year_by_year
from pipelines.reference.models.judges import WindowRule

WINDOWS = {
    "TWO": WindowRule(first_before_nomination=2, last_before_nomination=1),
    "SIX": WindowRule(first_before_nomination=6, last_before_nomination=2),
    "FIXED": WindowRule(years=(2021, 2025)),
}


@pytest.mark.parametrize(
    ("window", "frame"), [("TWO", {1, 2}), ("SIX", {2, 3, 4, 5, 6}), ("FIXED", None), (None, None)]
)
def test_the_years_that_a_criterion_asks_about(window: str | None, frame: set[int] | None) -> None:
    assert frame_of({"op": "num", "window": window}, WINDOWS) == frame


def test_of_several_criteria_the_years_of_all() -> None:
    assert frame_of_all([frozenset({1, 2}), frozenset({3})]) == {1, 2, 3}
    assert frame_of_all([frozenset({1, 2}), None]) is None
    assert frame_of_all([]) is None


def test_good_inside_and_bad_outside_or_the_other_way() -> None:
    frame = frame_of({"window": "TWO"}, WINDOWS)
    good = {2021: "bad", 2022: "bad", 2023: "bad", 2024: "good", 2025: "good"}
    assert year_by_year(2026, frame, "good", "bad", is_good=True) == good
    other = {year: {"good": "bad", "bad": "good"}[said] for year, said in good.items()}
    assert year_by_year(2026, frame, "good", "bad", is_good=False) == other


def test_one_year_beyond_the_frame_at_least() -> None:
    told = year_by_year(2026, frame_of({"window": "SIX"}, WINDOWS), 1, 0, is_good=True)
    assert (min(told), told[2019], told[2020], told[2025]) == (2019, 0, 1, 0)


def test_without_a_frame_all_years_are_alike() -> None:
    assert set(year_by_year(2026, None, "good", "bad", is_good=False).values()) == {"bad"}
