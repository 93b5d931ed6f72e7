"""``thidua programme try``: a good and a bad file for every rule and cell, a night on each, expected and got.

Two throw-away homes: in one the units tried send everything right and in time; in the other what each rule
asks for is left out, wrong, too few or too late. Files are made from the forms and the reference data alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipelines.night.request import NightRequest
from pipelines.night.run import run_night
from pipelines.programmes.alone import alone
from pipelines.programmes.plan import Plan, plan_of
from pipelines.programmes.sent import Sent, bad_files, good_files
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
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


class NoNight(Exception):
    """A night of the trial did not publish; the text says why."""


def try_programme(programme_id: str, reference: Path, settings: Path) -> list[Tried]:
    """Try a programme.

    Args:
        programme_id: which.
        reference: the reference folder, without mistakes.
        settings: the settings.

    Raises:
        NoNight: a night did not publish.
    """
    with TemporaryDirectory(prefix="thidua-thu-") as folder:
        in_force = load_settings(settings, load_reference(reference))
        law = alone(programme_id, reference, in_force, Path(folder))
        known = load_reference(law[0])
        plan = plan_of(programme_id, known, load_settings(law[1], known))
        good = _night(Path(folder) / "dung", good_files(plan), plan.as_of, *law)
        bad = _night(Path(folder) / "sai", bad_files(plan), plan.as_of, *law)
        return [*_rules(plan, good, bad), *_criteria(plan, good, bad), *_cells(plan, good, bad)]


@dataclass(frozen=True, slots=True)
class Night:
    """What a trial night gave: units with findings of each rule, verdicts of criteria, statuses of cells."""

    findings: dict[str, set[str]]
    verdicts: dict[str, set[str]]
    statuses: dict[tuple[str, str], str]


def _night(folder: Path, sent: Sent, as_of: date, reference: Path, settings: Path) -> Night:
    for name, content in sent.files.items():
        path = folder / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    outcome = run_night(NightRequest.make(folder / "raw", folder / "home", as_of, reference, settings))
    if not outcome.published:
        raise NoNight(str(outcome.problem))
    findings: dict[str, set[str]] = {}
    verdicts: dict[str, set[str]] = {}
    with duckdb.connect(str(folder / "home" / "warehouse" / "thidua.duckdb"), read_only=True) as connection:
        for rule, unit in connection.execute(
            "SELECT rule_id, unit_code FROM marts.fct_findings WHERE is_open"
        ).fetchall():
            findings.setdefault(rule, set()).add(unit)
        for rule, verdict in connection.execute(
            "SELECT rule_id, verdict FROM marts.fct_verdicts WHERE kind = 'criterion'"
        ).fetchall():
            verdicts.setdefault(rule, set()).add(verdict)
        rows = connection.execute(
            "SELECT cell_id, unit_code, status FROM marts.rpt_phase_coverage"
        ).fetchall()
    return Night(findings, verdicts, {(cell, unit): status for cell, unit, status in rows})


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


def _verdict(found: set[str]) -> str:
    """Of all nominees: those of other forms, of whom nothing was sent, are unknown either way."""
    return _found(next((verdict for verdict in ("fail", "pass") if verdict in found), "unknown"))


def _found(what: str) -> str:
    return text(f"programme.found.{what}")


def _cells(plan: Plan, good: Night, bad: Night) -> Iterable[Tried]:
    for pattern, what, owed, is_tried in plan.cells:
        got: list[str | None] = []
        for night in (good, bad):
            found = {night.statuses.get(one) for one in owed}
            got.append(_found("covered" if found == {"covered"} else "short") if is_tried else None)
        yield Tried(pattern, what, _found("covered"), got[0], _found("short"), got[1])
