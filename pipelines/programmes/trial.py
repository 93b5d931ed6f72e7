"""``thidua programme try``: a good and a bad file for every rule and cell, a night on each, expected and got.

Two throw-away homes: in one the units tried send everything right and in time; in the other what each rule
asks for is left out, wrong, too few or too late. Files are made from the forms and the reference data alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.night.request import NightRequest
from pipelines.programmes.alone import alone
from pipelines.programmes.night import Night, night_of
from pipelines.programmes.plan import Plan
from pipelines.programmes.planned import plan_of
from pipelines.programmes.sent import bad_files, good_files
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.rules.verdicts import FAILS, PASSES
from pipelines.sentences import text


@dataclass(frozen=True, slots=True)
class Tried:
    """One rule or cell: what the good and the bad files should give, and what they gave; None: not tried."""

    id: str
    what: str
    good_expected: str
    good_got: str | None
    bad_expected: str
    bad_got: str | None

    @property
    def is_right(self) -> bool | None:
        """Whether both came out as expected; None where it could not be tried."""
        if self.good_got is None or self.bad_got is None:
            return None
        return self.good_got == self.good_expected and self.bad_got == self.bad_expected


def try_programme(programme_id: str, reference: Path, settings: Path) -> list[Tried]:
    """Try a programme.

    Args:
        programme_id: which.
        reference: the reference folder, without mistakes.
        settings: the settings.

    Raises:
        NoNight: a night could not be judged.
    """
    with TemporaryDirectory(prefix="thidua-thu-") as folder:
        in_force = load_settings(settings, load_reference(reference))
        law = alone(programme_id, reference, in_force, Path(folder))
        known = load_reference(law[0])
        plan = plan_of(programme_id, known, load_settings(law[1], known))
        wrong = bad_files(plan)
        good, bad = (
            night_of(
                files,
                NightRequest.make(
                    Path(folder) / name / "raw", Path(folder) / name / "home", plan.as_of, *law
                ),
            )
            for name, files in (("dung", good_files(plan)), ("sai", wrong.files))
        )
        return [*_rules(plan, good, bad), *_criteria(plan, good, bad), *_cells(plan, wrong.filled, good, bad)]


def _rules(plan: Plan, good: Night, bad: Night) -> Iterable[Tried]:
    for rule_id, what, is_tried in plan.rules:
        got = [
            _found("told" if night.findings.get(rule_id, set()) & plan.heard else "silent")
            if is_tried
            else None
            for night in (good, bad)
        ]
        yield Tried(rule_id, what, _found("silent"), got[0], _found("told"), got[1])


def _criteria(plan: Plan, good: Night, bad: Night) -> Iterable[Tried]:
    for rule_id, what, is_tried in plan.criteria:
        got = [_verdict(night.verdicts.get(rule_id, set())) if is_tried else None for night in (good, bad)]
        yield Tried(rule_id, what, _found("pass"), got[0], _found("fail"), got[1])


def _verdict(found: set[int]) -> str:
    """Of all nominees: those of other forms, of whom nothing was sent, are unknown either way."""
    return _found("fail" if FAILS in found else "pass" if PASSES in found else "unknown")


def _found(what: str) -> str:
    return text(f"programme.found.{what}")


def _cells(plan: Plan, filled: set[tuple[str, str]], good: Night, bad: Night) -> Iterable[Tried]:
    for pattern, what, owed, is_tried in plan.cells:
        got: list[str | None] = []
        for night in (good, bad):
            found = {night.statuses.get(one) for one in owed}
            got.append(_found("covered" if found == {"covered"} else "short") if is_tried else None)
        # where a list comes but once, what is wrong with it may fill its cell all the same
        expected = _found("covered" if owed and owed <= filled else "short")
        yield Tried(pattern, what, _found("covered"), got[0], expected, got[1])
